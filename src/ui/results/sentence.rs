//! One sentence of result: what changed since the baseline, or else since the last decision.

use leptos::prelude::*;

use super::scored::evaluate;
use crate::experiment::Spec;
use crate::metrics;
use crate::state::{Lab, Outcome};

/// What the sentence is about.
const SAID: [(&str, &str); 3] =
    [("recall_score", "recall"), ("precision_score", "precision"), ("roc_auc_score", "ROC AUC")];

/// A change smaller than this is called none: it would not show in two decimals.
const NO_CHANGE: f64 = 0.005;

type Numbers = [Option<f64>; 3];

fn numbers(outcome: &Outcome, threshold: f64) -> Numbers {
    SAID.map(|(id, _)| evaluate(metrics::metric(id)?, outcome, threshold).get())
}

/// The sentence, read out when nothing is being dragged.
#[component]
pub fn Sentence() -> impl IntoView {
    let lab = expect_context::<Lab>();
    let now = Memo::new(move |_| lab.outcome.with(|outcome| Some(numbers(outcome.as_ref()?, lab.threshold.get()))));
    let baseline = Memo::new(move |_| {
        lab.pinned.with(|pinned| Some(numbers(pinned.as_ref()?, lab.pin.read().as_ref()?.threshold)))
    });
    let fresh = Memo::new(move |_| lab.is_fresh());
    let settled = Memo::new(move |_| lab.is_settled() && fresh.get());
    // What stood here before the last decision about the result, and what stands here since. To look at something else
    // (another layer, another step) is no such decision.
    let decisions = Memo::new(move |before: Option<&Decisions>| {
        let mut state = before.cloned().unwrap_or_default();
        if settled.get() {
            let decided = Some((lab.spec.get(), lab.threshold.get()));
            if decided != state.decided {
                (state.before, state.decided) = (state.last, decided);
            }
            state.last = now.get();
        }
        state
    });
    let text = Memo::new(move |said: Option<&String>| {
        // Until there is a result, what was said of the last one stands.
        if !fresh.get()
            && let Some(said) = said
        {
            return said.clone();
        }
        let Some(now) = now.get() else { return String::new() };
        let state = decisions.get();
        let previous = if settled.get() { state.before } else { state.last };
        match (baseline.get(), previous) {
            (Some(before), _) => format!("Against the baseline: {}.", compare(before, now)),
            (None, Some(before)) => capital(&format!("{}.", compare(before, now))),
            (None, None) => capital(&format!("{}.", plain(now))),
        }
    });
    view! {
        <p
            class="sentence num"
            data-testid="result-sentence"
            role="status"
            aria-live=move || if settled.get() { "polite" } else { "off" }
        >
            {move || text.get()}
        </p>
    }
    .into_any()
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Decisions {
    decided: Option<(Spec, f64)>,
    before: Option<Numbers>,
    last: Option<Numbers>,
}

fn two(value: Option<f64>) -> String {
    value.map_or("undefined".to_owned(), |value| format!("{value:.2}"))
}

fn compare(before: Numbers, now: Numbers) -> String {
    let part = |i: usize| {
        let name = SAID[i].1;
        match (before[i], now[i]) {
            (Some(a), Some(b)) if (b - a).abs() < NO_CHANGE => format!("{name} did not move ({})", two(now[i])),
            (Some(a), Some(b)) => {
                format!("{name} {} {} → {}", if b > a { "rose" } else { "fell" }, two(before[i]), two(now[i]))
            }
            (None, None) => format!("{name} stayed undefined"),
            _ => format!("{name} {} → {}", two(before[i]), two(now[i])),
        }
    };
    [part(0), part(1), part(2)].join(", ")
}

fn plain(now: Numbers) -> String {
    let part = |i: usize| format!("{} {}", SAID[i].1, two(now[i]));
    [part(0), part(1), part(2)].join(", ")
}

fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_says_which_way_each_number_went() {
        let said = compare([Some(0.42), Some(0.70), Some(0.91)], [Some(0.81), Some(0.31), Some(0.912)]);
        assert_eq!(said, "recall rose 0.42 → 0.81, precision fell 0.70 → 0.31, ROC AUC did not move (0.91)");
    }

    #[test]
    fn an_undefined_number_is_never_said_to_rise() {
        let said = compare([Some(0.0), None, Some(0.91)], [Some(0.0), Some(0.5), None]);
        assert_eq!(said, "recall did not move (0.00), precision undefined → 0.50, ROC AUC 0.91 → undefined");
    }
}
