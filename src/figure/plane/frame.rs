//! Where a point of the data stands on the canvas. One unit in x is as long as one unit in y, so that who looks near is
//! near; only where one axis spans so much more than the other that the picture would be a stripe
//! ([`Window::is_lopsided`]) each axis has its own scale, and the axes say so.

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
    /// Pixels per unit along x and along y; the same unless the window is lopsided.
    pub unit: Point,
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
        let filling = [width / span(window.x0, window.x1), height / span(window.y0, window.y1)];
        let unit = if window.is_lopsided() { filling } else { [filling[0].min(filling[1]); 2] };
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
            self.width / 2.0 + (p[0] - self.middle[0]) * self.unit[0],
            self.height / 2.0 - (p[1] - self.middle[1]) * self.unit[1],
        ]
    }

    /// The inverse of [`Frame::canvas_from_data`].
    pub fn data_from_canvas(&self, p: Point) -> Point {
        [
            self.middle[0] + (p[0] - self.width / 2.0) / self.unit[0],
            self.middle[1] - (p[1] - self.height / 2.0) / self.unit[1],
        ]
    }

    /// Moved with a pointer by this many pixels.
    pub fn panned(&self, dx: f64, dy: f64) -> Frame {
        let middle = [self.middle[0] - dx / self.unit[0], self.middle[1] + dy / self.unit[1]];
        Frame { middle, ..*self }
    }

    /// Enlarged by `factor` around a place on the canvas that stays where it is. Stops where numbers would.
    pub fn zoomed(&self, around: Point, factor: f64) -> Frame {
        let unit = self.unit.map(|unit| unit * factor);
        if !unit.iter().all(|unit| (1e-6..=1e9).contains(unit)) {
            return *self;
        }
        let fixed = self.data_from_canvas(around);
        let zoomed = Frame { unit, ..*self };
        let moved = zoomed.canvas_from_data(fixed);
        zoomed.panned(around[0] - moved[0], around[1] - moved[1])
    }

    /// Whether one unit is as long on both axes.
    pub fn is_to_scale(&self) -> bool {
        // Two quotients of the same lengths may differ in their last bits.
        (self.unit[0] / self.unit[1] - 1.0).abs() < 1e-9
    }

    /// What so many pixels are in units of the data, along x and along y.
    pub fn reach(&self, pixels: f64) -> Point {
        self.unit.map(|unit| pixels / unit)
    }

    /// Whether a place on the canvas, with `margin` around it, can be seen.
    pub fn shows(&self, p: Point, margin: f64) -> bool {
        p[0] > -margin && p[1] > -margin && p[0] < self.width + margin && p[1] < self.height + margin
    }
}

/// The window that shows all points, with a margin of `margin` of the longer side (of each side where they are too
/// unlike for one scale); a unit square when there are none.
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
    let sides = [box_.x1 - box_.x0, box_.y1 - box_.y0];
    let longer = sides[0].max(sides[1]);
    let rim = match (box_.is_lopsided(), longer > 0.0) {
        (true, _) => sides.map(|side| margin * side),
        (false, true) => [margin * longer; 2],
        (false, false) => [1.0; 2],
    };
    Window { x0: box_.x0 - rim[0], y0: box_.y0 - rim[1], x1: box_.x1 + rim[0], y1: box_.y1 + rim[1] }
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
    fn where_one_axis_dwarfs_the_other_both_fill_the_canvas_and_the_frame_says_so() {
        let points = [[-1.0, -2000.0], [2.0, 1500.0]];
        let window = window_around(points, 0.1);
        let frame = Frame::fit(window, 640.0, 480.0);
        assert!(window.is_lopsided() && !frame.is_to_scale());
        let [[left, low], [right, high]] = points.map(|p| frame.canvas_from_data(p));
        let rim = 0.1 / 1.2;
        for (at, wanted) in [(left, 640.0 * rim), (right, 640.0 * (1.0 - rim)), (high, 480.0 * rim)] {
            assert!((at - wanted).abs() < 1e-9, "{at} {wanted}");
        }
        assert!((low - 480.0 * (1.0 - rim)).abs() < 1e-9);
        // What is seen of it gives the same frame again, zoomed and moved as well.
        for frame in [frame, frame.zoomed([10.0, 20.0], 3.0).panned(5.0, -7.0)] {
            let again = Frame::fit(frame.visible(), 640.0, 480.0);
            assert!(
                (again.unit[0] / frame.unit[0] - 1.0).abs() < 1e-9
                    && (again.unit[1] / frame.unit[1] - 1.0).abs() < 1e-9
            );
        }
        assert_eq!(frame.reach(frame.unit[0])[0], 1.0);
        let milder = Frame::fit(window_around([[-1.0, -8.0], [2.0, 8.0]], 0.1), 640.0, 480.0);
        assert!(milder.is_to_scale());
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
            assert!(p[0].is_finite() && p[1].is_finite() && frame.unit.iter().all(|&unit| unit > 0.0), "{frame:?}");
        }
        let empty = window_around([], 0.1);
        assert!(empty.x0 < empty.x1);
        let one = window_around([[3.0, 4.0]], 0.1);
        assert!(one.x0 < 3.0 && one.x1 > 3.0);
    }
}
