//! A slider and, beside its label, the same value as a number that can be typed. The slider has the handy values, the
//! box takes all that a link takes; what is moved into that range is said.

use leptos::ev::Event;
use leptos::prelude::*;
use web_sys::{HtmlInputElement, PointerEvent};

use super::way::Way;
use super::{Scale, own_name, typed};
use crate::ui::text;

/// Keys that move a slider.
const MOVING_KEYS: [&str; 8] = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End"];

/// A labelled slider with a number as its twin. `id` is also the name in links and the test id.
#[component]
pub fn Slider(
    /// Its name in links.
    id: &'static str,
    /// Words above it.
    #[prop(into)]
    label: Signal<String>,
    /// The value.
    #[prop(into)]
    value: Signal<f64>,
    /// The values of the slider.
    #[prop(into)]
    scale: Signal<Scale>,
    /// Ends of what can be typed, where they lie beyond those of the slider.
    #[prop(optional, into)]
    range: Signal<Option<[f64; 2]>>,
    /// What it means, on hover and for screen readers.
    #[prop(optional)]
    hint: &'static str,
    /// Why it cannot be used, when it cannot.
    #[prop(optional, into)]
    disabled: Signal<Option<String>>,
    /// Called with every new value.
    set: Callback<f64>,
    /// Called when the value is let go.
    commit: Callback<()>,
) -> impl IntoView {
    let shown = move || text::number(value.get(), scale.get().decimals().max(if scale.get().log { 3 } else { 0 }));
    let name = own_name(id);
    // An element that is taken away while it is in use says so, when what it would change is gone already.
    let is_gone = move || value.try_get_untracked().is_none();
    let slide = move |event: Event| {
        if is_gone() {
            return;
        }
        if let Ok(position) = event_target_value(&event).parse::<f64>() {
            set.run(scale.get_untracked().value(position));
        }
    };
    let let_go = move || {
        if !is_gone() {
            commit.run(());
        }
    };
    // The way of the thumb while a mouse drags it, and where on it the mouse was last.
    let way = StoredValue::new(None::<Way>);
    let position = StoredValue::new(f64::NAN);
    let follow = move |event: &PointerEvent| {
        if is_gone() {
            return;
        }
        let Some(way) = way.try_get_value().flatten() else { return };
        let scale = scale.get_untracked();
        let next = scale.position_at(way.share(event));
        if next != position.get_value() {
            position.set_value(next);
            set.run(scale.value(next));
        }
    };
    let press = move |event: PointerEvent| {
        let input: HtmlInputElement = event_target(&event);
        if is_gone() || input.disabled() {
            return;
        }
        if let Some(taken) = Way::taken(&event, &input) {
            let _ = input.focus();
            way.set_value(Some(taken));
            position.set_value(scale.get_untracked().position(value.get_untracked()));
            follow(&event);
        }
    };
    let drop = move || {
        if way.try_update_value(Option::take).flatten().is_some() {
            let_go();
        }
    };
    // A key that is held down changes the value again and again: it is one decision, made when the key is let go.
    let held = StoredValue::new(false);
    let release = move || {
        if held.try_get_value() == Some(true) {
            held.set_value(false);
            let_go();
        }
    };
    // What was said of the text typed last, and of which value it was said: it goes when the value changes.
    let said = RwSignal::new(None::<(String, f64)>);
    let typed = move |event: Event| {
        if is_gone() {
            return;
        }
        let input: HtmlInputElement = event_target(&event);
        let scale = scale.get_untracked();
        let range = range.get_untracked().unwrap_or([scale.min, scale.max]);
        let typed = typed::read(&input.value(), scale.step >= 1.0, range);
        if let Some(number) = typed.value {
            set.run(number);
            commit.run(());
        }
        said.set(typed.note.map(|note| (note, value.get_untracked())));
        // A number that was refused or moved into the range must not stay in the box.
        input.set_value(&untrack(shown));
    };
    let note = move || said.get().filter(|(_, of)| *of == value.get()).map(|(note, _)| note);
    view! {
        <div class="control" title=hint class:off=move || disabled.read().is_some()>
            <label for=name.clone()>{label}</label>
            <input
                class="number"
                type="text"
                inputmode="decimal"
                aria-label=move || format!("{}, as a number", label.get())
                data-testid=format!("{id}-number")
                data-committed=shown
                autocomplete="off"
                prop:value=shown
                disabled=move || disabled.read().is_some()
                on:change=typed
            />
            <input
                id=name
                type="range"
                data-testid=id
                min=move || scale.get().positions().0
                max=move || scale.get().positions().1
                step=move || scale.get().positions().2
                prop:value=move || scale.get().position(value.get()).to_string()
                style=move || {
                    let (low, high, _) = scale.get().positions();
                    let share = (scale.get().position(value.get()) - low) / (high - low);
                    format!("--fill:{:.2}%", 100.0 * share)
                }
                aria-valuetext=shown
                disabled=move || disabled.read().is_some()
                on:input=slide
                on:pointerdown=press
                on:pointermove=move |event| follow(&event)
                on:pointerup=move |_| drop()
                on:pointercancel=move |_| drop()
                on:keydown=move |event| {
                    if MOVING_KEYS.contains(&event.key().as_str()) {
                        held.set_value(true);
                    }
                }
                on:keyup=move |_| release()
                on:blur=move |_| release()
                on:change=move |_| {
                    if held.try_get_value() == Some(false) {
                        let_go();
                    }
                }
            />
            {move || note().map(|note| {
                view! { <small class="why said" role="alert" data-testid=format!("{id}-said")>{note}</small> }
            })}
            {move || disabled.get().map(|why| view! { <small class="why">{why}</small> })}
        </div>
    }
    .into_any()
}
