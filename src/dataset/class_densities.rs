//! The densities of the two classes at a point, and sums of densities whose logarithms are known.

use crate::base::exp_nearly::{self, exp_nearly};
use crate::base::math::{exp, ln};

/// Below this `exp` is zero in double precision.
const UNDERFLOW: f64 = -745.0;

/// A summand this far below the largest, in the exponent, is lost in rounding.
const NEGLIGIBLE: f64 = -40.0;

/// What the shape of the classes gives at a point, before prevalence and noise. This is the costly part of a density,
/// and it stays the same while the imbalance ratio moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClassDensities {
    /// `[ln f0(x), ln f1(x)]`.
    pub(super) logs: [f64; 2],
    /// `[f0(x), f1(x)]`, zero where they underflow.
    pub(super) values: [f64; 2],
}

impl ClassDensities {
    pub(super) fn of_logs(logs: [f64; 2]) -> ClassDensities {
        ClassDensities { logs, values: logs.map(value) }
    }
}

/// `exp(log)`, zero where it underflows.
fn value(log: f64) -> f64 {
    match log {
        _ if log < UNDERFLOW => 0.0,
        _ if log.abs() < exp_nearly::LARGEST => exp_nearly(log),
        _ => exp(log),
    }
}

/// `ln(sum exp(log))` in one pass: the sum is kept relative to the largest so far. No logarithm: minus infinity.
pub(super) fn log_sum_exp(logs: impl Iterator<Item = f64>) -> f64 {
    let (mut top, mut sum) = (f64::NEG_INFINITY, 0.0);
    for log in logs {
        if log <= top {
            sum += if log - top < NEGLIGIBLE { 0.0 } else { exp_nearly(log - top) };
        } else {
            sum = if top - log < NEGLIGIBLE { 1.0 } else { sum * exp_nearly(top - log) + 1.0 };
            top = log;
        }
    }
    top + ln(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_in_one_pass_is_the_sum() {
        for spread in [0.0, 0.3, 5.0, 90.0, 900.0] {
            let logs = (0..40).map(|i| -3.0 - spread * f64::from(i * 29 % 40));
            let top = logs.clone().fold(f64::NEG_INFINITY, f64::max);
            let (exact, quick) = (top + ln(logs.clone().map(|log| exp(log - top)).sum()), log_sum_exp(logs));
            assert!((exact - quick).abs() < 1e-8, "{spread}: {exact} is not {quick}");
        }
        let nothing = std::iter::repeat_n(f64::NEG_INFINITY, 3);
        assert!(!log_sum_exp(nothing).is_finite());
    }
}
