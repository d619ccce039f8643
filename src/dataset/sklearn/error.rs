//! What the generators refuse, in scikit-learn's words.

use std::fmt;

use crate::base::Point;

/// A call that scikit-learn or imbalanced-learn refuses.
#[derive(Clone, Debug, PartialEq)]
pub enum GeneratorError {
    /// `make_moons` with a tuple that has not two entries.
    MoonsTuple,
    /// `make_circles` with a tuple that has not two entries.
    CirclesTuple,
    /// `make_circles` with a factor outside [0, 1).
    CirclesFactor(f64),
    /// `make_blobs` with unlike numbers of sizes and centres.
    BlobsCenters {
        /// The sizes.
        n_samples: Vec<usize>,
        /// The centres.
        centers: Vec<Point>,
    },
    /// `make_blobs` with unlike numbers of centres and standard deviations.
    BlobsStds {
        /// The centres.
        centers: Vec<Point>,
        /// The standard deviations.
        cluster_std: Vec<f64>,
    },
    /// `make_classification` with a wrong number of weights.
    Weights,
    /// `make_classification` with more clusters than corners of the square.
    TooManyClusters {
        /// Classes.
        n_classes: usize,
        /// Clusters of each.
        n_clusters_per_class: usize,
    },
    /// `make_imbalance` asked for more rows than there are.
    MoreThanThere {
        /// Rows of the class.
        available: usize,
        /// Rows asked for.
        asked: i64,
    },
    /// `make_imbalance` asked for a negative number of rows.
    Negative {
        /// The class.
        class: i64,
        /// Rows asked for.
        asked: i64,
    },
    /// `make_imbalance` asked for classes that do not occur.
    ClassesMissing(Vec<i64>),
}

impl GeneratorError {
    /// Name of the Python exception.
    pub fn python_type(&self) -> &'static str {
        match self {
            Self::CirclesFactor(_) => "InvalidParameterError",
            _ => "ValueError",
        }
    }
}

impl fmt::Display for GeneratorError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MoonsTuple => f.write_str("`n_samples` can be either an int or a two-element tuple."),
            Self::CirclesTuple => f.write_str("When a tuple, n_samples must have exactly two elements."),
            Self::CirclesFactor(got) => write!(
                f,
                "The 'factor' parameter of make_circles must be a float in the range [0.0, 1.0). Got {got:?} instead."
            ),
            Self::BlobsCenters { n_samples, centers } => write!(
                f,
                "Length of `n_samples` not consistent with number of centers. Got n_samples = {n_samples:?} and \
                 centers = {}",
                rows(centers, ", ", ", ")
            ),
            Self::BlobsStds { centers, cluster_std } => write!(
                f,
                "Length of `clusters_std` not consistent with number of centers. Got centers = {} and cluster_std = \
                 {cluster_std:?}",
                rows(centers, " ", "\n ")
            ),
            Self::Weights => f.write_str("Weights specified but incompatible with number of classes."),
            Self::TooManyClusters { n_classes, n_clusters_per_class } => write!(
                f,
                "n_classes({n_classes}) * n_clusters_per_class({n_clusters_per_class}) must be smaller or equal \
                 2**n_informative(2)=4"
            ),
            Self::MoreThanThere { available, asked } => write!(
                f,
                "With under-sampling methods, the number of samples in a class should be less or equal to the \
                 original number of samples. Originally, there is {available} samples and {asked} samples are asked."
            ),
            Self::Negative { class, asked } => write!(
                f,
                "The number of samples in a class cannot be negative.'sampling_strategy' contains some negative \
                 value: {{{class}: {asked}}}"
            ),
            Self::ClassesMissing(classes) => {
                let classes: Vec<String> = classes.iter().map(i64::to_string).collect();
                write!(f, "The {{{}}} target class is/are not present in the data.", classes.join(", "))
            }
        }
    }
}

impl std::error::Error for GeneratorError {}

/// Points as Python or NumPy prints them: whole numbers without a decimal point.
fn rows(points: &[Point], between: &str, between_rows: &str) -> String {
    let rows: Vec<String> = points.iter().map(|[x, y]| format!("[{x}{between}{y}]")).collect();
    format!("[{}]", rows.join(between_rows))
}
