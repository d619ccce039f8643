//! Plays: moves the stepper with the clock for as long as the lab says so.

use leptos::prelude::*;

use super::beat::{Speed, position};
use crate::browser::frame::OncePerFrame;
use crate::browser::theme::prefers_reduced_motion;
use crate::state::Lab;
use crate::ui::playback;

/// Where a play began.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Start {
    time_millis: f64,
    step: u32,
    speed: Speed,
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
        // A new speed begins a new stretch, from where the last one has come to.
        let from = match start.get_value() {
            Some(from) if from.speed == speed => from,
            _ => Start { time_millis, step: now, speed },
        };
        start.set_value(Some(from));
        match position(from.step, total, time_millis - from.time_millis, speed) {
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
