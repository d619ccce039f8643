//! Each sampler's rule, restated by brute force.

use imbalance_lab::base::{Point, Rows};
use imbalance_lab::dataset::Dataset;
use imbalance_lab::model::svm::SupportVectorClassifier;
use imbalance_lab::resample::SamplingStrategy::{All, Auto};
use imbalance_lab::resample::{Origin, SamplingStrategy, Step, Value, Verdict};

use super::{clouds, named, run, samplers, snapped, with_neighbors};

pub fn squared_distance(a: Point, b: Point) -> f64 {
    (a[0] - b[0]).powi(2) + (a[1] - b[1]).powi(2)
}

/// Row numbers of `among` by distance from `row`, without `row`.
pub fn nearest(data: &Dataset, row: usize, among: impl Fn(usize) -> bool) -> Vec<usize> {
    let mut others: Vec<usize> = (0..data.len()).filter(|&i| i != row && among(i)).collect();
    others.sort_by(|&i, &j| {
        squared_distance(data.x[row], data.x[i]).total_cmp(&squared_distance(data.x[row], data.x[j]))
    });
    others
}

#[test]
fn a_synthetic_point_lies_on_the_segment_of_its_parents() {
    for data in [clouds(&[80, 20], 5), snapped(&[80, 20], 5), clouds(&[50, 20, 12], 5)] {
        for sampler in samplers() {
            let chain = run(&sampler, &data, 3).chain;
            for (row, origin) in chain.pool_origin.iter().enumerate() {
                let &Origin::Between { base, neighbor, gap } = origin else { continue };
                let (from, to) = (chain.pool_x[base as usize], chain.pool_x[neighbor as usize]);
                for axis in 0..2 {
                    let wanted = from[axis] + gap * (to[axis] - from[axis]);
                    assert!((chain.pool_x[row][axis] - wanted).abs() <= 1e-14 * (1.0 + wanted.abs()));
                }
                assert_eq!(chain.pool_y[row], chain.pool_y[base as usize]);
                let reach = if chain.pool_y[neighbor as usize] == chain.pool_y[row] { 1.0 } else { 0.5 };
                // SVM-SMOTE goes away from the neighbour, too
                let back = match sampler.get("out_step") {
                    Some(Value::Real(out_step)) => -out_step,
                    _ => 0.0,
                };
                assert!((back..reach).contains(&gap), "gap {gap}");
            }
        }
    }
}

#[test]
fn a_repeated_row_lies_where_its_original_lies() {
    for sampler in samplers() {
        let chain = run(&sampler, &clouds(&[80, 20], 6), 3).chain;
        for (row, origin) in chain.pool_origin.iter().enumerate() {
            if let Origin::Copy { of } = *origin {
                assert_eq!(chain.pool_x[row], chain.pool_x[of as usize]);
                assert_eq!(chain.pool_y[row], chain.pool_y[of as usize]);
            }
        }
    }
}

#[test]
fn what_tomek_links_removes_is_the_majority_end_of_every_mutual_nearest_pair() {
    for seed in 0..40 {
        let data = clouds(&[30, 12], seed);
        let first = |row| nearest(&data, row, |_| true)[0];
        let in_link = |row: usize| data.y[first(row)] != data.y[row] && first(first(row)) == row;
        let kept = |strategy: SamplingStrategy| run(&named("TomekLinks").to(strategy), &data, 0).chain;
        let wanted: Vec<u32> =
            (0..42).filter(|&row| !(in_link(row) && data.y[row] == 0)).map(|row| row as u32).collect();
        assert_eq!(kept(Auto).output, wanted, "seed {seed}");
        let wanted: Vec<u32> = (0..42).filter(|&row| !in_link(row)).map(|row| row as u32).collect();
        assert_eq!(kept(All).output, wanted, "seed {seed}");
    }
}

#[test]
fn smote_goes_to_one_of_the_k_nearest_of_the_same_class() {
    for seed in 0..20 {
        let data = clouds(&[45, 16], seed);
        for k_neighbors in [1, 4, 7, 15] {
            let chain = run(&with_neighbors(named("SMOTE"), k_neighbors), &data, seed).chain;
            for origin in &chain.pool_origin {
                let &Origin::Between { base, neighbor, .. } = origin else { continue };
                let mut allowed = nearest(&data, base as usize, |i| data.y[i] == 1);
                allowed.truncate(k_neighbors);
                assert!(data.y[base as usize] == 1 && allowed.contains(&(neighbor as usize)), "seed {seed}");
            }
        }
    }
}

#[test]
fn borderline_smote_starts_only_from_rows_in_danger() {
    for seed in 0..20 {
        let data = clouds(&[60, 22], seed);
        for (kind, m) in [(0, 7), (0, 10), (1, 6)] {
            let mut sampler = with_neighbors(named("BorderlineSMOTE"), 4);
            sampler.set("m_neighbors", Value::Count(m as u32));
            sampler.set("kind", Value::Choice(kind));
            let chain = run(&sampler, &data, seed).chain;
            let others = |row: usize| nearest(&data, row, |_| true)[..m].iter().filter(|&&i| data.y[i] == 0).count();
            let danger = |row: usize| 2 * others(row) >= m && others(row) < m;
            let mut judged = 0;
            for step in &chain.stages[0].steps {
                if let Step::Judge { row, others: counted, verdict } = *step {
                    judged += 1;
                    let found = (counted as usize, verdict == Verdict::Danger);
                    assert_eq!(found, (others(row as usize), danger(row as usize)));
                }
            }
            assert_eq!(judged, 22);
            for origin in &chain.pool_origin {
                let &Origin::Between { base, neighbor, .. } = origin else { continue };
                assert!(danger(base as usize));
                let among = |i: usize| kind == 1 || data.y[i] == 1;
                assert!(nearest(&data, base as usize, among)[..4].contains(&(neighbor as usize)));
            }
        }
    }
}

#[test]
fn svm_smote_goes_inwards_from_support_vectors_in_danger_and_outwards_from_safe_ones() {
    let (mut inwards, mut outwards, mut noise) = (0, 0, 0);
    for seed in 0..20 {
        let data = clouds(&[60, 22], seed);
        for (m, out_step) in [(10, 0.5), (3, 0.25), (6, 1.0)] {
            let mut sampler = with_neighbors(named("SVMSMOTE"), 4);
            sampler.set("m_neighbors", Value::Count(m as u32));
            sampler.set("out_step", Value::Real(out_step));
            let chain = run(&sampler, &data, seed).chain;
            let others = |row: usize| nearest(&data, row, |_| true)[..m].iter().filter(|&&i| data.y[i] == 0).count();
            let machine = SupportVectorClassifier::default();
            let machine = machine.fit(&Rows::from_points(&data.x), &data.y, None).expect("two classes");
            let support: Vec<u32> = machine.support.into_iter().filter(|&row| data.y[row as usize] == 1).collect();

            let (mut found, mut judged) = (Vec::new(), Vec::new());
            for step in &chain.stages[0].steps {
                match *step {
                    Step::Score { row, .. } => found.push(row),
                    Step::Judge { row, others: counted, verdict } => {
                        let wanted = match others(row as usize) {
                            all if all == m => Verdict::Noise,
                            many if 2 * many >= m => Verdict::Danger,
                            _ => Verdict::Safe,
                        };
                        assert_eq!((counted as usize, verdict), (others(row as usize), wanted));
                        noise += usize::from(verdict == Verdict::Noise);
                        judged.push(row);
                    }
                    _ => {}
                }
            }
            assert_eq!((&found, &judged), (&support, &support));
            for origin in &chain.pool_origin {
                let &Origin::Between { base, neighbor, gap } = origin else { continue };
                assert!(support.contains(&base));
                if 2 * others(base as usize) >= m {
                    assert!(others(base as usize) < m && (0.0..1.0).contains(&gap), "gap {gap}");
                    inwards += 1;
                } else {
                    assert!(-out_step < gap && gap <= 0.0, "gap {gap}");
                    outwards += 1;
                }
                assert!(nearest(&data, base as usize, |i| data.y[i] == 1)[..4].contains(&(neighbor as usize)));
            }
        }
    }
    assert!(inwards > 100 && outwards > 100 && noise > 20, "all three happen: {inwards} {outwards} {noise}");
}

#[test]
fn random_under_sampling_keeps_or_drops_every_row_of_the_majority_once() {
    let data = clouds(&[60, 22], 14);
    for replacement in [false, true] {
        let mut sampler = named("RandomUnderSampler");
        sampler.set("replacement", Value::Flag(replacement));
        let chain = run(&sampler, &data, 1).chain;
        let mut named: Vec<u32> = chain.stages[0]
            .steps
            .iter()
            .filter_map(|step| match *step {
                Step::Keep { row } | Step::Drop { row } => Some(row),
                _ => None,
            })
            .collect();
        named.sort_unstable();
        assert_eq!(named, (0..82).filter(|&row| data.y[row as usize] == 0).collect::<Vec<_>>());
    }
}
