//! The transparent layer over a chart that pointer and keyboard take hold of.

use leptos::prelude::*;
use leptos::web_sys;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{KeyboardEvent, PointerEvent};

use super::{light_up, tip::Tip};
use crate::figure::{self, Kind, Move, Readout};
use crate::state::Lab;
use crate::ui::quiet::at_rest;

/// The threshold that a pointer event points at.
fn threshold_under(lab: Lab, kind: Kind, size: (f64, f64), spot: [f64; 2]) -> Option<f64> {
    let outcome = lab.outcome.get_untracked()?;
    figure::threshold_at(kind, &outcome.report, &kind.frame(size.0, size.1, 0.0), spot)
}

/// Where a key sends the threshold: along a curve right and up is looser, on the axis of scores it is stricter.
fn move_of(kind: Kind, key: &str) -> Option<Move> {
    let along_a_curve = kind.curve().is_some();
    match key {
        "ArrowRight" | "ArrowUp" if along_a_curve => Some(Move::Looser),
        "ArrowLeft" | "ArrowDown" if along_a_curve => Some(Move::Stricter),
        "ArrowRight" | "ArrowUp" => Some(Move::Stricter),
        "ArrowLeft" | "ArrowDown" => Some(Move::Looser),
        "Home" if along_a_curve => Some(Move::Strictest),
        "End" if along_a_curve => Some(Move::Loosest),
        "Home" => Some(Move::Loosest),
        "End" => Some(Move::Strictest),
        _ => None,
    }
}

/// Moves the threshold by a key; other keys go on to whoever wants them.
pub fn on_key(lab: Lab, kind: Kind, event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let Some(step) = move_of(kind, &event.key()) else { return };
    event.prevent_default();
    // The arrows step the stepper everywhere else.
    event.stop_propagation();
    let outcome = lab.outcome.get_untracked();
    let threshold = lab.threshold.get_untracked();
    if let Some(next) = outcome.and_then(|o| figure::threshold_by_key(kind, &o.report, threshold, step)) {
        lab.set_threshold(next);
        light_up(lab, kind, Some(next));
    }
}

/// A layer to drag the threshold on: in a curve to the nearest point, in the histogram to the score.
#[component]
pub fn Grip(
    /// Which chart it lies on.
    kind: Kind,
    /// The chart's size in CSS pixels.
    size: RwSignal<(f64, f64)>,
    /// The threshold under the pointer, written here.
    hover: RwSignal<Option<f64>>,
    /// Whether it is itself a slider for the keyboard (else the chart has an input beside it).
    slider: bool,
) -> impl IntoView {
    let lab = expect_context::<Lab>();
    let dragging = StoredValue::new(false);
    let spot = RwSignal::new([0.0, 0.0]);

    let follow = move |event: &PointerEvent| {
        let at = [f64::from(event.offset_x()), f64::from(event.offset_y())];
        let threshold = threshold_under(lab, kind, size.get_untracked(), at);
        spot.set([f64::from(event.client_x()), f64::from(event.client_y())]);
        hover.set(threshold);
        light_up(lab, kind, threshold);
        threshold
    };
    let drag = move |event: &PointerEvent| {
        if let Some(threshold) = follow(event) {
            lab.set_threshold(threshold);
        }
    };
    let press = move |event: PointerEvent| {
        if event.button() != 0 {
            return;
        }
        if let Some(layer) = event.current_target().and_then(|t| t.dyn_into::<web_sys::Element>().ok()) {
            // Refused only for a pointer that is gone.
            let _ = layer.set_pointer_capture(event.pointer_id());
        }
        dragging.set_value(true);
        drag(&event);
    };
    let release = move |_: PointerEvent| {
        if dragging.get_value() {
            dragging.set_value(false);
            lab.commit();
        }
    };
    let leave = move |_: PointerEvent| {
        if !dragging.get_value() {
            hover.set(None);
            light_up(lab, kind, None);
        }
    };

    let value_text = at_rest(move || {
        let said = lab.outcome.with(|outcome| {
            let sweep = &outcome.as_ref()?.report.sweep;
            let readout = Readout::at(sweep, lab.threshold.get());
            Some(format!("{}, {}", readout.threshold_text(), readout.rates()))
        });
        said.unwrap_or_default()
    });
    view! {
        <div
            class="figure-grip"
            class:figure-grip-free=slider
            role=slider.then_some("slider")
            tabindex=slider.then_some("0")
            aria-label=slider.then(|| format!("Threshold along {}", kind.title()))
            aria-valuemin=slider.then_some("0")
            aria-valuemax=slider.then_some("1")
            aria-valuenow=move || slider.then(|| lab.threshold.get().to_string())
            aria-valuetext=move || slider.then(value_text)
            on:pointerdown=press
            on:pointermove=move |event| if dragging.get_value() { drag(&event) } else { follow(&event); }
            on:pointerup=release
            on:pointercancel=release
            on:pointerleave=leave
            on:keydown=move |event| on_key(lab, kind, &event)
            on:keyup=move |event| if move_of(kind, &event.key()).is_some() { lab.commit() }
            on:blur=move |_| light_up(lab, kind, None)
        ></div>
        <Tip kind spot hover/>
    }
}
