//! Which split a node gets.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::criterion::{ClassSums, PerClass};
use super::grow::EPSILON;
use super::parameters::Limits;
use super::samples::Samples;
use crate::random::OurRandR;

/// Values that are not further apart than this are one.
const FEATURE_THRESHOLD: f32 = 1e-7;

/// Where a feature may be cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Splitter {
    /// Half-way between any two neighbouring values.
    #[default]
    Best,
    /// At one threshold, drawn between the least and the largest value.
    Random,
}

/// Samples whose cuts are tried or passed over together: to rule out a stretch costs as much as four cuts.
const STRETCH: usize = 32;

/// A split that was made.
#[derive(Clone, Debug)]
pub(super) struct Split<C> {
    pub(super) feature: usize,
    pub(super) threshold: f64,
    /// Where the right child begins.
    pub(super) position: usize,
    pub(super) left_impurity: f64,
    pub(super) right_impurity: f64,
    pub(super) improvement: f64,
    /// Of the classes, left and right.
    pub(super) weights: [C; 2],
}

/// A candidate: feature, threshold, position.
type Cut = (usize, f64, usize);

/// What the search keeps from node to node.
#[derive(Debug)]
pub(super) struct Search {
    splitter: Splitter,
    max_features: usize,
    min_samples_leaf: usize,
    total_weight: f64,
    random: OurRandR,
    /// A permutation; the draws of earlier nodes are still in it.
    features: Vec<usize>,
    /// Features found constant in the node or above it, in the order of discovery.
    constant: Vec<usize>,
}

impl Search {
    pub(super) fn new(
        splitter: Splitter,
        limits: &Limits,
        total_weight: f64,
        n_features: usize,
        random: OurRandR,
    ) -> Self {
        Self {
            splitter,
            max_features: limits.max_features,
            min_samples_leaf: limits.min_samples_leaf,
            total_weight,
            random,
            features: (0..n_features).collect(),
            constant: vec![0; n_features],
        }
    }

    /// Splits a node that `sums` has entered. `n_constant` features are known to be constant in it; afterwards it says
    /// how many are. `None`: there is no way to split it.
    pub(super) fn split<S: Samples, C: PerClass>(
        &mut self,
        samples: &mut S,
        sums: &mut ClassSums<C>,
        node: &Range<usize>,
        impurity: f64,
        n_constant: &mut usize,
    ) -> Option<Split<C>> {
        let n_known = *n_constant;
        // features[..n_drawn] are known to be constant and were drawn, [..n_known] are known, [..n_known + n_found] are
        // constant, [f_i..] were visited
        let (mut f_i, mut n_visited, mut n_found, mut n_drawn) = (self.features.len(), 0, 0, 0);
        let mut best: Option<(f64, Cut)> = None;
        // at least one feature that is not constant is visited, if there is one
        while f_i > n_known + n_found && (n_visited < self.max_features || n_visited <= n_found + n_drawn) {
            n_visited += 1;
            let mut f_j = n_drawn + self.random.next_value() as usize % (f_i - n_found - n_drawn);
            if f_j < n_known {
                self.features.swap(n_drawn, f_j);
                n_drawn += 1;
                continue;
            }
            f_j += n_found;
            let feature = self.features[f_j];
            let (min, max) = match self.splitter {
                Splitter::Best => {
                    samples.sort_by(feature, node);
                    (samples.value(node.start), samples.value(node.end - 1))
                }
                Splitter::Random => samples.extremes(feature, node),
            };
            if max <= min + FEATURE_THRESHOLD {
                self.features.swap(f_j, n_known + n_found);
                n_found += 1;
                continue;
            }
            f_i -= 1;
            self.features.swap(f_i, f_j);
            sums.reset();
            match self.splitter {
                Splitter::Best if S::ARE_WHOLE => self.scan_whole(feature, samples, sums, node, &mut best),
                Splitter::Best => self.scan(feature, samples, sums, node, &mut best),
                Splitter::Random => {
                    let (min, max) = (f64::from(min), f64::from(max));
                    let drawn = (max - min) * f64::from(self.random.next_value()) / f64::from(i32::MAX) + min;
                    let threshold = if drawn == max { min } else { drawn };
                    let position = samples.part(threshold, node);
                    self.weigh((feature, threshold, position), samples, sums, node, &mut best);
                }
            }
        }
        self.features[..n_known].copy_from_slice(&self.constant[..n_known]);
        let all = n_known + n_found;
        self.constant[n_known..all].copy_from_slice(&self.features[n_known..all]);
        *n_constant = all;

        let (_, (feature, threshold, position)) = best?;
        // sums that hang on the order of the samples are those of the order in which the children will have them
        if S::ARE_WHOLE {
            samples.sort_by(feature, node);
        } else {
            samples.settle(feature, threshold, node);
        }
        sums.reset();
        sums.update(position, samples);
        let (left_impurity, right_impurity) = sums.children_impurity();
        // pure children are leaves, at whose samples nobody looks again
        if S::ARE_WHOLE && left_impurity.max(right_impurity) > EPSILON {
            samples.settle(feature, threshold, node);
        }
        let improvement = sums.improvement(impurity, left_impurity, right_impurity, self.total_weight);
        let weights = [sums.left.clone(), sums.right.clone()];
        Some(Split { feature, threshold, position, left_impurity, right_impurity, improvement, weights })
    }

    /// Tries every gap between two values.
    fn scan<S: Samples, C: PerClass>(
        &self,
        feature: usize,
        samples: &S,
        sums: &mut ClassSums<C>,
        node: &Range<usize>,
        best: &mut Option<(f64, Cut)>,
    ) {
        let mut below = samples.value(node.start);
        for position in node.start + 1..node.end {
            let above = samples.value(position);
            if above > below + FEATURE_THRESHOLD {
                let threshold = f64::from(below) / 2.0 + f64::from(above) / 2.0;
                self.weigh((feature, threshold, position), samples, sums, node, best);
            }
            below = above;
        }
    }

    /// [`Self::scan`] for whole weights, which may be added up in any order: stretches are passed over in which no cut can
    /// be better than the best so far.
    fn scan_whole<S: Samples, C: PerClass>(
        &self,
        feature: usize,
        samples: &S,
        sums: &mut ClassSums<C>,
        node: &Range<usize>,
        best: &mut Option<(f64, Cut)>,
    ) {
        let mut left = sums.left.clone();
        for start in node.clone().step_by(STRETCH) {
            let end = node.end.min(start + STRETCH);
            if let Some((best, _)) = *best {
                let mut beyond = left.clone();
                samples.add_weights(start..end, &mut beyond);
                if sums.is_hopeless(&left, &beyond, best) {
                    left = beyond;
                    continue;
                }
            }
            for position in start + 1..=end.min(node.end - 1) {
                samples.add_weights(position - 1..position, &mut left);
                let (below, above) = (samples.value(position - 1), samples.value(position));
                if above > below + FEATURE_THRESHOLD {
                    let threshold = f64::from(below) / 2.0 + f64::from(above) / 2.0;
                    self.weigh_by((feature, threshold, position), || sums.cut(&left).proxy_improvement(), node, best);
                }
            }
        }
    }

    /// Keeps a cut that is better than the best so far.
    #[inline]
    fn weigh<S: Samples, C: PerClass>(
        &self,
        cut: Cut,
        samples: &S,
        sums: &mut ClassSums<C>,
        node: &Range<usize>,
        best: &mut Option<(f64, Cut)>,
    ) {
        let proxy = || {
            sums.update(cut.2, samples);
            sums.proxy_improvement()
        };
        self.weigh_by(cut, proxy, node, best);
    }

    /// [`Self::weigh`] by a proxy that is asked for only if the cut is allowed.
    #[inline]
    fn weigh_by(&self, cut: Cut, proxy: impl FnOnce() -> f64, node: &Range<usize>, best: &mut Option<(f64, Cut)>) {
        let position = cut.2;
        if position - node.start < self.min_samples_leaf || node.end - position < self.min_samples_leaf {
            return;
        }
        let proxy = proxy();
        if best.is_none_or(|(best, _)| proxy > best) {
            *best = Some((proxy, cut));
        }
    }
}
