//! Nearest neighbours among rows of any width, in exactly the order scikit-learn's `NearestNeighbors` returns them.
//!
//! Distances are Euclidean. As in scikit-learn's `algorithm="auto"`, a search that asks for at least half of the
//! fitted rows, or among rows of more than 15 columns, compares all pairs (`brute`); any other goes through a kd-tree
//! with leaves of 30 rows (`kd_tree`): building costs `n log n`, a query about `log n` as long as columns are few.
//!
//! Without equal distances both return the neighbours sorted by distance and nothing more is to be said. Equal
//! distances are everywhere in resampling, though (repeated rows, snapped data), and then the order follows from the
//! way the rows pass through tree, heap and sort; here they take the same way, so that ties come out the same.
//!
//! Degenerate cases: asking for more neighbours than there are fitted rows is an error, as is a coordinate that is not
//! finite. Queries have the width of the fitted rows. A row may be missing from its own neighbours when more rows than asked for lie at the same place.

mod brute;
mod error;
mod heap;
mod kd_tree;
mod nth_element;
mod sort;
#[cfg(test)]
mod tests;

pub use error::NeighborsError;

use super::{Rows, RowsRef};
use brute::Brute;
use kd_tree::KdTree;

/// Most columns that scikit-learn gives to a kd-tree by itself.
const MAX_TREE_WIDTH: usize = 15;

/// How to search.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Algorithm {
    /// Brute force when at least half of the rows are asked for or there are more than 15 columns, a kd-tree otherwise.
    #[default]
    Auto,
    /// Always a kd-tree.
    KdTree,
    /// Always all pairs.
    Brute,
}

/// Rows prepared for neighbour queries.
///
/// ```
/// use imbalance_lab::base::neighbors::NearestNeighbors;
///
/// let x: Vec<[f64; 2]> = (0..10).map(|i| [f64::from(i), 0.0]).collect();
/// let neighbors = NearestNeighbors::fit(&x, 3)?.kneighbors(&[[4.2, 0.0]], 3)?;
/// assert_eq!(neighbors.row(0), [4, 5, 3]);
/// # Ok::<(), imbalance_lab::base::neighbors::NeighborsError>(())
/// ```
#[derive(Clone, Debug)]
pub struct NearestNeighbors {
    n_samples_fit: usize,
    width: usize,
    method: Method,
}

#[derive(Clone, Debug)]
enum Method {
    KdTree(KdTree),
    Brute(Brute),
}

/// The answer to a query: for each query row `k` neighbours, nearest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Neighbors {
    /// Neighbours per query row.
    pub k: usize,
    /// Indices of the fitted rows, one query row after the other.
    pub indices: Vec<u32>,
    /// Distances, in the same places as `indices`.
    pub distances: Vec<f64>,
}

impl Neighbors {
    /// Indices of the neighbours of query row `query`.
    pub fn row(&self, query: usize) -> &[u32] {
        &self.indices[query * self.k..(query + 1) * self.k]
    }

    /// Distances of the neighbours of query row `query`.
    pub fn distances_of(&self, query: usize) -> &[f64] {
        &self.distances[query * self.k..(query + 1) * self.k]
    }

    /// Number of query rows.
    pub fn n_queries(&self) -> usize {
        self.indices.len().checked_div(self.k).unwrap_or(0)
    }
}

impl NearestNeighbors {
    /// Prepares `x` for queries; `n_neighbors` decides the method, as in scikit-learn's constructor.
    pub fn fit<'a>(x: impl Into<RowsRef<'a>>, n_neighbors: usize) -> Result<Self, NeighborsError> {
        Self::fit_with(x, n_neighbors, Algorithm::Auto)
    }

    /// As [`NearestNeighbors::fit`], with the method given.
    pub fn fit_with<'a>(
        x: impl Into<RowsRef<'a>>,
        n_neighbors: usize,
        algorithm: Algorithm,
    ) -> Result<Self, NeighborsError> {
        let x = x.into();
        check_finite(x)?;
        let brute = match algorithm {
            Algorithm::Auto => !Self::chooses_tree(x, n_neighbors),
            Algorithm::KdTree => x.is_empty(),
            Algorithm::Brute => true,
        };
        let method = if brute { Method::Brute(Brute::new(x)) } else { Method::KdTree(KdTree::new(x)) };
        Ok(Self { n_samples_fit: x.len(), width: x.width(), method })
    }

    /// Whether [`Algorithm::Auto`] takes the kd-tree for `n_neighbors` of `x`.
    pub fn chooses_tree<'a>(x: impl Into<RowsRef<'a>>, n_neighbors: usize) -> bool {
        let x = x.into();
        n_neighbors < x.len() / 2 && x.width() <= MAX_TREE_WIDTH
    }

    /// Which method was chosen.
    pub fn algorithm(&self) -> Algorithm {
        match self.method {
            Method::KdTree(_) => Algorithm::KdTree,
            Method::Brute(_) => Algorithm::Brute,
        }
    }

    /// The `k` nearest fitted rows of each query row. A query row that was fitted is its own neighbour.
    pub fn kneighbors<'a>(&self, queries: impl Into<RowsRef<'a>>, k: usize) -> Result<Neighbors, NeighborsError> {
        let queries = queries.into();
        self.check(queries, k)?;
        let cells = queries.len() * k;
        let mut found = Neighbors { k, indices: vec![0; cells], distances: vec![0.0; cells] };
        match &self.method {
            Method::KdTree(tree) => tree.query(queries, k, &mut found.distances, &mut found.indices),
            Method::Brute(brute) => brute.query(queries, k, &mut found.distances, &mut found.indices),
        }
        for squared in &mut found.distances {
            *squared = squared.sqrt();
        }
        Ok(found)
    }

    /// What a fit on `x` for `k` neighbours and a query for a single row give, at the cost of a few passes over `x`: for
    /// rows that change from query to query.
    pub fn kneighbors_once<'a>(
        x: impl Into<RowsRef<'a>>,
        query: &[f64],
        k: usize,
    ) -> Result<Neighbors, NeighborsError> {
        let (x, query) = (x.into(), Rows::from_values(query.len(), query.to_vec()));
        if k == 0 || k >= x.len() / 2 || x.width() > MAX_TREE_WIDTH {
            return Self::fit(x, k)?.kneighbors(&query, k);
        }
        check_finite(x)?;
        check_finite((&query).into())?;
        let mut found = Neighbors { k, indices: vec![0; k], distances: vec![0.0; k] };
        KdTree::query_once(x, query.row(0), &mut found.distances, &mut found.indices);
        found.distances.iter_mut().for_each(|squared| *squared = squared.sqrt());
        Ok(found)
    }

    /// The `k` farthest fitted rows of each query row, the farthest last: what the last `k` columns of a search for all
    /// rows are, without that search. Which of several at the same distance is not said.
    pub fn farthest<'a>(&self, queries: impl Into<RowsRef<'a>>, k: usize) -> Result<Neighbors, NeighborsError> {
        let queries = queries.into();
        self.check(queries, k)?;
        let cells = queries.len() * k;
        let mut found = Neighbors { k, indices: vec![0; cells], distances: vec![0.0; cells] };
        match &self.method {
            Method::KdTree(tree) => tree.query_farthest(queries, k, &mut found.distances, &mut found.indices),
            Method::Brute(brute) => brute.query_farthest(queries, k, &mut found.distances, &mut found.indices),
        }
        found.distances.iter_mut().for_each(|minus_squared| *minus_squared = (-*minus_squared).sqrt());
        found.distances.chunks_exact_mut(k).for_each(<[f64]>::reverse);
        found.indices.chunks_exact_mut(k).for_each(<[u32]>::reverse);
        Ok(found)
    }

    fn check(&self, queries: RowsRef, k: usize) -> Result<(), NeighborsError> {
        check_finite(queries)?;
        debug_assert!(queries.is_empty() || queries.width() == self.width, "queries have the width of the fitted rows");
        let (n_samples_fit, n_samples) = (self.n_samples_fit, queries.len());
        if k == 0 || k > n_samples_fit {
            return Err(NeighborsError::KOutOfRange { k, n_samples_fit, n_samples, own_row_excluded: false });
        }
        Ok(())
    }

    /// The `k` nearest other rows of each fitted row `x`: what scikit-learn's `kneighbors()` without an argument does.
    ///
    /// One neighbour more is searched and the row itself is left out wherever it stands; where it is missing, because
    /// too many rows lie at the same place, the first is left out instead.
    pub fn kneighbors_of_fitted<'a>(&self, x: impl Into<RowsRef<'a>>, k: usize) -> Result<Neighbors, NeighborsError> {
        let x = x.into();
        let n_samples_fit = self.n_samples_fit;
        if k == 0 || k >= n_samples_fit {
            let n_samples = x.len();
            return Err(NeighborsError::KOutOfRange { k, n_samples_fit, n_samples, own_row_excluded: true });
        }
        let with_self = self.kneighbors(x, k + 1)?;
        let mut others = Neighbors { k, indices: Vec::new(), distances: Vec::new() };
        for query in 0..x.len() {
            let (indices, distances) = (with_self.row(query), with_self.distances_of(query));
            let own = indices.iter().position(|&index| index as usize == query).unwrap_or(0);
            others.indices.extend(indices.iter().enumerate().filter(|&(at, _)| at != own).map(|(_, &index)| index));
            others.distances.extend(distances.iter().enumerate().filter(|&(at, _)| at != own).map(|(_, &d)| d));
        }
        Ok(others)
    }
}

fn check_finite(x: RowsRef) -> Result<(), NeighborsError> {
    match x.iter().position(|row| !row.iter().all(|value| value.is_finite())) {
        Some(row) => Err(NeighborsError::NotFinite { row, is_nan: x.row(row).iter().any(|value| value.is_nan()) }),
        None => Ok(()),
    }
}
