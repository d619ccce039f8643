//! Where a point of the data stands on the canvas. One unit in x is as long as one unit in y: circles of neighbours
//! stay circles.

use crate::base::Point;
use crate::experiment::Window;

/// A view of the plane: canvas size in CSS pixels, what is in its middle, and how long a unit is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Frame {
    /// Width of the canvas.
    pub width: f64,
    /// Height of the canvas.
    pub height: f64,
    /// The point of the data in the middle.
    pub middle: Point,
    /// Pixels per unit, the same on both axes.
    pub unit: f64,
}

impl Frame {
    /// Shows all of `window` in the middle of a canvas. A window without extent, or not finite, shows a unit square
    /// around what of it is finite; a canvas without extent counts as one pixel.
    pub fn fit(window: Window, width: f64, height: f64) -> Frame {
        let (width, height) = (width.max(1.0), height.max(1.0));
        let span = |low: f64, high: f64| match (high - low).abs() {
            s if s.is_finite() && s > 1e-12 => s,
            _ => 1.0,
        };
        let mid = |low: f64, high: f64| Some((low + high) / 2.0).filter(|m| m.is_finite()).unwrap_or(0.0);
        let unit = (width / span(window.x0, window.x1)).min(height / span(window.y0, window.y1));
        Frame { width, height, middle: [mid(window.x0, window.x1), mid(window.y0, window.y1)], unit }
    }

    /// All that the canvas shows.
    pub fn visible(&self) -> Window {
        let [x0, y1] = self.data_from_canvas([0.0, 0.0]);
        let [x1, y0] = self.data_from_canvas([self.width, self.height]);
        Window { x0, y0, x1, y1 }
    }

    /// Pixels from the upper left corner.
    pub fn canvas_from_data(&self, p: Point) -> Point {
        [
            self.width / 2.0 + (p[0] - self.middle[0]) * self.unit,
            self.height / 2.0 - (p[1] - self.middle[1]) * self.unit,
        ]
    }

    /// The inverse of [`Frame::canvas_from_data`].
    pub fn data_from_canvas(&self, p: Point) -> Point {
        [
            self.middle[0] + (p[0] - self.width / 2.0) / self.unit,
            self.middle[1] - (p[1] - self.height / 2.0) / self.unit,
        ]
    }

    /// Moved with a pointer by this many pixels.
    pub fn panned(&self, dx: f64, dy: f64) -> Frame {
        let middle = [self.middle[0] - dx / self.unit, self.middle[1] + dy / self.unit];
        Frame { middle, ..*self }
    }

    /// Enlarged by `factor` around a place on the canvas that stays where it is. Stops where numbers would.
    pub fn zoomed(&self, around: Point, factor: f64) -> Frame {
        let unit = (self.unit * factor).clamp(1e-6, 1e9);
        if !unit.is_finite() {
            return *self;
        }
        let fixed = self.data_from_canvas(around);
        let zoomed = Frame { unit, ..*self };
        let moved = zoomed.canvas_from_data(fixed);
        zoomed.panned(around[0] - moved[0], around[1] - moved[1])
    }

    /// Whether a place on the canvas, with `margin` around it, can be seen.
    pub fn shows(&self, p: Point, margin: f64) -> bool {
        p[0] > -margin && p[1] > -margin && p[0] < self.width + margin && p[1] < self.height + margin
    }
}

/// The window that shows all points, with a margin of `margin` of the longer side; a unit square when there are none.
pub fn window_around(points: impl IntoIterator<Item = Point>, margin: f64) -> Window {
    let nowhere = Window { x0: f64::INFINITY, y0: f64::INFINITY, x1: f64::NEG_INFINITY, y1: f64::NEG_INFINITY };
    let box_ = points.into_iter().fold(nowhere, |w, p| Window {
        x0: w.x0.min(p[0]),
        y0: w.y0.min(p[1]),
        x1: w.x1.max(p[0]),
        y1: w.y1.max(p[1]),
    });
    if !(box_.x0 <= box_.x1 && box_.y0 <= box_.y1) {
        return Window { x0: -1.0, y0: -1.0, x1: 1.0, y1: 1.0 };
    }
    let longer = (box_.x1 - box_.x0).max(box_.y1 - box_.y0);
    let rim = if longer > 0.0 { margin * longer } else { 1.0 };
    Window { x0: box_.x0 - rim, y0: box_.y0 - rim, x1: box_.x1 + rim, y1: box_.y1 + rim }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDE: Window = Window { x0: -3.0, y0: -1.0, x1: 5.0, y1: 2.0 };

    #[test]
    fn a_unit_is_as_long_on_both_axes_and_the_window_is_inside() {
        for (w, h) in [(640.0, 480.0), (300.0, 900.0), (1.0, 1.0)] {
            let frame = Frame::fit(WIDE, w, h);
            let [o, x, y] = [[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]].map(|p| frame.canvas_from_data(p));
            assert!(((x[0] - o[0]) - (o[1] - y[1])).abs() < 1e-9);
            let seen = frame.visible();
            assert!(seen.x0 <= WIDE.x0 + 1e-9 && seen.x1 >= WIDE.x1 - 1e-9);
            assert!(seen.y0 <= WIDE.y0 + 1e-9 && seen.y1 >= WIDE.y1 - 1e-9);
        }
    }

    #[test]
    fn zooming_keeps_the_place_under_the_pointer() {
        let frame = Frame::fit(WIDE, 640.0, 480.0);
        let pointer = [100.0, 77.0];
        let before = frame.data_from_canvas(pointer);
        let after = frame.zoomed(pointer, 3.7).data_from_canvas(pointer);
        assert!((before[0] - after[0]).abs() < 1e-9 && (before[1] - after[1]).abs() < 1e-9);
        assert_eq!(frame.zoomed(pointer, f64::NAN), frame);
    }

    #[test]
    fn degenerate_windows_give_a_usable_frame() {
        let bad = [
            Window { x0: 1.0, y0: 1.0, x1: 1.0, y1: 1.0 },
            Window { x0: f64::NAN, y0: 0.0, x1: 1.0, y1: 1.0 },
            Window { x0: f64::NEG_INFINITY, y0: 0.0, x1: f64::INFINITY, y1: 1.0 },
        ];
        for window in bad {
            let frame = Frame::fit(window, 0.0, 300.0);
            let p = frame.canvas_from_data([1.0, 1.0]);
            assert!(p[0].is_finite() && p[1].is_finite() && frame.unit > 0.0, "{frame:?}");
        }
        let empty = window_around([], 0.1);
        assert!(empty.x0 < empty.x1);
        let one = window_around([[3.0, 4.0]], 0.1);
        assert!(one.x0 < 3.0 && one.x1 > 3.0);
    }
}
