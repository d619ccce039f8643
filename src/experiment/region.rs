//! A part of the plane inside a closed line, and how the model does there: the sub-metrics of a lasso.
//!
//! A point is inside when a ray to the right crosses the line an odd number of times (the even-odd rule), so that a
//! line that crosses itself has holes.
//!
//! ```
//! use imbalance_lab::experiment::Region;
//! let triangle = Region::new(vec![[0.0, 0.0], [4.0, 0.0], [0.0, 4.0]]).unwrap();
//! assert!(triangle.contains([1.0, 1.0]) && !triangle.contains([3.0, 3.0]));
//! assert_eq!(Region::new(vec![[0.0, 0.0], [4.0, 0.0]]), None);
//! ```

use serde::{Deserialize, Serialize};

use super::Report;
use crate::base::{Class, Point};
use crate::dataset::Dataset;
use crate::metrics::{self, ConfusionMatrix, Scored, Sweep};

/// A closed line through corners, in data coordinates.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Region {
    corners: Vec<Point>,
}

/// What lies in a region and how the model scores it.
#[derive(Clone, Debug, PartialEq)]
pub struct RegionReport {
    /// Training rows, majority and minority, before any resampling.
    pub train: [usize; 2],
    /// Test rows, majority and minority.
    pub test: [usize; 2],
    /// Counts over the test rows inside at every threshold.
    pub sweep: Sweep,
    /// Brier score loss of the test rows inside; not a number when there are none.
    pub brier_score_loss: f64,
    /// Log loss of the test rows inside; not a number when there are none.
    pub log_loss: f64,
}

impl Region {
    /// So many corners draw any line a hand can draw, and a link can carry them.
    pub const CORNERS_AT_MOST: usize = 100;

    /// The region inside the line through `corners` and back to the first. `None` for fewer than three corners, more
    /// than [`Region::CORNERS_AT_MOST`], or one that is not finite.
    pub fn new(corners: Vec<Point>) -> Option<Region> {
        let fits = (3..=Self::CORNERS_AT_MOST).contains(&corners.len());
        (fits && corners.iter().flatten().all(|v| v.is_finite())).then_some(Region { corners })
    }

    /// The corners, in order.
    pub fn corners(&self) -> &[Point] {
        &self.corners
    }

    /// Whether `point` is inside. The exported script asks the same question in the same arithmetic.
    pub fn contains(&self, [x, y]: Point) -> bool {
        let next = self.corners.iter().cycle().skip(1);
        let crossed = self
            .corners
            .iter()
            .zip(next)
            .filter(|&(&[ax, ay], &[bx, by])| ((ay > y) != (by > y)) && x < (bx - ax) * (y - ay) / (by - ay) + ax);
        crossed.count() % 2 == 1
    }

    /// What is inside of the rows of a report.
    pub fn report(&self, report: &Report) -> RegionReport {
        let inside = |rows: &[u32]| -> Vec<u32> {
            rows.iter().copied().filter(|&row| self.contains(report.data.x[row as usize])).collect()
        };
        let (train, test) = (inside(&report.train), inside(&report.test));
        let y: Vec<Class> = test.iter().map(|&row| report.data.y[row as usize]).collect();
        let scores: Vec<f64> = test.iter().map(|&row| report.scores[row as usize]).collect();
        RegionReport {
            train: count(&report.data, &train),
            test: count(&report.data, &test),
            sweep: Sweep::new(&y, &scores, None),
            // Refused without rows, or for probabilities outside [0, 1], which no model gives.
            brier_score_loss: metrics::brier_score_loss(&y, &scores, None).unwrap_or(f64::NAN),
            log_loss: if y.is_empty() { f64::NAN } else { metrics::log_loss(&y, &scores, None) },
        }
    }
}

fn count(data: &Dataset, rows: &[u32]) -> [usize; 2] {
    let minority = rows.iter().filter(|&&row| data.y[row as usize] == 1).count();
    [rows.len() - minority, minority]
}

impl RegionReport {
    /// The confusion matrix of the test rows inside.
    pub fn confusion(&self, threshold: f64) -> ConfusionMatrix {
        self.sweep.confusion_at(threshold)
    }

    /// What metrics of the test rows inside are evaluated from.
    pub fn scored(&self, threshold: f64) -> Scored<'_> {
        Scored {
            confusion: self.confusion(threshold),
            sweep: &self.sweep,
            brier_score_loss: self.brier_score_loss,
            log_loss: self.log_loss,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::DataSpec;
    use crate::experiment::{Spec, run};
    use crate::resample::{Sampler, SamplerStage};

    fn report_of(n_samples: usize) -> Report {
        let samplers = vec![SamplerStage::new(Sampler::named("SMOTE").unwrap())];
        let data = DataSpec { n_samples, imbalance_ratio: 9.0, ..DataSpec::default() };
        run(&Spec { data, samplers, ..Spec::default() }).unwrap()
    }

    #[test]
    fn a_line_that_crosses_itself_has_a_hole() {
        // A pentagram: its middle is crossed twice.
        let tip = |i: usize| {
            let angle = std::f64::consts::TAU * (2 * i) as f64 / 5.0;
            [angle.sin(), angle.cos()]
        };
        let star = Region::new((0..5).map(tip).collect()).unwrap();
        assert!(!star.contains([0.0, 0.0]));
        assert!(star.contains([0.0, 0.7]) && !star.contains([0.0, -0.7]));
    }

    #[test]
    fn every_point_is_in_exactly_one_of_two_halves() {
        let half = |x0: f64, x1: f64| Region::new(vec![[x0, -9.0], [x1, -9.0], [x1, 9.0], [x0, 9.0]]).unwrap();
        let (left, right) = (half(-9.0, 0.5), half(0.5, 9.0));
        for i in 0..400 {
            let p = [f64::from(i % 20) * 0.5 - 5.0, f64::from(i / 20) * 0.5 - 5.0];
            assert!(left.contains(p) != right.contains(p), "{p:?}");
        }
    }

    #[test]
    fn all_of_the_plane_is_the_whole_report_and_parts_add_up_to_it() {
        let report = report_of(400);
        let half = |x0: f64, x1: f64| {
            Region::new(vec![[x0, -99.0], [x1, -99.0], [x1, 99.0], [x0, 99.0]]).unwrap().report(&report)
        };
        let (all, left, right) = (half(-99.0, 99.0), half(-99.0, 0.3), half(0.3, 99.0));
        assert_eq!(all.sweep, report.sweep);
        assert_eq!((all.brier_score_loss, all.log_loss), (report.brier_score_loss, report.log_loss));
        assert_eq!(all.test.iter().sum::<usize>(), report.test.len());
        assert_eq!(all.train.iter().sum::<usize>(), report.train.len());
        for threshold in [0.05, 0.3, 0.5] {
            let [a, b, both] = [&left, &right, &all].map(|part| part.confusion(threshold));
            let sums = [a.tp + b.tp, a.fp + b.fp, a.fn_ + b.fn_, a.tn + b.tn];
            assert_eq!(sums, [both.tp, both.fp, both.fn_, both.tn]);
        }
    }

    #[test]
    fn an_empty_region_scores_nothing() {
        let report = report_of(200);
        let nowhere = Region::new(vec![[90.0, 90.0], [91.0, 90.0], [91.0, 91.0]]).unwrap().report(&report);
        assert_eq!((nowhere.train, nowhere.test), ([0, 0], [0, 0]));
        assert!(nowhere.brier_score_loss.is_nan() && nowhere.log_loss.is_nan());
        assert!(
            metrics::ALL.iter().all(|metric| (metric.evaluate)(&nowhere.scored(0.5)).get().is_none_or(f64::is_nan))
        );
    }

    #[test]
    fn what_is_no_region_is_refused() {
        assert_eq!(Region::new(vec![[0.0, 0.0], [1.0, f64::NAN], [1.0, 1.0]]), None);
        assert_eq!(Region::new(vec![[0.0, 0.0]; Region::CORNERS_AT_MOST + 1]), None);
    }
}
