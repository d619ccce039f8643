//! Logistic regression and naive Bayes. The other models of this area are not in the lab.

use imbalance_lab::base::Rows;
use imbalance_lab::model::{ClassWeight, GaussianNaiveBayes, LogisticRegression, Model};
use serde_json::{Value, json};

use super::Area;
use super::case::{Answer, Case, as_f64, number, numbers};

pub const AREA: Area = Area {
    name: "linear",
    answer,
    left_out: &[
        ("LogisticRegression/three/", "the lab tells two classes apart"),
        ("LinearSVC/", "not in the lab yet"),
        ("GaussianNB/blobs/priors", "the priors are those of the training rows"),
        ("MLPClassifier/", "not in the lab yet"),
    ],
};

fn answer(case: &Case) -> Option<Answer> {
    if case.family() == "GaussianNB" {
        return naive_bayes(case);
    }
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

fn naive_bayes(case: &Case) -> Option<Answer> {
    if !case.param("priors").is_null() {
        return None;
    }
    let x = Rows::from_points(&case.points("X")?);
    let weights = case.floats("sample_weight");
    let model = match GaussianNaiveBayes::default().fit(&x, &case.labels("y")?, weights.as_deref()) {
        Ok(model) => model,
        Err(error) => return Some(Answer::Error { kind: error.python_type(), message: error.to_string() }),
    };
    let queries = case.points("Q")?;
    Some(Answer::named([
        ("theta_", model.theta.iter().map(numbers).collect()),
        ("var_", model.var.iter().map(numbers).collect()),
        ("class_prior_", numbers(&model.class_prior)),
        ("epsilon_", number(model.epsilon)),
        ("predict_proba", queries.iter().map(|q| numbers(&model.predict_proba(q))).collect()),
        ("predict_joint_log_proba", queries.iter().map(|q| numbers(&model.joint_log_likelihood(q))).collect()),
    ]))
}
