//! Impurity: how mixed a node is, and the running sums that give it on both sides of a threshold.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::samples::Samples;
use crate::base::math::ln;

/// How far a proxy may be off, relative to the weight of its node: some ten roundings for two classes, and a good
/// reserve.
const PROXY_ROUNDING: f64 = 1e-12;

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
            Self::Entropy => entropy(weights, total),
        }
    }
}

/// Apart, so that the other criterion stays small enough to be compiled into the search.
#[inline(never)]
fn entropy(weights: &[f64], total: f64) -> f64 {
    weights.iter().filter(|&&weight| weight > 0.0).fold(0.0, |entropy, weight| {
        let p = weight / total;
        entropy - p * (ln(p) / std::f64::consts::LN_2)
    })
}

/// One number per class: an array where their number is known when this is compiled, which makes the search much
/// faster, or else a vector.
pub(super) trait PerClass: AsRef<[f64]> + AsMut<[f64]> + Clone {
    /// Adds whole weights, each to that of its class.
    fn add_whole(&mut self, samples: impl Iterator<Item = (usize, u32)>);

    /// The corners of the box between these weights and larger ones; nothing where they would be too many.
    fn corners(&self, upper: &Self) -> Option<[Self; 4]>;
}

impl PerClass for [f64; 2] {
    fn add_whole(&mut self, samples: impl Iterator<Item = (usize, u32)>) {
        // without branches, and in whole numbers until the end
        let sum = |(all, ones): (u64, u64), (class, weight): (usize, u32)| {
            (all + u64::from(weight), ones + u64::from(weight * class as u32))
        };
        let (all, ones) = samples.fold((0, 0), sum);
        self[0] += (all - ones) as f64;
        self[1] += ones as f64;
    }

    fn corners(&self, &[upper0, upper1]: &Self) -> Option<[Self; 4]> {
        let &[lower0, lower1] = self;
        Some([[lower0, lower1], [upper0, lower1], [lower0, upper1], [upper0, upper1]])
    }
}

impl PerClass for Vec<f64> {
    fn add_whole(&mut self, samples: impl Iterator<Item = (usize, u32)>) {
        samples.for_each(|(class, weight)| self[class] += f64::from(weight));
    }

    fn corners(&self, _upper: &Self) -> Option<[Self; 4]> {
        None
    }
}

/// The weights of the classes in a node, and on both sides of a position in it.
#[derive(Clone, Debug)]
pub(super) struct ClassSums<C> {
    criterion: Criterion,
    node: Range<usize>,
    position: usize,
    total: C,
    pub(super) weight: f64,
    pub(super) left: C,
    left_weight: f64,
    pub(super) right: C,
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

    /// Turns to the samples of a node, whose weights may be known already.
    pub(super) fn enter(&mut self, node: Range<usize>, samples: &impl Samples, known: Option<&C>) {
        let total = self.total.as_mut();
        self.weight = 0.0;
        if let Some(known) = known {
            total.copy_from_slice(known.as_ref());
            total.iter().for_each(|weight| self.weight += weight);
        } else {
            total.fill(0.0);
            for position in node.clone() {
                let (class, weight) = samples.class_and_weight(position);
                total[class] += weight;
                self.weight += weight;
            }
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
    pub(super) fn update<S: Samples>(&mut self, position: usize, samples: &S) {
        if S::ARE_WHOLE {
            let mut left = self.left.clone();
            samples.add_weights(self.position..position, &mut left);
            self.cut(&left);
            self.position = position;
            return;
        }
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

    /// Moves whole weights to the left, so that these are there.
    #[inline]
    pub(super) fn cut<'a>(&'a mut self, left: &C) -> &'a Self {
        self.left.as_mut().copy_from_slice(left.as_ref());
        self.left_weight = 0.0;
        let sides = self.left.as_ref().iter().zip(self.right.as_mut());
        for ((left, right), total) in sides.zip(self.total.as_ref()) {
            self.left_weight += left;
            *right = total - left;
        }
        self.right_weight = self.weight - self.left_weight;
        self
    }

    /// Whether no cut with weights between `lower` and `upper` on its left can have a proxy above `best`.
    ///
    /// What the proxy is short of, the impurities weighted, is concave in the weights on the left; so over a box of
    /// them the proxy is nowhere larger than at the largest of the corners.
    #[inline]
    pub(super) fn is_hopeless(&mut self, lower: &C, upper: &C, best: f64) -> bool {
        let worth_a_look = best - PROXY_ROUNDING * self.weight;
        lower.corners(upper).is_some_and(|corners| {
            // a side without weight has no impurity: such a corner is no split, and that is never above another
            !corners.iter().any(|corner| self.cut(corner).proxy_improvement() >= worth_a_look)
        })
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
