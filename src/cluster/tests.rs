//! The algorithms against numbers printed by scikit-learn 1.9.1.

use super::*;
use crate::random::RandomState;

/// `normal((0, 0), 1, (n, 2))`, `normal((3, 1), 0.5, (n, 2))`, `normal((-1, 4), 0.8, (n, 2))` of `RandomState(3)`.
fn three_blobs(n: usize) -> Rows {
    let mut random = RandomState::new(3);
    let mut points = random.normal_points([0.0, 0.0], 1.0, n);
    points.extend(random.normal_points([3.0, 1.0], 0.5, n));
    points.extend(random.normal_points([-1.0, 4.0], 0.8, n));
    Rows::from_points(&points)
}

/// `RandomState(5).normal(0, 2, (400, 5))`.
fn five_columns() -> Rows {
    let mut random = RandomState::new(5);
    Rows::from_values(5, (0..2000).map(|_| random.normal(0.0, 2.0)).collect())
}

/// One number that changes with any label: `h = (31 h + label + 1) % 1000003` over all rows.
fn fold(labels: &[u32]) -> u32 {
    labels.iter().fold(0, |h, label| (h * 31 + label + 1) % 1_000_003)
}

#[track_caller]
fn near(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() <= tolerance * expected.abs().max(1.0), "{found} instead of {expected}");
    }
}

#[test]
fn k_means_is_scikit_learns() {
    let fit = KMeans::new(3).fit(&three_blobs(100), &mut RandomState::new(7)).unwrap();
    let centers = [
        [-0.23801605793036917, -0.0617284567857217],
        [-0.969374583569591, 4.019504686398168],
        [3.0092062914194484, 0.968279578177048],
    ];
    near(fit.centers.values(), centers.as_flattened(), 1e-13);
    near(&[fit.inertia], &[357.92394417163587], 1e-13);
    assert_eq!((fold(&fit.labels), fit.n_iter), (719428, 3));

    let fit = KMeans::new(40).fit(&three_blobs(100), &mut RandomState::new(7)).unwrap();
    near(fit.centers.row(0), &[-0.748663994849432, -0.6845699205703271], 1e-13);
    near(&[fit.inertia], &[26.927473051282018], 1e-13);
    assert_eq!((fold(&fit.labels), fit.n_iter), (872040, 10));
}

#[test]
fn k_means_of_five_columns_is_scikit_learns() {
    let fit = KMeans::new(12).fit(&five_columns(), &mut RandomState::new(1)).unwrap();
    let center = [-1.6644834241047886, 1.988671160893855, 0.07974696451065827, 2.374869843076584, -0.9208872230048244];
    near(fit.centers.row(0), &center, 1e-13);
    near(&[fit.inertia], &[3537.1364056041302], 1e-13);
    assert_eq!((fold(&fit.labels), fit.n_iter), (695352, 19));
}

#[test]
fn clusters_without_a_row_lie_where_scikit_learn_puts_them() {
    let points = [vec![[0.0, 0.0]; 5], vec![[1.0, 0.0]; 3], vec![[0.0, 2.0]; 2]].concat();
    let fit = KMeans::new(5).fit(&Rows::from_points(&points), &mut RandomState::new(0)).unwrap();
    assert_eq!(fit.labels, [2, 2, 2, 2, 2, 0, 0, 0, 1, 1]);
    let centers = [[1.0, 0.0], [0.0, 2.0], [0.0, 0.0], [0.0, 0.0], [0.0, 0.0]];
    near(fit.centers.values(), centers.as_flattened(), 1e-15);
    assert_eq!((fit.sizes(), fit.n_iter), (vec![3, 2, 5, 0, 0], 1));
}

#[test]
fn equal_rows_are_one_cluster() {
    let same = Rows::from_points(&[[1.0, 1.0]; 6]);
    let fit = KMeans::new(3).fit(&same, &mut RandomState::new(0)).unwrap();
    assert_eq!((fit.centers.values(), fit.inertia, fit.n_iter), (&[1.0; 6][..], 0.0, 1));
    assert_eq!(fit.labels, [0; 6]);
    let mut rounds = 0;
    let fit = MiniBatchKMeans::new(3).fit_watched(&same, &mut RandomState::new(0), &mut |r| rounds = r.round).unwrap();
    assert_eq!((fit.centers.values(), fit.labels, rounds), (&[1.0; 6][..], vec![0; 6], 12));
}

#[test]
fn mini_batch_k_means_is_scikit_learns_on_few_rows_and_on_many() {
    // rows per blob, clusters, seed; first centre, labels, inertia, rounds, passes
    let cases = [
        (100, 8, 7, [3.2848401629774955, 0.972929532982281], 876494, 170.24501436348874, 26, 26),
        (400, 60, 2, [-2.3317598213505675, 4.357309267841122], 401594, 97.67515231166134, 26, 23),
        (2000, 8, 7, [-0.37968800647936946, 0.7541687870772894], 635900, 3456.2650774084586, 47, 9),
    ];
    for (n, k, seed, center, labels, inertia, n_steps, n_iter) in cases {
        let mut rounds = 0;
        let mut watch = |round: MiniBatchRound| rounds = round.round;
        let fit =
            MiniBatchKMeans::new(k).fit_watched(&three_blobs(n), &mut RandomState::new(seed), &mut watch).unwrap();
        near(fit.centers.row(0), &center, 1e-12);
        near(&[fit.inertia], &[inertia], 1e-12);
        assert_eq!((fold(&fit.labels), rounds, fit.n_iter), (labels, n_steps, n_iter), "{n} rows per blob");
    }
}

#[test]
fn the_mixture_is_scikit_learns() {
    let fit = GaussianMixture::new(3).fit(&three_blobs(100), &mut RandomState::new(7)).unwrap();
    let Components { weights, means, covariances, .. } = &fit.components;
    near(weights, &[0.3259777480052585, 0.33445132003165956, 0.3395709319630819], 1e-12);
    near(means.row(2), &[3.0482674839710087, 0.9798706329950294], 1e-12);
    let covariance = [0.8082797226849454, 0.08010841169916125, 0.08010841169916125, 1.0254385129732704];
    near(&covariances[0], &covariance, 1e-12);
    near(&[fit.lower_bound], &[-3.3142091102020728], 1e-12);
    assert_eq!((fold(&fit.labels), fit.n_iter, fit.converged), (425737, 3, true));

    let fit = GaussianMixture::new(4).fit(&five_columns(), &mut RandomState::new(1)).unwrap();
    let mean = [-0.7616674843316565, 0.6721691548758749, -1.2166334369040832, -0.49714366213621886, 0.6483448352008533];
    near(fit.components.means.row(0), &mean, 1e-10);
    near(&[fit.lower_bound], &[-10.440409644260894], 1e-12);
    assert_eq!((fold(&fit.labels), fit.n_iter), (447887, 13));
}

// rng = RandomState(7); c = rng.choice(3, 5, p=weights_); z = rng.standard_normal((5, 2))
// means_[c] + einsum("nij,nj->ni", cholesky(covariances_)[c], z)
#[test]
fn rows_drawn_from_the_mixture_are_those_of_four_lines_of_numpy() {
    let fit = GaussianMixture::new(3).fit(&three_blobs(100), &mut RandomState::new(7)).unwrap();
    let (rows, components) = fit.sample(5, &mut RandomState::new(7)).unwrap();
    assert_eq!(components, [0, 2, 1, 2, 2]);
    let expected = [
        [-0.09266483805298723, 3.2173630886993787],
        [2.968158213858416, 0.7993711142094923],
        [0.6649700565232664, 4.058365912092457],
        [2.804895443911666, 1.6659422030705717],
        [2.9650233090194074, 0.7730379829522819],
    ];
    near(rows.values(), expected.as_flattened(), 1e-12);
}

#[test]
fn a_constant_column_is_no_obstacle() {
    let x = Rows::from_points(&(0..40).map(|i| [f64::from(i % 7), 3.0]).collect::<Vec<_>>());
    let fit = KMeans::new(7).fit(&x, &mut RandomState::new(0)).unwrap();
    assert!(fit.inertia < 1e-20 && fit.centers.iter().all(|center| center[1] == 3.0));
    let mixture = GaussianMixture::new(2).fit(&x, &mut RandomState::new(0)).unwrap();
    assert!(mixture.components.covariances.iter().all(|covariance| (covariance[3] - 1e-6).abs() < 1e-18));
}

#[test]
fn what_cannot_be_clustered_is_refused() {
    let x = Rows::from_points(&[[0.0, 0.0], [1.0, 0.0]]);
    let mut random = RandomState::new(0);
    let too_few = ClusterError::TooFewRows { n_samples: 2, n_clusters: 3 };
    assert_eq!(KMeans::new(3).fit(&x, &mut random), Err(too_few));
    assert_eq!(MiniBatchKMeans::new(3).fit(&x, &mut random), Err(too_few));
    assert_eq!(GaussianMixture::new(3).fit(&x, &mut random), Err(too_few));
    assert_eq!(too_few.library_message(), "n_samples=2 should be >= n_clusters=3.");
    assert_eq!(KMeans::new(0).fit(&x, &mut random), Err(ClusterError::NoClusters));
    assert_eq!(
        KMeans::new(1).fit(&Rows::new(2), &mut random),
        Err(ClusterError::TooFewRows { n_samples: 0, n_clusters: 1 })
    );
    let hole = Rows::from_points(&[[0.0, 0.0], [f64::NAN, 0.0]]);
    assert_eq!(KMeans::new(1).fit(&hole, &mut random), Err(ClusterError::NotFinite { row: 1 }));
    assert_eq!(random, RandomState::new(0), "a refused fit must not advance the stream");
}

#[test]
fn numbers_that_overflow_when_squared_do_no_harm() {
    let x = Rows::from_points(&[[1e200, 0.0], [-1e200, 1.0], [0.0, 1e300], [5.0, 5.0]]);
    for k in 1..=4 {
        assert_eq!(KMeans::new(k).fit(&x, &mut RandomState::new(0)).unwrap().labels.len(), 4);
        assert_eq!(MiniBatchKMeans::new(k).fit(&x, &mut RandomState::new(0)).unwrap().labels.len(), 4);
    }
}

#[test]
fn the_last_round_that_is_watched_is_the_fit() {
    let x = three_blobs(50);
    let (mut rounds, mut last) = (0, None);
    let mut watch = |round: KMeansRound| (rounds, last) = (rounds + 1, Some((round.round, round.centers())));
    let fit = KMeans::new(6).fit_watched(&x, &mut RandomState::new(1), &mut watch).unwrap();
    assert_eq!((rounds, last), (fit.n_iter + 1, Some((fit.n_iter, fit.centers))));

    let mut last = None;
    let mut watch = |round: EmRound| last = Some((round.round, round.components.clone()));
    let fit = GaussianMixture::new(3).fit_watched(&x, &mut RandomState::new(1), &mut watch).unwrap();
    assert_eq!(last, Some((fit.n_iter, fit.components)));
}

#[test]
fn every_centre_is_the_mean_of_its_rows() {
    let x = five_columns();
    let fit = KMeans { tol: 0.0, ..KMeans::new(9) }.fit(&x, &mut RandomState::new(4)).unwrap();
    for (cluster, center) in fit.centers.iter().enumerate() {
        let members: Vec<u32> = (0..x.len() as u32).filter(|&i| fit.labels[i as usize] as usize == cluster).collect();
        let members = x.take(&members);
        for (axis, value) in center.iter().enumerate() {
            let mean = members.iter().map(|row| row[axis]).sum::<f64>() / members.len() as f64;
            assert!((mean - value).abs() < 1e-12);
        }
    }
}
