//! The steps of a sampler, and the chain that folds them.
//!
//! A chain keeps one pool of rows: the training rows first, in order, then every generated row in the order it was
//! made. A step names rows by their index in that pool, so a row keeps its identity through all stages.

use serde::{Deserialize, Serialize};

use super::Sampler;
use crate::base::{Class, Point};

/// Index of a row in the pool of a [`Chain`].
pub type RowId = u32;

/// Where a row of the pool comes from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Origin {
    /// Row of the training set.
    Original,
    /// A repetition of a row.
    Copy {
        /// The row repeated.
        of: RowId,
    },
    /// On the segment from `base` to `neighbor`: `base + gap * (neighbor - base)`.
    Between {
        /// The minority row it starts from.
        base: RowId,
        /// The neighbour it goes towards.
        neighbor: RowId,
        /// Chawla's `gap`, 0 to 1 (the factor really applied).
        gap: f64,
    },
}

/// One step of a sampler. Rows are pool ids.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Step {
    /// A minority row was classified by its `m_neighbors` neighbours (Borderline-SMOTE).
    Classify {
        /// The row looked at.
        row: RowId,
        /// How many of its neighbours are of another class.
        other_class: u32,
        /// Whether `m/2 <= other_class < m`.
        danger: bool,
    },
    /// A row was generated; its origin stands in the pool.
    Add {
        /// The new row.
        row: RowId,
    },
    /// A row was kept by a draw (random under-sampling), in the order drawn.
    Keep {
        /// The row kept.
        row: RowId,
    },
    /// A row was left over by a draw (random under-sampling).
    Drop {
        /// The row dropped.
        row: RowId,
    },
    /// A Tomek link was found: mutual nearest neighbours of unlike class.
    Link {
        /// The end of the lower index.
        a: RowId,
        /// The other end.
        b: RowId,
        /// Whether `a` is removed.
        remove_a: bool,
        /// Whether `b` is removed.
        remove_b: bool,
    },
}

impl Step {
    /// The rows that leave with this step.
    pub fn removed(&self) -> [Option<RowId>; 2] {
        match *self {
            Step::Drop { row } => [Some(row), None],
            Step::Link { a, b, remove_a, remove_b } => [remove_a.then_some(a), remove_b.then_some(b)],
            Step::Classify { .. } | Step::Add { .. } | Step::Keep { .. } => [None, None],
        }
    }
}

/// What a [`NeighborTable`] was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TableUse {
    /// To decide about the base rows by who is around them.
    Judge,
    /// To choose whom to interpolate towards.
    Interpolate,
}

/// For some rows their nearest neighbours, nearest first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NeighborTable {
    /// What it was asked for.
    pub purpose: TableUse,
    /// The rows asked about.
    pub bases: Vec<RowId>,
    /// For each base row its `width` neighbours, one row after the other.
    pub neighbors: Vec<RowId>,
    /// Neighbours per base row.
    pub width: usize,
}

impl NeighborTable {
    /// Neighbours of the base row at `position` of `bases`.
    pub fn row(&self, position: usize) -> &[RowId] {
        &self.neighbors[position * self.width..(position + 1) * self.width]
    }

    /// Neighbours of the pool row `base`, if it was asked about.
    pub fn neighbors_of(&self, base: RowId) -> Option<&[RowId]> {
        self.bases.iter().position(|&row| row == base).map(|position| self.row(position))
    }
}

/// In which order rows leave a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum OutputOrder {
    /// As they came in, drawn and generated rows after them in the order of the steps.
    AsGiven,
    /// The same, then grouped by ascending class.
    GroupedByClass,
}

/// One stage of a chain, played.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StageTrace {
    /// What was applied.
    pub sampler: Sampler,
    /// Its `random_state`.
    pub seed: u32,
    /// Rows that came in, in order.
    pub input: Vec<RowId>,
    /// What was done.
    pub steps: Vec<Step>,
    /// How the rows are ordered afterwards.
    pub order: OutputOrder,
    /// Rows that went out, in the library's order: `input` with `steps` applied to it.
    pub output: Vec<RowId>,
    /// Neighbours that were looked up.
    pub tables: Vec<NeighborTable>,
}

/// A chain of samplers, played on the training rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Chain {
    /// Coordinates of every row that ever was, in the sampler's space (after the scaler, when there is one).
    pub pool_x: Vec<Point>,
    /// Class of every row of the pool.
    pub pool_y: Vec<Class>,
    /// Origin of every row of the pool.
    pub pool_origin: Vec<Origin>,
    /// One trace per stage.
    pub stages: Vec<StageTrace>,
    /// Rows that the model is fitted on, in order.
    pub output: Vec<RowId>,
}
