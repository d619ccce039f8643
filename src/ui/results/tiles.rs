//! Ten metrics, each with its change since the baseline; all of them, with the values of the population, on demand.

use leptos::prelude::*;

use super::scored::{always_majority, evaluate, of_population};
use crate::experiment::Scorers;
use crate::metrics::{self, Better, Metric, Score};
use crate::state::Lab;
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
    let tiles: Vec<AnyView> = TILES.iter().filter_map(|(id, label)| Some(tile(metrics::metric(id)?, label))).collect();
    view! {
        <section class="metrics" aria-label="Metrics">
            <div class="tiles num">{tiles}</div>
            {move || all.get().then(table)}
            <div class="under-tiles">
                {move || majority.get().map(|(majority, trapped)| match trapped {
                    true => view! {
                        <span class="trap-words" data-testid="accuracy-trap">
                            {format!("⚠ Accuracy: no better than always majority ({majority})")}
                        </span>
                    }
                    .into_any(),
                    false => view! {
                        <span class="quiet" data-testid="accuracy-reference">
                            {format!("Accuracy of always majority: {majority}")}
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
fn present(lab: Lab, metric: &'static Metric) -> Memo<Option<(Score, Option<f64>)>> {
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
fn judged(metric: &Metric, change: f64) -> &'static str {
    let gain = if metric.better == Better::Lower { -change } else { change };
    match gain {
        gain if gain >= 0.005 => "up",
        gain if gain <= -0.005 => "dn",
        _ => "",
    }
}

fn tile(metric: &'static Metric, label: &'static str) -> AnyView {
    let lab = expect_context::<Lab>();
    let now = present(lab, metric);
    let majority = Memo::new(move |_| if metric.id == ACCURACY { reference(lab) } else { None });
    let title = move || {
        let mut title = format!("{}: {}", metric.label, metric.meaning);
        if let Some((Score { value, undefined: Some(why) }, _)) = now.get() {
            title.push_str(&format!(" Undefined: {why}; scikit-learn prints {value}."));
        }
        if let Some((majority, trapped)) = majority.get() {
            let verdict = if trapped { "No better than always" } else { "Always" };
            title.push_str(&format!(" {verdict} majority: {majority}."));
        }
        title
    };
    view! {
        <div class="tile" class:trap=move || majority.read().as_ref().is_some_and(|at| at.1) title=title data-testid=format!("metric-{}", metric.id)>
            <small>{label}</small>
            {move || now.get().map(|(now, change)| {
                let value = match now.get() {
                    Some(value) => view! { <b>{score(value)}</b> }.into_any(),
                    None => view! { <b class="undefined">"undefined"</b> }.into_any(),
                };
                let change = change.map(|change| view! { <em class=judged(metric, change)>{delta(change)}</em> });
                view! { <span class="value">{value}{change}</span> }
            })}
        </div>
    }
    .into_any()
}

fn table() -> AnyView {
    let lab = expect_context::<Lab>();
    let rows: Vec<AnyView> = metrics::ALL.iter().map(|metric| row(lab, metric)).collect();
    let known = move || lab.outcome.read().as_ref().is_some_and(|outcome| outcome.report.population.is_some());
    view! {
        <div class="card scroll" tabindex="0" role="region" aria-label="All metrics">
            <table class="all num">
                <thead>
                    <tr>
                        <th scope="col">"Metric"</th>
                        <th scope="col">"Test"</th>
                        <th scope="col" title="Since the baseline">"Change"</th>
                        <th scope="col" title="The same model over the whole population, by integrating the known density">
                            "Population"
                        </th>
                        <th scope="col" title="The Bayes-optimal scorer over the whole population">"Best"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="quiet">
                {move || {
                    if known() {
                        grid_error(lab)
                    } else {
                        "The density of these data is not known, so there are no population values.".to_owned()
                    }
                }}
            </p>
        </div>
    }
    .into_any()
}

fn grid_error(lab: Lab) -> String {
    lab.outcome.with(|outcome| {
        let population = outcome.as_ref().and_then(|outcome| outcome.report.population.as_ref());
        population.and_then(|population| population.scorers.as_ref()).map_or_else(String::new, |scorers| {
            format!(
                "Population values are integrated on a grid: ROC AUC ±{:.4}, average precision ±{:.4}.",
                scorers.model.areas.roc_auc_error, scorers.model.areas.average_precision_error
            )
        })
    })
}

fn row(lab: Lab, metric: &'static Metric) -> AnyView {
    let now = present(lab, metric);
    let population = Memo::new(move |_| {
        let outcome = lab.outcome.read();
        let Scorers { model, bayes } = outcome.as_ref()?.report.population.as_ref()?.scorers.as_ref()?;
        Some([model, bayes].map(|scorer| of_population(metric, scorer, lab.threshold.get())))
    });
    let shown = |value: Option<f64>| value.map_or("–".to_owned(), score);
    view! {
        <tr title=metric.meaning>
            <th scope="row">{metric.label}</th>
            <td>{move || now.get().map(|(now, _)| now.get().map_or("undefined".to_owned(), score))}</td>
            <td>{move || now.get().and_then(|(_, change)| change).map(|change| {
                view! { <em class=judged(metric, change)>{delta(change)}</em> }
            })}</td>
            <td>{move || shown(population.get().and_then(|[model, _]| model))}</td>
            <td>{move || shown(population.get().and_then(|[_, bayes]| bayes))}</td>
        </tr>
    }
    .into_any()
}
