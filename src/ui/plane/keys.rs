//! The plane by keyboard: walking, panning, zooming, drawing, setting the corners of a lasso.

use std::collections::BTreeSet;

use web_sys::KeyboardEvent;

use super::model::PlaneModel;
use super::pointer::{close_lasso, draw, erase, nearest_row};
use crate::base::Point;
use crate::figure::plane::next_in_direction;
use crate::state::Tool;
use leptos::prelude::*;

/// How far an arrow moves the crosshair, in pixels; with Shift.
const STRIDE: (f64, f64) = (12.0, 2.0);
/// Share of the canvas that Shift with an arrow pans.
const PAN: f64 = 0.12;
/// One press of plus.
const ZOOM: f64 = 1.25;
/// How near Delete erases, in pixels.
const ERASE_REACH: f64 = 20.0;

/// Acts on a key, and keeps it from everybody else if it meant something here.
pub(super) fn pressed(model: PlaneModel, event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let draws = model.lab.tool.get_untracked() != Tool::Look;
    if model.lab.tool.get_untracked() == Tool::Lasso && lasso(model, &event.key()).is_some() {
        event.prevent_default();
        event.stop_propagation();
        return;
    }
    let acted = match arrow(&event.key()) {
        Some(direction) if draws => step_pencil(model, direction, event.shift_key()),
        Some(direction) if event.shift_key() => pan(model, direction),
        Some(direction) => walk(model, direction),
        None => other(model, &event.key(), event.shift_key(), draws),
    };
    if acted.is_some() {
        event.prevent_default();
        event.stop_propagation();
    }
}

/// To the right and down are positive, as on the canvas.
fn arrow(key: &str) -> Option<Point> {
    match key {
        "ArrowLeft" => Some([-1.0, 0.0]),
        "ArrowRight" => Some([1.0, 0.0]),
        "ArrowUp" => Some([0.0, -1.0]),
        "ArrowDown" => Some([0.0, 1.0]),
        _ => None,
    }
}

fn other(model: PlaneModel, key: &str, shift: bool, draws: bool) -> Option<()> {
    let lab = model.lab;
    let frame = model.frame.get_untracked()?;
    let middle = [frame.width / 2.0, frame.height / 2.0];
    match key {
        "+" | "=" => model.look(frame.zoomed(middle, ZOOM)),
        "-" | "_" => model.look(frame.zoomed(middle, 1.0 / ZOOM)),
        "0" => model.look_at_all(),
        "Enter" | " " if draws && lab.tool.get_untracked() != Tool::Lasso => {
            let class = match lab.tool.get_untracked() {
                Tool::Draw(class) if !shift => class,
                Tool::Erase => {
                    erase_nearest(model)?;
                    return Some(());
                }
                _ => 1,
            };
            draw(model, &[pencil(model)?], class);
            lab.commit();
            model.announced.set(format!("Added a point of class {class}."));
        }
        "Delete" | "Backspace" if draws && lab.tool.get_untracked() != Tool::Lasso => erase_nearest(model)?,
        "Escape" if draws => {
            lab.tool.set(Tool::Look);
            model.pencil.set(None);
        }
        "Enter" => model.go_to_its_step()?,
        "Escape" if model.hovered.with_untracked(Option::is_some) => model.let_go(),
        _ => return None,
    }
    Some(())
}

/// A lasso corner by corner: Enter sets one, Backspace takes the last away, Space closes the line.
fn lasso(model: PlaneModel, key: &str) -> Option<()> {
    let corners = model.lasso.with_untracked(Vec::len);
    match key {
        "Enter" => {
            let corner = pencil(model)?;
            model.pencil.set(Some(corner));
            model.lasso.update(|places| places.push(corner));
            model.announced.set(format!("Corner {} of the lasso.", corners + 1));
        }
        "Backspace" | "Delete" if corners > 0 => {
            model.lasso.update(|places| {
                places.pop();
            });
            model.announced.set(format!("{} corners left.", corners - 1));
        }
        " " if corners > 0 => {
            close_lasso(model);
            let held = model.lab.region.with_untracked(Option::is_some);
            model.announced.set(if held { "The lasso is closed." } else { "A lasso needs three corners." }.to_owned());
        }
        "Escape" if corners > 0 => model.lasso.set(Vec::new()),
        _ => return None,
    }
    Some(())
}

fn erase_nearest(model: PlaneModel) -> Option<()> {
    match nearest_row(model, pencil(model)?, ERASE_REACH, &BTreeSet::new()) {
        Some(row) => {
            erase(model, &[row]);
            model.lab.commit();
            model.announced.set(format!("Erased row {row}."));
        }
        None => model.announced.set("No point near enough to erase.".to_owned()),
    }
    Some(())
}

/// Where the crosshair is; in the middle at first.
fn pencil(model: PlaneModel) -> Option<Point> {
    let frame = model.frame.get_untracked()?;
    Some(model.pencil.get_untracked().unwrap_or([frame.width / 2.0, frame.height / 2.0]))
}

fn step_pencil(model: PlaneModel, direction: Point, fine: bool) -> Option<()> {
    let frame = model.frame.get_untracked()?;
    let at = pencil(model)?;
    let stride = if fine { STRIDE.1 } else { STRIDE.0 };
    let place = [
        (at[0] + stride * direction[0]).clamp(0.0, frame.width),
        (at[1] + stride * direction[1]).clamp(0.0, frame.height),
    ];
    model.pencil.set(Some(place));
    Some(())
}

fn pan(model: PlaneModel, direction: Point) -> Option<()> {
    let frame = model.frame.get_untracked()?;
    model.look(frame.panned(-PAN * frame.width * direction[0], -PAN * frame.height * direction[1]));
    Some(())
}

/// To the next point in the direction; from the middle of the view to begin with.
fn walk(model: PlaneModel, direction: Point) -> Option<()> {
    let frame = model.frame.get_untracked()?;
    let scene = model.scene.get_untracked();
    let found = match model.hovered.get_untracked() {
        Some(dot) => next_in_direction(&scene.dots, dot.at, [direction[0], -direction[1]], frame.unit),
        None => {
            let off = |i: &usize| {
                let at = frame.canvas_from_data(scene.dots[*i].at);
                (at[0] - frame.width / 2.0).hypot(at[1] - frame.height / 2.0)
            };
            (0..scene.dots.len()).min_by(|a, b| off(a).total_cmp(&off(b)))
        }
    };
    let Some(dot) = found.map(|i| scene.dots[i]) else {
        model.announced.set("No further point in this direction.".to_owned());
        return Some(());
    };
    let at = frame.canvas_from_data(dot.at);
    if !frame.shows(at, -8.0) {
        model.look(frame.panned(frame.width / 2.0 - at[0], frame.height / 2.0 - at[1]));
    }
    model.point_at(Some(dot));
    model.announce();
    Some(())
}
