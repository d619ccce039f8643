//! The confusion matrix of a binary decision, and every score that is a function of its four numbers.

use serde::{Deserialize, Serialize};

use super::{Score, Undefined};
use crate::base::Class;

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

impl ConfusionMatrix {
    /// Counts true labels against predicted ones; 1 is positive, anything else negative. With weights each row counts
    /// its weight.
    pub fn new(y_true: &[Class], y_pred: &[Class], weights: Option<&[f64]>) -> Self {
        let mut matrix = Self::default();
        for (row, (&truth, &predicted)) in y_true.iter().zip(y_pred).enumerate() {
            let weight = weights.map_or(1.0, |w| w[row]);
            *match (truth == 1, predicted == 1) {
                (true, true) => &mut matrix.tp,
                (false, true) => &mut matrix.fp,
                (true, false) => &mut matrix.fn_,
                (false, false) => &mut matrix.tn,
            } += weight;
        }
        matrix
    }

    /// All rows.
    pub fn total(&self) -> f64 {
        self.tn + self.fp + (self.fn_ + self.tp)
    }

    /// Share of rows that are right.
    pub fn accuracy_score(&self) -> Score {
        Score::ratio(self.tp + self.tn, self.total(), Undefined::NoRows)
    }

    /// Of what is called positive, the share that is.
    pub fn precision_score(&self) -> Score {
        Score::ratio(self.tp, self.tp + self.fp, Undefined::NothingPredictedPositive)
    }

    /// Of the positives, the share that is found. Also called sensitivity or true positive rate.
    pub fn recall_score(&self) -> Score {
        Score::ratio(self.tp, self.tp + self.fn_, Undefined::NoPositives)
    }

    /// Of the negatives, the share that is left in peace. Also called true negative rate.
    pub fn specificity_score(&self) -> Score {
        Score::ratio(self.tn, self.tn + self.fp, Undefined::NoNegatives)
    }

    /// Harmonic mean of precision and recall.
    pub fn f1_score(&self) -> Score {
        self.fbeta_score(1.0)
    }

    /// Weighted harmonic mean of precision and recall, recall counting `beta` times as much. It is undefined only
    /// when there is nothing positive at all: without predicted positives it is 0, although precision is undefined.
    pub fn fbeta_score(&self, beta: f64) -> Score {
        let square = beta * beta;
        let denominator = square * (self.tp + self.fn_) + (self.tp + self.fp);
        Score::ratio((1.0 + square) * self.tp, denominator, Undefined::NothingPositive)
    }

    /// Mean of the recalls of the two classes. With one class missing scikit-learn prints the recall of the other.
    pub fn balanced_accuracy_score(&self) -> Score {
        match (self.recall_score().get(), self.specificity_score().get()) {
            (Some(recall), Some(specificity)) => Score::defined((specificity + recall) / 2.0),
            (Some(recall), None) => Score::undefined(recall, Undefined::NoNegatives),
            (None, Some(specificity)) => Score::undefined(specificity, Undefined::NoPositives),
            (None, None) => Score::undefined(f64::NAN, Undefined::NoRows),
        }
    }

    /// Balanced accuracy moved and stretched so that chance is 0 and perfection 1.
    pub fn balanced_accuracy_adjusted(&self) -> Score {
        let Score { value, undefined } = self.balanced_accuracy_score();
        let chance = if undefined.is_some() { 1.0 } else { 0.5 };
        Score { value: (value - chance) / (1.0 - chance), undefined }
    }

    /// Geometric mean of the recalls of both classes (imbalanced-learn). A class that neither occurs nor is predicted
    /// is left out of imbalanced-learn's number.
    pub fn geometric_mean_score(&self) -> Score {
        self.geometric_mean_score_corrected(0.0)
    }

    /// [`Self::geometric_mean_score`] with `correction` in the place of a recall of 0.
    pub fn geometric_mean_score_corrected(&self, correction: f64) -> Score {
        let recalls = [
            (self.tp + self.fn_ + self.fp > 0.0, self.recall_score()),
            (self.tn + self.fn_ + self.fp > 0.0, self.specificity_score()),
        ];
        let (mut product, mut n_classes) = (1.0, 0);
        for (_, recall) in recalls.iter().filter(|(present, _)| *present) {
            product *= if recall.value == 0.0 { correction } else { recall.value };
            n_classes += 1;
        }
        let value = match n_classes {
            0 => f64::NAN,
            1 => product,
            _ => f64::sqrt(product),
        };
        Score { value, undefined: recalls[0].1.undefined.or(recalls[1].1.undefined) }
    }

    /// Correlation between truth and prediction (Matthews 1975). 0 in scikit-learn when either is constant.
    pub fn matthews_corrcoef(&self) -> Score {
        let (predicted, positive) = (self.tp + self.fp, self.tp + self.fn_);
        let (unpredicted, negative) = (self.tn + self.fn_, self.tn + self.fp);
        let total = self.total();
        let covariance = (self.tp + self.tn) * total - (unpredicted * negative + predicted * positive);
        let variance_of = |a: f64, b: f64| total * total - (a * a + b * b);
        let product = variance_of(unpredicted, predicted) * variance_of(negative, positive);
        if product == 0.0 || predicted == 0.0 || unpredicted == 0.0 || positive == 0.0 || negative == 0.0 {
            return Score::undefined(0.0, if total == 0.0 { Undefined::NoRows } else { Undefined::Constant });
        }
        Score::defined(covariance / product.sqrt())
    }

    /// Agreement between truth and prediction beyond chance (Cohen 1960). Undefined when both are one and the same
    /// class for every row.
    pub fn cohen_kappa_score(&self) -> Score {
        let total = self.total();
        let expected =
            ((self.tp + self.fp) * (self.tn + self.fp) + (self.tn + self.fn_) * (self.tp + self.fn_)) / total;
        if expected > 0.0 {
            Score::defined(1.0 - (self.fp + self.fn_) / expected)
        } else {
            Score::undefined(f64::NAN, if total == 0.0 { Undefined::NoRows } else { Undefined::Constant })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // FP and FN differ, so that swapping precision and recall cannot go unnoticed
    const MATRIX: ConfusionMatrix = ConfusionMatrix { tp: 9.0, fp: 15.0, fn_: 9.0, tn: 167.0 };

    #[test]
    fn precision_divides_by_the_predicted_and_recall_by_the_true_positives() {
        assert_eq!(MATRIX.precision_score(), Score::defined(0.375));
        assert_eq!(MATRIX.recall_score(), Score::defined(0.5));
        assert_eq!(MATRIX.accuracy_score(), Score::defined(0.88));
    }

    #[test]
    fn nothing_predicted_positive_leaves_precision_undefined_and_f1_zero() {
        let silent = ConfusionMatrix { tp: 0.0, fp: 0.0, fn_: 3.0, tn: 40.0 };
        assert_eq!(silent.precision_score(), Score::undefined(0.0, Undefined::NothingPredictedPositive));
        assert_eq!(silent.f1_score(), Score::defined(0.0));
        assert_eq!(silent.precision_score().or(1.0), 1.0);
    }

    #[test]
    fn an_empty_matrix_has_no_score_at_all() {
        let empty = ConfusionMatrix::default();
        let scores = [
            empty.accuracy_score(),
            empty.precision_score(),
            empty.recall_score(),
            empty.specificity_score(),
            empty.f1_score(),
            empty.balanced_accuracy_score(),
            empty.geometric_mean_score(),
            empty.matthews_corrcoef(),
            empty.cohen_kappa_score(),
        ];
        assert!(scores.iter().all(|score| score.undefined.is_some()), "{scores:?}");
    }

    #[test]
    fn a_missing_class_leaves_the_two_class_means_undefined() {
        let no_positives = ConfusionMatrix { tp: 0.0, fp: 1.0, fn_: 0.0, tn: 3.0 };
        assert_eq!(no_positives.balanced_accuracy_score(), Score::undefined(0.75, Undefined::NoPositives));
        assert_eq!(no_positives.geometric_mean_score(), Score::undefined(0.0, Undefined::NoPositives));
    }
}
