//! Where the stepper stands and how it moves: the verbs shared by its buttons and by the keyboard.

use leptos::prelude::*;

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

/// Goes forward or back by some steps and stops playing.
pub fn by(lab: Lab, steps: i64) {
    let total = untrack(|| total(lab));
    let now = i64::from(lab.step.get_untracked().unwrap_or(total).min(total));
    to(lab, Some((now + steps).clamp(0, i64::from(total)) as u32));
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
