//! The one list of metrics: tiles, JSON report and export are loops over [`ALL`], so that a new metric is one line.

use super::{ConfusionMatrix, Score, Sweep, Undefined};

/// Which way a metric gets better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// A score: up is good.
    Higher,
    /// A loss: down is good.
    Lower,
}

/// What a metric may look at.
#[derive(Clone, Copy, Debug)]
pub struct Scored<'a> {
    /// Counts at the present threshold.
    pub confusion: ConfusionMatrix,
    /// Counts at every threshold.
    pub sweep: &'a Sweep,
    /// Brier score loss of the probabilities.
    pub brier_score_loss: f64,
    /// Log loss of the probabilities.
    pub log_loss: f64,
}

/// A metric.
#[derive(Clone, Copy, Debug)]
pub struct Metric {
    /// scikit-learn's (or imbalanced-learn's) name of the function.
    pub id: &'static str,
    /// For a tile or a table head.
    pub label: &'static str,
    /// In one sentence.
    pub meaning: &'static str,
    /// Which way it gets better.
    pub better: Better,
    /// Whether it moves with the threshold.
    pub at_threshold: bool,
    /// Computes it.
    pub evaluate: fn(&Scored) -> Score,
}

/// The metric of that id.
pub fn metric(id: &str) -> Option<&'static Metric> {
    ALL.iter().find(|metric| metric.id == id)
}

const fn at(id: &'static str, label: &'static str, meaning: &'static str, evaluate: fn(&Scored) -> Score) -> Metric {
    Metric { id, label, meaning, better: Better::Higher, at_threshold: true, evaluate }
}

const fn over(id: &'static str, label: &'static str, meaning: &'static str, evaluate: fn(&Scored) -> Score) -> Metric {
    Metric { id, label, meaning, better: Better::Higher, at_threshold: false, evaluate }
}

const fn loss(id: &'static str, label: &'static str, meaning: &'static str, evaluate: fn(&Scored) -> Score) -> Metric {
    Metric { id, label, meaning, better: Better::Lower, at_threshold: false, evaluate }
}

/// All metrics, in the order in which they are shown.
#[rustfmt::skip]
pub const ALL: &[Metric] = &[
    at("accuracy_score", "Accuracy", "Share of all rows that are classified rightly.",
        |s| s.confusion.accuracy_score()),
    at("balanced_accuracy_score", "Balanced accuracy", "Mean of recall and specificity: both classes count the same.",
        |s| s.confusion.balanced_accuracy_score()),
    at("precision_score", "Precision", "Of the rows called positive, the share that is.",
        |s| s.confusion.precision_score()),
    at("recall_score", "Recall", "Of the positive rows, the share that is found.",
        |s| s.confusion.recall_score()),
    at("specificity_score", "Specificity", "Of the negative rows, the share that is not called positive.",
        |s| s.confusion.specificity_score()),
    at("f1_score", "F1", "Harmonic mean of precision and recall.",
        |s| s.confusion.f1_score()),
    at("fbeta_score", "F2", "Harmonic mean of precision and recall in which recall counts twice as much (beta = 2).",
        |s| s.confusion.fbeta_score(2.0)),
    at("geometric_mean_score", "G-mean", "Geometric mean of recall and specificity: 0 as soon as one of them is.",
        |s| s.confusion.geometric_mean_score()),
    at("matthews_corrcoef", "MCC", "Correlation between truth and decision, from -1 to 1; 0 is chance.",
        |s| s.confusion.matthews_corrcoef()),
    at("cohen_kappa_score", "Cohen's kappa", "Agreement between truth and decision beyond what chance would give.",
        |s| s.confusion.cohen_kappa_score()),
    over("average_precision_score", "Average precision", "Area under the precision-recall curve, summed in steps; the prevalence is chance.",
        |s| s.sweep.average_precision_score()),
    over("roc_auc_score", "ROC AUC", "Share of pairs of a positive and a negative row that the scores order rightly; 0.5 is chance.",
        |s| s.sweep.roc_auc_score()),
    over("auc", "PR area (trapezoid)", "auc(recall, precision): joins the points of the precision-recall curve by straight lines, which is too kind.",
        |s| s.sweep.pr_auc_trapezoid()),
    loss("brier_score_loss", "Brier score", "Mean squared distance between probability and truth.",
        |s| of_rows(s, s.brier_score_loss)),
    loss("log_loss", "Log loss", "Mean of minus the logarithm of the probability given to the true class.",
        |s| of_rows(s, s.log_loss)),
];

fn of_rows(scored: &Scored, value: f64) -> Score {
    if scored.sweep.thresholds.is_empty() {
        Score::undefined(f64::NAN, Undefined::NoRows)
    } else {
        Score::defined(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_the_threshold_moves_only_what_says_so() {
        let y = [0, 0, 0, 0, 0, 1, 1, 0, 1, 0];
        let scores = [0.1, 0.2, 0.15, 0.3, 0.62, 0.58, 0.7, 0.4, 0.9, 0.05];
        let sweep = Sweep::new(&y, &scores, None);
        let at = |t| Scored { confusion: sweep.confusion_at(t), sweep: &sweep, brier_score_loss: 0.1, log_loss: 0.4 };
        for metric in ALL {
            assert_eq!(ALL.iter().filter(|m| m.id == metric.id).count(), 1, "{}", metric.id);
            let moved = (metric.evaluate)(&at(0.5)) != (metric.evaluate)(&at(0.75));
            assert_eq!(moved, metric.at_threshold, "{}", metric.id);
            assert!(metric.meaning.ends_with('.'));
        }
        assert_eq!(metric("f1_score").map(|m| m.label), Some("F1"));
        assert!(metric("f3").is_none());
    }
}
