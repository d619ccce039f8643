//! Presenting: a class on the body for the style sheet, and the whole screen where the browser allows it.

use leptos::prelude::*;

use super::keep;
use crate::browser::listener::Listener;
use crate::state::Lab;

const CLASS: &str = "presenting";

pub(super) fn start(lab: Lab) {
    Effect::new(move |before: Option<bool>| {
        let on = lab.presenting.get();
        if let Some(body) = document().body() {
            // Refused only for a name with spaces.
            let _ = body.class_list().toggle_with_force(CLASS, on);
        }
        if before.unwrap_or(false) != on {
            fill_screen(on);
        }
        on
    });
    // Escape leaves the whole screen without a key event.
    keep(Listener::new(&document(), "fullscreenchange", move |_| {
        if document().fullscreen_element().is_none() {
            lab.presenting.set(false);
        }
    }));
}

fn fill_screen(on: bool) {
    let document = document();
    if !on {
        if document.fullscreen_element().is_some() {
            document.exit_fullscreen();
        }
    } else if document.fullscreen_enabled()
        && let Some(root) = document.document_element()
    {
        // Refused where the page may not; the larger type remains.
        let _ = root.request_fullscreen();
    }
}
