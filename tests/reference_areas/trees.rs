//! Decision trees and random forests.

use imbalance_lab::base::{Class, Rows};
use imbalance_lab::model::ClassWeight;
use imbalance_lab::model::tree::{
    Criterion, DecisionTree, DecisionTreeClassifier, ForestWeight, MaxFeatures, MaxSamples, MinSamples,
    RandomForestClassifier, Splitter, TreeError, TreeParameters,
};
use serde_json::{Value, json};

use super::Area;
use super::case::{Answer, Case, as_f64, number, numbers};

pub const AREA: Area = Area {
    name: "trees",
    answer,
    left_out: &[
        ("GradientBoostingClassifier/", "not in the lab yet"),
        ("HistGradientBoostingClassifier/", "not in the lab yet"),
        ("IsolationForest/", "not in the lab yet"),
    ],
};

fn answer(case: &Case) -> Option<Answer> {
    let x = rows(case, "X")?;
    let y = case.labels("y")?;
    match case.family() {
        "DecisionTreeClassifier" => decision_tree(case, &x, y),
        "RandomForestClassifier" => random_forest(case, &x, &y),
        _ => None,
    }
}

/// Rows of any width.
fn rows(case: &Case, name: &str) -> Option<Rows> {
    let rows = case.input(name).as_array()?;
    let values = rows.iter().flat_map(|row| row.as_array().into_iter().flatten()).map(as_f64).collect::<Option<_>>()?;
    Some(Rows::from_values(rows.first()?.as_array()?.len(), values))
}

fn decision_tree(case: &Case, x: &Rows, mut y: Vec<Class>) -> Option<Answer> {
    let class_weight = class_weight(&case.param("class_weight"))?;
    let random_state = case.seed().unwrap_or(0);
    let fit = DecisionTreeClassifier { parameters: parameters(case, MaxFeatures::All)?, class_weight, random_state };
    if case.call.contains("y * 0") {
        y.fill(0);
        let tree = match fit.fit(x, &y, None) {
            Ok(tree) => tree,
            Err(error) => return Some(refused(error)),
        };
        return Some(Answer::value(x.iter().take(3).map(|row| numbers(tree.predict_proba(row))).collect::<Value>()));
    }
    let weights = case.call.contains("sample_weight=w").then(|| sample_weight_used(case)).flatten();
    let tree = match fit.fit(x, &y, weights.as_deref()) {
        Ok(tree) => tree,
        Err(error) => return Some(refused(error)),
    };
    let queries = rows(case, "Q").unwrap_or_default();
    Some(Answer::named([
        ("tree", as_arrays(&tree)),
        ("predict_proba", queries.iter().map(|q| numbers(&tree.predict_proba(q)[1..])).collect()),
        ("feature_importances_", numbers(&tree.feature_importances())),
        ("sample_weight_used", weights.map_or(Value::Null, |weights| numbers(&weights))),
    ]))
}

/// The weights stand with the results, because Python drew them.
fn sample_weight_used(case: &Case) -> Option<Vec<f64>> {
    case.expected["sample_weight_used"].as_array()?.iter().map(as_f64).collect()
}

fn random_forest(case: &Case, x: &Rows, y: &[Class]) -> Option<Answer> {
    let class_weight = match case.param("class_weight") {
        Value::String(text) if text == "balanced_subsample" => ForestWeight::BalancedSubsample,
        other => ForestWeight::Whole(class_weight(&other)?),
    };
    let fit = RandomForestClassifier {
        n_estimators: case.param("n_estimators").as_u64()? as usize,
        parameters: parameters(case, MaxFeatures::Sqrt)?,
        bootstrap: case.param("bootstrap").as_bool().unwrap_or(true),
        max_samples: match case.param("max_samples") {
            Value::Null => MaxSamples::All,
            rows if rows.is_u64() => MaxSamples::Rows(rows.as_u64()? as usize),
            share => MaxSamples::Share(share.as_f64()?),
        },
        class_weight,
        random_state: case.seed()?,
    };
    let mut answer = vec![];
    let forest = if case.param("oob_score").as_bool() == Some(true) {
        match fit.fit_out_of_bag(x, y, None) {
            Ok((forest, out_of_bag)) => {
                let first_rows = out_of_bag.decision_function.chunks(forest.classes().len()).take(10);
                answer.push(("oob_score_", number(out_of_bag.score)));
                answer.push(("oob_decision_function_first10", first_rows.map(numbers).collect()));
                forest
            }
            Err(error) => return Some(refused(error)),
        }
    } else {
        match fit.fit(x, y, None) {
            Ok(forest) => forest,
            Err(error) => return Some(refused(error)),
        }
    };
    let queries = rows(case, "Q")?;
    let probabilities = forest.predict_proba_many(&queries);
    let rows = probabilities.chunks(forest.classes().len());
    assert!(rows.clone().zip(queries.iter()).all(|(p, q)| p == forest.predict_proba(q)));
    assert_eq!(fit.fit_predict_proba(x, y, None, &queries).as_ref(), Ok(&probabilities));
    answer.extend([
        ("tree_seeds", json!(forest.tree_seeds())),
        ("predict_proba", rows.map(|p| numbers(&p[1..])).collect()),
        ("node_counts", forest.trees().iter().map(|tree| json!(tree.nodes().len())).collect()),
        ("tree0", as_arrays(&forest.trees()[0])),
        ("feature_importances_", numbers(&forest.feature_importances())),
    ]);
    Some(Answer::Values(answer.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()))
}

fn refused(error: TreeError) -> Answer {
    Answer::Error { kind: error.python_type(), message: error.to_string() }
}

fn class_weight(value: &Value) -> Option<ClassWeight> {
    match value {
        Value::Null => Some(ClassWeight::None),
        Value::String(balanced) if balanced == "balanced" => Some(ClassWeight::Balanced),
        weights if as_f64(&weights["0"])? == 1.0 => Some(ClassWeight::Ratio(as_f64(&weights["1"])?)),
        _ => None,
    }
}

fn parameters(case: &Case, max_features: MaxFeatures) -> Option<TreeParameters> {
    let default = TreeParameters::default();
    let whole = |name| case.param(name).as_u64();
    let real = |name| case.param(name).as_f64().unwrap_or(0.0);
    let min_samples = |name, default| match case.param(name) {
        Value::Null => Some(default),
        rows if rows.is_u64() => Some(MinSamples::Rows(rows.as_u64()? as usize)),
        share => Some(MinSamples::Share(share.as_f64()?)),
    };
    Some(TreeParameters {
        criterion: match case.param("criterion").as_str() {
            None | Some("gini") => Criterion::Gini,
            Some("entropy" | "log_loss") => Criterion::Entropy,
            Some(_) => return None,
        },
        splitter: match case.param("splitter").as_str() {
            None | Some("best") => Splitter::Best,
            Some("random") => Splitter::Random,
            Some(_) => return None,
        },
        max_depth: whole("max_depth").map(|depth| depth as u32),
        min_samples_split: min_samples("min_samples_split", default.min_samples_split)?,
        min_samples_leaf: min_samples("min_samples_leaf", default.min_samples_leaf)?,
        max_features: whole("max_features").map_or(max_features, |count| MaxFeatures::Count(count as usize)),
        max_leaf_nodes: whole("max_leaf_nodes").map(|leaves| leaves as usize),
        min_impurity_decrease: real("min_impurity_decrease"),
        ccp_alpha: real("ccp_alpha"),
    })
}

/// As scikit-learn's `tree_` has it: one array per property, -2 and -1 where there is nothing.
fn as_arrays(tree: &DecisionTree) -> Value {
    let nodes = tree.nodes();
    json!({
        "feature": nodes.iter().map(|n| n.split.map_or(-2, |s| i64::from(s.feature))).collect::<Vec<_>>(),
        "threshold": nodes.iter().map(|n| n.split.map_or(-2.0, |s| s.threshold)).collect::<Vec<_>>(),
        "children_left": nodes.iter().map(|n| n.split.map_or(-1, |s| i64::from(s.left))).collect::<Vec<_>>(),
        "children_right": nodes.iter().map(|n| n.split.map_or(-1, |s| i64::from(s.right))).collect::<Vec<_>>(),
        "impurity": nodes.iter().map(|n| n.impurity).collect::<Vec<_>>(),
        "n_node_samples": nodes.iter().map(|n| n.n_node_samples).collect::<Vec<_>>(),
        "weighted_n_node_samples": nodes.iter().map(|n| n.weighted_n_node_samples).collect::<Vec<_>>(),
        "value": (0..nodes.len()).map(|node| numbers(tree.value(node))).collect::<Vec<_>>(),
    })
}
