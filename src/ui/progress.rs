//! A long run says where it is and can be stopped.

use leptos::prelude::*;

use super::wiring::Cancel;
use crate::state::Lab;

/// The line about a long run, while there is one.
#[component]
pub fn Progress() -> impl IntoView {
    let lab = expect_context::<Lab>();
    let cancel = expect_context::<Cancel>().0;
    move || {
        let stage = lab.progress.get()?;
        Some(view! {
            <div class="card invitation" role="status" data-testid="progress">
                <span>{format!("Computing: {stage} …")}</span>
                <button type="button" data-testid="cancel" on:click=move |_| cancel.run(())>"Stop"</button>
            </div>
        })
    }
}
