//! The sheet of shortcuts.

use leptos::prelude::*;

use super::{Dialog, Open};
use crate::ui::wiring::SHORTCUTS;

/// The sheet of shortcuts.
#[component]
pub fn Shortcuts() -> impl IntoView {
    let open = expect_context::<Open>();
    view! { <Dialog id="shortcuts" title="Keyboard shortcuts" open=open.help content=content/> }
}

fn content() -> AnyView {
    let rows = SHORTCUTS
        .iter()
        .map(|&(keys, what)| {
            let keys = keys.split(' ').map(|key| match key {
                "to" => view! { " to " }.into_any(),
                key => view! { <kbd>{key}</kbd> }.into_any(),
            });
            view! {
                <dt>{keys.collect_view()}</dt>
                <dd>{what}</dd>
            }
        })
        .collect_view();
    view! {
        <dl class="keys">{rows}</dl>
        <p class="quiet">"They rest while you type. Arrow keys belong to a slider, a list or the plane that has the focus."</p>
    }
    .into_any()
}
