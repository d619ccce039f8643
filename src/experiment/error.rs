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
    use crate::experiment::run;
    use crate::permalink::parse;

    #[test]
    fn a_run_that_fails_says_what_happened_and_what_to_change() {
        let points = "points=0:0,0;0,1;0,2;0,3;1,0;1,1;1,2;1,3;2,0;2,1;1:9,9";
        let (one, two) = (points.to_owned(), format!("{points};9,8;8,9;8,8"));
        for (link, stage, said) in [
            ("data=table".to_owned(), "split", "There are no rows to split. Paste or load a table"),
            (
                format!("data=table&{one}"),
                "split",
                "There is a single row of the minority, but a stratified split needs one of every class on both sides. \
                 Lower the imbalance ratio or make more rows",
            ),
            (format!("data=table&{two}&C=none"), "model", "Choose a finite C"),
            ("data=table&points=0:0,0;0,1;0,2&off=split".to_owned(), "model", "are majority, so there is nothing"),
            ("data=table&points=0:1,1;2,2;3,3&off=split&sampler=smote".to_owned(), "resample", "all of one class"),
        ] {
            let error = run(&parse(&link).link.spec).unwrap_err();
            assert_eq!(error.stage(), stage, "{link}: {error}");
            assert!(error.to_string().contains(said), "{link}: {error}");
            assert!(!error.to_string().contains("in y have only"), "{error}");
        }
    }
}
