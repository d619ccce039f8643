//! What can be taken along: the Python script, tables, the report, every figure.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::figure_view::{export_png, export_svg};
use crate::browser::{download, rasterize};
use crate::experiment::View;
use crate::figure::Kind;
use crate::figure::plane::{self, Look};
use crate::permalink;
use crate::protocol::{Answer, File, Question};
use crate::state::Lab;
use crate::ui::wiring::Ask;

/// Size of the exported plane in pixels.
const PLANE: (f64, f64) = (1200.0, 900.0);
/// Pixels of the PNG per unit of the drawing: sharp on a slide.
const PNG_RATIO: u32 = 2;

/// The menu. The browser closes it on Escape and on a click beside it.
#[component]
pub fn ExportMenu() -> impl IntoView {
    let lab = expect_context::<Lab>();
    let ask = use_context::<Ask>();
    let none = Memo::new(move |_| lab.outcome.read().is_none());
    let item = move |id: &'static str, words: &'static str, title: &'static str, file: File| {
        view! {
            <button
                type="button"
                data-testid=format!("export-{id}")
                title=title
                disabled=move || none.get()
                on:click=move |_| take_along(lab, ask, file)
            >
                {words}
            </button>
        }
    };
    let figures: Vec<AnyView> = Kind::ALL.into_iter().map(|kind| figure(lab, kind, none)).collect();
    view! {
        <button
            type="button"
            data-testid="export"
            popovertarget="export-menu"
            title=move || if none.get() { "There is no result to export yet" } else { "Script, tables, report, figures" }
        >
            "Export ▾"
        </button>
        <div id="export-menu" class="menu" popover="auto">
            {item("python", "Python script", "scikit-learn and imbalanced-learn, the same numbers", File::Script)}
            {item("csv", "Data with origins, CSV", "Every row, where it came from and what became of it", File::Rows)}
            {item("json", "Report, JSON", "Everything that is on screen as numbers", File::Report)}
            <hr/>
            {figures}
        </div>
    }
    .into_any()
}

fn figure(lab: Lab, kind: Kind, none: Memo<bool>) -> AnyView {
    let id = kind.name();
    view! {
        <div class="pair">
            <span>{kind.title()}</span>
            <button
                type="button"
                data-testid=format!("export-{id}-svg")
                aria-label=format!("{} as SVG", kind.title())
                disabled=move || none.get()
                on:click=move |_| if kind == Kind::Plane { plane_svg(lab) } else { export_svg(lab, kind) }
            >
                "SVG"
            </button>
            <button
                type="button"
                data-testid=format!("export-{id}-png")
                aria-label=format!("{} as PNG", kind.title())
                disabled=move || none.get()
                on:click=move |_| if kind == Kind::Plane { plane_png(lab) } else { export_png(lab, kind) }
            >
                "PNG"
            </button>
        </div>
    }
    .into_any()
}

/// Has the worker write a file, and saves it.
fn take_along(lab: Lab, ask: Option<Ask>, file: File) {
    let (Some(ask), Some(outcome)) = (ask, lab.outcome.get_untracked()) else { return };
    let mut link = untrack(|| lab.link());
    let (name, mime) = match file {
        File::Script => ("imbalance_lab.py", "text/x-python"),
        File::Rows => ("imbalance-lab.csv", "text/csv"),
        File::Report => ("imbalance-lab.json", "application/json"),
    };
    // The tables are of what is on screen, the script is of what the controls say.
    if file != File::Script {
        link.spec = (*outcome.spec).clone();
    }
    ask.ask(Question::File { file, link: permalink::write(&link) }, move |answer| match answer {
        Answer::Text(text) => save(name, mime, &text),
        Answer::Refused(why) => lab.notify(format!("{name} cannot be written. {why}")),
        Answer::Thumbnails(_) | Answer::Tried(_) => {}
    });
}

/// Offers the plane as an SVG file.
pub(super) fn plane_svg(lab: Lab) {
    with_plane(lab, |scene| {
        let text = plane::svg(scene.report, scene.surface, scene.pinned, &scene.view, &scene.look, PLANE);
        save("imbalance-lab-plane.svg", "image/svg+xml", &text);
    });
}

/// Offers the plane as a PNG file.
pub(super) fn plane_png(lab: Lab) {
    with_plane(lab, |scene| {
        let text = plane::svg(scene.report, scene.surface, scene.pinned, &scene.view, &scene.look, PLANE);
        spawn_local(async move {
            let (width, height) = (PNG_RATIO * PLANE.0 as u32, PNG_RATIO * PLANE.1 as u32);
            if let Err(why) = rasterize::save_as_png("imbalance-lab-plane.png", &text, width, height).await {
                lab.notify(why);
            }
        });
    });
}

struct PlaneScene<'a> {
    report: &'a crate::experiment::Report,
    surface: &'a crate::experiment::Surface,
    pinned: Option<(&'a crate::experiment::Surface, f64)>,
    view: View,
    look: Look,
}

fn with_plane(lab: Lab, draw: impl FnOnce(PlaneScene)) {
    let Some(outcome) = lab.outcome.get_untracked() else { return };
    let pinned = lab.pinned.get_untracked();
    let at = lab.pin.read_untracked().as_ref().map(|pin| pin.threshold);
    draw(PlaneScene {
        report: &outcome.report,
        surface: &outcome.surface,
        pinned: pinned.as_ref().map(|outcome| &*outcome.surface).zip(at),
        view: untrack(|| lab.link()).view,
        look: Look::of(lab.dark.get_untracked()),
    });
}

fn save(name: &str, mime: &str, text: &str) {
    // Refused only where the page has no document.
    let _ = download::save(name, mime, text.as_bytes());
}
