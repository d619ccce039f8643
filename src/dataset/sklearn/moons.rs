//! `sklearn.datasets.make_moons`: two interleaving half circles of radius 1. The outer one, class 0, is centred at
//! (0, 0) and opens downwards; the inner one, class 1, is centred at (1, 0.5) and opens upwards.
//!
//! ```
//! use imbalance_lab::dataset::{NSamples, make_moons};
//! use imbalance_lab::random::RandomState;
//! let data = make_moons(&NSamples::Each(vec![40, 10]), true, Some(0.1), &mut RandomState::new(0)).unwrap();
//! assert!((data.x[0][0] - -0.6723239929305709).abs() < 1e-14);
//! ```

use std::f64::consts::PI;

use crate::base::math::{cos, sin};
use crate::dataset::Dataset;
use crate::random::RandomState;

use super::{GeneratorError, NSamples, add_noise, shuffled};

/// Two half moons. Of an odd total the outer moon has one row less.
pub fn make_moons(
    n_samples: &NSamples,
    shuffle: bool,
    noise: Option<f64>,
    random: &mut RandomState,
) -> Result<Dataset, GeneratorError> {
    let (n_outer, n_inner) = match n_samples {
        NSamples::Total(n) => (n / 2, n - n / 2),
        NSamples::Each(each) => match each[..] {
            [outer, inner] => (outer, inner),
            _ => return Err(GeneratorError::MoonsTuple),
        },
    };
    let outer = half_turn(n_outer).map(|t| ([cos(t), sin(t)], 0));
    let inner = half_turn(n_inner).map(|t| ([1.0 - cos(t), 1.0 - sin(t) - 0.5], 1));
    let (x, y) = outer.chain(inner).unzip();
    let mut data = Dataset { x, y };
    if shuffle {
        data = shuffled(data, random);
    }
    add_noise(&mut data, noise, random);
    Ok(data)
}

/// `numpy.linspace(0, pi, n)`.
fn half_turn(n: usize) -> impl Iterator<Item = f64> {
    let step = PI / n.saturating_sub(1).max(1) as f64;
    (0..n).map(move |i| if i > 0 && i + 1 == n { PI } else { i as f64 * step })
}
