//! Who is dropped is told why, by the numbers that decided.

use imbalance_lab::base::Point;
use imbalance_lab::dataset::Dataset;
use imbalance_lab::resample::play::{Kin, Timeline, kin, provenance};
use imbalance_lab::resample::{Chain, Origin, Sampler, SamplingStrategy, Step, Value, Verdict};

use super::rules::squared_distance;
use super::{clouds, named, run};

fn choose(name: &str, parameter: &str, at: u8) -> Sampler {
    let mut sampler = named(name);
    assert!(sampler.set(parameter, Value::Choice(at)));
    sampler
}

/// The rows that a sampler removes by a rule, each with its story.
fn removed(sampler: &Sampler, data: &Dataset) -> Vec<(Step, u32, String)> {
    let chain = run(sampler, data, 3).chain;
    let timeline = Timeline::new(&chain);
    let of = |step: &Step| match *step {
        Step::Remove { row, .. } => Some((*step, row, provenance(&chain, &timeline, row).to_string())),
        _ => None,
    };
    let stories: Vec<_> = chain.stages[0].steps.iter().filter_map(of).collect();
    assert!(!stories.is_empty(), "{} removes nothing", sampler.name());
    stories
}

/// The rows that a sampler drops, each with its story and its relatives.
fn dropped(sampler: &Sampler, data: &Dataset) -> (Chain, Vec<(u32, String, Kin)>) {
    let chain = run(sampler, data, 3).chain;
    let timeline = Timeline::new(&chain);
    let rows =
        chain.stages[0].steps.iter().filter_map(|step| if let Step::Drop { row } = *step { Some(row) } else { None });
    let stories: Vec<_> =
        rows.map(|row| (row, provenance(&chain, &timeline, row).to_string(), kin(&chain, &timeline, row))).collect();
    assert!(!stories.is_empty(), "{} drops nothing", sampler.name());
    (chain, stories)
}

fn name(row: u32) -> String {
    format!("#{row}")
}

#[test]
fn no_row_is_dropped_by_near_miss_without_its_sum_and_the_minority_rows_it_was_measured_to() {
    let data = clouds(&[60, 15], 4);
    let minority: Vec<u32> = (0..75).filter(|&row| data.y[row as usize] == 1).collect();
    let distance = |row: u32, other: u32| squared_distance(data.x[row as usize], data.x[other as usize]).sqrt();
    for version in 0..3 {
        let (_, stories) = dropped(&choose("NearMiss", "version", version), &data);
        let mut measured = 0;
        for (row, story, kin) in stories {
            if story.contains("short list") {
                assert!(version == 2 && story.contains("among the 3 nearest of no minority point"), "{story}");
                continue;
            }
            measured += 1;
            let mut near = minority.clone();
            near.sort_by(|&a, &b| distance(row, a).total_cmp(&distance(row, b)));
            if version == 1 {
                near.reverse();
            }
            let mut wanted = near[..3].to_vec();
            let sum: f64 = wanted.iter().map(|&other| distance(row, other)).sum();
            assert!(story.contains(&format!("add up to {sum:.2}")), "{story}");
            assert!(wanted.iter().all(|&other| story.contains(&name(other))), "{story}");
            let mut found = kin.condemned_by;
            found.sort_unstable();
            wanted.sort_unstable();
            assert_eq!(found, wanted);
        }
        assert!(measured > 0 || version == 2);
    }
}

#[test]
fn a_row_that_the_store_classifies_right_names_the_row_of_the_store_that_did_it() {
    let data = clouds(&[60, 15], 4);
    for method in ["CondensedNearestNeighbour", "OneSidedSelection"] {
        let (chain, stories) = dropped(&named(method), &data);
        for (row, story, kin) in stories {
            let [near] = kin.condemned_by[..] else {
                assert!(story.contains("passed over without a vote"), "{story}");
                continue;
            };
            assert_eq!(chain.pool_y[near as usize], chain.pool_y[row as usize]);
            let wanted = format!("the point of the store nearest to it, {}, is of its own class.", name(near));
            assert!(story.ends_with(&wanted), "{story}");
        }
    }
}

#[test]
fn a_row_too_hard_to_recognise_tells_its_probability_and_the_threshold() {
    let (chain, stories) = dropped(&named("InstanceHardnessThreshold"), &clouds(&[60, 15], 4));
    let number_after = |story: &str, words: &str| -> f64 {
        let rest = story.split(words).nth(1).unwrap_or_else(|| panic!("{story}"));
        rest.trim_end_matches('.').split(", and").next().and_then(|text| text.parse().ok()).expect("a number")
    };
    for (row, story, _) in stories {
        let (p, t) = (number_after(&story, "majority, "), number_after(&story, "the threshold is "));
        assert!(p < t, "{story}");
        let scored =
            |step: &Step| matches!(*step, Step::Score { row: of, score, .. } if of == row && (score - p).abs() < 0.006);
        assert!(chain.stages[0].steps.iter().any(scored), "{story}");
    }
    let [(0, t)] = chain.stages[0].thresholds[..] else { panic!("{:?}", chain.stages[0].thresholds) };
    for step in &chain.stages[0].steps {
        if let Step::Score { score, verdict, .. } = *step {
            assert_eq!(score < t, verdict == Verdict::Dropped, "{score} {t}");
        }
    }
}

#[test]
fn what_a_centre_stands_for_knows_its_centre_or_the_row_kept_for_it() {
    let data = clouds(&[60, 15], 4);
    let mean = |points: &[Point], axis: usize| points.iter().map(|p| p[axis]).sum::<f64>() / points.len() as f64;
    let (chain, stories) = dropped(&named("ClusterCentroids"), &data);
    for (_, story, kin) in &stories {
        let center = kin.because.expect("a centre");
        assert!(matches!(chain.pool_origin[center as usize], Origin::Center { .. }));
        let same = stories.iter().filter(|(.., other)| other.because == Some(center));
        let points: Vec<Point> = same.map(|&(row, ..)| chain.pool_x[row as usize]).collect();
        let n = points.len();
        let wanted = format!("s{}, stands for the {n} point{} there.", center - 75, if n == 1 { "" } else { "s" });
        assert!(story.ends_with(&wanted), "{story}");
        for axis in 0..2 {
            assert!((mean(&points, axis) - chain.pool_x[center as usize][axis]).abs() < 1e-9, "{story}");
        }
    }
    let (chain, stories) = dropped(&choose("ClusterCentroids", "voting", 1), &data);
    for (_, story, kin) in stories {
        let kept = kin.because.expect("a row");
        assert!(
            chain.output.contains(&kept) && story.contains(&format!("{}, the point nearest", name(kept))),
            "{story}"
        );
    }
}

#[test]
fn a_removed_row_tells_the_rule_and_the_pass_that_condemned_it() {
    let data = clouds(&[120, 40], 6);
    for method in ["EditedNearestNeighbours", "RepeatedEditedNearestNeighbours", "AllKNN"] {
        let passes = method != "EditedNearestNeighbours";
        let mut later = 0;
        for (_, _, story) in removed(&choose(method, "kind_sel", 0), &data) {
            assert!(
                story.ends_with("majority, and all have to be of its class.")
                    || story.contains("minority, and all have"),
                "{story}"
            );
            assert_eq!(story.contains("in pass "), passes, "{story}");
            later += usize::from(story.contains("in pass 2") || story.contains("in pass 3"));
        }
        assert_eq!(later > 0, passes, "{method}: {later}");
        let by_vote = removed(&choose(method, "kind_sel", 1), &data);
        let decided =
            |story: &str| story.contains("and most of them decide") || story.contains("a tie, and the smallest");
        assert!(by_vote.iter().all(|(.., story)| decided(story) && !story.contains("all have to")));
    }
    let mut even = choose("EditedNearestNeighbours", "kind_sel", 1).to(SamplingStrategy::All);
    even.set("n_neighbors", Value::Count(2));
    let tied =
        removed(&even, &data).into_iter().filter(|(.., story)| story.contains("smallest label wins it: majority"));
    assert!(tied.count() > 0, "minority rows lose ties");
    for (step, row, story) in removed(&named("NeighbourhoodCleaningRule"), &data) {
        let Step::Remove { because, .. } = step else { panic!("{step:?}") };
        let own = because == row;
        assert_eq!(story.contains("and most of them decide"), own, "{story}");
        assert_eq!(
            story.contains(&format!("#{because} (")) && story.contains("which is misclassified"),
            !own,
            "{story}"
        );
    }
    assert!(removed(&named("SMOTEENN"), &data).iter().all(|(.., story)| story.contains("and all have to")));
}

#[test]
fn of_many_neighbours_the_first_twelve_are_named() {
    let data = clouds(&[120, 40], 6);
    for (k, more) in [(12, None), (13, Some("and 1 more")), (20, Some("and 8 more"))] {
        let mut sampler = named("EditedNearestNeighbours");
        sampler.set("n_neighbors", Value::Count(k));
        for (_, row, story) in removed(&sampler, &data) {
            let listed = story.split(['(', ')']).nth(1).expect("a list").matches('#').count();
            assert_eq!(listed, 12, "row {row}: {story}");
            assert_eq!(story.contains(more.unwrap_or("more)")), more.is_some(), "{story}");
        }
    }
}
