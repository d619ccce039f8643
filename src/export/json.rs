//! The report as one JSON object. What is not defined is null; rows are numbered from 0.

use serde_json::{Map, Value, json};

use crate::dataset::Dataset;
use crate::experiment::{Link, Population, PopulationAt, Region, Report};
use crate::metrics::{self, ConfusionMatrix, Scored, precision_recall_curve, roc_curve};
use crate::permalink::{FIELDS, write};
use crate::resample::{Chain, Hardness, Origin};

/// The object that `imbalance-lab report` prints. `notes` are those of reading the link.
///
/// `resampled.x` is in the space that the model works in: after the scaler, when there is one. An origin names rows by
/// their place in the training pool: first the training rows in the order of `train`, then what was generated.
pub fn report(link: &Link, report: &Report, notes: &[String]) -> Value {
    let resampled = report.chain.output_dataset();
    let train = report.data.take(&report.train);
    let test = report.data.take(&report.test);
    let confusion = report.sweep.confusion_at(link.view.threshold);
    let (metrics, undefined) = scores_of(&Scored {
        confusion,
        sweep: &report.sweep,
        brier_score_loss: report.brier_score_loss,
        log_loss: report.log_loss,
    });
    let origins: Vec<Value> =
        report.chain.output.iter().map(|&row| origin(row, &report.chain.pool_origin[row as usize], report)).collect();
    let scores: Vec<f64> = report.test.iter().map(|&i| report.scores[i as usize]).collect();
    json!({
        "link": write(link),
        "spec": settings(link),
        "columns": report.columns,
        "classes": report.classes,
        "counts": {
            "data": count(&report.data),
            "train": count(&train),
            "resampled": count(&resampled),
            "test": count(&test),
        },
        "threshold": link.view.threshold,
        "confusion": cells(confusion),
        "metrics": metrics,
        "undefined": undefined,
        "train": report.train,
        "test": report.test,
        "scores": scores,
        "resampled": {
            "x": resampled.x, "y": resampled.y, "origin": origins, "soft_label": soft_labels(&report.chain),
        },
        "scaler": report.scaler,
        "model": report.model,
        "curves": curves(report),
        "population": report.population.as_ref().map(|p| population(p, link.view.threshold)),
        "hardness": hardness(link, report),
        "region": link.view.region.as_ref().map(|it| region(it, report, link.view.threshold)),
        "relative_contrast": report.relative_contrast,
        "diagnosis": report.diagnosis,
        "notes": notes.iter().chain(&report.notes).collect::<Vec<_>>(),
    })
}

/// Every setting with its value, defaults too.
fn settings(link: &Link) -> Value {
    let entries = FIELDS.iter().map(|f| (f.name.to_string(), f.value(link).map_or(Value::Null, |v| f.json_value(&v))));
    Value::Object(entries.collect())
}

fn count(data: &Dataset) -> Value {
    json!({ "majority": data.count(0), "minority": data.count(1) })
}

/// How hard the training rows are: counts of each class and type, and the type of every row in the order of `train`.
fn hardness(link: &Link, report: &Report) -> Value {
    let (Some(k), Some(types)) = (link.spec.hardness, &report.hardness) else { return Value::Null };
    let counts = |class: u8| {
        let of = |hardness| {
            let is = |&(&row, &found): &(&u32, &Hardness)| report.data.y[row as usize] == class && found == hardness;
            report.train.iter().zip(types).filter(is).count()
        };
        Value::Object(
            Hardness::ALL.map(|hardness| (hardness.name().to_string(), json!(of(hardness)))).into_iter().collect(),
        )
    };
    let names: Vec<&str> = types.iter().map(|hardness| hardness.name()).collect();
    json!({ "k": k, "majority": counts(0), "minority": counts(1), "types": names })
}

/// Counts as whole numbers.
fn cells(confusion: ConfusionMatrix) -> Value {
    let ConfusionMatrix { tp, fp, fn_, tn } = confusion;
    json!({ "tn": tn as u64, "fp": fp as u64, "fn": fn_ as u64, "tp": tp as u64 })
}

/// The rows inside a region and how the model does among them.
fn region(region: &Region, report: &Report, threshold: f64) -> Value {
    let inside = region.report(report);
    let (metrics, undefined) = scores_of(&inside.scored(threshold));
    let count = |[majority, minority]: [usize; 2]| json!({ "majority": majority, "minority": minority });
    json!({
        "corners": region.corners(),
        "train": count(inside.train),
        "test": count(inside.test),
        "confusion": cells(inside.confusion(threshold)),
        "metrics": metrics,
        "undefined": undefined,
    })
}

/// All metrics by scikit-learn's names with scikit-learn's values, and why some are undefined.
fn scores_of(scored: &Scored) -> (Map<String, Value>, Map<String, Value>) {
    let (mut values, mut undefined) = (Map::new(), Map::new());
    for metric in metrics::ALL {
        let score = (metric.evaluate)(scored);
        values.insert(metric.id.to_string(), json!(score.value));
        if let Some(why) = score.undefined {
            undefined.insert(metric.id.to_string(), json!(why.to_string()));
        }
    }
    (values, undefined)
}

fn origin(row: u32, origin: &Origin, report: &Report) -> Value {
    match origin {
        Origin::Original => json!({ "kind": "original", "row": report.train.get(row as usize) }),
        Origin::Copy { of } => json!({ "kind": "copy", "of": of }),
        Origin::Jittered { of } => json!({ "kind": "jittered", "of": of }),
        Origin::Center { cluster } => json!({ "kind": "center", "cluster": cluster }),
        Origin::Component { component } => json!({ "kind": "component", "component": component }),
        Origin::Mixed { a, b, share, label } => {
            json!({ "kind": "mixed", "a": a, "b": b, "share": share, "label": label })
        }
        Origin::Between { base, neighbor, gap } => {
            json!({ "kind": "between", "base": base, "neighbor": neighbor, "gap": gap })
        }
    }
}

/// How much of every row is minority; null where every row is of one class.
fn soft_labels(chain: &Chain) -> Option<Vec<f64>> {
    let minority = |&row: &u32| match (chain.pool_y[row as usize], chain.soft_label(row)) {
        (class, None) => f64::from(class == 1),
        (1, Some((_, rest))) => 1.0 - rest,
        (_, Some((_, rest))) => rest,
    };
    chain.output.iter().any(|&row| chain.soft_label(row).is_some()).then(|| chain.output.iter().map(minority).collect())
}

fn curves(report: &Report) -> Value {
    let pr = precision_recall_curve(&report.sweep, false);
    let roc = roc_curve(&report.sweep, true);
    json!({
        "precision_recall_curve": { "precision": pr.y, "recall": pr.x, "thresholds": pr.thresholds },
        // The first threshold is infinity, which JSON cannot say: null.
        "roc_curve": { "fpr": roc.x, "tpr": roc.y, "thresholds": roc.thresholds },
    })
}

fn population(population: &Population, threshold: f64) -> Value {
    json!({
        "prevalence": population.prevalence,
        "model": population.scorers.as_ref().map(|scorers| scorer(&scorers.model, threshold)),
        "bayes": population.scorers.as_ref().map(|scorers| scorer(&scorers.bayes, threshold)),
    })
}

/// The confusion matrix holds probabilities that sum to 1; the errors are those of the grid.
fn scorer(at: &PopulationAt, threshold: f64) -> Value {
    let ConfusionMatrix { tp, fp, fn_, tn } = at.confusion(threshold);
    json!({
        "roc_auc_score": at.areas.roc_auc,
        "roc_auc_error": at.areas.roc_auc_error,
        "average_precision_score": at.areas.average_precision,
        "average_precision_error": at.areas.average_precision_error,
        "confusion": { "tn": tn, "fp": fp, "fn": fn_, "tp": tp },
    })
}
