//! The card of the lasso: what it holds and how the model does there, at the present threshold.

use leptos::prelude::*;

use super::model::PlaneModel;
use crate::base::Point;
use crate::experiment::RegionReport;
use crate::metrics;
use crate::ui::text::{count, score};

/// What the card says of the test rows inside.
const SAID: [(&str, &str); 5] = [
    ("accuracy_score", "Accuracy"),
    ("precision_score", "Precision"),
    ("recall_score", "Recall"),
    ("f1_score", "F1"),
    ("roc_auc_score", "ROC AUC"),
];

/// What the lasso holds.
#[component]
pub(super) fn RegionCard(model: PlaneModel) -> impl IntoView {
    let lab = model.lab;
    // Moves with the rows, not with the threshold, which only looks another place of the sweep up.
    let found = Memo::new(move |_| {
        let region = lab.region.read();
        model.report.with(|report| Some(region.as_ref()?.report(report.as_deref()?)))
    });
    let held = Memo::new(move |_| found.with(Option::is_some));
    let place = move || {
        let corners = lab.region.with(|region| region.as_ref().map(|region| region.corners().to_vec()));
        let frame = model.frame.get();
        corners.zip(frame).map(|(corners, frame)| {
            let at: Vec<Point> = corners.into_iter().map(|corner| frame.canvas_from_data(corner)).collect();
            let [x, y] = [0, 1].map(|axis| at.iter().map(|at| at[axis]).sum::<f64>() / at.len() as f64);
            // In the corner across, so that it does not lie on what it speaks of.
            let side = if x < frame.width / 2.0 { "right:8px" } else { "left:8px" };
            let end = if y < frame.height / 2.0 { "bottom:8px" } else { "top:8px" };
            format!("{side};{end}")
        })
    };
    let rows = move |pick: fn(&RegionReport) -> [usize; 2]| {
        found.with(|found| {
            let [majority, minority] = found.as_ref().map(pick).unwrap_or_default();
            format!("{} majority, {} minority", count(majority as f64), count(minority as f64))
        })
    };
    let cell = move |name: &'static str, pick: fn(&metrics::ConfusionMatrix) -> f64| {
        let value = move || {
            found.with(|found| found.as_ref().map(|found| pick(&found.confusion(lab.threshold.get()))).map(count))
        };
        view! { <span><small>{name}</small> <b data-testid=format!("region-{}", name.to_lowercase())>{value}</b></span> }
    };
    let value = move |id: &'static str| {
        found.with(|found| {
            let metric = metrics::metric(id)?;
            let value = (metric.evaluate)(&found.as_ref()?.scored(lab.threshold.get()));
            Some(value.get().map_or("undefined".to_owned(), score))
        })
    };
    let numbers = move || {
        SAID.map(|(id, label)| {
            view! { <span><small>{label}</small> <b data-testid=format!("region-{id}")>{move || value(id)}</b></span> }
        })
        .collect_view()
    };
    view! {
        <Show when=move || held.get()>
            <section class="plane-card region-card num" data-testid="region-card" aria-label="In the lasso" style=place>
                <header>
                    <strong>"In the lasso"</strong>
                    <button
                        type="button"
                        class="icon"
                        data-testid="region-clear"
                        aria-label="Let go of the lasso"
                        title="Let go of the lasso"
                        on:click=move |_| lab.ask_about(None)
                    >"×"</button>
                </header>
                <div>"Training rows: " {move || rows(|found| found.train)}</div>
                <div>"Test rows: " {move || rows(|found| found.test)}</div>
                <div class="region-numbers">
                    {cell("TN", |cm| cm.tn)} {cell("FP", |cm| cm.fp)} {cell("FN", |cm| cm.fn_)} {cell("TP", |cm| cm.tp)}
                </div>
                <div class="region-numbers">{numbers()}</div>
            </section>
        </Show>
    }
}
