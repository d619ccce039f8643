//! Why a specification could not be run: the stage it concerns and a sentence that says what to change.

use std::fmt;

use crate::dataset::DataError;
use crate::model::ModelError;
use crate::resample::ResampleError;
use crate::split::SplitError;

/// Why [`super::run()`] gave up. `Display` says what to change.
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
            RunError::Split(e) => e.fmt(f),
            RunError::Resample(e) => e.fmt(f),
            RunError::Model(e) => e.fmt(f),
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
