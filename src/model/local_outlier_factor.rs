//! The local outlier factor: how much thinner the data are around a row than around its neighbours.
//!
//! With `d_k(o)` the distance of `o` to its k-th neighbour, `reach(p, o) = max(d(p, o), d_k(o))`. The local reachability
//! density of `p` is the inverse of the mean reach to its neighbours, and its factor is the mean density of the
//! neighbours over its own: about 1 inside a cluster, more outside. Scores are the negative factor, as scikit-learn has
//! them; a row is an outlier where its score is below the offset.
//!
//! M. M. Breunig, H.-P. Kriegel, R. T. Ng, J. Sander, "LOF: identifying density-based local outliers", SIGMOD 2000.
//!
//! More neighbours than there are other rows count as all of them.

use super::ModelError;
use crate::base::neighbors::{NearestNeighbors, Neighbors, NeighborsError};
use crate::base::{RowsRef, math};

/// Keeps the density finite where all neighbours lie at the same place.
const LEAST_REACH: f64 = 1e-10;

/// The offset without a contamination: inliers have scores near -1.
const DEFAULT_OFFSET: f64 = -1.5;

/// What to fit.
///
/// ```
/// use imbalance_lab::model::LocalOutlierFactor;
///
/// let mut x: Vec<[f64; 2]> = (0..40).map(|i| [f64::from(i % 7), f64::from(i % 5)]).collect();
/// x.push([30.0, 30.0]);
/// let fitted = LocalOutlierFactor { n_neighbors: 5, contamination: None }.fit(&x).unwrap();
/// assert!(fitted.is_outlier(40) && !fitted.is_outlier(0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LocalOutlierFactor {
    /// How many neighbours a row is compared with.
    pub n_neighbors: usize,
    /// The share of outliers among the rows; `None`: a fixed offset.
    pub contamination: Option<f64>,
}

/// What was fitted.
#[derive(Clone, Debug)]
pub struct FittedOutlierFactor {
    neighbors: NearestNeighbors,
    /// Distance of each row to the farthest of its neighbours.
    k_distances: Vec<f64>,
    densities: Vec<f64>,
    n_neighbors: usize,
    /// The negative factor of each fitted row.
    pub scores: Vec<f64>,
    /// Scores below it are outliers.
    pub offset: f64,
}

impl LocalOutlierFactor {
    /// Scores the rows, of any width; at least two.
    pub fn fit<'a>(&self, x: impl Into<RowsRef<'a>>) -> Result<FittedOutlierFactor, ModelError> {
        let x = x.into();
        if x.is_empty() {
            return Err(ModelError::NoRows);
        }
        let n_neighbors = self.n_neighbors.min(x.len() - 1).max(1);
        let neighbors = NearestNeighbors::fit(x, self.n_neighbors)?;
        let found = neighbors.kneighbors_of_fitted(x, n_neighbors)?;
        let k_distances: Vec<f64> = found.distances.chunks_exact(n_neighbors).map(|d| d[n_neighbors - 1]).collect();
        let densities = densities(&found, &k_distances);
        let scores = scores(&found, &densities, &densities);
        let offset = self.contamination.map_or(DEFAULT_OFFSET, |share| math::percentile(&scores, 100.0 * share));
        Ok(FittedOutlierFactor { neighbors, k_distances, densities, n_neighbors, scores, offset })
    }
}

impl FittedOutlierFactor {
    /// Whether a fitted row is an outlier.
    pub fn is_outlier(&self, row: usize) -> bool {
        self.scores[row] < self.offset
    }

    /// Scores rows that were not fitted (`novelty=True`).
    pub fn score_samples<'a>(&self, queries: impl Into<RowsRef<'a>>) -> Result<Vec<f64>, NeighborsError> {
        let found = self.neighbors.kneighbors(queries, self.n_neighbors)?;
        Ok(scores(&found, &self.densities, &densities(&found, &self.k_distances)))
    }
}

/// Local reachability densities of the rows asked about, given the fitted rows' distances to their k-th neighbours.
fn densities(found: &Neighbors, k_distances: &[f64]) -> Vec<f64> {
    let density = |query: usize| {
        let pairs = found.row(query).iter().zip(found.distances_of(query));
        let reaches: Vec<f64> = pairs.map(|(&o, &distance)| distance.max(k_distances[o as usize])).collect();
        (math::mean(&reaches) + LEAST_REACH).recip()
    };
    (0..found.n_queries()).map(density).collect()
}

/// Minus the mean density of the neighbours over one's own.
fn scores(found: &Neighbors, fitted: &[f64], own: &[f64]) -> Vec<f64> {
    let score = |query: usize| {
        let ratios: Vec<f64> = found.row(query).iter().map(|&o| fitted[o as usize] / own[query]).collect();
        -math::mean(&ratios)
    };
    (0..found.n_queries()).map(score).collect()
}
