//! Data: labelled points, generators whose density is known, imported tables, drawn points.

mod arc;
pub mod breast_cancer;
mod class_densities;
#[cfg(test)]
mod contract;
mod csv;
mod density;
mod error;
mod generate;
mod mixture;
mod presets;
mod python;
mod sklearn;
mod source;
mod spec;

use serde::{Deserialize, Serialize};

use crate::base::{Class, Point};
pub use class_densities::ClassDensities;
pub use csv::{CellProblem, CsvChoice, CsvColumn, CsvError, CsvErrors, CsvOptions, CsvSheet, Delimiter, MAX_LABELS};
pub use density::{Bounds, Density};
pub use error::DataError;
pub use generate::{
    CLASSES, COLUMNS, Generated, MAX_HIDDEN, MAX_NOISE, MAX_RATIO, MAX_ROWS, MAX_UNITS, MIN_ROWS, class_counts,
    generate, thumbnail,
};
pub use mixture::{Component, Mixture};
pub use presets::preset;
pub use python::{PythonSource, python_source};
pub use sklearn::{
    Centers, Cluster, ClusterStd, GeneratorError, MakeClassification, NSamples, make_blobs, make_circles,
    make_classification, make_imbalance, make_moons,
};
pub use source::{Dial, Origin, SourceInfo};
pub use spec::{DataSpec, Edits, Source, Table};

/// Labelled points. `x.len() == y.len()`; a row is identified by its index.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Dataset {
    /// One point per row.
    #[serde(with = "crate::base::packed")]
    pub x: Vec<Point>,
    /// One class index per row.
    #[serde(with = "crate::base::packed")]
    pub y: Vec<Class>,
}

impl Dataset {
    /// Number of rows.
    pub fn len(&self) -> usize {
        self.y.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.y.is_empty()
    }

    /// Number of rows of `class`.
    pub fn count(&self, class: Class) -> usize {
        self.y.iter().filter(|&&y| y == class).count()
    }

    /// The rows at `indices`, in that order.
    pub fn take(&self, indices: &[u32]) -> Dataset {
        Dataset {
            x: indices.iter().map(|&i| self.x[i as usize]).collect(),
            y: indices.iter().map(|&i| self.y[i as usize]).collect(),
        }
    }
}
