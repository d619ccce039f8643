//! The state of the page: ground signals that a link can carry, results that arrive from the worker, and what is
//! only about looking. Components get a [`Lab`] from context and never compute.

use std::sync::Arc;

use leptos::prelude::*;

use crate::experiment::{Layers, Pin, Report, Spec, Surface, Window};

/// What the worker last found, with the link it belongs to.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The specification that was run.
    pub spec: Arc<Spec>,
    /// The numbers.
    pub report: Arc<Report>,
    /// The scored grid.
    pub surface: Arc<Surface>,
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
}

/// All signals of the page. `Copy`, handed around by context (`expect_context::<Lab>()`).
#[derive(Clone, Copy)]
pub struct Lab {
    // in the link
    /// What decides the result.
    pub spec: RwSignal<Spec>,
    /// The one threshold.
    pub threshold: RwSignal<f64>,
    /// Steps played over all stages; `None`: all.
    pub step: RwSignal<Option<u32>>,
    /// What the plane shows.
    pub layers: RwSignal<Layers>,
    /// The baseline.
    pub pin: RwSignal<Option<Pin>>,
    // from the worker
    /// The last good outcome.
    pub outcome: RwSignal<Option<Arc<Outcome>>>,
    /// The outcome of the pinned run.
    pub pinned: RwSignal<Option<Arc<Outcome>>>,
    /// What the worker is doing.
    pub status: RwSignal<Status>,
    // only about looking
    /// What is lit up.
    pub highlight: RwSignal<Highlight>,
    /// The stage whose controls are shown.
    pub stage: RwSignal<Stage>,
    /// The part of the plane shown; `None`: what fits the data.
    pub window: RwSignal<Option<Window>>,
    /// What the pointer does on the plane.
    pub tool: RwSignal<Tool>,
    /// Radius of brush and eraser, CSS pixels.
    pub brush: RwSignal<f64>,
    /// Whether the dark theme is on (resolved: never "system").
    pub dark: RwSignal<bool>,
    /// Sentences for the reader (notes of the link, of the clipboard, ...); each can be dismissed.
    pub notices: RwSignal<Vec<String>>,
}
