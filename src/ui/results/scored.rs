//! Numbers of a run at a threshold, read from its sweep.

use crate::experiment::PopulationAt;
use crate::metrics::{Metric, Score, Scored};
use crate::state::Outcome;

/// The metric of a run at a threshold.
pub fn evaluate(metric: &Metric, outcome: &Outcome, threshold: f64) -> Score {
    let report = &outcome.report;
    (metric.evaluate)(&Scored {
        confusion: report.sweep.confusion_at(threshold),
        sweep: &report.sweep,
        brier_score_loss: report.brier_score_loss,
        log_loss: report.log_loss,
    })
}

/// The metric of the whole population at a threshold; `None` for those that need rows (the losses).
pub fn of_population(metric: &Metric, population: &PopulationAt, threshold: f64) -> Option<f64> {
    match metric.id {
        "roc_auc_score" => return Some(population.areas.roc_auc),
        "average_precision_score" => return Some(population.areas.average_precision),
        "brier_score_loss" | "log_loss" | "auc" => return None,
        _ => {}
    }
    (metric.evaluate)(&Scored {
        confusion: population.confusion(threshold),
        sweep: &population.sweep,
        brier_score_loss: f64::NAN,
        log_loss: f64::NAN,
    })
    .get()
}

/// Share of right answers of "always majority" on the rows scored.
pub fn always_majority(outcome: &Outcome) -> f64 {
    let sweep = &outcome.report.sweep;
    sweep.n_neg.max(sweep.n_pos) / (sweep.n_pos + sweep.n_neg).max(1.0)
}

/// Accuracy, minority points missed and minority points in all, at a threshold.
pub fn misses(outcome: &Outcome, threshold: f64) -> (f64, f64, f64) {
    let cm = outcome.report.sweep.confusion_at(threshold);
    let all = cm.tp + cm.fp + cm.fn_ + cm.tn;
    ((cm.tp + cm.tn) / all.max(1.0), cm.fn_, cm.tp + cm.fn_)
}
