//! Lines from a row that is pointed at to its relatives: parents, children, and those who condemned it.

use super::frame::Frame;
use super::look::Look;
use super::painter::{Ink, Marks, Painter, Shape, Stroke};
use super::scene::{Dot, in_data, pool_point};
use crate::base::Point;
use crate::experiment::Report;
use crate::resample::RowId;
use crate::resample::play::{Kin, RowState, Timeline, kin};

/// The relatives of a dot, in data coordinates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Relatives {
    /// The dot itself.
    pub at: Point,
    /// What it was made from.
    pub parents: Vec<Point>,
    /// What was made from it, as far as it is there.
    pub children: Vec<Point>,
    /// Whose neighbours condemned it.
    pub because: Option<Point>,
    /// Those neighbours.
    pub condemned_by: Vec<Point>,
}

impl Relatives {
    /// The relatives of `dot` after `step` steps (`None`: all); `None` for a dot that takes no part in resampling.
    pub fn new(report: &Report, dot: &Dot, step: Option<u32>) -> Option<Relatives> {
        let chain = &report.chain;
        let timeline = Timeline::new(chain);
        let Kin { parents, center, children, because, condemned_by, .. } = kin(chain, &timeline, dot.pool?);
        let position = step.unwrap_or(u32::MAX).min(timeline.total_steps());
        let place = |id: RowId| pool_point(report, id);
        let present = |&id: &RowId| timeline.state(id, position) == RowState::Present;
        // Before it has gone nobody has condemned it.
        let gone = !present(&dot.pool?);
        let center = center.map(|p| in_data(report, p));
        Some(Relatives {
            at: dot.at,
            parents: parents.into_iter().filter_map(place).chain(center).collect(),
            children: children.into_iter().filter(present).filter_map(place).collect(),
            because: because.filter(|_| gone).and_then(place),
            condemned_by: condemned_by.into_iter().filter(|_| gone).filter_map(place).collect(),
        })
    }

    /// Draws them.
    pub fn paint<P: Painter>(&self, painter: &mut P, frame: &Frame, look: &Look) {
        let place = |p: Point| frame.canvas_from_data(p);
        let ring = |painter: &mut P, radius, colour, width, at: &[Point]| {
            if !at.is_empty() {
                let ink = Ink { fill: None, stroke: Some((colour, width)) };
                let at = at.iter().map(|&p| place(p)).collect();
                painter.marks(&Marks { shape: Shape::Disc, radius, ink, at });
            }
        };
        let thin = Stroke { colour: look.ink.with_alpha(0.55), width: 1.0, dash: &[] };
        for &child in &self.children {
            painter.line(&[place(self.at), place(child)], false, thin);
        }
        ring(painter, 4.5, look.ink.with_alpha(0.8), 1.2, &self.children);
        let dotted = Stroke { colour: look.ink, width: 1.3, dash: &[2.0, 3.0] };
        for &parent in &self.parents {
            painter.line(&[place(self.at), place(parent)], false, dotted);
        }
        ring(painter, 6.0, look.ink, 1.5, &self.parents);
        let from = self.because.unwrap_or(self.at);
        for &near in &self.condemned_by {
            painter.line(&[place(from), place(near)], false, dotted);
        }
        ring(painter, 5.0, look.danger, 1.5, &self.condemned_by);
        if let Some(because) = self.because {
            let solid = Stroke { colour: look.danger, width: 1.8, dash: &[] };
            painter.line(&[place(because), place(self.at)], false, solid);
            ring(painter, 8.0, look.danger, 1.8, &[because]);
        }
    }
}
