//! The plane: five stacked canvases (surface, axes, points, level lines and errors, what follows the pointer), each
//! redrawn only when its own inputs change and all of them at most once per frame. What is drawn stands in
//! [`crate::figure::plane`]; here is only what looks and what moves.
//!
//! Keys while the canvas has the focus: arrows walk from point to point, Shift with arrows pans, `+` and `-` zoom, `0`
//! shows everything, Enter goes to the step that made or removed a point, Escape lets go. While drawing, arrows move a
//! crosshair, Enter adds a point (Shift-Enter one of the minority), Delete erases the nearest, Escape puts the pencil
//! down. With the lasso Enter sets a corner and Space closes the line.

mod canvas_painter;
mod hardness;
mod keys;
mod layers;
mod model;
mod pointer;
mod region;
mod sketch;
mod stroke;
mod table;
mod thumbnail;
mod toolbar;
mod tooltip;

use leptos::{html, prelude::*};

use crate::browser::resize::on_resize;
use crate::browser::timer::Timeout;
use crate::figure::plane::{Look, summary};
use crate::state::{Status, Tool, put};
use crate::ui::quiet::at_rest;
use model::PlaneModel;
pub use thumbnail::Thumbnail;

/// After this long a run in progress dims the plane.
const PATIENCE_MILLIS: i32 = 400;

const FILL: &str = "position:absolute;inset:0;width:100%;height:100%;display:block";
const HIDDEN: &str = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap";

/// The plane with its toolbar.
#[component]
pub fn Plane() -> impl IntoView {
    let model = PlaneModel::new(expect_context());
    let lab = model.lab;
    let stage = NodeRef::<html::Div>::new();
    let canvases: layers::Canvases = std::array::from_fn(|_| NodeRef::new());
    layers::start(model, canvases);
    let pointer = pointer::Pointer::new(model);

    let observer = StoredValue::new_local(None);
    Effect::new(move |_| {
        if let Some(stage) = stage.get() {
            observer.set_value(on_resize(&stage, move |width, height| model.size.set([width, height])));
        }
    });

    let alternative = at_rest(move || match model.report.get() {
        Some(report) => {
            let words = model.scene.with(|scene| summary(&report, scene, lab.threshold.get()));
            let to_scale = model.frame.with(|frame| frame.is_none_or(|frame| frame.is_to_scale()));
            if to_scale { words } else { words + " The axes are not to the same scale." }
        }
        None => {
            let missing = model.missing.get().unwrap_or_default();
            let counts = model.scene.with(|scene| scene.counts);
            match counts.majority + counts.minority {
                0 => format!("The plane. Nothing has been computed yet. {missing}"),
                _ => format!(
                    "The plane: {} points of the majority and {} of the minority, of which nothing has been computed yet. \
                     {missing}",
                    counts.majority, counts.minority
                ),
            }
        }
    });
    let sketched = move || model.sketch.with(|sketch| sketch.as_ref().map(|sketch| sketch.is_all));
    let stale = stale(model);
    let pale = move || stale.get() && sketched() != Some(true);
    let cursor = move || match (lab.tool.get(), model.hovered.with(Option::is_some)) {
        (Tool::Look, _) if model.on_line.get() => "ns-resize",
        (Tool::Look, true) => "pointer",
        (Tool::Look, false) => "grab",
        _ => "crosshair",
    };
    let [surface, axes, points, verdict, over] = canvases;
    view! {
        <section class="plane" aria-label="The plane">
            <toolbar::Toolbar model/>
            <div
                class="plane-stage"
                node_ref=stage
                style:background=move || Look::of(lab.dark.get()).paper.css()
                style:position="relative"
                style:overflow="hidden"
            >
                <div
                    class="plane-picture"
                    class:plane-stale=pale
                    style=FILL
                    style:opacity=move || if pale() { "0.45" } else { "1" }
                    style:transition="opacity 200ms"
                >
                    <canvas node_ref=surface style="position:absolute" aria-hidden="true"></canvas>
                    <canvas node_ref=axes style=FILL aria-hidden="true"></canvas>
                    <canvas node_ref=points style=FILL aria-hidden="true" data-testid="plane-points"></canvas>
                    <canvas node_ref=verdict style=FILL aria-hidden="true"></canvas>
                </div>
                <canvas
                    node_ref=over
                    class="plane-canvas"
                    data-testid="plane"
                    tabindex="0"
                    role="application"
                    aria-roledescription="scatter plot"
                    aria-label=alternative
                    aria-describedby="plane-keys"
                    style=FILL
                    style:touch-action="none"
                    style:cursor=cursor
                    on:pointerdown=move |event| pointer.down(event)
                    on:pointermove=move |event| pointer.moved(event)
                    on:pointerup=move |event| pointer.up(event)
                    on:pointercancel=move |event| pointer.up(event)
                    on:pointerleave=move |event| pointer.left(event)
                    on:wheel=move |event| pointer.wheel(event)
                    on:dblclick=move |_| pointer.double()
                    on:contextmenu=move |event| {
                        if lab.tool.get_untracked() != Tool::Look {
                            event.prevent_default();
                        }
                    }
                    on:keydown=move |event| keys::pressed(model, &event)
                    on:blur=move |_| model.let_go()
                ></canvas>
                <tooltip::Tooltip model/>
                <region::RegionCard model/>
                <Show when=move || sketched().is_some()>
                    <p class="plane-missing" data-testid="plane-missing" aria-hidden="true">{move || model.missing.get()}</p>
                </Show>
                <Show when=move || lab.outcome.with(Option::is_none) && sketched().is_none()>
                    <p
                        class="plane-empty"
                        style="position:absolute;inset:0;display:grid;place-items:center;margin:0;pointer-events:none"
                    >
                        {move || match lab.status.get() {
                            Status::Failed { .. } => "Nothing to show yet.",
                            _ => "Computing the first picture.",
                        }}
                    </p>
                </Show>
                <p style=HIDDEN id="plane-keys">
                    "Arrow keys walk from point to point, Shift with arrows moves the view, plus and minus zoom, 0 shows \
                     everything, Enter goes to the step that made or removed the point, Escape lets go. While \
                     drawing, arrows move the crosshair, Enter adds a point, Shift Enter a minority point, Delete erases the \
                     nearest. With the lasso, arrows move the crosshair, Enter sets a corner, Backspace takes the last \
                     away, Space closes the line."
                </p>
                <p style=HIDDEN aria-live="polite">{move || model.announced.get()}</p>
            </div>
        </section>
    }
}

/// Whether what is shown no longer belongs to what is set: at once after a failure, and when a run takes long.
fn stale(model: PlaneModel) -> RwSignal<bool> {
    let stale = RwSignal::new(false);
    let timer = StoredValue::new_local(None);
    Effect::new(move |_| match model.lab.status.get() {
        Status::Fresh => {
            timer.set_value(None);
            put(stale, false);
        }
        Status::Failed { .. } => {
            timer.set_value(None);
            put(stale, true);
        }
        // A run that follows a run: the patience began with the first.
        Status::Working => {
            if timer.with_value(Option::is_none) {
                timer.set_value(Some(Timeout::new(PATIENCE_MILLIS, move || stale.set(true))));
            }
        }
    });
    stale
}
