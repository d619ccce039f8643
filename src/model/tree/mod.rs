//! Decision trees and forests as scikit-learn grows them, node for node.
//!
//! L. Breiman, J. Friedman, R. Olshen, C. Stone: Classification and Regression Trees (1984); L. Breiman: Random
//! Forests. Machine Learning 45 (2001) 5-32.
//!
//! A node is split where the impurity of its children, weighted by their rows, is least: every feature (or a random
//! choice of them) is sorted, and every gap between two values is tried. What else decides the tree, and is therefore
//! kept as scikit-learn has it: coordinates are rounded to 32 bits, values less than 1e-7 apart are one, features are
//! visited in the order that a small generator draws, a later feature must be *strictly* better, and sums of weights
//! are taken in the order in which the rows happen to lie.
//!
//! That last order cannot be seen when all weights are whole numbers, because their sums are exact; then every feature
//! is sorted once and stays sorted from parent to children, and whole stretches of gaps are passed over where none can
//! be better than the best so far, which is many times as fast.
//!
//! ```
//! use imbalance_lab::base::Rows;
//! use imbalance_lab::model::tree::{DecisionTreeClassifier, RandomForestClassifier};
//!
//! let x = Rows::from_points(&[[0.0, 0.0], [1.0, 0.5], [2.0, 1.0], [3.0, 0.0]]);
//! let tree = DecisionTreeClassifier::default().fit(&x, &[0, 0, 1, 1], None).unwrap();
//! assert_eq!(tree.predict_proba(&[1.4, 9.0]), [1.0, 0.0]);
//! let forest = RandomForestClassifier::default().fit(&x, &[0, 0, 1, 1], None).unwrap();
//! assert!(forest.predict_proba(&[3.0, 0.0])[1] > 0.5);
//! ```

mod columns;
mod criterion;
mod decision_tree;
mod error;
mod frontier;
mod grow;
mod introsort;
mod parameters;
mod poll;
mod presorted;
mod prune;
mod random_forest;
mod samples;
mod splitter;
#[cfg(test)]
mod tests;

pub use criterion::Criterion;
pub use decision_tree::{DecisionTree, DecisionTreeClassifier, Node, NodeSplit};
pub use error::TreeError;
pub use parameters::{MaxFeatures, MinSamples, TreeParameters};
pub use random_forest::{ForestWeight, MaxSamples, OutOfBag, RandomForest, RandomForestClassifier};
pub use splitter::Splitter;
