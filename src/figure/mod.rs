//! The drawing half: a report becomes a picture, the same on a canvas and as SVG text.

pub mod contour;
pub mod plane;
