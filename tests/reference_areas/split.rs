//! `train_test_split`, the stratified splitters, `StandardScaler`, class weights.

use imbalance_lab::model::{ClassWeight, balanced_class_weight};
use imbalance_lab::random::RandomState;
use imbalance_lab::split::{
    Split, SplitError, StandardScaler, StratifiedKFold, StratifiedShuffleSplit, TestSize, train_test_split,
};
use serde_json::{Value, json};

use super::Area;
use super::case::{Answer, Case, as_f64, numbers, points};

pub const AREA: Area = Area { name: "split", answer, left_out: &[] };

fn answer(case: &Case) -> Option<Answer> {
    match case.call.split('(').find(|part| !["list", ""].contains(part))? {
        "train_test_split" => {
            let y = case.labels("y")?;
            let stratify = case.call.contains("stratify=y").then_some(&y[..]);
            let mut random = RandomState::new(case.seed()?);
            Some(match train_test_split(y.len(), test_size(&case.param("test_size"))?, stratify, &mut random) {
                Ok(split) => Answer::named([("train", json!(split.train)), ("test", json!(split.test))]),
                Err(error) => refused(error),
            })
        }
        "StratifiedShuffleSplit" => {
            let n_splits = case.param("n_splits").as_u64()? as usize;
            let test_size = test_size(&case.param("test_size"))?;
            let splits = StratifiedShuffleSplit { n_splits, test_size, random_state: case.seed()? };
            let as_json = |split: &Split| json!({"train": split.train, "test": split.test});
            Some(match splits.split(&case.labels("y")?) {
                Ok(splits) => Answer::named([("splits", splits.iter().map(as_json).collect())]),
                Err(error) => refused(error),
            })
        }
        "StratifiedKFold" => k_fold(case),
        "StandardScaler" => standard_scaler(case),
        "compute_class_weight" => {
            let counts = class_counts(&case.labels("y")?);
            Some(Answer::value(numbers(&balanced_class_weight(&counts))))
        }
        "compute_sample_weight" => {
            let weights = case.arguments("compute_sample_weight")?.get(0, "class_weight");
            assert_eq!(as_f64(&weights["0"]), Some(1.0), "the lab's ratio is that of the minority to 1");
            let y = case.labels("y")?;
            let by_class = ClassWeight::Ratio(as_f64(&weights["1"])?).weights([0.0; 2]);
            let last = case.call.rsplit_once("[-")?.1.split(':').next()?.parse::<usize>().ok()?;
            let rows: Vec<f64> = y[y.len() - last..].iter().map(|&y| by_class[usize::from(y)]).collect();
            Some(Answer::value(numbers(&rows)))
        }
        _ => None,
    }
}

fn refused(error: SplitError) -> Answer {
    Answer::Error { kind: error.python_type(), message: error.to_string() }
}

/// As the call has it: whole numbers are rows, others are shares, none is scikit-learn's quarter.
fn test_size(value: &Value) -> Option<TestSize> {
    match value {
        Value::Null => Some(TestSize::Share(0.25)),
        rows if rows.is_u64() => Some(TestSize::Rows(rows.as_u64()? as usize)),
        share => Some(TestSize::Share(share.as_f64()?)),
    }
}

fn k_fold(case: &Case) -> Option<Answer> {
    let arguments = case.arguments("StratifiedKFold")?;
    let k_fold = StratifiedKFold {
        n_splits: arguments.get(0, "n_splits").as_u64()? as usize,
        shuffle: arguments.get(1, "shuffle").as_bool().unwrap_or(false),
        random_state: arguments.get(2, "random_state").as_u64().map(|seed| seed as u32),
    };
    let y = match case.arguments("split") {
        Some(split) => serde_json::from_value(split.get(1, "y")).ok()?,
        None => case.labels("y").unwrap_or_default(),
    };
    if y.is_empty() {
        return k_fold.check().err().map(refused);
    }
    Some(match k_fold.test_folds(&y) {
        Ok(folds) => Answer::named([("test_fold", json!(folds))]),
        Err(error) => refused(error),
    })
}

fn standard_scaler(case: &Case) -> Option<Answer> {
    let x = case.points("X")?;
    let scaler = StandardScaler::fit(&x);
    let scaled = scaler.transform_all(&x);
    for (back, x) in scaled.iter().map(|&p| scaler.inverse_transform(p)).zip(&x) {
        assert!((0..2).all(|axis| (back[axis] - x[axis]).abs() <= 1e-12 * x[axis].abs().max(1.0)));
    }
    Some(Answer::named([
        ("mean_", numbers(&scaler.mean)),
        ("var_", numbers(&scaler.var)),
        ("scale_", numbers(&scaler.scale)),
        ("first5", points(scaled.iter().take(5))),
        ("X", points(&scaled)),
    ]))
}

fn class_counts(y: &[u8]) -> Vec<f64> {
    let classes = y.iter().max().map_or(0, |&top| usize::from(top) + 1);
    (0..classes).map(|class| y.iter().filter(|&&y| usize::from(y) == class).count() as f64).collect()
}
