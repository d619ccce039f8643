//! The step in focus: who looked at whom, and what came of it.

use super::frame::Frame;
use super::look::Look;
use super::painter::{Ink, Marks, Painter, Shape, Stroke};
use super::scene::pool_point;
use crate::base::{Class, Point};
use crate::experiment::Report;
use crate::resample::{Origin, RowId, Step, TableUse};

/// What the last played step did, in data coordinates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Focus {
    /// The row it started from, and other rows it is about.
    pub ringed: Vec<Point>,
    /// Neighbours it looked at, with their class.
    pub neighbors: Vec<(Point, Class)>,
    /// From the row to each neighbour.
    pub dotted: Vec<[Point; 2]>,
    /// The one it chose, or the linked pair; with the class whose hue it has.
    pub solid: Option<([Point; 2], Class)>,
    /// The new row: where it sets out, where it comes to rest, its class.
    pub arrival: Option<([Point; 2], Class)>,
    /// Rows it took out, with their class.
    pub removed: Vec<(Point, Class)>,
    /// Rows it kept.
    pub kept: Vec<(Point, Class)>,
}

impl Focus {
    /// What the `played`-th step (counted from 1 over all stages) did; `None` before the first and after the last.
    pub fn new(report: &Report, played: u32) -> Option<Focus> {
        let chain = &report.chain;
        let mut index = (played as usize).checked_sub(1)?;
        let stage = chain.stages.iter().find(|stage| match index.checked_sub(stage.steps.len()) {
            Some(rest) => {
                index = rest;
                false
            }
            None => true,
        })?;
        let place = |id: RowId| pool_point(report, id);
        let dot = |id: RowId| Some((place(id)?, *chain.pool_y.get(id as usize)?));
        let table = |purpose: TableUse, row: RowId| {
            let of_purpose = stage.tables.iter().find(|table| table.purpose == purpose);
            of_purpose.and_then(|table| table.neighbors_of(row)).unwrap_or_default()
        };
        let mut focus = Focus::default();
        let look_around = |focus: &mut Focus, row: RowId, from: Point, purpose: TableUse| {
            for &neighbor in table(purpose, row) {
                if let Some((at, class)) = dot(neighbor) {
                    focus.neighbors.push((at, class));
                    focus.dotted.push([from, at]);
                }
            }
        };
        match stage.steps[index] {
            Step::Classify { row, .. } => {
                let from = place(row)?;
                focus.ringed.push(from);
                look_around(&mut focus, row, from, TableUse::Judge);
            }
            Step::Add { row } => {
                let (at, class) = dot(row)?;
                match *chain.pool_origin.get(row as usize)? {
                    Origin::Between { base, neighbor, .. } => {
                        let (from, to) = (place(base)?, place(neighbor)?);
                        focus.ringed.push(from);
                        look_around(&mut focus, base, from, TableUse::Interpolate);
                        focus.solid = Some(([from, to], class));
                        focus.arrival = Some(([from, at], class));
                    }
                    Origin::Copy { of } => {
                        let from = place(of)?;
                        focus.ringed.push(from);
                        focus.arrival = Some(([from, at], class));
                    }
                    Origin::Original => focus.ringed.push(at),
                }
            }
            Step::Keep { row } => focus.kept.push(dot(row)?),
            Step::Drop { row } => focus.removed.push(dot(row)?),
            Step::Link { a, b, remove_a, remove_b } => {
                let (p, q) = (dot(a)?, dot(b)?);
                focus.solid = Some(([p.0, q.0], 1));
                for (end, removed) in [(p, remove_a), (q, remove_b)] {
                    if removed { &mut focus.removed } else { &mut focus.kept }.push(end);
                }
            }
        }
        Some(focus)
    }

    /// Draws it; `progress` is how far the new row has come, 0 to 1.
    pub fn paint<P: Painter>(&self, painter: &mut P, frame: &Frame, look: &Look, radius: f64, progress: f64) {
        let place = |p: Point| frame.canvas_from_data(p);
        let dotted = Stroke { colour: look.ink, width: 1.0, dash: &[2.0, 3.0] };
        for &[from, to] in &self.dotted {
            painter.line(&[place(from), place(to)], false, dotted);
        }
        if let Some(([from, to], class)) = self.solid {
            let colour = look.class(class);
            painter.line(&[place(from), place(to)], false, Stroke { colour, width: 2.4, dash: &[] });
        }
        let mut one = |shape, radius, ink, at: Point| {
            painter.marks(&Marks { shape, radius, ink, at: vec![place(at)] });
        };
        let dot = 1.5 * radius.max(2.4);
        for &(at, class) in self.neighbors.iter().chain(&self.kept) {
            let ink = Ink { fill: Some(look.class(class)), stroke: Some((look.outline, 1.2)) };
            one(Shape::Disc, dot, ink, at);
        }
        for &(at, _) in &self.kept {
            one(Shape::Disc, dot + 3.0, Ink { fill: None, stroke: Some((look.ink, 1.4)) }, at);
        }
        for &(at, class) in &self.removed {
            let hue = look.class(class);
            let ink = Ink { fill: Some(look.paper.with_alpha(0.85)), stroke: Some((hue, 1.6)) };
            one(Shape::Disc, dot, ink, at);
            one(Shape::Slash, dot + 3.0, Ink { fill: None, stroke: Some((look.ink, 2.0)) }, at);
        }
        for &at in &self.ringed {
            one(Shape::Disc, 9.0, Ink { fill: None, stroke: Some((look.ink, 2.0)) }, at);
        }
        if let Some(([from, to], class)) = self.arrival {
            let part = progress.clamp(0.0, 1.0);
            let at = [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])];
            let ink = Ink { fill: Some(look.outline), stroke: Some((look.class(class), 2.5)) };
            one(Shape::Disc, dot + 1.5, ink, at);
        }
    }
}
