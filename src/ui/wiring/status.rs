//! What the lab is doing, on the root element as `data-status`: for style sheets, and for whoever waits for a result.

use leptos::prelude::*;

use crate::state::{Lab, Status};

pub(super) fn start(lab: Lab) {
    Effect::new(move |_| {
        let name = match &*lab.status.read() {
            Status::Fresh => "fresh",
            Status::Working => "working",
            Status::Failed { .. } => "failed",
        };
        if let Some(root) = document().document_element() {
            // Refused only for a name that is none.
            let _ = root.set_attribute("data-status", name);
        }
    });
}
