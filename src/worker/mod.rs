//! The web worker that computes, so that the page never stalls: [`host`] runs inside it, [`client`] is the page's end.
//!
//! ```text
//! page                                worker
//!   spawn ------------------------->  load
//!   <-------------------------------  Ready { version }        first message, always
//!   Run { id, link, part, cells, extras } -> run the link, score the grid
//!   <-------------------------------  Progress { id, stage }   only when it takes long
//!   <-------------------------------  Done | Failed { id, .. } as a transferred buffer
//!   Ask { id, question } ---------->  sample the sources
//!   <-------------------------------  Answered { id, answer }
//! ```
//!
//! A second worker of the same manners, the clerk, starts when the first file is asked for and writes scripts, tables
//! and reports: what only few readers need is not loaded by all.
//!
//! At most one run is under way and at most one waits per lane ([`queue`]), so a drag never piles up work. A worker
//! that panics, hangs or cannot be stopped otherwise is replaced; the page keeps its last result.

pub mod host;
pub mod questions;
pub mod queue;

#[cfg(feature = "app")]
pub mod client;

mod answer;
mod clerk;
mod shelf;
