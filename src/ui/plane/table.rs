//! What can be had of the plane besides the picture: how hard its points are, its points as a table, SVG and PNG.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::hardness::HardnessButton;
use super::model::PlaneModel;
use crate::figure::plane::{decimals, table_row};
use crate::resample::play::Timeline;
use crate::state::Tool;
use crate::ui::export_menu::{plane_png, plane_svg};

/// Rows shown at most.
const ROWS: usize = 200;

/// A button that opens the table and the two exports; the table is filled only while it is open.
#[component]
pub(super) fn PlaneMenu(model: PlaneModel) -> impl IntoView {
    let lab = model.lab;
    let open = RwSignal::new(false);
    let none = Memo::new(move |_| model.report.with(Option::is_none));
    // The browser's popover, as that of the charts: closed by Escape or a click elsewhere, focus returned.
    let follow = move |event: leptos::ev::Event| {
        let body = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        open.set(body.is_some_and(|body| body.matches(":popover-open").unwrap_or(false)));
    };
    let caption = move || {
        let n = model.scene.with(|scene| scene.dots.len());
        if n > ROWS { format!("The first {ROWS} of {n} points shown") } else { format!("{n} points shown") }
    };
    let rows = move || {
        let report = model.report.get()?;
        let scene = model.scene.get();
        let (timeline, digits) = (Timeline::new(&report.chain), decimals(&report));
        let row = |cells: [String; 7]| {
            view! { <tr>{cells.into_iter().map(|cell| view! { <td>{cell}</td> }).collect_view()}</tr> }
        };
        Some(scene.dots.iter().take(ROWS).map(|dot| row(table_row(&report, &timeline, digits, dot))).collect_view())
    };
    let axis = move |i: usize| model.report.with(|r| r.as_ref().map(|r| r.columns[i].clone()).unwrap_or_default());
    view! {
        <button
            type="button"
            class="figure-more"
            data-testid="plane-menu"
            title="Hardness, lasso, table, SVG, PNG"
            aria-label="The plane: hardness, lasso, table and export"
            popovertarget="figure-menu-plane"
        >"⋯"</button>
        <div
            id="figure-menu-plane"
            class="figure-menu plane-table"
            popover="auto"
            role="dialog"
            aria-label="The plane: table and export"
            on:toggle=follow
        >
            <div class="figure-menu-buttons">
                <HardnessButton model/>
                // Where the toolbar has no room for it.
                <button
                    type="button"
                    aria-pressed=move || (lab.tool.get() == Tool::Lasso).to_string()
                    popovertarget="figure-menu-plane"
                    on:click=move |_| model.toggle_lasso()
                >"Lasso"</button>
                <button type="button" disabled=move || none.get() on:click=move |_| plane_svg(lab)>"SVG"</button>
                <button type="button" disabled=move || none.get() on:click=move |_| plane_png(lab)>"PNG"</button>
            </div>
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
                                <th scope="col">"Origin and end"</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </Show>
        </div>
    }
}
