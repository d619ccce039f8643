//! Hosts a figure: the axes, the numbers that stay while the threshold moves, and what moves with it. Each is drawn at
//! most once per frame, and only when something it shows has changed. The first two are kept on canvases that are on no
//! page, and laid under the third: every canvas on a page costs the browser time in every frame, changed or not.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use plotters_canvas::CanvasBackend;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::browser::frame::OncePerFrame;
use crate::browser::{canvas, download, picture, resize};
use crate::figure::{self, FigureError, Kind, Layer, Pinned, Scene, Sheet, Theme};
use crate::state::{Lab, Outcome};
use crate::ui::quiet::at_rest;

/// The axes, and the little of the numbers that shows in them.
const AXES: u8 = 1;
/// What stays while the threshold moves.
const STILL: u8 = 2;
/// What moves with the threshold and the pointer.
const MARKS: u8 = 4;

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
    let canvas = NodeRef::<leptos::html::Canvas>::new();

    let observer = StoredValue::new_local(None);
    host.on_load(move |host| {
        observer.set_value(resize::on_resize(&host, move |width, height| size.set((width, height))));
    });

    let changed = Rc::new(Cell::new(0));
    let easel = Easel { canvas, kept: [picture::blank(1, 1), picture::blank(1, 1)], changed: Rc::clone(&changed) };
    let once = OncePerFrame::new(move |_| untrack(|| easel.paint(lab, size, kind, hover.get()).unwrap_or(())));
    let ask = move |layers: u8| {
        changed.set(changed.get() | layers);
        once.request();
    };
    // Nothing else of the numbers shows in the axes.
    let undefined = Memo::new(move |_| {
        let outcome = lab.outcome.read();
        let sweep = &outcome.as_ref()?.report.sweep;
        Some(kind.curve().and_then(|curve| curve.undefined(sweep)))
    });
    let mark = ask.clone();
    Effect::new(move |_| {
        canvas.track();
        lab.dark.track();
        size.track();
        // Read, not only tracked: a memo that nobody reads does not know what it hangs on.
        if undefined.get().is_some() {
            mark(AXES);
        }
    });
    let track_results = move || {
        lab.outcome.track();
        lab.pinned.track();
        lab.dark.track();
        size.track();
    };
    let mark = ask.clone();
    Effect::new(move |_| {
        track_results();
        mark(STILL);
    });
    Effect::new(move |_| {
        track_results();
        canvas.track();
        lab.pin.track();
        lab.threshold.track();
        hover.track();
        ask(MARKS);
    });

    let nothing = move || format!("{}: nothing to show yet.", kind.title());
    let description =
        at_rest(move || Shown::of(lab).map_or_else(nothing, |shown| figure::describe(kind, &shown.scene())));
    view! {
        <div class="figure-view" node_ref=host role="img" aria-label=description>
            <canvas node_ref=canvas></canvas>
        </div>
    }
}

/// What the drawing keeps from frame to frame.
struct Easel {
    canvas: NodeRef<leptos::html::Canvas>,
    /// The canvases of the axes and of what stays.
    kept: [Option<HtmlCanvasElement>; 2],
    /// The layers whose content has changed.
    changed: Rc<Cell<u8>>,
}

impl Easel {
    /// Draws what has changed and lays it all together; `None` where there is nothing to draw, or to draw on.
    fn paint(&self, lab: Lab, size: RwSignal<(f64, f64)>, kind: Kind, hover: Option<f64>) -> Option<()> {
        let (width, height) = size.get();
        let (target, shown) = (self.canvas.get()?, Shown::of(lab)?);
        if width < 1.0 || height < 1.0 {
            return None;
        }
        let ratio = canvas::fit(&target, width, height)?.ratio;
        let (scene, theme) = (shown.scene(), Theme::of(lab.dark.get()));
        let draw = |on: &HtmlCanvasElement, layer| {
            with_sheet(on, ratio, |sheet| figure::draw_layer(layer, kind, sheet, &scene, 0.0, &theme));
        };
        let context = cleared(&target)?;
        let changed = self.changed.replace(0);
        for ((layer, bit), kept) in [(Layer::Axes, AXES), (Layer::Still, STILL)].into_iter().zip(&self.kept) {
            let below = kept.as_ref()?;
            let (w, h) = (target.width(), target.height());
            if changed & bit != 0 || (below.width(), below.height()) != (w, h) {
                canvas::resize(below, w, h);
                cleared(below)?;
                draw(below, layer);
            }
            context.draw_image_with_html_canvas_element(below, 0.0, 0.0).ok()?;
        }
        draw(&target, Layer::Marks { hover });
        Some(())
    }
}

/// The context of a canvas on which nothing stands, in its own pixels: a sheet scales by itself, in whole device pixels.
fn cleared(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    let context = canvas::context_2d(canvas)?;
    context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0).ok()?;
    context.clear_rect(0.0, 0.0, f64::from(canvas.width()), f64::from(canvas.height()));
    Some(context)
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
