//! Drawing on top of the data: what a touch of the pencil, the brush or the eraser does to the edits.

use crate::base::{Class, Point};
use crate::dataset::Edits;

/// Pixels of brush per point it leaves.
const AREA_PER_POINT: f64 = 220.0;
/// So many points at most per touch of the brush.
const MOST: usize = 24;
/// The angle (in turns) that never repeats a direction: golden.
const GOLDEN_TURN: f64 = 0.381_966_011_250_105_1;

/// A point may be rounded to a power of ten within this many pixels.
const FINE: f64 = 0.25;
/// Powers of ten up to here are exact in a float.
const EXACT_POWERS: i32 = 22;

/// Adds a point where `unit` pixels are one unit of the data, on each axis: as few digits as place it without a
/// visible difference, because the link keeps them all.
pub fn add(edits: &mut Edits, at: Point, class: Class, unit: Point) {
    let rounded = [rounded(at[0], FINE / unit[0]), rounded(at[1], FINE / unit[1])];
    if rounded.iter().all(|v| v.is_finite()) {
        edits.added.push((rounded, class));
    }
}

/// The nearest multiple of the greatest power of ten up to `grain`.
fn rounded(v: f64, grain: f64) -> f64 {
    let power = grain.log10().floor().clamp(-f64::from(EXACT_POWERS), f64::from(EXACT_POWERS)) as i32;
    let ten = 10f64.powi(power.abs());
    // Divided by, not multiplied with a tenth, which no float is: 0.3 stays 0.3.
    if power < 0 { (v * ten).round() / ten } else { (v / ten).round() * ten }
}

/// Where one touch of a brush leaves points, in pixels: spread evenly over its disc; `touch` turns them, so that no
/// two touches look alike.
pub fn dab(middle: Point, radius: f64, touch: usize) -> Vec<Point> {
    let n = ((std::f64::consts::PI * radius * radius / AREA_PER_POINT) as usize).clamp(1, MOST);
    let place = |i: usize| {
        let r = if n == 1 { 0.0 } else { radius * ((i as f64 + 0.5) / n as f64).sqrt() };
        let turn = (i + 7 * touch) as f64 * GOLDEN_TURN * std::f64::consts::TAU;
        [middle[0] + r * turn.cos(), middle[1] + r * turn.sin()]
    };
    (0..n).map(place).collect()
}

/// Erases row `row` of data of `n_rows` rows that were made with the edits `shown`; `edits` may have gone further
/// since. Whether there was something to erase.
pub fn erase(edits: &mut Edits, shown: &Edits, n_rows: usize, row: usize) -> bool {
    let n_source = n_rows.saturating_sub(shown.added.len());
    if let Some(drawn) = row.checked_sub(n_source) {
        let found = shown.added.get(drawn).and_then(|point| edits.added.iter().rposition(|p| p == point));
        return found.map(|i| edits.added.remove(i)).is_some();
    }
    // The row's index in the source: rows erased before it have left gaps.
    let mut source = row as u32;
    for &gap in &shown.erased {
        if gap > source {
            break;
        }
        source += 1;
    }
    match edits.erased.binary_search(&source) {
        Ok(_) => false,
        Err(at) => {
            edits.erased.insert(at, source);
            true
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_kept_as_finely_as_they_can_be_seen_and_no_finer() {
        let mut edits = Edits::default();
        add(&mut edits, [0.123_456, -7.000_4], 1, [100.0; 2]);
        add(&mut edits, [f64::NAN, 0.0], 0, [100.0; 2]);
        // An axis in thousandths beside one in thousands.
        add(&mut edits, [0.003_532_17, 1234.567], 0, [20_000.0, 0.02]);
        add(&mut edits, [0.3, 123_456.0], 0, [7.0, 2e-5]);
        assert_eq!(edits.added, vec![([0.123, -7.0], 1), ([0.003_53, 1230.0], 0), ([0.3, 120_000.0], 0)]);
    }

    #[test]
    fn a_point_lands_within_a_pixel_of_the_click_at_every_zoom() {
        for power in -6..=9 {
            let unit = 3.7 * 10f64.powi(power);
            let mut edits = Edits::default();
            let at = [417.31 / unit, -283.77 / unit];
            add(&mut edits, at, 0, [unit; 2]);
            let (kept, _) = edits.added[0];
            assert!((kept[0] - at[0]).abs() * unit <= FINE && (kept[1] - at[1]).abs() * unit <= FINE, "{kept:?}");
            assert!(format!("{:e}", kept[0]).len() < "1.2345e-12".len() + 2, "{kept:?} has more digits than it needs");
        }
    }

    #[test]
    fn a_larger_brush_leaves_more_points_and_all_of_them_inside() {
        assert_eq!(dab([5.0, 6.0], 3.0, 4), vec![[5.0, 6.0]]);
        let small = dab([50.0, 60.0], 14.0, 0);
        let large = dab([50.0, 60.0], 28.0, 0);
        assert!(small.len() < large.len() && large.len() <= MOST);
        assert!(large.iter().all(|p| (p[0] - 50.0).hypot(p[1] - 60.0) <= 28.0));
        assert_ne!(small, dab([50.0, 60.0], 14.0, 1));
    }

    #[test]
    fn erasing_names_rows_of_the_source_and_takes_drawn_points_back() {
        // Source rows 0..6 without 1 and 3, then two drawn points: rows are [0, 2, 4, 5, a, b].
        let (a, b) = (([1.0, 1.0], 0), ([2.0, 2.0], 1));
        let shown = Edits { added: vec![a, b], erased: vec![1, 3] };
        let mut edits = shown.clone();
        assert!(erase(&mut edits, &shown, 6, 2));
        assert_eq!(edits.erased, vec![1, 3, 4]);
        assert!(!erase(&mut edits, &shown, 6, 2), "once is enough");
        assert!(erase(&mut edits, &shown, 6, 0));
        assert_eq!(edits.erased, vec![0, 1, 3, 4]);
        assert!(erase(&mut edits, &shown, 6, 4));
        assert_eq!(edits.added, vec![b]);
        assert!(erase(&mut edits, &shown, 6, 5), "found although its place has changed");
        assert!(edits.added.is_empty());
        assert!(!erase(&mut edits, &shown, 6, 5) && !erase(&mut edits, &shown, 6, 99));
    }
}
