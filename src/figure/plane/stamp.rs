//! Marks straight into pixels: for tens of thousands of them, where a canvas would spend its time in paths. One small
//! picture per look, blended at every place (to the nearest quarter of a pixel).

use imbalance_lab_loops::Stamp;

use super::look::Colour;
use super::painter::{Anchor, Ink, Marks, Painter, Shape, Stroke};
use super::raster::Raster;
use crate::base::Point;

/// Places within a pixel, per axis, that get a picture of their own.
const PHASES: usize = 4;
/// Samples per pixel and axis for smooth edges.
const SAMPLES: usize = 4;

/// Looks whose pictures are kept for the next sheet. A scene has a handful.
const KEPT: usize = 16;

/// A back end that only knows marks.
#[derive(Default)]
pub struct StampPainter {
    /// The pixels so far.
    pub raster: Raster,
    /// Device pixels per CSS pixel.
    ratio: f64,
    /// Pictures made so far, for the same ratio: the looks change less often than the places.
    sets: Vec<StampSet>,
}

/// The pictures of one look, one for each place within a pixel.
struct StampSet {
    shape: Shape,
    radius: f64,
    ink: Ink,
    stamps: Vec<Stamp>,
}

impl StampPainter {
    /// A clear sheet for a canvas of this size in CSS pixels.
    pub fn new(width: f64, height: f64, ratio: f64) -> StampPainter {
        let mut painter = StampPainter::default();
        painter.clear(width, height, ratio);
        painter
    }

    /// Another clear sheet; memory and pictures are used again.
    pub fn clear(&mut self, width: f64, height: f64, ratio: f64) {
        let side = |v: f64| (v * ratio).round().clamp(1.0, 16_384.0) as u32;
        let Raster { width: across, height: down, rgba } = &mut self.raster;
        (*across, *down) = (side(width), side(height));
        let bytes = 4 * *across as usize * *down as usize;
        // Filling and allocating clear at once; growing a vector goes byte by byte.
        if rgba.len() == bytes {
            rgba.fill(0);
        } else {
            *rgba = vec![0; bytes];
        }
        if self.ratio != ratio {
            (self.ratio, self.sets) = (ratio, Vec::new());
        }
    }

    /// The pictures for marks of this look.
    fn set_of(&mut self, marks: &Marks) -> StampSet {
        let is_it = |set: &StampSet| (set.shape, set.radius, set.ink) == (marks.shape, marks.radius, marks.ink);
        if let Some(at) = self.sets.iter().position(is_it) {
            return self.sets.remove(at);
        }
        let part = |n: usize| n as f64 / PHASES as f64;
        let stamp = |phase: usize| draw(marks, self.ratio, [part(phase % PHASES), part(phase / PHASES)]);
        let stamps = (0..PHASES * PHASES).map(stamp).collect();
        StampSet { shape: marks.shape, radius: marks.radius, ink: marks.ink, stamps }
    }
}

/// The picture of a mark; `phase` is the place of the middle within its pixel, in device pixels.
fn draw(marks: &Marks, ratio: f64, phase: Point) -> Stamp {
    let radius = marks.radius * ratio;
    let half_stroke = marks.ink.stroke.map_or(0.0, |(_, w)| w * ratio / 2.0);
    let reach = (radius + half_stroke).ceil().clamp(1.0, 64.0) as usize + 1;
    let side = 2 * reach + 1;
    let mut pixels = vec![[0; 4]; side * side];
    // Signed distance to the outline, negative inside.
    let edge_at = |x: f64, y: f64| match marks.shape {
        // Not `hypot`: nothing here overflows, and this runs for every sample.
        Shape::Disc => (x * x + y * y).sqrt() - radius,
        Shape::Diamond => (x.abs() + y.abs() - radius) * std::f64::consts::FRAC_1_SQRT_2,
        Shape::Slash if x.abs().max(y.abs()) <= radius => (x + y) * std::f64::consts::FRAC_1_SQRT_2,
        Shape::Square => x.abs().max(y.abs()) - radius,
        Shape::Cross if x.abs().max(y.abs()) <= radius => {
            (x + y).abs().min((x - y).abs()) * std::f64::consts::FRAC_1_SQRT_2
        }
        Shape::Plus if x.abs().max(y.abs()) <= radius => x.abs().min(y.abs()),
        Shape::Slash | Shape::Cross | Shape::Plus => f64::INFINITY,
    };
    let fill = marks.ink.fill.filter(|_| !matches!(marks.shape, Shape::Slash | Shape::Cross | Shape::Plus));
    for (i, pixel) in pixels.iter_mut().enumerate() {
        let place = |n: usize, sub: f64, phase: f64| n as f64 + sub - reach as f64 - phase;
        let sub = |n: usize| (n as f64 + 0.5) / SAMPLES as f64;
        let edge = edge_at(place(i % side, 0.5, phase[0]), place(i / side, 0.5, phase[1]));
        // Farther from the outline than a pixel's corner is from its middle, all samples are alike.
        let is_even = edge.is_finite() && edge.abs() > half_stroke + 0.75;
        let samples = if is_even { 1 } else { SAMPLES * SAMPLES };
        let mut sum = [0.0_f64; 4];
        for sample in 0..samples {
            let edge = if is_even {
                edge
            } else {
                edge_at(
                    place(i % side, sub(sample % SAMPLES), phase[0]),
                    place(i / side, sub(sample / SAMPLES), phase[1]),
                )
            };
            let colour = match marks.ink.stroke {
                Some((colour, _)) if edge.abs() <= half_stroke => Some(colour),
                _ => fill.filter(|_| edge < 0.0),
            };
            if let Some(Colour { rgb, alpha }) = colour {
                for (total, channel) in sum.iter_mut().zip(rgb) {
                    *total += f64::from(channel) * alpha;
                }
                sum[3] += alpha;
            }
        }
        if sum[3] > 0.0 {
            let [r, g, b] = [0, 1, 2].map(|channel| (sum[channel] / sum[3] + 0.5) as u8);
            *pixel = [r, g, b, (255.0 * sum[3] / samples as f64 + 0.5) as u8];
        }
    }
    Stamp::new(side, &pixels)
}

impl Painter for StampPainter {
    fn raster(&mut self, _: &Raster, _: Point, _: Point) {}

    fn marks(&mut self, marks: &Marks) {
        let set = self.set_of(marks);
        let places = imbalance_lab_loops::places(&marks.at, self.ratio * PHASES as f64);
        let Raster { width, rgba, .. } = &mut self.raster;
        imbalance_lab_loops::lay_all(&set.stamps, PHASES as i32, rgba, *width as usize, &places);
        // The look used last stands last; the one that was not used for longest goes first.
        if self.sets.len() == KEPT {
            self.sets.remove(0);
        }
        self.sets.push(set);
    }

    fn line(&mut self, _: &[Point], _: bool, _: Stroke) {}

    fn text(&mut self, _: &str, _: Point, _: Anchor, _: Colour) {}
}

#[cfg(test)]
mod tests {
    use plotters::style::RGBColor;

    use super::*;

    fn disc(at: Vec<Point>, radius: f64) -> Marks {
        let fill = Some(Colour { rgb: [0xdd, 0x6b, 0x10], alpha: 1.0 });
        Marks { shape: Shape::Disc, radius, ink: Ink { fill, stroke: None }, at }
    }

    #[test]
    fn a_stamped_disc_has_its_area_its_middle_and_its_colour() {
        for ratio in [1.0, 2.0] {
            let mut painter = StampPainter::new(40.0, 30.0, ratio);
            painter.marks(&disc(vec![[17.3, 11.9]], 4.0));
            let raster = &painter.raster;
            let (mut area, mut x, mut y) = (0.0, 0.0, 0.0);
            for (i, pixel) in raster.rgba.chunks_exact(4).enumerate() {
                let a = f64::from(pixel[3]) / 255.0;
                area += a;
                x += a * ((i % raster.width as usize) as f64 + 0.5);
                y += a * ((i / raster.width as usize) as f64 + 0.5);
                assert!(a < 0.9 || pixel[..3] == [0xdd, 0x6b, 0x10]);
            }
            let expected = std::f64::consts::PI * 16.0 * ratio * ratio;
            assert!((area / expected - 1.0).abs() < 0.02, "area {area}, expected {expected}");
            assert!((x / area / ratio - 17.3).abs() < 0.13 && (y / area / ratio - 11.9).abs() < 0.13);
        }
    }

    #[test]
    fn a_sheet_used_again_is_as_good_as_new() {
        let stroke = Some((Colour::of(RGBColor(0x2f, 0x6d, 0xb5)), 1.1));
        let ring = Ink { fill: None, stroke };
        let places: Vec<Point> = (0..60).map(|i| [f64::from(i) * 0.83 - 3.0, f64::from(i * i % 41)]).collect();
        let mut used = StampPainter::default();
        for (i, ratio) in [1.0, 1.0, 2.0, 1.0, 1.5].into_iter().enumerate() {
            let (width, height) = (30.0 + i as f64, 44.0 - i as f64);
            used.clear(width, height, ratio);
            let mut new = StampPainter::new(width, height, ratio);
            for radius in 1..=KEPT + 3 {
                for marks in [
                    disc(places.clone(), radius as f64 / 3.0),
                    Marks { shape: Shape::Diamond, radius: 4.0, ink: ring, at: places.clone() },
                ] {
                    used.marks(&marks);
                    new.marks(&marks);
                }
            }
            assert!(new.raster.rgba.iter().any(|&byte| byte > 0));
            assert_eq!(used.raster, new.raster, "sheet {i}");
        }
    }

    #[test]
    fn rings_are_hollow_and_marks_outside_are_left_out() {
        let mut painter = StampPainter::new(20.0, 20.0, 1.0);
        let stroke = Some((Colour { rgb: [0xff, 0, 0], alpha: 1.0 }, 1.5));
        let ring = |at| Marks { shape: Shape::Disc, radius: 5.0, ink: Ink { fill: None, stroke }, at };
        painter.marks(&ring(vec![[10.0, 10.0], [-300.0, 4.0], [1e30, 0.0], [f64::NAN, 3.0]]));
        let alpha = |x: usize, y: usize| painter.raster.rgba[4 * (y * 20 + x) + 3];
        assert_eq!(alpha(10, 10), 0);
        assert!(alpha(5, 10) > 120 || alpha(4, 10) > 120);
        let painted = painter.raster.rgba.chunks_exact(4).filter(|p| p[3] > 0).count();
        assert!(painted < 80, "{painted} pixels for one ring");
    }
}
