//! All pairs: the squared distance as `|p|^2 - 2 p.q + |q|^2`, rows in index order through one heap per query.
//!
//! In the plane the dot product is the one of a matrix product on a machine with fused multiply-add, where the second
//! product is added without being rounded; the distance of a point to itself is therefore not always 0. This form is
//! only taken for searches that ask for half of the rows or more, so that the fused operation (a slow one in wasm)
//! never counts. Wider rows add up their columns in order: how a matrix product rounds them differs between machines.
//!
//! The fitted rows lie in panels of a few rows, column by column, so that the dot products of a panel are computed side
//! by side. Queries meet them in blocks that stay in the cache; no more than `k` values are held per query.

use super::heap;
use super::sort::simultaneous_sort;
use crate::base::RowsRef;
use crate::base::math::higher;

/// Rows whose dot products are computed side by side.
const LANES: usize = 8;

/// Queries and rows that meet at a time.
const BLOCK: usize = 256;

#[derive(Clone, Debug)]
pub(super) struct Brute {
    width: usize,
    n_samples: usize,
    /// `LANES` rows each: their first columns, their second columns and so on. The last is filled up with zeros.
    panels: Vec<f64>,
    squared_norms: Vec<f64>,
}

impl Brute {
    pub(super) fn new(x: RowsRef) -> Self {
        let (width, n_samples) = (x.width(), x.len());
        let mut panels = vec![0.0; n_samples.div_ceil(LANES) * LANES * width];
        for (i, row) in x.iter().enumerate() {
            let panel = &mut panels[i / LANES * LANES * width..];
            row.iter().enumerate().for_each(|(column, &value)| panel[column * LANES + i % LANES] = value);
        }
        Self { width, n_samples, panels, squared_norms: x.iter().map(squared_norm).collect() }
    }

    /// Fills the rows of `values` (squared distances) and `indices`, `k` per query.
    pub(super) fn query(&self, queries: RowsRef, k: usize, values: &mut [f64], indices: &mut [u32]) {
        // The library spreads a search with few queries over the fitted rows and merges the partial heaps into fresh
        // ones. With one part (one thread) the merge still changes the order of ties.
        let merged = queries.len() <= self.n_samples.min(4 * BLOCK);
        let mut part = (Vec::new(), Vec::new());
        let blocks = values.chunks_mut(BLOCK * k).zip(indices.chunks_mut(BLOCK * k));
        for (block, (values, indices)) in blocks.enumerate() {
            values.fill(f64::MAX);
            indices.fill(0);
            self.collect(queries, block * BLOCK, 1.0, k, values, indices);
            for (values, indices) in values.chunks_exact_mut(k).zip(indices.chunks_exact_mut(k)) {
                if merged {
                    part.0.clear();
                    part.0.extend_from_slice(values);
                    part.1.clear();
                    part.1.extend_from_slice(indices);
                    values.fill(f64::MAX);
                    for (&value, &index) in part.0.iter().zip(&part.1) {
                        heap::push(values, indices, value, index);
                    }
                }
                simultaneous_sort(values, indices);
            }
        }
    }

    /// Fills the rows of `values` with minus the squared distances of the `k` farthest, in ascending order, and
    /// `indices`.
    pub(super) fn query_farthest(&self, queries: RowsRef, k: usize, values: &mut [f64], indices: &mut [u32]) {
        values.fill(f64::MAX);
        let blocks = values.chunks_mut(BLOCK * k).zip(indices.chunks_mut(BLOCK * k));
        for (block, (values, indices)) in blocks.enumerate() {
            self.collect(queries, block * BLOCK, -1.0, k, values, indices);
        }
        values.chunks_exact_mut(k).zip(indices.chunks_exact_mut(k)).for_each(|(v, i)| simultaneous_sort(v, i));
    }

    /// Lets the distances of all fitted rows, each times `sign`, pass through the heaps of the queries from `first` on.
    fn collect(&self, queries: RowsRef, first: usize, sign: f64, k: usize, values: &mut [f64], indices: &mut [u32]) {
        for start in (0..self.n_samples).step_by(BLOCK) {
            let end = (start + BLOCK).min(self.n_samples);
            let heaps = values.chunks_exact_mut(k).zip(indices.chunks_exact_mut(k));
            for (query, (values, indices)) in heaps.enumerate() {
                let p = queries.row(first + query);
                let p_norm = squared_norm(p);
                for panel_start in (start..end).step_by(LANES) {
                    let panel = &self.panels[panel_start * self.width..][..LANES * self.width];
                    let dots = dot_products(p, panel);
                    let norms = &self.squared_norms[panel_start..(panel_start + LANES).min(end)];
                    for (lane, (dot, q_norm)) in dots.iter().zip(norms).enumerate() {
                        let squared = p_norm + -2.0 * dot + q_norm;
                        heap::push(values, indices, sign * higher(squared, 0.0), (panel_start + lane) as u32);
                    }
                }
            }
        }
    }
}

#[inline]
fn dot_products(p: &[f64], panel: &[f64]) -> [f64; LANES] {
    let (columns, _) = panel.as_chunks::<LANES>();
    if let ([p0, p1], [q0, q1]) = (p, columns) {
        return std::array::from_fn(|lane| p1.mul_add(q1[lane], p0 * q0[lane]));
    }
    let mut dots = [0.0; LANES];
    for (value, column) in p.iter().zip(columns) {
        dots.iter_mut().zip(column).for_each(|(dot, q)| *dot += value * q);
    }
    dots
}

fn squared_norm(p: &[f64]) -> f64 {
    p.iter().fold(0.0, |sum, value| sum + value * value)
}
