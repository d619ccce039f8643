//! Impurity: how mixed a node is, and the running sums that give it on both sides of a threshold.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::samples::Samples;
use crate::base::math::ln;

/// What a split makes small.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Criterion {
    /// `1 - sum p^2`.
    #[default]
    Gini,
    /// `-sum p log2 p` (scikit-learn also calls it "log_loss").
    Entropy,
}

impl Criterion {
    /// The impurity of a node whose classes weigh `weights`, in sum `total`.
    #[inline]
    fn impurity(self, weights: &[f64], total: f64) -> f64 {
        match self {
            Self::Gini => {
                let mut squares = 0.0;
                for weight in weights {
                    squares += weight * weight;
                }
                1.0 - squares / (total * total)
            }
            Self::Entropy => weights.iter().filter(|&&weight| weight > 0.0).fold(0.0, |entropy, weight| {
                let p = weight / total;
                entropy - p * (ln(p) / std::f64::consts::LN_2)
            }),
        }
    }
}

/// One number per class: an array where their number is known when this is compiled, which makes the search much
/// faster, or else a vector.
pub(super) trait PerClass: AsRef<[f64]> + AsMut<[f64]> + Clone {}

impl PerClass for [f64; 2] {}
impl PerClass for Vec<f64> {}

/// The weights of the classes in a node, and on both sides of a position in it.
#[derive(Clone, Debug)]
pub(super) struct ClassSums<C> {
    criterion: Criterion,
    node: Range<usize>,
    position: usize,
    total: C,
    pub(super) weight: f64,
    left: C,
    left_weight: f64,
    right: C,
    right_weight: f64,
}

impl<C: PerClass> ClassSums<C> {
    /// `zeros`: one per class.
    pub(super) fn new(criterion: Criterion, zeros: C) -> Self {
        Self {
            criterion,
            node: 0..0,
            position: 0,
            total: zeros.clone(),
            weight: 0.0,
            left: zeros.clone(),
            left_weight: 0.0,
            right: zeros,
            right_weight: 0.0,
        }
    }

    /// Turns to the samples of a node.
    pub(super) fn enter(&mut self, node: Range<usize>, samples: &impl Samples) {
        let total = self.total.as_mut();
        total.fill(0.0);
        self.weight = 0.0;
        for position in node.clone() {
            let (class, weight) = samples.class_and_weight(position);
            total[class] += weight;
            self.weight += weight;
        }
        self.node = node;
        self.reset();
    }

    /// Everything lies on the right.
    pub(super) fn reset(&mut self) {
        self.position = self.node.start;
        self.left.as_mut().fill(0.0);
        self.left_weight = 0.0;
        self.right.as_mut().copy_from_slice(self.total.as_ref());
        self.right_weight = self.weight;
    }

    /// Moves the samples before `position` to the left: by adding those in between, or, where that is shorter, by
    /// taking those behind it from the total.
    #[inline]
    pub(super) fn update(&mut self, position: usize, samples: &impl Samples) {
        let (total, left, right) = (self.total.as_ref(), self.left.as_mut(), self.right.as_mut());
        if position - self.position <= self.node.end - position {
            for p in self.position..position {
                let (class, weight) = samples.class_and_weight(p);
                left[class] += weight;
                self.left_weight += weight;
            }
        } else {
            left.copy_from_slice(total);
            self.left_weight = self.weight;
            for p in (position..self.node.end).rev() {
                let (class, weight) = samples.class_and_weight(p);
                left[class] -= weight;
                self.left_weight -= weight;
            }
        }
        self.right_weight = self.weight - self.left_weight;
        for class in 0..total.len() {
            right[class] = total[class] - left[class];
        }
        self.position = position;
    }

    /// The node's weight of every class.
    pub(super) fn total(&self) -> &[f64] {
        self.total.as_ref()
    }

    pub(super) fn node_impurity(&self) -> f64 {
        self.criterion.impurity(self.total.as_ref(), self.weight)
    }

    /// Left and right.
    #[inline]
    pub(super) fn children_impurity(&self) -> (f64, f64) {
        (
            self.criterion.impurity(self.left.as_ref(), self.left_weight),
            self.criterion.impurity(self.right.as_ref(), self.right_weight),
        )
    }

    /// What grows with the improvement and is quicker to compute.
    #[inline]
    pub(super) fn proxy_improvement(&self) -> f64 {
        let (left, right) = self.children_impurity();
        -self.right_weight * right - self.left_weight * left
    }

    /// By how much a split makes the node purer, as a share of a tree of this total weight.
    pub(super) fn improvement(&self, impurity: f64, left: f64, right: f64, total_weight: f64) -> f64 {
        let purer = impurity - (self.right_weight / self.weight * right) - (self.left_weight / self.weight * left);
        self.weight / total_weight * purer
    }
}
