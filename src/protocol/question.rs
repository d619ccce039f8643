//! What the page asks beside the runs: pictures of the sources, which the worker draws, and files to take along, which
//! the clerk writes. The page holds neither generators nor writers.

use serde::{Deserialize, Serialize};

use crate::dataset::{Dataset, Source};
use crate::resample::Chain;
use crate::split::StandardScaler;

/// A question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Question {
    /// Small samples of sources.
    Thumbnails(Vec<Source>),
    /// What the resampling of a link makes of the training rows, and how long it takes.
    Trial {
        /// The link, as it stands after `#`.
        link: String,
        /// Whether the rows are wanted, or only the time.
        show: bool,
    },
    /// A text about a link.
    File {
        /// Which.
        file: File,
        /// The link, as it stands after `#`.
        link: String,
    },
}

/// A text to take along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum File {
    /// The Python script.
    Script,
    /// Every row with its origin, CSV.
    Rows,
    /// The report, JSON.
    Report,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// Of [`Question::Thumbnails`]; a source whose file cannot be had is left out.
    Thumbnails(Vec<(Source, Dataset)>),
    /// Of [`Question::Trial`].
    Tried(Box<Trial>),
    /// Of [`Question::File`].
    Text(String),
    /// There is none, and why.
    Refused(String),
}

/// What a resampling makes of the training rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trial {
    /// How long it takes, measured in the worker.
    pub millis: f64,
    /// Majority and minority rows afterwards.
    pub balance: [u32; 2],
    /// The rows with their steps, where they were asked for.
    pub chain: Option<Chain>,
    /// The scaler in whose space the chain stands.
    pub scaler: Option<StandardScaler>,
}
