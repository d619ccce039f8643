//! What one threshold means, in numbers and in words: for the hover, the table twin and the text alternative.

use super::curve::share;
use crate::metrics::{ConfusionMatrix, Sweep};

/// The counts at a threshold and the three rates that the axes of the curves show.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Readout {
    /// The threshold.
    pub threshold: f64,
    /// Counts over the test rows.
    pub matrix: ConfusionMatrix,
    /// `tp / (tp + fp)`; `None` when nothing is called positive.
    pub precision: Option<f64>,
    /// `tp / (tp + fn)`; `None` without positives.
    pub recall: Option<f64>,
    /// `fp / (fp + tn)`; `None` without negatives.
    pub false_positive_rate: Option<f64>,
}

impl Readout {
    /// Reads the sweep at `threshold`.
    ///
    /// ```
    /// use imbalance_lab::{figure::Readout, metrics::Sweep};
    /// let sweep = Sweep { thresholds: vec![0.8, 0.3], tps: vec![2.0, 3.0], fps: vec![1.0, 5.0], n_pos: 3.0, n_neg: 5.0 };
    /// let readout = Readout::at(&sweep, 0.5);
    /// assert_eq!(readout.counts(), "TP 2, FP 1, FN 1, TN 4");
    /// assert_eq!(readout.rates(), "precision 0.667, recall 0.667, false positive rate 0.200");
    /// ```
    pub fn at(sweep: &Sweep, threshold: f64) -> Readout {
        let matrix = sweep.confusion_at(threshold);
        Readout {
            threshold,
            matrix,
            precision: share(matrix.tp, matrix.tp + matrix.fp),
            recall: share(matrix.tp, sweep.n_pos),
            false_positive_rate: share(matrix.fp, sweep.n_neg),
        }
    }

    /// At most `rows` read-outs from the strictest threshold to the most generous: every distinct score when there
    /// are few, evenly spread ones (first and last included) when there are many.
    pub fn sample(sweep: &Sweep, rows: usize) -> Vec<Readout> {
        let n = sweep.thresholds.len();
        let rows = rows.min(n);
        let mut indices: Vec<usize> = (0..rows).map(|row| row * (n - 1) / (rows - 1).max(1)).collect();
        indices.dedup();
        indices.into_iter().map(|index| Readout::at(sweep, sweep.thresholds[index])).collect()
    }

    /// The four counts in one line.
    pub fn counts(&self) -> String {
        let ConfusionMatrix { tp, fp, fn_, tn } = self.matrix;
        format!("TP {}, FP {}, FN {}, TN {}", count(tp), count(fp), count(fn_), count(tn))
    }

    /// The three rates in one line.
    pub fn rates(&self) -> String {
        format!(
            "precision {}, recall {}, false positive rate {}",
            rate(self.precision),
            rate(self.recall),
            rate(self.false_positive_rate)
        )
    }

    /// The threshold as it is written: the shortest decimal, at most six digits.
    pub fn threshold_text(&self) -> String {
        threshold_text(self.threshold)
    }
}

/// A threshold in at most six decimals, without trailing zeros beyond the second.
pub fn threshold_text(threshold: f64) -> String {
    let text = format!("{threshold:.6}");
    let shortest = text.trim_end_matches('0');
    let decimals = shortest.len() - shortest.find('.').map_or(shortest.len(), |dot| dot + 1);
    if decimals >= 2 { shortest.to_string() } else { format!("{threshold:.2}") }
}

/// A count: whole when it is whole.
pub fn count(value: f64) -> String {
    if value.fract() == 0.0 { whole(value) } else { format!("{value:.3}") }
}

/// A number without decimals. One that has none is written as an integer: to find the nearest decimals of what is exact
/// already is the slowest case of writing a float.
pub fn whole(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 { (value as i64).to_string() } else { format!("{value:.0}") }
}

/// The number of an axis: no decimals more than it needs.
pub fn tick_text(value: f64) -> String {
    format!("{value}")
}

/// A rate in three decimals, or "undefined".
pub fn rate(value: Option<f64>) -> String {
    value.map_or_else(|| "undefined".to_string(), |value| format!("{value:.3}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::example;

    #[test]
    fn a_sample_holds_both_ends_and_no_more_rows_than_asked() {
        let sweep = example::sweep(400, 23);
        let sample = Readout::sample(&sweep, 21);
        assert_eq!(sample.len(), 21);
        assert_eq!(sample[0].threshold, sweep.thresholds[0]);
        assert_eq!(sample[20].threshold, sweep.thresholds[sweep.thresholds.len() - 1]);
        assert_eq!(sample[20].matrix.tn, 0.0);
        assert_eq!(Readout::sample(&Sweep::default(), 21), []);
        let one = Sweep { thresholds: vec![0.5], tps: vec![1.0], fps: vec![2.0], n_pos: 1.0, n_neg: 2.0 };
        assert_eq!(Readout::sample(&one, 21).len(), 1);
    }

    #[test]
    fn thresholds_are_written_short_but_never_with_fewer_than_two_decimals() {
        assert_eq!(threshold_text(0.5), "0.50");
        assert_eq!(threshold_text(1.0), "1.00");
        assert_eq!(threshold_text(0.125), "0.125");
        assert_eq!(threshold_text(0.123_456_789), "0.123457");
        assert_eq!(threshold_text(f64::NAN), "NaN");
    }

    #[test]
    fn with_nothing_called_positive_precision_is_undefined() {
        let sweep = Sweep { thresholds: vec![0.4], tps: vec![1.0], fps: vec![2.0], n_pos: 1.0, n_neg: 2.0 };
        assert_eq!(Readout::at(&sweep, 0.5).rates(), "precision undefined, recall 0.000, false positive rate 0.000");
    }
}
