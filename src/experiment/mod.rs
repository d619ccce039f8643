//! The experiment: `Spec` in, `Report` out.

mod population;
mod report;
mod spec;

pub use population::{PopulationGrid, population};
pub use report::{BayesReport, Population, PopulationAt, Report, Surface, Window};
pub use spec::{Layers, Link, Off, Pin, Spec, View};
