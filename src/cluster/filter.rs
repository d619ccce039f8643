//! Which of many centres is nearest to each of many rows: the filtering algorithm.
//!
//! The rows stand in a tree of boxes that is built once. On the way down a box keeps only the centres that may be the
//! nearest to one of its rows: with a centre near its middle in hand, it drops every other one that is farther from
//! all of the box. A handful is left at the leaves, however many centres there are. And where none of those that were
//! left before and are left now has moved, the labels stay. As in [`super::assign`], rows for which rounding could decide
//! are decided by the library's own expression.
//!
//! T. Kanungo, D. Mount, N. Netanyahu, C. Piatko, R. Silverman, A. Wu: An efficient k-means clustering algorithm:
//! analysis and implementation. IEEE Transactions on Pattern Analysis and Machine Intelligence 24 (2002) 881-892.

use std::ops::Range;

use super::assign::Nearest;
use super::box_tree::{BoxTree, ROOT};
use super::{fused_dot, slack, squared_distance, squared_norm};
use crate::base::Rows;

/// So few centres are not worth a smaller box.
const HANDFUL: usize = 4;

/// Gives every row of `tree` the label of its nearest centre. `labels` are in the order of the rows as they were given,
/// and so far they are those of the centres `before`, if there were any.
pub(super) fn label_all(tree: &BoxTree, before: Option<&Rows>, centers: &Rows, labels: &mut [u32]) {
    let norms_of = |centers: &Rows| centers.iter().map(squared_norm).collect::<Vec<f64>>();
    let squared_norms = norms_of(centers);
    let all_norms = squared_norms.iter().copied().chain(before.map(norms_of).unwrap_or_default());
    let slack = slack(centers.width(), reach(tree) + all_norms.fold(0.0, f64::max).sqrt());
    if !slack.is_finite() {
        // distances overflow, and no box rules anything out
        let nearest = Nearest::new(centers);
        for (row, &at) in tree.rows().iter().zip(tree.order()) {
            labels[at as usize] = nearest.label(row, labels[at as usize]);
        }
        return;
    }
    let since = before.map(|before| Since::new(before, centers)).filter(Since::most_stood_still);
    let left = (0..centers.len() as u32).collect();
    let places = centers.values().to_vec();
    Filter { tree, since, width: centers.width(), squared_norms, slack, left, places, middle: vec![], labels }
        .descend(ROOT, 0);
}

/// What the labels so far go by.
struct Since<'a> {
    centers: &'a Rows,
    has_moved: Vec<bool>,
}

impl<'a> Since<'a> {
    fn new(centers: &'a Rows, now: &Rows) -> Self {
        Self { centers, has_moved: now.iter().zip(centers.iter()).map(|(now, before)| now != before).collect() }
    }

    /// Otherwise few labels can be known to stay.
    fn most_stood_still(&self) -> bool {
        2 * self.has_moved.iter().filter(|&&has_moved| has_moved).count() < self.has_moved.len()
    }
}

/// How far from the origin any place of any box can be.
fn reach(tree: &BoxTree) -> f64 {
    let (low, high) = tree.corners(ROOT);
    let farthest: Vec<f64> = low.iter().zip(high).map(|(low, high)| low.abs().max(high.abs())).collect();
    squared_norm(&farthest).sqrt()
}

struct Filter<'a> {
    tree: &'a BoxTree,
    since: Option<Since<'a>>,
    width: usize,
    squared_norms: Vec<f64>,
    /// Of any row or corner and any centre.
    slack: f64,
    /// Centres left for the box at hand, after those left for the boxes around it.
    left: Vec<u32>,
    /// Where these are, so that what is compared stands together.
    places: Vec<f64>,
    middle: Vec<f64>,
    labels: &'a mut [u32],
}

impl Filter<'_> {
    #[inline]
    fn place(&self, i: usize) -> &[f64] {
        &self.places[i * self.width..(i + 1) * self.width]
    }

    /// Labels the rows under `node`; the box around it has left the centres from `outer` on.
    fn descend(&mut self, node: usize, outer: usize) {
        let inner = self.left.len();
        self.filter(node, outer);
        let left = &self.left[inner..];
        let moved = |since: &Since| left.iter().any(|&center| since.has_moved[center as usize]);
        if self.since.as_ref().is_none_or(moved) {
            match self.tree.children(node) {
                Some(children) if left.len() > HANDFUL => {
                    children.into_iter().for_each(|child| self.descend(child, inner));
                }
                _ => {
                    for at in self.tree.range(node) {
                        let label = self.label(self.tree.rows().row(at), inner);
                        self.labels[self.tree.order()[at] as usize] = label;
                    }
                }
            }
        }
        self.left.truncate(inner);
        self.places.truncate(inner * self.width);
    }

    /// Appends those of the centres from `outer` on that may be the nearest to a row in the box, now or before.
    fn filter(&mut self, node: usize, outer: usize) {
        let inner = self.left.len();
        let (low, high) = self.tree.corners(node);
        self.middle.clear();
        self.middle.extend(low.iter().zip(high).map(|(low, high)| low / 2.0 + high / 2.0));
        let mut nearest = (f64::INFINITY, outer);
        for i in outer..inner {
            let squared = squared_distance(&self.middle, self.place(i));
            if squared < nearest.0 {
                nearest = (squared, i);
            }
        }
        // once for the rounding here, once for that of the distances which are compared in the end
        let margin = 2.0 * self.slack;
        let near = self.left[nearest.1] as usize;
        for i in outer..inner {
            let center = self.left[i] as usize;
            let might_have_won = |since: &Since| {
                (since.has_moved[near] || since.has_moved[center])
                    && lead(since.centers.row(near), since.centers.row(center), low, high) <= margin
            };
            let may_win = lead(self.place(nearest.1), self.place(i), low, high) <= margin;
            if may_win || self.since.as_ref().is_some_and(might_have_won) {
                self.left.push(center as u32);
                self.places.extend_from_within(i * self.width..(i + 1) * self.width);
            }
        }
    }

    /// The label of `x`, among the centres from `inner` on.
    fn label(&self, x: &[f64], inner: usize) -> u32 {
        let left = inner..self.left.len();
        let (mut best, mut first, mut second) = (inner, f64::INFINITY, f64::INFINITY);
        for i in left.clone() {
            let squared = squared_distance(x, self.place(i));
            if squared < first {
                (best, second, first) = (i, first, squared);
            } else if squared < second {
                second = squared;
            }
        }
        if second > first + self.slack { self.left[best] } else { self.decide(x, left, first + self.slack) }
    }

    /// The library's expression over all centres within `bound`; of equal values the first centre.
    fn decide(&self, x: &[f64], left: Range<usize>, bound: f64) -> u32 {
        let mut best = (f64::INFINITY, 0);
        // on the way down the centres stayed in their order
        for i in left {
            let (index, center) = (self.left[i], self.place(i));
            if squared_distance(x, center) <= bound {
                let value = (-2.0f64).mul_add(fused_dot(x, center), self.squared_norms[index as usize]);
                if value < best.0 {
                    best = (value, index);
                }
            }
        }
        best.1
    }
}

/// By how much a box is nearer to `near` than to `other`, in squared distances, where it is so least: the difference is
/// linear, so that this is at the corner in the direction from the one to the other.
#[inline]
fn lead(near: &[f64], other: &[f64], low: &[f64], high: &[f64]) -> f64 {
    let along = |near: f64, other: f64, low: f64, high: f64| {
        let corner = if other > near { high } else { low };
        (other - corner) * (other - corner) - (near - corner) * (near - corner)
    };
    if let (&[near0, near1], &[other0, other1], &[low0, low1], &[high0, high1]) = (near, other, low, high) {
        return along(near0, other0, low0, high0) + along(near1, other1, low1, high1);
    }
    let sides = low.iter().zip(high).map(|(low, high)| (*low, *high));
    near.iter()
        .zip(other)
        .zip(sides)
        .fold(0.0, |lead, ((near, other), (low, high))| lead + along(*near, *other, low, high))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::RandomState;

    #[test]
    fn every_row_gets_the_centre_that_looking_for_it_alone_would_find() {
        let mut random = RandomState::new(5);
        for (width, snap, k) in [(1, 0.5, 30), (2, 0.0, 60), (2, 0.25, 200), (3, 1.0, 40), (5, 0.0, 9), (2, 0.0, 1)] {
            let mut rows = |n: usize| {
                let values = (0..n * width).map(|_| random.normal(0.2, 2.0));
                let snapped = values.map(|x| if snap > 0.0 { (x / snap).round() * snap } else { x });
                Rows::from_values(width, snapped.collect())
            };
            let (x, centers) = (rows(700), rows(k));
            let mut labels = vec![0; x.len()];
            label_all(&BoxTree::new(&x, 8), None, &centers, &mut labels);
            let nearest = Nearest::new(&centers);
            for (row, label) in x.iter().zip(labels) {
                assert_eq!(label, nearest.label(row, 0), "{width} columns, snapped to {snap}, {k} centres");
            }
        }
    }
}
