//! The step in focus: who looked at whom, and what came of it.

use super::frame::Frame;
use super::look::Look;
use super::painter::{Ink, Marks, Painter, Shape, Stroke};
use super::scene::{in_data, pool_point};
use crate::base::{Class, Point};
use crate::experiment::Report;
use crate::resample::{Origin, RowId, Step, play};

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
    /// Centres of clusters as they stand.
    pub centers: Vec<Point>,
    /// The ways they came, oldest place first.
    pub ways: Vec<Vec<Point>>,
    /// The centre that the step is about.
    pub center: Option<Point>,
}

/// No more places than this are remembered of the ways of all centres together.
const LONGEST_WAYS: usize = 4000;

impl Focus {
    /// What the step played last at `position` did; `None` before the first.
    pub fn new(report: &Report, position: u32) -> Option<Focus> {
        let chain = &report.chain;
        let step = play::focus(chain, position)?;
        let dot = |id: RowId| Some((pool_point(report, id)?, *chain.pool_y.get(id as usize)?));
        let center = step.center.and_then(dot);
        let mut focus = Focus::default();
        focus.stand(report, position);
        let neighbors: Vec<(Point, Class)> = step.neighbors.iter().filter_map(|&id| dot(id)).collect();
        focus.removed = step.removed.iter().filter_map(|&id| dot(id)).collect();
        let (chosen, made) = (step.chosen.and_then(dot), step.made.and_then(dot));
        // Whose neighbours they are: of a row condemned by another one's neighbours, that other one.
        let looking = if let Step::Remove { .. } = step.step { chosen.or(center) } else { center };
        if let Some((from, _)) = looking {
            focus.dotted = neighbors.iter().map(|&(at, _)| [from, at]).collect();
        }
        focus.neighbors = neighbors;
        let Some((center, class)) = center else {
            let mean = step.made.and_then(|row| match chain.pool_origin[row as usize] {
                Origin::Component { component } => focus.centers.get(component as usize).copied(),
                _ => None,
            });
            focus.arrival = made.map(|(at, class)| ([mean.unwrap_or(at), at], class));
            focus.center = focus.center.or(mean);
            return Some(focus);
        };
        match step.step {
            Step::Link { .. } => {
                let ends = step.center.into_iter().chain(step.chosen);
                focus.kept = ends.filter(|id| !step.removed.contains(id)).filter_map(dot).collect();
                focus.solid = chosen.map(|(other, _)| ([center, other], 1));
            }
            Step::Keep { .. } => focus.kept.push((center, class)),
            Step::Drop { .. } => focus.solid = chosen.map(|(stand_in, class)| ([stand_in, center], class)),
            Step::Remove { .. } => {
                focus.ringed.extend(chosen.map(|(because, _)| because));
                focus.solid = chosen.map(|(because, class)| ([because, center], class));
            }
            _ => {
                focus.ringed.push(center);
                focus.arrival = made.map(|(at, class)| ([center, at], class));
                focus.solid = chosen.map(|(other, _)| ([center, other], made.map_or(1, |(_, class)| class)));
            }
        }
        Some(focus)
    }

    /// The centres at `position`, and their ways.
    fn stand(&mut self, report: &Report, position: u32) {
        let Some(now) = play::centers(&report.chain, position) else { return };
        let place = |&p: &Point| in_data(report, p);
        let Some(last) = now.path.last() else { return };
        self.centers = last.iter().map(place).collect();
        self.center = now.chosen.and_then(|cluster| self.centers.get(cluster as usize).copied());
        let since = now.path.len().saturating_sub(LONGEST_WAYS / last.len().max(1));
        let way = |cluster: usize| now.path[since..].iter().filter_map(|at| at.get(cluster)).map(place).collect();
        if now.path.len() - since > 1 {
            self.ways = (0..last.len()).map(way).collect();
        }
    }

    /// Draws it; `progress` is how far the new row has come, 0 to 1.
    pub fn paint<P: Painter>(&self, painter: &mut P, frame: &Frame, look: &Look, radius: f64, progress: f64) {
        let place = |p: Point| frame.canvas_from_data(p);
        for way in &self.ways {
            let way: Vec<Point> = way.iter().map(|&p| place(p)).collect();
            painter.line(&way, false, Stroke { colour: look.ink.with_alpha(0.35), width: 1.2, dash: &[] });
        }
        crosses(painter, self.centers.iter().map(|&p| place(p)).collect(), 5.5, look);
        if let Some(center) = self.center {
            crosses(painter, vec![place(center)], 9.0, look);
            let ink = Ink { fill: None, stroke: Some((look.ink, 1.6)) };
            painter.marks(&Marks { shape: Shape::Disc, radius: 12.0, ink, at: vec![place(center)] });
        }
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

/// Crosses on a band of paper.
fn crosses<P: Painter>(painter: &mut P, at: Vec<Point>, radius: f64, look: &Look) {
    if at.is_empty() {
        return;
    }
    let ink = |colour, width| Ink { fill: None, stroke: Some((colour, width)) };
    let band = Marks { shape: Shape::Plus, radius: radius + 1.0, ink: ink(look.paper.with_alpha(0.85), 4.4), at };
    painter.marks(&band);
    painter.marks(&Marks { radius, ink: ink(look.ink, 2.2), ..band });
}
