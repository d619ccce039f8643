//! What can be wrong with a clustering.

use std::fmt;

/// Why rows cannot be clustered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClusterError {
    /// No cluster was asked for.
    NoClusters,
    /// More clusters than rows.
    TooFewRows {
        /// Rows there are.
        n_samples: usize,
        /// Clusters asked for.
        n_clusters: usize,
    },
    /// A row holds something that is infinite or not a number.
    NotFinite {
        /// Index of the first such row.
        row: usize,
    },
    /// A component of a mixture has no width in some direction, even with the ridge added.
    IllDefinedCovariance {
        /// Which component.
        component: usize,
    },
}

impl ClusterError {
    /// scikit-learn's wording.
    pub fn library_message(&self) -> String {
        match *self {
            Self::NoClusters => {
                "The 'n_clusters' parameter must be an int in the range [1, inf). Got 0 instead.".into()
            }
            Self::TooFewRows { n_samples, n_clusters } => {
                format!("n_samples={n_samples} should be >= n_clusters={n_clusters}.")
            }
            Self::NotFinite { .. } => "Input X contains NaN or infinity.".into(),
            Self::IllDefinedCovariance { .. } => "Fitting the mixture model failed because some components have \
                ill-defined empirical covariance (for instance caused by singleton or collapsed samples). Try to \
                decrease the number of components, increase reg_covar, or scale the input data."
                .into(),
        }
    }
}

impl fmt::Display for ClusterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::NoClusters => write!(f, "no cluster is asked for; ask for at least 1"),
            Self::TooFewRows { n_samples, n_clusters } => {
                write!(f, "{n_clusters} clusters are asked for, but there are only {n_samples} rows; ask for fewer")
            }
            Self::NotFinite { row } => {
                write!(f, "row {row} holds something that is not a finite number; remove or correct that row")
            }
            Self::IllDefinedCovariance { component } => {
                write!(f, "component {component} has no width in some direction; ask for fewer components")
            }
        }
    }
}

impl std::error::Error for ClusterError {}
