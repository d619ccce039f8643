//! Clustering: centres that stand for the rows around them, and mixtures of normal densities.
//!
//! Three algorithms, each with scikit-learn's random stream and its rules for the awkward cases:
//!
//! - [`KMeans`]: greedy k-means++ seeds, then Lloyd's rounds over all rows;
//! - [`MiniBatchKMeans`]: the same seeds, then rounds over 1024 rows drawn at a time;
//! - [`GaussianMixture`]: expectation-maximisation of normal densities with full covariances.
//!
//! All of them look at [`crate::base::Rows`] of any width, and all of them can be watched: `fit_watched` calls back
//! once per round with what the round ended with, which costs nothing when nobody looks.

mod around;
mod assign;
mod box_tree;
mod cholesky;
mod error;
mod filter;
mod gaussian_mixture;
mod k_means;
mod mini_batch_k_means;
mod plus_plus;
mod seed_field;
mod sum_tree;

pub use error::ClusterError;
pub use gaussian_mixture::{Components, EmRound, GaussianMixture, MixtureFit};
pub use k_means::{KMeans, KMeansFit, KMeansRound};
pub use mini_batch_k_means::{MiniBatchKMeans, MiniBatchRound};

use crate::base::Rows;

/// What every algorithm here asks of its rows before it starts.
fn check(x: &Rows, n_clusters: usize) -> Result<(), ClusterError> {
    if n_clusters == 0 {
        return Err(ClusterError::NoClusters);
    }
    if x.len() < n_clusters {
        return Err(ClusterError::TooFewRows { n_samples: x.len(), n_clusters });
    }
    match x.iter().position(|row| !row.iter().all(|value| value.is_finite())) {
        Some(row) => Err(ClusterError::NotFinite { row }),
        None => Ok(()),
    }
}

/// The square of the Euclidean distance.
#[inline]
fn squared_distance(a: &[f64], b: &[f64]) -> f64 {
    // the same without a loop, for the plane
    if let ([a0, a1], [b0, b1]) = (a, b) {
        return (a0 - b0) * (a0 - b0) + (a1 - b1) * (a1 - b1);
    }
    a.iter().zip(b).fold(0.0, |sum, (a, b)| sum + (a - b) * (a - b))
}

/// The sum of squares, added up as NumPy's `einsum` does: columns of even and of odd number apart, and of every full
/// eight columns the last pair first. It matters where centres are almost at one place.
#[inline]
fn squared_norm(a: &[f64]) -> f64 {
    if let [x, y] = a {
        return x * x + y * y;
    }
    let mut lanes = [0.0; 2];
    let mut add = |pair: &[f64]| lanes.iter_mut().zip(pair).for_each(|(lane, x)| *lane += x * x);
    let eights = a.chunks_exact(8);
    let rest = eights.remainder();
    eights.for_each(|eight| eight.chunks_exact(2).rev().for_each(&mut add));
    rest.chunks(2).for_each(&mut add);
    lanes[0] + lanes[1]
}

/// The dot product as a matrix product computes it on a machine with fused multiply-add: only the first product is
/// rounded by itself.
#[inline]
fn fused_dot(a: &[f64], b: &[f64]) -> f64 {
    let mut pairs = a.iter().zip(b);
    let first = pairs.next().map_or(0.0, |(a, b)| a * b);
    pairs.fold(first, |sum, (a, b)| a.mul_add(*b, sum))
}

/// How far two ways of computing the same squared distance may be apart, when `reach` is the sum of the two norms.
///
/// Each of the `width + 2` roundings of either way is at most half an epsilon of `reach` squared; four times their sum
/// is on the safe side, and still a million times smaller than anything that matters.
#[inline]
fn slack(width: usize, reach: f64) -> f64 {
    4.0 * (width as f64 + 4.0) * f64::EPSILON * reach * reach
}

#[cfg(test)]
mod tests;
