//! Shortcuts. They rest while something is typed, and they are one list: what works is what the sheet shows. Undo and
//! redo act on the text while there is something to take back in it, and on the lab as soon as the text is committed.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, KeyboardEvent};

use super::keep;
use crate::browser::listener::Listener;
use crate::browser::theme;
use crate::state::{Lab, Stage, Tool};
use crate::ui::playback;

/// Keys and what they do, as the sheet shows them.
pub const SHORTCUTS: [(&str, &str); 14] = [
    ("Space", "Play or pause the steps"),
    ("← →", "One step back or forward"),
    ("Shift ← →", "One phase back or forward"),
    ("Home End", "First or last step"),
    ("[ ]", "Move the threshold down or up by 0.01"),
    ("1 to 5", "Show a stage: data, split, resample, model, decide"),
    ("P", "Pin as baseline, or unpin"),
    ("L", "The lasso: how the model does among some points"),
    ("T", "Light or dark"),
    ("F", "Present: larger, and only what an audience needs"),
    ("Ctrl Z", "Undo"),
    ("Ctrl Shift Z", "Redo"),
    ("?", "This sheet"),
    ("Esc", "Close what is open"),
];

const STAGES: [Stage; 5] = [Stage::Data, Stage::Split, Stage::Resample, Stage::Model, Stage::Decide];

pub(super) fn start(lab: Lab, help: RwSignal<bool>) {
    let Some(window) = web_sys::window() else { return };
    keep(Listener::new(&window, "keydown", move |event| {
        if let Ok(event) = event.dyn_into::<KeyboardEvent>()
            && !event.default_prevented()
            && !event.is_composing()
            && act(lab, help, &event)
        {
            event.prevent_default();
        }
    }));
}

/// Whether the key meant something here.
fn act(lab: Lab, help: RwSignal<bool>, event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let within = |selector: &str| target.as_ref().is_some_and(|at| matches!(at.closest(selector), Ok(Some(_))));
    let typing = within("input[type=text], input[type=number], textarea, [contenteditable]");
    let key = event.key();
    if (event.ctrl_key() || event.meta_key()) && !event.alt_key() {
        if typing && !target.as_ref().is_some_and(is_committed) {
            return false;
        }
        match key.as_str() {
            "z" | "Z" if event.shift_key() => lab.redo(),
            "z" => lab.undo(),
            "y" => lab.redo(),
            _ => return false,
        }
        return true;
    }
    if typing || event.alt_key() || within("dialog, .picker") {
        return false;
    }
    // Arrows, Home and End belong to a slider, a list or the plane that has the focus; Space to a button.
    let moves = within("input, select, canvas, [role=slider], [role=grid], [role=radiogroup], [role=menu], .rail");
    let presses = within("button, a, summary, input, select, canvas, [role=button], [role=menuitem]");
    match key.as_str() {
        " " if !presses => playback::toggle(lab),
        "ArrowLeft" | "ArrowRight" if !moves && event.shift_key() => playback::phase(lab, key == "ArrowRight"),
        "ArrowLeft" | "ArrowRight" if !moves => playback::step(lab, key == "ArrowRight"),
        "Home" if !moves => playback::to(lab, Some(0)),
        "End" if !moves => playback::to(lab, None),
        "[" => nudge(lab, -0.01),
        "]" => nudge(lab, 0.01),
        "p" | "P" => {
            // The guard has to be gone before the pin is changed.
            let pinned = lab.pin.with_untracked(Option::is_some);
            if pinned { lab.unpin() } else { lab.pin() }
        }
        "l" | "L" => lasso(lab),
        "t" | "T" => toggle_theme(lab),
        "f" | "F" => lab.presenting.update(|on| *on = !*on),
        "Escape" if lab.presenting.get_untracked() && !something_open() => lab.presenting.set(false),
        "?" => help.set(true),
        digit => {
            let stage = digit.parse::<usize>().ok().and_then(|n| STAGES.get(n.wrapping_sub(1)));
            match stage {
                Some(&stage) => lab.select_stage(stage),
                None => return false,
            }
        }
    }
    true
}

/// Whether it is a box that holds what is committed: nothing has been typed in it since.
fn is_committed(element: &Element) -> bool {
    let committed = element.get_attribute("data-committed");
    element.dyn_ref::<HtmlInputElement>().is_some_and(|input| committed == Some(input.value()))
}

/// Whether Escape belongs to a menu that is open.
pub fn something_open() -> bool {
    matches!(document().query_selector("[popover=auto]:popover-open"), Ok(Some(_)))
}

/// Takes the lasso up, with the plane in focus for its keys, or puts it down.
fn lasso(lab: Lab) {
    let holds = lab.tool.get_untracked() == Tool::Lasso;
    lab.tool.set(if holds { Tool::Look } else { Tool::Lasso });
    if !holds
        && let Ok(Some(plane)) = document().query_selector(".plane-canvas")
        && let Ok(plane) = plane.dyn_into::<web_sys::HtmlElement>()
    {
        // Refused only where nothing can have the focus.
        let _ = plane.focus();
    }
}

fn nudge(lab: Lab, by: f64) {
    let threshold = lab.threshold.get_untracked() + by;
    lab.set_threshold((threshold * 1e4).round() / 1e4);
    lab.commit();
}

/// The other theme, remembered.
pub fn toggle_theme(lab: Lab) {
    let dark = !lab.dark.get_untracked();
    theme::choose(dark);
    lab.dark.set(dark);
}
