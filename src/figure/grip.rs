//! Taking hold of the threshold in a figure: from a spot or a key to a threshold, and from a threshold to the rows
//! that belong to it.

use super::curve::{neighbor_threshold, short_threshold};
use super::scores::{bin_of, bin_range};
use super::sheet::Spot;
use super::{Frame, Kind};
use crate::experiment::Report;

/// Where a key sends the threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// One step to a higher threshold.
    Stricter,
    /// One step to a lower threshold.
    Looser,
    /// To the highest.
    Strictest,
    /// To the lowest.
    Loosest,
}

/// The threshold under a spot: in a curve that of the nearest point, in the histogram the score there.
pub fn threshold_at(kind: Kind, report: &Report, frame: &Frame, spot: Spot) -> Option<f64> {
    match (kind, kind.curve()) {
        (_, Some(curve)) => curve.nearest_threshold(&report.sweep, |point| {
            let [x, y] = frame.spot(point);
            (x - spot[0]).hypot(y - spot[1])
        }),
        (Kind::Scores, _) => Some((frame.data(spot)[0].clamp(0.0, 1.0) * 1000.0).round() / 1000.0),
        _ => None,
    }
}

/// The threshold a key leads to: along a curve to the next counts, in the histogram by 0.01.
pub fn threshold_by_key(kind: Kind, report: &Report, threshold: f64, step: Move) -> Option<f64> {
    let sweep = &report.sweep;
    if kind.undefined(report).is_some() {
        return None;
    }
    let hundredths = (threshold * 100.0).round();
    match (kind.curve().is_some(), step) {
        (true, Move::Stricter) => neighbor_threshold(sweep, threshold, true),
        (true, Move::Looser) => neighbor_threshold(sweep, threshold, false),
        (true, Move::Strictest) => Some(short_threshold(sweep, 0)),
        (true, Move::Loosest) => Some(short_threshold(sweep, sweep.thresholds.len().checked_sub(1)?)),
        (false, Move::Stricter) => Some(((hundredths + 1.0) / 100.0).min(1.0)),
        (false, Move::Looser) => Some(((hundredths - 1.0) / 100.0).max(0.0)),
        (false, Move::Strictest) => Some(1.0),
        (false, Move::Loosest) => Some(0.0),
    }
}

/// The scores `[low, high)` that a threshold points at: in a curve those of the rows that are called positive from
/// this point on, in the histogram those of its bin.
pub fn scores_at(kind: Kind, report: &Report, threshold: f64) -> Option<(f64, f64)> {
    match (kind, kind.curve()) {
        (_, Some(_)) => {
            let thresholds = &report.sweep.thresholds;
            let index = thresholds.partition_point(|&t| t >= threshold).checked_sub(1)?;
            Some((thresholds[index], thresholds[index].next_up()))
        }
        (Kind::Scores, _) if threshold.is_finite() => Some(bin_range(bin_of(threshold.clamp(0.0, 1.0)))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::example;

    #[test]
    fn dragging_to_the_mark_leaves_the_counts_alone() {
        let report = example::report(300, 17);
        for kind in [Kind::PrecisionRecall, Kind::Roc] {
            let frame = kind.frame(190.0, 160.0, 0.0);
            let now = report.sweep.confusion_at(0.42);
            let spot = frame.spot(kind.curve().expect("a curve").point(&now));
            let threshold = threshold_at(kind, &report, &frame, spot).expect("the curve is defined");
            assert_eq!(report.sweep.confusion_at(threshold), now);
        }
    }

    #[test]
    fn the_histogram_reads_the_score_under_the_pointer_and_stops_at_its_ends() {
        let report = example::report(300, 17);
        let frame = Kind::Scores.frame(400.0, 110.0, 0.0);
        let at = |x: f64| threshold_at(Kind::Scores, &report, &frame, [x, 40.0]);
        assert_eq!(at(frame.spot([0.35, 0.0])[0]), Some(0.35));
        assert_eq!((at(-50.0), at(900.0)), (Some(0.0), Some(1.0)));
    }

    #[test]
    fn keys_move_by_hundredths_in_the_histogram_and_by_counts_along_a_curve() {
        let report = example::report(300, 17);
        assert_eq!(threshold_by_key(Kind::Scores, &report, 0.5, Move::Stricter), Some(0.51));
        assert_eq!(threshold_by_key(Kind::Scores, &report, 0.004, Move::Looser), Some(0.0));
        let now = report.sweep.confusion_at(0.5);
        let looser = threshold_by_key(Kind::Roc, &report, 0.5, Move::Looser).expect("rows below one half");
        let next = report.sweep.confusion_at(looser);
        assert_eq!((next.tp + next.fp) - (now.tp + now.fp), 1.0, "one more row is called positive");
    }

    #[test]
    fn the_scores_at_a_point_of_a_curve_are_those_of_the_rows_that_come_in_there() {
        let report = example::report(300, 17);
        let (low, high) = scores_at(Kind::PrecisionRecall, &report, 0.5).expect("rows above one half");
        let inside = report.scores.iter().filter(|&&score| low <= score && score < high).count();
        assert_eq!(inside, 1);
        assert_eq!(report.sweep.confusion_at(low), report.sweep.confusion_at(0.5));
        assert_eq!(scores_at(Kind::Roc, &report, 1.1), None);
        assert_eq!(scores_at(Kind::Scores, &report, 0.51), Some((0.5, 0.525)));
    }

    #[test]
    fn an_undefined_curve_cannot_be_dragged() {
        let report = example::report(30, 0);
        let frame = Kind::Roc.frame(190.0, 160.0, 0.0);
        assert_eq!(threshold_at(Kind::Roc, &report, &frame, [20.0, 20.0]), None);
        assert_eq!(threshold_by_key(Kind::Roc, &report, 0.5, Move::Loosest), None);
    }
}
