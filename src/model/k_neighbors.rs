//! The k-nearest-neighbours classifier: a row belongs to the class that most of its nearest fitted rows belong to.
//!
//! Every neighbour has one vote, or one of `1 / distance`; where some lie at no distance at all, they alone vote. Equal
//! votes go to the smallest label. Neighbours at equal distances come in scikit-learn's order.
//!
//! T. M. Cover, P. E. Hart, "Nearest neighbor pattern classification", IEEE Transactions on Information Theory 13, 1967.

use serde::{Deserialize, Serialize};

use super::ModelError;
use crate::base::neighbors::{Algorithm, NearestNeighbors, Neighbors, NeighborsError};
use crate::base::{Class, RowsRef, math};

/// What the vote of a neighbour weighs (scikit-learn's `weights`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum NeighborWeights {
    /// Every neighbour counts 1.
    #[default]
    Uniform,
    /// A neighbour counts the inverse of its distance.
    Distance,
}

/// What to fit.
///
/// ```
/// use imbalance_lab::model::{KNeighborsClassifier, NeighborWeights};
///
/// let x: Vec<[f64; 2]> = (0..20).map(|i| [f64::from(i), 0.0]).collect();
/// let y: Vec<u8> = (0..20).map(|i| u8::from(i > 11)).collect();
/// let model = KNeighborsClassifier { n_neighbors: 3, weights: NeighborWeights::Uniform }.fit(&x, &y).unwrap();
/// assert_eq!(model.predict_proba(&[[11.4, 0.0]]).unwrap(), [2.0 / 3.0, 1.0 / 3.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KNeighborsClassifier {
    /// How many neighbours vote.
    pub n_neighbors: usize,
    /// What each vote weighs.
    pub weights: NeighborWeights,
}

impl Default for KNeighborsClassifier {
    fn default() -> Self {
        Self { n_neighbors: 5, weights: NeighborWeights::Uniform }
    }
}

/// What was fitted: the rows themselves, ready to be searched.
#[derive(Clone, Debug)]
pub struct KNeighborsModel {
    settings: KNeighborsClassifier,
    neighbors: NearestNeighbors,
    classes: Vec<Class>,
    /// For each fitted row the position of its class in `classes`.
    votes_for: Vec<u8>,
}

impl KNeighborsClassifier {
    /// Fits to labelled rows of any width. One class alone is fine.
    pub fn fit<'a>(&self, x: impl Into<RowsRef<'a>>, y: &[Class]) -> Result<KNeighborsModel, ModelError> {
        let x = x.into();
        if x.len() != y.len() {
            return Err(ModelError::Lengths);
        }
        if y.is_empty() {
            return Err(ModelError::NoRows);
        }
        let neighbors = NearestNeighbors::fit(x, self.n_neighbors)?;
        let mut classes = y.to_vec();
        classes.sort_unstable();
        classes.dedup();
        let votes_for = y.iter().map(|label| classes.partition_point(|class| class < label) as u8).collect();
        Ok(KNeighborsModel { settings: *self, neighbors, classes, votes_for })
    }
}

impl KNeighborsModel {
    /// The classes seen, in ascending order.
    pub fn classes(&self) -> &[Class] {
        &self.classes
    }

    /// How neighbours are searched.
    pub fn algorithm(&self) -> Algorithm {
        self.neighbors.algorithm()
    }

    /// The class of each query row.
    pub fn predict<'a>(&self, queries: impl Into<RowsRef<'a>>) -> Result<Vec<Class>, NeighborsError> {
        let (found, weights) = self.voters(queries)?;
        let mut of_class = Vec::with_capacity(found.k);
        let winner = |query: usize| {
            let (mut winner, mut most) = (0, f64::NEG_INFINITY);
            let weights = &weights[query * found.k..][..found.k];
            for class in 0..self.classes.len() {
                // Neighbours of other classes stay as zeros: where they stand decides how NumPy adds up the others.
                of_class.clear();
                let voters = found.row(query).iter().zip(weights);
                of_class.extend(voters.map(|(&i, &w)| if self.class_of(i) == class { w } else { 0.0 }));
                let votes = math::sum(&of_class);
                if votes > most {
                    (winner, most) = (class, votes);
                }
            }
            self.classes[winner]
        };
        Ok((0..found.n_queries()).map(winner).collect())
    }

    /// For each query row the share of the votes of each class, in the order of [`KNeighborsModel::classes`].
    pub fn predict_proba<'a>(&self, queries: impl Into<RowsRef<'a>>) -> Result<Vec<f64>, NeighborsError> {
        let (found, weights) = self.voters(queries)?;
        let mut shares = vec![0.0; found.n_queries() * self.classes.len()];
        for (query, shares) in shares.chunks_exact_mut(self.classes.len()).enumerate() {
            for (&i, weight) in found.row(query).iter().zip(&weights[query * found.k..]) {
                shares[self.class_of(i)] += weight;
            }
            let votes = math::sum(shares);
            shares.iter_mut().for_each(|share| *share /= votes);
        }
        Ok(shares)
    }

    fn class_of(&self, fitted_row: u32) -> usize {
        usize::from(self.votes_for[fitted_row as usize])
    }

    /// The neighbours of each query row, and what the vote of each weighs.
    fn voters<'a>(&self, queries: impl Into<RowsRef<'a>>) -> Result<(Neighbors, Vec<f64>), NeighborsError> {
        let found = self.neighbors.kneighbors(queries, self.settings.n_neighbors)?;
        let weights = match self.settings.weights {
            NeighborWeights::Uniform => vec![1.0; found.distances.len()],
            NeighborWeights::Distance => {
                let mut weights: Vec<f64> = found.distances.iter().map(|distance| distance.recip()).collect();
                for row in weights.chunks_exact_mut(found.k).filter(|row| row.iter().any(|w| w.is_infinite())) {
                    row.iter_mut().for_each(|w| *w = f64::from(w.is_infinite()));
                }
                weights
            }
        };
        Ok((found, weights))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: [[f64; 2]; 6] = [[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [3.0, 0.0], [4.0, 0.0], [5.0, 0.0]];

    #[test]
    fn an_equal_vote_goes_to_the_smaller_label() {
        let model = KNeighborsClassifier { n_neighbors: 2, ..Default::default() }.fit(&LINE, &[7, 7, 7, 3, 3, 3]);
        assert_eq!(model.unwrap().predict(&[[2.4, 0.0], [0.4, 0.0]]), Ok(vec![3, 7]));
    }

    #[test]
    fn rows_at_no_distance_outvote_all_others() {
        let classifier = KNeighborsClassifier { n_neighbors: 3, weights: NeighborWeights::Distance };
        let model = classifier.fit(&LINE, &[0, 1, 0, 1, 0, 1]).unwrap();
        assert_eq!(model.predict_proba(&[[1.0, 0.0]]), Ok(vec![0.0, 1.0]));
        assert_eq!(model.predict(&[[1.0, 0.0]]), Ok(vec![1]));
    }

    #[test]
    fn more_neighbours_than_rows_are_refused_when_asked_for() {
        let model = KNeighborsClassifier { n_neighbors: 7, ..Default::default() }.fit(&LINE, &[0; 6]).unwrap();
        assert!(matches!(model.predict(&LINE), Err(NeighborsError::KOutOfRange { k: 7, n_samples_fit: 6, .. })));
        assert_eq!(KNeighborsClassifier::default().fit(&LINE, &[0]).err(), Some(ModelError::Lengths));
    }
}
