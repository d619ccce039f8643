//! What the page asks beside the runs: pictures of the sources, which the worker draws, and files to take along, which
//! the clerk writes. The page holds neither generators nor writers.

use serde::{Deserialize, Serialize};

use crate::dataset::{Dataset, Source};

/// A question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Question {
    /// Small samples of sources.
    Thumbnails(Vec<Source>),
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
    /// Of [`Question::File`].
    Text(String),
    /// There is none, and why.
    Refused(String),
}
