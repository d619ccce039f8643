//! Why a model cannot be fitted.

use std::fmt;

use crate::base::Class;
use crate::base::neighbors::NeighborsError;

/// A fit that is refused. `Display` is scikit-learn's wording where it has one; [`ModelError::plainly`] says the same in
/// the lab's words, and [`ModelError::advice`] what to change.
#[derive(Clone, Debug, PartialEq)]
pub enum ModelError {
    /// No rows.
    NoRows,
    /// Labels or weights are not as many as points.
    Lengths,
    /// A coordinate (or a power of it) is not a number.
    NotANumber,
    /// A coordinate (or a power of it) is infinite.
    Infinite,
    /// Nothing to tell apart.
    OneClass(Class),
    /// The inverse penalty is not above 0.
    C(f64),
    /// The degree is not 1, 2 or 3.
    Degree(u8),
    /// A row or class weight is negative or not finite, or no weight is left.
    Weight,
    /// Without a penalty, ever larger coefficients fit ever better: the classes can be separated.
    NoFiniteOptimum,
    /// The optimum was not reached.
    NotConverged,
    /// Neighbours cannot be found.
    Neighbors(NeighborsError),
}

impl ModelError {
    /// What happened, in the lab's words.
    pub fn plainly(&self) -> String {
        match self {
            Self::NoRows => "There are no rows to fit the model to.".to_owned(),
            Self::NotANumber => "A feature of a row is not a number.".to_owned(),
            Self::Infinite => "A feature of a row is too large a number: it, or a power of it, is infinite.".to_owned(),
            Self::OneClass(class) => {
                let name = match class {
                    0 => "majority".to_owned(),
                    1 => "minority".to_owned(),
                    _ => format!("class {class}"),
                };
                format!("All rows that the model is fitted to are {name}, so there is nothing to tell apart.")
            }
            Self::C(c) => format!("C is {c}, which is not above 0."),
            Self::Neighbors(error) => error.to_string(),
            // These are the lab's own words already.
            Self::Lengths | Self::Degree(_) | Self::Weight | Self::NoFiniteOptimum | Self::NotConverged => {
                self.to_string()
            }
        }
    }

    /// What the reader can change.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::NoRows | Self::Lengths => "Make or draw some points of both classes.",
            Self::NotANumber | Self::Infinite => "Leave out the rows that are not finite, or lower the degree.",
            Self::OneClass(_) => {
                "Lower the imbalance ratio, make more rows, or weaken the under-sampling, so that both classes remain \
                 in the training part."
            }
            Self::C(_) => "Choose a C above 0.",
            Self::Degree(_) => "Choose degree 1, 2 or 3.",
            Self::Weight => "Choose a class weight above 0.",
            Self::NoFiniteOptimum => "Choose a finite C, such as 1: the penalty keeps the coefficients finite.",
            Self::NotConverged => "Standardise the axes, lower the degree or lower C.",
            Self::Neighbors(_) => "Ask for fewer neighbours, or make more rows.",
        }
    }

    /// The type of scikit-learn's exception.
    pub fn python_type(&self) -> &'static str {
        match self {
            Self::C(_) => "InvalidParameterError",
            _ => "ValueError",
        }
    }
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRows => f.write_str("There are no rows to fit: a minimum of 1 is required."),
            Self::Lengths => f.write_str("There must be as many labels (and weights) as points."),
            Self::NotANumber => f.write_str("Input X contains NaN."),
            Self::Infinite => f.write_str("Input X contains infinity or a value too large for dtype('float64')."),
            Self::OneClass(class) => write!(
                f,
                "This solver needs samples of at least 2 classes in the data, but the data contains only one class: \
                 np.int64({class})"
            ),
            Self::C(c) => write!(
                f,
                "The 'C' parameter of LogisticRegression must be a float in the range (0.0, inf]. Got {c:?} instead."
            ),
            Self::Degree(degree) => write!(f, "The degree of the polynomial features must be 1, 2 or 3, not {degree}."),
            Self::Weight => f.write_str("Weights must be finite and not negative, and some must be above 0."),
            Self::NoFiniteOptimum => f.write_str(
                "Without a penalty (C = inf) no finite optimum was found: the classes can be separated, so that ever \
                 larger coefficients fit ever better, or the features are too badly scaled.",
            ),
            Self::NotConverged => f.write_str("The optimum was not reached: the features are too badly scaled."),
            Self::Neighbors(error) => f.write_str(&error.library_message()),
        }
    }
}

impl std::error::Error for ModelError {}

impl From<NeighborsError> for ModelError {
    fn from(error: NeighborsError) -> Self {
        match error {
            NeighborsError::NotFinite { is_nan: true, .. } => Self::NotANumber,
            NeighborsError::NotFinite { is_nan: false, .. } => Self::Infinite,
            NeighborsError::KOutOfRange { .. } => Self::Neighbors(error),
        }
    }
}
