//! The matrix of the dual problem, `Q_ij = y_i y_j K(x_i, x_j)`, one column at a time and never as a whole.
//!
//! Entries are rounded to single precision, as libsvm stores them: with C = 100 that alone moves decision values by
//! 1e-3, so it belongs to the result. The diagonal stays double.

use super::cache::ColumnCache;
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
}

impl QMatrix {
    /// Of these rows and signs, with a cache of `cache_bytes`.
    pub fn new(kernel: ResolvedKernel, rows: Rows, signs: Vec<f64>, cache_bytes: usize) -> Self {
        let squares = rows.iter().map(|row| dot(row, row)).collect();
        let cache = ColumnCache::new(rows.len(), cache_bytes);
        Self { kernel, rows, squares, signs, cache }
    }

    /// `K(x_i, x_i)` in full precision; of the radial basis function it may be off 1 by rounding.
    pub fn diagonal(&self) -> Vec<f64> {
        (0..self.rows.len()).map(|i| self.kernel_of(i, i)).collect()
    }

    /// Computes the first `len` entries of column `i`; they stay until two other columns were computed.
    pub fn compute(&mut self, i: usize, len: usize) {
        let Self { kernel, rows, squares, signs, cache } = self;
        let (row, square, sign) = (rows.row(i), squares[i], signs[i]);
        cache.ensure(i, len, |range, column| {
            let others = range.map(|j| (rows.row(j), squares[j], signs[j]));
            match *kernel {
                ResolvedKernel::Linear => column.extend(others.map(|(x, _, y)| (sign * y * dot(row, x)) as f32)),
                ResolvedKernel::Rbf { gamma } => column.extend(
                    others.map(|(x, x2, y)| (sign * y * exp(-gamma * (square + x2 - 2.0 * dot(row, x)))) as f32),
                ),
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
