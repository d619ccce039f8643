//! The frame of a chart: where the data range lies on the sheet, and back again for the pointer.

use super::sheet::Spot;

/// A rectangle of the sheet (CSS pixels) and the data range it shows.
///
/// ```
/// use imbalance_lab::figure::Frame;
/// let frame = Frame::new([10.0, 0.0], [110.0, 100.0], [0.0, 1.0], [0.0, 1.0]);
/// assert_eq!(frame.spot([0.5, 1.0]), [60.0, 0.0]);
/// assert_eq!(frame.data([60.0, 0.0]), [0.5, 1.0]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Upper left corner.
    pub from: Spot,
    /// Lower right corner.
    pub to: Spot,
    x: [f64; 2],
    y: [f64; 2],
}

impl Frame {
    /// The rectangle from `from` (upper left) to `to` (lower right) that shows `x[0]..x[1]` and, upwards, `y[0]..y[1]`.
    /// It is at least one pixel wide and high, however small the sheet.
    pub fn new(from: Spot, to: Spot, x: [f64; 2], y: [f64; 2]) -> Frame {
        Frame { from, to: [to[0].max(from[0] + 1.0), to[1].max(from[1] + 1.0)], x, y }
    }

    /// Width in CSS pixels.
    pub fn width(&self) -> f64 {
        self.to[0] - self.from[0]
    }

    /// Height in CSS pixels.
    pub fn height(&self) -> f64 {
        self.to[1] - self.from[1]
    }

    /// Where a point of the data lies on the sheet.
    pub fn spot(&self, [x, y]: [f64; 2]) -> Spot {
        [
            self.from[0] + (x - self.x[0]) / (self.x[1] - self.x[0]) * self.width(),
            self.to[1] - (y - self.y[0]) / (self.y[1] - self.y[0]) * self.height(),
        ]
    }

    /// Which point of the data lies at a spot of the sheet.
    pub fn data(&self, [left, top]: Spot) -> [f64; 2] {
        [
            self.x[0] + (left - self.from[0]) / self.width() * (self.x[1] - self.x[0]),
            self.y[0] + (self.to[1] - top) / self.height() * (self.y[1] - self.y[0]),
        ]
    }
}
