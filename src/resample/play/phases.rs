//! The phases of a chain: where the coarse steps begin, and what they are called.
//!
//! A phase ends where the next one begins, so going by phase stops at those places: everything the phase did has then
//! been played.

use crate::resample::Chain;

/// The beginning of a phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PhaseAt {
    /// Steps of all stages played before it.
    pub position: u32,
    /// Index of its stage.
    pub stage: usize,
    /// Index in the method's phases.
    pub phase: u32,
    /// Which time it is entered, from 0.
    pub round: u32,
}

/// All phases in which something happens, in the order they are played. A stage whose method names no phases is one.
///
/// ```
/// use imbalance_lab::resample::play::phase_starts;
/// use imbalance_lab::resample::{Sampler, fit_resample};
///
/// let x: Vec<[f64; 2]> = (0..30).map(|i| [f64::from(i), 0.0]).collect();
/// let y: Vec<u8> = (0..30).map(|i| u8::from(i >= 20)).collect();
/// let chain = fit_resample(&Sampler::named("RandomUnderSampler").unwrap(), &x, &y, 0)?.chain;
/// let positions: Vec<u32> = phase_starts(&chain).iter().map(|phase| phase.position).collect();
/// assert_eq!(positions, [0, 10], "ten rows are drawn, then the others are dropped");
/// # Ok::<(), imbalance_lab::resample::ResampleError>(())
/// ```
pub fn phase_starts(chain: &Chain) -> Vec<PhaseAt> {
    let mut all: Vec<PhaseAt> = Vec::new();
    for ((stage, trace), start) in chain.stages.iter().enumerate().zip(chain.stage_starts()) {
        let steps = trace.steps.len() as u32;
        if steps == 0 {
            continue;
        }
        let first = all.len();
        for entered in trace.phases.iter().filter(|entered| entered.at < steps) {
            // A phase in which nothing happened gives its place to the one after it.
            if all.len() > first && all.last().is_some_and(|last| last.position == start + entered.at) {
                all.pop();
            }
            all.push(PhaseAt { position: start + entered.at, stage, phase: entered.phase, round: entered.round });
        }
        match all.get_mut(first) {
            Some(phase) => phase.position = start,
            None => all.push(PhaseAt { position: start, stage, phase: 0, round: 0 }),
        }
    }
    all
}

/// Index of the phase of the step played last at `position`; at 0 that of the step to come. `None` without phases.
pub fn phase_index(phases: &[PhaseAt], position: u32) -> Option<usize> {
    let begun = phases.partition_point(|phase| phase.position < position);
    (!phases.is_empty()).then(|| begun.saturating_sub(1))
}

/// Where to stop after `position` when going by phase.
pub fn next_stop(phases: &[PhaseAt], position: u32, total: u32) -> u32 {
    phases.iter().map(|phase| phase.position).find(|&start| start > position).unwrap_or(total)
}

/// Where to stop before `position`.
pub fn previous_stop(phases: &[PhaseAt], position: u32) -> u32 {
    phases.iter().rev().map(|phase| phase.position).find(|&start| start < position).unwrap_or(0)
}

impl PhaseAt {
    /// "Find who is in danger, 1 of 2", with "pass 3 of 4" when it is entered that often; `None` without a name.
    pub fn words(&self, chain: &Chain) -> Option<String> {
        let stage = chain.stages.get(self.stage)?;
        let names = stage.sampler.method().words().phases;
        let mut words = (*names.get(self.phase as usize)?).to_owned();
        if names.len() > 1 {
            words += &format!(", {} of {}", self.phase + 1, names.len());
        }
        let rounds = stage.phases.iter().filter(|entered| entered.phase == self.phase).count();
        if rounds > 1 {
            words += &format!(", pass {} of {rounds}", self.round + 1);
        }
        Some(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resample::{OutputOrder, PhaseStart, Sampler, StageTrace, Step};

    fn stage(name: &str, steps: u32, phases: &[(u32, u32, u32)]) -> StageTrace {
        StageTrace {
            sampler: Sampler::named(name).unwrap(),
            seed: 0,
            only: None,
            input: Vec::new(),
            steps: (0..steps).map(|row| Step::Keep { row }).collect(),
            order: OutputOrder::AsGiven,
            output: Vec::new(),
            tables: Vec::new(),
            phases: phases.iter().map(|&(at, phase, round)| PhaseStart { at, phase, round }).collect(),
            centers: Vec::new(),
            thresholds: Vec::new(),
        }
    }

    fn chain() -> Chain {
        let stages = vec![
            // The second phase is entered twice and is empty the first time; the last one has nothing to do.
            stage("RandomUnderSampler", 10, &[(0, 0, 0), (4, 1, 0), (4, 0, 1), (7, 1, 1), (10, 0, 2)]),
            stage("TomekLinks", 0, &[]),
            stage("SMOTE", 5, &[]),
        ];
        Chain { stages, ..Chain::default() }
    }

    #[test]
    fn phases_begin_where_something_happens() {
        let at = |position, stage, phase, round| PhaseAt { position, stage, phase, round };
        assert_eq!(phase_starts(&chain()), [at(0, 0, 0, 0), at(4, 0, 0, 1), at(7, 0, 1, 1), at(10, 2, 0, 0)]);
        assert_eq!(phase_starts(&Chain::default()), []);
        let late = Chain { stages: vec![stage("SMOTE", 5, &[(2, 1, 0)])], ..Chain::default() };
        assert_eq!(phase_starts(&late), [at(0, 0, 1, 0)], "what comes before the first phase belongs to it");
    }

    #[test]
    fn going_by_phase_stops_where_one_has_ended_and_comes_back_the_same_way() {
        let phases = phase_starts(&chain());
        let mut stops = vec![0];
        while *stops.last().unwrap() < 15 {
            stops.push(next_stop(&phases, *stops.last().unwrap(), 15));
        }
        assert_eq!(stops, [0, 4, 7, 10, 15]);
        for pair in stops.windows(2) {
            assert_eq!(previous_stop(&phases, pair[1]), pair[0]);
        }
        assert_eq!((previous_stop(&phases, 0), next_stop(&phases, 15, 15)), (0, 15));
        assert_eq!((previous_stop(&phases, 9), next_stop(&phases, 9, 15)), (7, 10));
    }

    #[test]
    fn a_step_belongs_to_the_phase_in_which_it_was_played() {
        let phases = phase_starts(&chain());
        let index = |position| phase_index(&phases, position).unwrap();
        assert_eq!([0, 1, 4, 5, 7, 8, 10, 11, 15].map(index), [0, 0, 0, 1, 1, 2, 2, 3, 3]);
        assert_eq!(phase_index(&[], 3), None);
    }

    #[test]
    fn a_phase_is_called_by_its_name_its_number_and_its_pass() {
        let chain = chain();
        let words: Vec<Option<String>> = phase_starts(&chain).iter().map(|phase| phase.words(&chain)).collect();
        assert_eq!(words[1].as_deref(), Some("Draw who stays, 1 of 2, pass 2 of 3"));
        assert_eq!(words[2].as_deref(), Some("Drop the others, 2 of 2, pass 2 of 2"));
        assert_eq!(words[3], None, "SMOTE has no phases");
    }
}
