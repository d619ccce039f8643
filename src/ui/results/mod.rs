//! The results at the right: confusion matrix, metrics, one sentence, curves, scores.

mod all;
mod confusion;
mod scored;
mod sentence;
mod tiles;

use leptos::prelude::*;

use super::charts::{CurveChart, ScoreHistogram};
use crate::browser::timer::Timeout;
use crate::figure::Curve;
use crate::state::{Lab, Status};

/// After this long a run in progress pales the results of the one before.
const PATIENCE_MILLIS: i32 = 500;

/// The results.
#[component]
pub fn Results() -> impl IntoView {
    let lab = expect_context::<Lab>();
    let stale = move || matches!(&*lab.status.read(), Status::Failed { .. });
    let busy = move || *lab.status.read() == Status::Working;
    let late = late(lab);
    view! {
        <div class="results" class:stale=stale class:late=late aria-busy=move || busy().to_string()>
            <confusion::Confusion/>
            <tiles::Tiles/>
            <sentence::Sentence/>
            <div class="card curves"><CurveChart curve=Curve::PrecisionRecall/><CurveChart curve=Curve::Roc/></div>
            <div class="card scores"><ScoreHistogram/></div>
        </div>
    }
    .into_any()
}

/// Whether a run takes long. Not left to the delay of an animation: one that starts with every run costs the browser
/// several milliseconds, even if it never comes to anything.
fn late(lab: Lab) -> RwSignal<bool> {
    let late = RwSignal::new(false);
    let timer = StoredValue::new_local(None);
    Effect::new(move |_| {
        if *lab.status.read() != Status::Working {
            timer.set_value(None);
            if late.get_untracked() {
                late.set(false);
            }
        } else if timer.with_value(Option::is_none) {
            timer.set_value(Some(Timeout::new(PATIENCE_MILLIS, move || late.set(true))));
        }
    });
    late
}

pub use scored::misses;
