//! The header: undo and redo, the baseline, export, theme, link.

use leptos::prelude::*;

use super::dialogs::Open;
use super::export_menu::ExportMenu;
use super::wiring::toggle_theme;
use crate::state::Lab;

/// The header.
#[component]
pub fn Header() -> impl IntoView {
    let lab = expect_context::<Lab>();
    let open = expect_context::<Open>();
    let pinned = Memo::new(move |_| lab.pin.read().is_some());
    let walk = |id: &'static str,
                title: &'static str,
                words: &'static str,
                sign: &'static str,
                off: Signal<bool>,
                go: fn(&Lab)| {
        view! {
            <button type="button" data-testid=id title=title disabled=move || off.get() on:click=move |_| go(&lab)>
                <span class="wide-words">{words}</span>
                <span class="narrow-words" aria-hidden="true">{sign}</span>
            </button>
        }
        .into_any()
    };
    view! {
        <header class="top">
            <h1 class="logo">"Imbalance Lab"</h1>
            <div class="actions">
                {walk("undo", "Undo (Ctrl Z)", "Undo", "↶", Signal::derive(move || !lab.can_undo()), |lab| lab.undo())}
                {walk("redo", "Redo (Ctrl Shift Z)", "Redo", "↷", Signal::derive(move || !lab.can_redo()), |lab| lab.redo())}
                <button
                    type="button"
                    data-testid="pin"
                    class:pressed=move || pinned.get()
                    aria-pressed=move || pinned.get().to_string()
                    title="Freeze this run as the baseline to compare with (P)"
                    on:click=move |_| if pinned.get_untracked() { lab.unpin() } else { lab.pin() }
                >
                    <span class="wide-words">{move || if pinned.get() { "Unpin baseline" } else { "Pin as baseline" }}</span>
                    <span class="narrow-words">{move || if pinned.get() { "Unpin" } else { "Pin" }}</span>
                </button>

                <ExportMenu/>
                <button
                    type="button"
                    class="present"
                    data-testid="present"
                    aria-pressed=move || lab.presenting.get().to_string()
                    title="Larger, and only what an audience needs (F)"
                    on:click=move |_| lab.presenting.update(|on| *on = !*on)
                >
                    {move || if lab.presenting.get() { "Leave (Esc)" } else { "Present" }}
                </button>
                <button
                    type="button"
                    class="icon"
                    data-testid="theme"
                    title="Light or dark (T)"
                    aria-label=move || if lab.dark.get() { "Use the light theme" } else { "Use the dark theme" }
                    on:click=move |_| toggle_theme(lab)
                >
                    {move || if lab.dark.get() { "☀" } else { "☾" }}
                </button>
                <button
                    type="button"
                    class="icon help"
                    data-testid="help"
                    title="Keyboard shortcuts (?)"
                    aria-label="Keyboard shortcuts"
                    on:click=move |_| open.help.set(true)
                >
                    "?"
                </button>
                <button type="button" class="primary" data-testid="share" on:click=move |_| open.share.set(true)>
                    "Share"
                    <span class="wide-words">" link"</span>
                </button>
            </div>
        </header>
    }
    .into_any()
}
