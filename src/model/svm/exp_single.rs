//! The exponential rounded to single precision, many at a time.
//!
//! Kernel columns want `exp(x)` in double precision, correctly rounded, and then rounded again to single. A polynomial
//! that is good to 13 digits settles that second rounding in all but a few cases in a million, several times faster; the
//! rest goes to [`crate::base::math::exp`]. The numbers are the same.

use crate::base::exp_nearly::exp_nearly;
use crate::base::math::exp;

/// Bound of its relative error, with much to spare.
const SLACK: f64 = 1e-13;

/// Largest argument, of either sign, that the quick way is asked for: beyond it the result is 0 or infinite.
const LARGEST: f64 = 200.0;

/// Entries worked on together, small enough for the innermost cache.
pub const BLOCK: usize = 128;

/// Appends `exp(x)` rounded to double and then to single precision, for each of `x`.
pub fn extend_with_exp(out: &mut Vec<f32>, x: &[f64]) {
    let (mut low, mut high) = ([0.0_f32; BLOCK], [0.0_f32; BLOCK]);
    for x in x.chunks(BLOCK) {
        let mut doubtful = false;
        for ((low, high), &x) in low.iter_mut().zip(&mut high).zip(x) {
            // not a number is not equal to itself, so what is out of range is in doubt
            let y = if x.abs() <= LARGEST { exp_nearly(x) } else { f64::NAN };
            *low = (y * (1.0 - SLACK)) as f32;
            *high = (y * (1.0 + SLACK)) as f32;
            doubtful |= *low != *high;
        }
        if !doubtful {
            out.extend_from_slice(&low[..x.len()]);
            continue;
        }
        let settled = low.iter().zip(&high).zip(x);
        out.extend(settled.map(|((&low, &high), &x)| match low == high {
            true => low,
            false if x < -LARGEST => 0.0,
            false => exp(x) as f32,
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::RandomState;

    fn fast(x: &[f64]) -> Vec<f32> {
        let mut out = Vec::new();
        extend_with_exp(&mut out, x);
        out
    }

    #[test]
    fn the_fast_way_gives_the_same_bits() {
        let mut random = RandomState::new(0);
        let spans = [[-1.0, 0.0], [-20.0, 1e-9], [-120.0, -80.0], [-210.0, 90.0]];
        let mut x: Vec<f64> =
            spans.iter().flat_map(|s| (0..20_000).map(|_| random.uniform(s[0], s[1])).collect::<Vec<_>>()).collect();
        // halfway between neighbouring single-precision numbers, where the polynomial cannot tell
        x.extend((0..20_000).map(|i| crate::base::math::ln(0.5 + (f64::from(i) + 0.5) / f64::from(1 << 24))));
        x.extend([
            0.0,
            -0.0,
            1e-300,
            -1e-17,
            80.0,
            81.0,
            199.0,
            201.0,
            -199.0,
            710.0,
            1e9,
            -1e9,
            f64::INFINITY,
            f64::NEG_INFINITY,
        ]);
        for (&x, fast) in x.iter().zip(fast(&x)) {
            assert_eq!((exp(x) as f32).to_bits(), fast.to_bits(), "{x:?}");
        }
        assert!(fast(&[f64::NAN])[0].is_nan());
    }
}
