//! Which of many centres is nearest to each of many rows: the filtering algorithm.
//!
//! The rows stand in a tree of boxes that is built once. On the way down a box keeps only the centres that may be the
//! nearest to one of its rows: with a centre near its middle in hand, it drops every other one that is farther from
//! all of the box. A handful is left at the leaves, however many centres there are. Where there are very many, the
//! large boxes at the top would keep most of them, so boxes of a few centres look theirs up ([`super::around`]). And
//! where none of those that were left before and are left now has moved, the labels stay. As in [`super::assign`], rows
//! for which rounding could decide are decided by the library's own expression.
//!
//! T. Kanungo, D. Mount, N. Netanyahu, C. Piatko, R. Silverman, A. Wu: An efficient k-means clustering algorithm:
//! analysis and implementation. IEEE Transactions on Pattern Analysis and Machine Intelligence 24 (2002) 881-892.

use std::ops::Range;

use super::around::{Around, farthest};
use super::assign::Nearest;
use super::box_tree::{BoxTree, ROOT};
use super::{fused_dot, slack, squared_distance, squared_norm};
use crate::base::Rows;

/// So few centres are not worth a smaller box.
const HANDFUL: usize = 4;

/// Boxes that hold about so many centres, and no larger ones, are where the way down begins.
const BEGIN_WITH: usize = 16;

/// Gives every row of `tree` the label of its nearest centre. `labels` are in the order of the rows as they were given,
/// and so far they are those of the centres `before`, if there were any.
pub(super) fn label_all(tree: &BoxTree, before: Option<&Around>, around: &Around, labels: &mut [u32]) {
    let centers = around.centers();
    let norms_of = |centers: &Rows| centers.iter().map(squared_norm).collect::<Vec<f64>>();
    let squared_norms = norms_of(centers);
    let all_norms =
        squared_norms.iter().copied().chain(before.map(|before| norms_of(before.centers())).unwrap_or_default());
    let slack = slack(centers.width(), reach(tree) + all_norms.fold(0.0, f64::max).sqrt());
    if !slack.is_finite() {
        // distances overflow, and no box rules anything out
        let nearest = Nearest::new(centers);
        for (row, &at) in tree.rows().iter().zip(tree.order()) {
            labels[at as usize] = nearest.label(row, labels[at as usize]);
        }
        return;
    }
    let since = before.and_then(|before| Since::new(before, centers));
    Filter { tree, centers, around, since, squared_norms, slack, left: vec![], places: vec![], middle: vec![], labels }
        .begin(ROOT);
}

/// What the labels so far go by.
struct Since<'a> {
    around: &'a Around,
    has_moved: Vec<bool>,
}

impl<'a> Since<'a> {
    /// `None` where so many have moved that few labels can be known to stay.
    fn new(around: &'a Around, now: &Rows) -> Option<Self> {
        let both = now.iter().zip(around.centers().iter());
        let has_moved: Vec<bool> = both.map(|(now, before)| now != before).collect();
        let most_stood_still = 2 * has_moved.iter().filter(|&&has_moved| has_moved).count() < has_moved.len();
        most_stood_still.then_some(Self { around, has_moved })
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
    centers: &'a Rows,
    around: &'a Around,
    since: Option<Since<'a>>,
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
        let width = self.centers.width();
        &self.places[i * width..(i + 1) * width]
    }

    /// Labels the rows under `node`, which nothing is known of.
    fn begin(&mut self, node: usize) {
        let is_large = self.tree.range(node).len() * self.centers.len() > BEGIN_WITH * self.tree.order().len();
        match self.tree.children(node).filter(|_| is_large) {
            Some(children) => children.into_iter().for_each(|child| self.begin(child)),
            None => {
                self.look_up(node);
                self.descend(node, 0);
            }
        }
    }

    /// Looks up the centres that may be the nearest to a row in the box, now or before: those that are not farther from
    /// all of it than the one nearest to its middle.
    fn look_up(&mut self, node: usize) {
        let corners = self.tree.corners(node);
        self.find_middle(node);
        let near = self.around.nearest(&self.middle) as usize;
        // as in [`Self::filter`], and as much again for the rounding of distances between boxes
        let margin = 4.0 * self.slack;
        self.left.clear();
        self.around.within(corners, farthest(self.centers.row(near), corners) + margin, &mut self.left);
        if let Some(since) = &self.since {
            since.around.within(corners, farthest(since.around.centers().row(near), corners) + margin, &mut self.left);
        }
        // of equal ones the first is chosen
        self.left.sort_unstable();
        self.left.dedup();
        self.places.clear();
        self.places.extend(self.left.iter().flat_map(|&center| self.centers.row(center as usize)));
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
        self.places.truncate(inner * self.centers.width());
    }

    fn find_middle(&mut self, node: usize) {
        let (low, high) = self.tree.corners(node);
        self.middle.clear();
        self.middle.extend(low.iter().zip(high).map(|(low, high)| low / 2.0 + high / 2.0));
    }

    /// Appends those of the centres from `outer` on that may be the nearest to a row in the box, now or before.
    fn filter(&mut self, node: usize, outer: usize) {
        let inner = self.left.len();
        let (low, high) = self.tree.corners(node);
        self.find_middle(node);
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
                    && lead(since.around.centers().row(near), since.around.centers().row(center), low, high) <= margin
            };
            let may_win = lead(self.place(nearest.1), self.place(i), low, high) <= margin;
            if may_win || self.since.as_ref().is_some_and(might_have_won) {
                self.left.push(center as u32);
                let width = self.centers.width();
                self.places.extend_from_within(i * width..(i + 1) * width);
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
            let (x, mut centers, elsewhere) = (rows(700), rows(k), rows(k));
            let (tree, mut labels) = (BoxTree::new(&x, 8), vec![0; x.len()]);
            let mut before = None;
            for round in 0..4 {
                let now = before
                    .as_ref()
                    .map_or_else(|| Around::new(centers.clone()), |b: &Around| b.moved_to(centers.clone()));
                label_all(&tree, before.as_ref(), &now, &mut labels);
                let nearest = Nearest::new(&centers);
                for (row, &label) in x.iter().zip(&labels) {
                    let case = format!("{width} columns, snapped to {snap}, {k} centres, round {round}");
                    assert_eq!(label, nearest.label(row, 0), "{case}");
                }
                before = Some(now);
                // now many, now few of them move
                let moving = (0..k).filter(|center| center % [2, 5, 29][round % 3] == 0);
                moving.for_each(|center| centers.row_mut(center).copy_from_slice(elsewhere.row((center + round) % k)));
            }
        }
    }
}
