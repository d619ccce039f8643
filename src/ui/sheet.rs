//! The left column; on a small screen a sheet at the bottom that opens over the page and always shows the threshold.

use leptos::prelude::*;

use super::wiring::something_open;
use crate::state::{Lab, put};

/// Holds the panel. What is only for small screens is hidden by the style sheet elsewhere.
#[component]
pub fn Sheet(
    /// The panel.
    children: Children,
) -> impl IntoView {
    let lab = expect_context::<Lab>();
    let open = RwSignal::new(false);
    // Choosing a stage is asking for its controls.
    Effect::new(move |before: Option<()>| {
        lab.stage.track();
        if before.is_some() {
            open.set(true);
        }
    });
    view! {
        <aside
            class="sheet"
            class:open=move || open.get()
            aria-label="Controls"
            on:keydown=move |event| {
                if event.key() == "Escape" && !something_open() {
                    put(open, false);
                }
            }
        >
            <div class="sheet-bar">
                <button
                    type="button"
                    data-testid="sheet-toggle"
                    aria-expanded=move || open.get().to_string()
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    {move || if open.get() { "Close" } else { "Controls" }}
                </button>
                <label>
                    <span class="num">{move || format!("Threshold {:.2}", lab.threshold.get())}</span>
                    <input
                        type="range"
                        min="0"
                        max="1"
                        step="0.005"
                        data-testid="threshold-bar"
                        prop:value=move || lab.threshold.get().to_string()
                        style=move || format!("--fill:{:.2}%", 100.0 * lab.threshold.get())
                        on:input=move |event| {
                            if let Ok(threshold) = event_target_value(&event).parse() {
                                lab.set_threshold(threshold);
                            }
                        }
                        on:change=move |_| lab.commit()
                    />
                </label>
            </div>
            <div class="sheet-body">{children()}</div>
        </aside>
    }
    .into_any()
}
