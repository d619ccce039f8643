//! The pipeline on top: one card per stage with its choice, the balance of the classes after it, and its switch.

use leptos::prelude::*;

use super::quiet::at_rest;
use super::stages;
use super::text;
use crate::state::{Lab, Stage, Status};

/// The pipeline.
#[component]
pub fn Rail() -> impl IntoView {
    let cards: Vec<AnyView> = stages::ALL.into_iter().enumerate().map(|(i, stage)| card(stage, i + 1)).collect();
    view! { <nav class="rail" aria-label="Pipeline">{cards}</nav> }.into_any()
}

fn card(stage: Stage, number: usize) -> AnyView {
    let lab = expect_context::<Lab>();
    let id = stages::id(stage);
    let choice = Memo::new(move |_| {
        let elsewhere = lab.awaits_own_data();
        let outcome = lab.outcome.read();
        let outcome = outcome.as_deref().filter(|_| !elsewhere);
        stages::choice(stage, &lab.spec.read(), outcome, lab.threshold.get())
    });
    let balance = Memo::new(move |_| {
        let elsewhere = lab.awaits_own_data();
        let outcome = lab.outcome.read();
        outcome.as_ref().filter(|_| !elsewhere).map(|outcome| stages::balance(stage, outcome, lab.threshold.get()))
    });
    let title = at_rest(move || match balance.get() {
        Some((majority, minority, what)) => {
            format!("{} : {} {what}", text::count(majority.round()), text::count(minority.round()),)
        }
        None => String::new(),
    });
    let share = move || {
        balance.get().map_or(100.0, |(majority, minority, _)| 100.0 * majority / (majority + minority).max(1e-9))
    };
    let failed = move || matches!(&*lab.status.read(), Status::Failed { stage, .. } if stage == id);
    let on = Memo::new(move |_| stages::switch(stage, &lab.spec.read()));
    let switch = stages::switch(stage, &lab.spec.read_untracked()).is_some().then(|| {
        view! {
            <button
                type="button"
                class="switch small"
                role="switch"
                data-testid=format!("switch-{id}")
                aria-label=format!("{} on", stages::title(stage))
                title=format!("Switch {} off or on to see what it does", stages::title(stage).to_lowercase())
                aria-checked=move || on.get().unwrap_or(true).to_string()
                on:click=move |_| {
                    let on = on.get_untracked().unwrap_or(true);
                    lab.decide(|spec| stages::set_switch(stage, spec, !on));
                }
            >
                <span class="track" aria-hidden="true"></span>
            </button>
        }
    });
    view! {
        <div
            class="stage"
            class:on=move || lab.stage.get() == stage
            class:failed=failed
            class:disabled=move || on.get() == Some(false)
            class:empty=move || balance.with(Option::is_none)
        >
            <button
                type="button"
                class="face"
                data-testid=format!("stage-{id}")
                aria-current=move || (lab.stage.get() == stage).then_some("step")
                on:click=move |_| lab.select_stage(stage)
            >
                <small>{format!("{number} {}", stages::title(stage))}</small>
                <b class="num" title=at_rest(move || choice.get())>{choice}</b>
                <span class="bar" title=title style=move || format!("--p:{:.2}%", share())></span>
                <span class="hidden">{title}</span>
            </button>
            {switch}
        </div>
    }
    .into_any()
}
