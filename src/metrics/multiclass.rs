//! Scores over any number of classes, from one table of counts.

use super::{ConfusionMatrix, Score, Undefined};
use crate::base::Class;

/// How scores per class become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Average {
    /// Every class counts the same.
    Macro,
    /// Every class counts by its true rows.
    Weighted,
    /// Every row counts the same: the counts are added up first.
    Micro,
}

/// Rows = actual, columns = predicted, labels ascending.
#[derive(Clone, Debug, PartialEq)]
pub struct ConfusionTable {
    /// The labels that occur in truth or prediction.
    pub labels: Vec<Class>,
    /// Counts (or weights).
    pub counts: Vec<Vec<f64>>,
}

impl ConfusionTable {
    /// Counts every label that occurs in truth or prediction.
    pub fn new(y_true: &[Class], y_pred: &[Class]) -> Self {
        let mut labels = [y_true, y_pred].concat();
        labels.sort_unstable();
        labels.dedup();
        let mut counts = vec![vec![0.0; labels.len()]; labels.len()];
        for (truth, predicted) in y_true.iter().zip(y_pred) {
            if let (Ok(row), Ok(column)) = (labels.binary_search(truth), labels.binary_search(predicted)) {
                counts[row][column] += 1.0;
            }
        }
        Self { labels, counts }
    }

    /// True rows of each label.
    pub fn support(&self) -> Vec<f64> {
        self.counts.iter().map(|row| row.iter().sum()).collect()
    }

    /// Rows predicted as each label.
    fn predicted(&self) -> Vec<f64> {
        (0..self.labels.len()).map(|column| self.counts.iter().map(|row| row[column]).sum()).collect()
    }

    fn total(&self) -> f64 {
        self.support().iter().sum()
    }

    /// Each label against all others.
    pub fn one_vs_rest(&self) -> Vec<ConfusionMatrix> {
        let total = self.total();
        let sums = self.support().into_iter().zip(self.predicted());
        sums.enumerate()
            .map(|(i, (support, predicted))| {
                let tp = self.counts[i][i];
                let (fp, fn_) = (predicted - tp, support - tp);
                ConfusionMatrix { tp, fp, fn_, tn: total - tp - fp - fn_ }
            })
            .collect()
    }

    /// A score of each label against the others, averaged. Undefined scores count scikit-learn's 0.
    pub fn averaged(&self, average: Average, score: impl Fn(&ConfusionMatrix) -> Score) -> f64 {
        let each = self.one_vs_rest();
        let weights: Vec<f64> = match average {
            Average::Macro => each.iter().map(|_| 1.0).collect(),
            Average::Weighted => self.support(),
            Average::Micro => {
                let all = each.iter().fold(ConfusionMatrix::default(), |a, m| ConfusionMatrix {
                    tp: a.tp + m.tp,
                    fp: a.fp + m.fp,
                    fn_: a.fn_ + m.fn_,
                    tn: a.tn + m.tn,
                });
                return score(&all).value;
            }
        };
        let sum: f64 = each.iter().zip(&weights).map(|(matrix, weight)| score(matrix).value * weight).sum();
        sum / weights.iter().sum::<f64>()
    }

    /// Geometric mean of the recalls of all labels.
    pub fn geometric_mean_score(&self) -> f64 {
        let product: f64 = self.one_vs_rest().iter().map(|m| m.recall_score().value).product();
        crate::base::math::pow(product, 1.0 / self.labels.len() as f64)
    }

    /// Root of averaged recall times averaged specificity.
    pub fn geometric_mean_averaged(&self, average: Average) -> f64 {
        let recall = self.averaged(average, ConfusionMatrix::recall_score);
        (recall * self.averaged(average, ConfusionMatrix::specificity_score)).sqrt()
    }

    /// Index balanced accuracy (Garcia, Mollineda and Sanchez 2012) of the averaged geometric mean:
    /// `(1 + alpha * (recall - specificity)) * mean^2`.
    pub fn index_balanced_accuracy(&self, alpha: f64, average: Average) -> f64 {
        let dominance = self.averaged(average, ConfusionMatrix::recall_score)
            - self.averaged(average, ConfusionMatrix::specificity_score);
        let mean = self.geometric_mean_averaged(average);
        (1.0 + alpha * dominance) * (mean * mean)
    }

    /// Mean recall over the labels that truly occur.
    pub fn balanced_accuracy_score(&self) -> f64 {
        let recalls: Vec<f64> = self.one_vs_rest().iter().filter_map(|m| m.recall_score().get()).collect();
        crate::base::math::mean(&recalls)
    }

    /// Correlation between truth and prediction (Gorodkin 2004).
    pub fn matthews_corrcoef(&self) -> Score {
        let (truth, predicted, total) = (self.support(), self.predicted(), self.total());
        let dot = |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(a, b)| a * b).sum() };
        let correct: f64 = (0..self.labels.len()).map(|i| self.counts[i][i]).sum();
        let product = (total * total - dot(&predicted, &predicted)) * (total * total - dot(&truth, &truth));
        if product == 0.0 {
            return Score::undefined(0.0, Undefined::Constant);
        }
        Score::defined((correct * total - dot(&truth, &predicted)) / product.sqrt())
    }

    /// Agreement beyond chance; a disagreement between the labels number i and j costs `cost(i, j)`.
    pub fn cohen_kappa_score(&self, cost: impl Fn(usize, usize) -> f64) -> Score {
        let (truth, predicted, total) = (self.support(), self.predicted(), self.total());
        let (mut observed, mut expected) = (0.0, 0.0);
        for (i, row) in self.counts.iter().enumerate() {
            for (j, count) in row.iter().enumerate() {
                observed += cost(i, j) * count;
                expected += cost(i, j) * (truth[i] * predicted[j] / total);
            }
        }
        if expected > 0.0 {
            Score::defined(1.0 - observed / expected)
        } else {
            Score::undefined(f64::NAN, Undefined::Constant)
        }
    }
}
