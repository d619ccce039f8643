//! Stage 5: the threshold.

use leptos::prelude::*;

use super::{commit, taken};
use crate::state::Lab;
use crate::ui::controls::{Scale, Slider};

pub(super) fn panel(lab: Lab) -> AnyView {
    let preset = move |threshold: f64, words: &'static str| {
        view! {
            <button
                type="button"
                on:click=move |_| {
                    lab.set_threshold(threshold);
                    lab.commit();
                }
            >
                {words}
            </button>
        }
    };
    view! {
        <Slider
            id="threshold"
            label="Threshold"
            hint="A point is called minority when its score is at least this"
            value=lab.threshold
            scale=Signal::derive(|| Scale::linear(0.0, 1.0, 0.001))
            range=taken(lab, "threshold")
            set=Callback::new(move |threshold| lab.set_threshold(threshold))
            commit=commit(lab)
        />
        <div class="buttons">{preset(0.5, "Back to 0.5")} {prevalence(lab)}</div>
    }
    .into_any()
}

/// Sets the threshold to the share of the minority among the training rows: what a score of "no idea" would be.
fn prevalence(lab: Lab) -> AnyView {
    let share = move || {
        lab.outcome.with_untracked(|outcome| {
            let report = &outcome.as_ref()?.report;
            let minority = report.train.iter().filter(|&&row| report.data.y[row as usize] == 1).count();
            Some(minority as f64 / report.train.len().max(1) as f64)
        })
    };
    view! {
        <button
            type="button"
            title="The share of the minority among the training rows"
            on:click=move |_| {
                if let Some(share) = share() {
                    lab.set_threshold((share * 1e4).round() / 1e4);
                    lab.commit();
                }
            }
        >
            "To the minority's share"
        </button>
    }
    .into_any()
}
