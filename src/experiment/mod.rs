//! The experiment: `Spec` in, `Report` out.

mod report;
mod spec;

pub use report::{BayesReport, Population, PopulationAt, Report, Surface, Window};
pub use spec::{Layers, Link, Off, Pin, Spec, View};
