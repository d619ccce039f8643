//! All metrics and the four outcomes at the present threshold: on the test set, over the whole population, and of the
//! best possible classifier. Only while it is open is the model scored over the population.

use leptos::prelude::*;

use super::scored::{Outcomes, evaluate_population, per_thousand, prints};
use super::tiles::{judged, present};
use crate::experiment::{PopulationAt, Scorers};
use crate::metrics::{self, Metric, Score};
use crate::state::Lab;
use crate::ui::text::{delta, error, score};

/// The outcomes: test id, short name, meaning.
const OUTCOMES: [(&str, &str, &str); 4] = [
    ("all-tn", "TN", "True negatives: majority rows called majority, of every 1000 rows."),
    ("all-fp", "FP", "False positives: majority rows called minority, of every 1000 rows."),
    ("all-fn", "FN", "False negatives: minority rows called majority, of every 1000 rows."),
    ("all-tp", "TP", "True positives: minority rows called minority, of every 1000 rows."),
];

/// Where there is no value.
const NONE: &str = "–";

pub(super) fn table() -> AnyView {
    let lab = expect_context::<Lab>();
    let outcomes = outcomes(lab);
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
                        <th scope="col" title="The Bayes-optimal scorer over the whole population, at the same threshold">
                            "Best"
                        </th>
                    </tr>
                </thead>
                <tbody>
                    <tr class="group">
                        <th scope="colgroup" colspan="5">"Of 1000 rows, at the present threshold"</th>
                    </tr>
                    {outcomes}
                    <tr class="group"><th scope="colgroup" colspan="5">"Metrics"</th></tr>
                    {rows}
                </tbody>
            </table>
            <p class="quiet" data-testid="grid-error">
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

/// What is read of the model and of the best possible classifier over the population, once it is there. Tracked.
fn of_both<T>(lab: Lab, read: impl Fn(&PopulationAt) -> T) -> Option<[T; 2]> {
    let outcome = lab.outcome.read();
    let Scorers { model, bayes } = outcome.as_ref()?.report.population.as_ref()?.scorers.as_ref()?;
    Some([model, bayes].map(read))
}

fn grid_error(lab: Lab) -> String {
    let errors = of_both(lab, |at| {
        let areas = &at.areas;
        format!("ROC AUC {}, average precision {}", error(areas.roc_auc_error), error(areas.average_precision_error))
    });
    errors.map_or_else(String::new, |[model, best]| {
        format!("Population values are integrated on a grid. Population: {model}. Best: {best}.")
    })
}

/// The four outcomes per 1000 rows, so that a test set and a population can be compared.
fn outcomes(lab: Lab) -> Vec<AnyView> {
    let test = Memo::new(move |_| {
        let outcome = lab.outcome.read();
        per_thousand(&outcome.as_ref()?.report.sweep.confusion_at(lab.threshold.get()))
    });
    let both = Memo::new(move |_| of_both(lab, |at| per_thousand(&at.confusion(lab.threshold.get()))));
    let row = |(i, (id, name, meaning)): (usize, (&'static str, &'static str, &'static str))| {
        let shown = move |of: Option<Outcomes>| of.map_or(NONE.to_owned(), |of| format!("{:.2}", of[i]));
        let of = move |column: usize| both.get().and_then(|both| both[column]);
        view! {
            <tr title=meaning data-testid=id>
                <th scope="row">{name}</th>
                <td>{move || shown(test.get())}</td>
                <td></td>
                <td>{move || shown(of(0))}</td>
                <td>{move || shown(of(1))}</td>
            </tr>
        }
        .into_any()
    };
    OUTCOMES.into_iter().enumerate().map(row).collect()
}

fn row(lab: Lab, metric: &'static Metric) -> AnyView {
    let now = present(lab, metric);
    let both = Memo::new(move |_| of_both(lab, |at| evaluate_population(metric, at, lab.threshold.get())));
    let test = move |now: Score| now.get().map_or_else(|| format!("undefined ({})", prints(now)), score);
    // No library says anything of a population.
    let shown = move |of: Score| of.get().map_or("undefined".to_owned(), score);
    let of = move |column: usize| both.get().and_then(|both| both[column]).map_or(NONE.to_owned(), shown);
    view! {
        <tr title=metric.meaning data-testid=format!("all-{}", metric.id)>
            <th scope="row">{metric.label}</th>
            <td>{move || now.get().map(|(now, _)| test(now))}</td>
            <td>{move || now.get().and_then(|(_, change)| change).map(|change| {
                view! { <em class=judged(metric, change)>{delta(change)}</em> }
            })}</td>
            <td>{move || of(0)}</td>
            <td>{move || of(1)}</td>
        </tr>
    }
    .into_any()
}
