//! Messages between page and worker: a request is a link, a reply is numbers. Encoded with postcard.

use serde::{Deserialize, Serialize};

use crate::dataset::Table;
use crate::experiment::{Report, Surface, Window};

/// Grows with every change of a message, so that a stale worker is noticed.
pub const PROTOCOL_VERSION: u32 = 1;

/// Page to worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Keep a table too large for a link, under its digest.
    Table {
        /// As it stands in the link.
        digest: String,
        /// The rows.
        table: Table,
    },
    /// Run a link and, when a window is given, score a grid over it.
    Run {
        /// Grows by one per request.
        id: u64,
        /// The link, as it stands after `#`.
        link: String,
        /// What part of the plane to score; `None`: the window that fits the data.
        window: Option<Window>,
        /// Cells along the longer side.
        cells: u32,
    },
}

/// Worker to page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// First message of a worker.
    Ready {
        /// Its [`PROTOCOL_VERSION`].
        version: u32,
    },
    /// A run that succeeded.
    Done {
        /// Of the request.
        id: u64,
        /// The numbers.
        report: Box<Report>,
        /// The scored grid.
        surface: Surface,
        /// Milliseconds per stage, as (stage name, time), measured in the worker.
        timings: Vec<(String, f64)>,
    },
    /// A run that could not be done.
    Failed {
        /// Of the request.
        id: u64,
        /// Which stage it concerns: "data", "split", "resample", "model".
        stage: String,
        /// What happened and what to change.
        message: String,
    },
}
