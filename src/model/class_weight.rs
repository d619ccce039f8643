//! Class weights: how much a row of each class counts in the loss.

use serde::{Deserialize, Serialize};

/// How much each class counts in the loss (scikit-learn's `class_weight`).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum ClassWeight {
    /// Every row counts 1.
    None,
    /// `n / (n_classes * n_c)`.
    Balanced,
    /// A minority row counts this much, a majority row 1.
    Ratio(f64),
}

impl ClassWeight {
    /// Weights of a majority and a minority row, when the classes have these counts (or sums of row weights).
    pub fn weights(self, counts: [f64; 2]) -> [f64; 2] {
        match self {
            Self::None => [1.0, 1.0],
            Self::Balanced => {
                let weights = balanced_class_weight(&counts);
                [weights[0], weights[1]]
            }
            Self::Ratio(ratio) => [1.0, ratio],
        }
    }
}

/// `compute_class_weight("balanced")`: `n / (n_classes * n_c)` for each class, from the classes' counts. A class
/// without rows counts neither as a class nor for anything.
///
/// ```
/// use imbalance_lab::model::balanced_class_weight;
///
/// assert_eq!(balanced_class_weight(&[90.0, 10.0]), [0.5555555555555556, 5.0]);
/// ```
pub fn balanced_class_weight(counts: &[f64]) -> Vec<f64> {
    let total: f64 = counts.iter().sum();
    let n_classes = counts.iter().filter(|&&count| count > 0.0).count() as f64;
    counts.iter().map(|&count| if count > 0.0 { total / (n_classes * count) } else { 0.0 }).collect()
}
