//! The Cholesky factor of a small symmetric matrix: `L` lower triangular with `L L' = A`.

/// A lower triangular matrix, row by row, zeros above the diagonal.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cholesky {
    width: usize,
    lower: Vec<f64>,
}

impl Cholesky {
    /// Factors `matrix` (`width` rows of `width` numbers); `None` when it is not positive definite.
    pub(super) fn new(width: usize, matrix: &[f64]) -> Option<Self> {
        let mut lower = vec![0.0; width * width];
        for i in 0..width {
            for j in 0..=i {
                let known = (0..j).fold(0.0, |sum, k| sum + lower[i * width + k] * lower[j * width + k]);
                let rest = matrix[i * width + j] - known;
                lower[i * width + j] = if i > j {
                    rest / lower[j * width + j]
                } else if rest > 0.0 && rest.is_finite() {
                    rest.sqrt()
                } else {
                    return None;
                };
            }
        }
        Some(Self { width, lower })
    }

    pub(super) fn row(&self, i: usize) -> &[f64] {
        &self.lower[i * self.width..(i + 1) * self.width]
    }

    /// The numbers on the diagonal, all positive.
    pub(super) fn diagonal(&self) -> impl Iterator<Item = f64> + '_ {
        (0..self.width).map(|i| self.row(i)[i])
    }

    /// Replaces `b` by the solution `y` of `L y = b`.
    pub(super) fn solve(&self, b: &mut [f64]) {
        for i in 0..self.width {
            let known = (0..i).fold(0.0, |sum, k| sum + self.row(i)[k] * b[k]);
            b[i] = (b[i] - known) / self.row(i)[i];
        }
    }

    /// `L z`.
    pub(super) fn times(&self, z: &[f64]) -> Vec<f64> {
        (0..self.width).map(|i| (0..=i).fold(0.0, |sum, k| sum + self.row(i)[k] * z[k])).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_factor_times_its_transpose_is_the_matrix() {
        let matrix = [4.0, 2.0, -2.0, 2.0, 10.0, 2.0, -2.0, 2.0, 11.0];
        let factor = Cholesky::new(3, &matrix).unwrap();
        assert_eq!(factor.lower, [2.0, 0.0, 0.0, 1.0, 3.0, 0.0, -1.0, 1.0, 3.0]);
        let mut y = factor.times(&[0.5, -1.0, 2.0]);
        factor.solve(&mut y);
        assert_eq!(y, [0.5, -1.0, 2.0]);
    }

    #[test]
    fn a_matrix_without_width_in_some_direction_has_none() {
        assert_eq!(Cholesky::new(2, &[1.0, 1.0, 1.0, 1.0]), None);
        assert_eq!(Cholesky::new(1, &[f64::NAN]), None);
    }
}
