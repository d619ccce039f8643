//! The rules of the samplers that ask neighbours, restated by brute force.

use imbalance_lab::dataset::Dataset;
use imbalance_lab::resample::SamplingStrategy::{All, Auto};
use imbalance_lab::resample::{Chain, Origin, Sampler, SamplingStrategy, Step, Value, Verdict, fit_resample};

use super::rules::{nearest, squared_distance};
use super::{clouds, named, run, with_neighbors};

/// The row that `row` repeats, or itself.
pub fn original(chain: &Chain, row: u32) -> usize {
    match chain.pool_origin[row as usize] {
        Origin::Copy { of } => of as usize,
        _ => row as usize,
    }
}

/// Rows that leave, each as the row that it repeats, ascending.
pub fn all_rows(chain: &Chain) -> Vec<usize> {
    let mut rows: Vec<usize> = chain.output.iter().map(|&row| original(chain, row)).collect();
    rows.sort_unstable();
    rows
}

/// The same after `sampler` alone.
pub fn kept(sampler: &Sampler, data: &Dataset, seed: u32) -> Vec<usize> {
    all_rows(&run(sampler, data, seed).chain)
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
    let (mut stopped, mut turned) = (0, 0);
    for seed in 0..25 {
        for (sizes, k) in [([60, 14], 4), ([26, 18], 5)] {
            let data = clouds(&sizes, seed);
            for (kind, allow_minority) in [(0, false), (1, false), (0, true), (1, true)] {
                let mut rows: Vec<usize> = (0..data.len()).collect();
                for pass in 1..=k {
                    let count = |class: u8| rows.iter().filter(|&&row| data.y[row] == class).count();
                    // Who is the minority is asked anew in every pass; of equals it is the smaller label.
                    let targeted = u8::from(count(0) <= count(1));
                    turned += usize::from(targeted == 1);
                    rows = edited(&data, &rows, pass, kind == 0, &[targeted]);
                    let count = |class: u8| rows.iter().filter(|&&row| data.y[row] == class).count();
                    assert!(count(0) > 0 && count(1) > 0, "a class that vanishes is a case of the next test");
                    if count(0) < sizes[1] && !allow_minority {
                        stopped += usize::from(pass < k);
                        break;
                    }
                }
                let mut sampler = with_neighbors(choose("AllKNN", "kind_sel", kind), k);
                assert!(sampler.set("allow_minority", Value::Flag(allow_minority)));
                assert_eq!(kept(&sampler, &data, 0), rows, "seed {seed}, kind {kind}, allow_minority {allow_minority}");
            }
        }
    }
    assert!(stopped > 20 && turned > 20, "the size of the majority matters: {stopped} {turned}");
}

#[test]
fn all_knn_ends_where_the_majority_vanishes() {
    // Five pairs and a row more of the majority: the nearest row of each is of the other class.
    let x =
        (0..5).flat_map(|i| [[f64::from(10 * i), 0.0], [f64::from(10 * i) + 1.0, 0.0]]).chain([[2.5, 0.0]]).collect();
    let data = Dataset { x, y: (0..11).map(|i| i % 2).collect() };
    for allow_minority in [false, true] {
        let mut sampler = named("AllKNN");
        assert!(sampler.set("allow_minority", Value::Flag(allow_minority)));
        assert_eq!(kept(&sampler, &data, 0), [1, 3, 5, 7, 9]);
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
fn the_cleaning_rule_edits_and_clears_around_misclassified_minority_rows() {
    let (mut cleared, mut spared) = (0, 0);
    for seed in 0..30 {
        let data = clouds(&[60, 20], seed);
        let all: Vec<usize> = (0..80).collect();
        for (k, threshold, strategy) in [
            (3, 0.5, Auto),
            (1, 0.5, Auto),
            (2, 1.0, Auto),
            (4, 2.9, Auto),
            (5, 2.9, Auto),
            (5, 3.0, Auto),
            (3, 3.5, Auto),
            (3, 0.9, All),
            (5, 1.0, All),
        ] {
            let targeted: &[u8] = if strategy == All { &[0, 1] } else { &[0] };
            let mut stays = [false; 80];
            edited(&data, &all, k, false, targeted).into_iter().for_each(|row| stays[row] = true);
            for p in (0..80).filter(|&row| data.y[row] == 1) {
                let near = nearest(&data, p, |_| true);
                // It votes for itself, and the majority wins a tie.
                if 2 * near[..k - 1].iter().filter(|&&i| data.y[i] == 0).count() < k {
                    continue;
                }
                for &i in near[..k].iter().filter(|&&i| targeted.contains(&data.y[i])) {
                    let rows = if data.y[i] == 0 { 60.0 } else { 20.0 };
                    if rows > 20.0 * threshold {
                        cleared += usize::from(std::mem::replace(&mut stays[i], false));
                    } else {
                        spared += usize::from(stays[i]);
                    }
                }
            }
            let wanted: Vec<usize> = (0..80).filter(|&row| stays[row]).collect();
            let mut sampler = with_neighbors(named("NeighbourhoodCleaningRule"), k).to(strategy);
            assert!(sampler.set("threshold_cleaning", Value::Real(threshold)));
            assert_eq!(kept(&sampler, &data, 0), wanted, "seed {seed}, k {k}, threshold {threshold}");
        }
    }
    assert!(cleared > 100 && spared > 100, "the threshold lets through and holds back: {cleared} {spared}");
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
