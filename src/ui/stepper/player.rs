//! Plays: moves the stepper with the clock for as long as the lab says so.

use leptos::prelude::*;

use super::beat::{Speed, position, position_by_phase};
use crate::browser::frame::OncePerFrame;
use crate::browser::theme::prefers_reduced_motion;
use crate::resample::play::phase_starts;
use crate::state::Lab;
use crate::ui::playback;

/// Where a play began.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Start {
    time_millis: f64,
    step: u32,
    speed: Speed,
    by_phase: bool,
}

/// Where the phases end.
fn stops(lab: Lab, total: u32) -> Vec<u32> {
    let phases = lab.outcome.with_untracked(|outcome| outcome.as_ref().map(|o| phase_starts(&o.report.chain)));
    phases.unwrap_or_default().iter().skip(1).map(|phase| phase.position).chain([total]).collect()
}

/// Follows `lab.playing`. Where the system asks for less motion, playing jumps to the end.
pub fn play_when_asked(lab: Lab, speed: RwSignal<Speed>) {
    let start = StoredValue::new(None::<Start>);
    let ticker = StoredValue::new_local(None::<OncePerFrame>);
    let tick = OncePerFrame::new(move |time_millis| {
        if !lab.playing.get_untracked() {
            return;
        }
        let total = untrack(|| playback::total(lab));
        let (speed, now) = (speed.get_untracked(), lab.step.get_untracked().unwrap_or(total));
        let by_phase = lab.by_phase.get_untracked();
        // Another speed or stride begins a new stretch, from where the last one has come to.
        let from = match start.get_value() {
            Some(from) if (from.speed, from.by_phase) == (speed, by_phase) => from,
            _ => Start { time_millis, step: now, speed, by_phase },
        };
        start.set_value(Some(from));
        let elapsed_millis = time_millis - from.time_millis;
        let next = match by_phase {
            true => position_by_phase(from.step, &stops(lab, total), elapsed_millis, speed),
            false => position(from.step, total, elapsed_millis, speed),
        };
        match next {
            Some(step) => {
                lab.set_step(Some(step));
                ticker.with_value(|ticker| {
                    if let Some(ticker) = ticker {
                        ticker.request();
                    }
                });
            }
            None => playback::to(lab, None),
        }
    });
    ticker.set_value(Some(tick));
    Effect::new(move |_| {
        if !lab.playing.get() {
            return;
        }
        if prefers_reduced_motion() {
            playback::to(lab, None);
            return;
        }
        start.set_value(None);
        ticker.with_value(|ticker| {
            if let Some(ticker) = ticker {
                ticker.request();
            }
        });
    });
}
