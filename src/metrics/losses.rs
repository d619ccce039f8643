//! Losses of probabilities: down is good.

use super::MetricError;
use crate::base::Class;
use crate::base::math::{average, ln, mean};

/// Mean squared distance between probability and truth (Brier 1950). Of no rows it is not a number.
#[inline(never)]
pub fn brier_score_loss(y_true: &[Class], y_proba: &[f64], weights: Option<&[f64]>) -> Result<f64, MetricError> {
    if let Some(&p) = y_proba.iter().filter(|&&p| p > 1.0).max_by(|a, b| a.total_cmp(b)) {
        return Err(MetricError::AboveOne(p));
    }
    if let Some(&p) = y_proba.iter().filter(|&&p| p < 0.0).min_by(|a, b| a.total_cmp(b)) {
        return Err(MetricError::BelowZero(p));
    }
    let square = |(&y, &p): (&Class, &f64)| {
        let truth = f64::from(y == 1);
        (p - truth) * (p - truth)
    };
    let squares: Vec<f64> = y_true.iter().zip(y_proba).map(square).collect();
    Ok(weights.map_or_else(|| mean(&squares), |weights| average(&squares, weights)))
}

/// Mean of minus the logarithm of the probability of the true class, as `log_loss(y_true, y_proba, labels=[0, 1])`.
/// Probabilities are clipped to the machine epsilon, so that one certain mistake costs 36 and not infinity. Of no rows
/// it is not a number.
#[inline(never)]
pub fn log_loss(y_true: &[Class], y_proba: &[f64], weights: Option<&[f64]>) -> f64 {
    let loss = |(&y, &p): (&Class, &f64)| {
        let of_truth = if y == 1 { p } else { 1.0 - p };
        -ln(of_truth.clamp(f64::EPSILON, 1.0 - f64::EPSILON))
    };
    let losses: Vec<f64> = y_true.iter().zip(y_proba).map(loss).collect();
    weights.map_or_else(|| mean(&losses), |weights| average(&losses, weights))
}

/// [`log_loss`] without `labels=`: scikit-learn then takes the labels from `y_true` and refuses a single one.
pub fn log_loss_of_seen_labels(y_true: &[Class], y_proba: &[f64], weights: Option<&[f64]>) -> Result<f64, MetricError> {
    match y_true.first() {
        Some(&label) if y_true.iter().all(|&y| y == label) => Err(MetricError::OneLabel(label)),
        _ => Ok(log_loss(y_true, y_proba, weights)),
    }
}
