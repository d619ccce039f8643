//! Something that is on or off.

use leptos::prelude::*;

/// A labelled switch.
#[component]
pub fn Switch(
    /// Its test id.
    #[prop(into)]
    id: String,
    /// Words beside it.
    #[prop(into)]
    label: String,
    /// Whether it is on.
    #[prop(into)]
    on: Signal<bool>,
    /// What it means.
    #[prop(optional)]
    hint: &'static str,
    /// Called with the new state.
    set: Callback<bool>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="switch"
            role="switch"
            data-testid=id
            title=hint
            aria-checked=move || on.get().to_string()
            on:click=move |_| set.run(!on.get_untracked())
        >
            <span class="track" aria-hidden="true"></span>
            <span>{label}</span>
        </button>
    }
    .into_any()
}
