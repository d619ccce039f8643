//! Logistic regression. The other models of this area are not in the lab.

use imbalance_lab::model::{ClassWeight, LogisticRegression, Model};
use serde_json::{Value, json};

use super::Area;
use super::case::{Answer, Case, as_f64, number, numbers};

pub const AREA: Area = Area {
    name: "linear",
    answer,
    left_out: &[
        ("LogisticRegression/three/", "the lab tells two classes apart"),
        ("LinearSVC/", "not in the lab yet"),
        ("GaussianNB/", "not in the lab yet"),
        ("MLPClassifier/", "not in the lab yet"),
    ],
};

fn answer(case: &Case) -> Option<Answer> {
    if case.family() != "LogisticRegression" {
        return None;
    }
    let mut y = case.labels("y")?;
    if y.iter().any(|&label| label > 1) {
        return None;
    }
    if case.call.contains("y * 0") {
        y.fill(0);
    }
    let fit = LogisticRegression {
        c: if case.param("C").is_null() { 1.0 } else { as_f64(&case.param("C"))? },
        degree: 1,
        class_weight: match case.param("class_weight") {
            Value::Null => ClassWeight::None,
            Value::String(balanced) if balanced == "balanced" => ClassWeight::Balanced,
            weights if as_f64(&weights["0"])? == 1.0 => ClassWeight::Ratio(as_f64(&weights["1"])?),
            _ => return None,
        },
        fit_intercept: case.param("fit_intercept").as_bool().unwrap_or(true),
    };
    let model = match fit.fit(&case.points("X")?, &y, case.floats("sample_weight").as_deref()) {
        Ok(model) => model,
        Err(error) => return Some(Answer::Error { kind: error.python_type(), message: error.to_string() }),
    };
    let Model::LogisticRegression { coef, intercept, .. } = &model else { return None };
    let queries = case.points("Q")?;
    Some(Answer::named([
        ("coef_", json!([coef])),
        ("intercept_", numbers(&[*intercept])),
        ("predict_proba", queries.iter().map(|q| json!([number(model.predict_proba(q))])).collect()),
        ("decision_function", queries.iter().map(|q| number(model.decision_function(q))).collect()),
    ]))
}
