//! The confusion matrix: rows actual, columns predicted. Pointing at a cell lights its points up everywhere.

use leptos::prelude::*;

use crate::metrics::ConfusionMatrix;
use crate::state::{Highlight, Lab};
use crate::ui::framed::framed;
use crate::ui::text::{count, percent};

/// A cell: its name, its test id, its class in the style sheet, the true and the predicted class.
type Cell = (&'static str, &'static str, &'static str, bool, bool);

const CELLS: [Cell; 4] = [
    ("TN", "cm-tn", "tn", false, false),
    ("FP", "cm-fp", "er", false, true),
    ("FN", "cm-fn", "er", true, false),
    ("TP", "cm-tp", "tp", true, true),
];

/// The confusion matrix at the present threshold.
#[component]
pub fn Confusion() -> impl IntoView {
    let lab = expect_context::<Lab>();
    let matrix = Memo::new(move |_| {
        lab.outcome.with(|outcome| Some(outcome.as_ref()?.report.sweep.confusion_at(lab.threshold.get())))
    });
    let same_rows = Memo::new(move |_| lab.outcome.read().as_ref().is_some_and(|outcome| outcome.spec.off.split));
    let classes = Memo::new(move |_| {
        lab.outcome.read().as_ref().map(|outcome| outcome.report.classes.clone()).unwrap_or_default()
    });
    let name = move |minority: bool| classes.get()[usize::from(minority)].clone();
    let row = move |actual: bool| {
        let cells = CELLS.into_iter().filter(|cell| cell.3 == actual).map(|it| cell(lab, matrix, it));
        view! {
            <tr>
                <th scope="row" title=move || name(actual)>{if actual { "actual +" } else { "actual −" }}</th>
                {cells.collect_view()}
            </tr>
        }
    };
    view! {
        <section class="card confusion" class:warned=move || same_rows.get() aria-labelledby="cm-title">
            <h2 id="cm-title">
                {move || match same_rows.get() {
                    true => "Confusion matrix, scored on the rows it was trained on",
                    false => "Confusion matrix on the untouched test set",
                }}
            </h2>
            <table class="cm num">
                <thead>
                    <tr>
                        <td></td>
                        <th scope="col" title=move || name(false)>"predicted −"</th>
                        <th scope="col" title=move || name(true)>"predicted +"</th>
                    </tr>
                </thead>
                <tbody>{row(false)} {row(true)}</tbody>
            </table>
        </section>
    }
    .into_any()
}

fn cell(lab: Lab, matrix: Memo<Option<ConfusionMatrix>>, (name, id, class, actual, predicted): Cell) -> AnyView {
    let numbers = Memo::new(move |_| {
        let cm = matrix.get()?;
        let n = match (actual, predicted) {
            (false, false) => cm.tn,
            (false, true) => cm.fp,
            (true, false) => cm.fn_,
            (true, true) => cm.tp,
        };
        Some((n, if actual { cm.tp + cm.fn_ } else { cm.tn + cm.fp }))
    });
    let on = move || lab.highlight.set(Highlight::Cell { actual, predicted });
    let off = move || {
        if lab.highlight.get_untracked() == (Highlight::Cell { actual, predicted }) {
            lab.highlight.set(Highlight::None);
        }
    };
    let lit = move || lab.highlight.get() == Highlight::Cell { actual, predicted };
    view! {
        <td
            class=class
            class:lit=lit
            tabindex="0"
            data-testid=id
            title="Point at it to light up its points"
            on:mouseenter=move |_| on()
            on:mouseleave=move |_| off()
            on:focus=move |_| on()
            on:blur=move |_| off()
        >
            // Each part by itself: only what changes is touched while something is dragged.
            <span class="n">{framed(move || numbers.get().map_or("–".to_owned(), |(n, _)| count(n)))}</span>
            <span class="rate">{name} " " {framed(move || numbers.get().map(|(n, of)| percent(n, of)).unwrap_or_default())}</span>
        </td>
    }
    .into_any()
}
