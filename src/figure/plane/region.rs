//! A part of the plane that is asked about: its line, and how a drawn line becomes one.

use super::frame::Frame;
use super::look::Look;
use super::painter::{Painter, Stroke};
use crate::base::Point;
use crate::experiment::Region;

/// A drawn line may be so far from what it is simplified to, in pixels, at first.
const TOLERANCE: f64 = 1.5;

/// Draws the line of a region, closed.
pub fn paint_region<P: Painter>(painter: &mut P, region: &Region, frame: &Frame, look: &Look) {
    paint_outline(painter, region.corners().iter().map(|&corner| frame.canvas_from_data(corner)).collect(), true, look);
}

/// Draws a line through places of the canvas as that of a region.
pub fn paint_outline<P: Painter>(painter: &mut P, places: Vec<Point>, closed: bool, look: &Look) {
    painter.line(&places, closed, Stroke { colour: look.paper.with_alpha(0.8), width: 4.0, dash: &[] });
    painter.line(&places, closed, Stroke { colour: look.ink, width: 1.6, dash: &[4.0, 3.0] });
}

/// The region inside a line drawn on the canvas, with no more corners than its shape needs (Ramer 1972; Douglas and
/// Peucker 1973), rounded to what a pixel can show. `None` for a line without extent.
pub fn region_of(places: &[Point], frame: &Frame) -> Option<Region> {
    let mut tolerance = TOLERANCE;
    let mut corners = simplified(places, tolerance);
    while corners.len() > Region::CORNERS_AT_MOST {
        tolerance *= 1.5;
        corners = simplified(places, tolerance);
    }
    if corners.len() > 1 && corners.first() == corners.last() {
        corners.pop();
    }
    corners.dedup();
    // A tenth of a pixel, rounded to a power of ten: links stay short.
    let digits = frame.unit.map(|unit| 10_f64.powf((10.0 * unit).log10().ceil()));
    let rounded = |p: Point| [0, 1].map(|axis| (p[axis] * digits[axis]).round() / digits[axis]);
    let corners: Vec<Point> = corners.into_iter().map(|place| rounded(frame.data_from_canvas(place))).collect();
    let spans = |axis: usize| corners.iter().any(|corner| corner[axis] != corners[0][axis]);
    (!corners.is_empty() && spans(0) && spans(1)).then(|| Region::new(corners)).flatten()
}

/// The places of a line that the others are near to.
fn simplified(places: &[Point], tolerance: f64) -> Vec<Point> {
    let [first, .., last] = places else { return places.to_vec() };
    let far = places.iter().map(|&place| off(place, *first, *last)).enumerate().skip(1);
    // The first of equally far ones, so that a line has one answer.
    let farthest = far.fold((0, tolerance), |best, (at, off)| if off > best.1 { (at, off) } else { best }).0;
    if farthest == 0 {
        return vec![*first, *last];
    }
    let mut corners = simplified(&places[..=farthest], tolerance);
    corners.pop();
    corners.extend(simplified(&places[farthest..], tolerance));
    corners
}

/// How far a place is from the segment between two others.
fn off(place: Point, from: Point, to: Point) -> f64 {
    let (dx, dy) = (to[0] - from[0], to[1] - from[1]);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 { ((place[0] - from[0]) * dx + (place[1] - from[1]) * dy) / length } else { 0.0 };
    let along = along.clamp(0.0, 1.0);
    (place[0] - from[0] - along * dx).hypot(place[1] - from[1] - along * dy)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::Window;

    const FRAME: fn() -> Frame = || Frame::fit(Window { x0: -2.0, y0: -2.0, x1: 2.0, y1: 2.0 }, 400.0, 400.0);

    #[test]
    fn a_drawn_square_has_four_corners_where_they_were_drawn() {
        let side = |from: Point, to: Point| {
            (0..50).map(move |i| [0, 1].map(|axis| from[axis] + (to[axis] - from[axis]) * f64::from(i) / 50.0))
        };
        let corners = [[100.0, 100.0], [300.0, 100.0], [300.0, 300.0], [100.0, 300.0]];
        let drawn: Vec<Point> = (0..4).flat_map(|i| side(corners[i], corners[(i + 1) % 4])).collect();
        let region = region_of(&drawn, &FRAME()).unwrap();
        assert!(region.corners().len() <= 5, "{region:?}");
        for p in [[0.9, 0.9], [-0.9, 0.9], [0.0, -0.95]] {
            assert!(region.contains(p), "{p:?}");
        }
        assert!(!region.contains([1.1, 0.0]));
    }

    #[test]
    fn a_long_scribble_becomes_a_region_that_a_link_can_carry() {
        let scribble: Vec<Point> = (0..4000)
            .map(|i| {
                let a = f64::from(i) * 0.01;
                let r = 100.0 + 60.0 * (7.3 * a).sin();
                [200.0 + r * a.cos(), 200.0 + r * a.sin()]
            })
            .collect();
        let region = region_of(&scribble, &FRAME()).unwrap();
        assert!((3..=Region::CORNERS_AT_MOST).contains(&region.corners().len()));
        assert!(region.corners().iter().flatten().all(|v| format!("{v}").len() <= 7), "short numbers");
    }

    #[test]
    fn a_click_and_a_stroke_are_no_regions() {
        assert_eq!(region_of(&[[10.0, 10.0]], &FRAME()), None);
        assert_eq!(region_of(&[[10.0, 10.0], [90.0, 10.0], [20.0, 10.0]], &FRAME()), None);
        assert_eq!(region_of(&[], &FRAME()), None);
    }
}
