//! Areas under the curves.
//!
//! Two numbers go by the name of "area under the precision-recall curve": average precision sums steps and is what
//! scikit-learn recommends; the trapezoid joins points that no threshold reaches and is too kind. Both are given, each
//! under its own name (Davis and Goadrich 2006).

use super::{Score, Sweep, Undefined, precision_recall_curve, roc_curve};
use crate::base::math::sum;

impl Sweep {
    /// Area under the ROC curve by the trapezoidal rule: the share of pairs of a positive and a negative that the
    /// scores order rightly, ties counting half. Not a number with one class only.
    pub fn roc_auc_score(&self) -> Score {
        self.needing_both_classes(|| {
            let curve = roc_curve(self, true);
            trapezoid(&curve.x, &curve.y)
        })
    }

    /// Area up to the false positive rate `max_fpr`, standardised so that chance is 0.5 and perfection 1 (McClish
    /// 1989). `max_fpr` of 1 or more is the whole area.
    pub fn partial_roc_auc_score(&self, max_fpr: f64) -> Score {
        if max_fpr >= 1.0 {
            return self.roc_auc_score();
        }
        self.needing_both_classes(|| {
            let curve = roc_curve(self, true);
            // at least one point lies left of the limit, (0, 0), and one right of it, (1, 1)
            let stop = curve.x.partition_point(|&x| x <= max_fpr).max(1);
            let [x0, x1, y0, y1] = [curve.x[stop - 1], curve.x[stop], curve.y[stop - 1], curve.y[stop]];
            let at_limit = y0 + (y1 - y0) / (x1 - x0) * (max_fpr - x0);
            let x = [&curve.x[..stop], &[max_fpr]].concat();
            let y = [&curve.y[..stop], &[at_limit]].concat();
            let least = 0.5 * max_fpr * max_fpr;
            0.5 * (1.0 + (trapezoid(&x, &y) - least) / (max_fpr - least))
        })
    }

    /// Average precision: precision at each threshold, weighted by the recall it adds. 0 in scikit-learn without
    /// positives.
    pub fn average_precision_score(&self) -> Score {
        let curve = precision_recall_curve(self, false);
        let steps: Vec<f64> =
            curve.x.windows(2).zip(&curve.y).map(|(recall, precision)| (recall[1] - recall[0]) * precision).collect();
        // at least 0, and never -0
        self.needing_positives((-sum(&steps)).max(0.0) + 0.0)
    }

    /// `auc(recall, precision)`: area under the precision-recall curve by the trapezoidal rule.
    pub fn pr_auc_trapezoid(&self) -> Score {
        let curve = precision_recall_curve(self, false);
        self.needing_positives(-trapezoid(&curve.x, &curve.y))
    }

    fn needing_both_classes(&self, area: impl FnOnce() -> f64) -> Score {
        match (self.n_pos > 0.0, self.n_neg > 0.0) {
            (true, true) => Score::defined(area()),
            (false, false) => Score::undefined(f64::NAN, Undefined::NoRows),
            (false, true) => Score::undefined(f64::NAN, Undefined::NoPositives),
            (true, false) => Score::undefined(f64::NAN, Undefined::NoNegatives),
        }
    }

    fn needing_positives(&self, value: f64) -> Score {
        if self.thresholds.is_empty() {
            Score::undefined(f64::NAN, Undefined::NoRows)
        } else if self.n_pos == 0.0 {
            Score::undefined(value, Undefined::NoPositives)
        } else {
            Score::defined(value)
        }
    }
}

fn trapezoid(x: &[f64], y: &[f64]) -> f64 {
    let pieces: Vec<f64> = x.windows(2).zip(y.windows(2)).map(|(x, y)| (x[1] - x[0]) * (y[1] + y[0]) / 2.0).collect();
    sum(&pieces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Class;
    use crate::base::tolerance::ROUNDING;
    use crate::random::RandomState;

    fn rows(seed: u32, digits: f64) -> (Vec<Class>, Vec<f64>) {
        let mut random = RandomState::new(seed);
        let y: Vec<Class> = (0..80).map(|row| Class::from(row % 7 == 0)).collect();
        let scores = y.iter().map(|&y| ((random.standard_normal() + f64::from(y)) * digits).round() / digits).collect();
        (y, scores)
    }

    #[test]
    fn roc_auc_is_the_share_of_well_ordered_pairs_with_ties_half() {
        for seed in 0..10 {
            let (y, scores) = rows(seed, if seed % 2 == 0 { 3.0 } else { 1e9 });
            let (mut ordered, mut pairs) = (0.0, 0.0);
            for (_, positive) in y.iter().zip(&scores).filter(|(y, _)| **y == 1) {
                for (_, negative) in y.iter().zip(&scores).filter(|(y, _)| **y == 0) {
                    ordered += if positive > negative {
                        1.0
                    } else if positive == negative {
                        0.5
                    } else {
                        0.0
                    };
                    pairs += 1.0;
                }
            }
            let auc = Sweep::new(&y, &scores, None).roc_auc_score().value;
            assert!((auc - ordered / pairs).abs() < ROUNDING, "{auc}");
        }
    }

    #[test]
    fn ranking_scores_do_not_change_under_an_increasing_map() {
        let (y, scores) = rows(4, 3.0);
        let mapped: Vec<f64> = scores.iter().map(|s| s.powi(3) + 5.0 * s - 2.0).collect();
        let (plain, mapped) = (Sweep::new(&y, &scores, None), Sweep::new(&y, &mapped, None));
        assert_eq!(plain.roc_auc_score(), mapped.roc_auc_score());
        assert_eq!(plain.average_precision_score(), mapped.average_precision_score());
        assert_eq!(plain.partial_roc_auc_score(0.2), mapped.partial_roc_auc_score(0.2));
    }

    #[test]
    fn one_class_leaves_the_areas_undefined() {
        let no_positives = Sweep::new(&[0, 0], &[0.2, 0.4], None);
        assert_eq!(no_positives.roc_auc_score().undefined, Some(Undefined::NoPositives));
        assert_eq!(no_positives.average_precision_score(), Score::undefined(0.0, Undefined::NoPositives));
        assert_eq!(Sweep::default().average_precision_score().undefined, Some(Undefined::NoRows));
        assert_eq!(Sweep::new(&[1], &[0.2], None).average_precision_score(), Score::defined(1.0));
    }
}
