//! Drops points of a path that cannot be seen.
//!
//! On whole pixels, everything a path does inside one pixel column is the stretch between its lowest and its highest
//! point there. So of each run of points in one column the first, the extremes and the last are enough, and the
//! pixels covered stay the same: a path of 100,000 points becomes one of at most four per column.

use crate::base::Point;

/// At most so many points of a line become one stretch: bounds what is tried.
const LONGEST: usize = 24;

/// A path with the same pixels and few points.
///
/// ```
/// use imbalance_lab::figure::thin;
/// let path = [(0, 9), (1, 9), (1, 2), (1, 5), (1, 4), (2, 4)];
/// assert_eq!(thin(&path), [(0, 9), (1, 9), (1, 2), (1, 4), (2, 4)]);
/// ```
pub fn thin(path: &[(i32, i32)]) -> Vec<(i32, i32)> {
    let mut kept: Vec<(i32, i32)> = Vec::new();
    let mut start = 0;
    while start < path.len() {
        let column = path[start].0;
        let end = start + path[start..].iter().take_while(|point| point.0 == column).count();
        let run = &path[start..end];
        // Ties go to the first, so that the order of the two extremes is that of the path.
        let lowest = (0..run.len()).min_by_key(|&i| run[i].1).unwrap_or(0);
        let highest = (0..run.len()).rev().max_by_key(|&i| run[i].1).unwrap_or(0);
        let mut indices = [0, lowest.min(highest), lowest.max(highest), run.len() - 1];
        indices.sort_unstable();
        for index in indices {
            if kept.last() != Some(&run[index]) {
                kept.push(run[index]);
            }
        }
        start = end;
    }
    kept
}

/// A line on which no dropped point lies farther than `tolerance` from the stretch that replaces it: what a canvas or a
/// file has to draw of a level line is its bends. The ends are kept; points that are not finite too.
///
/// ```
/// use imbalance_lab::figure::straighten;
/// let line = [[0.0, 0.0], [1.0, 0.01], [2.0, 0.0], [3.0, 1.0], [4.0, 2.0]];
/// assert_eq!(straighten(&line, 0.1), [[0.0, 0.0], [2.0, 0.0], [4.0, 2.0]]);
/// ```
pub fn straighten(line: &[Point], tolerance: f64) -> Vec<Point> {
    let mut kept: Vec<Point> = line.first().into_iter().copied().collect();
    let mut from = 0;
    while from + 1 < line.len() {
        let reaches = |to: &usize| {
            let between = &line[from + 1..*to];
            between.iter().all(|&point| distance(point, line[from], line[*to]) <= tolerance)
        };
        let last = line.len().min(from + LONGEST + 1);
        let to = (from + 2..last).take_while(reaches).last().unwrap_or(from + 1);
        kept.push(line[to]);
        from = to;
    }
    kept
}

/// From a point to a stretch.
fn distance(p: Point, a: Point, b: Point) -> f64 {
    let (along, off) = ([b[0] - a[0], b[1] - a[1]], [p[0] - a[0], p[1] - a[1]]);
    let square = along[0] * along[0] + along[1] * along[1];
    let share = ((off[0] * along[0] + off[1] * along[1]) / square).clamp(0.0, 1.0);
    // Both ends in one place: any share is as good.
    let share = if share.is_finite() { share } else { 0.0 };
    let rest = [off[0] - share * along[0], off[1] - share * along[1]];
    (rest[0] * rest[0] + rest[1] * rest[1]).sqrt()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Pixels of vertical and horizontal lines.
    fn pixels(path: &[(i32, i32)]) -> BTreeSet<(i32, i32)> {
        let mut covered = BTreeSet::new();
        for pair in path.windows(2) {
            let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
            for x in x0.min(x1)..=x0.max(x1) {
                for y in y0.min(y1)..=y0.max(y1) {
                    covered.insert((x, y));
                }
            }
        }
        covered
    }

    /// A staircase whose heights come from a small congruential generator.
    fn staircase(n: i32, width: i32) -> Vec<(i32, i32)> {
        let mut state = 12_345_u32;
        let mut path = vec![(0, 0)];
        for i in 1..=n {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let y = (state >> 24) as i32;
            let (x, last) = (i * width / n, path[path.len() - 1].1);
            path.push((x, last));
            path.push((x, y));
        }
        path
    }

    #[test]
    fn a_thinned_staircase_covers_the_same_pixels() {
        for (n, width) in [(1, 10), (7, 100), (500, 120), (20_000, 150)] {
            let path = staircase(n, width);
            assert_eq!(pixels(&thin(&path)), pixels(&path), "{n} steps on {width} pixels");
        }
    }

    #[test]
    fn a_thinned_path_has_at_most_four_points_per_column() {
        let path = staircase(100_000, 200);
        assert!(thin(&path).len() <= 4 * 201);
    }

    #[test]
    fn ends_stay_and_nothing_comes_from_nothing() {
        let path = staircase(3_000, 40);
        let thinned = thin(&path);
        assert_eq!((thinned.first(), thinned.last()), (path.first(), path.last()));
        assert!(thin(&[]).is_empty());
        assert_eq!(thin(&[(3, 4)]), [(3, 4)]);
    }

    #[test]
    fn a_straightened_line_is_never_farther_off_than_allowed_and_keeps_its_ends() {
        for (turns, tolerance) in [(1.0, 0.15), (3.0, 0.15), (3.0, 1.0), (40.0, 0.15)] {
            let spiral: Vec<Point> = (0..600)
                .map(|i| {
                    let t = f64::from(i) / 600.0;
                    let (sin, cos) = (t * turns * std::f64::consts::TAU).sin_cos();
                    [300.0 * t * cos, 200.0 * t * sin]
                })
                .collect();
            let kept = straighten(&spiral, tolerance);
            assert_eq!((kept[0], kept[kept.len() - 1]), (spiral[0], spiral[599]));
            let at: Vec<usize> =
                kept.iter().map(|k| spiral.iter().position(|p| p == k).expect("a point of it")).collect();
            for pair in at.windows(2) {
                let (from, to) = (pair[0], pair[1]);
                assert!(from < to);
                for &point in &spiral[from..=to] {
                    assert!(distance(point, spiral[from], spiral[to]) <= tolerance);
                }
            }
        }
        let straight: Vec<Point> = (0..500).map(|i| [f64::from(i), 2.0 * f64::from(i)]).collect();
        assert_eq!(straighten(&straight, 0.15).len(), 1 + 499_usize.div_ceil(LONGEST));
    }

    #[test]
    fn lines_without_length_stay_what_they_are() {
        assert!(straighten(&[], 0.1).is_empty());
        assert_eq!(straighten(&[[1.0, 2.0]], 0.1), [[1.0, 2.0]]);
        assert_eq!(straighten(&[[1.0, 2.0]; 5], 0.1), [[1.0, 2.0]; 2]);
        let there_and_back = [[0.0, 0.0], [9.0, 0.0], [0.0, 0.0]];
        assert_eq!(straighten(&there_and_back, 0.1), there_and_back);
        let broken = straighten(&[[0.0, 0.0], [f64::NAN, 1.0], [2.0, 2.0]], 0.1);
        assert_eq!(broken.len(), 3, "a gap is kept");
    }
}
