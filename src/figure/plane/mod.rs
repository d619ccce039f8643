//! The plane: points, decision surface, level lines and the step in focus, drawn by one code on every back end.

mod frame;
mod look;
mod painter;
mod png;
mod raster;
mod stamp;

pub use frame::{Frame, window_around};
pub use look::{Colour, Look};
pub use painter::{Anchor, Ink, Marks, Painter, Shape, Stroke};
pub use png::png;
pub use raster::{Ramp, Raster};
pub use stamp::StampPainter;
