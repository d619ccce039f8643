//! The experiment: `Spec` in, `Report` out.

mod contrast;
mod diagnosis;
mod error;
mod memo;
mod population;
mod region;
mod report;
mod run;
mod spec;
mod surface;

pub use diagnosis::{Diagnosis, DiagnosisKind};
pub use error::RunError;
pub use population::{Lattice, PopulationGrid, population};
pub use region::{Region, RegionReport};
pub use report::{Areas, Extras, Population, PopulationAt, Report, Scorers, Surface, Window};
pub use run::{Ran, Runner, run, stalls_elsewhere};
pub use spec::{Layers, Link, Off, Pin, Spec, View};
