//! Every number beside the plane is the one of the rows: tiles, confusion matrix and the table of all metrics, while the
//! threshold moves.

use imbalance_lab::experiment::{PopulationAt, Report};
use imbalance_lab::metrics::{self, ConfusionMatrix, Metric, Score, Scored};
use imbalance_lab::state::Lab;
use imbalance_lab::ui::results::Results;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use super::components::{Mounted, show};
use super::support::{document, sleep, until};

const MEASURED: &str = "#/lab?data=breast-cancer&ratio=9&seed=1";
const GENERATED: &str = "#/lab?data=blobs&distance=1.5&n=200&ratio=4&class_weight=balanced";
/// The ends, where metrics are undefined, and what lies between.
const THRESHOLDS: [f64; 7] = [0.0, 0.05, 0.3, 0.5, 0.62, 0.9, 1.0];
/// Three decimals are shown.
const SHOWN: f64 = 0.000_500_001;

/// Counted row by row, without the sweep that the page reads.
fn counted(report: &Report, threshold: f64) -> ConfusionMatrix {
    let rows = report.test.iter().map(|&row| row as usize);
    let (truth, said): (Vec<u8>, Vec<u8>) =
        rows.map(|row| (report.data.y[row], u8::from(report.scores[row] >= threshold))).unzip();
    ConfusionMatrix::new(&truth, &said, None)
}

fn evaluated(metric: &Metric, report: &Report, confusion: ConfusionMatrix) -> Score {
    let (brier_score_loss, log_loss) = (report.brier_score_loss, report.log_loss);
    (metric.evaluate)(&Scored { confusion, sweep: &report.sweep, brier_score_loss, log_loss })
}

/// The value of the population, by the four outcomes alone.
fn of_population(metric: &Metric, at: &PopulationAt, threshold: f64) -> Option<Score> {
    match metric.id {
        "roc_auc_score" => Some(Score::defined(at.areas.roc_auc)),
        "average_precision_score" => Some(Score::defined(at.areas.average_precision)),
        id if metrics::metric(id).unwrap().at_threshold => {
            let confusion = at.sweep.confusion_at(threshold);
            let scored = Scored { confusion, sweep: &at.sweep, brier_score_loss: 0.0, log_loss: 0.0 };
            Some((metric.evaluate)(&scored))
        }
        _ => None,
    }
}

fn is_shown(text: &str, value: f64) -> bool {
    let number = text.replace('−', "-").parse::<f64>();
    number.is_ok_and(|number| (number - value).abs() <= SHOWN)
}

/// What is wrong with a text that shows a score.
fn wrong(what: String, text: &str, score: Score, undefined: &str) -> Option<String> {
    let right = match score.get() {
        Some(value) => is_shown(text, value),
        None => text == undefined,
    };
    (!right).then(|| format!("{what} shows {text:?}, not {score:?}"))
}

/// The text of an element of the page; empty when there is none.
fn text(mounted: &Mounted, selector: &str) -> String {
    let element = mounted.host.query_selector(selector).unwrap();
    element.and_then(|element| element.text_content()).unwrap_or_default()
}

/// All that the page shows otherwise than the rows say.
fn complaints(mounted: &Mounted, report: &Report, threshold: f64) -> Vec<String> {
    let confusion = counted(report, threshold);
    let cells = [
        ("tn", confusion.tn, confusion.tn + confusion.fp),
        ("fp", confusion.fp, confusion.tn + confusion.fp),
        ("fn", confusion.fn_, confusion.tp + confusion.fn_),
        ("tp", confusion.tp, confusion.tp + confusion.fn_),
    ];
    let population = report.population.as_ref().map(|population| population.scorers.as_ref().unwrap());
    let both = |threshold: f64| {
        population.map(|both| [&both.model, &both.bayes].map(|at| (at, at.sweep.confusion_at(threshold))))
    };
    let mut wrongs = Vec::new();
    for (i, (id, n, of)) in cells.into_iter().enumerate() {
        let cell = |part: &str| text(mounted, &format!("[data-testid=cm-{id}] {part}"));
        let rate = format!("{} {:.1}%", id.to_uppercase(), 100.0 * n / of);
        if cell(".n") != n.to_string() || cell(".rate") != rate {
            wrongs.push(format!("cell {id} shows {} {}, not {n} {rate}", cell(".n"), cell(".rate")));
        }
        let column = |at: usize| text(mounted, &format!("[data-testid=all-{id}] td:nth-child({at})"));
        let share = |of: &ConfusionMatrix| 1000.0 * [of.tn, of.fp, of.fn_, of.tp][i] / of.total();
        let shown = |share: f64| format!("{share:.2}");
        let [model, best] = match both(threshold) {
            Some(both) => both.map(|(_, confusion)| shown(share(&confusion))),
            None => ["–".to_owned(), "–".to_owned()],
        };
        let (columns, wanted) = ([column(2), column(4), column(5)], [shown(share(&confusion)), model, best]);
        if columns != wanted {
            wrongs.push(format!("row {id} shows {columns:?}, not {wanted:?}"));
        }
    }
    let mut tiles = 0;
    for metric in metrics::ALL {
        let score = evaluated(metric, report, confusion);
        let tile = text(mounted, &format!("[data-testid=metric-{}] b", metric.id));
        if !tile.is_empty() {
            tiles += 1;
            wrongs.extend(wrong(format!("tile {}", metric.id), &tile, score, "undefined"));
        }
        let column = |at: usize| text(mounted, &format!("[data-testid=all-{}] td:nth-child({at})", metric.id));
        let value = if score.value.is_nan() { "nan".to_owned() } else { score.value.to_string() };
        let undefined = format!("undefined (scikit-learn prints {value})");
        wrongs.extend(wrong(format!("row {}", metric.id), &column(2), score, &undefined));
        for (at, which) in [(4, 0), (5, 1)] {
            let of = both(threshold).and_then(|both| of_population(metric, both[which].0, threshold));
            let what = format!("row {}, column {at}", metric.id);
            match of {
                Some(score) => wrongs.extend(wrong(what, &column(at), score, "undefined")),
                None if column(at) == "–" => {}
                None => wrongs.push(format!("{what} shows {:?}", column(at))),
            }
        }
    }
    if tiles != 10 {
        wrongs.push(format!("{tiles} tiles"));
    }
    wrongs
}

async fn follows_the_threshold(mounted: &Mounted) {
    let lab = mounted.lab;
    lab.all_metrics.set(true);
    until("the table of all metrics", || !text(mounted, "[data-testid=all-tn]").is_empty()).await;
    let report = lab.outcome.with_untracked(|outcome| outcome.as_ref().unwrap().report.clone());
    let mut seen = Vec::new();
    for threshold in THRESHOLDS {
        lab.set_threshold(threshold);
        let now = format!("{:.0}", counted(&report, threshold).tp);
        until("the cells to follow", || text(mounted, "[data-testid=cm-tp] .n") == now).await;
        sleep(30).await;
        assert_eq!(complaints(mounted, &report, threshold), Vec::<String>::new(), "at {threshold}");
        seen.push(now);
    }
    seen.dedup();
    assert!(seen.len() > 3, "the threshold hardly changed anything: {seen:?}");
}

#[wasm_bindgen_test]
async fn every_number_of_measured_data_is_that_of_the_rows() {
    let mounted = Mounted::new(|| view! { <Results/> });
    show(mounted.lab, MEASURED);
    follows_the_threshold(&mounted).await;
    assert!(text(&mounted, "[data-testid=grid-error]").contains("not known"));
}

#[wasm_bindgen_test]
async fn every_number_of_generated_data_is_that_of_the_rows_and_of_the_population() {
    let mounted = Mounted::new(|| view! { <Results/> });
    show(mounted.lab, GENERATED);
    follows_the_threshold(&mounted).await;
    let errors = text(&mounted, "[data-testid=grid-error]");
    assert_eq!(errors.matches('±').count(), 4, "both areas of both columns: {errors}");
}

#[wasm_bindgen_test]
async fn what_the_library_prints_of_an_undefined_metric_is_at_hand_for_the_focus_and_in_the_description() {
    let mounted = Mounted::new(|| view! { <Results/> });
    let lab: Lab = mounted.lab;
    lab.set_threshold(1.0);
    let tile: HtmlElement =
        mounted.host.query_selector("[data-testid=metric-precision_score]").unwrap().unwrap().dyn_into().unwrap();
    let id = tile.get_attribute("aria-describedby").unwrap();
    let description = || document().get_element_by_id(&id).unwrap().text_content().unwrap();
    until("the description", || description().contains("nothing is called positive; scikit-learn prints 0")).await;
    assert!(text(&mounted, "[data-testid=tile-tip]").is_empty());
    tile.focus().unwrap();
    until("the words", || text(&mounted, "[data-testid=tile-tip]") == description()).await;
    tile.blur().unwrap();
    until("the words to go", || text(&mounted, "[data-testid=tile-tip]").is_empty()).await;
}
