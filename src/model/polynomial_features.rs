//! `PolynomialFeatures(degree, include_bias=False)` of two features.

use crate::base::Point;

/// Number of features of each degree from 0, the constant not counted.
const COUNTS: [usize; 4] = [0, 2, 5, 9];

/// How many features a degree of 1 to 3 has; more counts as 3.
pub fn n_polynomial_features(degree: u8) -> usize {
    COUNTS[usize::from(degree.min(3))]
}

/// The features up to degree 3 in scikit-learn's order: x, y, x2, xy, y2, x3, x2y, xy2, y3. Lower degrees are its
/// beginning.
///
/// ```
/// use imbalance_lab::model::polynomial_features;
///
/// assert_eq!(polynomial_features([2.0, 3.0]), [2.0, 3.0, 4.0, 6.0, 9.0, 8.0, 12.0, 18.0, 27.0]);
/// ```
#[inline]
pub fn polynomial_features([x, y]: Point) -> [f64; 9] {
    let [xx, xy, yy] = [x * x, x * y, y * y];
    [x, y, xx, xy, yy, xx * x, xx * y, x * yy, yy * y]
}
