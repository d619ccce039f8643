//! Whole numbers that are typed: a seed, a number of rows.

use leptos::ev::Event;
use leptos::prelude::*;
use web_sys::HtmlInputElement;

use super::typed;

/// What the box takes.
const RANGE: [f64; 2] = [0.0, u32::MAX as f64];

/// A whole number of 32 bits, as links have them.
#[component]
pub fn Whole(
    /// Its test id.
    #[prop(into)]
    id: String,
    /// Words above it.
    #[prop(into)]
    label: String,
    /// What it means.
    hint: &'static str,
    /// The number, if there is one.
    #[prop(into)]
    value: Signal<Option<u32>>,
    /// What holds when the box is empty; `None`: it must not be empty.
    #[prop(into)]
    empty: Signal<Option<String>>,
    /// Called with the new number.
    set: Callback<Option<u32>>,
) -> impl IntoView {
    let shown = move || value.get().map(|number| number.to_string()).unwrap_or_default();
    // What was said of the text typed last, and of which value it was said: it goes when the value changes.
    let said = RwSignal::new(None::<(String, Option<u32>)>);
    let typed = move |event: Event| {
        // A box that is taken away while something is typed in it says so, when what it would change is gone already.
        if value.try_get_untracked().is_none() {
            return;
        }
        let input: HtmlInputElement = event_target(&event);
        let text = input.value();
        let note = if text.trim().is_empty() && empty.get_untracked().is_some() {
            set.run(None);
            None
        } else {
            let typed = typed::read(&text, true, RANGE);
            if let Some(number) = typed.value {
                set.run(Some(number as u32));
            }
            typed.note
        };
        said.set(note.map(|note| (note, value.get_untracked())));
        // A number that was refused or moved into the range must not stay in the box.
        input.set_value(&untrack(shown));
    };
    let note = move || said.get().filter(|(_, of)| *of == value.get()).map(|(note, _)| note);
    view! {
        <div class="control row" title=hint>
            <label for=id.clone()>{label}</label>
            <input
                id=id.clone()
                class="number wide"
                type="text"
                inputmode="numeric"
                autocomplete="off"
                data-testid=id.clone()
                data-committed=shown
                placeholder=move || empty.get().unwrap_or_default()
                prop:value=shown
                on:change=typed
            />
            {move || note().map(|note| {
                view! { <small class="why said" role="alert" data-testid=format!("{id}-said")>{note}</small> }
            })}
        </div>
    }
    .into_any()
}
