//! The one sweep over thresholds: every curve, every area and every confusion matrix is read from it.

use serde::{Deserialize, Serialize};

use super::ConfusionMatrix;
use crate::base::Class;

/// Cumulated counts at every distinct score, highest first: the row `i` counts what is predicted positive when
/// `score >= thresholds[i]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sweep {
    /// Distinct scores, descending.
    #[serde(with = "crate::base::packed")]
    pub thresholds: Vec<f64>,
    /// True positives at each threshold.
    #[serde(with = "crate::base::packed")]
    pub tps: Vec<f64>,
    /// False positives at each threshold.
    #[serde(with = "crate::base::packed")]
    pub fps: Vec<f64>,
    /// All positives.
    pub n_pos: f64,
    /// All negatives.
    pub n_neg: f64,
}

impl Sweep {
    /// Sorts the scores once and counts (scikit-learn's `confusion_matrix_at_thresholds`). 1 is positive, anything
    /// else negative. Rows of weight 0 are left out; scores are expected to be numbers.
    #[inline(never)]
    pub fn new(y_true: &[Class], scores: &[f64], weights: Option<&[f64]>) -> Self {
        let weight = |row: usize| weights.map_or(1.0, |w| w[row]);
        let rows = 0..y_true.len().min(scores.len());
        let mut order: Vec<u32> = rows.filter(|&row| weight(row) != 0.0).map(|row| row as u32).collect();
        // stable, so that weights of equal scores are added in the order of the rows
        order.sort_by(|&a, &b| scores[b as usize].total_cmp(&scores[a as usize]));

        let mut sweep = Self::default();
        let (mut tp, mut fp) = (0.0, 0.0);
        for (i, &row) in order.iter().enumerate() {
            let row = row as usize;
            *(if y_true[row] == 1 { &mut tp } else { &mut fp }) += weight(row);
            if order.get(i + 1).is_none_or(|&next| scores[next as usize] != scores[row]) {
                sweep.thresholds.push(scores[row]);
                sweep.tps.push(tp);
                sweep.fps.push(fp);
            }
        }
        (sweep.n_pos, sweep.n_neg) = (tp, fp);
        sweep
    }

    /// Counts when `score >= threshold` is called positive. An index, not a computation: O(log n).
    pub fn confusion_at(&self, threshold: f64) -> ConfusionMatrix {
        let predicted = self.thresholds.partition_point(|&t| t >= threshold);
        let (tp, fp) = match predicted {
            0 => (0.0, 0.0),
            i => (self.tps[i - 1], self.fps[i - 1]),
        };
        ConfusionMatrix { tp, fp, fn_: self.n_pos - tp, tn: self.n_neg - fp }
    }

    /// Whether both classes occur.
    pub fn has_both_classes(&self) -> bool {
        self.n_pos > 0.0 && self.n_neg > 0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::RandomState;

    /// Rows with many ties.
    fn rows(seed: u32, n: usize) -> (Vec<Class>, Vec<f64>) {
        let mut random = RandomState::new(seed);
        let y: Vec<Class> = (0..n).map(|_| Class::from(random.random_sample() < 0.2)).collect();
        let scores = y.iter().map(|&y| (random.uniform(0.0, 1.0) * 10.0 + f64::from(y)).floor() / 11.0).collect();
        (y, scores)
    }

    #[test]
    fn the_counts_at_any_threshold_are_those_of_counting_by_hand() {
        for seed in 0..20 {
            let (y, scores) = rows(seed, 60);
            let sweep = Sweep::new(&y, &scores, None);
            for step in 0..=44 {
                let threshold = f64::from(step - 2) / 40.0;
                let predicted: Vec<Class> = scores.iter().map(|&s| Class::from(s >= threshold)).collect();
                assert_eq!(sweep.confusion_at(threshold), ConfusionMatrix::new(&y, &predicted, None), "{threshold}");
            }
        }
    }

    #[test]
    fn a_weight_of_two_is_a_row_given_twice_and_of_zero_a_row_left_out() {
        let (y, scores) = rows(1, 40);
        let weights: Vec<f64> = (0..40).map(|row| f64::from(row % 3)).collect();
        let repeated: Vec<usize> = (0..40).flat_map(|row| std::iter::repeat_n(row, row % 3)).collect();
        let twice = |row: &usize| (y[*row], scores[*row]);
        let (y_repeated, scores_repeated): (Vec<Class>, Vec<f64>) = repeated.iter().map(twice).unzip();
        assert_eq!(Sweep::new(&y, &scores, Some(&weights)), Sweep::new(&y_repeated, &scores_repeated, None));
    }

    #[test]
    fn no_rows_sweep_nothing() {
        let sweep = Sweep::new(&[], &[], None);
        assert_eq!(sweep, Sweep::default());
        assert_eq!(sweep.confusion_at(0.5), ConfusionMatrix::default());
    }
}
