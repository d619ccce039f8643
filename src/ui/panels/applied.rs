//! What was applied so far, newest first, each with what it led to; a click goes back to it.

use leptos::prelude::*;

use crate::experiment::Spec;
use crate::state::{Lab, Stage};
use crate::ui::stages;
use crate::ui::text::{count, score};

/// The list; nothing while there is nothing to go back to.
pub(super) fn list(lab: Lab) -> AnyView {
    let listed = Memo::new(move |_| lab.applied());
    let lines = move || {
        let listed = listed.get();
        (listed.len() > 1).then(|| {
            let lines: Vec<AnyView> = listed.into_iter().enumerate().map(|(at, spec)| line(lab, at, spec)).collect();
            view! {
                <section class="applied" aria-label="What was applied" data-testid="applied">
                    <h3>"Applied so far"</h3>
                    <ol>{lines}</ol>
                </section>
            }
        })
    };
    lines.into_any()
}

fn line(lab: Lab, at: usize, spec: Spec) -> AnyView {
    let name = stages::choice(Stage::Resample, &spec, None, 0.0);
    let key = spec.clone();
    // The balance, and what was reached with it.
    let led_to = Memo::new(move |_| {
        let kept = lab.results.read();
        let kept = kept.iter().find(|kept| kept.spec == key)?;
        let cm = kept.confusion_at(lab.threshold.get());
        let share = |part: f64, whole: f64| if whole > 0.0 { score(part / whole) } else { "undefined".to_owned() };
        let [majority, minority] = kept.balance.map(|n| count(n as f64));
        let (recall, precision) = (share(cm.tp, cm.tp + cm.fn_), share(cm.tp, cm.tp + cm.fp));
        Some((format!("{majority} : {minority}"), format!("recall {recall}, precision {precision}")))
    });
    let data = (spec.data.clone(), spec.seed);
    let elsewhere = move || {
        let now = lab.spec.read();
        ((&now.data, now.seed) != (&data.0, data.1)).then_some(" (other data)")
    };
    view! {
        <li>
            <button
                type="button"
                data-testid=format!("applied-{at}")
                aria-current=(at == 0).then_some("true")
                title=if at == 0 { "What is applied now" } else { "Go back to this; undo returns" }
                on:click=move |_| lab.go_back(spec.clone())
            >
                <b>{name} {elsewhere}</b>
                <small class="num balance">{move || led_to.get().map(|led_to| led_to.0)}</small>
                <small class="num">{move || led_to.get().map(|led_to| led_to.1)}</small>
            </button>
        </li>
    }
    .into_any()
}
