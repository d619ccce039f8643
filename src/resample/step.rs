//! The steps of a sampler, and the chain that folds them.
//!
//! A chain keeps one pool of rows: the training rows first, in order, then every generated row in the order it was
//! made. A step names rows by their index in that pool, so a row keeps its identity through all stages.

use serde::{Deserialize, Serialize};

use super::{Restriction, Sampler, stretches};
use crate::base::{Class, Point, Rows};

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
        /// Chawla's `gap`, 0 to 1 (the factor really applied); below 0 it leads away from the neighbour.
        gap: f64,
    },
    /// A row with noise of the class's own spread added (smoothed bootstrap).
    Jittered {
        /// The row drawn.
        of: RowId,
    },
    /// The centre of a cluster.
    Center {
        /// Number of the cluster.
        cluster: u32,
    },
    /// Drawn from a component of a density that was fitted.
    Component {
        /// Number of the component.
        component: u32,
    },
    /// Between two rows of different classes: `share` of `a`, the rest of `b`.
    Mixed {
        /// The first row.
        a: RowId,
        /// The second row.
        b: RowId,
        /// Share of the first, 0 to 1.
        share: f64,
        /// How much of its label is the class of the first; the rest is that of the second.
        label: f64,
    },
}

/// What was found about a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// Less than half of its neighbours are of another class.
    Safe,
    /// Half or more are, but not all.
    Danger,
    /// All of them are.
    Noise,
    /// Its neighbours (or the model asked) agree with its class.
    Agrees,
    /// They do not.
    Disagrees,
    /// Its number lets it stay.
    Kept,
    /// It does not.
    Dropped,
    /// It was asked for its neighbours; about itself nothing was found.
    Asked,
}

/// One step of a sampler. Rows are pool ids.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Step {
    /// A row was judged by its neighbours. Nothing changes yet.
    Judge {
        /// The row looked at.
        row: RowId,
        /// How many of its neighbours are of another class.
        others: u32,
        /// What follows from that.
        verdict: Verdict,
    },
    /// A row was given its share of what is to be made. Nothing changes yet.
    Weigh {
        /// The row.
        row: RowId,
        /// How many of its neighbours are of another class.
        others: u32,
        /// Its weight.
        weight: f64,
        /// How many rows are to be made from it.
        share: u32,
    },
    /// A cluster was given its share of what is to be made. Nothing changes yet.
    Cluster {
        /// Number of the cluster, as in [`StageTrace::centers`].
        cluster: u32,
        /// Its rows of the class that grows.
        size: u32,
        /// Its weight.
        weight: f64,
        /// How many rows are to be made in it.
        share: u32,
    },
    /// A row was given a number by which it is compared with others. Nothing changes yet.
    Score {
        /// The row.
        row: RowId,
        /// Its number.
        score: f64,
        /// What follows from that.
        verdict: Verdict,
    },
    /// Centres moved; they stand in the trace ([`StageTrace::centers`]). Nothing changes yet.
    Iterate {
        /// Which time, from 0.
        iteration: u32,
        /// By how much: sum of squared shifts, or what the algorithm measures.
        moved: f64,
    },
    /// A row was generated; its origin stands in the pool.
    Add {
        /// The new row.
        row: RowId,
    },
    /// A row was chosen: it leaves the stage in the order of these steps.
    Keep {
        /// The row kept.
        row: RowId,
    },
    /// A row was not chosen, and goes.
    Drop {
        /// The row dropped.
        row: RowId,
    },
    /// A rule condemned a row, and it goes.
    Remove {
        /// The row.
        row: RowId,
        /// How many of its neighbours are of another class, where the rule asks for that.
        others: u32,
        /// The row because of which it goes: itself when its own neighbours condemn it.
        because: RowId,
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
        /// How far apart the ends are in the space that was searched, hidden columns included.
        distance: f64,
    },
    /// A cluster was measured, and left out or not. Nothing changes yet.
    Measure {
        /// Number of the cluster, as in [`StageTrace::centers`].
        cluster: u32,
        /// Its rows of the class that grows.
        size: u32,
        /// Its rows of any class.
        of: u32,
        /// How sparse the former are in it; 0 when the cluster is left out.
        sparsity: f64,
    },
    /// What is to be made was shared out between two groups of rows. Nothing changes yet.
    Split {
        /// How many rows are to be made from the first group; the rest from the second.
        first: u32,
        /// How many rows are to be made.
        of: u32,
    },
    /// A model was fitted on all rows but those of a fold, which are judged next. Nothing changes yet.
    Fold {
        /// Which fold, from 0.
        fold: u32,
        /// Rows in it.
        held_out: u32,
        /// Rows in the others.
        fitted: u32,
    },
}

impl Step {
    /// The rows that leave with this step.
    pub fn removed(&self) -> [Option<RowId>; 2] {
        match *self {
            Step::Drop { row } | Step::Remove { row, .. } => [Some(row), None],
            Step::Link { a, b, remove_a, remove_b, .. } => [remove_a.then_some(a), remove_b.then_some(b)],
            _ => [None, None],
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
    #[serde(with = "crate::base::packed")]
    pub bases: Vec<RowId>,
    /// For each base row its `width` neighbours, one row after the other.
    #[serde(with = "crate::base::packed")]
    pub neighbors: Vec<RowId>,
    /// Neighbours per base row.
    pub width: usize,
    /// Steps of the stage played when it was looked up: a later table replaces an earlier one for the rows of both.
    pub since: u32,
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

/// Where a phase of a stage begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhaseStart {
    /// Steps of the stage played before it.
    pub at: u32,
    /// Index in the method's phases.
    pub phase: u32,
    /// Which time the phase is entered, from 0: passes and iterations.
    pub round: u32,
}

/// Where the centres of clusters stood.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Centers {
    /// Steps of the stage played when they came there.
    pub since: u32,
    /// The centres, in the sampler's space.
    #[serde(with = "crate::base::packed")]
    pub at: Vec<Point>,
    /// The rows that moved them, where it was but a batch of all.
    pub batch: Option<Batch>,
}

/// The rows of one round of mini-batch k-means, and what the round did beside moving centres to means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Batch {
    /// How many rows were drawn, with replacement.
    pub size: u32,
    /// The first of them, in the order drawn: [`Batch::NAMED`] at most.
    pub first: Vec<RowId>,
    /// The centres that were put on a row of the batch.
    pub reassigned: Vec<u32>,
}

impl Batch {
    /// Rows that are remembered by name.
    pub const NAMED: usize = 5;
}

/// One stage of a chain, played.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StageTrace {
    /// What was applied.
    pub sampler: Sampler,
    /// Its `random_state`.
    pub seed: u32,
    /// What it was restricted to, if it was.
    pub only: Option<Restriction>,
    /// Rows that came in, in order.
    #[serde(with = "crate::base::packed")]
    pub input: Vec<RowId>,
    /// What was done.
    #[serde(with = "stretches")]
    pub steps: Vec<Step>,
    /// How the rows are ordered afterwards.
    pub order: OutputOrder,
    /// Rows that went out, in the library's order: `input` with `steps` applied to it.
    #[serde(with = "crate::base::packed")]
    pub output: Vec<RowId>,
    /// Neighbours that were looked up.
    pub tables: Vec<NeighborTable>,
    /// The phases, in the order they were entered.
    pub phases: Vec<PhaseStart>,
    /// Centres of clusters, each time they moved.
    pub centers: Vec<Centers>,
    /// What the scores of a class have to reach, or its share in a cluster.
    pub thresholds: Vec<(Class, f64)>,
}

/// A chain of samplers, played on the training rows.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Chain {
    /// Coordinates of every row that ever was, in the sampler's space (after the scaler, when there is one).
    #[serde(with = "crate::base::packed")]
    pub pool_x: Vec<Point>,
    /// Columns beyond the two of the plane, for every row of the pool: they take part in searches and are not shown.
    #[serde(skip)]
    pub pool_hidden: Rows,
    /// Class of every row of the pool.
    #[serde(with = "crate::base::packed")]
    pub pool_y: Vec<Class>,
    /// Origin of every row of the pool.
    #[serde(with = "stretches")]
    pub pool_origin: Vec<Origin>,
    /// One trace per stage.
    pub stages: Vec<StageTrace>,
    /// Rows that the model is fitted on, in order.
    #[serde(with = "crate::base::packed")]
    pub output: Vec<RowId>,
}
