//! What can be had of a chart besides the picture: its numbers as a table, SVG and PNG.

use leptos::prelude::*;
use leptos::web_sys;
use web_sys::wasm_bindgen::JsCast;

use crate::figure::scores::{BINS, Histogram, bin_range};
use crate::figure::{Kind, Readout, rate};
use crate::state::Lab;
use crate::ui::figure_view::{export_png, export_svg};

/// Rows of a table twin: enough to read a curve, few enough to be read.
const ROWS: usize = 25;

/// A button that opens the table and the two exports.
#[component]
pub fn FigureMenu(
    /// Of which chart.
    kind: Kind,
) -> impl IntoView {
    let lab = expect_context::<Lab>();
    let open = RwSignal::new(false);
    let id = format!("figure-menu-{}", kind.name());
    // The browser's popover: above everything, closed by Escape or a click elsewhere, focus returned.
    let follow = move |event: leptos::ev::Event| {
        let body = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        open.set(body.is_some_and(|body| body.matches(":popover-open").unwrap_or(false)));
    };
    view! {
        <button
            type="button"
            class="figure-more"
            title="Table, SVG, PNG"
            aria-label=format!("{}: table and export", kind.title())
            popovertarget=id.clone()
        >"⋯"</button>
        <div
            id=id
            class="figure-menu"
            popover="auto"
            role="dialog"
            aria-label=format!("{}: table and export", kind.title())
            on:toggle=follow
        >
            <div class="figure-menu-buttons">
                <button type="button" on:click=move |_| export_svg(lab, kind)>"SVG"</button>
                <button type="button" on:click=move |_| export_png(lab, kind)>"PNG"</button>
            </div>
            {move || open.get().then(|| table(lab, kind))}
        </div>
    }
}

fn table(lab: Lab, kind: Kind) -> AnyView {
    let Some(outcome) = lab.outcome.get() else { return ().into_any() };
    let (heads, rows) = match kind {
        Kind::Scores => (score_heads(), score_rows(&Histogram::of(&outcome.report))),
        _ => (curve_heads(), Readout::sample(&outcome.report.sweep, ROWS).iter().map(curve_row).collect()),
    };
    view! {
        <table>
            <caption>{format!("{} in numbers", kind.title())}</caption>
            <thead><tr>{heads.into_iter().map(|head| view! { <th scope="col">{head}</th> }).collect_view()}</tr></thead>
            <tbody>
                {rows.into_iter().map(|row| view! {
                    <tr>{row.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view()}</tr>
                }).collect_view()}
            </tbody>
        </table>
    }
    .into_any()
}

fn curve_heads() -> Vec<&'static str> {
    vec!["threshold", "TP", "FP", "FN", "TN", "precision", "recall", "FPR"]
}

fn curve_row(readout: &Readout) -> Vec<String> {
    let matrix = readout.matrix;
    let mut row = vec![readout.threshold_text()];
    row.extend([matrix.tp, matrix.fp, matrix.fn_, matrix.tn].map(crate::figure::count));
    row.extend([readout.precision, readout.recall, readout.false_positive_rate].map(rate));
    row
}

fn score_heads() -> Vec<&'static str> {
    vec!["from", "to", "majority", "minority"]
}

fn score_rows(histogram: &Histogram) -> Vec<Vec<String>> {
    let row = |bin: usize| {
        let (low, high) = bin_range(bin);
        let rows = [histogram.majority[bin], histogram.minority[bin]].map(|n| n.to_string());
        [format!("{low:.3}"), format!("{:.3}", high.min(1.0))].into_iter().chain(rows).collect()
    };
    (0..BINS).map(row).collect()
}
