//! Binomial draws: how many of `n` tries succeed, each with probability `p`.
//!
//! Up to 30 expected successes (or failures, whichever are fewer) the counts are walked through from 0 until their
//! probabilities have used up one double; above that it is BTPE, a rejection from a triangle over the mode, two
//! parallelograms beside it and two exponential tails. Its cost does not grow with `n`.
//!
//! V. Kachitvichyanukul, B. W. Schmeiser, "Binomial random variate generation", Communications of the ACM 31, 1988.

use super::{RandomError, RandomState};
use crate::base::math::{exp, ln};

/// Most expected successes of a draw by inversion.
const INVERSION_AT_MOST: f64 = 30.0;

impl RandomState {
    /// `binomial(n, p)`. Refuses a probability that is none. Even a draw that is certain takes from the stream.
    ///
    /// ```
    /// use imbalance_lab::random::RandomState;
    ///
    /// let mut random = RandomState::new(42);
    /// let counts: Vec<u32> = (0..5).map(|_| random.binomial(10, 0.3)).collect::<Result<_, _>>()?;
    /// assert_eq!(counts, [2, 5, 4, 3, 2]);
    /// assert_eq!(random.binomial(1000, 0.25), Ok(255));
    /// # Ok::<(), imbalance_lab::random::RandomError>(())
    /// ```
    pub fn binomial(&mut self, n: u32, p: f64) -> Result<u32, RandomError> {
        if !(0.0..=1.0).contains(&p) {
            return Err(RandomError::NoProbability);
        }
        // the rarer outcome is counted
        let rare = if p <= 0.5 { p } else { 1.0 - p };
        let count = if rare * f64::from(n) <= INVERSION_AT_MOST {
            self.binomial_by_inversion(n, rare)
        } else {
            self.binomial_by_btpe(n, rare)
        };
        Ok(if p <= 0.5 { count } else { n - count })
    }

    fn binomial_by_inversion(&mut self, n: u32, p: f64) -> u32 {
        let (q, tries) = (1.0 - p, f64::from(n));
        let of_none = exp(tries * ln(q));
        // ten deviations out nothing is left but rounding: another double is drawn
        let bound = tries.min(tries * p + 10.0 * (tries * p * q + 1.0).sqrt()) as u32;
        loop {
            let (mut left, mut probability) = (self.random_sample(), of_none);
            for count in 0..=bound {
                if left <= probability {
                    return count;
                }
                left -= probability;
                let next = f64::from(count + 1);
                probability = (tries - next + 1.0) * p * probability / (next * q);
            }
        }
    }

    fn binomial_by_btpe(&mut self, n: u32, p: f64) -> u32 {
        let hat = Hat::new(n, p);
        loop {
            let u = self.random_sample() * hat.with_right_tail;
            let v = self.random_sample();
            if let Some(count) = hat.propose(u, v) {
                return count;
            }
        }
    }
}

/// The curve over the probabilities from which BTPE draws; `m` is the mode, `r` the probability of the rarer outcome.
struct Hat {
    n: f64,
    r: f64,
    q: f64,
    m: f64,
    /// Half the width of the triangle, which is also its area.
    half: f64,
    center: f64,
    /// How much higher than the triangle's ends the parallelograms begin.
    lift: f64,
    lambda_left: f64,
    lambda_right: f64,
    /// Areas summed up: triangle and parallelograms, the left tail, the right tail.
    with_sides: f64,
    with_left_tail: f64,
    with_right_tail: f64,
}

impl Hat {
    fn new(n: u32, r: f64) -> Self {
        let n = f64::from(n);
        let q = 1.0 - r;
        let mean = n * r + r;
        let m = mean.floor();
        let half = (2.195 * (n * r * q).sqrt() - 4.6 * q).floor() + 0.5;
        let center = m + 0.5;
        let lift = 0.134 + 20.5 / (15.3 + m);
        let (left, right) = (center - half, center + half);
        let steep = |a: f64| a * (1.0 + a / 2.0);
        let lambda_left = steep((mean - left) / (mean - left * r));
        let lambda_right = steep((right - mean) / (right * q));
        let with_sides = half * (1.0 + 2.0 * lift);
        let with_left_tail = with_sides + lift / lambda_left;
        let with_right_tail = with_left_tail + lift / lambda_right;
        Self { n, r, q, m, half, center, lift, lambda_left, lambda_right, with_sides, with_left_tail, with_right_tail }
    }

    /// The count that two doubles stand for, unless they are rejected; `u` chooses the part of the hat.
    fn propose(&self, u: f64, v: f64) -> Option<u32> {
        if u <= self.half {
            // all of the triangle lies under the probabilities
            return Some((self.center - self.half * v + u).floor() as u32);
        }
        let (count, v) = if u <= self.with_sides {
            let x = self.center - self.half + (u - self.half) / self.lift;
            (x.floor(), v * self.lift + 1.0 - (self.m - x + 0.5).abs() / self.half)
        } else if u <= self.with_left_tail {
            let count = (self.center - self.half + ln(v) / self.lambda_left).floor();
            (count, v * (u - self.with_sides) * self.lambda_left)
        } else {
            let count = (self.center + self.half - ln(v) / self.lambda_right).floor();
            (count, v * (u - self.with_left_tail) * self.lambda_right)
        };
        let beside = u <= self.with_sides && v > 1.0;
        let outside = !(0.0..=self.n).contains(&count);
        (!beside && !outside && self.accepts(count, v)).then_some(count as u32)
    }

    /// Whether `v` lies under the probability of `y`, as a share of the mode's.
    fn accepts(&self, y: f64, v: f64) -> bool {
        let &Self { n, r, q, m, center, .. } = self;
        let (k, variance) = ((y - m).abs(), n * r * q);
        if k <= 20.0 || k >= variance / 2.0 - 1.0 {
            return v <= self.relative_probability(y);
        }
        // squeezed between two parabolas the logarithm need not be computed
        let rho = (k / variance) * ((k * (k / 3.0 + 0.625) + 1.0 / 6.0) / variance + 0.5);
        let t = -k * k / (2.0 * variance);
        let a = ln(v);
        if a < t - rho || a > t + rho {
            return a < t - rho;
        }
        let (x, f, z, w) = (y + 1.0, m + 1.0, n + 1.0 - m, n - y + 1.0);
        // Stirling's series; NumPy divides the last of the four by another number than the rest, and so must this
        let series = |v: f64, by: f64| {
            let square = v * v;
            (13680.0 - (462.0 - (132.0 - (99.0 - 140.0 / square) / square) / square) / square) / v / by
        };
        a <= center * ln(f / x)
            + (n - m + 0.5) * ln(z / w)
            + (y - m) * ln(w * r / (x * q))
            + series(f, 166320.0)
            + series(z, 166320.0)
            + series(x, 166320.0)
            + series(w, 66320.0)
    }

    /// P(y) / P(m), factor by factor.
    fn relative_probability(&self, y: f64) -> f64 {
        let s = self.r / self.q;
        let a = s * (self.n + 1.0);
        let factors = |from: f64, to: f64| (from as u32 + 1..=to as u32).map(|i| a / f64::from(i) - s);
        if self.m < y {
            factors(self.m, y).fold(1.0, |share, factor| share * factor)
        } else {
            factors(y, self.m).fold(1.0, |share, factor| share / factor)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_certain_draws_all_the_same() {
        for (n, p, certain) in [(0, 0.5, 0), (5, 0.0, 0), (5, 1.0, 5), (u32::MAX, 1.0, u32::MAX)] {
            let mut random = RandomState::new(0);
            assert_eq!(random.binomial(n, p), Ok(certain));
            assert_eq!(random.random_sample(), 0.7151893663724195, "the second double of the stream");
        }
    }

    #[test]
    fn what_is_no_probability_is_refused() {
        let mut random = RandomState::new(0);
        for p in [-0.1, 1.5, f64::NAN, f64::INFINITY] {
            assert_eq!(random.binomial(3, p), Err(RandomError::NoProbability));
        }
        assert_eq!(random, RandomState::new(0), "a refused draw must not advance the stream");
    }

    // NumPy 2.4: r = RandomState(7); [r.binomial(n, p) for n, p in [(200, .4), (100000, .5), (1000, .97), (4000000000, .3)]]
    #[test]
    fn large_counts_are_numpys() {
        let mut random = RandomState::new(7);
        let drawn =
            [(200, 0.4), (100_000, 0.5), (1000, 0.97), (4_000_000_000, 0.3)].map(|(n, p)| random.binomial(n, p));
        assert_eq!(drawn, [Ok(72), Ok(49_951), Ok(972), Ok(1_199_990_803)]);
    }
}
