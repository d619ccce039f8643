//! The points as a table, for whoever does not read pictures.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::model::PlaneModel;
use crate::figure::plane::table_row;

/// Rows shown at most.
const ROWS: usize = 200;

/// The table twin of the plane; filled only while it is open.
#[component]
pub(super) fn PointTable(model: PlaneModel) -> impl IntoView {
    let open = RwSignal::new(false);
    let caption = move || {
        let n = model.scene.with(|scene| scene.dots.len());
        if n > ROWS { format!("The first {ROWS} of {n} points shown") } else { format!("{n} points shown") }
    };
    let rows = move || {
        let report = model.report.get()?;
        let scene = model.scene.get();
        let row = |cells: [String; 6]| {
            view! { <tr>{cells.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view()}</tr> }
        };
        Some(scene.dots.iter().take(ROWS).map(|dot| row(table_row(&report, dot))).collect_view())
    };
    let axis = move |i: usize| model.report.with(|r| r.as_ref().map(|r| r.columns[i].clone()).unwrap_or_default());
    view! {
        <details class="plane-table" on:toggle=move |event| {
            let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            open.set(target.is_some_and(|details| details.has_attribute("open")));
        }>
            <summary>"Points as a table"</summary>
            <Show when=move || open.get()>
                <div class="plane-table-scroll" tabindex="0" role="region" aria-label="Points as a table">
                    <table>
                        <caption>{caption}</caption>
                        <thead>
                            <tr>
                                <th scope="col">"Point"</th>
                                <th scope="col">"Kind"</th>
                                <th scope="col">"Class"</th>
                                <th scope="col">{move || axis(0)}</th>
                                <th scope="col">{move || axis(1)}</th>
                                <th scope="col">"Score"</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </Show>
        </details>
    }
}
