//! All pairs: the squared distance as `|p|^2 - 2 p.q + |q|^2`, rows in index order through one heap.
//!
//! The dot product is the one of a matrix product on a machine with fused multiply-add, where the second product is
//! added without being rounded; the distance of a point to itself is therefore not always 0. This form is only taken
//! for searches that ask for half of the rows or more, so that the fused operation (a slow one in wasm) never counts.

use super::heap;
use super::sort::simultaneous_sort;
use crate::base::Point;

#[derive(Clone, Debug)]
pub(super) struct Brute {
    x: Vec<Point>,
    squared_norms: Vec<f64>,
}

impl Brute {
    pub(super) fn new(x: &[Point]) -> Self {
        Self { x: x.to_vec(), squared_norms: x.iter().map(squared_norm).collect() }
    }

    /// Fills the rows of `values` (squared distances) and `indices`, `k` per query.
    pub(super) fn query(&self, queries: &[Point], k: usize, values: &mut [f64], indices: &mut [u32]) {
        // The library spreads a search with few queries over the fitted rows and merges the partial heaps into a fresh
        // one. With one part the merge still changes the order of ties.
        let merged = queries.len() <= self.x.len();
        let mut part = (vec![0.0; k], vec![0; k]);
        for ((p, values), indices) in queries.iter().zip(values.chunks_exact_mut(k)).zip(indices.chunks_exact_mut(k)) {
            values.fill(f64::MAX);
            indices.fill(0);
            if merged {
                part.0.fill(f64::MAX);
                self.collect(p, &mut part.0, &mut part.1);
                for (&value, &index) in part.0.iter().zip(&part.1) {
                    heap::push(values, indices, value, index);
                }
            } else {
                self.collect(p, values, indices);
            }
            simultaneous_sort(values, indices);
        }
    }

    fn collect(&self, p: &Point, values: &mut [f64], indices: &mut [u32]) {
        let p_norm = squared_norm(p);
        for (index, (q, q_norm)) in self.x.iter().zip(&self.squared_norms).enumerate() {
            let dot = p[1].mul_add(q[1], p[0] * q[0]);
            let squared = p_norm + -2.0 * dot + q_norm;
            heap::push(values, indices, squared.max(0.0), index as u32);
        }
    }
}

fn squared_norm(p: &Point) -> f64 {
    p[0] * p[0] + p[1] * p[1]
}
