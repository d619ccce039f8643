//! Every row with its squared distance to the nearest seed so far, and what further seeds would change.

use super::box_tree::{BoxTree, ROOT};
use super::plus_plus::{dot_alone, in_pair, product_sum};
use super::{fused_dot, slack, squared_distance, squared_norm};
use crate::base::Rows;
use crate::base::math::higher;

/// Sums of squared distances nearer to each other than this, relative to the sum, are compared as the library adds
/// them: a sum of a hundred thousand positive numbers is exact to about this much in any order.
const SAME_SUM: f64 = 1e-12;

pub(super) struct SeedField<'a> {
    x: &'a Rows,
    tree: &'a BoxTree,
    /// Of the rows in the tree's order.
    squared_norms: Vec<f64>,
    largest_norm: f64,
    /// Of the rows in the tree's order, where boxes are searched, and in their own, in which they are added up.
    closest: Vec<f64>,
    by_row: Vec<f64>,
    /// The largest of `closest` under each node.
    farthest: Vec<f64>,
    /// Rows whose distance the seed at hand made shorter.
    changed: Vec<u32>,
}

/// A row that may become a seed, with what is needed to measure from it.
struct From<'a> {
    row: &'a [f64],
    squared_norm: f64,
    slack: f64,
}

impl<'a> SeedField<'a> {
    /// The distances from the first seed.
    pub(super) fn new(x: &'a Rows, tree: &'a BoxTree, seed: u32) -> Self {
        let squared_norms: Vec<f64> = tree.rows().iter().map(squared_norm).collect();
        let largest_norm = squared_norms.iter().copied().fold(0.0, f64::max).sqrt();
        let (row, from_norm) = (x.row(seed as usize), squared_norm(x.row(seed as usize)));
        let rows = tree.rows().iter().zip(&squared_norms);
        let squared = rows.map(|(other, norm)| higher(-2.0 * dot_alone(row, other) + from_norm + norm, 0.0));
        let closest: Vec<f64> = squared.collect();
        let mut by_row = vec![0.0; x.len()];
        closest.iter().zip(tree.order()).for_each(|(closest, &row)| by_row[row as usize] = *closest);
        let farthest = vec![0.0; tree.n_nodes()];
        let mut field = Self { x, tree, squared_norms, largest_norm, closest, by_row, farthest, changed: vec![] };
        // children come after their parents
        (0..tree.n_nodes()).rev().for_each(|node| field.measure(node));
        field
    }

    /// Finds the largest distance under a node whose children are measured.
    fn measure(&mut self, node: usize) {
        self.farthest[node] = match self.tree.children(node) {
            Some([left, right]) => higher(self.farthest[left], self.farthest[right]),
            None => self.closest[self.tree.range(node)].iter().copied().fold(0.0, higher),
        };
    }

    /// The squared distance of each row.
    pub(super) fn by_row(&self) -> &[f64] {
        &self.by_row
    }

    fn from(&self, seed: u32) -> From<'a> {
        let row = self.x.row(seed as usize);
        let squared_norm = squared_norm(row);
        From { row, squared_norm, slack: slack(self.x.width(), squared_norm.sqrt() + self.largest_norm) }
    }

    fn is_out_of_reach(&self, node: usize, from: &From) -> bool {
        self.tree.squared_distance(node, from.row) > self.farthest[node] + from.slack
    }

    /// By how much the sum of `closest` would fall, by plain distances, and for how many rows that was looked at.
    fn gain_under(&self, node: usize, from: &From) -> (f64, usize) {
        if self.is_out_of_reach(node, from) {
            return (0.0, 0);
        }
        match self.tree.children(node) {
            Some([left, right]) => {
                let (left, right) = (self.gain_under(left, from), self.gain_under(right, from));
                (left.0 + right.0, left.1 + right.1)
            }
            None => {
                let range = self.tree.range(node);
                let rows = range.clone().map(|at| self.tree.rows().row(at)).zip(&self.closest[range.clone()]);
                let gain = |(row, closest): (&[f64], &f64)| higher(closest - squared_distance(row, from.row), 0.0);
                (rows.map(gain).sum(), range.len())
            }
        }
    }

    /// `|c|^2 - 2 x.c + |x|^2`, not below 0; `None` when it is plainly not below the distance so far.
    #[inline]
    fn lower(&self, at: usize, from: &From) -> Option<f64> {
        let (row, closest) = (self.tree.rows().row(at), self.closest[at]);
        if squared_distance(row, from.row) > closest + from.slack {
            return None;
        }
        let squared = higher(-2.0 * fused_dot(from.row, row) + from.squared_norm + self.squared_norms[at], 0.0);
        (squared < closest).then_some(squared)
    }

    /// The rows whose distance would become shorter, with that distance.
    fn shorter_under(&self, node: usize, from: &From, shorter: &mut Vec<(usize, f64)>) {
        if self.is_out_of_reach(node, from) {
            return;
        }
        match self.tree.children(node) {
            Some(children) => children.into_iter().for_each(|child| self.shorter_under(child, from, shorter)),
            None => {
                let row = |at: usize| self.tree.order()[at] as usize;
                shorter.extend(self.tree.range(node).filter_map(|at| Some((row(at), self.lower(at, from)?))));
            }
        }
    }

    /// Adds a seed. Which rows it is the nearest to.
    pub(super) fn add(&mut self, seed: u32) -> Vec<u32> {
        let from = self.from(seed);
        self.add_under(ROOT, &from);
        std::mem::take(&mut self.changed)
    }

    fn add_under(&mut self, node: usize, from: &From) {
        if self.is_out_of_reach(node, from) {
            return;
        }
        match self.tree.children(node) {
            Some(children) => children.into_iter().for_each(|child| self.add_under(child, from)),
            None => {
                for at in self.tree.range(node) {
                    if let Some(squared) = self.lower(at, from) {
                        let row = self.tree.order()[at];
                        self.closest[at] = squared;
                        self.by_row[row as usize] = squared;
                        self.changed.push(row);
                    }
                }
            }
        }
        self.measure(node);
    }

    /// Which of `candidates` would leave the smallest sum; of equal ones the first.
    ///
    /// Two rows that are nearest to each other and would change nobody else's distance lower the sum by the same:
    /// `a + (b - d)` and `(a - d) + b`. That happens all the time, and then the rounding of the sums decides, so these
    /// are added up in the library's order. Until then plain distances do, each of them right up to the slack.
    pub(super) fn best(&mut self, candidates: &[u32], potential: f64) -> usize {
        let bounds = candidates.iter().map(|&candidate| {
            let from = self.from(candidate);
            let (gain, n_rows) = self.gain_under(ROOT, &from);
            let (left, doubt) = (potential - gain, SAME_SUM * potential + n_rows as f64 * from.slack);
            (left - doubt, left + doubt)
        });
        let bounds: Vec<(f64, f64)> = bounds.collect();
        let least = bounds.iter().map(|(_, high)| *high).fold(f64::INFINITY, f64::min);
        let tied: Vec<usize> = (0..candidates.len()).filter(|&at| bounds[at].0 <= least).collect();
        let first = tied.first().copied().unwrap_or(0);
        if tied.iter().all(|&at| candidates[at] == candidates[first]) {
            return first;
        }
        let mut best = (f64::INFINITY, first);
        let mut shorter = Vec::new();
        for at in tied {
            shorter.clear();
            self.shorter_under(ROOT, &self.from(candidates[at]), &mut shorter);
            let mut exchange = |field: &mut Self| {
                shorter.iter_mut().for_each(|(row, distance)| std::mem::swap(&mut field.by_row[*row], distance));
            };
            exchange(self);
            let sum = product_sum(&self.by_row, in_pair(at, candidates.len()));
            exchange(self);
            if sum < best.0 {
                best = (sum, at);
            }
        }
        best.1
    }
}
