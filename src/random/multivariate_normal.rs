//! Normal points with a given covariance.
//!
//! NumPy multiplies standard normals by a root of the covariance that it takes from a singular value decomposition, so
//! the sign of each singular vector decides where a point lands. The signs here are those of LAPACK's reference code
//! (as in OpenBLAS, which NumPy is delivered with): one Householder reflection makes the matrix triangular, one
//! rotation on either side makes it diagonal, and what comes out negative is turned round. Where a covariance has no
//! width in some direction, its singular value is the rounding of whoever computes it, and points agree to its root.

use super::RandomState;
use crate::base::Point;
use crate::base::math::hypot;

/// Below this share of the diagonal LAPACK takes what stands beside it for nothing: `eps^(-1/8) * eps`.
const NEGLIGIBLE: f64 = 1.095_976_230_5e-14;

impl RandomState {
    /// `multivariate_normal(mean, cov, size=n)` in the plane. The covariance is not checked: of a matrix that is none
    /// the singular values are used, as NumPy does with a warning.
    ///
    /// ```
    /// use imbalance_lab::random::RandomState;
    ///
    /// let mut random = RandomState::new(0);
    /// let points = random.multivariate_normal([1.0, -1.0], [[1.0, 0.3], [0.3, 0.5]], 4);
    /// assert!((points[0][0] + 0.8078190157717611).abs() < 1e-12);
    /// assert!((points[0][1] + 1.5818009901047088).abs() < 1e-12);
    /// ```
    pub fn multivariate_normal(&mut self, mean: Point, cov: [[f64; 2]; 2], n: usize) -> Vec<Point> {
        let root = covariance_root(cov);
        let point = |_| {
            let z = [self.standard_normal(), self.standard_normal()];
            [0, 1].map(|axis| z[0] * root[0][axis] + z[1] * root[1][axis] + mean[axis])
        };
        (0..n).map(point).collect()
    }
}

/// `sqrt(s)[:, None] * v` where `u, s, v = svd(cov)`.
fn covariance_root(cov: [[f64; 2]; 2]) -> [[f64; 2]; 2] {
    let [f, g, h] = triangular(cov);
    let singular = if g.abs() <= NEGLIGIBLE * weakest(f, g, h) {
        let axes = [(f, [1.0, 0.0]), (h, [0.0, 1.0])];
        if h.abs() > f.abs() { [axes[1], axes[0]] } else { axes }
    } else {
        rotated(f, g, h)
    };
    // a value that came out negative is made positive by turning its vector round
    singular.map(|(value, vector)| vector.map(|v| value.abs().sqrt() * v * 1f64.copysign(value)))
}

/// The matrix after one reflection: diagonal `f`, `h`, and `g` to the right of `f`.
fn triangular([[a, b], [c, d]]: [[f64; 2]; 2]) -> [f64; 3] {
    if c == 0.0 {
        return [a, b, d];
    }
    let f = -hypot(a, c).copysign(a);
    let (tau, v) = ((f - a) / f, c / (a - f));
    let moved = tau * (b + v * d);
    [f, b - moved, d - moved * v]
}

/// A lower bound of the smallest singular value.
fn weakest(f: f64, g: f64, h: f64) -> f64 {
    let (f, g, h) = (f.abs(), g.abs(), h.abs());
    if f == 0.0 { 0.0 } else { f.min(h * (f / (f + g))) / std::f64::consts::SQRT_2 }
}

/// Singular values with signs, the one of larger size first, and their right vectors, of a triangular matrix whose `g`
/// is not 0 (LAPACK's `dlasv2`). "Left" and "right" are cosine and sine of the two rotations.
fn rotated(f: f64, g: f64, h: f64) -> [(f64, [f64; 2]); 2] {
    let swapped = h.abs() > f.abs();
    let (lead, trail) = if swapped { (h, f) } else { (f, h) };
    let (large, small) = (lead.abs(), trail.abs());
    let (mut left, mut right, values);
    if large < f64::EPSILON / 2.0 * g.abs() {
        values = [g.abs(), large / g.abs() * small];
        (left, right) = ([1.0, trail / g], [lead / g, 1.0]);
    } else {
        let (l, m) = ((large - small) / large, g / lead);
        let t = 2.0 - l;
        let (s, r) = (hypot(t, m), hypot(l, m));
        let a = 0.5 * (s + r);
        values = [large * a, small / a];
        let tangent = (m / (s + t) + m / (r + l)) * (1.0 + a);
        let length = hypot(tangent, 2.0);
        right = [2.0 / length, tangent / length];
        left = [(right[0] + right[1] * m) / a, trail / lead * right[1] / a];
    }
    if swapped {
        (left, right) = ([right[1], right[0]], [left[1], left[0]]);
    }
    let sign = |of: [f64; 3]| of.into_iter().fold(1.0, |sign, v| sign * 1f64.copysign(v));
    let of_large = match swapped {
        _ if g.abs() > large => sign([right[1], left[0], g]),
        true => sign([right[1], left[1], h]),
        false => sign([right[0], left[0], f]),
    };
    let of_small = sign([of_large, f, h]);
    [(values[0] * of_large, right), (values[1] * of_small, [-right[1], right[0]])]
}

#[cfg(test)]
mod tests {
    use super::*;

    // NumPy 2.4: u, s, v = numpy.linalg.svd(cov); numpy.sqrt(s)[:, None] * v
    #[test]
    fn roots_have_lapacks_signs() {
        let cases = [
            ([[2.0, 0.0], [0.0, 1.0]], [[2f64.sqrt(), 0.0], [0.0, 1.0]]),
            ([[1.0, 0.0], [0.0, 2.0]], [[0.0, 2f64.sqrt()], [1.0, 0.0]]),
            (
                [[1.0, 0.3], [0.3, 0.5]],
                [[-0.967122221734072, -0.45297581836505], [-0.254312029263568, 0.542966765075464]],
            ),
            (
                [[0.5, -0.3], [-0.3, 2.0]],
                [[-0.271273715519585, 1.40861112175731], [0.653001203113899, 0.125756541227982]],
            ),
            (
                [[0.5, 0.6], [0.6, 2.0]],
                [[0.492129365010431, 1.40295307252572], [0.507748646570752, -0.178108608131786]],
            ),
            ([[1.0, 1.0], [1.0, 1.0]], [[-1.0, -1.0], [0.0, 0.0]]),
        ];
        for (cov, wanted) in cases {
            let root = covariance_root(cov);
            let close = root.iter().flatten().zip(wanted.iter().flatten()).all(|(a, b)| (a - b).abs() < 1e-14);
            assert!(close, "{cov:?}: {root:?} instead of {wanted:?}");
        }
    }

    #[test]
    fn a_root_gives_its_covariance_back() {
        let mut random = RandomState::new(5);
        for _ in 0..1000 {
            let [a, b, c, d] = [(); 4].map(|()| random.standard_normal());
            let cov = [[a * a + b * b, a * c + b * d], [a * c + b * d, c * c + d * d]];
            let root = covariance_root(cov);
            for i in 0..2 {
                for j in 0..2 {
                    let back = root[0][i] * root[0][j] + root[1][i] * root[1][j];
                    assert!((back - cov[i][j]).abs() < 1e-13, "{cov:?}: {root:?}");
                }
            }
        }
    }
}
