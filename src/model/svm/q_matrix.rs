//! The matrix of the dual problem, `Q_ij = y_i y_j K(x_i, x_j)`, one column at a time and never as a whole.
//!
//! Entries are rounded to single precision, as libsvm stores them: with C = 100 that alone moves decision values by
//! 1e-3, so it belongs to the result. The diagonal stays double.

use std::ops::Range;

use super::cache::ColumnCache;
use super::exp_single::{BLOCK, extend_with_exp};
use super::kernel::{ResolvedKernel, dot};
use crate::base::Rows;
use crate::base::math::exp;

/// The rows in the solver's order, and the columns computed of late.
#[derive(Debug)]
pub struct QMatrix {
    kernel: ResolvedKernel,
    rows: Rows,
    /// Squared norms of the rows.
    squares: Vec<f64>,
    /// +1 or -1.
    signs: Vec<f64>,
    cache: ColumnCache,
    /// Dot products on their way to a column.
    scratch: Vec<f64>,
}

impl QMatrix {
    /// Of these rows and signs, with a cache of `cache_bytes`.
    pub fn new(kernel: ResolvedKernel, rows: Rows, signs: Vec<f64>, cache_bytes: usize) -> Self {
        let squares = rows.iter().map(|row| dot(row, row)).collect();
        let cache = ColumnCache::new(rows.len(), cache_bytes);
        Self { kernel, rows, squares, signs, cache, scratch: Vec::new() }
    }

    /// `K(x_i, x_i)` in full precision; of the radial basis function it may be off 1 by rounding.
    pub fn diagonal(&self) -> Vec<f64> {
        (0..self.rows.len()).map(|i| self.kernel_of(i, i)).collect()
    }

    /// Computes the first `len` entries of column `i`; they stay until two other columns were computed.
    pub fn compute(&mut self, i: usize, len: usize) {
        let Self { kernel, rows, squares, signs, cache, scratch } = self;
        let (row, square, sign) = (rows.row(i), squares[i], signs[i]);
        cache.ensure(i, len, |range, column| {
            for start in range.clone().step_by(BLOCK) {
                let block = start..range.end.min(start + BLOCK);
                products(rows, block.clone(), row, scratch);
                match *kernel {
                    ResolvedKernel::Linear => column.extend(scratch.iter().map(|&product| product as f32)),
                    ResolvedKernel::Rbf { gamma } => {
                        for (value, other) in scratch.iter_mut().zip(&squares[block.clone()]) {
                            *value = -gamma * (square + other - 2.0 * *value);
                        }
                        extend_with_exp(column, scratch);
                    }
                }
                for (entry, other) in column[block.clone()].iter_mut().zip(&signs[block]) {
                    *entry *= (sign * other) as f32;
                }
            }
        });
    }

    /// What was computed of column `i`.
    pub fn column(&self, i: usize) -> &[f32] {
        self.cache.column(i)
    }

    /// Exchanges rows `i` and `j`.
    pub fn swap(&mut self, i: usize, j: usize) {
        self.rows.swap(i, j);
        self.squares.swap(i, j);
        self.signs.swap(i, j);
        self.cache.swap(i, j);
    }

    fn kernel_of(&self, i: usize, j: usize) -> f64 {
        let product = dot(self.rows.row(i), self.rows.row(j));
        match self.kernel {
            ResolvedKernel::Linear => product,
            ResolvedKernel::Rbf { gamma } => exp(-gamma * (self.squares[i] + self.squares[j] - 2.0 * product)),
        }
    }
}

/// Dot products of `row` with a range of `rows`.
fn products(rows: &Rows, range: Range<usize>, row: &[f64], out: &mut Vec<f64>) {
    let width = rows.width();
    let others = rows.values()[range.start * width..range.end * width].chunks_exact(width);
    out.clear();
    // the plane is by far the most frequent case
    if let [a, b] = *row {
        out.extend(others.map(|other| a * other[0] + b * other[1]));
    } else {
        out.extend(others.map(|other| dot(row, other)));
    }
}
