//! What is drawn, the same on every back end; from the bottom: surface and axes, points, level lines, errors, what is
//! lit up.

use super::axes::paint_axes;
use super::frame::Frame;
use super::look::Look;
use super::painter::{Ink, Marks, Painter, Shape, Stroke};
use super::raster::{Ramp, Raster};
use super::scene::{Kind, Scene, unsplit};
use crate::base::Point;
use crate::experiment::{Layers, Report, Surface, Window};
use crate::figure::contour::Field;
use crate::figure::straighten;

/// So far from where it belongs a level line is where it belongs, pixels.
const UNSEEN: f64 = 0.15;

/// A scored grid made ready for any threshold.
#[derive(Clone, Debug, PartialEq)]
pub struct Fields {
    /// The model's.
    pub model: Field,
    /// That of the true posterior; empty where it is not known.
    pub bayes: Field,
}

impl Fields {
    /// Takes the log-odds of the whole grid, once.
    pub fn new(surface: &Surface) -> Fields {
        let field = |values: &[f32]| Field::new(values, surface.nx, surface.ny, surface.window);
        Fields { model: field(&surface.model), bayes: field(&surface.bayes) }
    }
}

/// What lies under the points.
pub struct Ground<'a> {
    /// The scored grid.
    pub surface: &'a Surface,
    /// Its level lines to be.
    pub fields: &'a Fields,
    /// Those of the pinned run, with its threshold.
    pub pinned: Option<(&'a Field, f64)>,
    /// The present threshold.
    pub threshold: f64,
    /// What is shown.
    pub layers: Layers,
    /// Names of the axes.
    pub columns: &'a [String; 2],
}

/// The surface as pixels, and the places of its upper left and lower right corner; `None` when its layer is off.
pub fn shade(ground: &Ground<'_>, frame: &Frame, ramp: &Ramp, raster: &mut Raster) -> Option<[Point; 2]> {
    let Ground { surface, threshold, layers, .. } = ground;
    if !layers.surface {
        return None;
    }
    ramp.paint(&surface.model, surface.nx, surface.ny, *threshold, raster);
    let Window { x0, y0, x1, y1 } = surface.window;
    Some([frame.canvas_from_data([x0, y1]), frame.canvas_from_data([x1, y0])])
}

/// The surface, and the axes.
pub fn paint_ground<P: Painter>(painter: &mut P, ground: &Ground<'_>, frame: &Frame, look: &Look) {
    let mut raster = Raster::default();
    if let Some([from, to]) = shade(ground, frame, &Ramp::new(look), &mut raster) {
        painter.raster(&raster, from, to);
    }
    paint_axes(painter, frame, look, ground.columns);
}

/// The level lines: Bayes dotted, pinned dashed, present solid. They lie over the points, on a band of paper, because
/// many points would bury them.
pub fn paint_lines<P: Painter>(painter: &mut P, ground: &Ground<'_>, frame: &Frame, look: &Look) {
    let Ground { fields, threshold, layers, .. } = ground;
    if layers.bayes {
        let stroke = Stroke { colour: look.ink, width: 1.6, dash: &[1.5, 4.0] };
        level_lines(painter, &fields.bayes, *threshold, frame, look, stroke);
    }
    if let Some((field, threshold)) = ground.pinned {
        let stroke = Stroke { colour: look.muted, width: 1.6, dash: &[6.0, 5.0] };
        level_lines(painter, field, threshold, frame, look, stroke);
    }
    let stroke = Stroke { colour: look.ink, width: 2.0, dash: &[] };
    level_lines(painter, &fields.model, *threshold, frame, look, stroke);
}

fn level_lines<P: Painter>(painter: &mut P, field: &Field, threshold: f64, frame: &Frame, look: &Look, stroke: Stroke) {
    let band = Stroke { colour: look.paper.with_alpha(0.45), width: stroke.width + 2.0, dash: &[] };
    for line in field.contour(threshold) {
        let points: Vec<Point> = line.points.iter().map(|&p| frame.canvas_from_data(p)).collect();
        let points = straighten(&points, UNSEEN);
        painter.line(&points, line.closed, band);
        painter.line(&points, line.closed, stroke);
    }
}

/// Groups of marks whose places are in data coordinates; what the frame does not show is left out.
pub fn paint_marks<P: Painter>(painter: &mut P, groups: &[Marks], frame: &Frame) {
    for group in groups {
        let places = group.at.iter().map(|&p| frame.canvas_from_data(p));
        let at: Vec<Point> = places.filter(|&p| frame.shows(p, group.radius + 4.0)).collect();
        if !at.is_empty() {
            painter.marks(&Marks { at, ..*group });
        }
    }
}

/// Rings (places in data coordinates) around the dots that `is_lit` names.
pub fn lit<'a>(scene: &Scene, look: &Look, dots: impl Iterator<Item = &'a super::Dot>) -> Vec<Marks> {
    let at: Vec<Point> = dots.map(|dot| dot.at).collect();
    let ring = |radius, colour, width| Marks {
        shape: Shape::Disc,
        radius,
        ink: Ink { fill: None, stroke: Some((colour, width)) },
        at: at.clone(),
    };
    let radius = 1.4 * scene.radius + 3.0;
    vec![ring(radius, look.paper.with_alpha(0.8), 4.0), ring(radius, look.ink, 1.8)]
}

/// Whether a dot is one of the rows that the confusion matrix counts.
pub fn is_tested(report: &Report, kind: Kind) -> bool {
    kind == Kind::Test || (kind == Kind::Train && unsplit(report))
}
