//! Hosts a figure on three canvases: the axes, the numbers that stay while the threshold moves, and what moves with it.
//! Each is redrawn at most once per frame, and only when something it shows has changed.

use std::sync::Arc;

use leptos::prelude::*;
use plotters_canvas::CanvasBackend;
use web_sys::HtmlCanvasElement;

use crate::browser::frame::OncePerFrame;
use crate::browser::{canvas, download, picture, resize};
use crate::figure::{self, FigureError, Kind, Layer, Pinned, Scene, Sheet, Theme};
use crate::state::{Lab, Outcome};

/// Size of an exported figure, CSS pixels.
const EXPORT_SIZE: (u32, u32) = (560, 420);

/// Pixels of an exported PNG per CSS pixel.
const PNG_RATIO: u32 = 2;

/// What the figures show at the moment.
#[derive(Clone)]
pub struct Shown {
    outcome: Arc<Outcome>,
    pinned: Option<(Arc<Outcome>, f64)>,
    threshold: f64,
}

impl Shown {
    /// Reads the lab; `None` before the first outcome. Tracked.
    pub fn of(lab: Lab) -> Option<Shown> {
        let pinned_threshold = lab.pin.with(|pin| pin.as_ref().map(|pin| pin.threshold));
        let pinned = lab.pinned.get().zip(pinned_threshold);
        Some(Shown { outcome: lab.outcome.get()?, pinned, threshold: lab.threshold.get() })
    }

    /// As a figure takes it.
    pub fn scene(&self) -> Scene<'_> {
        let pinned = self.pinned.as_ref();
        Scene {
            report: &self.outcome.report,
            threshold: self.threshold,
            pinned: pinned.map(|(outcome, threshold)| Pinned { report: &outcome.report, threshold: *threshold }),
        }
    }
}

/// A figure of the lab that fills its (positioned) parent and has a text alternative.
#[component]
pub fn FigureView(
    /// Which figure.
    kind: Kind,
    /// Its size in CSS pixels, measured here.
    size: RwSignal<(f64, f64)>,
    /// The threshold that is pointed at, in whichever view.
    #[prop(into)]
    hover: Signal<Option<f64>>,
) -> impl IntoView {
    let lab = expect_context::<Lab>();
    let host = NodeRef::<leptos::html::Div>::new();
    let axes = NodeRef::<leptos::html::Canvas>::new();
    let still = NodeRef::<leptos::html::Canvas>::new();
    let marks = NodeRef::<leptos::html::Canvas>::new();

    let observer = StoredValue::new_local(None);
    host.on_load(move |host| {
        observer.set_value(resize::on_resize(&host, move |width, height| size.set((width, height))));
    });

    let painting = move |target, layer: fn(Option<f64>) -> Layer| {
        OncePerFrame::new(move |_| untrack(|| paint(lab, target, size, kind, layer(hover.get()))))
    };
    let paint_axes = painting(axes, |_| Layer::Axes);
    let paint_still = painting(still, |_| Layer::Still);
    let paint_marks = painting(marks, |hover| Layer::Marks { hover });
    // Nothing else of the numbers shows in the axes.
    let undefined = Memo::new(move |_| {
        let outcome = lab.outcome.read();
        let sweep = &outcome.as_ref()?.report.sweep;
        Some(kind.curve().and_then(|curve| curve.undefined(sweep)))
    });
    Effect::new(move |_| {
        axes.track();
        lab.dark.track();
        size.track();
        // Read, not only tracked: a memo that nobody reads does not know what it hangs on.
        if undefined.get().is_some() {
            paint_axes.request();
        }
    });
    let track_results = move || {
        lab.outcome.track();
        lab.pinned.track();
        lab.dark.track();
        size.track();
    };
    Effect::new(move |_| {
        track_results();
        still.track();
        paint_still.request();
    });
    Effect::new(move |_| {
        track_results();
        marks.track();
        lab.pin.track();
        lab.threshold.track();
        hover.track();
        paint_marks.request();
    });

    let nothing = move || format!("{}: nothing to show yet.", kind.title());
    let description = move || Shown::of(lab).map_or_else(nothing, |shown| figure::describe(kind, &shown.scene()));
    view! {
        <div class="figure-view" node_ref=host role="img" aria-label=description>
            <canvas node_ref=axes></canvas>
            <canvas node_ref=still></canvas>
            <canvas node_ref=marks></canvas>
        </div>
    }
}

/// Clears a canvas, makes it fit, and draws a layer on it in CSS pixels.
fn paint(lab: Lab, target: NodeRef<leptos::html::Canvas>, size: RwSignal<(f64, f64)>, kind: Kind, layer: Layer) {
    let (width, height) = size.get();
    let (Some(target), Some(shown)) = (target.get(), Shown::of(lab)) else { return };
    if width < 1.0 || height < 1.0 {
        return;
    }
    let Some(surface) = canvas::fit(&target, width, height) else { return };
    // A sheet scales by itself, in whole device pixels.
    let _ = surface.context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
    surface.context.clear_rect(0.0, 0.0, f64::from(target.width()), f64::from(target.height()));
    let theme = Theme::of(lab.dark.get());
    with_sheet(&target, surface.ratio, |sheet| figure::draw_layer(layer, kind, sheet, &shown.scene(), 0.0, &theme));
}

fn with_sheet(
    target: &HtmlCanvasElement,
    ratio: f64,
    draw: impl FnOnce(&Sheet<CanvasBackend>) -> Result<(), FigureError>,
) {
    let Some(backend) = CanvasBackend::with_canvas_object(target.clone()) else { return };
    if let Err(error) = draw(&Sheet::canvas(backend, ratio)) {
        leptos::logging::warn!("{error}");
    }
}

/// Offers the figure as an SVG file.
pub fn export_svg(lab: Lab, kind: Kind) {
    let Some(shown) = untrack(|| Shown::of(lab)) else { return };
    let scene = shown.scene();
    let view = lab.link_untracked().view;
    let theme = Theme::of(lab.dark.get_untracked());
    match figure::svg(kind, scene.report, scene.pinned, &view, EXPORT_SIZE, &theme) {
        Ok(svg) => {
            download::save(&file_name(kind, "svg"), "image/svg+xml", svg.as_bytes());
        }
        Err(error) => lab.notices.update(|notices| notices.push(error.to_string())),
    }
}

/// Offers the figure as a PNG file.
pub fn export_png(lab: Lab, kind: Kind) {
    let Some(shown) = untrack(|| Shown::of(lab)) else { return };
    let theme = Theme::of(lab.dark.get_untracked());
    let Some(canvas) = picture::blank(EXPORT_SIZE.0 * PNG_RATIO, EXPORT_SIZE.1 * PNG_RATIO) else { return };
    with_sheet(&canvas, f64::from(PNG_RATIO), |sheet| figure::draw(kind, sheet, &shown.scene(), &theme));
    picture::save_png(&file_name(kind, "png"), &canvas);
}

fn file_name(kind: Kind, extension: &str) -> String {
    format!("imbalance-lab-{}.{extension}", kind.name())
}
