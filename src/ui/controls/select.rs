//! A list of named choices in a native select, grouped.

use leptos::prelude::*;

/// One line of a [`Select`].
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What is chosen.
    pub value: String,
    /// Words on screen.
    pub label: String,
    /// Heading that it stands under; empty for none.
    pub group: &'static str,
}

impl Entry {
    /// A line under a heading (empty for none).
    pub fn new(value: impl Into<String>, label: impl Into<String>, group: &'static str) -> Entry {
        Entry { value: value.into(), label: label.into(), group }
    }
}

/// A labelled select.
#[component]
pub fn Select(
    /// Its test id.
    #[prop(into)]
    id: String,
    /// Words above it.
    #[prop(into)]
    label: String,
    /// What is chosen.
    #[prop(into)]
    value: Signal<String>,
    /// What can be chosen.
    entries: Vec<Entry>,
    /// What it means.
    #[prop(optional)]
    hint: &'static str,
    /// Called with a choice.
    choose: Callback<String>,
) -> impl IntoView {
    let option = move |entry: &Entry| {
        let chosen = entry.value.clone();
        view! {
            <option value=entry.value.clone() prop:selected=move || *value.read() == chosen>
                {entry.label.clone()}
            </option>
        }
    };
    let mut groups: Vec<(&'static str, Vec<AnyView>)> = Vec::new();
    for entry in &entries {
        match groups.last_mut() {
            Some((group, lines)) if *group == entry.group => lines.push(option(entry).into_any()),
            _ => groups.push((entry.group, vec![option(entry).into_any()])),
        }
    }
    let groups: Vec<AnyView> = groups
        .into_iter()
        .map(|(group, lines)| match group {
            "" => lines.into_any(),
            _ => view! { <optgroup label=group>{lines}</optgroup> }.into_any(),
        })
        .collect();
    view! {
        <div class="control" title=hint>
            <label for=id.clone()>{label}</label>
            <select id=id.clone() data-testid=id on:change=move |event| choose.run(event_target_value(&event))>
                {groups}
            </select>
        </div>
    }
    .into_any()
}
