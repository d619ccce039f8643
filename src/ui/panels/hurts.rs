//! A list of examples in which resampling does harm; each opens with one press and Undo takes it back.

use leptos::{html, prelude::*};

use crate::permalink::{HURTS, Hurt, parse};
use crate::state::Lab;

pub(super) fn list(lab: Lab) -> AnyView {
    let fold = NodeRef::<html::Details>::new();
    let summary = NodeRef::<html::Summary>::new();
    // What is found stands above the list: fold it, and keep the focus where the next example is one press away.
    let choose = move |hurt: &Hurt| {
        let parsed = parse(hurt.link);
        lab.open(parsed.link, parsed.notes);
        if let Some(fold) = fold.get_untracked() {
            fold.set_open(false);
        }
        if let Some(summary) = summary.get_untracked() {
            // Refused only by an element that cannot have the focus.
            let _ = summary.focus();
            // The focus has drawn the panel (on a small screen the sheet) to the list; back to what is said.
            for scrolls in [".panel", ".sheet-body"] {
                if let Ok(Some(around)) = summary.closest(scrolls) {
                    around.set_scroll_top(0);
                }
            }
        }
    };
    let button = |(at, hurt): (usize, &'static Hurt)| {
        view! {
            <button type="button" class="source" data-testid=format!("hurt-{at}") on:click=move |_| choose(hurt)>
                <span>
                    <b>{hurt.title}</b>
                    <small>{hurt.story}</small>
                </span>
            </button>
        }
    };
    view! {
        <details class="hurts" data-testid="hurts" node_ref=fold>
            <summary node_ref=summary>"When it hurts: examples"</summary>
            {HURTS.iter().enumerate().map(button).collect_view()}
        </details>
    }
    .into_any()
}
