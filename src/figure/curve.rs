//! The two curves as paths, read from the counts of the one sweep.
//!
//! Precision-recall is a staircase: precision between two recalls is that of the higher one, so that the area under
//! the drawn line is the average precision (a straight line between two points would promise precisions that no
//! threshold has, Davis and Goadrich 2006). ROC is drawn from point to point: rows of one score are tied, and the
//! straight line is what a coin between the two thresholds gives; its area is the ROC AUC.

use crate::metrics::{ConfusionMatrix, Sweep};

/// Which of the two curves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Curve {
    /// Precision over recall.
    PrecisionRecall,
    /// True positive rate over false positive rate.
    Roc,
}

impl Curve {
    /// Why there is no such curve: what is missing in the test rows.
    pub fn undefined(self, sweep: &Sweep) -> Option<&'static str> {
        match self {
            _ if sweep.n_pos <= 0.0 => Some("the test rows hold no minority row"),
            Curve::Roc if sweep.n_neg <= 0.0 => Some("the test rows hold no majority row"),
            _ if sweep.thresholds.iter().any(|t| !t.is_finite()) => Some("a score is not a number"),
            _ => None,
        }
    }

    /// The point of the curve with these counts. With nothing called positive, precision is 1 by convention (the end
    /// that scikit-learn gives its curve).
    pub fn point(self, matrix: &ConfusionMatrix) -> [f64; 2] {
        let recall = share(matrix.tp, matrix.tp + matrix.fn_).unwrap_or(0.0);
        match self {
            Curve::PrecisionRecall => [recall, share(matrix.tp, matrix.tp + matrix.fp).unwrap_or(1.0)],
            Curve::Roc => [share(matrix.fp, matrix.fp + matrix.tn).unwrap_or(0.0), recall],
        }
    }

    /// Corners of the curve, from the strictest threshold to the most generous.
    ///
    /// ```
    /// use imbalance_lab::{figure::Curve, metrics::Sweep};
    /// let sweep = Sweep {
    ///     thresholds: vec![0.9, 0.6, 0.2], tps: vec![1.0, 1.0, 2.0], fps: vec![0.0, 1.0, 3.0], n_pos: 2.0, n_neg: 3.0,
    /// };
    /// assert_eq!(Curve::Roc.path(&sweep), [[0.0, 0.0], [0.0, 0.5], [1.0 / 3.0, 0.5], [1.0, 1.0]]);
    /// assert_eq!(Curve::PrecisionRecall.path(&sweep)[..3], [[0.0, 1.0], [0.0, 1.0], [0.5, 1.0]]);
    /// ```
    pub fn path(self, sweep: &Sweep) -> Vec<[f64; 2]> {
        if self.undefined(sweep).is_some() {
            return Vec::new();
        }
        let mut path = vec![self.point(&ConfusionMatrix { tp: 0.0, fp: 0.0, fn_: sweep.n_pos, tn: sweep.n_neg })];
        for index in 0..sweep.thresholds.len() {
            let point = self.point(&matrix_at(sweep, index));
            if self == Curve::PrecisionRecall {
                let recall_before = path[path.len() - 1][0];
                path.push([recall_before, point[1]]);
            }
            path.push(point);
        }
        path
    }

    /// The threshold whose point lies nearest to a spot, by a measure of distance: the way to drag along a curve.
    /// The threshold is the shortest decimal that has these counts.
    pub fn nearest_threshold(self, sweep: &Sweep, distance: impl Fn([f64; 2]) -> f64) -> Option<f64> {
        if self.undefined(sweep).is_some() {
            return None;
        }
        let mut best: Option<(f64, usize)> = None;
        for index in 0..sweep.thresholds.len() {
            let far = distance(self.point(&matrix_at(sweep, index)));
            if best.is_none_or(|(least, _)| far < least) {
                best = Some((far, index));
            }
        }
        best.map(|(_, index)| short_threshold(sweep, index))
    }
}

/// Counts when the first `index + 1` distinct scores are called positive.
fn matrix_at(sweep: &Sweep, index: usize) -> ConfusionMatrix {
    let (tp, fp) = (sweep.tps[index], sweep.fps[index]);
    ConfusionMatrix { tp, fp, fn_: sweep.n_pos - tp, tn: sweep.n_neg - fp }
}

/// The shortest decimal in `(next lower score, score]`: it has the same counts as the score and fits into a link.
pub fn short_threshold(sweep: &Sweep, index: usize) -> f64 {
    let score = sweep.thresholds[index];
    let below = sweep.thresholds.get(index + 1).copied().unwrap_or(f64::NEG_INFINITY);
    let mut unit = 100.0;
    while unit < 1e12 {
        let candidate = (score * unit).floor() / unit;
        if candidate > below && candidate <= score {
            return candidate;
        }
        unit *= 10.0;
    }
    score
}

/// The threshold whose counts are the next to differ: up (towards stricter) or down.
pub fn neighbor_threshold(sweep: &Sweep, threshold: f64, up: bool) -> Option<f64> {
    let called_positive = sweep.thresholds.partition_point(|&t| t >= threshold);
    let index = if up { called_positive.checked_sub(2)? } else { called_positive };
    (index < sweep.thresholds.len()).then(|| short_threshold(sweep, index))
}

/// `part / whole`, or `None` when there is no whole.
pub fn share(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::example;

    #[test]
    fn the_precision_recall_staircase_has_two_corners_per_threshold_and_no_slope() {
        let sweep = example::sweep(300, 17);
        let path = Curve::PrecisionRecall.path(&sweep);
        assert_eq!(path.len(), 1 + 2 * sweep.thresholds.len());
        for pair in path.windows(2) {
            assert!(pair[0][0] == pair[1][0] || pair[0][1] == pair[1][1], "slope in {pair:?}");
        }
    }

    #[test]
    fn the_area_under_the_staircase_is_the_average_precision_of_the_sweep() {
        let sweep = example::sweep(300, 17);
        let path = Curve::PrecisionRecall.path(&sweep);
        let drawn: f64 = path.windows(2).map(|pair| (pair[1][0] - pair[0][0]) * pair[1][1]).sum();
        let mut sum = 0.0;
        let mut recall_before = 0.0;
        for index in 0..sweep.thresholds.len() {
            let (tp, fp) = (sweep.tps[index], sweep.fps[index]);
            let recall = tp / sweep.n_pos;
            sum += (recall - recall_before) * tp / (tp + fp);
            recall_before = recall;
        }
        assert!((drawn - sum).abs() < 1e-12, "{drawn} against {sum}");
    }

    #[test]
    fn the_roc_path_goes_through_the_rates_of_every_threshold() {
        let sweep = example::sweep(300, 17);
        let path = Curve::Roc.path(&sweep);
        assert_eq!(path[0], [0.0, 0.0]);
        assert_eq!(path[path.len() - 1], [1.0, 1.0]);
        for (index, &threshold) in sweep.thresholds.iter().enumerate() {
            let matrix = sweep.confusion_at(threshold);
            assert_eq!(path[index + 1], [matrix.fp / sweep.n_neg, matrix.tp / sweep.n_pos]);
        }
    }

    #[test]
    fn a_short_threshold_has_the_counts_of_its_score() {
        let sweep = example::sweep(300, 17);
        for (index, &score) in sweep.thresholds.iter().enumerate() {
            let short = short_threshold(&sweep, index);
            assert_eq!(sweep.confusion_at(short), sweep.confusion_at(score), "{short} for {score}");
        }
        assert!(short_threshold(&sweep, 0).to_string().len() <= 6);
    }

    #[test]
    fn the_nearest_threshold_of_a_point_on_the_curve_is_its_own() {
        let sweep = example::sweep(300, 17);
        for curve in [Curve::PrecisionRecall, Curve::Roc] {
            let goal = curve.point(&sweep.confusion_at(sweep.thresholds[40]));
            let distance = |[x, y]: [f64; 2]| (x - goal[0]).hypot(y - goal[1]);
            let found = curve.nearest_threshold(&sweep, distance).expect("the curve is defined");
            assert_eq!(sweep.confusion_at(found), sweep.confusion_at(sweep.thresholds[40]));
        }
    }

    #[test]
    fn stepping_down_from_the_top_visits_every_distinct_count_and_stepping_up_returns() {
        let sweep = example::sweep(120, 9);
        let mut threshold = 1.0;
        let mut visited = Vec::new();
        while let Some(next) = neighbor_threshold(&sweep, threshold, false) {
            visited.push(sweep.confusion_at(next));
            threshold = next;
        }
        assert_eq!(visited.len(), sweep.thresholds.len());
        let mut back = 1;
        while let Some(next) = neighbor_threshold(&sweep, threshold, true) {
            threshold = next;
            back += 1;
        }
        assert_eq!(back, sweep.thresholds.len());
    }

    #[test]
    fn what_is_missing_is_named() {
        let empty = Sweep::default();
        assert_eq!(Curve::PrecisionRecall.undefined(&empty), Some("the test rows hold no minority row"));
        let one_class = Sweep { thresholds: vec![0.5], tps: vec![3.0], fps: vec![0.0], n_pos: 3.0, n_neg: 0.0 };
        assert_eq!(Curve::Roc.undefined(&one_class), Some("the test rows hold no majority row"));
        assert_eq!(Curve::PrecisionRecall.undefined(&one_class), None);
        let broken = Sweep { thresholds: vec![f64::NAN], tps: vec![1.0], fps: vec![1.0], n_pos: 1.0, n_neg: 1.0 };
        assert_eq!(Curve::Roc.undefined(&broken), Some("a score is not a number"));
    }
}
