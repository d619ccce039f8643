//! Bootstrap intervals: how much would a score move on another test set of the same kind?

use super::{Score, Sweep};
use crate::base::Class;
use crate::base::math::{percentile, sum};
use crate::random::RandomState;

/// How rows are drawn, with replacement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resampling {
    /// From all rows: the number of positives varies.
    Plain,
    /// From each class its own number, negatives first.
    Stratified,
}

/// The scores of all bootstrap samples.
#[derive(Clone, Debug, PartialEq)]
pub struct Bootstrap {
    /// In the order drawn; not a number where the score was undefined.
    pub values: Vec<f64>,
}

impl Bootstrap {
    /// Draws `n_resamples` test sets of the same size and scores each; one with a single class has no score.
    pub fn new(
        y_true: &[Class],
        scores: &[f64],
        resampling: Resampling,
        n_resamples: usize,
        random: &mut RandomState,
        metric: impl Fn(&Sweep) -> Score,
    ) -> Self {
        let rows_of = |positive: bool| -> Vec<usize> {
            (0..y_true.len()).filter(|&row| (y_true[row] == 1) == positive).collect()
        };
        let strata = match resampling {
            Resampling::Plain => vec![(0..y_true.len()).collect()],
            Resampling::Stratified => vec![rows_of(false), rows_of(true)],
        };
        let one_value = |_| {
            let mut rows: Vec<usize> = Vec::with_capacity(y_true.len());
            for stratum in strata.iter().filter(|stratum| !stratum.is_empty()) {
                rows.extend(stratum.iter().map(|_| stratum[random.interval(stratum.len() as u64 - 1) as usize]));
            }
            let (y, s): (Vec<Class>, Vec<f64>) = rows.iter().map(|&row| (y_true[row], scores[row])).unzip();
            let sweep = Sweep::new(&y, &s, None);
            if sweep.has_both_classes() { metric(&sweep).get().unwrap_or(f64::NAN) } else { f64::NAN }
        };
        Self { values: (0..n_resamples).map(one_value).collect() }
    }

    /// The middle `level` (0.95) of the values, undefined ones left out.
    pub fn interval(&self, level: f64) -> [f64; 2] {
        let defined = self.defined();
        let tail = 50.0 * (1.0 - level);
        [tail, 100.0 - tail].map(|q| percentile(&defined, q))
    }

    /// Standard deviation of the values, undefined ones left out.
    pub fn std(&self) -> f64 {
        let defined = self.defined();
        let n = defined.len() as f64;
        let mean = sum(&defined) / n;
        let squares: Vec<f64> = defined.iter().map(|v| (v - mean) * (v - mean)).collect();
        (sum(&squares) / n).sqrt()
    }

    /// How many samples had no score.
    pub fn n_undefined(&self) -> usize {
        self.values.iter().filter(|v| v.is_nan()).count()
    }

    fn defined(&self) -> Vec<f64> {
        self.values.iter().copied().filter(|v| !v.is_nan()).collect()
    }
}
