//! Messages between page and worker: a request is a link, a reply is numbers. Encoded with postcard.
//!
//! ```
//! use imbalance_lab::protocol::{Reply, decode, encode};
//! let bytes = encode(&Reply::Ready { version: 1 });
//! assert_eq!(decode(&bytes), Some(Reply::Ready { version: 1 }));
//! assert_eq!(decode::<Reply>(&[250, 1]), None);
//! ```

mod question;

use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::dataset::Table;
use crate::experiment::{Extras, Report, Surface, Window};
pub use question::{Answer, File, Question, Trial};

/// Grows with every change of a message, so that a stale worker is noticed.
pub const PROTOCOL_VERSION: u32 = 12;

/// Page to worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Keep a table too large for a link; the links that follow name it by its digest.
    Table {
        /// The rows.
        table: Arc<Table>,
    },
    /// Run a link and score a grid.
    Run(Run),
    /// Answer a question.
    Ask {
        /// Grows by one per question.
        id: u64,
        /// The question.
        question: Question,
    },
}

/// A link to run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Grows by one per request.
    pub id: u64,
    /// What it is for: each lane has its own stage cache.
    pub lane: Lane,
    /// What is asked for.
    pub order: Order,
    /// What is looked at of what not every reader sees.
    pub extras: Extras,
}

/// What a run is to bring.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Order {
    /// The link, as it stands after `#`.
    pub link: String,
    /// What part of the plane to score.
    pub part: Part,
    /// Cells along the longer side.
    pub cells: u32,
    /// Whether the numbers are wanted: who only looks at another part of the plane has them.
    pub report: bool,
}

/// A part of the plane.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Part {
    /// This one.
    Window(Window),
    /// What shows the data ([`Window::following`]), on a plane so many times as wide as it is high (`None`: as the data
    /// are) that shows this part at present.
    Data {
        /// Width by height.
        aspect: Option<f64>,
        /// What it shows.
        shown: Option<Window>,
    },
}

impl Part {
    /// All data, whatever the plane is like.
    pub const ALL: Part = Part::Data { aspect: None, shown: None };
}

/// What a run is for. The newest run of a lane replaces an older one that waits; lanes do not replace each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lane {
    /// The lab as it stands.
    Present,
    /// The run pinned as the baseline.
    Pinned,
}

/// Worker to page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reply {
    /// First message of a worker. Never changes, so that any two versions understand it.
    Ready {
        /// Its [`PROTOCOL_VERSION`].
        version: u32,
    },
    /// A run that succeeded.
    Done {
        /// Of the request.
        id: u64,
        /// The numbers, where they were wanted.
        report: Option<Box<Report>>,
        /// The scored grid.
        surface: Surface,
        /// Milliseconds per stage, as (stage name, time), measured in the worker.
        timings: Vec<(String, f64)>,
    },
    /// A run that could not be done.
    Failed {
        /// Of the request.
        id: u64,
        /// Which stage it concerns: "data", "split", "resample", "model", or "worker" when the worker itself broke.
        stage: String,
        /// What happened and what to change.
        message: String,
        /// The rows that it is about, where they are known.
        rows: Option<Box<Table>>,
    },
    /// A long run has reached a stage.
    Progress {
        /// Of the request.
        id: u64,
        /// The stage that begins.
        stage: String,
    },
    /// The answer to a question.
    Answered {
        /// Of the question; questions are counted apart from runs.
        id: u64,
        /// The answer.
        answer: Answer,
    },
    /// Last message of a worker that is about to end.
    Died {
        /// What it says itself.
        message: String,
    },
}

impl Reply {
    /// The run it answers.
    pub fn id(&self) -> Option<u64> {
        match self {
            Reply::Done { id, .. } | Reply::Failed { id, .. } | Reply::Progress { id, .. } => Some(*id),
            Reply::Ready { .. } | Reply::Answered { .. } | Reply::Died { .. } => None,
        }
    }
}

/// A message as bytes.
pub fn encode<M: Serialize>(message: &M) -> Vec<u8> {
    // Writing to a growing vector fails only for a sequence of unknown length, and no message holds one.
    postcard::to_stdvec(message).unwrap_or_default()
}

/// A message from bytes; `None` when they come from another version.
pub fn decode<M: DeserializeOwned>(bytes: &[u8]) -> Option<M> {
    postcard::from_bytes(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whoever speaks to the worker without this crate (the benchmark of the samplers) writes these bytes by hand.
    #[test]
    fn a_run_is_written_as_the_benchmark_writes_it() {
        let link = "/lab?n=50".to_owned();
        let order = Order { link: link.clone(), part: Part::ALL, cells: 8, report: false };
        let run = Run { id: 1, lane: Lane::Present, order, extras: Extras::default() };
        let by_hand = [&[1, 1, 0, link.len() as u8], link.as_bytes(), &[1, 0, 0, 8, 0, 0, 0]].concat();
        assert_eq!(encode(&Request::Run(run)), by_hand);
        assert_eq!(encode(&Reply::Progress { id: 300, stage: "fit".to_owned() })[0], 3);
        assert_eq!(encode(&Reply::Ready { version: PROTOCOL_VERSION })[0], 0);
    }
}
