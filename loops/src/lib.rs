//! Loops over tens of thousands of pixels and numbers that run for every frame of a drag. They are a crate of their own
//! because the page is built to be small and these have to be fast: its profile names this crate
//! (`profile.page.package` in Cargo.toml). Nothing here knows what the pixels and numbers mean.

/// One little picture that is laid over a sheet many times.
#[derive(Clone, Debug)]
pub struct Stamp {
    side: usize,
    pixels: Vec<u32>,
    /// Where each line of it begins to be anything but clear, where its longest solid run begins and ends, and where it
    /// ends to be anything but clear.
    inked: Vec<[usize; 4]>,
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
        let inked = pixels.chunks_exact(side.max(1)).map(|line| {
            let Some(first) = line.iter().position(|&pixel| pixel >= CLEAR) else { return [0; 4] };
            let last = line.iter().rposition(|&pixel| pixel >= CLEAR).unwrap_or(first) + 1;
            let (mut run, mut best) = (0, (first, first));
            for (i, &pixel) in line.iter().enumerate() {
                run = if pixel >= SOLID { run + 1 } else { 0 };
                if run > best.1 - best.0 {
                    best = (i + 1 - run, i + 1);
                }
            }
            [first, best.0, best.1, last]
        });
        Stamp { side, inked: inked.collect(), pixels }
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
        let is_inside = left >= 0 && top >= 0 && left <= across - side && top <= height - side;
        for ((row, line), &inked) in (0..).zip(self.pixels.chunks_exact(self.side)).zip(&self.inked) {
            let [mut from, mut solid, mut end, mut to] = inked;
            let y = top + row;
            if !is_inside {
                [from, solid, end, to] =
                    inked.map(|x| (x as i32).clamp(-left, (across - left).max(-left))).map(|x| x as usize);
                if y < 0 || y >= height {
                    continue;
                }
            }
            if from >= to {
                continue;
            }
            let start = y as usize * width;
            let place = |x: usize| (start + x).wrapping_add_signed(left as isize);
            let under = &mut sheet[place(from)..place(to)];
            let line = &line[from..to];
            lay_each(&line[..solid - from], &mut under[..solid - from]);
            for (&over, under) in line[solid - from..end - from].iter().zip(&mut under[solid - from..end - from]) {
                *under = over.to_le_bytes();
            }
            lay_each(&line[end - from..], &mut under[end - from..]);
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
/// pixel, of which there are `phases` by `phases`, row by row. Its middle is laid on the pixel.
pub fn lay_all(stamps: &[Option<Stamp>], phases: i32, sheet: &mut [u8], width: usize, places: &[[i32; 2]]) {
    for &[x, y] in places {
        let phase = y.rem_euclid(phases) * phases + x.rem_euclid(phases);
        if let Some(Some(stamp)) = stamps.get(phase as usize) {
            let reach = (stamp.side / 2) as i32;
            stamp.lay(sheet, width, x.div_euclid(phases) - reach, y.div_euclid(phases) - reach);
        }
    }
}

/// Lays pixels over others of a line.
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
    // Alphas are kept as they stand in the pixels, times 255: one division is enough for all channels.
    let a = 255.0 * f32::from(over[3]);
    let rest = f32::from(under[3]) * (255.0 - f32::from(over[3]));
    let share = a / (a + rest);
    for (channel, over) in under.iter_mut().zip(&over[..3]) {
        *channel = (f32::from(*channel) + (f32::from(*over) - f32::from(*channel)) * share + 0.5) as u8;
    }
    under[3] = ((a + rest) * (1.0 / 255.0) + 0.5) as u8;
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
        // Two parts to a pixel: one stamp for each, by its red; one is missing.
        let stamp = |red| Some(Stamp::new(1, &[[red, 0, 0, 255]]));
        let stamps = [stamp(1), stamp(2), None, stamp(4)];
        // Far and nowhere are left out; a half is rounded up.
        let at = [[0.0, 0.0], [1.5, 0.0], [0.0, 1.5], [2.5, 1.5], [f64::NAN, 0.0], [1e300, 0.0], [-1.0, 0.0]];
        let places = places(&at, 2.0);
        assert_eq!(places, [[0, 0], [3, 0], [0, 3], [5, 3], [-2, 0]]);
        let mut sheet = [0; 4 * 6];
        lay_all(&stamps, 2, &mut sheet, 3, &places);
        let reds: Vec<u8> = sheet.chunks(4).map(|pixel| pixel[0]).collect();
        assert_eq!(reds, [1, 2, 0, 0, 0, 4]);
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
