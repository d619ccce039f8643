//! Mouse, pen and fingers on the plane: hover, pan, zoom, pinch, move the threshold by its line, draw, erase, lasso.

use std::collections::{BTreeMap, BTreeSet};

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, PointerEvent, WheelEvent};

use super::model::PlaneModel;
use super::stroke;
use crate::base::Point;
use crate::figure::plane::{Kind, region_of};
use crate::state::{Tool, put};

/// A pointer that moved less than this was a click.
const CLICK: f64 = 3.0;
/// How near a click erases, in pixels.
const ERASE_REACH: f64 = 16.0;
/// Touches of the brush per radius.
const SPACING: f64 = 0.9;

/// What a pressed pointer is doing.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Gesture {
    Pan,
    /// The level line of the threshold is in hand.
    Threshold,
    /// Around what is asked about.
    Lasso,
    Draw(u8),
    /// The nearest only.
    EraseOne,
    /// All under the brush.
    Erase,
}

#[derive(Default)]
struct Pressed {
    /// Every pointer that is down, where it is.
    places: BTreeMap<i32, Point>,
    gesture: Option<Gesture>,
    start: Point,
    last_touch: Point,
    touches: usize,
    /// Rows erased since the picture changed: they are still on screen.
    gone: BTreeSet<u32>,
    moved: bool,
    edited: bool,
}

/// The pointer's memory. `Copy`.
#[derive(Clone, Copy)]
pub(super) struct Pointer {
    model: PlaneModel,
    pressed: StoredValue<Pressed>,
}

impl Pointer {
    pub fn new(model: PlaneModel) -> Pointer {
        let pressed = StoredValue::new(Pressed::default());
        Effect::new(move |_| {
            model.scene.track();
            pressed.update_value(|pressed| pressed.gone.clear());
        });
        Pointer { model, pressed }
    }

    /// A button or a finger went down.
    pub fn down(self, event: PointerEvent) {
        let place = place(&event);
        let lab = self.model.lab;
        if let Some(canvas) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
            // A pointer that is already gone cannot be captured; nothing is lost.
            let _ = canvas.set_pointer_capture(event.pointer_id());
        }
        let tool = lab.tool.get_untracked();
        let erases = event.ctrl_key() || event.meta_key() || event.button() == 2;
        let gesture = match tool {
            Tool::Look | Tool::Lasso if event.button() != 0 => return,
            Tool::Look if self.model.is_on_line(place) => Gesture::Threshold,
            Tool::Look => Gesture::Pan,
            Tool::Lasso => Gesture::Lasso,
            _ if erases => Gesture::EraseOne,
            Tool::Erase => Gesture::Erase,
            Tool::Draw(_) if event.shift_key() => Gesture::Draw(1),
            Tool::Draw(class) => Gesture::Draw(class),
        };
        let first = self.pressed.try_update_value(|pressed| {
            pressed.places.insert(event.pointer_id(), place);
            pressed.start = place;
            pressed.last_touch = place;
            pressed.moved = false;
            let first = pressed.places.len() == 1;
            // A second finger makes it a pinch, whatever the tool.
            pressed.gesture = Some(if first { gesture } else { Gesture::Pan });
            first
        });
        if first != Some(true) {
            return;
        }
        match gesture {
            Gesture::Pan | Gesture::Threshold => {}
            Gesture::Lasso => self.model.lasso.set(vec![place]),
            Gesture::Draw(class) => self.draw(&[place], class),
            Gesture::EraseOne => self.erase_nearest(place, ERASE_REACH),
            Gesture::Erase => self.erase_under(place),
        }
    }

    /// A pointer moved, pressed or not.
    pub fn moved(self, event: PointerEvent) {
        let place = place(&event);
        let lab = self.model.lab;
        let before = self.pressed.with_value(|pressed| pressed.places.clone());
        if lab.tool.get_untracked() != Tool::Look {
            self.model.pencil.set(Some(place));
        }
        let Some(&was) = before.get(&event.pointer_id()) else {
            let on_line = lab.tool.get_untracked() == Tool::Look && self.model.is_on_line(place);
            put(self.model.on_line, on_line);
            if lab.tool.get_untracked() == Tool::Look && !self.model.held.get_untracked() {
                self.model.point_at(self.model.dot_at(place));
            }
            return;
        };
        let (gesture, start, last_touch, touches) = self
            .pressed
            .try_update_value(|pressed| {
                pressed.places.insert(event.pointer_id(), place);
                pressed.moved |= distance(place, pressed.start) > CLICK;
                (pressed.gesture, pressed.start, pressed.last_touch, pressed.touches)
            })
            .unwrap_or_default();
        match gesture {
            Some(Gesture::Pan) => {
                let Some(frame) = self.model.frame.get_untracked() else { return };
                let other = before.iter().find(|(id, _)| **id != event.pointer_id()).map(|(_, &at)| at);
                let next = match other {
                    Some(other) => {
                        let factor = distance(place, other) / distance(was, other).max(1.0);
                        let middle = |p: Point| [(p[0] + other[0]) / 2.0, (p[1] + other[1]) / 2.0];
                        let (from, to) = (middle(was), middle(place));
                        frame.zoomed(from, factor).panned(to[0] - from[0], to[1] - from[1])
                    }
                    None if distance(place, start) <= CLICK => return,
                    None => frame.panned(place[0] - was[0], place[1] - was[1]),
                };
                self.model.look(next);
            }
            Some(Gesture::Threshold) => {
                if let Some(threshold) = self.model.threshold_at(place).filter(|_| distance(place, start) > CLICK) {
                    lab.set_threshold(threshold);
                    self.pressed.update_value(|pressed| pressed.edited = true);
                }
            }
            Some(Gesture::Lasso) => self.model.lasso.update(|places| places.push(place)),
            Some(Gesture::Draw(class)) => {
                let brush = lab.brush.get_untracked().max(2.0);
                if distance(place, last_touch) >= SPACING * brush {
                    self.touched(place);
                    self.draw(&stroke::dab(place, brush, touches), class);
                }
            }
            Some(Gesture::Erase) => self.erase_under(place),
            Some(Gesture::EraseOne) if distance(place, last_touch) >= ERASE_REACH / 2.0 => {
                self.touched(place);
                self.erase_nearest(place, ERASE_REACH);
            }
            Some(Gesture::EraseOne) | None => {}
        }
    }

    fn touched(self, place: Point) {
        self.pressed.update_value(|pressed| {
            pressed.last_touch = place;
            pressed.touches += 1;
        });
    }

    /// A button or a finger went up, or the browser took the pointer away: a stroke is one entry of the history.
    pub fn up(self, event: PointerEvent) {
        let ended = self.pressed.try_update_value(|pressed| {
            pressed.places.remove(&event.pointer_id());
            let clicked = matches!(pressed.gesture, Some(Gesture::Pan | Gesture::Threshold)) && !pressed.moved;
            let lassoed = pressed.gesture == Some(Gesture::Lasso);
            // The finger that stays goes on from where it is.
            pressed.start = pressed.places.values().next().copied().unwrap_or(pressed.start);
            let last = pressed.places.is_empty();
            if last {
                pressed.gesture = None;
            }
            (last && std::mem::take(&mut pressed.edited), clicked, last && lassoed)
        });
        let (edited, clicked, lassoed) = ended.unwrap_or_default();
        if lassoed {
            // A click with the lasso lets go of what it held.
            close_lasso(self.model);
        }
        if edited {
            self.model.lab.commit();
        }
        if clicked {
            let dot = self.model.dot_at(place(&event));
            self.model.point_at(dot);
            // A second click lets go.
            self.model.held.update(|held| *held = dot.is_some() && !*held);
            self.model.announce();
        }
    }

    /// The pointer left the canvas.
    pub fn left(self, event: PointerEvent) {
        // A finger that goes up leaves as well; what it pointed at stays readable.
        if event.pointer_type() == "mouse" && !self.model.held.get_untracked() {
            self.model.let_go();
        } else {
            put(self.model.pencil, None);
        }
    }

    /// Zooms around the pointer.
    pub fn wheel(self, event: WheelEvent) {
        event.prevent_default();
        let Some(frame) = self.model.frame.get_untracked() else { return };
        // Lines and pages where the device counts in them.
        let pixels = event.delta_y() * [1.0, 16.0, 400.0].get(event.delta_mode() as usize).unwrap_or(&1.0);
        // A pinch on a touchpad arrives as a fine wheel with Ctrl.
        let speed = if event.ctrl_key() { 0.01 } else { 0.0016 };
        let factor = (-pixels * speed).clamp(-1.0, 1.0).exp();
        self.model.look(frame.zoomed([f64::from(event.offset_x()), f64::from(event.offset_y())], factor));
    }

    /// Shows everything again.
    pub fn double(self) {
        if self.model.lab.tool.get_untracked() == Tool::Look {
            self.model.look_at_all();
        }
    }

    fn draw(self, places: &[Point], class: u8) {
        draw(self.model, places, class);
        self.pressed.update_value(|pressed| pressed.edited = true);
    }

    fn erase_nearest(self, place: Point, reach: f64) {
        let gone = self.pressed.with_value(|pressed| pressed.gone.clone());
        if let Some(row) = nearest_row(self.model, place, reach, &gone) {
            self.erase(&[row]);
        }
    }

    fn erase_under(self, place: Point) {
        let brush = self.model.lab.brush.get_untracked().max(4.0);
        let gone = self.pressed.with_value(|pressed| pressed.gone.clone());
        let rows: Vec<u32> = rows_within(self.model, place, brush).filter(|row| !gone.contains(row)).collect();
        self.erase(&rows);
    }

    fn erase(self, rows: &[u32]) {
        if rows.is_empty() {
            return;
        }
        erase(self.model, rows);
        self.pressed.update_value(|pressed| {
            pressed.gone.extend(rows);
            pressed.edited = true;
        });
    }
}

/// Asks about what the lasso has come around; nothing is asked about when that is nothing.
pub(super) fn close_lasso(model: PlaneModel) {
    let places = model.lasso.try_update(std::mem::take).unwrap_or_default();
    let Some(frame) = model.frame.get_untracked() else { return };
    model.lab.ask_about(region_of(&places, &frame));
}

/// Adds points at places of the canvas, live.
pub(super) fn draw(model: PlaneModel, places: &[Point], class: u8) {
    let Some(frame) = model.frame.get_untracked() else { return };
    model.stay();
    model.lab.edit(|spec| {
        for &place in places {
            stroke::add(&mut spec.data.edits, frame.data_from_canvas(place), class, frame.unit);
        }
    });
}

/// Erases rows of the data on screen, live.
pub(super) fn erase(model: PlaneModel, rows: &[u32]) {
    let Some((shown, n_rows)) = model.shown_edits() else { return };
    model.stay();
    model.lab.edit(|spec| {
        for &row in rows {
            stroke::erase(&mut spec.data.edits, &shown, n_rows, row as usize);
        }
    });
}

/// The original row nearest to a place of the canvas.
pub(super) fn nearest_row(model: PlaneModel, place: Point, reach: f64, without: &BTreeSet<u32>) -> Option<u32> {
    let frame = model.frame.get_untracked()?;
    let at = frame.data_from_canvas(place);
    let scene = model.scene.get_untracked();
    let near = model.hits.get_untracked().within(&scene.dots, at, frame.reach(reach));
    let rows = near.into_iter().filter(|&i| {
        let dot = scene.dots[i];
        dot.kind != Kind::Synthetic && dot.row.is_some_and(|row| !without.contains(&row))
    });
    let off = |i: usize| distance(frame.canvas_from_data(scene.dots[i].at), place);
    rows.min_by(|&a, &b| off(a).total_cmp(&off(b))).and_then(|i| scene.dots[i].row)
}

fn rows_within(model: PlaneModel, place: Point, reach: f64) -> impl Iterator<Item = u32> {
    let scene = model.scene.get_untracked();
    let near = model
        .frame
        .get_untracked()
        .map(|frame| model.hits.get_untracked().within(&scene.dots, frame.data_from_canvas(place), frame.reach(reach)));
    near.unwrap_or_default().into_iter().filter_map(move |i| scene.dots[i].row)
}

fn place(event: &PointerEvent) -> Point {
    [f64::from(event.offset_x()), f64::from(event.offset_y())]
}

fn distance(a: Point, b: Point) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}
