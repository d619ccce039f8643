//! What is said about a step is what was done, where the plane alone would mislead.

use imbalance_lab::base::Rows;
use imbalance_lab::cluster::MiniBatchKMeans;
use imbalance_lab::dataset::Dataset;
use imbalance_lab::random::RandomState;
use imbalance_lab::resample::SamplingStrategy::{All, Ratio};
use imbalance_lab::resample::play::{Finding, Timeline, code_line, explain, findings, provenance, sentence, summary};
use imbalance_lab::resample::{
    METHODS, Origin, Sampler, SamplingKind, Step, Value, Verdict, fit_resample, run_chain, run_wide_chain,
};

use super::{clouds, named, run, stages, with_neighbors};

#[test]
fn the_ends_of_a_link_are_as_far_apart_as_the_search_found() {
    let data = Dataset { x: vec![[0.0, 0.0], [3.0, 0.0], [9.0, 9.0], [9.5, 9.5], [20.0, 1.0]], y: vec![1, 0, 0, 0, 0] };
    let said = |hidden: Vec<f64>, scale: f64| {
        let width = hidden.len() / 5;
        let hidden = if width == 0 { Rows::new(0) } else { Rows::from_values(width, hidden) };
        let chain = run_wide_chain(&stages([named("TomekLinks")]), &data, &hidden, 0).unwrap();
        let code = code_line(&chain, 1, |p| p).unwrap();
        (sentence(&chain, 1, |[x, y]| [x * scale, y * scale]).to_string(), code.variables[2].1.to_string())
    };
    let (plain, variable) = said(Vec::new(), 1.0);
    assert!(plain.contains("nearest neighbours, 3.00 apart: a Tomek link"), "{plain}");
    assert_eq!(variable, "3.00");
    // 3 and 4 at right angles.
    let (wide, variable) = said(vec![0.0, 4.0, 50.0, 50.0, 90.0], 1.0);
    assert!(wide.contains("5.00 apart, the hidden columns counted: a Tomek link"), "{wide}");
    assert_eq!(variable, "5.00");
    assert!(said(Vec::new(), 2.5).0.contains("3.00 apart in scaled units: a Tomek link"));
}

#[test]
fn a_row_is_made_in_the_step_that_the_stepper_shows_in_any_stage_of_a_chain() {
    let two = stages([with_neighbors(named("SMOTE").to(Ratio(0.5)), 3), with_neighbors(named("SMOTE"), 4)]);
    let chain = run_chain(&two, &clouds(&[70, 18], 5), 7).unwrap();
    let timeline = Timeline::new(&chain);
    let first = chain.stage_starts()[1];
    let mut made = [0, 0];
    for row in chain.n_train() as u32..chain.pool_y.len() as u32 {
        let position = timeline.made(row).unwrap();
        assert_eq!(chain.step(chain.locate(position).unwrap()), Step::Add { row });
        let wanted = format!("made by SMOTE in step {position} of {}.", chain.total_steps());
        let card = provenance(&chain, &timeline, row).to_string();
        assert!(card.contains(&wanted), "{card}");
        made[usize::from(position > first)] += 1;
    }
    assert!(made[0] > 0 && made[1] > 0, "{made:?}");
}

#[test]
fn where_the_classes_have_their_counts_no_method_claims_to_have_fitted_or_found_anything() {
    let data = clouds(&[20, 20], 3);
    let growing = METHODS.iter().filter(|method| method.kind == SamplingKind::Over);
    let mut idle = 0;
    for method in growing {
        let chain = run(&Sampler::new(method), &data, 1).chain;
        if chain.total_steps() > 0 {
            continue;
        }
        idle += 1;
        let told = explain(&chain, 0).unwrap();
        assert!(told.what.to_string().contains("The classes have the counts asked for already"), "{}", told.what);
        let all = format!("{} {} {}", told.what, told.watch_for, summary(&chain, 0));
        assert!(!all.chars().any(|letter| letter.is_ascii_digit()), "{all}");
    }
    assert!(idle >= 8, "{idle} methods had nothing to do");
}

#[test]
fn a_tied_vote_is_told_as_a_tie() {
    let mut ties = [0, 0];
    for method in ["EditedNearestNeighbours", "RepeatedEditedNearestNeighbours", "NeighbourhoodCleaningRule"] {
        let mut sampler = with_neighbors(named(method), 4).to(All);
        sampler.set("kind_sel", Value::Choice(1));
        let chain = run(&sampler, &clouds(&[60, 30], 5), 0).chain;
        for position in 1..=chain.total_steps() {
            let said = sentence(&chain, position, |p| p).to_string();
            if said.contains(": 2 of its 4 ") && !said.contains("misclassified") {
                let (wanted, kept) = match () {
                    _ if said.contains("inority point") => (": a tie, and the smallest label wins it: majority.", 0),
                    _ => (": a tie, and the smallest label, its own, wins it.", 1),
                };
                assert!(said.contains(wanted), "{said}");
                ties[kept] += 1;
            }
        }
    }
    assert!(ties[0] > 0 && ties[1] > 0, "{ties:?}");
}

#[test]
fn pseudocode_names_the_parameters_that_its_rule_asks_for() {
    let lines = |name| named(name).method().words().pseudocode.join(" ");
    assert!(lines("NeighbourhoodCleaningRule").contains("threshold_cleaning"));
    assert!(lines("KMeansSMOTE").contains("batch"));
}

#[test]
fn k_means_smote_tells_of_batches_and_not_of_all_points() {
    let mut sampler = named("KMeansSMOTE");
    sampler.set("cluster_balance_threshold", Value::Real(0.05));
    let chain = run(&sampler, &clouds(&[70, 18], 5), 7).chain;
    let said = sentence(&chain, 2, |p| p).to_string();
    let batch = chain.stages[0].centers[1].batch.as_ref().expect("a batch");
    let names: Vec<String> = batch.first.iter().map(|row| format!("#{row}")).collect();
    assert_eq!((batch.size, names.len()), (88, 5), "as many as there are rows, for these are few");
    let wanted =
        format!("Round 1: a batch of 88 points is drawn, with replacement: {} and 83 more. Each", names.join(" "));
    assert!(said.starts_with(&wanted) && !said.contains("every"), "{said}");
    assert_eq!(code_line(&chain, 2, |p| p).unwrap().line, Some(2));
}

#[test]
fn centres_that_are_put_on_a_point_of_the_batch_are_named() {
    let (mut put, mut stayed) = (0, 0);
    for seed in 0..6 {
        let mut sampler = named("KMeansSMOTE");
        sampler.set("cluster_balance_threshold", Value::Real(0.05));
        sampler.set("kmeans_estimator", Value::Count(40));
        let data = clouds(&[160, 60], seed);
        let Ok(resampled) = fit_resample(&sampler, &data.x, &data.y, seed) else { continue };
        let chain = resampled.chain;
        let mut watched: Vec<(Vec<u32>, Vec<u32>)> = Vec::new();
        MiniBatchKMeans::new(40)
            .fit_watched(&Rows::from_points(&data.x), &mut RandomState::new(seed), &mut |round| {
                watched.push((round.batch.to_vec(), round.reassigned.to_vec()));
            })
            .expect("enough rows");
        assert_eq!(watched.len(), chain.stages[0].centers.len());
        for (position, (batch, reassigned)) in (1..).zip(&watched).skip(1) {
            let said = sentence(&chain, position, |p| p).to_string();
            let first: Vec<String> = batch[..5].iter().map(|row| format!("#{row}")).collect();
            assert!(said.contains(&first.join(" ")), "{said}");
            let names: Vec<String> = reassigned.iter().map(u32::to_string).collect();
            let wanted = match names.len() {
                0 => String::new(),
                1 => format!("Few had joined centre {}: it is put", names[0]),
                _ => format!("Few had joined centres {}: they are put", names.join(", ")),
            };
            assert!(said.contains(&wanted), "{said}");
            assert_eq!(said.contains("Few had joined"), !names.is_empty(), "{said}");
            *(if names.is_empty() { &mut stayed } else { &mut put }) += 1;
        }
    }
    assert!(put > 0 && stayed > 0, "{put} rounds put centres elsewhere, {stayed} none");
}

#[test]
fn svm_smote_tells_how_many_new_points_start_in_danger() {
    let (mut told, mut lost) = (0, 0);
    for (seed, sizes) in (0..12).zip([[60, 22], [60, 9], [40, 30]].into_iter().cycle()) {
        let data = clouds(&sizes, seed);
        let mut sampler = with_neighbors(named("SVMSMOTE"), 4);
        sampler.set("m_neighbors", Value::Count(if seed % 2 == 0 { 1 } else { 8 }));
        let Ok(resampled) = fit_resample(&sampler, &data.x, &data.y, seed) else { continue };
        let chain = resampled.chain;
        let steps = &chain.stages[0].steps;
        let at = steps.iter().position(|step| matches!(step, Step::Split { .. })).expect("a share");
        let Step::Split { first, of } = steps[at] else { panic!("{:?}", steps[at]) };
        let code = code_line(&chain, at as u32 + 1, |p| p).expect("a stage");
        assert_eq!(code.lines[code.line.expect("a line")], "g = n times a share around one half, at random");
        let variables: Vec<(&str, String)> =
            code.variables.iter().map(|(of, value)| (*of, value.to_string())).collect();
        assert_eq!(variables[..2], [("n", of.to_string()), ("g", first.to_string())]);
        let said = sentence(&chain, at as u32 + 1, |p| p).to_string();
        assert!(said.contains(&format!("g = {first} of {of} new point")), "{said}");
        assert_eq!(of as usize, sizes[0] - sizes[1]);
        let inwards = |origin: &&Origin| matches!(origin, Origin::Between { gap, .. } if gap.is_sign_positive());
        let made = chain.pool_origin.iter().filter(inwards).count();
        let is_lost = said.contains("None is in danger");
        assert_eq!(made, if is_lost { 0 } else { first as usize }, "{said}");
        told += 1;
        lost += usize::from(said.contains("are not made"));
    }
    assert!(told > 4 && lost > 0 && lost < told, "{told} {lost}");
}

#[test]
fn a_row_that_only_short_lists_is_neither_kept_nor_dropped() {
    let data = clouds(&[60, 15], 4);
    let mut sampler = named("NearMiss");
    sampler.set("version", Value::Choice(2));
    let chain = run(&sampler, &data, 0).chain;
    let of = |verdict| {
        let found = findings(&chain, chain.total_steps());
        let rows = found.into_iter().filter(move |&(_, found)| found == Finding::Verdict(verdict));
        rows.map(|(row, _)| data.y[row as usize]).collect::<Vec<u8>>()
    };
    assert_eq!(of(Verdict::Asked), [1; 15]);
    assert_eq!(of(Verdict::Kept), [0; 15]);
    let scored = chain.stages[0].steps.iter().filter(|step| matches!(step, Step::Score { .. })).count();
    assert_eq!(of(Verdict::Dropped).len(), scored - 15);
    assert!(scored > 15 && of(Verdict::Agrees).is_empty() && of(Verdict::Disagrees).is_empty());
}

#[test]
fn all_knn_calls_its_pass_by_the_name_it_has_in_the_pseudocode() {
    let chain = run(&named("AllKNN"), &clouds(&[60, 30], 5), 0).chain;
    let code = code_line(&chain, chain.total_steps(), |p| p).expect("a stage");
    let (name, value) = &code.variables[0];
    assert_eq!((*name, value.to_string().as_str()), ("q", "3"));
}

#[test]
fn the_rules_of_threshold_and_tie_are_explained() {
    let data = clouds(&[60, 15], 4);
    let explained = |sampler: &Sampler| explain(&run(sampler, &data, 0).chain, 0).expect("a stage").what.to_string();
    let mut rule = named("NeighbourhoodCleaningRule");
    rule.set("threshold_cleaning", Value::Real(1.25));
    let said = explained(&rule);
    assert!(said.contains("more than 1.25 times as many of that class as of the minority") && !said.contains("tie"));
    assert!(explained(&with_neighbors(rule, 4)).contains("a tie goes to the smallest label"));
    let mut all = named("AllKNN");
    assert!(!explained(&all).contains("tie"), "a single neighbour is enough");
    all.set("kind_sel", Value::Choice(1));
    assert!(explained(&all).contains("the smallest label wins a tie"), "two neighbours may be tied");
    assert!(!explained(&with_neighbors(all, 1)).contains("tie"));
}
