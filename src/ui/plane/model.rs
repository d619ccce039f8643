//! What the plane shows, derived from the state of the page, and the few things only the plane knows.

use std::sync::Arc;

use leptos::prelude::*;

use crate::base::Point;
use crate::experiment::{Report, Surface, Window};
use crate::figure::contour::Field;
use crate::figure::plane::{Dot, Fields, Frame, HitGrid, Scene, card, window_around};
use crate::state::{Highlight, Lab};

/// Margin around the data, as a share of the longer side.
const MARGIN: f64 = 0.06;
/// The view is kept while the data fill at least this much of it: it should not breathe while a control is dragged.
const FILLED: f64 = 0.6;
/// How near the pointer must come to a point, in pixels.
const REACH: f64 = 12.0;

/// Signals of the plane. `Copy`.
#[derive(Clone, Copy)]
pub(super) struct PlaneModel {
    /// The page.
    pub lab: Lab,
    /// Of the canvas, in CSS pixels.
    pub size: RwSignal<[f64; 2]>,
    /// Changes only when the numbers change, not when the same run is scored on another window.
    pub report: Memo<Option<Arc<Report>>>,
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
    /// What a screen reader is told.
    pub announced: RwSignal<String>,
    /// The window that the plane chose by itself.
    ours: StoredValue<Option<Window>>,
}

impl PlaneModel {
    pub fn new(lab: Lab) -> PlaneModel {
        let size = RwSignal::new([0.0, 0.0]);
        let report = Memo::new(move |_| lab.outcome.with(|o| o.as_ref().map(|o| Arc::clone(&o.report))));
        let surface = Memo::new(move |_| lab.outcome.with(|o| o.as_ref().map(|o| Arc::clone(&o.surface))));
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
            let window = lab.window.get().or_else(|| report.with(|r| r.as_ref().map(|r| around(r, MARGIN))))?;
            Some(Frame::fit(window, width, height))
        });
        let previewing = Memo::new(move |_| lab.preview.with(Option::is_some));
        let scene = Memo::new(move |_| {
            // A preview begins at the training rows, whatever is applied.
            let step = if previewing.get() { Some(0) } else { lab.step.get() };
            let layers = lab.layers.get();
            let [width, height] = size.get();
            let scene = report.with(|r| r.as_ref().map(|r| Scene::new(r, step, layers)));
            Arc::new(scene.map(|scene| scene.sized(width, height)).unwrap_or_default())
        });
        let hits = Memo::new(move |_| scene.with(|scene| Arc::new(HitGrid::new(&scene.dots))));
        let model = PlaneModel {
            lab,
            size,
            report,
            surface,
            fields,
            pinned,
            frame,
            scene,
            hits,
            hovered: RwSignal::new(None),
            held: RwSignal::new(false),
            pencil: RwSignal::new(None),
            announced: RwSignal::new(String::new()),
            ours: StoredValue::new(None),
        };
        model.follow_data();
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

    /// Keeps the view on the data until the reader moves it, and the window as wide as the canvas.
    fn follow_data(self) {
        Effect::new(move |_| {
            let [width, height] = self.size.get();
            let now = self.lab.window.get();
            let Some(report) = self.report.get() else { return };
            if width < 2.0 || height < 2.0 {
                return;
            }
            let reaches = |window: Window| Frame::fit(window, width, height).visible();
            // The first picture comes with a window that fits the data and has the shape of this plane.
            let first = self.surface.with_untracked(|surface| surface.as_ref().map(|surface| surface.window));
            let first = first.filter(|&window| self.ours.get_value().is_none() && alike(window, reaches(window)));
            let chosen = now.filter(|_| now != self.ours.get_value());
            let next = match (chosen, now) {
                (Some(window), _) => reaches(window),
                (None, Some(window)) if alike(window, reaches(window)) && suits(window, around(&report, 0.0)) => return,
                (None, _) => first.unwrap_or_else(|| reaches(around(&report, MARGIN))),
            };
            if chosen.is_none() {
                self.ours.set_value(Some(next));
            }
            if now.is_none_or(|window| !alike(window, next)) {
                self.lab.window.set(Some(next));
            }
        });
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
        self.lab.highlight.set(match dot {
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

    /// Says what is pointed at.
    pub fn announce(&self) {
        let hovered = self.hovered.get_untracked();
        if let Some((dot, report)) = hovered.zip(self.report.get_untracked()) {
            self.announced.set(card(&report, &dot).sentence());
        }
    }

    /// Points at nothing.
    pub fn let_go(&self) {
        self.point_at(None);
        self.pencil.set(None);
    }
}

fn around(report: &Report, margin: f64) -> Window {
    let finite = |p: &Point| p.iter().all(|v| v.is_finite());
    window_around(report.data.x.iter().copied().filter(finite), margin)
}

/// Whether a view of the data needs no change.
fn suits(view: Window, data: Window) -> bool {
    let inside = view.x0 <= data.x0 && view.y0 <= data.y0 && view.x1 >= data.x1 && view.y1 >= data.y1;
    let filled = [(data.x1 - data.x0) / (view.x1 - view.x0), (data.y1 - data.y0) / (view.y1 - view.y0)];
    // With a scale for each axis both are filled; with one for both, one of them.
    let filled = if data.is_lopsided() { filled[0].min(filled[1]) } else { filled[0].max(filled[1]) };
    inside && filled >= FILLED && view.is_lopsided() == data.is_lopsided()
}

/// Equal but for rounding.
fn alike(a: Window, b: Window) -> bool {
    let size = (b.x1 - b.x0).abs() + (b.y1 - b.y0).abs();
    let off = (a.x0 - b.x0).abs() + (a.y0 - b.y0).abs() + (a.x1 - b.x1).abs() + (a.y1 - b.y1).abs();
    off <= 1e-6 * size
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_kept_while_the_data_fill_most_of_it_and_left_when_they_do_not() {
        let view = Window { x0: 0.0, y0: 0.0, x1: 10.0, y1: 6.0 };
        assert!(suits(view, Window { x0: 1.0, y0: 1.0, x1: 8.0, y1: 3.0 }));
        assert!(!suits(view, Window { x0: -0.1, y0: 1.0, x1: 8.0, y1: 3.0 }), "a point is outside");
        assert!(!suits(view, Window { x0: 4.0, y0: 2.0, x1: 6.0, y1: 3.0 }), "lost in the middle");
        assert!(alike(view, Window { x0: 1e-9, ..view }) && !alike(view, Window { x0: 0.01, ..view }));
    }
}
