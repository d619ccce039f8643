//! Ten metrics, each with its change since the baseline; all of them on demand. What a metric means, and why it is
//! undefined, is shown by whatever points at its tile: the mouse, a finger, the focus, a screen reader.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use super::all;
use super::scored::{always_majority, evaluate, prints};
use crate::metrics::{self, Better, Metric, Score};
use crate::state::Lab;
use crate::ui::framed::framed;
use crate::ui::quiet::at_rest;
use crate::ui::text::{delta, score};

/// What stands on a tile: it must fit beside its change.
const TILES: [(&str, &str); 10] = [
    ("accuracy_score", "Accuracy"),
    ("precision_score", "Precision"),
    ("recall_score", "Recall"),
    ("f1_score", "F1"),
    ("matthews_corrcoef", "MCC"),
    ("geometric_mean_score", "G-mean"),
    ("balanced_accuracy_score", "Balanced"),
    ("roc_auc_score", "ROC AUC"),
    ("average_precision_score", "Avg. prec."),
    ("brier_score_loss", "Brier"),
];

const ACCURACY: &str = "accuracy_score";

/// What "always majority" reaches, and whether the accuracy is no better than that. Tracked.
fn reference(lab: Lab) -> Option<(String, bool)> {
    let outcome = lab.outcome.read();
    let outcome = outcome.as_deref()?;
    let accuracy = evaluate(metrics::metric(ACCURACY)?, outcome, lab.threshold.get()).get()?;
    let majority = always_majority(outcome);
    // Equal shares of the same rows may differ in the last bit.
    Some((score(majority), accuracy <= majority + 1e-12))
}

/// The tiles and the table behind them.
#[component]
pub fn Tiles() -> impl IntoView {
    let lab = expect_context::<Lab>();
    let all = lab.all_metrics;
    let majority = Memo::new(move |_| reference(lab));
    let trapped = Memo::new(move |_| majority.with(|majority| Some(majority.as_ref()?.1)));
    let score_of_majority = move || majority.with(|majority| majority.as_ref().map(|(score, _)| score.clone()));
    let pointed = RwSignal::new(None::<&'static Metric>);
    let known = TILES.iter().filter_map(|(id, label)| Some((metrics::metric(id)?, *label)));
    let tiles: Vec<AnyView> = known.map(|(metric, label)| tile(metric, label, pointed)).collect();
    view! {
        <section class="metrics" aria-label="Metrics">
            <div class="tiles num">{tiles}</div>
            // For the eyes only: a screen reader has it as the description of the tile.
            {move || pointed.get().map(|metric| {
                view! { <p class="tile-tip" aria-hidden="true" data-testid="tile-tip">{move || about(lab, metric)}</p> }
            })}
            {move || all.get().then(all::table)}
            <div class="under-tiles">
                {move || trapped.get().map(|trapped| match trapped {
                    true => view! {
                        <span class="trap-words" data-testid="accuracy-trap">
                            "⚠ Accuracy: no better than always majority (" {score_of_majority} ")"
                        </span>
                    }
                    .into_any(),
                    false => view! {
                        <span class="quiet" data-testid="accuracy-reference">
                            "Accuracy of always majority: " {score_of_majority}
                        </span>
                    }
                    .into_any(),
                })}
            <button
                type="button"
                class="link more"
                data-testid="all-metrics"
                aria-expanded=move || all.get().to_string()
                on:click=move |_| all.update(|all| *all = !*all)
            >
                {move || if all.get() { "Fewer metrics" } else { "All metrics" }}
            </button>
            </div>
        </section>
    }
    .into_any()
}

/// The present score of a metric and its change since the baseline.
pub(super) fn present(lab: Lab, metric: &'static Metric) -> Memo<Option<(Score, Option<f64>)>> {
    Memo::new(move |_| {
        let outcome = lab.outcome.read();
        let now = evaluate(metric, outcome.as_deref()?, lab.threshold.get());
        let pinned = lab.pinned.read();
        let before = pinned.as_deref().zip(lab.pin.read().as_ref().map(|pin| pin.threshold));
        let change = before.and_then(|(outcome, at)| Some(now.get()? - evaluate(metric, outcome, at).get()?));
        Some((now, change))
    })
}

/// Whether a change is for the better, for the worse, or too small to say.
pub(super) fn judged(metric: &Metric, change: f64) -> &'static str {
    let gain = if metric.better == Better::Lower { -change } else { change };
    match gain {
        gain if gain >= 0.005 => "up",
        gain if gain <= -0.005 => "dn",
        _ => "",
    }
}

/// What a metric means, why it is undefined where it is, and what its accuracy is worth. Tracked.
fn about(lab: Lab, metric: &'static Metric) -> String {
    let mut about = format!("{}: {}", metric.label, metric.meaning);
    let now = lab.outcome.with(|outcome| Some(evaluate(metric, outcome.as_deref()?, lab.threshold.get())));
    if let Some(score @ Score { undefined: Some(why), .. }) = now {
        about.push_str(&format!(" Undefined: {why}; {}.", prints(score)));
    }
    if let Some((majority, trapped)) = (metric.id == ACCURACY).then(|| reference(lab)).flatten() {
        let verdict = if trapped { "No better than always" } else { "Always" };
        about.push_str(&format!(" {verdict} majority: {majority}."));
    }
    about
}

fn tile(metric: &'static Metric, label: &'static str, pointed: RwSignal<Option<&'static Metric>>) -> AnyView {
    let lab = expect_context::<Lab>();
    let now = present(lab, metric);
    // Each part by itself: what stays the same is then left alone while something is dragged.
    let change = Memo::new(move |_| now.with(|now| now.as_ref()?.1));
    let undefined = Memo::new(move |_| now.with(|now| now.as_ref().is_some_and(|(now, _)| now.get().is_none())));
    let value = move || match now.get().map(|(now, _)| now.get()) {
        Some(Some(value)) => score(value),
        Some(None) => "undefined".to_owned(),
        None => String::new(),
    };
    let meaning = at_rest(move || about(lab, metric));
    let trapped = Memo::new(move |_| metric.id == ACCURACY && reference(lab).is_some_and(|(_, trapped)| trapped));
    let description = format!("about-{}", metric.id);
    let leave = move || {
        if pointed.get_untracked().is_some_and(|at| at.id == metric.id) {
            pointed.set(None);
        }
    };
    let key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && pointed.get_untracked().is_some() {
            event.prevent_default();
            pointed.set(None);
        }
    };
    view! {
        <div
            class="tile"
            class:trap=move || trapped.get()
            tabindex="0"
            role="group"
            aria-label=label
            aria-describedby=description.clone()
            data-testid=format!("metric-{}", metric.id)
            on:mouseenter=move |_| pointed.set(Some(metric))
            on:mouseleave=move |_| leave()
            on:focus=move |_| pointed.set(Some(metric))
            on:blur=move |_| leave()
            on:keydown=key
        >
            <small>{label}</small>
            <span class="value">
                <b class:undefined=move || undefined.get()>{framed(value)}</b>
                {move || change.get().map(|change| view! { <em class=judged(metric, change)>{delta(change)}</em> })}
            </span>
            <span id=description.clone() hidden=true>{meaning}</span>
        </div>
    }
    .into_any()
}
