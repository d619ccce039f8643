//! Which canvas is redrawn when, and what is drawn on it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::{html, prelude::*};
use web_sys::HtmlCanvasElement;

use super::canvas_painter::{CanvasPainter, STAMPED, Scratch, Stretched};
use super::model::PlaneModel;
use crate::browser::clock;
use crate::browser::frame::OncePerFrame;
use crate::browser::theme::prefers_reduced_motion;
use crate::experiment::Report;
use crate::figure::plane::{
    Dot, Focus, Frame, Ground, Ink, Kind, Look, Marks, Painter, Ramp, Raster, Relatives, Scene, Shape, Stroke,
    hardness_marks, is_tested, lit, paint_axes, paint_lines, paint_marks, paint_outline, paint_region, shade,
};
use crate::state::{Highlight, Tool};

/// How long a new point travels.
const TRAVEL_MILLIS: f64 = 220.0;

const SURFACE: u8 = 1;
const AXES: u8 = 2;
const POINTS: u8 = 4;
const VERDICT: u8 = 8;
const OVER: u8 = 16;

/// The layers from the bottom up.
const LAYERS: [u8; 5] = [SURFACE, AXES, POINTS, VERDICT, OVER];

/// The canvas of each layer.
pub(super) type Canvases = [NodeRef<html::Canvas>; LAYERS.len()];

/// What the drawing keeps from frame to frame.
struct Easel {
    model: PlaneModel,
    canvases: Canvases,
    dirty: Rc<Cell<u8>>,
    scratch: Scratch,
    /// The pixels of the surface, and where they were put.
    raster: Raster,
    stretched: Stretched,
    ramp: Option<(Look, Ramp)>,
    /// When the step in focus came up; `None`: it stands.
    arrived: Rc<Cell<Option<f64>>>,
}

/// Watches the inputs of every layer.
pub(super) fn start(model: PlaneModel, canvases: Canvases) {
    let dirty = Rc::new(Cell::new(0));
    let arrived = Rc::new(Cell::new(None));
    let easel = RefCell::new(Easel {
        model,
        canvases,
        dirty: Rc::clone(&dirty),
        scratch: Scratch::new(),
        raster: Raster::default(),
        stretched: Stretched::default(),
        ramp: None,
        arrived: Rc::clone(&arrived),
    });
    let again: Rc<RefCell<Option<OncePerFrame>>> = Rc::default();
    let me = Rc::downgrade(&again);
    let once = OncePerFrame::new(move |_| {
        let moving = easel.borrow_mut().paint();
        if moving && let Some(again) = me.upgrade() {
            again.borrow().iter().for_each(OncePerFrame::request);
        }
    });
    again.replace(Some(once));
    // The effects below own it together; when they go, it goes.
    let ask = move |layers: u8| {
        dirty.set(dirty.get() | layers);
        again.borrow().iter().for_each(OncePerFrame::request);
    };

    let lab = model.lab;
    let ready = move || {
        canvases.iter().for_each(NodeRef::track);
        model.frame.track();
        lab.dark.track();
    };
    let mark = ask.clone();
    Effect::new(move |_| {
        ready();
        model.report.track();
        model.surface.track();
        lab.threshold.track();
        lab.layers.track();
        mark(SURFACE);
    });
    let mark = ask.clone();
    Effect::new(move |_| {
        ready();
        model.columns.with(|_| mark(AXES));
    });
    let mark = ask.clone();
    Effect::new(move |_| {
        ready();
        model.scene.track();
        mark(POINTS);
    });
    let mark = ask.clone();
    Effect::new(move |_| {
        ready();
        model.scene.track();
        model.fields.track();
        model.pinned.track();
        lab.threshold.track();
        lab.layers.track();
        mark(VERDICT);
    });
    let mark = ask.clone();
    Effect::new(move |before: Option<Option<u32>>| {
        let step = lab.step.get();
        let forward = match (before.flatten(), step) {
            (Some(before), Some(step)) => step == before + 1,
            (None, Some(step)) => step == 1,
            _ => false,
        };
        let moves = forward && !prefers_reduced_motion();
        arrived.set(moves.then(clock::now_millis));
        mark(OVER);
        step
    });
    Effect::new(move |_| {
        ready();
        model.report.track();
        model.scene.track();
        model.sketch.track();
        lab.preview.track();
        model.hovered.track();
        model.pencil.track();
        model.lasso.track();
        lab.region.track();
        lab.tool.track();
        lab.brush.track();
        if matches!(lab.highlight.get(), Highlight::Cell { .. }) {
            lab.threshold.track();
        }
        ask(OVER);
    });
}

impl Easel {
    /// Redraws what has to be; whether the next frame will be another one.
    fn paint(&mut self) -> bool {
        let dirty = self.dirty.replace(0);
        let Some(frame) = self.model.frame.get_untracked() else { return false };
        let look = Look::of(self.model.lab.dark.get_untracked());
        let mut moving = false;
        for (layer, canvas) in LAYERS.into_iter().zip(self.canvases) {
            if dirty & layer == 0 {
                continue;
            }
            let Some(canvas) = canvas.get_untracked() else { continue };
            if layer == SURFACE {
                self.surface(&canvas, &frame, &look);
                continue;
            }
            // The scratch canvas is lent out, so that the rest of the easel can be changed meanwhile.
            let scratch = std::mem::replace(&mut self.scratch, Scratch::none());
            let mut painter = CanvasPainter::new(&canvas, [frame.width, frame.height], &scratch);
            match layer {
                AXES => self.axes(&mut painter, &frame, &look),
                POINTS => self.points(&mut painter, &frame, &look),
                VERDICT => self.verdict(&mut painter, &frame, &look),
                _ => moving = self.over(&mut painter, &frame, &look),
            }
            painter.finish();
            self.scratch = scratch;
        }
        if dirty & (SURFACE | POINTS | VERDICT) != 0 && self.model.report.with_untracked(Option::is_some) {
            clock::mark("painted");
        }
        if moving {
            self.dirty.set(self.dirty.get() | OVER);
        }
        moving
    }

    /// A pixel per cell of the grid; the browser stretches them, which costs no time of this thread.
    #[inline(never)]
    fn surface(&mut self, canvas: &HtmlCanvasElement, frame: &Frame, look: &Look) {
        if self.ramp.as_ref().is_none_or(|(of, _)| of != look) {
            self.ramp = Some((*look, Ramp::new(look)));
        }
        let (Some((_, ramp)), raster) = (&self.ramp, &mut self.raster) else { return };
        let corners = with_ground(self.model, |_, ground| shade(ground, frame, ramp, raster)).flatten();
        self.stretched.show(canvas, raster, corners);
    }

    #[inline(never)]
    fn axes(&self, painter: &mut CanvasPainter<'_>, frame: &Frame, look: &Look) {
        if let Some(columns) = self.model.columns.get_untracked() {
            paint_axes(painter, frame, look, &columns);
        }
    }

    #[inline(never)]
    fn points(&self, painter: &mut CanvasPainter<'_>, frame: &Frame, look: &Look) {
        let scene = self.model.scene.get_untracked();
        many(painter, &scene.marks(look), frame);
    }

    #[inline(never)]
    fn verdict(&self, painter: &mut CanvasPainter<'_>, frame: &Frame, look: &Look) {
        let scene = self.model.scene.get_untracked();
        with_ground(self.model, |report, ground| {
            paint_lines(painter, ground, frame, look);
            many(painter, &scene.errors(report, ground.threshold, look), frame);
            many(painter, &hardness_marks(&scene, report, look), frame);
        });
    }

    /// What was drawn on data that cannot be run, the step in focus, what is lit up, the lasso, the pencil. Whether
    /// something is on its way.
    #[inline(never)]
    fn over(&self, painter: &mut CanvasPainter<'_>, frame: &Frame, look: &Look) -> bool {
        let lab = self.model.lab;
        // Over a picture that is pale because it is of other rows.
        if let Some(sketch) = self.model.sketch.get_untracked().filter(|sketch| !sketch.is_all) {
            many(painter, &sketch.scene.marks(look), frame);
        }
        let moving = self.in_focus(painter, frame, look);
        if let Some(region) = lab.region.get_untracked() {
            paint_region(painter, &region, frame, look);
        }
        let lasso = self.model.lasso.get_untracked();
        if !lasso.is_empty() {
            let end = self.model.pencil.get_untracked();
            paint_outline(painter, lasso.into_iter().chain(end).collect(), false, look);
        }
        if let (Some(at), tool) = (self.model.pencil.get_untracked(), lab.tool.get_untracked()) {
            pencil(painter, at, tool, lab.brush.get_untracked(), look);
        }
        moving
    }

    /// The step in focus, and what is lit up. Whether something is on its way.
    #[inline(never)]
    fn in_focus(&self, painter: &mut CanvasPainter<'_>, frame: &Frame, look: &Look) -> bool {
        let lab = self.model.lab;
        let scene = self.model.scene.get_untracked();
        let Some(report) = self.model.report.get_untracked() else { return false };
        let mut moving = false;
        if let Some(ghosts) = lab.preview.get_untracked() {
            many(painter, &ghosts.marks(look, scene.radius), frame);
        } else if let Some(focus) = lab.step.get_untracked().and_then(|step| Focus::new(&report, step)) {
            let progress = match self.arrived.get() {
                Some(since) => ((clock::now_millis() - since) / TRAVEL_MILLIS).clamp(0.0, 1.0),
                None => 1.0,
            };
            moving = progress < 1.0;
            // Sets out fast, arrives gently.
            focus.paint(painter, frame, look, scene.radius, 1.0 - (1.0 - progress).powi(3));
        }
        if let Some(dot) = self.model.hovered.get_untracked() {
            let relatives = Relatives::new(&report, &dot, lab.step.get_untracked());
            relatives.iter().for_each(|relatives| relatives.paint(painter, frame, look));
        }
        light(painter, self.model, &report, &scene, frame, look);
        moving
    }
}

/// Hands over what the surface and the level lines are drawn from; `None` before there is a result.
fn with_ground<T>(model: PlaneModel, draw: impl FnOnce(&Report, &Ground<'_>) -> T) -> Option<T> {
    let (Some(report), Some(surface), Some(fields)) =
        (model.report.get_untracked(), model.surface.get_untracked(), model.fields.get_untracked())
    else {
        return None;
    };
    let pinned = model.pinned.get_untracked();
    let ground = Ground {
        surface: &surface,
        fields: &fields,
        pinned: pinned.as_ref().map(|pinned| (&pinned.0, pinned.1)),
        threshold: model.lab.threshold.get_untracked(),
        layers: model.lab.layers.get_untracked(),
        columns: &report.columns,
    };
    Some(draw(&report, &ground))
}

/// Marks in data coordinates; stamped when there are very many of them.
#[inline(never)]
fn many(painter: &mut CanvasPainter<'_>, groups: &[Marks], frame: &Frame) {
    if groups.iter().map(|group| group.at.len()).sum::<usize>() >= STAMPED {
        painter.stamped(|stamps| paint_marks(stamps, groups, frame));
    } else {
        paint_marks(painter, groups, frame);
    }
}

/// What is lit up in every view: rings around the points of the scene, and test rows even where their layer is off.
#[inline(never)]
fn light(
    painter: &mut CanvasPainter<'_>,
    model: PlaneModel,
    report: &Report,
    scene: &Scene,
    frame: &Frame,
    look: &Look,
) {
    let score = |dot: &Dot| dot.row.and_then(|row| report.scores.get(row as usize).copied());
    let threshold = model.lab.threshold.get_untracked();
    let of_cell = |dot: &Dot| match model.lab.highlight.get_untracked() {
        Highlight::Cell { actual, predicted } => {
            (dot.class != 0) == actual && score(dot).is_some_and(|score| (score >= threshold) == predicted)
        }
        Highlight::Scores { low, high } => score(dot).is_some_and(|score| low <= score && score < high),
        _ => false,
    };
    match model.lab.highlight.get_untracked() {
        Highlight::None => {}
        Highlight::Row(row) => {
            let named = |dot: &&Dot| dot.row == Some(row);
            let absent = (!scene.dots.iter().any(|dot| named(&dot))).then(|| test_dot(report, row)).flatten();
            let dots = scene.dots.iter().filter(named).chain(absent.as_ref());
            many(painter, &lit(scene, look, dots), frame);
        }
        Highlight::PoolRow(id) => {
            many(painter, &lit(scene, look, scene.dots.iter().filter(|dot| dot.pool == Some(id))), frame);
        }
        Highlight::Cell { .. } | Highlight::Scores { .. } => {
            let shown = scene.dots.iter().any(|dot| is_tested(report, dot.kind));
            let hidden: Vec<Dot> = match shown {
                true => Vec::new(),
                false => report.test.iter().filter_map(|&row| test_dot(report, row)).collect(),
            };
            let dots: Vec<Dot> = scene.dots.iter().chain(&hidden).copied().collect();
            let lit: Vec<Dot> = dots.into_iter().filter(|dot| is_tested(report, dot.kind) && of_cell(dot)).collect();
            let marks: Vec<Marks> = [0, 1]
                .map(|class| Marks {
                    shape: Shape::Diamond,
                    radius: 2.0 * scene.radius,
                    ink: Ink { fill: Some(look.class(class)), stroke: Some((look.ink, 1.4)) },
                    at: lit.iter().filter(|dot| u8::from(dot.class != 0) == class).map(|dot| dot.at).collect(),
                })
                .to_vec();
            many(painter, &marks, frame);
        }
    }
}

fn test_dot(report: &Report, row: u32) -> Option<Dot> {
    let (&at, &class) = report.data.x.get(row as usize).zip(report.data.y.get(row as usize))?;
    Some(Dot { at, class, other: 0, kind: Kind::Test, row: Some(row), pool: None })
}

/// The brush around the pointer, with a crosshair for whoever draws with keys.
fn pencil(painter: &mut CanvasPainter<'_>, at: [f64; 2], tool: Tool, brush: f64, look: &Look) {
    let colour = match tool {
        Tool::Look => return,
        Tool::Draw(class) => look.class(class),
        Tool::Erase => look.error,
        Tool::Lasso => look.ink,
    };
    if tool != Tool::Lasso {
        let ink = Ink { fill: None, stroke: Some((colour, 1.6)) };
        painter.marks(&Marks { shape: Shape::Disc, radius: brush.max(3.0), ink, at: vec![at] });
    }
    let stroke = Stroke { colour: look.ink, width: 1.0, dash: &[] };
    painter.line(&[[at[0] - 5.0, at[1]], [at[0] + 5.0, at[1]]], false, stroke);
    painter.line(&[[at[0], at[1] - 5.0], [at[0], at[1] + 5.0]], false, stroke);
}
