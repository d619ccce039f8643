//! A kd-tree (Bentley 1975): every node halves its rows along its widest column.
//!
//! The tree is perfect: node `i` has the children `2i + 1` and `2i + 2`, and the depth follows from the number of rows
//! alone (leaves of 15 to 30 rows). Rows are stored in leaf order, so that a leaf is one stretch of memory. A query
//! goes depth first into the nearer child and skips boxes farther than the farthest neighbour so far.
//!
//! The inner functions know the width `W` when they are compiled: 2 for the plane, 0 for rows of any width.

use super::heap;
use super::nth_element::nth_element;
use super::sort::simultaneous_sort;
use crate::base::math::{higher, lower};
use crate::base::{Point, RowsRef};

/// Rows per leaf that scikit-learn aims at.
const LEAF_SIZE: usize = 30;

#[derive(Clone, Debug)]
pub(super) struct KdTree {
    width: usize,
    /// Rows in leaf order, one after the other.
    x: Vec<f64>,
    /// Which row of the fitted ones each of them is.
    indices: Vec<u32>,
    /// Which stretch of the rows each node holds.
    ranges: Vec<(u32, u32)>,
    /// The box of each node: lowest value of each column, then the highest of each.
    boxes: Vec<f64>,
}

/// A row of the plane and which one it is.
#[derive(Clone, Copy)]
struct Placed {
    at: Point,
    index: u32,
}

impl KdTree {
    pub(super) fn new(x: RowsRef) -> Self {
        if x.width() == 2 {
            // Rows that are moved with their indices are read one after the other at every level; by index they would
            // be read from all over the memory.
            let placed = |(index, row): (usize, &[f64])| Placed { at: [row[0], row[1]], index: index as u32 };
            let mut rows: Vec<Placed> = x.iter().enumerate().map(placed).collect();
            let mut tree = Self::unmeasured(x, Vec::new());
            tree.build_in_place(&mut rows, 0, 0);
            tree.x = rows.iter().flat_map(|row| row.at).collect();
            tree.indices = rows.iter().map(|row| row.index).collect();
            tree
        } else {
            let mut tree = Self::root(x);
            tree.build(x.values(), &mut Vec::with_capacity(x.len()), 0);
            tree.x = tree.indices.iter().flat_map(|&i| x.row(i as usize)).copied().collect();
            tree
        }
    }

    /// A tree of which only the root is known.
    fn root(x: RowsRef) -> Self {
        let mut tree = Self::unmeasured(x, (0..x.len() as u32).collect());
        tree.measure::<0>(x.values(), 0, (0, x.len()));
        tree
    }

    /// A tree of which only the depth is known.
    fn unmeasured(x: RowsRef, indices: Vec<u32>) -> Self {
        let mut levels = 1;
        while x.len().saturating_sub(1) >= LEAF_SIZE << levels {
            levels += 1;
        }
        let nodes = (1 << levels) - 1;
        let boxes = vec![0.0; nodes * 2 * x.width()];
        Self { width: x.width(), x: Vec::new(), indices, ranges: vec![(0, 0); nodes], boxes }
    }

    fn build(&mut self, x: &[f64], keyed: &mut Vec<(f64, u32)>, node: usize) {
        let left = 2 * node + 1;
        if left < self.ranges.len() {
            self.split::<0>(x, keyed, node);
            self.build(x, keyed, left);
            self.build(x, keyed, left + 1);
        }
    }

    /// Builds a node of the plane and all below it from its rows, the first of which is row `start` of the tree.
    fn build_in_place(&mut self, rows: &mut [Placed], node: usize, start: usize) {
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for Placed { at, .. } in rows.iter() {
            for axis in 0..2 {
                low[axis] = lower(low[axis], at[axis]);
                high[axis] = higher(high[axis], at[axis]);
            }
        }
        self.boxes[4 * node..][..4].copy_from_slice(&[low[0], low[1], high[0], high[1]]);
        self.ranges[node] = (start as u32, (start + rows.len()) as u32);
        let left = 2 * node + 1;
        if left < self.ranges.len() {
            let half = rows.len() / 2;
            if high[1] - low[1] > high[0] - low[0] {
                halve::<1>(rows, half);
            } else {
                halve::<0>(rows, half);
            }
            let (before, after) = rows.split_at_mut(half);
            self.build_in_place(before, left, start);
            self.build_in_place(after, left + 1, start + half);
        }
    }

    /// Says which stretch of the rows a node holds, and finds its box.
    fn measure<const W: usize>(&mut self, x: &[f64], node: usize, (start, end): (usize, usize)) {
        let width = if W == 0 { self.width } else { W };
        let (low, high) = self.boxes[node * 2 * width..][..2 * width].split_at_mut(width);
        low.fill(f64::INFINITY);
        high.fill(f64::NEG_INFINITY);
        for &i in &self.indices[start..end] {
            for ((low, high), &value) in low.iter_mut().zip(high.iter_mut()).zip(&x[i as usize * width..][..width]) {
                *low = lower(*low, value);
                *high = higher(*high, value);
            }
        }
        self.ranges[node] = (start as u32, end as u32);
    }

    /// Halves the rows of a node between its children.
    fn split<const W: usize>(&mut self, x: &[f64], keyed: &mut Vec<(f64, u32)>, node: usize) {
        let width = if W == 0 { self.width } else { W };
        let (low, high) = self.boxes[node * 2 * width..][..2 * width].split_at(width);
        let (mut axis, mut widest) = (0, high[0] - low[0]);
        for column in 1..width {
            if high[column] - low[column] > widest {
                (axis, widest) = (column, high[column] - low[column]);
            }
        }
        let (start, end) = (self.ranges[node].0 as usize, self.ranges[node].1 as usize);
        let indices = &mut self.indices[start..end];
        let half = indices.len() / 2;
        keyed.clear();
        keyed.extend(indices.iter().map(|&i| (x[i as usize * width + axis], i)));
        // Equal values are told apart by index: the order is total, as nth_element needs it.
        nth_element(keyed, half, |a, b| a.0 < b.0 || a.0 == b.0 && a.1 < b.1);
        indices.iter_mut().zip(keyed.iter()).for_each(|(index, &(_, i))| *index = i);
        self.measure::<W>(x, 2 * node + 1, (start, start + half));
        self.measure::<W>(x, 2 * node + 2, (start + half, end));
    }

    /// What a tree of `x` answers to one query, building only the nodes that it comes to.
    pub(super) fn query_once(x: RowsRef, p: &[f64], values: &mut [f64], indices: &mut [u32]) {
        let mut tree = Self::root(x);
        values.fill(f64::INFINITY);
        let bound = tree.squared_distance_to::<0>(0, p);
        let mut keyed = Vec::with_capacity(x.len());
        match x.width() {
            2 => tree.descend_building::<2>(x, &mut keyed, 0, bound, p, (values, indices)),
            _ => tree.descend_building::<0>(x, &mut keyed, 0, bound, p, (values, indices)),
        }
        simultaneous_sort(values, indices);
    }

    fn descend_building<const W: usize>(
        &mut self,
        x: RowsRef,
        keyed: &mut Vec<(f64, u32)>,
        node: usize,
        bound: f64,
        p: &[f64],
        (values, indices): (&mut [f64], &mut [u32]),
    ) {
        if bound > values[0] {
            return;
        }
        let left = 2 * node + 1;
        if left >= self.ranges.len() {
            let (start, end) = (self.ranges[node].0 as usize, self.ranges[node].1 as usize);
            for &index in &self.indices[start..end] {
                heap::push(values, indices, squared_distance::<W>(p, x.row(index as usize)), index);
            }
            return;
        }
        self.split::<W>(x.values(), keyed, node);
        let bounds = [self.squared_distance_to::<W>(left, p), self.squared_distance_to::<W>(left + 1, p)];
        let nearer = usize::from(bounds[1] < bounds[0]);
        self.descend_building::<W>(x, keyed, left + nearer, bounds[nearer], p, (values, indices));
        self.descend_building::<W>(x, keyed, left + 1 - nearer, bounds[1 - nearer], p, (values, indices));
    }

    /// Fills the rows of `values` (squared distances) and `indices`, `k` per query.
    pub(super) fn query(&self, queries: RowsRef, k: usize, values: &mut [f64], indices: &mut [u32]) {
        values.fill(f64::INFINITY);
        for ((p, values), indices) in queries.iter().zip(values.chunks_exact_mut(k)).zip(indices.chunks_exact_mut(k)) {
            match self.width {
                2 => self.descend::<2>(0, self.squared_distance_to::<2>(0, p), p, values, indices),
                _ => self.descend::<0>(0, self.squared_distance_to::<0>(0, p), p, values, indices),
            }
            simultaneous_sort(values, indices);
        }
    }

    fn descend<const W: usize>(&self, node: usize, bound: f64, p: &[f64], values: &mut [f64], indices: &mut [u32]) {
        if bound > values[0] {
            return;
        }
        let left = 2 * node + 1;
        if left >= self.ranges.len() {
            let width = if W == 0 { self.width } else { W };
            let (start, end) = (self.ranges[node].0 as usize, self.ranges[node].1 as usize);
            let rows = self.x[start * width..end * width].chunks_exact(width);
            for (row, &index) in rows.zip(&self.indices[start..end]) {
                heap::push(values, indices, squared_distance::<W>(p, row), index);
            }
            return;
        }
        let bounds = [self.squared_distance_to::<W>(left, p), self.squared_distance_to::<W>(left + 1, p)];
        let nearer = usize::from(bounds[1] < bounds[0]);
        self.descend::<W>(left + nearer, bounds[nearer], p, values, indices);
        self.descend::<W>(left + 1 - nearer, bounds[1 - nearer], p, values, indices);
    }

    /// Fills the rows of `values` with minus the squared distances of the `k` farthest, in ascending order, and
    /// `indices`.
    pub(super) fn query_farthest(&self, queries: RowsRef, k: usize, values: &mut [f64], indices: &mut [u32]) {
        values.fill(f64::INFINITY);
        for ((p, values), indices) in queries.iter().zip(values.chunks_exact_mut(k)).zip(indices.chunks_exact_mut(k)) {
            self.descend_far(0, self.squared_distance_across(0, p), p, values, indices);
            simultaneous_sort(values, indices);
        }
    }

    fn descend_far(&self, node: usize, bound: f64, p: &[f64], values: &mut [f64], indices: &mut [u32]) {
        if -bound >= values[0] {
            return;
        }
        let left = 2 * node + 1;
        if left >= self.ranges.len() {
            let (start, end) = (self.ranges[node].0 as usize, self.ranges[node].1 as usize);
            let rows = self.x[start * self.width..end * self.width].chunks_exact(self.width);
            for (row, &index) in rows.zip(&self.indices[start..end]) {
                heap::push(values, indices, -squared_distance::<0>(p, row), index);
            }
            return;
        }
        let bounds = [self.squared_distance_across(left, p), self.squared_distance_across(left + 1, p)];
        let farther = usize::from(bounds[1] > bounds[0]);
        self.descend_far(left + farther, bounds[farther], p, values, indices);
        self.descend_far(left + 1 - farther, bounds[1 - farther], p, values, indices);
    }

    /// From `p` to the farthest place of the box of `node`, squared.
    fn squared_distance_across(&self, node: usize, p: &[f64]) -> f64 {
        let (low, high) = self.boxes[node * 2 * self.width..][..2 * self.width].split_at(self.width);
        let across = |column: usize| higher((p[column] - low[column]).abs(), (p[column] - high[column]).abs());
        (0..self.width).fold(0.0, |sum, column| sum + across(column) * across(column))
    }

    /// From `p` to the nearest place of the box of `node`, squared.
    #[inline]
    fn squared_distance_to<const W: usize>(&self, node: usize, p: &[f64]) -> f64 {
        let width = if W == 0 { self.width } else { W };
        let (low, high) = self.boxes[node * 2 * width..][..2 * width].split_at(width);
        let outside = |column: usize| higher(low[column] - p[column], 0.0) + higher(p[column] - high[column], 0.0);
        (0..width).map(|column| outside(column) * outside(column)).sum()
    }
}

/// Brings the lower half of the rows along an axis to the front. Equal values are told apart by index, as ever.
fn halve<const AXIS: usize>(rows: &mut [Placed], half: usize) {
    // Not `||` and `&&`: those are jumps, and nobody can foresee where they go.
    nth_element(rows, half, |a, b| (a.at[AXIS] < b.at[AXIS]) | ((a.at[AXIS] == b.at[AXIS]) & (a.index < b.index)));
}

/// Column by column, from the first to the last: the order decides the last bit.
#[inline]
fn squared_distance<const W: usize>(p: &[f64], q: &[f64]) -> f64 {
    if W == 2 {
        let (d0, d1) = (p[0] - q[0], p[1] - q[1]);
        d0 * d0 + d1 * d1
    } else {
        p.iter().zip(q).fold(0.0, |sum, (a, b)| sum + (a - b) * (a - b))
    }
}
