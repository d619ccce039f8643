//! Sentences for the reader, at the edge of the page, until they are taken away.

use leptos::prelude::*;

use crate::state::Lab;

/// The notices, newest last.
#[component]
pub fn Toasts() -> impl IntoView {
    let lab = expect_context::<Lab>();
    view! {
        <div class="toasts" role="status" data-testid="notices">
            {move || {
                lab.notices
                    .get()
                    .into_iter()
                    .enumerate()
                    .map(|(i, sentence)| {
                        view! {
                            <p class="toast">
                                <span>{sentence}</span>
                                <button
                                    type="button"
                                    class="icon"
                                    aria-label="Dismiss"
                                    on:click=move |_| lab.dismiss(i)
                                >
                                    "×"
                                </button>
                            </p>
                        }
                    })
                    .collect_view()
            }}
        </div>
    }
    .into_any()
}
