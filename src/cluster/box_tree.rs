//! A tree of boxes over rows: every node halves its rows along its widest side (Bentley 1975).
//!
//! It only ever answers "where can something within this distance be?"; the order of its leaves decides nothing, so it
//! may be built and cut as is fastest.

use crate::base::Rows;
use crate::base::math::{higher, lower};

/// Rows under a leaf, of a tree over rows that are to be clustered: to look at so many is about as quick as to choose
/// between two boxes.
pub(super) const ROWS_PER_LEAF: usize = 16;

/// The root.
pub(super) const ROOT: usize = 0;

#[derive(Clone, Debug)]
pub(super) struct BoxTree {
    width: usize,
    leaf_size: usize,
    /// Indices of the rows, leaf by leaf.
    order: Vec<u32>,
    /// The rows in that order, so that a leaf is one stretch of memory.
    rows: Rows,
    nodes: Vec<Node>,
    /// The lower then the upper corner of each node's box.
    corners: Vec<f64>,
}

#[derive(Clone, Copy, Debug)]
struct Node {
    start: u32,
    end: u32,
    /// The right child; the left one follows its parent. 0 in a leaf.
    right: u32,
}

impl BoxTree {
    /// Leaves hold at most `leaf_size` rows, and at least one.
    pub(super) fn new(rows: &Rows, leaf_size: usize) -> Self {
        let order = (0..rows.len() as u32).collect();
        let (width, leaf_size) = (rows.width(), leaf_size.max(1));
        let mut tree = Self { width, leaf_size, order, rows: Rows::new(width), nodes: vec![], corners: vec![] };
        tree.build(rows, 0, rows.len());
        tree.rows = rows.take(&tree.order);
        tree
    }

    fn build(&mut self, rows: &Rows, start: usize, end: usize) {
        let (node, corner) = (self.nodes.len(), self.corners.len());
        self.nodes.push(Node { start: start as u32, end: end as u32, right: 0 });
        self.corners.extend(std::iter::repeat_n(f64::INFINITY, self.width));
        self.corners.extend(std::iter::repeat_n(f64::NEG_INFINITY, self.width));
        let (low, high) = self.corners[corner..].split_at_mut(self.width);
        for &i in &self.order[start..end] {
            for (axis, &value) in rows.row(i as usize).iter().enumerate() {
                low[axis] = lower(low[axis], value);
                high[axis] = higher(high[axis], value);
            }
        }
        let side = |axis: &usize| high[*axis] - low[*axis];
        let widest = (0..self.width).max_by(|a, b| side(a).total_cmp(&side(b)));
        let Some(axis) = widest.filter(|axis| end - start > self.leaf_size && side(axis) > 0.0) else { return };
        let half = (end - start) / 2;
        self.order[start..end]
            .select_nth_unstable_by(half, |&a, &b| rows.row(a as usize)[axis].total_cmp(&rows.row(b as usize)[axis]));
        self.build(rows, start, start + half);
        self.nodes[node].right = self.nodes.len() as u32;
        self.build(rows, start + half, end);
    }

    /// The same tree over rows that have moved: who stands under which node stays, the boxes follow. As long as they
    /// have not moved far it is as good as a new one, for a fraction of the time.
    pub(super) fn follow(&mut self, rows: &Rows) {
        self.rows = rows.take(&self.order);
        // children come after their parents
        for node in (0..self.nodes.len()).rev() {
            let (width, from) = (self.width, 2 * self.width * node);
            let (corners, below) = self.corners[from..].split_at_mut(2 * width);
            let (low, high) = corners.split_at_mut(width);
            low.fill(f64::INFINITY);
            high.fill(f64::NEG_INFINITY);
            let mut cover = |other_low: &[f64], other_high: &[f64]| {
                for axis in 0..width {
                    low[axis] = lower(low[axis], other_low[axis]);
                    high[axis] = higher(high[axis], other_high[axis]);
                }
            };
            match self.nodes[node] {
                Node { right: 0, start, end } => {
                    (start..end).map(|at| self.rows.row(at as usize)).for_each(|row| cover(row, row));
                }
                Node { right, .. } => {
                    for child in [0, right as usize - node - 1] {
                        let (low, high) = below[2 * width * child..2 * width * (child + 1)].split_at(width);
                        cover(low, high);
                    }
                }
            }
        }
    }

    /// Number of nodes; children come after their parents.
    pub(super) fn n_nodes(&self) -> usize {
        self.nodes.len()
    }

    /// The two children, or `None` in a leaf.
    #[inline]
    pub(super) fn children(&self, node: usize) -> Option<[usize; 2]> {
        let right = self.nodes[node].right as usize;
        (right != 0).then_some([node + 1, right])
    }

    /// Where the rows under a node stand in [`Self::order`].
    #[inline]
    pub(super) fn range(&self, node: usize) -> std::ops::Range<usize> {
        self.nodes[node].start as usize..self.nodes[node].end as usize
    }

    /// Indices of the rows, leaf by leaf.
    pub(super) fn order(&self) -> &[u32] {
        &self.order
    }

    /// The rows in the order of [`Self::order`].
    #[inline]
    pub(super) fn rows(&self) -> &Rows {
        &self.rows
    }

    /// The lower and the upper corner of a node's box.
    #[inline]
    pub(super) fn corners(&self, node: usize) -> (&[f64], &[f64]) {
        self.corners[2 * self.width * node..2 * self.width * (node + 1)].split_at(self.width)
    }

    /// From `p` to the nearest place of a node's box, squared.
    #[inline]
    pub(super) fn squared_distance(&self, node: usize, p: &[f64]) -> f64 {
        between(self.corners(node), (p, p))
    }
}

/// From one box to the other, squared; each by its lower and its upper corner.
#[inline]
pub(super) fn between((low, high): (&[f64], &[f64]), (other_low, other_high): (&[f64], &[f64])) -> f64 {
    let side = |low: f64, high: f64, other_low: f64, other_high: f64| {
        let side = higher(higher(low - other_high, other_low - high), 0.0);
        side * side
    };
    if let (&[low0, low1], &[high0, high1], &[other_low0, other_low1], &[other_high0, other_high1]) =
        (low, high, other_low, other_high)
    {
        return side(low0, high0, other_low0, other_high0) + side(low1, high1, other_low1, other_high1);
    }
    let sides = low.iter().zip(high).zip(other_low.iter().zip(other_high));
    sides.fold(0.0, |sum, ((&low, &high), (&other_low, &other_high))| sum + side(low, high, other_low, other_high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_in_one_leaf_and_inside_its_box() {
        let rows = Rows::from_values(3, (0..300).map(|i| f64::from(i * i % 97)).collect());
        let tree = BoxTree::new(&rows, 4);
        let mut seen = vec![0; rows.len()];
        for node in 0..tree.n_nodes() {
            let under = &tree.order()[tree.range(node)];
            assert!(under.iter().all(|&i| tree.squared_distance(node, rows.row(i as usize)) == 0.0));
            if tree.children(node).is_none() {
                under.iter().for_each(|&i| seen[i as usize] += 1);
            }
        }
        assert!(seen.iter().all(|&times| times == 1));
    }

    #[test]
    fn a_tree_that_follows_holds_every_row_in_the_boxes_above_it() {
        let at = |step: i32| Rows::from_values(2, (0..200).map(|i| f64::from(i * (i + step) % 61)).collect());
        let mut tree = BoxTree::new(&at(0), 3);
        let moved = at(5);
        tree.follow(&moved);
        for node in 0..tree.n_nodes() {
            let under = &tree.order()[tree.range(node)];
            let rows = || under.iter().map(|&i| moved.row(i as usize));
            let end = |axis: usize, better: fn(f64, f64) -> f64| rows().map(|row| row[axis]).reduce(better).unwrap();
            let (low, high) = tree.corners(node);
            assert_eq!([low, high].concat(), [end(0, f64::min), end(1, f64::min), end(0, f64::max), end(1, f64::max)]);
        }
        assert_eq!(*tree.rows(), moved.take(tree.order()));
    }

    #[test]
    fn equal_rows_stay_in_one_leaf() {
        let tree = BoxTree::new(&Rows::from_values(2, vec![1.0; 200]), 4);
        assert_eq!((tree.n_nodes(), tree.range(ROOT)), (1, 0..100));
    }
}
