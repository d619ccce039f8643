//! One file per area of the reference data. An area joins with its `mod` line and its entry in [`AREAS`].

pub mod case;
pub mod compare;

mod datasets;
mod linear;
mod metrics;
mod neighbors;
mod rng;
mod samplers;
mod split;
mod svm;
mod trees;

use case::{Answer, Case};

/// How an area of the reference data is answered.
pub struct Area {
    /// As the file names it.
    pub name: &'static str,
    /// Answers a case from its call and inputs alone; `None`: there is no such function here.
    pub answer: fn(&Case) -> Option<Answer>,
    /// Beginnings of the names of cases that may stay unanswered, each with its reason.
    pub left_out: &'static [(&'static str, &'static str)],
}

/// All areas that have an answerer.
#[rustfmt::skip] // one line each, so that they are easy to add
pub const AREAS: &[Area] = &[
    linear::AREA,
    metrics::AREA,
    neighbors::AREA,
    datasets::AREA,
    rng::AREA,
    samplers::AREA,
    split::AREA,
    svm::AREA,
    trees::AREA,
];
