//! Whole numbers that are typed: a seed, a small count.

use leptos::ev::Event;
use leptos::prelude::*;
use web_sys::HtmlInputElement;

/// A seed. Empty means "as the lab", where that is allowed.
#[component]
pub fn Seed(
    /// Its test id.
    #[prop(into)]
    id: String,
    /// Words above it.
    #[prop(into)]
    label: String,
    /// The seed, if it has its own.
    #[prop(into)]
    value: Signal<Option<u32>>,
    /// The seed that holds when this one is empty; `None`: it must not be empty.
    #[prop(into)]
    fallback: Signal<Option<u32>>,
    /// Called with the new seed.
    set: Callback<Option<u32>>,
) -> impl IntoView {
    let shown = move || value.get().map(|seed| seed.to_string()).unwrap_or_default();
    let typed = move |event: Event| {
        let input: HtmlInputElement = event_target(&event);
        let text = input.value();
        match text.trim().parse::<u32>() {
            Ok(seed) => set.run(Some(seed)),
            Err(_) if text.trim().is_empty() && fallback.get_untracked().is_some() => set.run(None),
            // Not a seed (0 to 4294967295): the one that holds comes back.
            Err(_) => {}
        }
        input.set_value(&untrack(shown));
    };
    view! {
        <div class="control row" title="random_state: a whole number from 0 to 4294967295">
            <label for=id.clone()>{label}</label>
            <input
                id=id.clone()
                class="number wide"
                type="text"
                inputmode="numeric"
                autocomplete="off"
                data-testid=id
                placeholder=move || fallback.get().map(|seed| format!("lab seed {seed}")).unwrap_or_default()
                prop:value=shown
                on:change=typed
            />
        </div>
    }
    .into_any()
}
