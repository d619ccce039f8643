//! What every back end of the plane can draw: rasters, marks, lines, words. The drawing code is written once on top.

use super::look::Colour;
use super::raster::Raster;
use crate::base::Point;

/// The form of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Training and generated rows.
    Disc,
    /// Test rows.
    Diamond,
    /// The stroke through what was removed.
    Slash,
    /// Mixed rows, and around rows that were found to be in danger.
    Square,
    /// Two strokes across: rows found to be noise.
    Cross,
    /// Centres of clusters.
    Plus,
}

/// How a mark is filled and outlined.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ink {
    /// Its inside.
    pub fill: Option<Colour>,
    /// Its outline, with the width.
    pub stroke: Option<(Colour, f64)>,
}

/// Many marks that look alike, drawn in one go.
#[derive(Clone, Debug, PartialEq)]
pub struct Marks {
    /// Their form.
    pub shape: Shape,
    /// Half their width, in pixels.
    pub radius: f64,
    /// Their colours.
    pub ink: Ink,
    /// Their middles.
    pub at: Vec<Point>,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub colour: Colour,
    /// Its width, in pixels.
    pub width: f64,
    /// Lengths of dashes and gaps; empty: solid.
    pub dash: &'static [f64],
}

/// Which point of a text stands at the given place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

/// A back end. All places are in CSS pixels from the upper left corner.
pub trait Painter {
    /// A raster stretched, with smoothing, over the rectangle from `top_left` to `bottom_right`.
    fn raster(&mut self, raster: &Raster, top_left: Point, bottom_right: Point);
    /// Marks that look alike.
    fn marks(&mut self, marks: &Marks);
    /// A line through points.
    fn line(&mut self, points: &[Point], closed: bool, stroke: Stroke);
    /// A word, its baseline at the given place.
    fn text(&mut self, text: &str, at: Point, anchor: Anchor, colour: Colour);
}
