//! scikit-learn's generators and imbalanced-learn's `make_imbalance`, equal to them number for number.
//!
//! Signatures follow the libraries; an integer `random_state` is passed as `RandomState::new(seed)`. Shuffling and
//! noise come from the same stream as the points, noise after shuffling.

mod blobs;
mod circles;
mod classification;
mod error;
mod imbalance;
mod moons;

pub use blobs::{Centers, ClusterStd, make_blobs};
pub use circles::make_circles;
pub use classification::{Cluster, MakeClassification, make_classification};
pub use error::GeneratorError;
pub use imbalance::make_imbalance;
pub use moons::make_moons;

use crate::random::RandomState;

use super::Dataset;

/// The parameter `n_samples` of the generators: a total, or one number per class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NSamples {
    /// All rows together.
    Total(usize),
    /// Rows of each class.
    Each(Vec<usize>),
}

/// `sklearn.utils.shuffle`.
fn shuffled(data: Dataset, random: &mut RandomState) -> Dataset {
    let order = random.permutation(data.len());
    Dataset { x: order.iter().map(|&i| data.x[i]).collect(), y: order.iter().map(|&i| data.y[i]).collect() }
}

/// Adds `normal(scale=noise)` to both coordinates, row by row. Noise of zero draws all the same.
fn add_noise(data: &mut Dataset, noise: Option<f64>, random: &mut RandomState) {
    if let Some(scale) = noise {
        for value in data.x.iter_mut().flatten() {
            *value += random.normal(0.0, scale);
        }
    }
}
