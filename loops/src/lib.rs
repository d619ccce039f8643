//! Loops over tens of thousands of pixels and numbers that run for every frame of a drag. They are a crate of their own
//! because the page is built to be small and these have to be fast: its profile names this crate
//! (`profile.page.package` in Cargo.toml). Nothing here knows what the pixels and numbers mean.

/// One little picture that is laid over a sheet many times.
#[derive(Clone, Debug)]
pub struct Stamp {
    side: usize,
    /// Its lines that are not clear from end to end.
    lines: Vec<Line>,
}

/// A line of a stamp, from the first of its pixels that is not clear to the last.
#[derive(Clone, Debug)]
struct Line {
    row: usize,
    from: usize,
    pixels: Vec<u32>,
}

/// Words below this have no alpha at all.
const CLEAR: u32 = 1 << 24;
/// Words from this on have all of it.
const SOLID: u32 = 255 << 24;

impl Stamp {
    /// A square picture of `side` pixels along each side: red, green, blue, alpha, not premultiplied. Lines that are
    /// missing are clear.
    pub fn new(side: usize, pixels: &[[u8; 4]]) -> Stamp {
        let pixels: Vec<u32> = pixels.iter().map(|&pixel| u32::from_le_bytes(pixel)).collect();
        let inked = |(row, line): (usize, &[u32])| {
            let is_inked = |&pixel: &u32| pixel >= CLEAR;
            let (from, last) = (line.iter().position(is_inked)?, line.iter().rposition(is_inked)?);
            Some(Line { row, from, pixels: line[from..=last].to_vec() })
        };
        Stamp { side, lines: pixels.chunks_exact(side.max(1)).enumerate().filter_map(inked).collect() }
    }

    /// Pixels along each side.
    pub fn side(&self) -> usize {
        self.side
    }

    /// Lays it over a sheet of `width` pixels across (four bytes each), its upper left corner at `left` and `top`; what
    /// is beside the sheet is cut off.
    pub fn lay(&self, sheet: &mut [u8], width: usize, left: i32, top: i32) {
        let (sheet, _) = sheet.as_chunks_mut::<4>();
        let (across, height) = (width as i32, sheet.len().checked_div(width).unwrap_or(0) as i32);
        let side = self.side as i32;
        if left >= 0 && top >= 0 && left <= across - side && top <= height - side {
            let corner = top as usize * width + left as usize;
            for Line { row, from, pixels } in &self.lines {
                let start = corner + row * width + from;
                lay_each(pixels, &mut sheet[start..start + pixels.len()]);
            }
            return;
        }
        for Line { row, from, pixels } in &self.lines {
            let (x, y) = (left + *from as i32, top + *row as i32);
            let [skip, end] = [-x, across - x].map(|at| at.clamp(0, pixels.len() as i32) as usize);
            if skip < end && (0..height).contains(&y) {
                let start = y as usize * width + (x + skip as i32) as usize;
                lay_each(&pixels[skip..end], &mut sheet[start..start + (end - skip)]);
            }
        }
    }
}

/// Where marks stand on a raster of `phases` places to a pixel and axis, `scale` places to a unit; marks that stand
/// absurdly far away, or nowhere, are left out.
pub fn places(points: &[[f64; 2]], scale: f64) -> Vec<[i32; 2]> {
    let place = |v: f64| (v * scale + 0.5).floor();
    let all = points.iter().map(|p| p.map(place));
    all.filter(|p| p.iter().all(|v| v.abs() < FAR)).map(|p| p.map(|v| v as i32)).collect()
}

/// Farther away than any sheet is wide.
const FAR: f64 = 1e9;

/// Lays stamps over a sheet, one at each of `places` in order: the one of `stamps` that stands for the place within its
/// pixel, of which there are `phases` by `phases`, row by row. Its middle is laid on the pixel. Places whose stamp is
/// missing stay as they are.
pub fn lay_all(stamps: &[Stamp], phases: i32, sheet: &mut [u8], width: usize, places: &[[i32; 2]]) {
    for &[x, y] in places {
        let phase = y.rem_euclid(phases) * phases + x.rem_euclid(phases);
        if let Some(stamp) = stamps.get(phase as usize) {
            let reach = (stamp.side / 2) as i32;
            stamp.lay(sheet, width, x.div_euclid(phases) - reach, y.div_euclid(phases) - reach);
        }
    }
}

/// Lays pixels over others of a line.
#[inline]
fn lay_each(line: &[u32], under: &mut [[u8; 4]]) {
    for (&over, under) in line.iter().zip(under) {
        // Most of a stamp is clear or solid, and most of it falls on nothing.
        let below = u32::from_le_bytes(*under);
        if over >= SOLID || (below < CLEAR && over >= CLEAR) {
            *under = over.to_le_bytes();
        } else if over >= CLEAR {
            blend(under, over.to_le_bytes());
        }
    }
}

/// Lays one pixel over another. The sheet keeps colours that are not premultiplied, as a canvas wants them back.
fn blend(under: &mut [u8; 4], over: [u8; 4]) {
    let (a, b) = (u32::from(over[3]), u32::from(under[3]));
    // Times 255.
    let alpha = 255 * a + b * (255 - a);
    // What the upper colour has of the sum, in parts of 65,536.
    let share = if b == 255 { (a * 0x1_0101) >> 8 } else { ((255 * a) << 16) / alpha };
    for (channel, over) in under.iter_mut().zip(&over[..3]) {
        let (below, above) = (i32::from(*channel), i32::from(*over));
        *channel = (below + (((above - below) * share as i32 + 0x8000) >> 16)) as u8;
    }
    under[3] = ((alpha + 127) / 255) as u8;
}

/// Colours scores from 0 to 1, row by row from the bottom, into a picture of the same size from the top: the middle of
/// `table` at `threshold`, its first entry at 0, its last at 1, and even steps between on either side.
pub fn shade(scores: &[f32], columns: usize, threshold: f32, table: &[[u8; 4]], picture: &mut [u8]) {
    let (Some(last), t) = (table.len().checked_sub(1), threshold) else { return };
    if columns == 0 {
        return;
    }
    let half = (last / 2) as f32;
    // At t = 0 nothing is below, at t = 1 only p = 1 is above: that side's factor is never multiplied by more than
    // nothing.
    let below = if t > 0.0 { half / t } else { 0.0 };
    let above = if t < 1.0 { half / (1.0 - t) } else { 0.0 };
    let (pixels, _) = picture.as_chunks_mut::<4>();
    for (line, pixels) in scores.chunks_exact(columns).zip(pixels.chunks_exact_mut(columns).rev()) {
        for (&p, pixel) in line.iter().zip(pixels) {
            let d = p - t;
            let strength = d * if d < 0.0 { below } else { above };
            // `as` maps what is no number to 0 and stops at the ends.
            let i = (half + strength + 0.5) as usize;
            *pixel = table[i.min(last)];
        }
    }
}

/// Numbers that stand in bytes one after the other, lowest byte first; bytes left over at the end are dropped.
pub fn f64s(bytes: &[u8]) -> Vec<f64> {
    bytes.as_chunks::<8>().0.iter().map(|&bytes| f64::from_le_bytes(bytes)).collect()
}

/// The same for pairs of numbers.
pub fn pairs(bytes: &[u8]) -> Vec<[f64; 2]> {
    let number = |pair: &[u8; 16], at: usize| f64::from_bits(u64::from_le_bytes(std::array::from_fn(|i| pair[at + i])));
    bytes.as_chunks::<16>().0.iter().map(|pair| [number(pair, 0), number(pair, 8)]).collect()
}

/// The same for short numbers.
pub fn f32s(bytes: &[u8]) -> Vec<f32> {
    bytes.as_chunks::<4>().0.iter().map(|&bytes| f32::from_le_bytes(bytes)).collect()
}

/// The same for whole numbers.
pub fn u32s(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks::<4>().0.iter().map(|&bytes| u32::from_le_bytes(bytes)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RED: [u8; 4] = [255, 0, 0, 255];
    const NOTHING: [u8; 4] = [0; 4];

    #[test]
    fn a_stamp_laid_in_runs_is_the_stamp_laid_pixel_by_pixel() {
        let mut state = 7_u32;
        let mut next = move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state >> 16
        };
        for _ in 0..500 {
            let side = 1 + next() as usize % 6;
            let alphas = [0, 0, 90, 255, 255, 255];
            let mut pixel = || [next() as u8, next() as u8, next() as u8, alphas[next() as usize % alphas.len()]];
            let pixels: Vec<[u8; 4]> = (0..side * side).map(|_| pixel()).collect();
            let mut sheet: Vec<u8> = (0..7 * 5).flat_map(|_| pixel()).collect();
            let (left, top) = ((next() % 16) as i32 - 7, (next() % 14) as i32 - 7);
            let mut expected = sheet.clone();
            for (i, over) in pixels.iter().enumerate() {
                let (x, y) = (left + (i % side) as i32, top + (i / side) as i32);
                if (0..7).contains(&x) && (0..5).contains(&y) {
                    let under = &mut expected.as_chunks_mut::<4>().0[(y * 7 + x) as usize];
                    match (over[3], under[3]) {
                        (0, _) => {}
                        (255, _) | (_, 0) => *under = *over,
                        _ => blend(under, *over),
                    }
                }
            }
            Stamp::new(side, &pixels).lay(&mut sheet, 7, left, top);
            assert_eq!(sheet, expected, "{side} {left} {top}");
        }
    }

    #[test]
    fn a_stamp_is_cut_off_where_the_sheet_ends() {
        let stamp = Stamp::new(2, &[RED, NOTHING, RED, RED]);
        for (left, top, expected) in [
            (0, 0, [1, 0, 0, 1, 1, 0]),
            (-1, 0, [0, 0, 0, 1, 0, 0]),
            (2, 1, [0, 0, 0, 0, 0, 1]),
            (0, -1, [1, 1, 0, 0, 0, 0]),
            (9, 9, [0; 6]),
        ] {
            let mut sheet = [0; 4 * 6];
            stamp.lay(&mut sheet, 3, left, top);
            let inked: Vec<u8> = sheet.chunks(4).map(|pixel| u8::from(pixel == RED)).collect();
            assert_eq!(inked, expected, "{left}, {top}");
        }
    }

    #[test]
    fn each_place_gets_the_stamp_of_its_part_of_the_pixel() {
        // Two parts to a pixel: one stamp for each, by its red; the last is missing.
        let stamps = [1, 2, 3].map(|red| Stamp::new(1, &[[red, 0, 0, 255]]));
        // Far and nowhere are left out; a half is rounded up.
        let at = [[0.0, 0.0], [1.5, 0.0], [0.0, 1.5], [2.5, 1.5], [f64::NAN, 0.0], [1e300, 0.0], [-1.0, 0.0]];
        let places = places(&at, 2.0);
        assert_eq!(places, [[0, 0], [3, 0], [0, 3], [5, 3], [-2, 0]]);
        let mut sheet = [0; 4 * 6];
        lay_all(&stamps, 2, &mut sheet, 3, &places);
        let reds: Vec<u8> = sheet.chunks(4).map(|pixel| pixel[0]).collect();
        assert_eq!(reds, [1, 2, 0, 3, 0, 0]);
    }

    #[test]
    fn what_shines_through_is_mixed_and_what_is_clear_leaves_alone() {
        let mut sheet = [0, 0, 200, 255];
        Stamp::new(1, &[[200, 0, 0, 128]]).lay(&mut sheet, 1, 0, 0);
        assert_eq!(sheet, [100, 0, 100, 255]);
        Stamp::new(1, &[[9, 9, 9, 0]]).lay(&mut sheet, 1, 0, 0);
        assert_eq!(sheet, [100, 0, 100, 255]);
        Stamp::new(1, &[RED]).lay(&mut [], 0, 0, 0);
    }

    #[test]
    fn mixtures_are_exact_to_the_last_digit() {
        let alphas = [1_u8, 2, 90, 128, 216, 254, 255];
        for (a, b) in alphas.iter().flat_map(|&a| alphas.map(|b| (a, b))) {
            for (over, under) in [(0, 255), (255, 0), (7, 200), (200, 7), (31, 31)] {
                let mut mixed = [under, 0, 0, b];
                blend(&mut mixed, [over, 0, 0, a]);
                let [a, b, over, under] = [a, b, over, under].map(f64::from);
                let alpha = a + b * (255.0 - a) / 255.0;
                let channel = under + (over - under) * a / alpha;
                assert!((f64::from(mixed[0]) - channel).abs() <= 0.51, "{over} on {under}: {mixed:?}, not {channel}");
                assert!((f64::from(mixed[3]) - alpha).abs() <= 0.51, "{a} on {b}: {mixed:?}, not {alpha}");
            }
        }
    }

    #[test]
    fn shades_run_from_end_to_end_of_the_table_and_lines_are_turned_over() {
        let table: Vec<[u8; 4]> = (0..=4).map(|i| [i; 4]).collect();
        let mut picture = [0; 4 * 4];
        shade(&[0.0, 0.2, 0.6, 1.0], 2, 0.2, &table, &mut picture);
        let shades: Vec<u8> = picture.chunks(4).map(|pixel| pixel[0]).collect();
        assert_eq!(shades, [3, 4, 0, 2]);
        shade(&[f32::NAN], 0, 0.5, &[], &mut picture);
    }

    #[test]
    fn numbers_are_read_as_they_were_written() {
        let bytes: Vec<u8> = [1.5, -0.25, 1e300].iter().flat_map(|v: &f64| v.to_le_bytes()).collect();
        assert_eq!(f64s(&bytes), [1.5, -0.25, 1e300]);
        assert_eq!(pairs(&bytes), [[1.5, -0.25]]);
        let bytes: Vec<u8> = [7_u32, u32::MAX].iter().flat_map(|v| v.to_le_bytes()).chain([1]).collect();
        assert_eq!(u32s(&bytes), [7, u32::MAX]);
        assert_eq!(f32s(&0.5_f32.to_le_bytes()), [0.5]);
    }
}
