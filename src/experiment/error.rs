//! Why a specification could not be run: the stage it concerns and a sentence that says what to change.

use std::fmt;

use crate::dataset::DataError;
use crate::model::ModelError;
use crate::resample::ResampleError;
use crate::split::SplitError;

/// Why [`super::run()`] gave up. `Display` says in the lab's words what happened and what to change; the wording of
/// scikit-learn and imbalanced-learn stays with the error of the stage.
#[derive(Clone, Debug, PartialEq)]
pub enum RunError {
    /// The data could not be made.
    Data(DataError),
    /// The rows could not be divided.
    Split(SplitError),
    /// A sampler refused.
    Resample(ResampleError),
    /// The model could not be fitted.
    Model(ModelError),
}

impl RunError {
    /// The stage whose settings have to change: `"data"`, `"split"`, `"resample"` or `"model"`.
    pub fn stage(&self) -> &'static str {
        match self {
            RunError::Data(_) => "data",
            RunError::Split(_) => "split",
            RunError::Resample(_) => "resample",
            RunError::Model(_) => "model",
        }
    }
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RunError::Data(e) => e.fmt(f),
            RunError::Split(e) => write!(f, "{} {}", e.plainly(), e.advice()),
            RunError::Resample(e) => e.fmt(f),
            RunError::Model(e) => write!(f, "{} {}", e.plainly(), e.advice()),
        }
    }
}

impl std::error::Error for RunError {}

impl From<DataError> for RunError {
    fn from(e: DataError) -> Self {
        RunError::Data(e)
    }
}

impl From<SplitError> for RunError {
    fn from(e: SplitError) -> Self {
        RunError::Split(e)
    }
}

impl From<ResampleError> for RunError {
    fn from(e: ResampleError) -> Self {
        RunError::Resample(e)
    }
}

impl From<ModelError> for RunError {
    fn from(e: ModelError) -> Self {
        RunError::Model(e)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_says_what_to_change() {
        let cases: [(RunError, &str); 5] = [
            (SplitError::LeastPopulated { classes: vec![1] }.into(), "single row of the minority"),
            (SplitError::TestBelowClasses { n_test: 1, n_classes: 2 }.into(), "Raise the test share"),
            (ModelError::NoFiniteOptimum.into(), "Choose a finite C"),
            (ModelError::OneClass(0).into(), "Lower the imbalance ratio"),
            (ModelError::NotConverged.into(), "Standardise the axes"),
        ];
        for (error, advice) in cases {
            let text = error.to_string();
            assert!(text.contains(advice), "{text}");
            assert!(text.ends_with('.') && !text.contains("..") && !text.contains("np.int64"), "{text}");
        }
    }
}
