//! Support vector machines.

use imbalance_lab::base::{Class, Rows};
use imbalance_lab::model::ClassWeight;
use imbalance_lab::model::svm::{FittedSvc, Gamma, Kernel, OneClassSvm, ResolvedKernel, SupportVectorClassifier};
use serde_json::{Value, json};

use super::Area;
use super::case::{Answer, Case, as_f64, number, numbers};

pub const AREA: Area = Area {
    name: "svm",
    answer,
    left_out: &[("SVC/no_predict_proba", "a fitted machine has no such method here, so calling it does not compile")],
};

/// The tolerance of the results whose names begin with `tight_`.
const TIGHT: f64 = 1e-10;

fn answer(case: &Case) -> Option<Answer> {
    match case.family() {
        _ if case.call.contains("predict_proba") => None,
        "SVC" => classifier(case),
        "OneClassSVM" => one_class(case),
        _ => None,
    }
}

fn kernel(case: &Case) -> Option<Kernel> {
    if case.param("kernel") == "linear" {
        return Some(Kernel::Linear);
    }
    let gamma = match case.param("gamma") {
        Value::Null => Gamma::Scale,
        Value::String(auto) if auto == "auto" => Gamma::Auto,
        other => Gamma::Value(as_f64(&other)?),
    };
    Some(Kernel::Rbf { gamma })
}

fn classifier(case: &Case) -> Option<Answer> {
    let points = case.points("X")?;
    let x = Rows::from_points(&points);
    let mut y = case.labels("y")?;
    if case.call.contains("y * 0") {
        y.fill(0);
    }
    let svc = SupportVectorClassifier {
        c: if case.param("C").is_null() { 1.0 } else { as_f64(&case.param("C"))? },
        kernel: kernel(case)?,
        class_weight: match case.param("class_weight") {
            Value::Null => ClassWeight::None,
            Value::String(balanced) if balanced == "balanced" => ClassWeight::Balanced,
            weights if as_f64(&weights["0"])? == 1.0 => ClassWeight::Ratio(as_f64(&weights["1"])?),
            _ => return None,
        },
        shrinking: case.param("shrinking").as_bool().unwrap_or(true),
        ..SupportVectorClassifier::default()
    };
    let weights = case.call.contains("sample_weight=w").then(|| sample_weight(&y));
    let fitted = match svc.fit(&x, &y, weights.as_deref()) {
        Ok(fitted) => fitted,
        Err(error) => return Some(Answer::Error { kind: error.python_type(), message: error.to_string() }),
    };
    let tight = SupportVectorClassifier { tol: TIGHT, ..svc }.fit(&x, &y, weights.as_deref()).ok()?;
    // scikit-learn works gamma out for the linear kernel too
    let gamma = match fitted.kernel {
        ResolvedKernel::Rbf { gamma } => gamma,
        ResolvedKernel::Linear => Gamma::Scale.resolve(&x),
    };
    let queries = case.points("Q")?;
    let each = |decide: &dyn Fn(&[f64; 2]) -> Value| -> Value { queries.iter().map(decide).collect() };
    let decisions = |svc: &FittedSvc| each(&|q| number(svc.decision_function(q)));
    Some(Answer::named([
        ("gamma", number(gamma)),
        ("support_", json!(fitted.support)),
        ("n_support_", json!(fitted.n_support)),
        ("dual_coef_", fitted.dual_coef.iter().map(numbers).collect()),
        ("intercept_", numbers(&fitted.intercept)),
        ("n_iter_", json!(fitted.n_iter)),
        ("decision_function", decisions(&fitted)),
        ("decision_function_ovo", each(&|q| numbers(&fitted.decision_function_ovo(q)))),
        ("decision_function_ovr", each(&|q| numbers(&fitted.decision_function_ovr(q)))),
        ("predict", each(&|q| json!(fitted.predict(q)))),
        ("tight_decision_function", decisions(&tight)),
        ("tight_intercept_", numbers(&tight.intercept)),
    ]))
}

/// As the case's call tells: `where(y == 1, 3, 1)`, every seventh halved.
fn sample_weight(y: &[Class]) -> Vec<f64> {
    let halved = |i: usize| if i.is_multiple_of(7) { 0.5 } else { 1.0 };
    y.iter().enumerate().map(|(i, &y)| if y == 1 { 3.0 } else { 1.0 } * halved(i)).collect()
}

fn one_class(case: &Case) -> Option<Answer> {
    let y = case.labels("y")?;
    let of_class_0: Vec<[f64; 2]> =
        case.points("X")?.into_iter().zip(y).filter(|(_, y)| *y == 0).map(|(x, _)| x).collect();
    let x = Rows::from_points(&of_class_0);
    let machine = OneClassSvm { nu: as_f64(&case.param("nu"))?, kernel: kernel(case)?, ..OneClassSvm::default() };
    let fitted = machine.fit(&x, None).ok()?;
    let tight = OneClassSvm { tol: TIGHT, ..machine }.fit(&x, None).ok()?;
    let queries = case.points("Q")?;
    let each = |decide: &dyn Fn(&[f64; 2]) -> f64| -> Value { queries.iter().map(|q| number(decide(q))).collect() };
    Some(Answer::named([
        ("support_", json!(fitted.support)),
        ("dual_coef_", json!([numbers(&fitted.dual_coef)])),
        ("intercept_", numbers(&[-fitted.offset])),
        ("offset_", numbers(&[fitted.offset])),
        ("n_iter_", json!(fitted.n_iter)),
        ("decision_function", each(&|q| fitted.decision_function(q))),
        ("score_samples", each(&|q| fitted.score_samples(q))),
        ("tight_decision_function", each(&|q| tight.decision_function(q))),
    ]))
}
