//! What the machines have to do beyond the reference data: rows of other widths, weights, small caches, refusals.

use super::cache::CACHE_BYTES;
use super::q_matrix::QMatrix;
use super::smo::{Problem, Stop, solve};
use super::*;
use crate::base::Class;
use crate::base::tolerance::ROUNDING;
use crate::model::ClassWeight;
use crate::random::RandomState;

/// Rows of five numbers without a random draw, so that Python can make the same.
fn wide() -> (Rows, Vec<Class>) {
    let entry = |i: i32, j: i32| f64::from((i * i * 7 + i * (j + 2) * 13 + j * j * 5) % 23) / 4.0 - 2.0;
    let x = Rows::from_values(5, (0..60).flat_map(|i| (0..5).map(move |j| entry(i, j))).collect());
    let noise = |i: usize| f64::from((i as i32 * 37) % 11 - 5) / 2.0;
    let y = x.iter().enumerate().map(|(i, row)| Class::from(row.iter().sum::<f64>() + noise(i) > 1.5)).collect();
    (x, y)
}

fn overlapping(n: usize) -> (Rows, Vec<Class>) {
    let mut random = RandomState::new(5);
    let y: Vec<Class> = (0..n).map(|i| Class::from(i % 4 == 0)).collect();
    let mut x = Rows::new(2);
    y.iter().for_each(|&y| x.push(&[random.normal(1.5 * f64::from(y), 1.0), random.standard_normal()]));
    (x, y)
}

const ORIGIN: [f64; 5] = [0.0; 5];

// scikit-learn 1.9.1: SVC(C=2.0).fit(X, y)
#[test]
fn rows_of_five_columns_are_solved_as_scikit_learn_does() {
    let (x, y) = wide();
    let svc = SupportVectorClassifier { c: 2.0, ..Default::default() }.fit(&x, &y, None).unwrap();
    assert_eq!((&svc.n_iter[..], &svc.n_support[..]), (&[34][..], &[11, 13][..]));
    assert!((svc.intercept[0] - 0.46274675789582953).abs() < ROUNDING);
    assert!((svc.decision_function(&ORIGIN) + 0.5190677465532838).abs() < ROUNDING);
}

// scikit-learn 1.9.1: SVC(class_weight="balanced").fit(X, arange(60) % 3)
#[test]
fn three_balanced_classes_are_solved_as_scikit_learn_does() {
    let (x, _) = wide();
    let y: Vec<Class> = (0..60).map(|i| i % 3).collect();
    let svc = SupportVectorClassifier { class_weight: ClassWeight::Balanced, ..Default::default() };
    let svc = svc.fit(&x, &y, None).unwrap();
    assert_eq!((&svc.n_iter[..], &svc.n_support[..]), (&[23, 23, 27][..], &[20, 20, 20][..]));
    for (got, wanted) in svc.intercept.iter().zip([-0.1257802862673998, -0.2698298152536154, -0.20542255542759]) {
        assert!((got - wanted).abs() < ROUNDING);
    }
    let labels: Vec<Class> = (0..8).map(|i| svc.predict(x.row(i))).collect();
    assert_eq!(labels, [1, 2, 1, 1, 1, 1, 2, 2]);
}

// scikit-learn 1.9.1: OneClassSVM(nu=0.3).fit(X, sample_weight=[1 + i % 3 for i in range(60)])
#[test]
fn the_one_class_machine_counts_weights_as_scikit_learn_does() {
    let (x, _) = wide();
    let weights: Vec<f64> = (0..60).map(|i| f64::from(1 + i % 3)).collect();
    let machine = OneClassSvm { nu: 0.3, ..Default::default() }.fit(&x, Some(&weights)).unwrap();
    assert_eq!((machine.n_iter, machine.support.len()), (38, 28));
    assert!((machine.offset - 6.945565837526927).abs() < ROUNDING);
    assert!((machine.score_samples(&ORIGIN) - 9.943530226338256).abs() < ROUNDING);
}

// scikit-learn 1.9.1: SVC(C=2.0).fit(X, y, sample_weight=[i % 4 / 2 for i in range(60)])
#[test]
fn rows_without_weight_are_left_out_and_the_others_keep_their_numbers() {
    let (x, y) = wide();
    let weights: Vec<f64> = (0..60).map(|i| f64::from(i % 4) / 2.0).collect();
    let fit = SupportVectorClassifier { c: 2.0, ..Default::default() };
    let svc = fit.fit(&x, &y, Some(&weights)).unwrap();
    assert_eq!((&svc.n_iter[..], &svc.n_support[..]), (&[36][..], &[8, 13][..]));
    assert!((svc.intercept[0] - 0.35545732514226724).abs() < ROUNDING);
    assert!((svc.decision_function(&ORIGIN) + 0.485623938891246).abs() < ROUNDING);
    assert!(svc.support.iter().all(|&row| weights[row as usize] > 0.0));
    assert_eq!(svc.vectors, x.take(&svc.support));
}

#[test]
fn every_row_satisfies_the_optimality_conditions() {
    let (x, y) = overlapping(400);
    for (c, tol) in [(0.3, 1e-3), (1.0, 1e-8), (30.0, 1e-3)] {
        for kernel in [Kernel::Linear, Kernel::default()] {
            let svc = SupportVectorClassifier { c, tol, kernel, ..Default::default() }.fit(&x, &y, None).unwrap();
            assert!(svc.converged);
            assert!(svc.dual_coef[0].iter().sum::<f64>().abs() < 1e-9 * c * 400.0);
            // rounding the kernel to single precision moves margins by up to this
            let slack = tol + 1e-6 * c * 400.0;
            for (i, (row, &label)) in x.iter().zip(&y).enumerate() {
                let sign = if label == 1 { 1.0 } else { -1.0 };
                let margin = sign * svc.decision_function(row);
                let at = svc.support.iter().position(|&row| row as usize == i);
                let alpha = at.map_or(0.0, |at| sign * svc.dual_coef[0][at]);
                assert!((0.0..=c).contains(&alpha));
                assert!(alpha == c || margin > 1.0 - slack, "row {i}: {alpha}, {margin}");
                assert!(alpha == 0.0 || margin < 1.0 + slack, "row {i}: {alpha}, {margin}");
            }
        }
    }
}

#[test]
fn the_size_of_the_cache_does_not_change_the_result() {
    let (x, y) = overlapping(300);
    let y: Vec<f64> = y.iter().map(|&label| if label == 0 { 1.0 } else { -1.0 }).collect();
    let solved = |bytes: usize| {
        let q = QMatrix::new(Kernel::default().resolve(&x), x.clone(), y.clone(), bytes);
        let problem = Problem { q, p: vec![-1.0; 300], y: y.clone(), c: vec![100.0; 300], alpha: vec![0.0; 300] };
        let solution = solve(problem, Stop { tol: 1e-3, max_iter: None, shrinking: true });
        (solution.alpha, solution.rho, solution.n_iter)
    };
    let roomy = solved(1 << 20);
    // many rounds of shrinking happen on the way
    assert!(roomy.2 > 1500);
    for bytes in [0, 4 * 1000, 4 * 7777] {
        assert_eq!(solved(bytes), roomy);
    }
}

#[test]
fn on_fifty_random_sets_a_cache_of_two_columns_finds_what_the_usual_one_does() {
    for seed in 0..50 {
        let mut random = RandomState::new(seed);
        let n = random.randint(8, 160) as usize;
        let (c, share) = (random.uniform(0.1, 50.0), random.uniform(0.05, 0.5));
        let n_first = ((share * n as f64) as usize).max(1);
        let signs: Vec<f64> = (0..n).map(|i| if i < n_first { 1.0 } else { -1.0 }).collect();
        let mut x = Rows::new(2);
        signs.iter().for_each(|sign| x.push(&[random.normal(*sign, 1.5), random.standard_normal()]));
        let kernel = if seed % 5 == 0 { Kernel::Linear } else { Kernel::default() };
        let solved = |bytes: usize| {
            let q = QMatrix::new(kernel.resolve(&x), x.clone(), signs.clone(), bytes);
            let problem = Problem { q, p: vec![-1.0; n], y: signs.clone(), c: vec![c; n], alpha: vec![0.0; n] };
            let solution = solve(problem, Stop { tol: 1e-3, max_iter: None, shrinking: true });
            let bits: Vec<u64> = solution.alpha.iter().map(|alpha| alpha.to_bits()).collect();
            (bits, solution.rho.to_bits(), solution.n_iter)
        };
        assert_eq!(solved(0), solved(CACHE_BYTES), "seed {seed}");
    }
}

#[test]
fn a_limit_of_steps_ends_the_search_and_is_told() {
    let (x, y) = overlapping(200);
    let svc = SupportVectorClassifier { max_iter: Some(10), ..Default::default() }.fit(&x, &y, None).unwrap();
    assert_eq!((svc.converged, &svc.n_iter[..]), (false, &[10][..]));
    let none = SupportVectorClassifier { max_iter: Some(0), ..Default::default() }.fit(&x, &y, None).unwrap();
    assert_eq!((none.support.len(), none.predict(&[0.0, 0.0])), (0, 1));
}

#[test]
fn what_cannot_be_fitted_is_refused() {
    let (x, y) = overlapping(40);
    let svc = SupportVectorClassifier::default();
    for c in [0.0, -1.0, f64::NAN] {
        let error = SupportVectorClassifier { c, ..svc }.fit(&x, &y, None).unwrap_err();
        assert!(error.to_string().starts_with("The 'C' parameter of SVC must be a float in the range (0.0, inf]."));
    }
    for gamma in [-1.0, f64::INFINITY, f64::NAN] {
        let kernel = Kernel::Rbf { gamma: Gamma::Value(gamma) };
        assert!(matches!(
            SupportVectorClassifier { kernel, ..svc }.fit(&x, &y, None),
            Err(SvmError::Parameter { name: "gamma", .. })
        ));
    }
    for tol in [0.0, f64::INFINITY, f64::NAN] {
        let refused = SupportVectorClassifier { tol, ..svc }.fit(&x, &y, None);
        assert!(matches!(refused, Err(SvmError::Parameter { name: "tol", .. })));
    }
    for nu in [0.0, 1.5, f64::NAN] {
        let refused = OneClassSvm { nu, ..Default::default() }.fit(&x, None);
        assert!(matches!(refused, Err(SvmError::Parameter { name: "nu", estimator: "OneClassSVM", .. })));
    }
    assert_eq!(svc.fit(&x, &y[1..], None), Err(SvmError::Lengths));
    assert_eq!(svc.fit(&x, &y, Some(&[1.0])), Err(SvmError::Lengths));
    assert_eq!(svc.fit(&Rows::new(2), &[], None), Err(SvmError::NoRows));
    assert_eq!(svc.fit(&x, &[1; 40], None), Err(SvmError::OneClass));
    assert_eq!(svc.fit(&x, &y, Some(&[0.0; 40])), Err(SvmError::NoWeight));
    assert_eq!(svc.fit(&x, &y, Some(&[f64::NAN; 40])), Err(SvmError::Weight));
    let only_positive: Vec<f64> = y.iter().map(|&label| f64::from(label)).collect();
    assert_eq!(svc.fit(&x, &y, Some(&only_positive)), Err(SvmError::OneWeightedClass));
    let heavy = SupportVectorClassifier { class_weight: ClassWeight::Ratio(f64::NAN), ..svc };
    assert_eq!(heavy.fit(&x, &y, None), Err(SvmError::Weight));
    for (bad, error) in [(f64::NAN, SvmError::NotANumber), (f64::INFINITY, SvmError::Infinite)] {
        let mut x = x.clone();
        x.row_mut(7)[1] = bad;
        assert_eq!(svc.fit(&x, &y, None), Err(error));
    }
    let far = Rows::from_values(2, x.values().iter().map(|v| v * 1e160).collect());
    for kernel in [Kernel::Linear, Kernel::default(), Kernel::Rbf { gamma: Gamma::Value(1.0) }] {
        assert_eq!(SupportVectorClassifier { kernel, ..svc }.fit(&far, &y, None), Err(SvmError::NotFinite));
    }
    assert_eq!(OneClassSvm { nu: 1.0, ..Default::default() }.fit(&x, None), Err(SvmError::NotFinite));
}
