//! The card beside the point that is pointed at.

use leptos::prelude::*;

use super::model::PlaneModel;
use crate::figure::plane::card;

/// Between the point and its card, in pixels.
const GAP: f64 = 14.0;

/// What the hovered point is.
#[component]
pub(super) fn Tooltip(model: PlaneModel) -> impl IntoView {
    let shown = move || {
        let dot = model.hovered.get()?;
        let frame = model.frame.get()?;
        let report = model.report.get()?;
        let [x, y] = frame.canvas_from_data(dot.at);
        // Towards the middle, so that it never leaves the picture.
        let across = match x > frame.width / 2.0 {
            true => format!("right:{}px", frame.width - x + GAP),
            false => format!("left:{}px", x + GAP),
        };
        let down = match y > frame.height / 2.0 {
            true => format!("bottom:{}px", frame.height - y + GAP),
            false => format!("top:{}px", y + GAP),
        };
        let card = card(&report, &dot);
        let facts = card.facts.into_iter().map(|fact| view! { <div>{fact}</div> }).collect_view();
        Some(view! {
            <div
                class="plane-card"
                data-testid="plane-card"
                aria-hidden="true"
                style=format!("{across};{down}")
            >
                <strong>{card.title}</strong>
                {facts}
            </div>
        })
    };
    view! { {shown} }
}
