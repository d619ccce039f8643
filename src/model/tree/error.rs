//! Why a tree or a forest cannot be grown.

use std::fmt;

use super::{MaxFeatures, MaxSamples, MinSamples};

/// A fit that is refused. `Display` is scikit-learn's wording, less the name of the estimator; [`TreeError::advice`]
/// says what to change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TreeError {
    /// No rows.
    NoRows,
    /// Rows without columns.
    NoFeatures,
    /// Labels are not as many as rows.
    Labels {
        /// Labels given.
        labels: usize,
        /// Rows given.
        rows: usize,
    },
    /// Weights are not as many as rows.
    Weights {
        /// Weights given.
        weights: usize,
        /// Rows given.
        rows: usize,
    },
    /// A coordinate is not a number. (scikit-learn's trees would take it as missing.)
    NotANumber,
    /// A coordinate is infinite, or too large for 32 bits.
    TooLarge,
    /// A weight is negative or not finite.
    Weight,
    /// All weights are 0.
    NoWeight,
    /// A tree of depth 0.
    MaxDepth,
    /// Fewer than two rows, or a share outside (0, 1].
    MinSamplesSplit(MinSamples),
    /// Fewer than one row, or a share outside (0, 1).
    MinSamplesLeaf(MinSamples),
    /// No features, or a share outside (0, 1].
    MaxFeatures(MaxFeatures),
    /// Fewer than two leaves.
    MaxLeafNodes(usize),
    /// Negative or not a number.
    MinImpurityDecrease(f64),
    /// Negative or not a number.
    CcpAlpha(f64),
    /// A forest without trees.
    NEstimators,
    /// No rows per tree, or a share that is not above 0.
    MaxSamples(MaxSamples),
    /// A number of rows per tree, but none are drawn.
    MaxSamplesWithoutBootstrap,
    /// Every row is in every bag.
    OutOfBagWithoutBootstrap,
}

impl TreeError {
    /// What the reader can change.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::NoRows | Self::NoFeatures | Self::Labels { .. } => "Make or draw some points.",
            Self::Weights { .. } | Self::Weight | Self::NoWeight => {
                "Give one finite weight per row, none negative, some above 0."
            }
            Self::NotANumber | Self::TooLarge => "Leave out the rows that are not finite, or rescale the columns.",
            Self::MaxDepth => "Choose a depth of at least 1, or no limit.",
            Self::MinSamplesSplit(_) => "Choose at least 2 rows, or a share above 0 and up to 1.",
            Self::MinSamplesLeaf(_) => "Choose at least 1 row, or a share between 0 and 1.",
            Self::MaxFeatures(_) => "Choose at least 1 feature, or a share above 0 and up to 1.",
            Self::MaxLeafNodes(_) => "Choose at least 2 leaves, or no limit.",
            Self::MinImpurityDecrease(_) | Self::CcpAlpha(_) => "Choose 0 or more.",
            Self::NEstimators => "Choose at least 1 tree.",
            Self::MaxSamples(_) => "Choose at least 1 row per tree, or a share above 0.",
            Self::MaxSamplesWithoutBootstrap | Self::OutOfBagWithoutBootstrap => "Switch the bootstrap on.",
        }
    }

    /// The type of scikit-learn's exception.
    pub fn python_type(&self) -> &'static str {
        match self {
            Self::MaxDepth
            | Self::MinSamplesSplit(_)
            | Self::MinSamplesLeaf(_)
            | Self::MaxFeatures(_)
            | Self::MaxLeafNodes(_)
            | Self::MinImpurityDecrease(_)
            | Self::CcpAlpha(_)
            | Self::NEstimators
            | Self::MaxSamples(_) => "InvalidParameterError",
            _ => "ValueError",
        }
    }
}

impl fmt::Display for TreeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut must = |name: &str, range: &str, got: &dyn fmt::Display| {
            write!(f, "The '{name}' parameter must be {range}. Got {got} instead.")
        };
        match self {
            Self::MaxDepth => must("max_depth", "an int in the range [1, inf) or None", &0),
            Self::MinSamplesSplit(got) => {
                must("min_samples_split", "an int in the range [2, inf) or a float in the range (0.0, 1.0]", got)
            }
            Self::MinSamplesLeaf(got) => {
                must("min_samples_leaf", "an int in the range [1, inf) or a float in the range (0.0, 1.0)", got)
            }
            Self::MaxFeatures(got) => must(
                "max_features",
                "an int in the range [1, inf), a float in the range (0.0, 1.0], a str among {'sqrt', 'log2'} or None",
                got,
            ),
            Self::MaxLeafNodes(got) => must("max_leaf_nodes", "an int in the range [2, inf) or None", got),
            Self::MinImpurityDecrease(got) => {
                must("min_impurity_decrease", "a float in the range [0.0, inf)", &format_args!("{got:?}"))
            }
            Self::CcpAlpha(got) => must("ccp_alpha", "a float in the range [0.0, inf)", &format_args!("{got:?}")),
            Self::NEstimators => must("n_estimators", "an int in the range [1, inf)", &0),
            Self::MaxSamples(got) => {
                must("max_samples", "None, a float in the range (0.0, inf) or an int in the range [1, inf)", got)
            }
            Self::NoRows => f.write_str("Found array with 0 sample(s) while a minimum of 1 is required."),
            Self::NoFeatures => f.write_str("Found array with 0 feature(s) while a minimum of 1 is required."),
            Self::Labels { labels, rows } => {
                write!(f, "Number of labels={labels} does not match number of samples={rows}")
            }
            Self::Weights { weights, rows } => {
                write!(f, "sample_weight.shape == ({weights},), expected ({rows},)!")
            }
            Self::NotANumber => f.write_str("Input X contains NaN."),
            Self::TooLarge => f.write_str("Input X contains infinity or a value too large for dtype('float32')."),
            Self::Weight => f.write_str("Weights must be finite and not negative."),
            Self::NoWeight => f.write_str("Sample weights must contain at least one non-zero number."),
            Self::MaxSamplesWithoutBootstrap => f.write_str(
                "`max_sample` cannot be set if `bootstrap=False`. Either switch to `bootstrap=True` or set \
                 `max_sample=None`.",
            ),
            Self::OutOfBagWithoutBootstrap => f.write_str("Out of bag estimation only available if bootstrap=True"),
        }
    }
}

impl std::error::Error for TreeError {}
