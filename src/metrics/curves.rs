//! Curves as views of the sweep, point for point those of scikit-learn.

use super::{MetricError, Sweep};

/// A curve: `x` and `y` of its points and the thresholds that belong to them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// False positive rate (ROC, DET) or recall (precision-recall).
    pub x: Vec<f64>,
    /// True positive rate (ROC), precision (precision-recall) or false negative rate (DET).
    pub y: Vec<f64>,
    /// Thresholds; one fewer than points for precision-recall, whose last point has none.
    pub thresholds: Vec<f64>,
}

/// `roc_curve`: x = false positive rate, y = true positive rate, thresholds descending from infinity, where nothing is
/// called positive. With `drop_intermediate` points in the middle of straight runs are left out. Without positives (or
/// negatives) the rates over them are not numbers.
pub fn roc_curve(sweep: &Sweep, drop_intermediate: bool) -> Curve {
    let n = sweep.thresholds.len();
    let bends = |i: usize| {
        let second = |v: &[f64]| v[i + 1] - 2.0 * v[i] + v[i - 1] != 0.0;
        i == 0 || i + 1 == n || second(&sweep.fps) || second(&sweep.tps)
    };
    let kept: Vec<usize> = (0..n).filter(|&i| !drop_intermediate || n <= 2 || bends(i)).collect();
    let rates = |counts: &[f64], total: f64| -> Vec<f64> {
        let rate = |count: f64| if total > 0.0 { count / total } else { f64::NAN };
        std::iter::once(0.0).chain(kept.iter().map(|&i| counts[i])).map(rate).collect()
    };
    Curve {
        x: rates(&sweep.fps, sweep.n_neg),
        y: rates(&sweep.tps, sweep.n_pos),
        thresholds: std::iter::once(f64::INFINITY).chain(kept.iter().map(|&i| sweep.thresholds[i])).collect(),
    }
}

/// `precision_recall_curve`: x = recall, y = precision, thresholds ascending, so that the curve begins where everything
/// is called positive; the last point (recall 0, precision 1) is a convention and has no threshold. With
/// `drop_intermediate` only points where the true positives change on either side stay. Without positives the recall
/// is 1 everywhere.
pub fn precision_recall_curve(sweep: &Sweep, drop_intermediate: bool) -> Curve {
    let n = sweep.thresholds.len();
    let changes =
        |i: usize| i == 0 || i + 1 == n || sweep.tps[i] != sweep.tps[i - 1] || sweep.tps[i] != sweep.tps[i + 1];
    let kept: Vec<usize> = (0..n).rev().filter(|&i| !drop_intermediate || changes(i)).collect();
    let precision = |&i: &usize| {
        let predicted = sweep.tps[i] + sweep.fps[i];
        if predicted == 0.0 { 0.0 } else { sweep.tps[i] / predicted }
    };
    let recall = |&i: &usize| if sweep.n_pos == 0.0 { 1.0 } else { sweep.tps[i] / sweep.n_pos };
    Curve {
        x: kept.iter().map(recall).chain([0.0]).collect(),
        y: kept.iter().map(precision).chain([1.0]).collect(),
        thresholds: kept.iter().map(|&i| sweep.thresholds[i]).collect(),
    }
}

/// `det_curve`: x = false positive rate, y = false negative rate, thresholds ascending, cut to the part where the two
/// errors trade off.
pub fn det_curve(sweep: &Sweep, drop_intermediate: bool) -> Result<Curve, MetricError> {
    if !sweep.has_both_classes() {
        return Err(MetricError::OneClassDet);
    }
    let with_start = |first: f64, rest: &[f64]| -> Vec<f64> { [&[first], rest].concat() };
    let mut fps = with_start(0.0, &sweep.fps);
    let mut tps = with_start(0.0, &sweep.tps);
    let mut thresholds = with_start(f64::INFINITY, &sweep.thresholds);
    if drop_intermediate {
        let n = tps.len();
        let changes = |i: &usize| *i == 0 || i + 1 == n || tps[*i] != tps[i - 1] || tps[*i] != tps[i + 1];
        let kept: Vec<usize> = (0..n).filter(changes).collect();
        let take = |v: &[f64]| -> Vec<f64> { kept.iter().map(|&i| v[i]).collect() };
        (fps, tps, thresholds) = (take(&fps), take(&tps), take(&thresholds));
    }
    let first = fps.partition_point(|&fp| fp <= 0.0) - 1;
    let last = tps.partition_point(|&tp| tp < sweep.n_pos).max(first);
    let backwards = |rate: &dyn Fn(usize) -> f64| -> Vec<f64> { (first..=last).rev().map(rate).collect() };
    Ok(Curve {
        x: backwards(&|i| fps[i] / sweep.n_neg),
        y: backwards(&|i| (sweep.n_pos - tps[i]) / sweep.n_pos),
        thresholds: backwards(&|i| thresholds[i]),
    })
}
