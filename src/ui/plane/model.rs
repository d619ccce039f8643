//! What the plane shows, derived from the state of the page, and the few things only the plane knows.

use std::sync::Arc;

use leptos::prelude::*;

use super::sketch::{Sketch, sketch};
use crate::base::Point;
use crate::dataset::{CLASSES, Edits, Source};
use crate::experiment::{Report, Spec, Surface, Window};
use crate::figure::contour::Field;
use crate::figure::plane::{Card, Dot, Fields, Frame, HitGrid, Scene, card, sketch_card};
use crate::state::{Highlight, Lab, Outcome, Status, Tool, put};

/// How near the pointer must come to a point, in pixels.
const REACH: f64 = 12.0;
/// How near to the level line of the threshold takes hold of it, in pixels.
const LINE_REACH: f64 = 5.0;
/// A point nearer than this is meant, not the line, in pixels.
const DOT_REACH: f64 = 4.0;

/// Signals of the plane. `Copy`.
#[derive(Clone, Copy)]
pub(super) struct PlaneModel {
    /// The page.
    pub lab: Lab,
    /// Of the canvas, in CSS pixels.
    pub size: RwSignal<[f64; 2]>,
    /// What is missing, while the data of the present specification cannot be run.
    pub missing: Memo<Option<String>>,
    /// The rows that were drawn, pasted or generated, while nothing can be computed of them.
    pub sketch: Memo<Option<Arc<Sketch>>>,
    /// What was computed, unless a sketch of all rows stands in its place.
    /// Changes only when the numbers change, not when the same run is scored on another window.
    pub report: Memo<Option<Arc<Report>>>,
    /// Names of the axes, of what is shown.
    pub columns: Memo<Option<[String; 2]>>,
    /// The scored grid.
    pub surface: Memo<Option<Arc<Surface>>>,
    /// Ready for level lines.
    pub fields: Memo<Option<Arc<Fields>>>,
    /// The pinned run's level lines and threshold.
    pub pinned: Memo<Option<Arc<(Field, f64)>>>,
    /// Where things are.
    pub frame: Memo<Option<Frame>>,
    /// What stands on the plane.
    pub scene: Memo<Arc<Scene>>,
    /// Who is near a place; sorted when first asked.
    pub hits: Memo<Arc<HitGrid>>,
    /// The point under the pointer, or walked to.
    pub hovered: RwSignal<Option<Dot>>,
    /// Whether the card stays although the pointer moves on: its point was clicked.
    pub held: RwSignal<bool>,
    /// The pointer, while it draws.
    pub pencil: RwSignal<Option<Point>>,
    /// Places of the canvas that a lasso has come through so far.
    pub lasso: RwSignal<Vec<Point>>,
    /// Whether the pointer is on the level line of the threshold, which can be dragged.
    pub on_line: RwSignal<bool>,
    /// What a screen reader is told.
    pub announced: RwSignal<String>,
}

impl PlaneModel {
    pub fn new(lab: Lab) -> PlaneModel {
        let size = lab.plane_size;
        // Kept while the next run is on its way: the picture must not blink at every point that is drawn.
        let missing = Memo::new(move |before: Option<&Option<String>>| match &*lab.status.read() {
            Status::Failed { message, .. } => Some(message.clone()),
            Status::Fresh => None,
            Status::Working => before.cloned().flatten(),
        });
        let sketch = Memo::new(move |_| sketch(lab, missing.with(Option::is_some)).map(Arc::new));
        let covered = Memo::new(move |_| sketch.with(|sketch| sketch.as_ref().is_some_and(|sketch| sketch.is_all)));
        let outcome = move || lab.outcome.get().filter(|_| !covered.get());
        let report = shared(move || outcome().map(|o| Arc::clone(&o.report)));
        let columns = Memo::new(move |_| {
            let sketched = sketch.with(|sketch| Some(sketch.as_ref()?.columns.clone()));
            report.with(|report| report.as_ref().map(|report| report.columns.clone())).or(sketched)
        });
        let surface = shared(move || outcome().map(|o| Arc::clone(&o.surface)));
        let fields = Memo::new(move |_| surface.with(|s| s.as_ref().map(|s| Arc::new(Fields::new(s)))));
        let pinned_field = Memo::new(move |_| {
            lab.pinned.with(|o| {
                o.as_ref().map(|o| Field::new(&o.surface.model, o.surface.nx, o.surface.ny, o.surface.window))
            })
        });
        let pinned = Memo::new(move |_| {
            let threshold = lab.pin.with(|pin| pin.as_ref().map(|pin| pin.threshold))?;
            Some(Arc::new((pinned_field.get()?, threshold)))
        });
        let frame = Memo::new(move |_| {
            let [width, height] = size.get();
            if width < 2.0 || height < 2.0 {
                return None;
            }
            let chosen = lab.window.get();
            let follows = || {
                let sketch = sketch.get().filter(|sketch| sketch.is_all);
                let outcome = lab.outcome.read();
                // On an empty sheet one draws where one is.
                if let Some(sketch) = sketch.filter(|sketch| outcome.is_none() || !sketch.rows.is_empty()) {
                    return Some(Window::fitting(&sketch.rows));
                }
                let Outcome { report, surface, follows, .. } = outcome.as_deref()?;
                Some(if *follows { surface.window } else { Window::fitting(&report.data) })
            };
            Some(Frame::fit(chosen.or_else(follows)?, width, height))
        });
        let previewing = Memo::new(move |_| lab.preview.with(Option::is_some));
        let scene = Memo::new(move |_| {
            // A preview begins at the training rows, whatever is applied.
            let step = if previewing.get() { Some(0) } else { lab.step.get() };
            let layers = lab.layers.get();
            let [width, height] = size.get();
            let sketch = sketch.get().filter(|sketch| sketch.is_all).map(|sketch| sketch.scene.clone());
            let scene = sketch.or_else(|| report.with(|r| r.as_ref().map(|r| Scene::new(r, step, layers))));
            Arc::new(scene.map(|scene| scene.sized(width, height)).unwrap_or_default())
        });
        let hits = Memo::new(move |_| scene.with(|scene| Arc::new(HitGrid::new(&scene.dots))));
        let model = PlaneModel {
            lab,
            size,
            missing,
            sketch,
            report,
            columns,
            surface,
            fields,
            pinned,
            frame,
            scene,
            hits,
            hovered: RwSignal::new(None),
            held: RwSignal::new(false),
            pencil: RwSignal::new(None),
            lasso: RwSignal::new(Vec::new()),
            on_line: RwSignal::new(false),
            announced: RwSignal::new(String::new()),
        };
        // A point that is gone is no longer pointed at.
        Effect::new(move |_| {
            let scene = scene.get();
            let Some(was) = model.hovered.get_untracked() else { return };
            let same = |dot: &&Dot| (dot.at, dot.row, dot.pool) == (was.at, was.row, was.pool);
            let now = scene.dots.iter().find(same).copied();
            model.hovered.set(now);
            if now.is_none() {
                model.held.set(false);
            }
        });
        model
    }

    /// Shows another part of the plane.
    pub fn look(&self, frame: Frame) {
        self.lab.window.set(Some(frame.visible()));
    }

    /// Shows all data.
    pub fn look_at_all(&self) {
        self.lab.window.set(None);
    }

    /// The dot at a place of the canvas.
    pub fn dot_at(&self, place: Point) -> Option<Dot> {
        let frame = self.frame.get_untracked()?;
        let scene = self.scene.get_untracked();
        let hits = self.hits.get_untracked();
        hits.nearest(&scene.dots, frame.data_from_canvas(place), frame.reach(REACH)).map(|i| scene.dots[i])
    }

    /// Points at a dot, here and in every other view.
    pub fn point_at(&self, dot: Option<Dot>) {
        if self.hovered.with_untracked(|now| *now == dot) {
            return;
        }
        self.hovered.set(dot);
        self.held.set(false);
        // Other views show rows of what was computed.
        let computed = dot.filter(|_| self.report.with_untracked(Option::is_some));
        self.lab.highlight.set(match computed {
            Some(Dot { row: Some(row), .. }) => Highlight::Row(row),
            Some(Dot { pool: Some(id), .. }) => Highlight::PoolRow(id),
            _ => Highlight::None,
        });
    }

    /// Goes to the step that made the point that is pointed at; from there to the one that removed it, and so on.
    pub fn go_to_its_step(&self) -> Option<()> {
        let (dot, report) = self.hovered.get_untracked().zip(self.report.get_untracked())?;
        let steps = card(&report, &dot).steps;
        let here = steps.iter().position(|&(position, _)| Some(position) == self.lab.step.get_untracked());
        let &(position, _) = steps.get(here.map_or(0, |here| (here + 1) % steps.len()))?;
        crate::ui::playback::to(self.lab, Some(position));
        Some(())
    }

    /// Whether a place of the canvas is on the level line of the threshold, and nothing else is there.
    pub fn is_on_line(&self, place: Point) -> bool {
        let (Some(frame), Some(fields)) = (self.frame.get_untracked(), self.fields.get_untracked()) else {
            return false;
        };
        let threshold = self.lab.threshold.get_untracked();
        let off = fields.model.pixels_from_line(frame.data_from_canvas(place), threshold, frame.unit);
        off.is_some_and(|off| off <= LINE_REACH)
            && self.dot_at(place).is_none_or(|dot| {
                let [x, y] = frame.canvas_from_data(dot.at);
                (x - place[0]).hypot(y - place[1]) > DOT_REACH
            })
    }

    /// The threshold whose level line runs through a place of the canvas.
    pub fn threshold_at(&self, place: Point) -> Option<f64> {
        let (frame, fields) = self.frame.get_untracked().zip(self.fields.get_untracked())?;
        let probability = fields.model.probability_at(frame.data_from_canvas(place))?;
        // Four digits are finer than a pixel wherever the score changes at all.
        Some((probability * 1e4).round() / 1e4)
    }

    /// The edits that the rows on the plane were made with, and how many rows that were; `None` while the picture is
    /// one of other rows.
    pub fn shown_edits(&self) -> Option<(Edits, usize)> {
        let spec = self.lab.spec.read_untracked();
        let shown_in = |of: &Spec, rows: usize| {
            of.data.has_rows_of(of.seed, &spec.data, spec.seed).then(|| (of.data.edits.clone(), rows))
        };
        if let Some(sketch) = self.sketch.get_untracked().filter(|sketch| sketch.is_all) {
            if spec.data.source == Source::Table {
                return Some((spec.data.edits.clone(), sketch.rows.len()));
            }
            let refused = self.lab.refused.get_untracked()?;
            return shown_in(&refused.spec, sketch.rows.len());
        }
        let outcome = self.lab.outcome.get_untracked()?;
        shown_in(&outcome.spec, outcome.report.data.len())
    }

    /// Keeps what is in sight in sight while somebody draws on data that are not computed: what fits the points would
    /// move with every one of them.
    pub fn stay(&self) {
        let is_all = self.sketch.with_untracked(|sketch| sketch.as_ref().is_some_and(|sketch| sketch.is_all));
        if let (true, None, Some(frame)) = (is_all, self.lab.window.get_untracked(), self.frame.get_untracked()) {
            self.look(frame);
        }
    }

    /// Says what is pointed at.
    pub fn announce(&self) {
        if let Some(card) = untrack(|| self.card()) {
            self.announced.set(card.sentence());
        }
    }

    /// What the point is that is pointed at.
    pub fn card(&self) -> Option<Card> {
        let dot = self.hovered.get()?;
        if let Some(report) = self.report.get() {
            return Some(card(&report, &dot));
        }
        self.sketch.with(|sketch| sketch.as_ref().map(|sketch| sketch_card(&sketch.columns, &sketch.classes, &dot)))
    }

    /// The name of a class on the plane.
    pub fn class_name(&self, class: usize) -> String {
        let computed = self.report.with(|report| report.as_ref().map(|report| report.classes[class].clone()));
        let sketched = || self.sketch.with(|sketch| sketch.as_ref().map(|sketch| sketch.classes[class].clone()));
        computed.or_else(sketched).unwrap_or_else(|| CLASSES[class].to_owned())
    }

    /// Takes the lasso up, or puts it down.
    pub fn toggle_lasso(&self) {
        let holds = self.lab.tool.get_untracked() == Tool::Lasso;
        self.lab.tool.set(if holds { Tool::Look } else { Tool::Lasso });
        self.let_go();
    }

    /// Points at nothing.
    pub fn let_go(&self) {
        self.point_at(None);
        put(self.pencil, None);
        put(self.lasso, Vec::new());
        put(self.on_line, false);
    }
}

fn address<T>(shared: Option<&Arc<T>>) -> Option<*const T> {
    shared.map(Arc::as_ptr)
}

/// A memo that changes when another thing is shared, not when the thing says something else: comparing all numbers of
/// a run takes longer than most of what is done with them.
fn shared<T: Send + Sync + 'static>(get: impl Fn() -> Option<Arc<T>> + Send + Sync + 'static) -> Memo<Option<Arc<T>>> {
    Memo::new_with_compare(
        move |_| get(),
        |before, after| {
            before.is_none() || address(before.and_then(Option::as_ref)) != address(after.and_then(Option::as_ref))
        },
    )
}
