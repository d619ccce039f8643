//! A kd-tree over points of the plane (Bentley 1975): every node halves its rows along its wider side.
//!
//! The tree is perfect: node `i` has the children `2i + 1` and `2i + 2`, and the depth follows from the number of rows
//! alone (leaves of 15 to 30 rows). Rows are stored in leaf order beside their index, so that a leaf is one stretch of
//! memory. A query goes depth first into the nearer child and skips boxes farther than the farthest neighbour so far.

use super::heap;
use super::nth_element::nth_element;
use super::sort::simultaneous_sort;
use crate::base::Point;

/// Rows per leaf that scikit-learn aims at.
const LEAF_SIZE: usize = 30;

#[derive(Clone, Copy, Debug)]
struct Row {
    x: Point,
    index: u32,
}

#[derive(Clone, Copy, Debug, Default)]
struct Node {
    start: u32,
    end: u32,
    low: Point,
    high: Point,
}

#[derive(Clone, Debug)]
pub(super) struct KdTree {
    rows: Vec<Row>,
    nodes: Vec<Node>,
}

impl KdTree {
    pub(super) fn new(x: &[Point]) -> Self {
        let rows = x.iter().enumerate().map(|(index, &x)| Row { x, index: index as u32 }).collect();
        let mut levels = 1;
        while x.len().saturating_sub(1) >= LEAF_SIZE << levels {
            levels += 1;
        }
        let mut tree = Self { rows, nodes: vec![Node::default(); (1 << levels) - 1] };
        tree.build(0, 0, x.len());
        tree
    }

    fn build(&mut self, node: usize, start: usize, end: usize) {
        let rows = &mut self.rows[start..end];
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for row in rows.iter() {
            for axis in 0..2 {
                low[axis] = low[axis].min(row.x[axis]);
                high[axis] = high[axis].max(row.x[axis]);
            }
        }
        self.nodes[node] = Node { start: start as u32, end: end as u32, low, high };
        let left = 2 * node + 1;
        if left >= self.nodes.len() {
            return;
        }
        let axis = usize::from(high[1] - low[1] > high[0] - low[0]);
        let half = rows.len() / 2;
        // Equal values are told apart by index: the order is total, as nth_element needs it.
        nth_element(rows, half, |a, b| (a.x[axis], a.index) < (b.x[axis], b.index));
        self.build(left, start, start + half);
        self.build(left + 1, start + half, end);
    }

    /// Fills the rows of `values` (squared distances) and `indices`, `k` per query.
    pub(super) fn query(&self, queries: &[Point], k: usize, values: &mut [f64], indices: &mut [u32]) {
        values.fill(f64::INFINITY);
        for ((p, values), indices) in queries.iter().zip(values.chunks_exact_mut(k)).zip(indices.chunks_exact_mut(k)) {
            let bound = self.nodes[0].squared_distance(p);
            self.descend(0, bound, p, values, indices);
            simultaneous_sort(values, indices);
        }
    }

    fn descend(&self, node: usize, bound: f64, p: &Point, values: &mut [f64], indices: &mut [u32]) {
        if bound > values[0] {
            return;
        }
        let left = 2 * node + 1;
        if left >= self.nodes.len() {
            let Node { start, end, .. } = self.nodes[node];
            for row in &self.rows[start as usize..end as usize] {
                let (d0, d1) = (p[0] - row.x[0], p[1] - row.x[1]);
                heap::push(values, indices, d0 * d0 + d1 * d1, row.index);
            }
            return;
        }
        let bounds = [self.nodes[left].squared_distance(p), self.nodes[left + 1].squared_distance(p)];
        let nearer = usize::from(bounds[1] < bounds[0]);
        self.descend(left + nearer, bounds[nearer], p, values, indices);
        self.descend(left + 1 - nearer, bounds[1 - nearer], p, values, indices);
    }
}

impl Node {
    /// From `p` to the nearest place of the box, squared.
    #[inline]
    fn squared_distance(&self, p: &Point) -> f64 {
        let outside = |axis: usize| (self.low[axis] - p[axis]).max(0.0) + (p[axis] - self.high[axis]).max(0.0);
        let (d0, d1) = (outside(0), outside(1));
        d0 * d0 + d1 * d1
    }
}
