//! What the page asks beside the runs: files to take along and pictures of the sources. It is the worker that answers,
//! so that the page holds neither generators nor writers.

use serde::{Deserialize, Serialize};

use crate::dataset::{Dataset, Source};

/// A question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Question {
    /// Small samples of all sources.
    Thumbnails,
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
    /// Of [`Question::Thumbnails`].
    Thumbnails(Vec<(Source, Dataset)>),
    /// Of [`Question::File`].
    Text(String),
    /// There is none, and why.
    Refused(String),
}
