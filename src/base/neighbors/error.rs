//! What can be wrong with a neighbour query.

use std::fmt;

/// Why neighbours cannot be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NeighborsError {
    /// No neighbour was asked for, or more than there are rows.
    KOutOfRange {
        /// Neighbours asked for.
        k: usize,
        /// Rows to choose from.
        n_samples_fit: usize,
        /// Rows asked about.
        n_samples: usize,
        /// Whether a row may not be its own neighbour.
        own_row_excluded: bool,
    },
    /// A coordinate is infinite or not a number.
    NotFinite {
        /// Index of the first such row.
        row: usize,
        /// Whether it is not a number.
        is_nan: bool,
    },
}

impl NeighborsError {
    /// scikit-learn's wording.
    pub fn library_message(&self) -> String {
        match *self {
            Self::KOutOfRange { k: 0, .. } => "Expected n_neighbors > 0. Got 0".to_string(),
            Self::KOutOfRange { k, n_samples_fit, n_samples, own_row_excluded } => format!(
                "Expected n_neighbors {} n_samples_fit, but n_neighbors = {k}, n_samples_fit = {n_samples_fit}, \
                 n_samples = {n_samples}",
                if own_row_excluded { "<" } else { "<=" }
            ),
            Self::NotFinite { is_nan: true, .. } => "Input X contains NaN.".to_string(),
            Self::NotFinite { is_nan: false, .. } => {
                "Input X contains infinity or a value too large for dtype('float64').".to_string()
            }
        }
    }
}

impl fmt::Display for NeighborsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::KOutOfRange { k: 0, .. } => write!(f, "no neighbour is asked for; ask for at least 1"),
            Self::KOutOfRange { k, n_samples_fit, own_row_excluded, .. } => {
                let most = if own_row_excluded { n_samples_fit.saturating_sub(1) } else { n_samples_fit };
                write!(f, "{k} neighbours are asked for, but there are only {most} to choose from; ask for fewer")
            }
            Self::NotFinite { row, .. } => {
                write!(f, "row {row} has a coordinate that is not a finite number; remove or correct that row")
            }
        }
    }
}

impl std::error::Error for NeighborsError {}
