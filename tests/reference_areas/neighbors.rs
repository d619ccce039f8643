//! `NearestNeighbors`, in scikit-learn's order, and what stands on it.

use imbalance_lab::base::neighbors::{Algorithm, NearestNeighbors, NeighborsError};
use imbalance_lab::model::{KNeighborsClassifier, LocalOutlierFactor, NeighborWeights};
use serde_json::{Value, json};

use super::Area;
use super::case::{Answer, Case, number, numbers};

pub const AREA: Area = Area { name: "neighbors", answer, left_out: &[] };

fn answer(case: &Case) -> Option<Answer> {
    match case.family() {
        "KNeighborsClassifier" => classify(case),
        "LocalOutlierFactor" => find_outliers(case),
        _ => search(case),
    }
}

fn classify(case: &Case) -> Option<Answer> {
    let weights = match case.param("weights").as_str() {
        None | Some("uniform") => NeighborWeights::Uniform,
        Some("distance") => NeighborWeights::Distance,
        Some(_) => return None,
    };
    let n_neighbors = case.param("n_neighbors").as_u64()? as usize;
    let (x, y, queries) = (case.points("X")?, case.labels("y")?, case.points("Q")?);
    let model = KNeighborsClassifier { n_neighbors, weights }.fit(&x, &y).ok()?;
    let shares = model.predict_proba(&queries).ok()?;
    Some(Answer::named([
        ("fit_method", json!(method(model.algorithm()))),
        ("predict", json!(model.predict(&queries).ok()?)),
        ("predict_proba", shares.chunks(model.classes().len()).map(numbers).collect()),
    ]))
}

fn find_outliers(case: &Case) -> Option<Answer> {
    let (x, queries) = (case.points("X")?, case.points("Q")?);
    let n_neighbors = case.param("n_neighbors").as_u64()? as usize;
    let fitted =
        LocalOutlierFactor { n_neighbors, contamination: case.param("contamination").as_f64() }.fit(&x).ok()?;
    let labels: Vec<i32> = (0..x.len()).map(|row| if fitted.is_outlier(row) { -1 } else { 1 }).collect();
    Some(Answer::named([
        ("negative_outlier_factor_", numbers(&fitted.scores)),
        ("offset_", number(fitted.offset)),
        ("labels", json!(labels)),
        ("novelty_score_samples", numbers(&fitted.score_samples(&queries).ok()?)),
    ]))
}

fn method(algorithm: Algorithm) -> &'static str {
    if algorithm == Algorithm::KdTree { "kd_tree" } else { "brute" }
}

fn search(case: &Case) -> Option<Answer> {
    let arguments = case.arguments("NearestNeighbors")?;
    let mut x = case.points("X")?;
    if case.call.contains("fit(X[:4])") {
        x.truncate(4);
    }
    let n_neighbors = arguments.get(0, "n_neighbors").as_u64()? as usize;
    let algorithm = match arguments.get(1, "algorithm").as_str() {
        None | Some("auto") => Algorithm::Auto,
        Some("kd_tree") => Algorithm::KdTree,
        Some("brute") => Algorithm::Brute,
        Some(_) => return None,
    };
    Some(ask(case, &x, n_neighbors, algorithm).unwrap_or_else(|error| Answer::value_error(error.library_message())))
}

fn ask(case: &Case, x: &[[f64; 2]], k: usize, algorithm: Algorithm) -> Result<Answer, NeighborsError> {
    let fitted = NearestNeighbors::fit_with(x, k, algorithm)?;
    let found = if case.call.contains("kneighbors(X") {
        fitted.kneighbors(x, k)?
    } else if case.call.contains("kneighbors(Q") {
        fitted.kneighbors(&case.points("Q").expect("query points"), k)?
    } else {
        fitted.kneighbors_of_fitted(x, k)?
    };
    let rows: Vec<&[u32]> = (0..found.n_queries()).map(|query| found.row(query)).collect();
    let first: Vec<Value> = (0..found.n_queries().min(8)).map(|query| numbers(found.distances_of(query))).collect();
    Ok(Answer::named([
        ("fit_method", json!(method(fitted.algorithm()))),
        ("indices", json!(rows)),
        ("distances_first8", Value::Array(first)),
    ]))
}
