//! What is happening now, in two or three sentences with the present numbers.

use leptos::prelude::*;

use crate::experiment::Report;
use crate::model::{ClassWeight, Classifier, Model};
use crate::resample::play::{Explanation, explain};
use crate::state::{Lab, Outcome, Stage};
use crate::ui::text::{count, error, minus, percent, ratio, score};

/// The explanation of the active stage.
#[component]
pub fn Explain() -> impl IntoView {
    let lab = expect_context::<Lab>();
    let elsewhere = Memo::new(move |_| lab.awaits_own_data());
    let sentences = Memo::new(move |_| {
        if elsewhere.get() {
            return Vec::new();
        }
        let outcome = lab.outcome.read();
        let Some(outcome) = outcome.as_deref() else { return Vec::new() };
        match lab.stage.get() {
            Stage::Data => data(&outcome.report),
            Stage::Split => split(outcome),
            Stage::Resample => resample(outcome),
            Stage::Model => model(outcome),
            Stage::Decide => decide(&outcome.report, lab.threshold.get()),
        }
    });
    view! {
        <div class="explain" data-testid="explain">
            <Diagnosis/>
            {move || {
                sentences
                    .get()
                    .into_iter()
                    .enumerate()
                    .map(|(i, sentence)| {
                        let lead = (i == 0).then(|| view! { <b>"What happens here. "</b> });
                        view! { <p>{lead}{sentence}</p> }
                    })
                    .collect_view()
            }}
            <Notes/>
        </div>
    }
    .into_any()
}

/// What can be said against the points that were made.
#[component]
fn Diagnosis() -> impl IntoView {
    let lab = expect_context::<Lab>();
    let found = Memo::new(move |_| match (lab.stage.get(), lab.outcome.read().as_ref()) {
        (Stage::Resample, Some(outcome)) => outcome.report.diagnosis.clone().unwrap_or_default(),
        _ => Vec::new(),
    });
    move || {
        let warning = |(at, text): (usize, String)| {
            let lead = (at == 0).then(|| view! { <b>"Here it hurts. "</b> });
            view! { <p data-testid="diagnosis"><span class="warn" aria-hidden="true">"⚠ "</span>{lead}{text}</p> }
        };
        found.get().into_iter().map(|diagnosis| diagnosis.text).enumerate().map(warning).collect_view()
    }
}

/// What the run itself wants to be known.
#[component]
fn Notes() -> impl IntoView {
    let lab = expect_context::<Lab>();
    let notes = Memo::new(move |_| match lab.outcome.read().as_ref() {
        Some(outcome) if !lab.awaits_own_data() => outcome.report.notes.clone(),
        _ => Vec::new(),
    });
    move || notes.get().into_iter().map(|note| view! { <p class="quiet">{note}</p> }).collect_view()
}

fn data(report: &Report) -> Vec<String> {
    let (majority, minority) = (report.data.count(0) as f64, report.data.count(1) as f64);
    let mut out = vec![format!(
        "{} points: {} majority, {} minority ({}).",
        count(majority + minority),
        count(majority),
        count(minority),
        ratio(majority, minority)
    )];
    if minority > 0.0 && majority > minority {
        out.push(format!(
            "Whoever always says “majority” is right {} of the time and finds no minority point.",
            percent(majority, majority + minority)
        ));
    }
    if let Some(population) = &report.population {
        out.push(format!(
            "The density is known: the best possible ROC AUC is {} ({}), the best average precision {} ({}).",
            score(population.best.roc_auc),
            error(population.best.roc_auc_error),
            score(population.best.average_precision),
            error(population.best.average_precision_error)
        ));
    }
    out
}

fn split(outcome: &Outcome) -> Vec<String> {
    let report = &outcome.report;
    if outcome.spec.off.split {
        return vec![
            "Nothing is held out: the model is scored on the very rows it was fitted on. Its numbers flatter it."
                .to_owned(),
        ];
    }
    let minority = |rows: &[u32]| rows.iter().filter(|&&row| report.data.y[row as usize] == 1).count() as f64;
    let (train, test) = (minority(&report.train), minority(&report.test));
    let mut out = vec![
        format!(
            "Stratified: both parts keep the ratio. The minority has {} points to learn from and {} to be tested on.",
            count(train),
            count(test)
        ),
        format!("One test point more or less found moves recall by {}.", percent(1.0, test)),
    ];
    if let Some(scaler) = &report.scaler {
        out.push(minus(&format!(
            "The scaler has seen the training rows only: means {:.2} and {:.2}, deviations {:.2} and {:.2}.",
            scaler.mean[0], scaler.mean[1], scaler.scale[0], scaler.scale[1]
        )));
    }
    out
}

fn resample(outcome: &Outcome) -> Vec<String> {
    let report = &outcome.report;
    let spec = &outcome.spec;
    if spec.off.resample || spec.samplers.is_empty() {
        let why = if spec.off.resample { "Switched off" } else { "No resampling" };
        return vec![format!(
            "{why}: the model is fitted on the training rows as they are. Choose a method to change the balance it sees."
        )];
    }
    let mut out = Vec::new();
    for (stage, trace) in report.chain.stages.iter().enumerate() {
        out.extend(trace.only.as_ref().map(|restriction| restriction.told(&report.chain).to_string()));
        if let Some(Explanation { what, watch_for }) = explain(&report.chain, stage) {
            out.push(what.to_string());
            out.push(format!("Watch for {watch_for}"));
        }
    }
    out.push("The test set is not touched.".to_owned());
    out
}

fn model(outcome: &Outcome) -> Vec<String> {
    let report = &outcome.report;
    let Model::LogisticRegression { coef, intercept, n_iter, .. } = &report.model else {
        return vec![
            "Whatever the point, the answer is “majority”. Every remedy has to be better than this.".to_owned(),
        ];
    };
    let parameters = coef.len() + 1;
    let mut out = vec![format!(
        "{parameters} numbers are fitted to {} rows in {n_iter} Newton steps; the constant is {}.",
        count(report.chain.output.len() as f64),
        minus(&format!("{intercept:.2}"))
    )];
    if let Classifier::LogisticRegression { c, class_weight, .. } = &outcome.spec.classifier {
        match class_weight {
            ClassWeight::None => {}
            ClassWeight::Balanced => {
                out.push("Each class counts the same in the loss, however few points it has.".to_owned());
            }
            ClassWeight::Ratio(weight) => {
                out.push(format!("A minority point counts {weight} times in the loss."));
            }
        }
        if c.is_infinite() {
            out.push("Without a penalty the likelihood alone decides.".to_owned());
        }
    }
    let mean =
        report.test.iter().map(|&row| report.scores[row as usize]).sum::<f64>() / report.test.len().max(1) as f64;
    let minority = report.sweep.n_pos / (report.sweep.n_pos + report.sweep.n_neg).max(1.0);
    out.push(format!(
        "Its scores average {} on the test set, where {} are minority.",
        percent(mean, 1.0),
        percent(minority, 1.0)
    ));
    out
}

fn decide(report: &Report, threshold: f64) -> Vec<String> {
    let cm = report.sweep.confusion_at(threshold);
    let alarms = cm.tp + cm.fp;
    let mut out = vec![format!(
        "A test point is called minority when its score is at least {threshold:.3}: {} alarms, {} of them right.",
        count(alarms),
        count(cm.tp)
    )];
    out.push(format!(
        "{} of {} minority points are missed. Nothing is fitted anew when the threshold moves.",
        count(cm.fn_),
        count(cm.tp + cm.fn_)
    ));
    out
}
