//! The exponential to all but the last digit, in a few multiplications that can run side by side.
//!
//! [`super::math::exp`] is correctly rounded, which costs several times as much. Where a rounding error of the
//! last digit is lost among others this one does. It uses nothing but sums, products and bits, so it is as portable.

/// Adding it rounds to an integer and leaves that integer in the lowest bits.
const ROUNDER: f64 = 6_755_399_441_055_744.0;

/// `ln 2` in two parts, the first of so few bits that its multiples are exact here.
const LN_2: [f64; 2] = [0.693_147_180_369_123_8, 1.908_214_929_270_587_7e-10];

/// Largest argument, of either sign: the power of two stays an ordinary number.
pub(crate) const LARGEST: f64 = 700.0;

/// Bound of the relative error.
#[cfg(test)]
pub(crate) const ERROR: f64 = 1e-15;

/// `exp(x) = 2^n exp(r)` with `|r| <= ln(2) / 2`, for `x` up to [`LARGEST`]. Of what is not a number it is not a number.
#[inline]
pub(crate) fn exp_nearly(x: f64) -> f64 {
    let shifted = x * std::f64::consts::LOG2_E + ROUNDER;
    let n = shifted - ROUNDER;
    let r = (x - n * LN_2[0]) - n * LN_2[1];
    // Taylor's series up to the 13th power, in pairs so that the additions do not wait for one another
    let r2 = r * r;
    let r4 = r2 * r2;
    let low = (1.0 + r) + r2 * (1.0 / 2.0 + r * (1.0 / 6.0));
    let middle = (1.0 / 24.0 + r * (1.0 / 120.0)) + r2 * (1.0 / 720.0 + r * (1.0 / 5040.0));
    let high = (1.0 / 40_320.0 + r * (1.0 / 362_880.0)) + r2 * (1.0 / 3_628_800.0 + r * (1.0 / 39_916_800.0));
    let highest = 1.0 / 479_001_600.0 + r * (1.0 / 6_227_020_800.0);
    let series = low + r4 * (middle + r4 * (high + r4 * highest));
    series * f64::from_bits((shifted.to_bits() << 52).wrapping_add(1.0_f64.to_bits()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::math::exp;

    #[test]
    fn the_polynomial_keeps_inside_its_bound() {
        for i in 0..100_000 {
            let x = f64::from(i) * 0.014 - LARGEST + 0.001;
            assert!((exp_nearly(x) / exp(x) - 1.0).abs() < ERROR, "{x}");
        }
        assert_eq!([0.0, -0.0].map(exp_nearly), [1.0, 1.0]);
        assert!(exp_nearly(f64::NAN).is_nan());
    }
}
