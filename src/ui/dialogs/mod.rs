//! What opens over the page: the list of sources, own data, the link, the shortcuts.

mod share;
mod shortcuts;
mod sources;
mod table;

use leptos::html;
use leptos::prelude::*;

pub use share::Share;
pub use shortcuts::Shortcuts;
pub use sources::Sources;
pub use table::OwnData;

/// Which dialogs are open. Handed around by context.
#[derive(Clone, Copy)]
pub struct Open {
    /// The list of sources.
    pub sources: RwSignal<bool>,
    /// Own data.
    pub table: RwSignal<bool>,
    /// The link.
    pub share: RwSignal<bool>,
    /// The shortcuts.
    pub help: RwSignal<bool>,
}

impl Open {
    /// All closed.
    pub fn new() -> Open {
        Open {
            sources: RwSignal::new(false),
            table: RwSignal::new(false),
            share: RwSignal::new(false),
            help: RwSignal::new(false),
        }
    }
}

/// A native modal dialog: it keeps the focus, closes with Escape, and its contents exist only while it is open.
#[component]
fn Dialog(
    /// Its test id.
    id: &'static str,
    /// Its heading.
    title: &'static str,
    /// Whether it is open.
    open: RwSignal<bool>,
    /// What it shows, built when it opens.
    content: fn() -> AnyView,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        if open.get() && !dialog.open() {
            // Refused only for a dialog that is not in the page.
            let _ = dialog.show_modal();
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    let heading = format!("{id}-title");
    let labelled = heading.clone();
    view! {
        <dialog
            node_ref=node
            data-testid=id
            aria-labelledby=labelled
            on:close=move |_| open.set(false)
            on:click=move |event| {
                // A click beside the box lands on the dialog itself.
                let beside = node.get_untracked().is_some_and(|dialog| {
                    event.target().is_some_and(|target| *AsRef::<web_sys::EventTarget>::as_ref(&dialog) == target)
                });
                if beside {
                    open.set(false);
                }
            }
        >
            <div class="box">
                <div class="head">
                    <h2 id=heading>{title}</h2>
                    <button type="button" class="icon" aria-label="Close" on:click=move |_| open.set(false)>"×"</button>
                </div>
                {move || open.get().then(content)}
            </div>
        </dialog>
    }
    .into_any()
}
