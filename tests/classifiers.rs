//! The contract that every classifier keeps. A new one joins with one line in [`all`].

use imbalance_lab::base::tolerance::REORDERED_FIT;
use imbalance_lab::base::{Class, Point};
use imbalance_lab::model::{ClassWeight, Classifier, Model, ModelError};
use imbalance_lab::random::RandomState;

fn logistic(c: f64, degree: u8, class_weight: ClassWeight) -> Classifier {
    Classifier::LogisticRegression { c, degree, class_weight }
}

/// Every classifier, in settings that differ.
fn all() -> Vec<Classifier> {
    vec![
        Classifier::MajorityDummy,
        Classifier::default(),
        logistic(0.01, 2, ClassWeight::Balanced),
        logistic(100.0, 3, ClassWeight::Ratio(7.5)),
        logistic(f64::INFINITY, 1, ClassWeight::None),
    ]
}

/// Overlapping classes, 1 in 5 positive, some rows twice.
fn rows() -> (Vec<Point>, Vec<Class>) {
    let mut random = RandomState::new(11);
    let mut y: Vec<Class> = (0..120).map(|row| Class::from(row % 5 == 0)).collect();
    let place = |&y: &Class| [random.normal(1.2 * f64::from(y), 1.0), random.normal(-0.4 * f64::from(y), 1.5)];
    let mut x: Vec<Point> = y.iter().map(place).collect();
    x.extend_from_within(..15);
    y.extend_from_within(..15);
    (x, y)
}

fn fit(classifier: &Classifier, x: &[Point], y: &[Class]) -> Model {
    classifier.fit(x, y).unwrap_or_else(|error| panic!("{classifier:?}: {error}"))
}

/// Largest difference in probability over the rows and around them.
fn distance(a: &Model, b: &Model) -> f64 {
    let grid = (0..400).map(|i| [f64::from(i % 20) / 2.0 - 5.0, f64::from(i / 20) / 2.0 - 5.0]);
    grid.map(|p| (a.predict_proba(&p) - b.predict_proba(&p)).abs()).fold(0.0, f64::max)
}

#[test]
fn fitting_twice_gives_the_same_bits() {
    let (x, y) = rows();
    for classifier in all() {
        assert_eq!(fit(&classifier, &x, &y), fit(&classifier, &x, &y));
    }
}

#[test]
fn probabilities_lie_between_0_and_1_and_agree_with_the_decision() {
    let (x, y) = rows();
    let far = [[1e5, -1e5], [-1e5, 1e5], [0.0, 0.0], [3.0, -40.0]];
    for classifier in all() {
        let model = fit(&classifier, &x, &y);
        let points: Vec<Point> = x.iter().chain(&far).copied().collect();
        for (point, p) in points.iter().zip(model.predict_proba_many(&points)) {
            assert!((0.0..=1.0).contains(&p), "{classifier:?} {point:?}: {p}");
            assert_eq!(p, model.predict_proba(point));
            assert_eq!(p > 0.5, model.decision_function(point) > 0.0, "{classifier:?} {point:?}");
        }
    }
}

#[test]
fn one_class_is_refused_unless_the_classifier_needs_no_second() {
    let (x, _) = rows();
    for classifier in all() {
        for class in [0, 1] {
            let y = vec![class; x.len()];
            match (&classifier, classifier.fit(&x, &y)) {
                (Classifier::MajorityDummy, Ok(model)) => assert_eq!(model.predict_proba(&x[0]), f64::from(class)),
                (_, Err(error)) => assert_eq!(error, ModelError::OneClass(class)),
                (_, Ok(_)) => panic!("{classifier:?} was fitted to one class"),
            }
        }
    }
}

#[test]
fn rows_that_are_not_finite_or_missing_are_refused() {
    let (x, y) = rows();
    for classifier in all() {
        for (bad, error) in [(f64::NAN, ModelError::NotANumber), (f64::NEG_INFINITY, ModelError::Infinite)] {
            let mut x = x.clone();
            x[7][1] = bad;
            assert_eq!(classifier.fit(&x, &y), Err(error));
        }
        assert_eq!(classifier.fit(&[], &[]), Err(ModelError::NoRows));
        assert_eq!(classifier.fit(&x, &y[1..]), Err(ModelError::Lengths));
    }
}

#[test]
fn a_constant_feature_changes_nothing() {
    let (mut x, y) = rows();
    x.iter_mut().for_each(|p| p[1] = 0.1);
    for classifier in all() {
        let model = fit(&classifier, &x, &y);
        let p = model.predict_proba_many(&x);
        assert!(p.iter().all(|p| p.is_finite()), "{classifier:?}");
        if let (Model::LogisticRegression { coef, .. }, Classifier::LogisticRegression { degree: 1, .. }) =
            (&model, &classifier)
        {
            assert_eq!(coef[1], 0.0, "{classifier:?}");
        }
    }
}

#[test]
fn the_order_of_the_rows_does_not_matter() {
    let (x, y) = rows();
    let order = RandomState::new(0).permutation(x.len());
    let (mixed_x, mixed_y): (Vec<Point>, Vec<Class>) = order.iter().map(|&row| (x[row], y[row])).unzip();
    for classifier in all() {
        let difference = distance(&fit(&classifier, &x, &y), &fit(&classifier, &mixed_x, &mixed_y));
        assert!(difference < REORDERED_FIT, "{classifier:?}: {difference}");
    }
}

#[test]
fn a_class_weight_is_that_many_copies_of_its_rows() {
    let (x, y) = rows();
    let (mut more_x, mut more_y) = (x.clone(), y.clone());
    for row in (0..x.len()).filter(|&row| y[row] == 1) {
        more_x.extend([x[row]; 3]);
        more_y.extend([1; 3]);
    }
    for degree in 1..=3 {
        let weighted = fit(&logistic(2.0, degree, ClassWeight::Ratio(4.0)), &x, &y);
        let repeated = fit(&logistic(2.0, degree, ClassWeight::None), &more_x, &more_y);
        let difference = distance(&weighted, &repeated);
        assert!(difference < REORDERED_FIT, "degree {degree}: {difference}");
    }
}

#[test]
fn balanced_is_the_ratio_of_the_counts_at_a_stronger_penalty() {
    let (x, y) = rows();
    let n = y.len() as f64;
    let minority = y.iter().filter(|&&y| y == 1).count() as f64;
    let majority_weight = n / (2.0 * (n - minority));
    let balanced = fit(&logistic(1.0, 2, ClassWeight::Balanced), &x, &y);
    let by_hand = fit(&logistic(majority_weight, 2, ClassWeight::Ratio((n - minority) / minority)), &x, &y);
    assert!(distance(&balanced, &by_hand) < REORDERED_FIT);
}
