//! `sklearn.datasets.make_circles`: a circle of radius 1, class 0, around one of radius `factor`, class 1.
//!
//! ```
//! use imbalance_lab::dataset::{NSamples, make_circles};
//! use imbalance_lab::random::RandomState;
//! let data = make_circles(&NSamples::Each(vec![40, 10]), true, Some(0.1), 0.5, &mut RandomState::new(0)).unwrap();
//! assert!((data.x[0][0] - -0.3488956117101413).abs() < 1e-14);
//! ```

use std::f64::consts::PI;

use crate::base::math::{cos, sin};
use crate::dataset::Dataset;
use crate::random::RandomState;

use super::{GeneratorError, NSamples, add_noise, shuffled};

/// Two circles around the origin. Of an odd total the outer circle has one row less.
pub fn make_circles(
    n_samples: &NSamples,
    shuffle: bool,
    noise: Option<f64>,
    factor: f64,
    random: &mut RandomState,
) -> Result<Dataset, GeneratorError> {
    if !(0.0..1.0).contains(&factor) {
        return Err(GeneratorError::CirclesFactor(factor));
    }
    let (n_outer, n_inner) = match n_samples {
        NSamples::Total(n) => (n / 2, n - n / 2),
        NSamples::Each(each) => match each[..] {
            [outer, inner] => (outer, inner),
            _ => return Err(GeneratorError::CirclesTuple),
        },
    };
    let outer = whole_turn(n_outer).map(|t| ([cos(t), sin(t)], 0));
    let inner = whole_turn(n_inner).map(|t| ([cos(t) * factor, sin(t) * factor], 1));
    let (x, y) = outer.chain(inner).unzip();
    let mut data = Dataset { x, y };
    if shuffle {
        data = shuffled(data, random);
    }
    add_noise(&mut data, noise, random);
    Ok(data)
}

/// `numpy.linspace(0, 2 * pi, n, endpoint=False)`.
fn whole_turn(n: usize) -> impl Iterator<Item = f64> {
    let step = 2.0 * PI / n.max(1) as f64;
    (0..n).map(move |i| i as f64 * step)
}
