//! The plane: points, decision surface, level lines and the step in focus, drawn by one code on every back end.
//!
//! [`Scene`] says what stands on the plane at a position of the stepper, [`Fields`] where the level lines may run,
//! [`Frame`] where a point of the data lies on the canvas; [`paint_ground`], [`paint_marks`], [`paint_lines`] and [`Focus::paint`] draw
//! them on any [`Painter`]. [`svg()`] is all of it as one file.
//!
//! Hue is the true class, background the prediction, outline an error. Kinds differ by shape, never by hue alone:
//! training rows are discs, test rows diamonds, generated rows hollow rings, removed rows ghosts with a stroke through.

mod axes;
mod describe;
mod focus;
mod found;
mod frame;
mod ghosts;
mod hardness;
mod hit;
mod look;
mod paint;
mod painter;
mod png;
mod raster;
mod region;
mod relatives;
mod scene;
mod stamp;
mod svg;
#[cfg(test)]
mod tests;
mod thumbnail;

pub use axes::paint_axes;
pub use describe::{Card, card, decimals, number, sketch_card, summary, table_row};
pub use focus::Focus;
pub use frame::{Frame, window_around};
pub use ghosts::Ghosts;
pub use hardness::{hardness_counts, hardness_marks};
pub use hit::{HitGrid, next_in_direction};
pub use look::{Colour, Look};
pub use paint::{Fields, Ground, is_tested, lit, paint_ground, paint_lines, paint_marks, shade};
pub use painter::{Anchor, Ink, Marks, Painter, Shape, Stroke};
pub use png::png;
pub use raster::{Ramp, Raster};
pub use region::{paint_outline, paint_region, region_of};
pub use relatives::Relatives;
pub use scene::{Counts, Dot, Kind, Scene, pool_point};
pub use stamp::StampPainter;
pub use svg::svg;
pub use thumbnail::{THUMBNAIL, thumbnail_svg};
