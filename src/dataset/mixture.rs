//! The general Gaussian-mixture generator, of which every preset is a table of components.
//!
//! # Recipe
//!
//! Each class is a mixture: component `i` has a weight, a mean and a lower-triangular factor `L` with covariance
//! `L L^T`. On one `RandomState(seed)`, the majority before the minority, each class of `n` rows takes `n` component
//! indices from `choice(p=weights)` and then `n` pairs of standard normals; a row is `mean + L z`, in plain
//! element-wise arithmetic, so that no matrix library has a say in the last bit. At the end `permutation` mixes the
//! rows, so that their order tells nothing. In NumPy:
//!
//! ```python
//! def draw(n, components):
//!     weight, mean_x, mean_y, l11, l21, l22 = np.array(components).T
//!     k = rng.choice(len(weight), size=n, p=weight)
//!     z = rng.standard_normal((n, 2))
//!     return np.column_stack([mean_x[k] + l11[k] * z[:, 0], mean_y[k] + (l21[k] * z[:, 0] + l22[k] * z[:, 1])])
//! ```
//!
//! ```
//! use imbalance_lab::dataset::{Component, Mixture};
//! let unit = |x| Component::new(1.0, [x, 0.0], [1.0, 0.0, 1.0]);
//! let mixture = Mixture { components: [vec![unit(0.0)], vec![unit(2.0)]] };
//! let data = mixture.sample(90, 10, 42).unwrap();
//! assert_eq!((data.count(0), data.count(1)), (90, 10));
//! ```

use crate::base::math::hypot;
use crate::base::{Class, Point};
use crate::random::{RandomError, RandomState};

use super::Dataset;

/// One Gaussian of a mixture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Component {
    /// Share of the class that comes from here; the weights of a class sum to 1.
    pub weight: f64,
    /// Its mean.
    pub mean: Point,
    /// Lower triangle `[l11, l21, l22]` of the Cholesky factor of its covariance.
    pub factor: [f64; 3],
}

/// One mixture of Gaussians per class, the majority first.
#[derive(Clone, Debug, PartialEq)]
pub struct Mixture {
    /// Components of the majority and of the minority.
    pub components: [Vec<Component>; 2],
}

impl Component {
    /// A component from its covariance `[xx, xy, yy]`, which has to be positive definite.
    pub fn new(weight: f64, mean: Point, covariance: [f64; 3]) -> Component {
        let [xx, xy, yy] = covariance;
        let l11 = xx.sqrt();
        let l21 = xy / l11;
        Component { weight, mean, factor: [l11, l21, (yy - l21 * l21).sqrt()] }
    }

    /// The same component with every standard deviation multiplied by `spread`.
    pub fn spread(mut self, spread: f64) -> Component {
        self.factor = self.factor.map(|l| l * spread);
        self
    }

    /// Standard deviations along the two axes.
    pub fn standard_deviations(&self) -> [f64; 2] {
        let [l11, l21, l22] = self.factor;
        [l11, hypot(l21, l22)]
    }

    /// The point that this component makes of two standard normals.
    fn place(&self, z: Point) -> Point {
        let [l11, l21, l22] = self.factor;
        [self.mean[0] + l11 * z[0], self.mean[1] + (l21 * z[0] + l22 * z[1])]
    }
}

impl Mixture {
    /// `n_majority + n_minority` rows in random order. Fails only if the weights of a class do not sum to 1.
    #[inline(never)]
    pub fn sample(&self, n_majority: usize, n_minority: usize, seed: u32) -> Result<Dataset, RandomError> {
        let mut random = RandomState::new(seed);
        let mut rows: Vec<(Point, Class)> = Vec::with_capacity(n_majority + n_minority);
        for (class, n) in [(0, n_majority), (1, n_minority)] {
            let components = &self.components[class as usize];
            let weights: Vec<f64> = components.iter().map(|c| c.weight).collect();
            let chosen = random.choice_p(weights.len(), n, true, &weights)?;
            place_all(components, &chosen, class, &mut random, &mut rows);
        }
        Ok(in_order(&rows, &random.permutation(rows.len())))
    }
}

/// Draws a point of each of the `chosen` components.
#[inline(never)]
fn place_all(
    components: &[Component],
    chosen: &[usize],
    class: Class,
    random: &mut RandomState,
    rows: &mut Vec<(Point, Class)>,
) {
    rows.extend(chosen.iter().map(|&k| {
        let z = [random.standard_normal(), random.standard_normal()];
        (components[k].place(z), class)
    }));
}

#[inline(never)]
fn in_order(rows: &[(Point, Class)], order: &[usize]) -> Dataset {
    let (x, y) = order.iter().map(|&i| rows[i]).unzip();
    Dataset { x, y }
}
