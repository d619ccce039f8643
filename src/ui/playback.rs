//! Where the stepper stands and how it moves: the verbs shared by its buttons and by the keyboard.

use leptos::prelude::*;

use crate::resample::play::{next_stop, phase_starts, previous_stop};
use crate::state::Lab;

/// Steps over all stages of the chain on screen.
pub fn total(lab: Lab) -> u32 {
    let steps = |stages: &[crate::resample::StageTrace]| stages.iter().map(|stage| stage.steps.len() as u32).sum();
    lab.outcome.with(|outcome| outcome.as_ref().map_or(0, |outcome| steps(&outcome.report.chain.stages)))
}

/// Goes to a position (`None`: the end) and stops playing.
pub fn to(lab: Lab, step: Option<u32>) {
    lab.playing.set(false);
    let total = untrack(|| total(lab));
    lab.set_step(step.filter(|&step| step < total));
}

/// Goes forward or back by one step, or by one phase where that was chosen, and stops playing.
pub fn step(lab: Lab, forward: bool) {
    if lab.by_phase.get_untracked() {
        phase(lab, forward);
        return;
    }
    let now = now(lab);
    to(lab, Some(if forward { now.saturating_add(1) } else { now.saturating_sub(1) }));
}

/// Goes to the end of the present phase, or back to its beginning, and stops playing.
pub fn phase(lab: Lab, forward: bool) {
    let phases = lab.outcome.with_untracked(|outcome| outcome.as_ref().map(|o| phase_starts(&o.report.chain)));
    let (phases, now) = (phases.unwrap_or_default(), now(lab));
    to(lab, Some(if forward { next_stop(&phases, now, u32::MAX) } else { previous_stop(&phases, now) }));
}

fn now(lab: Lab) -> u32 {
    let total = untrack(|| total(lab));
    lab.step.get_untracked().unwrap_or(total).min(total)
}

/// Plays or pauses; at the end it plays from the beginning.
pub fn toggle(lab: Lab) {
    if untrack(|| total(lab)) == 0 {
        return;
    }
    let playing = !lab.playing.get_untracked();
    if playing && lab.step.get_untracked().is_none() {
        lab.set_step(Some(0));
    }
    lab.playing.set(playing);
}
