//! One line for the newcomer: what is wrong with the picture, and the first button to press. Gone once it was used.

use leptos::prelude::*;

use super::panels::smote;
use super::results::misses;
use super::text::{count, score};
use crate::browser::theme::controls_cover_the_page;
use crate::experiment::Spec;
use crate::state::{Lab, Stage};

/// Fewer missed points than this share make no point.
const WORTH_SAYING: f64 = 0.5;

/// Stands unseen in the place of the words until the first result is there, so that the plane keeps its size.
const ROOM: &str = "Accuracy .95, yet 50 of 50 minority points are missed.";

/// The invitation, while nothing has been done about the imbalance.
#[component]
pub fn Invitation() -> impl IntoView {
    let lab = expect_context::<Lab>();
    let done = RwSignal::new(false);
    // Only for who arrives at the first example: a link that says more has its own point to make.
    let first = lab.spec.with_untracked(|spec| *spec == Spec { seed: spec.seed, ..Spec::default() });
    let untouched = Memo::new(move |_| lab.spec.read().samplers.is_empty());
    let words = Memo::new(move |_| {
        let outcome = lab.outcome.read();
        let (accuracy, missed, minority) = misses(outcome.as_deref()?, lab.threshold.get());
        (missed > WORTH_SAYING * minority).then(|| {
            format!(
                "Accuracy {}, yet {} of {} minority points are missed.",
                score(accuracy),
                count(missed),
                count(minority)
            )
        })
    });
    // Then what is on screen is of other data.
    let others = Memo::new(move |_| lab.awaits_own_data());
    let try_smote = move |_| {
        done.set(true);
        // Where the controls would cover what happens, they stay closed.
        if !controls_cover_the_page() {
            lab.select_stage(Stage::Resample);
        }
        lab.decide(|spec| {
            spec.off.resample = false;
            spec.samplers = smote().into_iter().collect();
        });
    };
    let waiting = Memo::new(move |_| lab.outcome.with(Option::is_none));
    move || {
        let words = words.get().or_else(|| waiting.get().then(|| ROOM.to_owned()));
        let words = words.filter(|_| first && !done.get() && untouched.get() && !others.get())?;
        let visibility = if waiting.get() { "hidden" } else { "visible" };
        Some(view! {
            <div class="card invitation" data-testid="invitation" style:visibility=visibility>
                <span class="num">{words}</span>
                <button type="button" class="primary" data-testid="try-smote" on:click=try_smote>"Try SMOTE"</button>
                <button type="button" class="icon" aria-label="Dismiss" on:click=move |_| done.set(true)>"×"</button>
            </div>
        })
    }
}
