//! Rows that somebody else holds: a view of [`Rows`] or of points, without a copy.

use super::{Point, Rows};

/// A view of a matrix, one row after the other. Whatever takes `impl Into<RowsRef>` takes rows and points alike.
///
/// ```
/// use imbalance_lab::base::{Rows, RowsRef};
///
/// let points = [[1.0, 2.0], [3.0, 4.0]];
/// let rows = Rows::from_points(&points);
/// assert_eq!(RowsRef::from(&points), RowsRef::from(&rows));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RowsRef<'a> {
    width: usize,
    values: &'a [f64],
}

impl<'a> RowsRef<'a> {
    /// Number of rows.
    pub fn len(self) -> usize {
        self.values.len().checked_div(self.width).unwrap_or(0)
    }

    /// Whether there is no row.
    pub fn is_empty(self) -> bool {
        self.values.is_empty()
    }

    /// Numbers per row.
    pub fn width(self) -> usize {
        self.width
    }

    /// Row `i`.
    pub fn row(self, i: usize) -> &'a [f64] {
        &self.values[i * self.width..(i + 1) * self.width]
    }

    /// All rows in order.
    pub fn iter(self) -> impl ExactSizeIterator<Item = &'a [f64]> + Clone {
        self.values.chunks_exact(self.width.max(1))
    }

    /// All numbers, one row after the other.
    pub fn values(self) -> &'a [f64] {
        self.values
    }
}

impl<'a> From<&'a Rows> for RowsRef<'a> {
    fn from(rows: &'a Rows) -> Self {
        Self { width: rows.width(), values: rows.values() }
    }
}

impl<'a> From<&'a [Point]> for RowsRef<'a> {
    fn from(points: &'a [Point]) -> Self {
        Self { width: 2, values: points.as_flattened() }
    }
}

impl<'a> From<&'a Vec<Point>> for RowsRef<'a> {
    fn from(points: &'a Vec<Point>) -> Self {
        points.as_slice().into()
    }
}

impl<'a, const N: usize> From<&'a [Point; N]> for RowsRef<'a> {
    fn from(points: &'a [Point; N]) -> Self {
        points.as_slice().into()
    }
}
