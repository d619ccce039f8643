//! Why a support vector machine cannot be fitted.

use std::fmt;

/// A fit that is refused. `Display` is scikit-learn's wording where it has one; [`SvmError::advice`] says what to
/// change.
#[derive(Clone, Debug, PartialEq)]
pub enum SvmError {
    /// No rows, or rows without columns.
    NoRows,
    /// Labels or weights are not as many as rows.
    Lengths,
    /// A number of the rows is not a number.
    NotANumber,
    /// A number of the rows is infinite.
    Infinite,
    /// Nothing to tell apart.
    OneClass,
    /// A parameter is outside its range.
    Parameter {
        /// scikit-learn's name of the estimator.
        estimator: &'static str,
        /// Name of the parameter.
        name: &'static str,
        /// What it may be.
        range: &'static str,
        /// What it is.
        got: f64,
    },
    /// A row or class weight is not a number.
    Weight,
    /// No row has a weight above 0.
    NoWeight,
    /// Only rows of one class have a weight above 0.
    OneWeightedClass,
    /// The solver's numbers overflow.
    NotFinite,
}

impl SvmError {
    /// What the reader can change.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::NoRows | Self::Lengths => "Make or draw some points of both classes.",
            Self::NotANumber | Self::Infinite => "Leave out the rows that are not finite.",
            Self::OneClass => {
                "Lower the imbalance ratio, make more rows, or weaken the under-sampling, so that both classes remain."
            }
            Self::Parameter { .. } => "Choose a value inside the range.",
            Self::Weight | Self::NoWeight | Self::OneWeightedClass => {
                "Choose weights above 0 for some rows of each class."
            }
            Self::NotFinite => "Standardise the axes, and choose weights above 0 and, for one class, nu below 1.",
        }
    }

    /// The type of scikit-learn's exception.
    pub fn python_type(&self) -> &'static str {
        match self {
            Self::Parameter { .. } => "InvalidParameterError",
            _ => "ValueError",
        }
    }
}

impl fmt::Display for SvmError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoRows => "There are no rows to fit: a minimum of 1 is required.",
            Self::Lengths => "There must be as many labels (and weights) as rows.",
            Self::NotANumber => "Input X contains NaN.",
            Self::Infinite => "Input X contains infinity or a value too large for dtype('float64').",
            Self::OneClass => "The number of classes has to be greater than one; got 1 class",
            Self::Parameter { estimator, name, range, got } => {
                return write!(f, "The '{name}' parameter of {estimator} must be {range}. Got {got:?} instead.");
            }
            Self::Weight => "Weights must be numbers.",
            Self::NoWeight => "Invalid input - all samples have zero or negative weights.",
            Self::OneWeightedClass => "Invalid input - all samples with positive weights belong to the same class.",
            Self::NotFinite => {
                "The dual coefficients or intercepts are not finite. The input data may contain large values and need \
                 to be preprocessed."
            }
        })
    }
}

impl std::error::Error for SvmError {}
