//! A few choices side by side, of which one holds: native radio buttons, so that arrow keys and screen readers know
//! them.

use leptos::prelude::*;

use super::own_name;

/// A labelled row of choices, each a (value, words on screen).
#[component]
pub fn Choice(
    /// Its test id; each choice has `id-value`.
    id: &'static str,
    /// Words above it.
    #[prop(into)]
    label: String,
    /// The choice that holds.
    #[prop(into)]
    value: Signal<&'static str>,
    /// What can be chosen.
    #[prop(into)]
    entries: Vec<(&'static str, &'static str)>,
    /// What it means.
    #[prop(optional)]
    hint: &'static str,
    /// Called with a choice.
    choose: Callback<&'static str>,
) -> impl IntoView {
    let group = own_name(id);
    let entries: Vec<AnyView> = entries
        .into_iter()
        .map(|(entry, words)| {
            view! {
                <label>
                    <input
                        type="radio"
                        name=group.clone()
                        value=entry
                        data-testid=format!("{id}-{entry}")
                        prop:checked=move || value.get() == entry
                        on:change=move |_| choose.run(entry)
                    />
                    <span>{words}</span>
                </label>
            }
            .into_any()
        })
        .collect();
    view! {
        <fieldset class="control choice" title=hint data-testid=id>
            <legend>{label}</legend>
            <div class="segments">{entries}</div>
        </fieldset>
    }
    .into_any()
}
