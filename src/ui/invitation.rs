//! One line for the newcomer: what is wrong with the picture, and the first button to press. Gone once it was used.

use leptos::prelude::*;

use super::panels::smote;
use super::results::misses;
use super::text::{count, score};
use crate::experiment::Spec;
use crate::state::{Lab, Stage};

/// Fewer missed points than this share make no point.
const WORTH_SAYING: f64 = 0.5;

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
    let try_smote = move |_| {
        done.set(true);
        lab.select_stage(Stage::Resample);
        lab.decide(|spec| {
            spec.off.resample = false;
            spec.samplers = smote().into_iter().collect();
        });
    };
    move || {
        let words = words.get().filter(|_| first && !done.get() && untouched.get())?;
        Some(view! {
            <div class="card invitation" data-testid="invitation">
                <span class="num">{words}</span>
                <button type="button" class="primary" data-testid="try-smote" on:click=try_smote>"Try SMOTE"</button>
                <button type="button" class="icon" aria-label="Dismiss" on:click=move |_| done.set(true)>"×"</button>
            </div>
        })
    }
}
