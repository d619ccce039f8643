//! Which dot is under the pointer: a grid of buckets over the dots, so that a move of the pointer looks at a handful.

use super::scene::Dot;
use crate::base::Point;

/// Dots per bucket, on average.
const PER_BUCKET: usize = 4;

/// An index over the dots of a scene; its answers are positions in that list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HitGrid {
    low: Point,
    cell: f64,
    nx: usize,
    ny: usize,
    /// Where each bucket begins in `members`; one more at the end.
    starts: Vec<u32>,
    members: Vec<u32>,
}

impl HitGrid {
    /// Sorts the dots into buckets.
    pub fn new(dots: &[Dot]) -> HitGrid {
        let finite = |dot: &&Dot| dot.at.iter().all(|v| v.is_finite());
        let window = super::window_around(dots.iter().filter(finite).map(|dot| dot.at), 0.001);
        let (width, height) = (window.x1 - window.x0, window.y1 - window.y0);
        let buckets = (dots.len() / PER_BUCKET).max(1) as f64;
        let cell = (width * height / buckets).sqrt().max(width.max(height) / 1024.0);
        let side = |extent: f64| (extent / cell).ceil().clamp(1.0, 4096.0) as usize;
        let (nx, ny) = (side(width), side(height));
        let mut grid =
            HitGrid { low: [window.x0, window.y0], cell, nx, ny, starts: vec![0; nx * ny + 1], members: Vec::new() };
        let of: Vec<usize> = dots.iter().map(|dot| grid.bucket(dot.at)).collect();
        for &bucket in &of {
            grid.starts[bucket + 1] += 1;
        }
        for i in 1..grid.starts.len() {
            grid.starts[i] += grid.starts[i - 1];
        }
        grid.members = vec![0; dots.len()];
        let mut next = grid.starts.clone();
        for (i, &bucket) in of.iter().enumerate() {
            grid.members[next[bucket] as usize] = i as u32;
            next[bucket] += 1;
        }
        grid
    }

    /// The dot nearest to a place, measured on the canvas, at most `reach` away (the radius in data units along x and
    /// along y). Of equally near ones the topmost, which is the last.
    pub fn nearest(&self, dots: &[Dot], place: Point, reach: Point) -> Option<usize> {
        let mut best: Option<(f64, usize)> = None;
        self.around(place, reach, |i| {
            let Some(dot) = dots.get(i) else { return };
            let d = share(dot, place, reach);
            if d <= 1.0 && best.is_none_or(|(least, j)| d < least || (d == least && i > j)) {
                best = Some((d, i));
            }
        });
        best.map(|(_, i)| i)
    }

    /// All dots at most `reach` away from a place, in drawing order.
    pub fn within(&self, dots: &[Dot], place: Point, reach: Point) -> Vec<usize> {
        let mut found = Vec::new();
        self.around(place, reach, |i| {
            if dots.get(i).is_some_and(|dot| share(dot, place, reach) <= 1.0) {
                found.push(i);
            }
        });
        found.sort_unstable();
        found
    }

    fn around(&self, place: Point, reach: Point, mut visit: impl FnMut(usize)) {
        if self.members.is_empty() || !place.iter().all(|v| v.is_finite()) {
            return;
        }
        let [left, bottom] = self.column_row([place[0] - reach[0], place[1] - reach[1]]);
        let [right, top] = self.column_row([place[0] + reach[0], place[1] + reach[1]]);
        for row in bottom..=top {
            for bucket in row * self.nx + left..=row * self.nx + right {
                let members = self.starts[bucket] as usize..self.starts[bucket + 1] as usize;
                self.members[members].iter().for_each(|&i| visit(i as usize));
            }
        }
    }

    fn column_row(&self, p: Point) -> [usize; 2] {
        // `as` sends what is no number, and what is left of the grid, to 0.
        let index = |v: f64, low: f64, n: usize| (((v - low) / self.cell) as usize).min(n.saturating_sub(1));
        [index(p[0], self.low[0], self.nx), index(p[1], self.low[1], self.ny)]
    }

    fn bucket(&self, p: Point) -> usize {
        let [column, row] = self.column_row(p);
        row * self.nx + column
    }
}

/// How much of the reach it is to a dot: 1 on its rim.
fn share(dot: &Dot, place: Point, reach: Point) -> f64 {
    ((dot.at[0] - place[0]) / reach[0]).hypot((dot.at[1] - place[1]) / reach[1])
}

/// The dot to walk to from `from` in a direction (`[dx, dy]`, up is positive) on a canvas with so many pixels per
/// `unit`: the one that is least far off, where being off to the side counts double. `None`: nothing lies there.
pub fn next_in_direction(dots: &[Dot], from: Point, direction: Point, unit: Point) -> Option<usize> {
    let cost = |dot: &Dot| {
        let [dx, dy] = [(dot.at[0] - from[0]) * unit[0], (dot.at[1] - from[1]) * unit[1]];
        let ahead = dx * direction[0] + dy * direction[1];
        let aside = (dx * direction[1] - dy * direction[0]).abs();
        (ahead > 0.0 && ahead >= aside * 0.5).then_some(ahead + 2.0 * aside)
    };
    let costs = dots.iter().enumerate().filter_map(|(i, dot)| Some((cost(dot)?, i)));
    costs.min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, i)| i)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::plane::scene::Kind;

    fn dots(n: usize) -> Vec<Dot> {
        let mut state = 77_u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from(state >> 8) / f64::from(1 << 24)
        };
        (0..n)
            .map(|i| Dot {
                at: [next() * 7.0, next() - 3.0],
                class: 0,
                other: 0,
                kind: Kind::Train,
                row: Some(i as u32),
                pool: None,
            })
            .collect()
    }

    #[test]
    fn the_grid_finds_what_a_search_through_all_finds() {
        let dots = dots(900);
        let grid = HitGrid::new(&dots);
        for i in 0..300 {
            let place = [f64::from(i) * 0.03 - 1.0, (f64::from(i) * 0.7).sin() * 0.9 - 2.5];
            for reach in [[0.05; 2], [0.4; 2], [20.0; 2], [2.0, 0.02]] {
                let distance = |d: &Dot| ((d.at[0] - place[0]) / reach[0]).hypot((d.at[1] - place[1]) / reach[1]);
                let near: Vec<usize> = (0..900).filter(|&i| distance(&dots[i]) <= 1.0).collect();
                let best = near.iter().copied().min_by(|&a, &b| distance(&dots[a]).total_cmp(&distance(&dots[b])));
                assert_eq!(grid.nearest(&dots, place, reach), best);
                assert_eq!(grid.within(&dots, place, reach), near);
            }
        }
    }

    #[test]
    fn of_points_on_one_spot_the_topmost_is_hit_and_odd_input_hits_nothing() {
        let mut same = dots(3);
        same.iter_mut().for_each(|dot| dot.at = [1.0, 1.0]);
        let grid = HitGrid::new(&same);
        assert_eq!(grid.nearest(&same, [1.0, 1.0], [0.1; 2]), Some(2));
        assert_eq!(grid.nearest(&same, [f64::NAN, 1.0], [0.1; 2]), None);
        assert_eq!(HitGrid::new(&[]).nearest(&[], [0.0, 0.0], [1.0; 2]), None);
        assert_eq!(HitGrid::default().nearest(&same, [1.0, 1.0], [9.0; 2]), None);
        same[0].at = [f64::NAN, f64::INFINITY];
        assert_eq!(HitGrid::new(&same).nearest(&same, [1.0, 1.0], [0.1; 2]), Some(2));
    }

    #[test]
    fn walking_goes_to_the_next_point_in_the_direction() {
        let mut d = dots(4);
        for (dot, at) in d.iter_mut().zip([[0.0, 0.0], [1.0, 0.1], [0.9, 3.0], [-1.0, 0.0]]) {
            dot.at = at;
        }
        assert_eq!(next_in_direction(&d, [0.0, 0.0], [1.0, 0.0], [1.0, 1.0]), Some(1));
        assert_eq!(next_in_direction(&d, [0.0, 0.0], [0.0, 1.0], [1.0, 1.0]), Some(2));
        assert_eq!(next_in_direction(&d, [0.0, 0.0], [-1.0, 0.0], [1.0, 1.0]), Some(3));
        assert_eq!(next_in_direction(&d, [-1.0, 0.0], [-1.0, 0.0], [1.0, 1.0]), None);
        // Where a unit of y is hardly a pixel, all but the same height counts as beside.
        assert_eq!(next_in_direction(&d, [0.0, 0.0], [1.0, 0.0], [100.0, 0.1]), Some(2));
    }
}
