//! The rules of the samplers that ask neighbours, restated by brute force.

use imbalance_lab::dataset::Dataset;
use imbalance_lab::resample::SamplingStrategy::All;
use imbalance_lab::resample::{Origin, Sampler, SamplingStrategy, Step, Value, Verdict, fit_resample};

use super::rules::{nearest, squared_distance};
use super::{clouds, named, run, with_neighbors};

/// Rows that leave, as numbers of the training rows, ascending.
fn kept(sampler: &Sampler, data: &Dataset, seed: u32) -> Vec<usize> {
    let chain = run(sampler, data, seed).chain;
    let row = |row: u32| match chain.pool_origin[row as usize] {
        Origin::Copy { of } => of as usize,
        _ => row as usize,
    };
    let mut rows: Vec<usize> = chain.output.iter().map(|&id| row(id)).collect();
    rows.sort_unstable();
    rows
}

fn choose(name: &str, parameter: &str, at: u8) -> Sampler {
    let mut sampler = named(name);
    assert!(sampler.set(parameter, Value::Choice(at)));
    sampler
}

/// Those of `rows` that Wilson's rule leaves of the classes `edited`.
fn edited(data: &Dataset, rows: &[usize], k: usize, all_have_to_agree: bool, edited: &[u8]) -> Vec<usize> {
    let stays = |row: usize| {
        let near = nearest(data, row, |i| rows.contains(&i));
        let agree = near[..k].iter().filter(|&&i| data.y[i] == data.y[row]).count();
        // Of two classes the one with more votes wins, the smaller label when equal.
        let most = 2 * agree > k || 2 * agree == k && data.y[row] == 0;
        !edited.contains(&data.y[row]) || if all_have_to_agree { agree == k } else { most }
    };
    rows.iter().copied().filter(|&row| stays(row)).collect()
}

#[test]
fn editing_removes_exactly_the_rows_that_disagree_with_their_neighbours() {
    for seed in 0..25 {
        let data = clouds(&[50, 18], seed);
        let all: Vec<usize> = (0..68).collect();
        for (k, kind) in [(1, 0), (3, 0), (3, 1), (4, 1), (5, 1)] {
            let sampler = with_neighbors(choose("EditedNearestNeighbours", "kind_sel", kind), k);
            assert_eq!(kept(&sampler, &data, 0), edited(&data, &all, k, kind == 0, &[0]), "seed {seed}, k {k}");
            assert_eq!(kept(&sampler.to(All), &data, 0), edited(&data, &all, k, kind == 0, &[0, 1]), "seed {seed}");
        }
    }
}

#[test]
fn repeated_editing_goes_on_until_nothing_is_removed_or_the_majority_is_the_smaller_class() {
    for seed in 0..25 {
        let data = clouds(&[60, 18], seed);
        for kind in [0, 1] {
            let mut rows: Vec<usize> = (0..78).collect();
            loop {
                let next = edited(&data, &rows, 3, kind == 0, &[0]);
                let done = next.len() == rows.len() || next.iter().filter(|&&row| data.y[row] == 0).count() < 18;
                rows = next;
                if done {
                    break;
                }
            }
            assert_eq!(kept(&choose("RepeatedEditedNearestNeighbours", "kind_sel", kind), &data, 0), rows);
        }
    }
}

#[test]
fn all_knn_edits_with_one_neighbour_more_each_time() {
    for seed in 0..25 {
        let data = clouds(&[60, 14], seed);
        let mut rows: Vec<usize> = (0..74).collect();
        for k in 1..=4 {
            rows = edited(&data, &rows, k, true, &[0]);
            if rows.iter().filter(|&&row| data.y[row] == 0).count() < 14 {
                break;
            }
        }
        assert_eq!(kept(&with_neighbors(named("AllKNN"), 4), &data, 0), rows, "seed {seed}");
    }
}

#[test]
fn near_miss_keeps_the_rows_of_smallest_sum() {
    for seed in 0..20 {
        let data = clouds(&[50, 15], seed);
        let distances = |row: usize| -> Vec<f64> {
            let near = nearest(&data, row, |i| data.y[i] == 1);
            near.iter().map(|&i| squared_distance(data.x[row], data.x[i]).sqrt()).collect()
        };
        for k in [1, 3, 6] {
            for version in [1, 2] {
                let sum = |row: usize| -> f64 {
                    let distances = distances(row);
                    if version == 1 { distances[..k].iter().sum() } else { distances[15 - k..].iter().sum() }
                };
                let mut rows: Vec<usize> = (0..65).filter(|&row| data.y[row] == 0).collect();
                rows.sort_by(|&a, &b| sum(a).total_cmp(&sum(b)));
                rows.truncate(15);
                rows.extend((0..65).filter(|&row| data.y[row] == 1));
                rows.sort_unstable();
                let sampler = with_neighbors(choose("NearMiss", "version", version - 1), k);
                assert_eq!(kept(&sampler, &data, 0), rows, "seed {seed}, version {version}, k {k}");
            }
        }
    }
}

#[test]
fn near_miss_3_keeps_the_farthest_of_the_short_list() {
    for seed in 0..20 {
        let data = clouds(&[70, 10], seed);
        let majority: Vec<usize> = (0..80).filter(|&row| data.y[row] == 0).collect();
        let minority: Vec<usize> = (0..80).filter(|&row| data.y[row] == 1).collect();
        let mut sampler = choose("NearMiss", "version", 2);
        sampler.set("n_neighbors_ver3", Value::Count(4));
        let listed = |row: usize| minority.iter().any(|&p| nearest(&data, p, |i| data.y[i] == 0)[..4].contains(&row));
        let sum = |row: usize| -> f64 {
            nearest(&data, row, |i| data.y[i] == 1)[..3]
                .iter()
                .map(|&i| squared_distance(data.x[row], data.x[i]).sqrt())
                .sum()
        };
        let mut rows: Vec<usize> = majority.into_iter().filter(|&row| listed(row)).collect();
        rows.sort_by(|&a, &b| sum(b).total_cmp(&sum(a)));
        rows.truncate(10);
        rows.extend(&minority);
        rows.sort_unstable();
        assert_eq!(kept(&sampler, &data, 0), rows, "seed {seed}");
    }
}

#[test]
fn a_condensed_row_is_one_that_the_store_before_it_misclassified() {
    for seed in 0..30 {
        let data = clouds(&[60, 20], seed);
        let chain = run(&named("CondensedNearestNeighbour"), &data, seed).chain;
        let nearest_in =
            |store: &[usize], row: usize| nearest(&data, row, |i| store.contains(&i)).first().map(|&i| data.y[i]);
        let mut store: Vec<usize> = (0..80).filter(|&row| data.y[row] == 1).collect();
        let mut met = Vec::new();
        for step in &chain.stages[0].steps {
            match *step {
                Step::Keep { row } => {
                    let row = row as usize;
                    assert!(met.is_empty() && store.len() == 20 || nearest_in(&store, row) == Some(1), "seed {seed}");
                    store.push(row);
                }
                // A row is passed over where its position in the class is the number of a row kept before it.
                Step::Drop { row } => {
                    let position = (0..row as usize).filter(|&i| data.y[i] == 0).count();
                    assert!(nearest_in(&store, row as usize) == Some(0) || store[20..].contains(&position));
                    met.push(row);
                }
                _ => panic!("nothing else happens"),
            }
        }
        assert_eq!(store.len() + met.len(), 80, "every row is kept or dropped once");
    }
}

#[test]
fn one_sided_selection_drops_what_the_seeds_classify_and_then_the_links() {
    for seed in 0..30 {
        let data = clouds(&[60, 20], seed);
        let mut sampler = named("OneSidedSelection");
        sampler.set("n_seeds_S", Value::Count(4));
        let chain = run(&sampler, &data, seed).chain;
        let stage = &chain.stages[0];
        let seeds_end = stage.phases[1].at as usize;
        let mut store: Vec<usize> = (0..80).filter(|&row| data.y[row] == 1).collect();
        let seeds = stage.steps[..seeds_end].iter().filter_map(|step| match *step {
            Step::Keep { row } => Some(row as usize),
            _ => None,
        });
        store.extend(seeds);
        let left: Vec<usize> = (0..80)
            .filter(|&row| store.contains(&row) || data.y[nearest(&data, row, |i| store.contains(&i))[0]] == 1)
            .collect();
        let first = |row: usize| nearest(&data, row, |i| left.contains(&i))[0];
        let in_link = |row: usize| data.y[first(row)] != data.y[row] && first(first(row)) == row;
        let wanted: Vec<usize> = left.iter().copied().filter(|&row| data.y[row] == 1 || !in_link(row)).collect();
        let mut found = kept(&sampler, &data, seed);
        // A seed drawn twice is there twice; then its copy is its own nearest neighbour.
        if found.windows(2).all(|pair| pair[0] != pair[1]) && stage.steps[..seeds_end].len() == store.len() - 20 {
            assert_eq!(found, wanted, "seed {seed}");
        } else {
            found.dedup();
            assert!(found.iter().all(|row| left.contains(row)), "seed {seed}");
        }
    }
}

#[test]
fn the_cleaning_rule_edits_and_clears_around_misclassified_minority_rows() {
    for seed in 0..30 {
        let data = clouds(&[60, 20], seed);
        let all: Vec<usize> = (0..80).collect();
        let mut stays = [false; 80];
        edited(&data, &all, 3, false, &[0]).into_iter().for_each(|row| stays[row] = true);
        for p in (0..80).filter(|&row| data.y[row] == 1) {
            let near = nearest(&data, p, |_| true);
            // It votes for itself: of three votes both others have to be against it.
            if near[..2].iter().all(|&i| data.y[i] == 0) {
                near[..3].iter().filter(|&&i| data.y[i] == 0).for_each(|&i| stays[i] = false);
            }
        }
        let wanted: Vec<usize> = (0..80).filter(|&row| stays[row]).collect();
        assert_eq!(kept(&named("NeighbourhoodCleaningRule"), &data, 0), wanted, "seed {seed}");
    }
}

#[test]
fn adasyn_shares_by_the_majority_neighbours_and_makes_what_it_shared() {
    for seed in 0..20 {
        let data = clouds(&[60, 20], seed);
        let chain = run(&named("ADASYN"), &data, seed).chain;
        let others = |row: usize| nearest(&data, row, |_| true)[..5].iter().filter(|&&i| data.y[i] == 0).count();
        let total: usize = (0..80).filter(|&row| data.y[row] == 1).map(others).sum();
        let made = |base: u32| {
            let from = |origin: &&Origin| matches!(**origin, Origin::Between { base: b, .. } if b == base);
            chain.pool_origin.iter().filter(from).count()
        };
        let mut weighed = 0;
        for step in &chain.stages[0].steps {
            let Step::Weigh { row, others: counted, share, .. } = *step else { continue };
            weighed += 1;
            assert_eq!(counted as usize, others(row as usize));
            let exact = 40.0 * f64::from(counted) / total as f64;
            assert!((f64::from(share) - exact).abs() <= 0.5 + 1e-9, "seed {seed}");
            assert_eq!(share as usize, made(row));
        }
        assert_eq!(weighed, 20);
    }
}

#[test]
fn smote_enn_leaves_only_rows_whose_three_neighbours_agree_and_smote_tomek_no_link_it_saw() {
    for seed in 0..10 {
        let data = clouds(&[60, 20], seed);
        let grown = run(&named("SMOTE"), &data, seed).data;
        let all: Vec<usize> = (0..grown.len()).collect();
        assert_eq!(kept(&named("SMOTEENN"), &data, seed), edited(&grown, &all, 3, true, &[0, 1]), "seed {seed}");
        let first = |row: usize| nearest(&grown, row, |_| true)[0];
        let in_link = |row: usize| grown.y[first(row)] != grown.y[row] && first(first(row)) == row;
        let wanted: Vec<usize> = all.iter().copied().filter(|&row| !in_link(row)).collect();
        assert_eq!(kept(&named("SMOTETomek"), &data, seed), wanted, "seed {seed}");
    }
}

#[test]
fn shrinkage_moves_every_repetition_by_noise_of_its_width() {
    let data = clouds(&[4000, 400], 3);
    let moved = |shrinkage: f64| -> Vec<f64> {
        let mut sampler = named("RandomOverSampler");
        sampler.set("shrinkage", Value::Real(shrinkage));
        let chain = run(&sampler, &data, 1).chain;
        let step = |(row, origin): (usize, &Origin)| match *origin {
            Origin::Jittered { of } => Some(chain.pool_x[row][0] - chain.pool_x[of as usize][0]),
            _ => None,
        };
        chain.pool_origin.iter().enumerate().filter_map(step).collect()
    };
    assert_eq!(moved(0.0), [0.0; 3600]);
    let minority: Vec<f64> = (0..data.len()).filter(|&i| data.y[i] == 1).map(|i| data.x[i][0]).collect();
    let deviation = |values: &[f64]| {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        (values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / values.len() as f64).sqrt()
    };
    let wanted = 0.5 * (4400f64).powf(-1.0 / 6.0) * deviation(&minority);
    // 3600 draws: the standard error of their deviation is 1.2 % of it.
    assert!((deviation(&moved(0.5)) / wanted - 1.0).abs() < 0.05);
}

#[test]
fn each_class_is_moved_by_its_own_shrinkage() {
    let data = clouds(&[50, 20], 3);
    let strategy = SamplingStrategy::Counts(vec![(0, 60), (1, 40)]);
    let grown = |shrinkage: Value| {
        let mut sampler = named("RandomOverSampler").to(strategy.clone());
        assert!(sampler.set("shrinkage", shrinkage));
        run(&sampler, &data, 1).data
    };
    let (one, apart) = (grown(Value::Real(0.5)), grown(Value::ByClass([Some(0.0), Some(0.5), None])));
    for row in data.len()..one.len() {
        match one.y[row] {
            0 => {
                assert!(data.x.contains(&apart.x[row]) && !data.x.contains(&one.x[row]), "row {row} stays in its place")
            }
            _ => assert_eq!(one.x[row], apart.x[row], "row {row} moves as if all did"),
        }
    }
    let mut lacking = named("RandomOverSampler").to(strategy.clone());
    lacking.set("shrinkage", Value::ByClass([None, Some(0.5), None]));
    let refused = fit_resample(&lacking, &data.x, &data.y, 1).expect_err("class 0 grows without a shrinkage");
    assert!(refused.to_string().contains("no shrinkage is given for class 0"), "{refused}");
}

#[test]
fn a_judgement_agrees_exactly_where_the_row_stays() {
    let data = clouds(&[60, 20], 4);
    let chain = run(&choose("EditedNearestNeighbours", "kind_sel", 1), &data, 0).chain;
    let mut judged = 0;
    for step in &chain.stages[0].steps {
        let Step::Judge { row, verdict, .. } = *step else { continue };
        judged += 1;
        assert_eq!(verdict == Verdict::Agrees, chain.output.contains(&row));
    }
    assert!(judged > 10);
}
