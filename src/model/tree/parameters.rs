//! What limits the growth of a tree.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Criterion, Splitter, TreeError};

/// A number of rows, or a share of those the tree is fitted to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum MinSamples {
    /// So many rows.
    Rows(usize),
    /// This share of the rows, rounded up.
    Share(f64),
}

/// How many features a node looks at.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum MaxFeatures {
    /// All of them.
    All,
    /// The square root of their number, rounded down.
    Sqrt,
    /// The binary logarithm of their number, rounded down.
    Log2,
    /// So many.
    Count(usize),
    /// This share of them, rounded down.
    Share(f64),
}

/// What a tree is grown by, alone or in a forest. The defaults are scikit-learn's for a tree alone; a forest looks at
/// [`MaxFeatures::Sqrt`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TreeParameters {
    /// What is to be made small.
    pub criterion: Criterion,
    /// Whether the best threshold of a feature is searched, or one drawn.
    pub splitter: Splitter,
    /// Levels below the root.
    pub max_depth: Option<u32>,
    /// A smaller node is a leaf.
    pub min_samples_split: MinSamples,
    /// No smaller leaf is made.
    pub min_samples_leaf: MinSamples,
    /// How many features a node looks at.
    pub max_features: MaxFeatures,
    /// With a limit the tree grows where the impurity falls most, instead of depth first.
    pub max_leaf_nodes: Option<usize>,
    /// A split that gains less is not made.
    pub min_impurity_decrease: f64,
    /// Price of a leaf: branches that are not worth it are cut off afterwards.
    pub ccp_alpha: f64,
}

impl Default for TreeParameters {
    fn default() -> Self {
        Self {
            criterion: Criterion::Gini,
            splitter: Splitter::Best,
            max_depth: None,
            min_samples_split: MinSamples::Rows(2),
            min_samples_leaf: MinSamples::Rows(1),
            max_features: MaxFeatures::All,
            max_leaf_nodes: None,
            min_impurity_decrease: 0.0,
            ccp_alpha: 0.0,
        }
    }
}

/// The same in numbers, once rows and features are counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub(super) max_depth: u32,
    pub(super) min_samples_split: usize,
    pub(super) min_samples_leaf: usize,
    pub(super) max_features: usize,
    pub(super) max_leaf_nodes: Option<usize>,
    pub(super) min_impurity_decrease: f64,
}

impl TreeParameters {
    /// Refuses what scikit-learn refuses.
    pub fn check(&self) -> Result<(), TreeError> {
        if self.max_depth == Some(0) {
            return Err(TreeError::MaxDepth);
        }
        match self.min_samples_split {
            MinSamples::Rows(2..) => {}
            MinSamples::Share(share) if share > 0.0 && share <= 1.0 => {}
            other => return Err(TreeError::MinSamplesSplit(other)),
        }
        match self.min_samples_leaf {
            MinSamples::Rows(1..) => {}
            MinSamples::Share(share) if share > 0.0 && share < 1.0 => {}
            other => return Err(TreeError::MinSamplesLeaf(other)),
        }
        match self.max_features {
            MaxFeatures::Count(0) => return Err(TreeError::MaxFeatures(self.max_features)),
            MaxFeatures::Share(share) if !(share > 0.0 && share <= 1.0) => {
                return Err(TreeError::MaxFeatures(self.max_features));
            }
            _ => {}
        }
        if let Some(leaves @ ..2) = self.max_leaf_nodes {
            return Err(TreeError::MaxLeafNodes(leaves));
        }
        if !(0.0..).contains(&self.min_impurity_decrease) {
            return Err(TreeError::MinImpurityDecrease(self.min_impurity_decrease));
        }
        if !(0.0..).contains(&self.ccp_alpha) {
            return Err(TreeError::CcpAlpha(self.ccp_alpha));
        }
        Ok(())
    }

    pub(super) fn limits(&self, n_samples: usize, n_features: usize) -> Limits {
        let rows = |share: f64| (share * n_samples as f64).ceil() as usize;
        let min_samples_leaf = match self.min_samples_leaf {
            MinSamples::Rows(rows) => rows,
            MinSamples::Share(share) => rows(share),
        };
        let min_samples_split = match self.min_samples_split {
            MinSamples::Rows(rows) => rows,
            MinSamples::Share(share) => rows(share).max(2),
        };
        Limits {
            max_depth: self.max_depth.unwrap_or(u32::MAX),
            min_samples_split: min_samples_split.max(min_samples_leaf.saturating_mul(2)),
            min_samples_leaf,
            max_features: match self.max_features {
                MaxFeatures::All => n_features,
                MaxFeatures::Sqrt => n_features.isqrt(),
                MaxFeatures::Log2 => n_features.max(1).ilog2() as usize,
                MaxFeatures::Count(count) => count,
                MaxFeatures::Share(share) => (share * n_features as f64) as usize,
            }
            .max(1),
            max_leaf_nodes: self.max_leaf_nodes,
            min_impurity_decrease: self.min_impurity_decrease,
        }
    }
}

impl fmt::Display for MinSamples {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rows(rows) => write!(f, "{rows}"),
            Self::Share(share) => write!(f, "{share:?}"),
        }
    }
}

impl fmt::Display for MaxFeatures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("None"),
            Self::Sqrt => f.write_str("'sqrt'"),
            Self::Log2 => f.write_str("'log2'"),
            Self::Count(count) => write!(f, "{count}"),
            Self::Share(share) => write!(f, "{share:?}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_of_rows_are_rounded_up_and_shares_of_features_down() {
        let shares = TreeParameters {
            min_samples_split: MinSamples::Share(0.01),
            min_samples_leaf: MinSamples::Share(0.031),
            max_features: MaxFeatures::Share(0.7),
            ..TreeParameters::default()
        };
        let limits = shares.limits(100, 4);
        assert_eq!((limits.min_samples_leaf, limits.min_samples_split, limits.max_features), (4, 8, 2));
        let roots = TreeParameters { max_features: MaxFeatures::Sqrt, ..shares };
        assert_eq!([1, 2, 3, 4, 8, 9].map(|n| roots.limits(9, n).max_features), [1, 1, 1, 2, 2, 3]);
        let logarithms = TreeParameters { max_features: MaxFeatures::Log2, ..shares };
        assert_eq!([1, 2, 3, 4, 8, 9].map(|n| logarithms.limits(9, n).max_features), [1, 1, 1, 2, 3, 3]);
    }

    #[test]
    fn limits_that_no_tree_can_keep_are_refused() {
        let default = TreeParameters::default();
        let refused = [
            TreeParameters { max_depth: Some(0), ..default },
            TreeParameters { min_samples_split: MinSamples::Rows(1), ..default },
            TreeParameters { min_samples_split: MinSamples::Share(1.5), ..default },
            TreeParameters { min_samples_leaf: MinSamples::Rows(0), ..default },
            TreeParameters { min_samples_leaf: MinSamples::Share(1.0), ..default },
            TreeParameters { max_features: MaxFeatures::Count(0), ..default },
            TreeParameters { max_features: MaxFeatures::Share(f64::NAN), ..default },
            TreeParameters { max_leaf_nodes: Some(1), ..default },
            TreeParameters { min_impurity_decrease: -1.0, ..default },
            TreeParameters { ccp_alpha: f64::NAN, ..default },
        ];
        for parameters in refused {
            let error = parameters.check().unwrap_err();
            assert_eq!(error.python_type(), "InvalidParameterError", "{error}");
        }
        assert_eq!(default.check(), Ok(()));
        assert_eq!(
            TreeError::MinSamplesSplit(MinSamples::Rows(1)).to_string(),
            "The 'min_samples_split' parameter must be an int in the range [2, inf) or a float in the range \
             (0.0, 1.0]. Got 1 instead."
        );
    }
}
