//! Over-samplers that see only some types of rows.

use imbalance_lab::dataset::Dataset;
use imbalance_lab::resample::SamplingStrategy::Auto;
use imbalance_lab::resample::{Fault, Hardness, OnlyTypes, ResampleError, Sampler, SamplerStage, hardness, run_chain};

use imbalance_lab::{export::python, permalink};

use super::{clouds, named};

fn only(sampler: Sampler, types: &[Hardness], k: u8) -> SamplerStage {
    SamplerStage { only: Some(OnlyTypes { types: types.to_vec(), k }), ..SamplerStage::new(sampler) }
}

#[test]
fn a_restricted_stage_says_of_how_many_rows_it_saw_how_many() {
    let data = clouds(&[200, 70], 3);
    let types = [Hardness::Borderline, Hardness::Rare];
    let chain = run_chain(&[only(named("SMOTE"), &types, 7)], &data, 1).expect("enough rows");
    let of = hardness(&imbalance_lab::base::Rows::from_points(&data.x), &data.y, 7).expect("types");
    let seen = (0..270).filter(|&row| data.y[row] == 1 && types.contains(&of[row])).count();
    let restriction = chain.stages[0].only.as_ref().expect("restricted");
    assert_eq!((restriction.seen, restriction.of, restriction.only.k), (seen, 70, 7));
    assert_eq!(
        restriction.told(&chain).to_string(),
        format!(
            "Only the borderline and rare minority points ({seen} of 70) take part, by their 7 nearest neighbours."
        )
    );
    let free = run_chain(&[SamplerStage::new(named("SMOTE").to(Auto))], &data, 1).expect("enough rows");
    assert_eq!(free.stages[0].only, None);
}

/// Forty majority rows in a square, three minority rows far from each other among them, the others far away.
fn three_outliers() -> Dataset {
    let grid = (0..100).map(|i| [f64::from(i % 10), f64::from(i / 10) * 1.01]);
    let lone = [[1.5, 1.5], [4.5, 7.5], [8.5, 3.5]];
    let far = (0..67).map(|i| [50.0 + f64::from(i % 9), 50.0 + f64::from(i / 9) * 1.01]);
    let x: Vec<[f64; 2]> = grid.chain(lone).chain(far).collect();
    let y = (0..170).map(|i| u8::from(i >= 100)).collect();
    Dataset { x, y }
}

#[test]
fn an_error_says_how_many_rows_the_restriction_leaves() {
    let data = three_outliers();
    let refused = |name: &str| -> ResampleError {
        run_chain(&[only(named(name), &[Hardness::Outlier], 5)], &data, 0).expect_err("three rows are too few")
    };
    let error = refused("SMOTE");
    assert_eq!(
        error.to_string(),
        "SMOTE: 5 neighbours (k_neighbors) need at least 6 minority rows, there are 3: the restriction to outlier \
         leaves 3 of 70 minority rows; allow more types or lower k_neighbors to 2"
    );
    assert!(matches!(error.fault, Fault::Restricted { .. }));
    assert_eq!(error.library_type(), "ValueError");
    assert_eq!(
        error.library_message(),
        "Expected n_neighbors <= n_samples_fit, but n_neighbors = 6, n_samples_fit = 3, n_samples = 3"
    );
    let error = refused("KMeansSMOTE").to_string();
    assert!(error.ends_with("allow more types)") || error.contains("; allow more types"), "{error}");
    let none = run_chain(&[only(named("SMOTE"), &[Hardness::Rare], 5)], &data, 0).expect_err("no row is rare");
    assert!(none.to_string().contains("no row to start from is rare: there are 67 safe"), "{none}");
    let many = run_chain(&[only(named("SMOTE"), &[Hardness::Rare], 250)], &data, 0).expect_err("170 rows");
    assert!(many.to_string().contains("(k of the types) need at least 251 rows, there are 170"), "{many}");
}

#[test]
fn a_script_carries_every_class_once() {
    let link = permalink::parse("sampler=island.borderline+mixture.rare.t7+island+smote.safe").link;
    let script = python::script(&link).expect("a script");
    for class in ["class OnlyTypes(", "class IslandSMOTE(", "class GaussianMixtureSampler("] {
        assert_eq!(script.matches(class).count(), 1, "{class}");
    }
    assert!(script.contains("OnlyTypes(GaussianMixtureSampler(random_state=SEED), [\"rare\"], k=7)"), "{script}");
}
