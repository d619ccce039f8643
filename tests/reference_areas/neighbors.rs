//! `NearestNeighbors`, in scikit-learn's order.

use imbalance_lab::base::neighbors::{Algorithm, NearestNeighbors, NeighborsError};
use serde_json::{Value, json};

use super::Area;
use super::case::{Answer, Case, numbers};

pub const AREA: Area = Area {
    name: "neighbors",
    answer,
    left_out: &[("KNeighborsClassifier/", "not built yet"), ("LocalOutlierFactor/", "not built yet")],
};

fn answer(case: &Case) -> Option<Answer> {
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
    let method = if fitted.algorithm() == Algorithm::KdTree { "kd_tree" } else { "brute" };
    let rows: Vec<&[u32]> = (0..found.n_queries()).map(|query| found.row(query)).collect();
    let first: Vec<Value> = (0..found.n_queries().min(8)).map(|query| numbers(found.distances_of(query))).collect();
    Ok(Answer::named([
        ("fit_method", json!(method)),
        ("indices", json!(rows)),
        ("distances_first8", Value::Array(first)),
    ]))
}
