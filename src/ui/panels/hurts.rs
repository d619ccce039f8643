//! A list of examples in which resampling does harm; each opens with one press and Undo takes it back.

use leptos::prelude::*;

use crate::permalink::{HURTS, Hurt, parse};
use crate::state::Lab;

pub(super) fn list(lab: Lab) -> AnyView {
    let button = |hurt: &'static Hurt| {
        view! {
            <button
                type="button"
                class="source"
                on:click=move |_| {
                    let parsed = parse(hurt.link);
                    lab.open(parsed.link, parsed.notes);
                }
            >
                <span>
                    <b>{hurt.title}</b>
                    <small>{hurt.story}</small>
                </span>
            </button>
        }
    };
    view! {
        <details class="hurts" data-testid="hurts">
            <summary>"When it hurts: examples"</summary>
            {HURTS.iter().map(button).collect_view()}
        </details>
    }
    .into_any()
}
