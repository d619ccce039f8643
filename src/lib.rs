//! Imbalance Lab: a teaching lab on class imbalance whose numbers are those of scikit-learn and imbalanced-learn.
//!
//! # One sentence
//!
//! A [`experiment::Spec`] (everything that decides a result, plain data, fits in a link) goes through
//! [`experiment::run`] and comes out as a [`experiment::Report`] (everything any figure or table needs).
//! The page, the command line, the Python export and the tests are all readers of those two.
//!
//! ```text
//! dataset -> split -> scale -> resample -> fit -> score -> sweep thresholds -> Report
//! ```
//!
//! The threshold is not part of what is computed: the sweep holds the counts at every threshold, so moving the
//! slider only indexes it.
//!
//! # Rooms, in reading order (a module imports only from those above it)
//!
//! | room | what it holds |
//! |---|---|
//! | [`base`] | points and rows, neighbour search, portable maths, numbers as bytes, tolerances |
//! | [`random`] | NumPy-compatible `RandomState`, the only source of randomness once the seed is chosen |
//! | [`dataset`] | `Dataset`, generators with known density, CSV import, drawn points, the true posterior |
//! | [`split`] | stratified train/test split, stratified k-fold, `StandardScaler` |
//! | [`cluster`] | k-means, mini-batch k-means, Gaussian mixtures |
//! | [`model`] | the `Classifier` enum (what to fit), the `Model` enum (what was fitted), class weights |
//! | [`resample`] | samplers, `fit_resample` and the steps it is made of, one file per published algorithm |
//! | [`metrics`] | `ConfusionMatrix`, scores, the one sweep over thresholds, curves as views of the sweep, areas |
//! | [`experiment`] | `Spec`, `run`, `Report`, the stage cache, population values, regions of the plane |
//! | [`permalink`] | one table of fields: drives the link, the command line's help and the comments of the export |
//! | [`export`] | Python script, CSV, JSON report |
//! | [`protocol`] | messages between page and worker |
//! | `figure` | drawing half (feature `draw`): Report -> drawing, the same on canvas and as SVG |
//! | `cli` | feature `cli`: the command line |
//! | `browser` | browser half (features `worker`, `app`): one contact with the browser per file |
//! | `worker` | the web worker: host inside it, client in the page |
//! | `state` | feature `app`: the `Lab` signals, history for undo and redo |
//! | `ui` | feature `app`: components |
//!
//! Beside the rooms stands the crate `imbalance-lab-loops`: loops over pixels and numbers that the page, which is built
//! to be small, runs for every frame. Nothing in it knows what they mean.
//!
//! A browser compiles a function quickly first and well later, all of it at once, when a loop in it has run often. So
//! what loops over rows, cells or steps stands in a function of its own, `#[inline(never)]`, and the stage that calls
//! it stays out of that: compiling the worker's driver as one function took a quarter of a second of a drag.
//!
//! Everything from [`base`] to [`protocol`] knows no browser, no clock and no drawing; cargo features make that a
//! compile error and `tests/tidy.rs` reads the `use` lines.

pub mod base;
pub mod cluster;
pub mod dataset;
pub mod experiment;
pub mod export;
pub mod metrics;
pub mod model;
pub mod permalink;
pub mod protocol;
pub mod random;
pub mod resample;
pub mod split;

#[cfg(feature = "draw")]
pub mod figure;

#[cfg(feature = "cli")]
pub mod cli;

#[cfg(feature = "worker")]
pub mod browser;
#[cfg(feature = "worker")]
pub mod worker;

#[cfg(feature = "app")]
pub mod state;
#[cfg(feature = "app")]
pub mod ui;
