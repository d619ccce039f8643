//! Facts about trees and forests that are not in the reference data.

use super::decision_tree::Ground;
use super::samples::InOrder;
use super::*;
use crate::base::Rows;
use crate::model::ClassWeight;
use crate::random::RandomState;

/// Rows with many equal values, and labels that hang on them a little.
fn ties(random: &mut RandomState, n: usize, width: usize, n_classes: i64) -> (Rows, Vec<u8>) {
    let values = random.randint_many(0, 12, n * width).iter().map(|&v| v as f64 / 4.0).collect();
    let y = random.randint_many(0, n_classes, n).iter().map(|&class| class as u8).collect();
    (Rows::from_values(width, values), y)
}

#[test]
fn sorting_once_grows_the_same_tree_as_sorting_in_every_node() {
    let mut random = RandomState::new(11);
    for round in 0..60 {
        let width = [1, 2, 5][round % 3];
        let n_classes = if round % 2 == 0 { 2 } else { 3 };
        let (x, y) = ties(&mut random, 90, width, n_classes);
        // the largest weights that entries hold, and larger ones
        let times = [1.0, 21_845.0, 30_000.0][round / 20];
        let weights: Vec<f64> = random.randint_many(0, 4, 90).iter().map(|&weight| times * weight as f64).collect();
        let parameters = TreeParameters {
            criterion: if round % 4 < 2 { Criterion::Gini } else { Criterion::Entropy },
            splitter: if round % 5 < 3 { Splitter::Best } else { Splitter::Random },
            min_samples_leaf: MinSamples::Rows(1 + round % 4),
            max_features: MaxFeatures::Sqrt,
            max_leaf_nodes: (round % 7 == 0).then_some(9),
            ..TreeParameters::default()
        };
        let ground = Ground::prepare(&x, &y, None).unwrap();
        let seed = round as u32;
        let presorted = ground.grow(&parameters, &weights, seed);
        let samples = InOrder::new(&ground.columns, &ground.encoded, &weights);
        assert_eq!(presorted, ground.grow_from(samples, &parameters, &weights, seed), "round {round}");
        assert!(presorted.nodes().len() > 3);
    }
}

#[test]
fn a_row_of_weight_three_splits_like_three_rows() {
    let mut random = RandomState::new(4);
    let (x, y) = ties(&mut random, 60, 3, 2);
    let weights: Vec<f64> = random.randint_many(0, 4, 60).iter().map(|&weight| weight as f64).collect();
    let repeated: Vec<u32> = (0..60).flat_map(|row| vec![row; weights[row as usize] as usize]).collect();
    let labels: Vec<u8> = repeated.iter().map(|&row| y[row as usize]).collect();
    let fit = DecisionTreeClassifier::default();
    let weighted = fit.fit(&x, &y, Some(&weights)).unwrap();
    let plain = fit.fit(&x.take(&repeated), &labels, None).unwrap();
    let splits = |tree: &DecisionTree| tree.nodes().iter().map(|node| node.split).collect::<Vec<_>>();
    assert_eq!(splits(&weighted), splits(&plain));
    assert_eq!(weighted.values, plain.values);
}

#[test]
fn a_tree_without_limits_tells_all_different_rows_apart() {
    let mut random = RandomState::new(8);
    let x = Rows::from_values(2, (0..400).map(|_| random.random_sample()).collect());
    let y: Vec<u8> = random.randint_many(0, 3, 200).iter().map(|&class| class as u8).collect();
    for splitter in [Splitter::Best, Splitter::Random] {
        let parameters = TreeParameters { splitter, ..TreeParameters::default() };
        let tree = DecisionTreeClassifier { parameters, ..Default::default() }.fit(&x, &y, None).unwrap();
        assert!(x.iter().zip(&y).all(|(row, &class)| tree.predict(row) == class));
        assert!((tree.feature_importances().iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }
}

#[test]
fn a_forest_of_five_features_and_three_classes_is_scikit_learns() {
    let value = |i: usize, k: usize| (i * (k + 3) * 7 % (11 + 2 * k)) as f64;
    let x = Rows::from_values(5, (0..40).flat_map(|i| (0..5).map(move |k| value(i, k))).collect());
    let y: Vec<u8> = x.iter().map(|row| (row[0] * row[3]) as u8 % 3).collect();
    let forest = RandomForestClassifier { n_estimators: 7, random_state: 5, ..Default::default() };
    let forest = forest.fit(&x, &y, None).unwrap();
    let node_counts: Vec<usize> = forest.trees().iter().map(|tree| tree.nodes().len()).collect();
    assert_eq!(node_counts, [29, 23, 19, 25, 23, 23, 21]);
    assert_eq!(forest.predict_proba(&[5.0, 6.0, 7.0, 8.0, 9.0]), [2.0 / 7.0, 2.0 / 7.0, 3.0 / 7.0]);
    let first: Vec<(u32, f64)> =
        forest.trees()[0].nodes().iter().filter_map(|node| node.split).map(|s| (s.feature, s.threshold)).collect();
    assert_eq!(first[..4], [(4, 5.5), (0, 6.5), (4, 2.5), (3, 7.0)]);
}

#[test]
fn one_class_is_one_leaf_of_one_column() {
    let x = Rows::from_points(&[[0.0, 1.0], [2.0, 3.0]]);
    let tree = DecisionTreeClassifier::default().fit(&x, &[7, 7], None).unwrap();
    assert_eq!((tree.classes(), tree.nodes().len(), tree.predict_proba(&[5.0, 5.0])), (&[7][..], 1, &[1.0][..]));
    assert_eq!(tree.feature_importances(), [0.0, 0.0]);
    let forest = RandomForestClassifier { n_estimators: 3, ..Default::default() }.fit(&x, &[7, 7], None).unwrap();
    assert_eq!((forest.predict(&[0.0, 0.0]), forest.feature_importances()), (7, vec![0.0, 0.0]));
}

#[test]
fn equal_rows_of_both_classes_share_a_leaf() {
    let x = Rows::from_points(&[[1.0, 1.0]; 4]);
    let tree = DecisionTreeClassifier::default().fit(&x, &[0, 0, 0, 1], None).unwrap();
    assert_eq!(tree.predict_proba(&[1.0, 1.0]), [0.75, 0.25]);
}

#[test]
fn input_that_cannot_be_fitted_is_refused_in_scikit_learns_words() {
    let x = Rows::from_points(&[[0.0, 1.0], [2.0, 3.0]]);
    let far = Rows::from_points(&[[0.0, 1.0], [1e300, 3.0]]);
    let gap = Rows::from_points(&[[0.0, 1.0], [f64::NAN, 3.0]]);
    let fit = |x: &Rows, y: &[u8], weights: Option<&[f64]>| {
        let forest = RandomForestClassifier::default().fit(x, y, weights).map(|_| ()).unwrap_err();
        let tree = DecisionTreeClassifier::default().fit(x, y, weights).unwrap_err();
        assert_eq!(tree, forest);
        tree.to_string()
    };
    assert_eq!(fit(&far, &[0, 1], None), "Input X contains infinity or a value too large for dtype('float32').");
    assert_eq!(fit(&gap, &[0, 1], None), "Input X contains NaN.");
    assert_eq!(fit(&x, &[0], None), "Number of labels=1 does not match number of samples=2");
    assert_eq!(fit(&x, &[0, 1], Some(&[1.0])), "sample_weight.shape == (1,), expected (2,)!");
    assert_eq!(fit(&x, &[0, 1], Some(&[0.0; 2])), "Sample weights must contain at least one non-zero number.");
    assert_eq!(fit(&x, &[0, 1], Some(&[1.0, -1.0])), "Weights must be finite and not negative.");
    assert_eq!(fit(&x, &[0, 1], Some(&[1.0, f64::INFINITY])), "Weights must be finite and not negative.");
    assert_eq!(fit(&Rows::new(2), &[], None), "Found array with 0 sample(s) while a minimum of 1 is required.");
}

#[test]
fn a_forest_that_cannot_be_drawn_is_refused() {
    let x = Rows::from_points(&[[0.0, 1.0], [2.0, 3.0]]);
    let default = RandomForestClassifier::default();
    let refused = |forest: RandomForestClassifier| forest.fit_out_of_bag(&x, &[0, 1], None).unwrap_err();
    assert_eq!(refused(RandomForestClassifier { n_estimators: 0, ..default }), TreeError::NEstimators);
    assert_eq!(refused(RandomForestClassifier { bootstrap: false, ..default }), TreeError::OutOfBagWithoutBootstrap);
    let none = RandomForestClassifier { max_samples: MaxSamples::Rows(0), ..default };
    assert_eq!(refused(none), TreeError::MaxSamples(MaxSamples::Rows(0)));
    let unused = RandomForestClassifier { max_samples: MaxSamples::Rows(1), bootstrap: false, ..default };
    assert_eq!(unused.fit(&x, &[0, 1], None).unwrap_err(), TreeError::MaxSamplesWithoutBootstrap);
    let negative = RandomForestClassifier { class_weight: ForestWeight::Whole(ClassWeight::Ratio(-1.0)), ..default };
    assert_eq!(refused(negative), TreeError::Weight);
}
