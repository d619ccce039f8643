//! Portable mathematics: the same bits on a desktop and in a browser, and NumPy's order of summation.
//!
//! `f64::ln` and friends go to whatever library the platform has, and those differ in the last place. The functions
//! here are correctly rounded (crate `pxfm`), which is what the C library behind NumPy is in all but about one call in
//! a thousand; those of the geometry of the plane are right to a unit of the last place (crate `libm`), and smaller.
//! Sums follow NumPy's order of additions, because floating-point addition is not associative.

/// Natural logarithm.
pub fn ln(x: f64) -> f64 {
    pxfm::f_log(x)
}

/// Exponential.
pub fn exp(x: f64) -> f64 {
    pxfm::f_exp(x)
}

/// Sine.
pub fn sin(x: f64) -> f64 {
    pxfm::f_sin(x)
}

/// Cosine.
pub fn cos(x: f64) -> f64 {
    pxfm::f_cos(x)
}

/// `x` to the power `y`.
pub fn pow(x: f64, y: f64) -> f64 {
    pxfm::f_pow(x, y)
}

/// `ln(1 + x)` without cancellation.
pub fn ln_1p(x: f64) -> f64 {
    pxfm::f_log1p(x)
}

/// Angle of the point `(x, y)`, in radians from -pi to pi, to a unit of the last place.
pub fn atan2(y: f64, x: f64) -> f64 {
    libm::atan2(y, x)
}

/// Angle from 0 to pi whose cosine is `x`, in radians, to a unit of the last place; of what is beyond -1 and 1 it is not a
/// number.
pub fn acos(x: f64) -> f64 {
    libm::acos(x)
}

/// Length of the vector `(x, y)`, without overflow, to a unit of the last place.
pub fn hypot(x: f64, y: f64) -> f64 {
    libm::hypot(x, y)
}

/// Complementary error function.
pub fn erfc(x: f64) -> f64 {
    pxfm::f_erfc(x)
}

/// The logistic function `1 / (1 + exp(-x))`, without overflow on either side.
pub fn expit(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + exp(-x))
    } else {
        let e = exp(x);
        e / (1.0 + e)
    }
}

/// The lower of two numbers, `a` where that cannot be said. For loops that run often: `f64::min` asks first whether they
/// are numbers, and in WebAssembly that is a call.
#[inline]
pub fn lower(a: f64, b: f64) -> f64 {
    if b < a { b } else { a }
}

/// The higher of two numbers, `a` where that cannot be said; see [`lower`].
#[inline]
pub fn higher(a: f64, b: f64) -> f64 {
    if b > a { b } else { a }
}

/// `ln(1 + exp(x))`, without overflow and without cancellation.
pub fn softplus(x: f64) -> f64 {
    x.max(0.0) + ln_1p(exp(-x.abs()))
}

/// NumPy's sum of a contiguous array: pairwise above 128 terms, eight accumulators from eight terms on, in order below.
///
/// ```
/// use imbalance_lab::base::math::{sum, sum_in_order};
///
/// let tenths = vec![0.1; 500];
/// assert_eq!(sum(&tenths), 50.0);
/// assert_eq!(sum_in_order(tenths), 50.00000000000044);
/// ```
pub fn sum(values: &[f64]) -> f64 {
    let n = values.len();
    if n < 8 {
        return sum_in_order(values.iter().copied());
    }
    if n <= 128 {
        let mut r = [0.0; 8];
        r.copy_from_slice(&values[..8]);
        let blocks = values[8..].chunks_exact(8);
        let rest = blocks.remainder();
        for block in blocks {
            for (r, value) in r.iter_mut().zip(block) {
                *r += value;
            }
        }
        let total = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
        return rest.iter().fold(total, |total, value| total + value);
    }
    let half = n / 2 / 8 * 8;
    sum(&values[..half]) + sum(&values[half..])
}

/// One addition after the other, from the first: NumPy's `cumsum`, `bincount` and sums down a column.
pub fn sum_in_order(values: impl IntoIterator<Item = f64>) -> f64 {
    values.into_iter().fold(0.0, |total, value| total + value)
}

/// NumPy's mean; of nothing it is not a number.
pub fn mean(values: &[f64]) -> f64 {
    sum(values) / values.len() as f64
}

/// NumPy's `average(values, weights=weights)`.
pub fn average(values: &[f64], weights: &[f64]) -> f64 {
    let products: Vec<f64> = values.iter().zip(weights).map(|(value, weight)| value * weight).collect();
    sum(&products) / sum(weights)
}

/// NumPy's `percentile` with its default method ("linear"), of values in ascending order; `q` in percent. Of nothing
/// it is not a number.
pub fn percentile_of_sorted(sorted: &[f64], q: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let position = last as f64 * (q / 100.0);
    let below = (position.floor().max(0.0) as usize).min(last);
    let above = (below + 1).min(last);
    lerp(sorted[below], sorted[above], position - position.floor())
}

/// NumPy's `percentile` of values in any order.
pub fn percentile(values: &[f64], q: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    percentile_of_sorted(&sorted, q)
}

/// Between `a` and `b`, computed from the nearer end as NumPy does.
fn lerp(a: f64, b: f64, t: f64) -> f64 {
    if t >= 0.5 { b - (b - a) * (1.0 - t) } else { a + (b - a) * t }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_logistic_function_keeps_both_tails() {
        assert_eq!(expit(0.0), 0.5);
        assert_eq!(expit(-800.0), 0.0);
        assert_eq!(expit(800.0), 1.0);
        assert!(expit(-700.0) > 0.0);
        assert_eq!(softplus(1000.0), 1000.0);
        assert!(softplus(-700.0) > 0.0);
        assert_eq!(softplus(0.0), std::f64::consts::LN_2);
    }

    #[test]
    fn short_sums_run_in_order_and_an_empty_one_is_zero() {
        assert_eq!(sum(&[]), 0.0);
        assert_eq!(sum(&[1e16, 1.0, -1e16]), 0.0);
        assert!(mean(&[]).is_nan());
    }

    #[test]
    fn the_median_of_an_even_number_is_halfway() {
        assert_eq!(percentile(&[4.0, 1.0, 3.0, 2.0], 50.0), 2.5);
        assert_eq!(percentile(&[4.0, 1.0, 3.0, 2.0], 100.0), 4.0);
        assert_eq!(percentile(&[7.0], 2.5), 7.0);
        assert!(percentile(&[], 50.0).is_nan());
    }
}
