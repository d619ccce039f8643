//! The steps of a sampler, and the chain that folds them.
//!
//! A chain keeps one pool of rows: the training rows first, in order, then every generated row in the order it was
//! made. A step names rows by their index in that pool, so a row keeps its identity through all stages.

use serde::{Deserialize, Serialize};

use super::{Restriction, Sampler};
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
        /// Its weight; 0 when the cluster is left out.
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
    /// What the scores of a class have to reach.
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

/// What may go without saying in a sequence of them.
trait Predictable: Copy + PartialEq {
    /// What most often comes next, if anything does.
    fn next(self) -> Option<Self>;
}

impl Predictable for Origin {
    fn next(self) -> Option<Self> {
        (self == Origin::Original).then_some(self)
    }
}

impl Predictable for Step {
    fn next(self) -> Option<Self> {
        let after = |row: RowId| row.checked_add(1);
        match self {
            Step::Add { row } => after(row).map(|row| Step::Add { row }),
            Step::Drop { row } => after(row).map(|row| Step::Drop { row }),
            _ => None,
        }
    }
}

/// Sequences for serde's `with`, as stretches: an item, and how many predictable ones follow. Thousands of rows added one
/// after the other are one stretch. Out of line: a browser compiles the whole function that has a hot loop in it.
mod stretches {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Predictable;

    #[inline(never)]
    pub fn serialize<T: Predictable + Serialize, S: Serializer>(
        values: &[T],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        gather(values).serialize(serializer)
    }

    #[inline(never)]
    pub fn deserialize<'de, T: Predictable + Deserialize<'de>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<T>, D::Error> {
        Vec::deserialize(deserializer).map(spread)
    }

    #[inline(never)]
    fn gather<T: Predictable>(values: &[T]) -> Vec<(T, u32)> {
        let mut stretches: Vec<(T, u32)> = Vec::new();
        let mut expected = None;
        for &value in values {
            match stretches.last_mut() {
                Some((_, n)) if expected == Some(value) => *n += 1,
                _ => stretches.push((value, 0)),
            }
            expected = value.next();
        }
        stretches
    }

    #[inline(never)]
    fn spread<T: Predictable>(stretches: Vec<(T, u32)>) -> Vec<T> {
        let mut values = Vec::with_capacity(stretches.len());
        for (first, n) in stretches {
            values.extend(std::iter::successors(Some(first), |last| last.next()).take(n as usize + 1));
        }
        values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sequence_comes_back_from_its_stretches() {
        #[derive(Debug, PartialEq, Serialize, Deserialize)]
        struct Both {
            #[serde(with = "stretches")]
            steps: Vec<Step>,
            #[serde(with = "stretches")]
            origins: Vec<Origin>,
        }
        let add = |row| Step::Add { row };
        let judge = |row| Step::Judge { row, others: 1, verdict: Verdict::Safe };
        let between = Origin::Between { base: 1, neighbor: 2, gap: 0.5 };
        let steps = [judge(1), judge(2), add(7), add(8), add(9), add(8), add(u32::MAX), Step::Drop { row: 0 }];
        let both = Both {
            steps: steps.into_iter().chain((1..1000).map(|row| Step::Drop { row })).chain([judge(1)]).collect(),
            origins: [&[Origin::Original; 500][..], &[between, between, Origin::Original]].concat(),
        };
        let bytes = postcard::to_stdvec(&both).unwrap();
        assert!(bytes.len() < 100, "{}", bytes.len());
        assert_eq!(postcard::from_bytes::<Both>(&bytes).unwrap(), both);
        let none = Both { steps: vec![], origins: vec![] };
        assert_eq!(postcard::from_bytes::<Both>(&postcard::to_stdvec(&none).unwrap()).unwrap(), none);
    }
}
