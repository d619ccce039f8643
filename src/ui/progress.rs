//! A long run says where it is and can be stopped.

use leptos::prelude::*;

use super::wiring::Cancel;
use crate::browser::timer::Timeout;
use crate::state::{Lab, Status, put};

/// A run that has not answered for so long can be stopped, whether or not it has said where it is.
const PATIENCE_MILLIS: i32 = 600;

/// The line about a long run, while there is one.
#[component]
pub fn Progress() -> impl IntoView {
    let lab = expect_context::<Lab>();
    let cancel = expect_context::<Cancel>().0;
    let working = Memo::new(move |_| *lab.status.read() == Status::Working);
    let late = RwSignal::new(false);
    let timer = StoredValue::new_local(None);
    Effect::new(move |_| {
        // Every answer is a new beginning: while something is dragged, runs follow runs.
        lab.outcome.track();
        put(late, false);
        timer.set_value(working.get().then(|| Timeout::new(PATIENCE_MILLIS, move || late.set(true))));
    });
    let said = move || match (lab.progress.get(), late.get()) {
        (Some(stage), _) => Some(format!("Computing: {stage} …")),
        (None, true) => Some("Computing …".to_owned()),
        (None, false) => None,
    };
    move || {
        let said = said()?;
        Some(view! {
            <div class="card invitation" role="status" data-testid="progress">
                <span>{said}</span>
                <button type="button" data-testid="cancel" on:click=move |_| cancel.run(())>"Stop"</button>
            </div>
        })
    }
}
