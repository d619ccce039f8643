//! Drops points of a path that cannot be seen.
//!
//! On whole pixels, everything a path does inside one pixel column is the stretch between its lowest and its highest
//! point there. So of each run of points in one column the first, the extremes and the last are enough, and the
//! pixels covered stay the same: a path of 100,000 points becomes one of at most four per column.

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
}
