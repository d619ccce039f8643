//! The card beside the point that is pointed at.

use leptos::prelude::*;

use super::model::PlaneModel;
use crate::ui::playback;

/// Between the point and its card, in pixels.
const GAP: f64 = 14.0;

/// What the hovered point is.
#[component]
pub(super) fn Tooltip(model: PlaneModel) -> impl IntoView {
    let shown = move || {
        let dot = model.hovered.get()?;
        let frame = model.frame.get()?;
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
        let card = model.card()?;
        let held = model.held.get();
        let step = |(position, what): (u32, &'static str)| {
            let here = model.lab.step.get() == Some(position);
            view! {
                <button
                    type="button" tabindex="-1" disabled=here data-testid=format!("to-step-{what}")
                    // The focus stays on the plane, which lets go of the point when it leaves.
                    on:mousedown=|event| event.prevent_default()
                    on:click=move |_| playback::to(model.lab, Some(position))
                >{format!("Show the step that {what} it")}</button>
            }
            .into_any()
        };
        let any = !card.steps.is_empty();
        let steps = held.then(|| card.steps.into_iter().map(step).collect::<Vec<AnyView>>());
        let hint = (any && !held).then_some("Click, or Enter, for its step");
        let facts = card.facts.into_iter().map(|fact| view! { <div>{fact}</div> }).collect_view();
        Some(view! {
            <div
                class="plane-card"
                class:held=held
                data-testid="plane-card"
                aria-hidden="true"
                style=format!("{across};{down}")
            >
                <strong>{card.title}</strong>
                {facts}
                <div class="plane-card-steps">{steps}{hint}</div>
            </div>
        })
    };
    view! { {shown} }
}
