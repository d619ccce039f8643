//! Fitted machines: support vectors, their coefficients, and what they say about a point.

use super::ResolvedKernel;
use crate::base::{Class, Rows};

/// A fitted [`super::SupportVectorClassifier`], with scikit-learn's signs: of two classes a positive decision is the
/// larger label.
#[derive(Clone, Debug, PartialEq)]
pub struct FittedSvc {
    /// Labels, ascending.
    pub classes: Vec<Class>,
    /// The kernel and its gamma (`_gamma`).
    pub kernel: ResolvedKernel,
    /// Rows of the training set that are support vectors, class by class, ascending within each (`support_`).
    pub support: Vec<u32>,
    /// These rows (`support_vectors_`).
    pub vectors: Rows,
    /// How many of them each class has (`n_support_`).
    pub n_support: Vec<u32>,
    /// One line per class but one (`dual_coef_`): the coefficients against the other classes in order.
    pub dual_coef: Vec<Vec<f64>>,
    /// One per pair of classes (`intercept_`).
    pub intercept: Vec<f64>,
    /// Steps taken per pair of classes (`n_iter_`).
    pub n_iter: Vec<u64>,
    /// Whether the tolerance was reached for all pairs (`fit_status_ == 0`).
    pub converged: bool,
}

impl FittedSvc {
    /// The decision of two classes: above 0 is the larger label. (Of more classes: of the first two.)
    pub fn decision_function(&self, point: &[f64]) -> f64 {
        if self.classes.len() > 2 {
            return self.decision_function_ovo(point).first().copied().unwrap_or(0.0);
        }
        let line = &self.dual_coef[0];
        let terms = line.iter().zip(self.vectors.iter());
        terms.fold(0.0, |sum, (coefficient, vector)| sum + coefficient * self.kernel.of(point, vector))
            + self.intercept[0]
    }

    /// Decisions of the pairs (0, 1), (0, 2), ..., (1, 2), ... of classes; above 0 is the first of the pair, but of
    /// two classes the second.
    pub fn decision_function_ovo(&self, point: &[f64]) -> Vec<f64> {
        if self.classes.len() == 2 {
            return vec![self.decision_function(point)];
        }
        let kernels: Vec<f64> = self.vectors.iter().map(|vector| self.kernel.of(point, vector)).collect();
        let ends: Vec<usize> =
            self.n_support.iter().scan(0, |end, &n| Some(std::mem::replace(end, *end + n as usize))).collect();
        let range = |class: usize| ends[class]..ends[class] + self.n_support[class] as usize;
        let pairs = (0..self.classes.len()).flat_map(|i| (i + 1..self.classes.len()).map(move |j| (i, j)));
        pairs
            .zip(&self.intercept)
            .map(|((i, j), intercept)| {
                let first = range(i).map(|at| self.dual_coef[j - 1][at] * kernels[at]);
                let second = range(j).map(|at| self.dual_coef[i][at] * kernels[at]);
                first.chain(second).fold(0.0, |sum, term| sum + term) + intercept
            })
            .collect()
    }

    /// One value per class of three or more: the duels it wins, and a third of a vote at most by how clearly.
    pub fn decision_function_ovr(&self, point: &[f64]) -> Vec<f64> {
        let n = self.classes.len();
        let (mut votes, mut confidence) = (vec![0.0; n], vec![0.0; n]);
        let pairs = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
        for ((i, j), decision) in pairs.zip(self.decision_function_ovo(point)) {
            let decision = if n == 2 { -decision } else { decision };
            confidence[i] += decision;
            confidence[j] -= decision;
            votes[if decision < 0.0 { j } else { i }] += 1.0;
        }
        votes.iter().zip(confidence).map(|(votes, sum)| votes + sum / (3.0 * (sum.abs() + 1.0))).collect()
    }

    /// The label with most duels won, the smallest of equals.
    pub fn predict(&self, point: &[f64]) -> Class {
        let n = self.classes.len();
        let mut votes = vec![0_u32; n];
        let pairs = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j)));
        for ((i, j), decision) in pairs.zip(self.decision_function_ovo(point)) {
            let first_wins = if n == 2 { decision < 0.0 } else { decision > 0.0 };
            votes[if first_wins { i } else { j }] += 1;
        }
        let most = votes.iter().max().copied().unwrap_or(0);
        let winner = votes.iter().position(|&votes| votes == most).unwrap_or(0);
        self.classes[winner]
    }
}

/// A fitted [`super::OneClassSvm`].
#[derive(Clone, Debug, PartialEq)]
pub struct FittedOneClassSvm {
    /// The kernel and its gamma (`_gamma`).
    pub kernel: ResolvedKernel,
    /// Rows of the training set that are support vectors, ascending (`support_`).
    pub support: Vec<u32>,
    /// These rows (`support_vectors_`).
    pub vectors: Rows,
    /// Their coefficients (`dual_coef_[0]`).
    pub dual_coef: Vec<f64>,
    /// What is subtracted from the score to decide (`offset_`, and `intercept_` with the other sign).
    pub offset: f64,
    /// Steps taken (`n_iter_`).
    pub n_iter: u64,
    /// Whether the tolerance was reached (`fit_status_ == 0`).
    pub converged: bool,
}

impl FittedOneClassSvm {
    /// Above 0 inside the region that holds the class (`decision_function`).
    pub fn decision_function(&self, point: &[f64]) -> f64 {
        let terms = self.dual_coef.iter().zip(self.vectors.iter());
        terms.fold(0.0, |sum, (coefficient, vector)| sum + coefficient * self.kernel.of(point, vector)) - self.offset
    }

    /// The decision before the offset is subtracted (`score_samples`).
    pub fn score_samples(&self, point: &[f64]) -> f64 {
        self.decision_function(point) + self.offset
    }
}
