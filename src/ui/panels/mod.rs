//! The left panel: the controls of the active stage, what is wrong with it when something is, and what is happening.

mod applied;
mod by_class;
mod data;
mod decide;
mod explain;
mod hurts;
mod model;
mod only_types;
mod resample;
mod seed;
mod split;
mod strategy;

use leptos::prelude::*;

pub use data::{choose as choose_source, show_table};
pub use resample::smote;

use super::stages;
use crate::permalink;
use crate::state::{Lab, Stage, Status};

/// Controls of the active stage.
#[component]
pub fn Panel() -> impl IntoView {
    let lab = expect_context::<Lab>();
    let title = move || match lab.stage.get() {
        Stage::Data => "1 Data to learn from",
        Stage::Split => "2 Split into train and test",
        Stage::Resample => "3 Resample the training set",
        Stage::Model => "4 Model to fit",
        Stage::Decide => "5 Decide by a threshold",
    };
    view! {
        <section class="card panel" aria-labelledby="panel-title" data-testid="panel">
            <h2 id="panel-title">{title}</h2>
            <Error/>
            {move || match lab.stage.get() {
                Stage::Data => data::panel(lab),
                Stage::Split => split::panel(lab),
                Stage::Resample => resample::panel(lab),
                Stage::Model => model::panel(lab),
                Stage::Decide => decide::panel(lab),
            }}
            <explain::Explain/>
            // Below what is happening now: what was, and what else could be looked at.
            {move || {
                (lab.stage.get() == Stage::Resample).then(|| view! { {applied::list(lab)} {hurts::list(lab)} })
            }}
        </section>
    }
    .into_any()
}

/// What cannot be done and what to change, with the way to the stage that it concerns.
#[component]
fn Error() -> impl IntoView {
    let lab = expect_context::<Lab>();
    move || {
        let Status::Failed { stage, message } = lab.status.get() else { return ().into_any() };
        let cause = stages::ALL.into_iter().find(|&candidate| stages::id(candidate) == stage);
        let elsewhere = cause.filter(|&cause| cause != lab.stage.get()).map(|cause| {
            view! {
                <button type="button" class="link" on:click=move |_| lab.select_stage(cause)>
                    {format!("Go to {}", stages::title(cause))}
                </button>
            }
        });
        view! {
            <div class="error" role="alert" data-testid="error">
                <p>{message}</p>
                {elsewhere}
                {lab.outcome.with_untracked(Option::is_some).then(|| {
                    let said = match untrack(|| lab.awaits_own_data()) {
                        true => "The points on the plane are yours; the numbers are those of the last result that worked.",
                        false => "What you see is the last result that worked.",
                    };
                    view! { <p class="quiet">{said}</p> }
                })}
            </div>
        }
        .into_any()
    }
}

/// The range that a link takes for the setting called `name`.
fn taken(lab: Lab, name: &'static str) -> Signal<Option<[f64; 2]>> {
    Signal::derive(move || permalink::range(name, &lab.link()))
}

/// A callback that ends a drag.
fn commit(lab: Lab) -> Callback<()> {
    Callback::new(move |()| lab.commit())
}
