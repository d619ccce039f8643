//! The results at the right: confusion matrix, metrics, one sentence, curves, scores.

mod confusion;
mod scored;
mod sentence;
mod tiles;

use leptos::prelude::*;

use super::charts::{PrChart, RocChart, ScoreHistogram};
use crate::state::{Lab, Status};

/// The results.
#[component]
pub fn Results() -> impl IntoView {
    let lab = expect_context::<Lab>();
    let stale = move || matches!(&*lab.status.read(), Status::Failed { .. });
    let late = move || *lab.status.read() == Status::Working;
    view! {
        <div class="results" class:stale=stale class:late=late aria-busy=move || late().to_string()>
            <confusion::Confusion/>
            <tiles::Tiles/>
            <sentence::Sentence/>
            <div class="card curves"><PrChart/><RocChart/></div>
            <div class="card scores"><ScoreHistogram/></div>
        </div>
    }
    .into_any()
}

pub use scored::misses;
