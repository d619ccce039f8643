//! Metrics: the confusion matrix, the one sweep over thresholds, and everything read from them.

use serde::{Deserialize, Serialize};

/// Counts (or weights) of a binary decision. Positive = the minority class = 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ConfusionMatrix {
    /// Positive, predicted positive.
    pub tp: f64,
    /// Negative, predicted positive.
    pub fp: f64,
    /// Positive, predicted negative.
    pub fn_: f64,
    /// Negative, predicted negative.
    pub tn: f64,
}

/// Cumulated counts at every distinct score, highest first: the row `i` counts what is predicted positive when
/// `score >= thresholds[i]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sweep {
    /// Distinct scores, descending.
    pub thresholds: Vec<f64>,
    /// True positives at each threshold.
    pub tps: Vec<f64>,
    /// False positives at each threshold.
    pub fps: Vec<f64>,
    /// All positives.
    pub n_pos: f64,
    /// All negatives.
    pub n_neg: f64,
}

impl Sweep {
    /// Counts when `score >= threshold` is called positive. An index, not a computation: O(log n).
    pub fn confusion_at(&self, threshold: f64) -> ConfusionMatrix {
        let predicted = self.thresholds.partition_point(|&t| t >= threshold);
        let (tp, fp) = match predicted {
            0 => (0.0, 0.0),
            i => (self.tps[i - 1], self.fps[i - 1]),
        };
        ConfusionMatrix { tp, fp, fn_: self.n_pos - tp, tn: self.n_neg - fp }
    }
}
