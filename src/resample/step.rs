//! The steps of a sampler, and the chain that folds them.
//!
//! A chain keeps one pool of rows: the training rows first, in order, then every generated row in the order it was
//! made. A step names rows by their index in that pool, so a row keeps its identity through all stages.

use serde::{Deserialize, Serialize};

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

/// One stage of a chain, played.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StageTrace {
    /// Rows that came in, in order.
    pub input: Vec<RowId>,
    /// What was done.
    pub steps: Vec<Step>,
    /// Rows that went out, in the library's order.
    pub output: Vec<RowId>,
    /// For samplers that search: the base rows, ...
    pub bases: Vec<RowId>,
    /// ... and for each base row its `table_width` neighbours, nearest first.
    pub table: Vec<RowId>,
    /// Neighbours per base row in `table`.
    pub table_width: usize,
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
