//! The decision surface as pixels: two hues, paler, that meet in the colour of the paper exactly at the threshold.
//!
//! With score `p` and threshold `t` the strength of the hue is `(t - p) / t` below and `(p - t) / (1 - t)` above, so
//! both hues are used whole wherever the threshold stands. The colours stand in a table, and a drag of the threshold
//! costs one multiplication per cell.

use super::look::{Colour, Look};

/// Strength of the hue where the model is certain: pale enough for points to stand out.
const DEPTH: f64 = 0.55;
/// Entries on each side of the paper.
const HALF: usize = 255;

/// Pixels, four bytes each, from the upper left corner row by row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Raster {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// Red, green, blue, alpha (not premultiplied).
    pub rgba: Vec<u8>,
}

/// The colours of one theme, from certain majority over the paper to certain minority.
#[derive(Clone, Debug)]
pub struct Ramp {
    table: Vec<[u8; 4]>,
}

impl Ramp {
    /// For a theme.
    pub fn new(look: &Look) -> Ramp {
        let entry = |i: usize| {
            let (hue, steps) = if i < HALF { (look.majority, HALF - i) } else { (look.minority, i - HALF) };
            let Colour { rgb: [r, g, b], .. } = look.paper.mix(hue, DEPTH * steps as f64 / HALF as f64);
            [r, g, b, 255]
        };
        Ramp { table: (0..=2 * HALF).map(entry).collect() }
    }

    /// The colour of score `p` at `threshold`.
    pub fn colour(&self, p: f64, threshold: f64) -> [u8; 4] {
        let mut pixel = Raster::default();
        self.paint(&[p as f32], 1, 1, threshold, &mut pixel);
        [pixel.rgba[0], pixel.rgba[1], pixel.rgba[2], pixel.rgba[3]]
    }

    /// Colours a grid (row by row from the lowest y up) into `raster`, whose memory is used again. Too few values for
    /// the size give an empty raster.
    #[inline(never)]
    pub fn paint(&self, scores: &[f32], nx: u32, ny: u32, threshold: f64, raster: &mut Raster) {
        let (cols, rows) = (nx as usize, ny as usize);
        raster.rgba.clear();
        if cols == 0 || rows == 0 || scores.len() < cols * rows {
            (raster.width, raster.height) = (0, 0);
            return;
        }
        (raster.width, raster.height) = (nx, ny);
        raster.rgba.resize(4 * cols * rows, 255);
        imbalance_lab_loops::shade(scores, cols, threshold.clamp(0.0, 1.0) as f32, &self.table, &mut raster.rgba);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rgb(colour: Colour) -> [u8; 4] {
        [colour.rgb[0], colour.rgb[1], colour.rgb[2], 255]
    }

    #[test]
    fn the_surface_is_paper_exactly_at_the_threshold_and_each_hue_on_its_side() {
        for look in [Look::LIGHT, Look::DARK] {
            let ramp = Ramp::new(&look);
            for t in [0.001, 0.05, 0.5, 0.83, 0.999] {
                assert_eq!(ramp.colour(t, t), rgb(look.paper), "threshold {t}");
                assert_eq!(ramp.colour(0.0, t), rgb(look.paper.mix(look.majority, DEPTH)));
                assert_eq!(ramp.colour(1.0, t), rgb(look.paper.mix(look.minority, DEPTH)));
                let [r, _, b, _] = ramp.colour(t / 2.0, t);
                let [pr, _, pb, _] = rgb(look.paper);
                assert!(i32::from(b) - i32::from(r) > i32::from(pb) - i32::from(pr), "bluer below {t}");
                let [r, _, b, _] = ramp.colour((1.0 + t) / 2.0, t);
                assert!(i32::from(b) - i32::from(r) < i32::from(pb) - i32::from(pr), "redder above {t}");
            }
        }
    }

    #[test]
    fn the_lowest_row_of_the_grid_is_the_last_of_the_picture() {
        let ramp = Ramp::new(&Look::LIGHT);
        let mut raster = Raster::default();
        ramp.paint(&[0.0, 0.0, 1.0, 1.0, 0.5, 0.5], 2, 3, 0.5, &mut raster);
        assert_eq!((raster.width, raster.height, raster.rgba.len()), (2, 3, 24));
        assert_eq!(raster.rgba[0..4], ramp.colour(0.5, 0.5));
        assert_eq!(raster.rgba[8..12], ramp.colour(1.0, 0.5));
        assert_eq!(raster.rgba[20..24], ramp.colour(0.0, 0.5));
    }

    #[test]
    fn odd_input_gives_odd_colours_but_never_a_panic() {
        let ramp = Ramp::new(&Look::LIGHT);
        for t in [0.0, 1.0, -3.0, 7.0, f64::NAN] {
            for p in [0.0, 1.0, -1.0, 2.0, f64::NAN, f64::INFINITY] {
                assert_eq!(ramp.colour(p, t)[3], 255);
            }
        }
        let mut raster = Raster { width: 9, height: 9, rgba: vec![1; 3] };
        ramp.paint(&[0.5], 3, 3, 0.5, &mut raster);
        assert_eq!(raster, Raster::default());
    }
}
