//! Continuous draws: doubles, uniforms, normals, exponentials, gammas, betas.
//!
//! Logarithms come from [`crate::base::math::ln`], which is correctly rounded: NumPy calls the C library, whose
//! logarithm is nearly so, while the one of a browser is off by one unit in the last place in every fourteenth call.

use super::RandomState;
use crate::base::Point;
use crate::base::math::ln;

impl RandomState {
    /// `random_sample()`: a double of `[0, 1)` with 53 random bits, from two words.
    pub fn random_sample(&mut self) -> f64 {
        let upper = f64::from(self.word() >> 5);
        let lower = f64::from(self.word() >> 6);
        (upper * 67_108_864.0 + lower) / 9_007_199_254_740_992.0
    }

    /// `uniform(low, high)`.
    pub fn uniform(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.random_sample()
    }

    /// `standard_normal()`: Marsaglia's polar method. A pair is made at a time; the second of it is kept for the next
    /// call, whatever else is drawn in between.
    #[inline(never)]
    pub fn standard_normal(&mut self) -> f64 {
        if let Some(kept) = self.gauss.take() {
            return kept;
        }
        loop {
            let x1 = 2.0 * self.random_sample() - 1.0;
            let x2 = 2.0 * self.random_sample() - 1.0;
            let r2 = x1 * x1 + x2 * x2;
            if r2 > 0.0 && r2 < 1.0 {
                let f = (-2.0 * ln(r2) / r2).sqrt();
                self.gauss = Some(f * x1);
                return f * x2;
            }
        }
    }

    /// `normal(loc, scale)`.
    pub fn normal(&mut self, loc: f64, scale: f64) -> f64 {
        loc + scale * self.standard_normal()
    }

    /// `normal(loc, scale, size=(n, 2))`: row by row, first axis first.
    pub fn normal_points(&mut self, loc: Point, scale: f64, n: usize) -> Vec<Point> {
        (0..n).map(|_| [self.normal(loc[0], scale), self.normal(loc[1], scale)]).collect()
    }

    /// `standard_exponential()`, by inversion.
    pub fn standard_exponential(&mut self) -> f64 {
        -ln(1.0 - self.random_sample())
    }

    /// `standard_gamma(shape)`: Marsaglia and Tsang (2000) above shape 1, a rejection from a mixture of a power and an
    /// exponential below it. A shape that is not positive gives 0.
    pub fn standard_gamma(&mut self, shape: f64) -> f64 {
        if shape == 1.0 {
            return self.standard_exponential();
        }
        if shape.is_nan() || shape <= 0.0 {
            return 0.0;
        }
        if shape < 1.0 {
            return self.gamma_below_one(shape);
        }
        let b = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * b).sqrt();
        loop {
            let (x, v) = loop {
                let x = self.standard_normal();
                let v = 1.0 + c * x;
                if v > 0.0 {
                    break (x, v * v * v);
                }
            };
            let u = self.random_sample();
            if u < 1.0 - 0.0331 * (x * x) * (x * x) || ln(u) < 0.5 * x * x + b * (1.0 - v + ln(v)) {
                return b * v;
            }
        }
    }

    fn gamma_below_one(&mut self, shape: f64) -> f64 {
        use crate::base::math::pow;
        loop {
            let u = self.random_sample();
            let v = self.standard_exponential();
            if u <= 1.0 - shape {
                let x = pow(u, 1.0 / shape);
                if x <= v {
                    return x;
                }
            } else {
                let y = -ln((1.0 - u) / shape);
                let x = pow(1.0 - shape + shape * y, 1.0 / shape);
                if x <= v + y {
                    return x;
                }
            }
        }
    }

    /// `beta(a, b)`: Jöhnk's method when neither exceeds 1, else the ratio of two gammas.
    pub fn beta(&mut self, a: f64, b: f64) -> f64 {
        if a <= 1.0 && b <= 1.0 { self.beta_below_one(a, b) } else { self.beta_by_gammas(a, b) }
    }

    fn beta_by_gammas(&mut self, a: f64, b: f64) -> f64 {
        let ga = self.standard_gamma(a);
        let gb = self.standard_gamma(b);
        ga / (ga + gb)
    }

    fn beta_below_one(&mut self, a: f64, b: f64) -> f64 {
        use crate::base::math::{exp, pow};
        loop {
            let u = self.random_sample();
            let v = self.random_sample();
            let x = pow(u, 1.0 / a);
            let y = pow(v, 1.0 / b);
            if x + y > 1.0 || u + v <= 0.0 {
                continue;
            }
            if x + y > 0.0 {
                return x / (x + y);
            }
            // both powers underflow: the same ratio by logarithms
            let (log_x, log_y) = (ln(u) / a, ln(v) / b);
            let top = log_x.max(log_y);
            let (log_x, log_y) = (log_x - top, log_y - top);
            return exp(log_x - ln(exp(log_x) + exp(log_y)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_normal_survives_other_draws() {
        let mut straight = RandomState::new(0);
        let pair = [straight.standard_normal(), straight.standard_normal()];
        let mut mixed = RandomState::new(0);
        let first = mixed.standard_normal();
        mixed.randint(0, 10);
        mixed.random_sample();
        assert_eq!([first, mixed.standard_normal()], pair);
    }

    // NumPy 2.4: [RandomState(0).standard_gamma(0.5), RandomState(0).beta(0.4, 0.7), RandomState(0).standard_gamma(1.0)]
    #[test]
    fn small_shapes_are_numpys() {
        let close = |a: f64, b: f64| assert!((a - b).abs() <= 1e-15 * b.abs().max(1.0), "{a} {b}");
        close(RandomState::new(0).standard_gamma(0.5), 0.3040018897607044);
        close(RandomState::new(0).beta(0.4, 0.7), 0.264808705704175);
        close(RandomState::new(0).standard_gamma(1.0), 0.79587450816311);
    }
}
