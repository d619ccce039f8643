//! What the signals of the page hold: the last outcome, what the worker is doing, what is lit up.

use std::sync::Arc;

use crate::dataset::Table;
use crate::experiment::{Report, Spec, Surface};

/// What the worker last found, with the link it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The specification that was run.
    pub spec: Arc<Spec>,
    /// The numbers.
    pub report: Arc<Report>,
    /// The scored grid.
    pub surface: Arc<Surface>,
    /// Whether its window follows the data; if not, the reader has chosen it.
    pub follows: bool,
    /// Milliseconds per stage.
    pub timings: Vec<(String, f64)>,
}

/// What the worker is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// The outcome belongs to the present specification.
    Fresh,
    /// A newer outcome is on its way.
    Working,
    /// The present specification cannot be run; the last good outcome stays, dimmed.
    Failed {
        /// "data", "split", "resample", "model" or "worker".
        stage: String,
        /// What happened and what to change.
        message: String,
    },
}

/// Rows of which nothing could be computed, when nothing was computed before.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// What was asked for.
    pub spec: Arc<Spec>,
    /// The rows that a run of it begins with.
    pub rows: Table,
}

/// What is lit up in every view at once.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Highlight {
    /// Nothing.
    #[default]
    None,
    /// A row of `Report::data`.
    Row(u32),
    /// A row of the chain's pool (synthetic rows have no other name).
    PoolRow(u32),
    /// The test rows of one cell of the confusion matrix.
    Cell {
        /// The true class is the minority.
        actual: bool,
        /// The predicted class is the minority.
        predicted: bool,
    },
    /// The test rows with a score in `[low, high)`.
    Scores {
        /// Lower end.
        low: f64,
        /// Upper end.
        high: f64,
    },
}

/// Stages of the rail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// 1 Data.
    Data,
    /// 2 Split (and scale).
    Split,
    /// 3 Resample.
    Resample,
    /// 4 Model.
    Model,
    /// 5 Decide.
    Decide,
}

/// What a pointer does on the plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// Pan, zoom, hover.
    Look,
    /// Draw points of the class (0 or 1).
    Draw(u8),
    /// Erase points.
    Erase,
    /// Draw a line around the points that are asked about.
    Lasso,
}
