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

/// The rank of `neighbor` among the rows `among` nearest to `base`, from 1.
fn rank(data: &Dataset, base: u32, neighbor: u32, among: impl Fn(usize) -> bool) -> usize {
    let near = nearest(data, base as usize, among);
    1 + near.iter().position(|&i| i == neighbor as usize).expect("a row that may be a neighbour")
}

#[test]
fn borderline_smote_starts_only_from_rows_in_danger() {
    const CASES: [(u8, usize, usize); 8] =
        [(0, 7, 4), (0, 10, 4), (1, 6, 4), (0, 2, 1), (0, 3, 9), (1, 1, 2), (1, 15, 7), (1, 30, 2)];
    let mut farthest = CASES.map(|_| 0);
    for seed in 0..20 {
        let data = clouds(&[60, 22], seed);
        for (case, (kind, m, k)) in CASES.into_iter().enumerate() {
            let mut sampler = with_neighbors(named("BorderlineSMOTE"), k);
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
                farthest[case] = farthest[case].max(rank(&data, base, neighbor, among));
            }
        }
    }
    // Where a single row judges, nobody is in danger.
    let wanted = CASES.map(|(_, m, k)| if m == 1 { 0 } else { k });
    assert_eq!(farthest, wanted, "of k neighbours each is drawn, and no other");
}

#[test]
fn svm_smote_goes_inwards_from_support_vectors_in_danger_and_outwards_from_safe_ones() {
    const CASES: [(usize, usize, f64); 6] =
        [(10, 4, 0.5), (3, 4, 0.25), (6, 4, 1.0), (2, 1, 0.5), (15, 9, 0.75), (30, 2, 0.1)];
    let mut farthest = CASES.map(|_| 0);
    let (mut inwards, mut outwards, mut noise) = (0, 0, 0);
    for seed in 0..20 {
        let data = clouds(&[60, 22], seed);
        for (case, (m, k, out_step)) in CASES.into_iter().enumerate() {
            let mut sampler = with_neighbors(named("SVMSMOTE"), k);
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
                farthest[case] = farthest[case].max(rank(&data, base, neighbor, |i| data.y[i] == 1));
            }
        }
    }
    assert_eq!(farthest, CASES.map(|(_, k, _)| k), "of k neighbours each is drawn, and no other");
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

#[test]
fn cluster_centroids_are_means_of_the_rows_they_stand_for() {
    for seed in 0..10 {
        let data = clouds(&[60, 20], seed);
        let chain = run(&named("ClusterCentroids"), &data, seed).chain;
        let steps = &chain.stages[0].steps;
        let centers: Vec<u32> = chain.output.iter().copied().filter(|&row| chain.pool_y[row as usize] == 0).collect();
        let mut stood_for = 0;
        for (at, step) in steps.iter().enumerate() {
            let &Step::Add { row } = step else { continue };
            let members = steps[at + 1..].iter().map_while(|step| match *step {
                Step::Drop { row } => Some(row as usize),
                _ => None,
            });
            let members: Vec<usize> = members.collect();
            stood_for += members.len();
            for axis in 0..2 {
                let mean = members.iter().map(|&i| data.x[i][axis]).sum::<f64>() / members.len() as f64;
                assert!((chain.pool_x[row as usize][axis] - mean).abs() < 1e-9, "seed {seed}");
            }
            for &i in &members {
                let nearest = centers.iter().copied().min_by(|&a, &b| {
                    let to = |center: u32| squared_distance(data.x[i], chain.pool_x[center as usize]);
                    to(a).total_cmp(&to(b))
                });
                assert_eq!(nearest, Some(row), "seed {seed}");
            }
        }
        assert_eq!((stood_for, centers.len()), (60, 20), "seed {seed}");
    }
}

#[test]
fn hard_voting_keeps_the_row_nearest_to_each_centre() {
    for seed in 0..10 {
        let data = clouds(&[60, 20], seed);
        let soft = run(&named("ClusterCentroids"), &data, seed).data;
        let hard = run(
            &named("ClusterCentroids").with(&named("ClusterCentroids").method().parameters[0], Value::Choice(1)),
            &data,
            seed,
        )
        .data;
        for (center, row) in soft.x.iter().zip(&hard.x).take(20) {
            let majority = (0..data.len()).filter(|&i| data.y[i] == 0);
            let nearest = majority.map(|i| squared_distance(data.x[i], *center)).fold(f64::INFINITY, f64::min);
            assert_eq!(squared_distance(*row, *center), nearest, "seed {seed}");
        }
        assert_eq!(hard.len(), 40);
    }
}

/// The steps that share out, and how many rows each cluster got.
fn shares(steps: &[Step]) -> Vec<(u32, u32)> {
    let share = |step: &Step| match *step {
        Step::Cluster { size, share, .. } => Some((size, share)),
        _ => None,
    };
    steps.iter().filter_map(share).collect()
}

#[test]
fn island_smote_builds_no_bridge_and_fills_the_smallest_island_first() {
    // Three islands of 4, 9 and 15 rows, far apart; the majority around the origin.
    let mut data = clouds(&[80, 28], 21);
    let mut minority = 0;
    for (x, &y) in data.x.iter_mut().zip(&data.y) {
        if y == 1 {
            let island: f64 = [0.0, 40.0, 80.0][usize::from(minority >= 4) + usize::from(minority >= 13)];
            *x = [x[0] + island, x[1]];
            minority += 1;
        }
    }
    let island = |x: Point| (x[0] / 40.0).round() as usize;
    for seed in 0..5 {
        let chain = run(&named("IslandSMOTE"), &data, seed).chain;
        let mut sizes = [0; 3];
        for &row in chain.output.iter().filter(|&&row| chain.pool_y[row as usize] == 1) {
            sizes[island(chain.pool_x[row as usize])] += 1;
            let Origin::Between { base, neighbor, .. } = chain.pool_origin[row as usize] else { continue };
            assert_eq!(island(chain.pool_x[base as usize]), island(chain.pool_x[neighbor as usize]), "seed {seed}");
        }
        sizes.sort_unstable();
        assert_eq!(sizes, [26, 27, 27], "seed {seed}");
        let mut found = shares(&chain.stages[0].steps);
        found.sort_unstable();
        assert!(found.iter().map(|&(size, _)| size).eq([4, 9, 15]), "seed {seed}");
    }
}

#[test]
fn k_means_smote_stays_inside_clusters_where_the_minority_is_at_home() {
    for seed in 0..10 {
        let data = clouds(&[60, 25], seed);
        let mut sampler = named("KMeansSMOTE");
        sampler.set("cluster_balance_threshold", Value::Real(0.3));
        let chain = run(&sampler, &data, seed).chain;
        let centers = &chain.stages[0].centers.last().expect("centres").at;
        let cluster = |row: usize| {
            let to = |at: &usize| squared_distance(data.x[row], centers[*at]);
            (0..centers.len()).min_by(|a, b| to(a).total_cmp(&to(b))).expect("a centre")
        };
        let of: Vec<usize> = (0..data.len()).map(cluster).collect();
        let count = |c: usize, class: Option<u8>| {
            (0..data.len()).filter(|&i| of[i] == c && class.is_none_or(|class| data.y[i] == class)).count()
        };
        let told = shares(&chain.stages[0].steps);
        assert!(told.iter().all(|&(_, share)| share > 0), "seed {seed}");
        let counting = (0..centers.len()).filter_map(|c| {
            let (minority, all) = (count(c, Some(1)), count(c, None));
            (minority as f64 >= 0.3 * all as f64 && minority >= 3).then_some(minority as u32)
        });
        assert!(told.iter().map(|&(size, _)| size).eq(counting), "seed {seed}");
        for origin in &chain.pool_origin {
            let &Origin::Between { base, neighbor, .. } = origin else { continue };
            assert_eq!(of[base as usize], of[neighbor as usize], "seed {seed}");
        }
        assert_eq!(chain.output.len() - 85, told.iter().map(|&(_, share)| share as usize).sum::<usize>());
    }
}

#[test]
fn rows_drawn_from_a_mixture_have_the_mean_and_the_spread_of_the_minority() {
    // A mixture fitted by expectation-maximisation has the very mean of its rows, and their variance plus the ridge.
    let data = clouds(&[6000, 300], 4);
    let minority: Vec<Point> = data.x.iter().zip(&data.y).filter(|&(_, &y)| y == 1).map(|(&x, _)| x).collect();
    let chain = run(&named("GaussianMixtureSampler"), &data, 1).chain;
    let new = &chain.pool_x[6300..];
    assert_eq!(new.len(), 5700);
    let moments = |points: &[Point], axis: usize| {
        let mean = points.iter().map(|p| p[axis]).sum::<f64>() / points.len() as f64;
        (mean, (points.iter().map(|p| (p[axis] - mean).powi(2)).sum::<f64>() / points.len() as f64).sqrt())
    };
    for axis in 0..2 {
        let ((mean, spread), (new_mean, new_spread)) = (moments(&minority, axis), moments(new, axis));
        // four standard errors of a mean of 5700 draws
        assert!((mean - new_mean).abs() < 4.0 * spread / 5700f64.sqrt(), "{mean} {new_mean}");
        assert!((spread - new_spread).abs() < 4.0 * spread / (2.0 * 5700f64).sqrt() * 1.2, "{spread} {new_spread}");
    }
    let told = shares(&chain.stages[0].steps);
    assert_eq!(told.iter().map(|&(_, share)| share).sum::<u32>(), 5700);
    let drawn = |c: u32| chain.pool_origin.iter().filter(|&&o| o == Origin::Component { component: c }).count() as u32;
    assert!(told.iter().enumerate().all(|(c, &(_, share))| drawn(c as u32) == share));
}
