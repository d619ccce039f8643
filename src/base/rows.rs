//! Rows of numbers, all of one width: what algorithms look at that are not bound to the plane.

use super::Point;

/// A matrix of `f64`, one row after the other.
///
/// ```
/// use imbalance_lab::base::Rows;
///
/// let mut rows = Rows::from_points(&[[1.0, 2.0], [3.0, 4.0]]);
/// rows.push(&[5.0, 6.0]);
/// assert_eq!((rows.len(), rows.width(), rows.row(2)), (3, 2, &[5.0, 6.0][..]));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    width: usize,
    values: Vec<f64>,
}

impl Rows {
    /// No rows of `width` numbers each.
    pub fn new(width: usize) -> Self {
        Self { width, values: Vec::new() }
    }

    /// Points of the plane: rows of width 2.
    pub fn from_points(points: &[Point]) -> Self {
        Self { width: 2, values: points.iter().flatten().copied().collect() }
    }

    /// Points of the plane, each with the columns of `beyond` after its two.
    pub fn joined(points: &[Point], beyond: &Self) -> Self {
        let width = 2 + beyond.width;
        let mut values = Vec::with_capacity(points.len() * width);
        for (row, point) in points.iter().enumerate() {
            values.extend(point);
            values.extend(beyond.row(row));
        }
        Self { width, values }
    }

    /// `values` cut into rows of `width`; numbers left over at the end are dropped.
    pub fn from_values(width: usize, mut values: Vec<f64>) -> Self {
        values.truncate(values.len().checked_div(width).unwrap_or(0) * width);
        Self { width, values }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.values.len().checked_div(self.width).unwrap_or(0)
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Numbers per row.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Row `i`.
    pub fn row(&self, i: usize) -> &[f64] {
        &self.values[i * self.width..(i + 1) * self.width]
    }

    /// Row `i`, to be changed.
    pub fn row_mut(&mut self, i: usize) -> &mut [f64] {
        &mut self.values[i * self.width..(i + 1) * self.width]
    }

    /// Exchanges rows `i` and `j`.
    pub fn swap(&mut self, i: usize, j: usize) {
        (0..self.width).for_each(|column| self.values.swap(i * self.width + column, j * self.width + column));
    }

    /// All rows in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &[f64]> + Clone {
        self.values.chunks_exact(self.width.max(1))
    }

    /// Appends a row; numbers beyond the width are left out, missing ones are 0.
    pub fn push(&mut self, row: &[f64]) {
        self.values.extend((0..self.width).map(|column| row.get(column).copied().unwrap_or(0.0)));
    }

    /// The rows at `positions`, in that order.
    pub fn take(&self, positions: &[u32]) -> Self {
        let values = positions.iter().flat_map(|&i| self.row(i as usize)).copied().collect();
        Self { width: self.width, values }
    }

    /// All numbers, one row after the other.
    pub fn values(&self) -> &[f64] {
        &self.values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_rows_begin_with_the_plane() {
        let beyond = Rows::from_values(1, vec![7.0, 8.0]);
        let rows = Rows::joined(&[[1.0, 2.0], [3.0, 4.0]], &beyond);
        assert_eq!((rows.width(), rows.values()), (3, &[1.0, 2.0, 7.0, 3.0, 4.0, 8.0][..]));
    }

    #[test]
    fn taken_rows_come_in_the_order_asked_for() {
        let rows = Rows::from_values(3, vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]);
        assert_eq!(rows.len(), 2);
        assert_eq!(rows.take(&[1, 0, 1]).values(), [4.0, 5.0, 6.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        let mut swapped = rows.clone();
        swapped.swap(0, 1);
        assert_eq!(swapped, rows.take(&[1, 0]));
    }
}
