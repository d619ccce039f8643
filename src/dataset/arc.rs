//! A Gaussian smeared evenly along an arc of a circle: the density behind `make_moons` and `make_circles`.
//!
//! With radius `R`, noise `s` and the point at distance `r` and angle `a` from the centre,
//!
//! ```text
//! f(x) = exp(-(r - R)^2 / 2 s^2) / (2 pi s^2) * mean over the arc of exp(k (cos(t - a) - 1)),   k = r R / s^2.
//! ```
//!
//! The mean is taken by Gauss-Legendre quadrature, but only where the integrand is within `exp(-CUT)` of its largest
//! value on the arc. That piece is at most some 15 standard deviations of a bell wide, however small the noise, so a
//! fixed number of nodes is enough for a relative error below 1e-6 everywhere, tails included.

use std::f64::consts::PI;
use std::sync::LazyLock;

use crate::base::Point;
use crate::base::exp_nearly::exp_nearly;
use crate::base::math::{acos, atan2, cos, hypot, ln, sin};

use super::density::Bounds;

/// An arc of a circle with Gaussian noise around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Arc {
    /// Centre of the circle.
    pub center: Point,
    /// Its radius.
    pub radius: f64,
    /// First angle, in radians.
    pub from: f64,
    /// Last angle, at most a whole turn later.
    pub to: f64,
    /// Standard deviation of the noise.
    pub noise: f64,
}

/// What lies further than this below the peak (in the exponent) is left out: exp(-20) is 2e-9, and the area beyond it less.
const CUT: f64 = 20.0;
/// Nodes on each piece.
const NODES: usize = 26;

static RULE: LazyLock<[(f64, f64); NODES]> = LazyLock::new(gauss_legendre);

impl Arc {
    /// The logarithm of the density at `point`.
    pub fn log_density(&self, point: Point) -> f64 {
        let (dx, dy) = (point[0] - self.center[0], point[1] - self.center[1]);
        let (r, angle) = (hypot(dx, dy), atan2(dy, dx));
        let variance = self.noise * self.noise;
        let k = r * self.radius / variance;
        let peak = self.largest_cosine(angle);
        // 1 - cos is the depth below the top of the bell; `depth` is what the cut allows below the peak on the arc
        let width = acos((peak - CUT / k).max(-1.0));
        let mut integral = 0.0;
        for turn in [-2.0, -1.0, 0.0, 1.0, 2.0] {
            let middle = angle + turn * 2.0 * PI;
            let (from, to) = ((middle - width).max(self.from), (middle + width).min(self.to));
            if from < to {
                // From the middle, and halved: cos(u) - peak = (1 - peak) - 2 sin(u / 2)^2 keeps its digits near the peak.
                let (half, center) = (0.5 * (to - from), 0.5 * (to + from) - middle);
                let piece = RULE.iter().map(|&(node, weight)| {
                    let s = sin_nearly(0.5 * (center + half * node));
                    weight * exp_nearly(k * ((1.0 - peak) - 2.0 * s * s))
                });
                integral += half * piece.sum::<f64>();
            }
        }
        let mean = integral / (self.to - self.from);
        let ring = r - self.radius;
        ln(mean) + k * (peak - 1.0) - ring * ring / (2.0 * variance) - ln(2.0 * PI * variance)
    }

    /// The largest cosine of the angle between `angle` and a point of the arc.
    fn largest_cosine(&self, angle: f64) -> f64 {
        let ahead = (angle - self.from).rem_euclid(2.0 * PI);
        if ahead <= self.to - self.from { 1.0 } else { cos(angle - self.from).max(cos(angle - self.to)) }
    }

    /// The rectangle around the arc and `reach` standard deviations of noise.
    pub fn bounds(&self, reach: f64) -> Bounds {
        let mut low = [f64::INFINITY; 2];
        let mut high = [f64::NEG_INFINITY; 2];
        // the four outermost points of the circle, where they belong to the arc, and the two ends
        let quarters = (0..4).map(|q| f64::from(q) * PI / 2.0);
        let reached = quarters.filter(|&t| self.largest_cosine(t) == 1.0);
        for t in reached.chain([self.from, self.to]) {
            let rim = [self.center[0] + self.radius * cos(t), self.center[1] + self.radius * sin(t)];
            for axis in 0..2 {
                low[axis] = low[axis].min(rim[axis] - reach * self.noise);
                high[axis] = high[axis].max(rim[axis] + reach * self.noise);
            }
        }
        Bounds { low, high }
    }
}

/// The sine for `|x| <= pi / 2`, to within 1e-13 of itself: Taylor's series up to the 17th power. As portable as
/// [`exp_nearly`], and as quick.
fn sin_nearly(x: f64) -> f64 {
    let x2 = x * x;
    let x4 = x2 * x2;
    let low = 1.0 - x2 * (1.0 / 6.0);
    let middle = 1.0 / 120.0 - x2 * (1.0 / 5040.0);
    let high = 1.0 / 362_880.0 - x2 * (1.0 / 39_916_800.0);
    let highest = 1.0 / 6_227_020_800.0 - x2 * (1.0 / 1_307_674_368_000.0);
    let last = 1.0 / 355_687_428_096_000.0;
    x * (low + x4 * (middle + x4 * (high + x4 * (highest + x4 * last))))
}

/// Nodes and weights on [-1, 1]: the roots of the Legendre polynomial by Newton's method.
fn gauss_legendre() -> [(f64, f64); NODES] {
    let n = NODES as f64;
    std::array::from_fn(|i| {
        let mut x = cos(PI * (i as f64 + 0.75) / (n + 0.5));
        let mut slope = 1.0;
        for _ in 0..50 {
            let (mut before, mut now) = (1.0, x);
            for degree in 2..=NODES {
                let d = degree as f64;
                (before, now) = (now, ((2.0 * d - 1.0) * x * now - (d - 1.0) * before) / d);
            }
            slope = n * (x * now - before) / (x * x - 1.0);
            let step = now / slope;
            x -= step;
            if step.abs() < 1e-15 {
                break;
            }
        }
        (x, 2.0 / ((1.0 - x * x) * slope * slope))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quick_sine_is_the_sine() {
        for i in -1000..=1000 {
            let x = f64::from(i) * PI / 2000.0;
            assert!((sin_nearly(x) - sin(x)).abs() <= 1e-13 * x.abs(), "{x}");
        }
    }

    /// The same integral by Simpson's rule with steps so fine that they need no care.
    fn by_brute_force(arc: &Arc, point: Point) -> f64 {
        let n = 100_000;
        let variance = arc.noise * arc.noise;
        let step = (arc.to - arc.from) / f64::from(n);
        let bell = |i: i32| {
            let t = arc.from + f64::from(i) * step;
            let dx = point[0] - arc.center[0] - arc.radius * t.cos();
            let dy = point[1] - arc.center[1] - arc.radius * t.sin();
            let weight = match i {
                0 => 1.0,
                _ if i == n => 1.0,
                _ if i % 2 == 1 => 4.0,
                _ => 2.0,
            };
            weight * (-(dx * dx + dy * dy) / (2.0 * variance)).exp()
        };
        (0..=n).map(bell).sum::<f64>() / f64::from(3 * n) / (2.0 * PI * variance)
    }

    #[test]
    fn quadrature_is_right_to_a_millionth_for_every_noise_tails_included() {
        let half_turns = [([0.0, 0.0], 0.0), ([1.0, 0.5], PI)];
        let points =
            [[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.3, -0.2], [-1.0, -0.3], [0.4, 0.7], [1.0, 0.5], [-0.6, -0.6]];
        for noise in [0.001, 0.003, 0.01, 0.05, 0.1, 0.25, 0.5, 1.0] {
            for (center, from) in half_turns {
                let half = Arc { center, radius: 1.0, from, to: from + PI, noise };
                let whole = Arc { center: [0.0; 2], radius: 0.5, from: 0.0, to: 2.0 * PI, noise };
                for arc in [half, whole, Arc { radius: 0.0, ..whole }] {
                    for point in points {
                        let expected = by_brute_force(&arc, point);
                        // what is below 1e-280 is lost to underflow in the brute force, not here
                        if expected > 1e-280 {
                            let relative = (arc.log_density(point).exp() / expected - 1.0).abs();
                            assert!(relative < 1e-6, "{arc:?} at {point:?}: off by {relative:e}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn bounds_touch_the_arc() {
        let upper = Arc { center: [0.0; 2], radius: 1.0, from: 0.0, to: PI, noise: 0.1 };
        let Bounds { low, high } = upper.bounds(0.0);
        for (got, expected) in [(low[0], -1.0), (low[1], 0.0), (high[0], 1.0), (high[1], 1.0)] {
            assert!((got - expected).abs() < 1e-12, "{got} is not {expected}");
        }
    }
}
