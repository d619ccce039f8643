//! `StandardScaler`: both axes to mean 0 and standard deviation 1.

use serde::{Deserialize, Serialize};

use crate::base::{Point, Rows};

/// `StandardScaler`: subtracts the mean, divides by the standard deviation, each per axis. An axis that is constant up
/// to rounding is only centred; fitted on no rows it leaves points as they are.
///
/// ```
/// use imbalance_lab::split::StandardScaler;
///
/// let scaler = StandardScaler::fit(&[[0.0, 5.0], [2.0, 5.0]]);
/// assert_eq!(scaler.transform([3.0, 6.0]), [2.0, 1.0]);
/// assert_eq!(scaler.inverse_transform([2.0, 1.0]), [3.0, 6.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct StandardScaler {
    /// Mean per axis.
    pub mean: Point,
    /// Variance per axis (divisor n).
    pub var: Point,
    /// Standard deviation per axis, 1 for a constant axis.
    pub scale: Point,
}

impl StandardScaler {
    /// Measures `x`, in scikit-learn's order of additions: down the columns, and the variance corrected for the
    /// rounding of the mean (Chan, Golub and LeVeque 1983).
    pub fn fit(x: &[Point]) -> Self {
        let mut scaler = Self { mean: [0.0; 2], var: [0.0; 2], scale: [1.0; 2] };
        if x.is_empty() {
            return scaler;
        }
        let n = x.len() as f64;
        for axis in 0..2 {
            let column = |f: &dyn Fn(f64) -> f64| x.iter().fold(0.0, |sum, p| sum + f(p[axis]));
            let mean = column(&|v| v) / n;
            let correction = column(&|v| v - mean);
            let squares = column(&|v| (v - mean) * (v - mean));
            let var = (squares - correction * correction / n) / n;
            scaler.mean[axis] = mean;
            scaler.var[axis] = var;
            let rounding = n * mean * f64::EPSILON;
            if var > n * f64::EPSILON * var + rounding * rounding {
                scaler.scale[axis] = var.sqrt();
            }
        }
        scaler
    }

    /// From data space to the scaler's space.
    pub fn transform(&self, point: Point) -> Point {
        [0, 1].map(|axis| (point[axis] - self.mean[axis]) / self.scale[axis])
    }

    /// From the scaler's space to data space.
    pub fn inverse_transform(&self, point: Point) -> Point {
        [0, 1].map(|axis| point[axis] * self.scale[axis] + self.mean[axis])
    }

    /// [`Self::transform`] of many points.
    pub fn transform_all(&self, x: &[Point]) -> Vec<Point> {
        x.iter().map(|&point| self.transform(point)).collect()
    }
}

/// Every column of `x` to mean 0 and standard deviation 1: what [`StandardScaler`] does, for rows of any width.
pub fn standard_scaled(x: &Rows) -> Rows {
    let mut scaled = x.clone();
    for column in 0..x.width() {
        let values: Vec<Point> = x.iter().map(|row| [row[column], 0.0]).collect();
        let scaler = StandardScaler::fit(&values);
        for (row, value) in values.iter().enumerate() {
            scaled.row_mut(row)[column] = scaler.transform(*value)[0];
        }
    }
    scaled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_axis_is_only_centred() {
        let scaler = StandardScaler::fit(&[[0.1, 1.0], [0.1, 2.0], [0.1, 4.0]]);
        assert_eq!(scaler.scale[0], 1.0);
        assert!(scaler.scale[1] > 1.0);
        assert_eq!(StandardScaler::fit(&[]).transform([3.0, 4.0]), [3.0, 4.0]);
    }
}
