//! When every row of the pool appears and disappears: one pass over the steps, then every question is a comparison.

use crate::resample::{Chain, RowId, Step};

/// What a row of the pool is at some position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowState {
    /// It is not made yet.
    NotYet,
    /// It is there.
    Present,
    /// It was removed (and may be shown as a ghost).
    Removed,
}

/// The positions from which the rows of a pool are there, and from which they are gone.
///
/// ```
/// use imbalance_lab::resample::play::{RowState, Timeline};
/// use imbalance_lab::resample::{K_NEIGHBORS, Sampler, Value, fit_resample};
///
/// let x: Vec<[f64; 2]> = (0..12).map(|i| [f64::from(i), 0.0]).collect();
/// let y: Vec<u8> = (0..12).map(|i| u8::from(i >= 8)).collect();
/// let smote = Sampler::named("SMOTE").unwrap().with(&K_NEIGHBORS, Value::Count(2));
/// let chain = fit_resample(&smote, &x, &y, 0)?.chain;
/// let timeline = Timeline::new(&chain);
/// assert_eq!(timeline.state(12, 0), RowState::NotYet);
/// assert_eq!(timeline.state(12, 1), RowState::Present);
/// # Ok::<(), imbalance_lab::resample::ResampleError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    born: Vec<u32>,
    gone: Vec<u32>,
    total: u32,
}

impl Timeline {
    /// Reads all steps of `chain` once.
    pub fn new(chain: &Chain) -> Self {
        let (mut born, mut gone) = (vec![0; chain.pool_x.len()], vec![u32::MAX; chain.pool_x.len()]);
        let mut position = 0;
        for step in chain.stages.iter().flat_map(|stage| &stage.steps) {
            position += 1;
            if let Step::Add { row } = *step {
                born[row as usize] = position;
            }
            for row in step.removed().into_iter().flatten() {
                gone[row as usize] = position;
            }
        }
        Self { born, gone, total: position }
    }

    /// Steps of all stages.
    pub fn total_steps(&self) -> u32 {
        self.total
    }

    /// What `row` is after `position` steps.
    pub fn state(&self, row: RowId, position: u32) -> RowState {
        match row as usize {
            row if position < self.born[row] => RowState::NotYet,
            row if position < self.gone[row] => RowState::Present,
            _ => RowState::Removed,
        }
    }

    /// The position from which `row` is there.
    pub fn born(&self, row: RowId) -> u32 {
        self.born[row as usize]
    }

    /// The same for a row that was made; `None` for a training row.
    pub fn made(&self, row: RowId) -> Option<u32> {
        Some(self.born(row)).filter(|&position| position > 0)
    }

    /// The position from which `row` is gone, if it ever is.
    pub fn gone(&self, row: RowId) -> Option<u32> {
        Some(self.gone[row as usize]).filter(|&position| position != u32::MAX)
    }

    /// The rows that are in `state` after `position` steps, in the order of the pool.
    pub fn rows(&self, state: RowState, position: u32) -> impl Iterator<Item = RowId> + '_ {
        (0..self.born.len() as RowId).filter(move |&row| self.state(row, position) == state)
    }
}
