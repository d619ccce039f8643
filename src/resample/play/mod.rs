//! Playing a chain: what is there after so many steps, what the present step looks at, and what to say about it.
//!
//! A *position* is the number of steps played over all stages, from 0 (the training rows) to [`Chain::total_steps`]
//! (what the model is fitted on). Everything here is a function of chain and position, so that forwards, backwards and
//! jumps all show the same.

mod explain;
mod focus;
mod kin;
mod moment;
mod phases;
mod provenance;
mod sentence;
mod standing;
mod timeline;
pub(in crate::resample) mod words;

pub use explain::{Explanation, Tally, are, explain, summary};
pub use focus::{Focus, focus};
pub use kin::{Kin, kin};
pub use moment::{CodeLine, Moment, Told, code_line};
pub use phases::{PhaseAt, next_stop, phase_index, phase_starts, previous_stop};
pub use provenance::provenance;
pub use sentence::sentence;
pub use standing::{CentersNow, Finding, centers, findings};
pub use timeline::{RowState, Timeline};
pub use words::{Sentence, Span};

use super::{Chain, StageTrace, Step};

/// One step of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Index of the stage.
    pub stage: usize,
    /// Index of the step in its stage.
    pub index: usize,
}

impl Chain {
    /// Steps of all stages.
    pub fn total_steps(&self) -> u32 {
        self.stages.iter().map(|stage| stage.steps.len() as u32).sum()
    }

    /// Positions at which the stages begin.
    pub fn stage_starts(&self) -> Vec<u32> {
        let mut next = 0;
        let start = |stage: &StageTrace| {
            let start = next;
            next += stage.steps.len() as u32;
            start
        };
        self.stages.iter().map(start).collect()
    }

    /// The step played last at `position`; `None` at 0. Beyond the end it is the last step.
    pub fn locate(&self, position: u32) -> Option<Place> {
        let mut before = (position.min(self.total_steps()) as usize).checked_sub(1)?;
        for (stage, trace) in self.stages.iter().enumerate() {
            match before.checked_sub(trace.steps.len()) {
                None => return Some(Place { stage, index: before }),
                Some(rest) => before = rest,
            }
        }
        None
    }

    /// The step at `place`.
    pub fn step(&self, place: Place) -> Step {
        self.stages[place.stage].steps[place.index]
    }
}
