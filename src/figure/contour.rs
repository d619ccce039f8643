//! Level lines of a scored grid: where the score crosses the present threshold.
//!
//! Marching squares (Lorensen and Cline 1987, in the plane) on the cell centres. Crossings are placed by linear
//! interpolation of the *log-odds* `ln(p / (1 - p))`, not of the probability: a logistic model is a polynomial in
//! log-odds but saturates in probability, where a straight boundary would come out as stairs. Log-odds further than
//! [`LOG_ODDS_REACH`] from the level count as that far, so that a saturated cell (p = 0 or 1 after rounding) still has
//! a finite place.
//!
//! A cell with two opposite corners inside is a saddle: its lines are joined as the hyperbolas of the bilinear
//! interpolant run (Nielson and Hamann's asymptotic decider, 1991), so lines never cross.
//!
//! The grid is padded by half a cell on each side (linear extrapolation), because lines should reach the edge of the
//! picture and centres do not.
//!
//! ```
//! use imbalance_lab::experiment::Window;
//! use imbalance_lab::figure::contour::Field;
//! let window = Window { x0: 0.0, y0: 0.0, x1: 4.0, y1: 1.0 };
//! let field = Field::new(&[0.1, 0.2, 0.8, 0.9], 4, 1, window);
//! let lines = field.contour(0.5);
//! assert_eq!(lines.len(), 1);
//! assert!(lines[0].points.iter().all(|p| (p[0] - 2.0).abs() < 1e-6));
//! ```

use crate::base::Point;
use crate::experiment::Window;

/// Log-odds beyond this distance from the level count as this far: a probability stored as `f32` saturates there.
pub const LOG_ODDS_REACH: f64 = 16.0;

/// A line through points in data coordinates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Polyline {
    /// Its points, in order.
    pub points: Vec<Point>,
    /// Whether the last point is joined to the first (which is not repeated).
    pub closed: bool,
}

/// A scored grid, ready for level lines at any threshold. Log-odds are taken where a line runs, not everywhere.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Field {
    /// Columns, padding included.
    nx: usize,
    /// Rows, padding included.
    ny: usize,
    /// Where each column stands.
    x: Vec<f64>,
    /// Where each row stands.
    y: Vec<f64>,
    /// Row by row from the lowest y up, without the padding.
    probability: Vec<f32>,
    /// Log-odds of the padding, at the places of the padded grid; nothing inside.
    padding: Vec<f64>,
}

const NONE: u32 = u32::MAX;
/// Below the log-odds of the smallest positive `f32`.
const LOWEST: f64 = -104.0;
/// Above the log-odds of the largest `f32` under 1.
const HIGHEST: f64 = 17.5;

impl Field {
    /// From probabilities on cell centres, row by row from the lowest y up. A grid with too few values for its size,
    /// or without cells, is an empty field.
    pub fn new(probability: &[f32], nx: u32, ny: u32, window: Window) -> Field {
        let (cols, rows) = (nx as usize, ny as usize);
        if cols == 0 || rows == 0 || probability.len() < cols * rows {
            return Field::default();
        }
        let (nx, ny) = (cols + 2, rows + 2);
        let mut field = Field {
            nx,
            ny,
            x: ticks(window.x0, window.x1, cols),
            y: ticks(window.y0, window.y1, rows),
            probability: probability[..cols * rows].to_vec(),
            padding: vec![0.0; nx * ny],
        };
        for first in (nx..).step_by(nx).take(rows) {
            let at = |col: usize| field.log_odds(first + col);
            let ends = [edge(at(1), at(2.min(cols))), edge(at(cols), at((cols - 1).max(1)))];
            [field.padding[first], field.padding[first + cols + 1]] = ends;
        }
        for col in 0..nx {
            let at = |row: usize| field.log_odds(row * nx + col);
            let ends = [edge(at(1), at(2.min(rows))), edge(at(rows), at((rows - 1).max(1)))];
            [field.padding[col], field.padding[(rows + 1) * nx + col]] = ends;
        }
        field
    }

    /// The probability at a node, or none in the padding.
    fn probability(&self, node: usize) -> Option<f64> {
        let (col, row) = (node % self.nx, node / self.nx);
        let is_inside = (1..self.nx - 1).contains(&col) && (1..self.ny - 1).contains(&row);
        is_inside.then(|| f64::from(self.probability[(row - 1) * (self.nx - 2) + col - 1]))
    }

    /// Log-odds at a node.
    fn log_odds(&self, node: usize) -> f64 {
        self.probability(node).map_or_else(|| self.padding[node], log_odds)
    }

    /// The lines on which the probability is `threshold`. None when it is not inside (0, 1).
    pub fn contour(&self, threshold: f64) -> Vec<Polyline> {
        if self.nx < 2 || !(threshold > 0.0 && threshold < 1.0) {
            return Vec::new();
        }
        let level = log_odds(threshold);
        let is_inside = |node| match self.probability(node) {
            Some(p) => p >= threshold,
            None => self.padding[node] >= level,
        };
        let inside: Vec<bool> = (0..self.nx * self.ny).map(is_inside).collect();
        // Edges are numbered: 2 * node for the edge to the right of a node, 2 * node + 1 for the edge above it.
        let mut links = vec![[NONE; 2]; 2 * self.nx * self.ny];
        let mut crossed = Vec::new();
        let mut join = |a: usize, b: usize| {
            for (from, to) in [(a, b), (b, a)] {
                let slot = &mut links[from];
                if slot[0] == NONE {
                    slot[0] = to as u32;
                    crossed.push(from as u32);
                } else {
                    slot[1] = to as u32;
                }
            }
        };
        for row in 0..self.ny - 1 {
            for col in 0..self.nx - 1 {
                let node = row * self.nx + col;
                let corner = [node, node + 1, node + self.nx + 1, node + self.nx];
                let case = (0..4).fold(0, |bits, i| bits | usize::from(inside[corner[i]]) << i);
                if case == 0 || case == 15 {
                    continue;
                }
                let [bottom, right, top, left] = [2 * node, 2 * (node + 1) + 1, 2 * (node + self.nx), 2 * node + 1];
                match case {
                    1 | 14 => join(left, bottom),
                    2 | 13 => join(bottom, right),
                    3 | 12 => join(left, right),
                    4 | 11 => join(right, top),
                    6 | 9 => join(bottom, top),
                    7 | 8 => join(left, top),
                    _ => {
                        let d = corner.map(|n| self.above(n, level));
                        let saddle = d[0] * d[2] - d[1] * d[3];
                        // The saddle value's sign is that of this product over d0 + d2 - d1 - d3, which is positive
                        // when corners 0 and 2 are the inside ones and negative when they are not.
                        let middle_inside = if case == 5 { saddle >= 0.0 } else { saddle <= 0.0 };
                        if (case == 5) == middle_inside {
                            join(left, top);
                            join(bottom, right);
                        } else {
                            join(left, bottom);
                            join(right, top);
                        }
                    }
                }
            }
        }
        self.trace(&links, &crossed, level)
    }

    /// Follows the links, open lines first (they start at an edge with one link).
    #[inline(never)]
    fn trace(&self, links: &[[u32; 2]], crossed: &[u32], level: f64) -> Vec<Polyline> {
        let mut seen = vec![false; links.len()];
        let mut lines = Vec::new();
        for closed in [false, true] {
            for &start in crossed {
                if seen[start as usize] || (!closed && links[start as usize][1] != NONE) {
                    continue;
                }
                let mut points = Vec::new();
                let mut at = start;
                while at != NONE && !seen[at as usize] {
                    seen[at as usize] = true;
                    let point = self.crossing(at as usize, level);
                    if points.last() != Some(&point) {
                        points.push(point);
                    }
                    let [a, b] = links[at as usize];
                    at = if a != NONE && !seen[a as usize] { a } else { b };
                }
                lines.push(Polyline { points, closed });
            }
        }
        lines
    }

    /// The probability at a place of the picture, as the level lines run: log-odds in between are bilinear. `None`
    /// beside the picture.
    pub fn probability_at(&self, place: Point) -> Option<f64> {
        let log_odds = self.bilinear(place)?[0];
        Some(1.0 / (1.0 + (-log_odds).exp()))
    }

    /// Roughly how far `place` is from the level line of `threshold`, in pixels, where a unit along x and along y is
    /// `unit` pixels long: how far its log-odds are from the level, over how fast they change. `None` beside the
    /// picture, on flat ground, and where there is no such line.
    pub fn pixels_from_line(&self, place: Point, threshold: f64, unit: Point) -> Option<f64> {
        let [log_odds, dx, dy] = self.bilinear(place)?;
        let slope = (dx / unit[0]).hypot(dy / unit[1]);
        let off = (log_odds - self::log_odds(threshold)).abs() / slope;
        Some(off).filter(|off| off.is_finite() && threshold > 0.0 && threshold < 1.0)
    }

    /// Log-odds at a place and their slopes along x and along y, per unit of the data.
    fn bilinear(&self, [x, y]: Point) -> Option<[f64; 3]> {
        let cell = |ticks: &[f64], v: f64| {
            let inside = ticks.first()? <= &v && &v <= ticks.last()?;
            let at = ticks.partition_point(|tick| *tick <= v).clamp(1, ticks.len() - 1) - 1;
            let length = ticks[at + 1] - ticks[at];
            (inside && length > 0.0).then_some((at, (v - ticks[at]) / length, length))
        };
        let ((col, across, width), (row, up, height)) = (cell(&self.x, x)?, cell(&self.y, y)?);
        let node = row * self.nx + col;
        let [a, b, c, d] = [node, node + 1, node + self.nx, node + self.nx + 1].map(|node| self.log_odds(node));
        let (low, high) = (a + across * (b - a), c + across * (d - c));
        let along = (b - a) + up * ((d - c) - (b - a));
        Some([low + up * (high - low), along / width, (high - low) / height])
    }

    /// How far a node is above the level, within reach.
    fn above(&self, node: usize, level: f64) -> f64 {
        (self.log_odds(node) - level).clamp(-LOG_ODDS_REACH, LOG_ODDS_REACH)
    }

    /// Where the level is crossed on an edge.
    fn crossing(&self, edge: usize, level: f64) -> Point {
        let node = edge / 2;
        let other = if edge.is_multiple_of(2) { node + 1 } else { node + self.nx };
        let (a, b) = (self.above(node, level), self.above(other, level));
        let part = if a == b { 0.5 } else { (a / (a - b)).clamp(0.0, 1.0) };
        let place = |n: usize| [self.x[n % self.nx], self.y[n / self.nx]];
        let (p, q) = (place(node), place(other));
        [p[0] + part * (q[0] - p[0]), p[1] + part * (q[1] - p[1])]
    }
}

/// `ln(p / (1 - p))`, within what an `f32` can tell apart from 0 and from 1; what is no number counts as impossible.
fn log_odds(p: f64) -> f64 {
    if p.is_nan() { LOWEST } else { (p / (1.0 - p)).ln().clamp(LOWEST, HIGHEST) }
}

/// Half a step beyond `last`, coming from `before`.
fn edge(last: f64, before: f64) -> f64 {
    last + (last - before) / 2.0
}

/// The centres of `n` cells between two edges, and the edges.
fn ticks(low: f64, high: f64, n: usize) -> Vec<f64> {
    let step = (high - low) / n as f64;
    let centres = (0..n).map(|i| low + (i as f64 + 0.5) * step);
    std::iter::once(low).chain(centres).chain(std::iter::once(high)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: Window = Window { x0: -2.0, y0: -2.0, x1: 2.0, y1: 2.0 };

    /// A grid of sigmoid(f) on cell centres.
    fn grid(n: usize, f: impl Fn(f64, f64) -> f64) -> Vec<f32> {
        let at = |i: usize| -2.0 + (i as f64 + 0.5) * 4.0 / n as f64;
        (0..n * n).map(|i| (1.0 / (1.0 + (-f(at(i % n), at(i / n))).exp())) as f32).collect()
    }

    fn length(line: &Polyline) -> f64 {
        let mut around = line.points.clone();
        around.extend(line.closed.then(|| line.points[0]));
        around.windows(2).map(|w| (w[1][0] - w[0][0]).hypot(w[1][1] - w[0][1])).sum()
    }

    #[test]
    fn a_circle_is_one_closed_line_of_the_right_length() {
        let values = grid(128, |x, y| 5.0 * (1.0 - x * x - y * y));
        let lines = Field::new(&values, 128, 128, SQUARE).contour(0.5);
        assert_eq!(lines.len(), 1);
        assert!(lines[0].closed);
        assert!((length(&lines[0]) - std::f64::consts::TAU).abs() < 2e-3, "{}", length(&lines[0]));
        assert!(lines[0].points.iter().all(|p| (p[0].hypot(p[1]) - 1.0).abs() < 1e-3));
    }

    #[test]
    fn a_logistic_plane_gives_a_straight_line_from_edge_to_edge_even_where_it_saturates() {
        // Slope 60 per unit: neighbours of the boundary differ by two in log-odds, the rest is 0 or 1.
        let values = grid(128, |x, y| 60.0 * (x + 0.3 * y - 0.2));
        for threshold in [0.5, 0.03, 0.97] {
            let lines = Field::new(&values, 128, 128, SQUARE).contour(threshold);
            assert_eq!(lines.len(), 1, "threshold {threshold}");
            let shift = (threshold / (1.0 - threshold)).ln() / 60.0;
            for p in &lines[0].points {
                assert!((p[0] + 0.3 * p[1] - 0.2 - shift).abs() < 1e-3, "{p:?} at {threshold}");
            }
            let ends = [lines[0].points[0], *lines[0].points.last().unwrap()];
            assert!(ends.iter().all(|p| (p[1].abs() - 2.0).abs() < 1e-9), "reaches the edges: {ends:?}");
        }
    }

    #[test]
    fn the_saddle_is_joined_as_the_bilinear_surface_runs() {
        let window = Window { x0: 0.0, y0: 0.0, x1: 2.0, y1: 2.0 };
        // Inside at two opposite corners; the middle of the cell is inside in the first, outside in the second.
        for (high, low, joined) in [(3.0_f64, -1.0_f64, true), (1.0, -3.0, false)] {
            let p = |v: f64| (1.0 / (1.0 + (-v).exp())) as f32;
            let field = Field::new(&[p(high), p(low), p(low), p(high)], 2, 2, window);
            let lines = field.contour(0.5);
            assert_eq!(lines.len(), 2);
            let near = |corner: [f64; 2]| {
                lines.iter().any(|l| l.points.iter().all(|q| (q[0] - corner[0]).hypot(q[1] - corner[1]) < 1.2))
            };
            assert_eq!(near([2.0, 0.0]), joined, "lines cut off the outside corners: {lines:?}");
            assert_eq!(near([0.0, 0.0]), !joined, "lines cut off the inside corners: {lines:?}");
        }
    }

    #[test]
    fn every_line_separates_inside_from_outside_whatever_the_values() {
        // A rough field: neighbouring values unrelated, so that every case of a cell occurs.
        let mut state = 12_345_u32;
        let values: Vec<f32> = (0..400)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 8) as f32 / (1 << 24) as f32
            })
            .collect();
        let lines = Field::new(&values, 20, 20, SQUARE).contour(0.4);
        assert!(lines.len() > 10);
        for line in &lines {
            if !line.closed {
                let on_edge = |p: &Point| p.iter().any(|v| (v.abs() - 2.0).abs() < 1e-9);
                assert!(on_edge(&line.points[0]) && on_edge(line.points.last().unwrap()), "open ends: {line:?}");
            }
        }
    }

    #[test]
    fn between_the_cells_the_score_is_read_as_the_lines_run() {
        // A plane in log-odds is read exactly; its level line stands on x + 2 y = level / 3.
        let values = grid(64, |x, y| 3.0 * (x + 2.0 * y));
        let field = Field::new(&values, 64, 64, SQUARE);
        for (place, threshold) in [([0.31, -0.12], 0.5), ([-0.77, 0.4], 0.2), ([1.5, -0.6], 0.7)] {
            let [x, y]: Point = place;
            let truth = 1.0 / (1.0 + (-3.0 * (x + 2.0 * y)).exp());
            assert!((field.probability_at(place).unwrap() - truth).abs() < 1e-5);
            let level = f64::ln(threshold / (1.0 - threshold)) / 3.0;
            let pixels = 100.0 * ((x + 2.0 * y) - level).abs() / 5.0_f64.sqrt();
            let found = field.pixels_from_line(place, threshold, [100.0, 100.0]).unwrap();
            assert!((found - pixels).abs() < 0.1, "{found} {pixels}");
        }
        assert_eq!(field.probability_at([2.5, 0.0]), None);
        assert_eq!(field.pixels_from_line([0.0, 0.0], 1.0, [1.0, 1.0]), None);
        let flat = Field::new(&[0.5; 16], 4, 4, SQUARE);
        assert_eq!(flat.pixels_from_line([0.0, 0.0], 0.2, [1.0, 1.0]), None);
        assert_eq!(Field::new(&[], 0, 0, SQUARE).probability_at([0.0, 0.0]), None);
    }

    #[test]
    fn degenerate_fields_have_no_lines() {
        let flat = vec![0.5_f32; 16];
        assert!(Field::new(&[], 0, 0, SQUARE).contour(0.5).is_empty());
        assert!(Field::new(&flat, 5, 5, SQUARE).contour(0.5).is_empty(), "too few values");
        assert!(Field::new(&flat, 4, 4, SQUARE).contour(0.2).is_empty());
        for threshold in [0.0, 1.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(Field::new(&grid(4, |x, _| x), 4, 4, SQUARE).contour(threshold).is_empty());
        }
        let holes = [f32::NAN, 0.9, 0.0, 1.0];
        let lines = Field::new(&holes, 2, 2, SQUARE).contour(0.5);
        assert!(lines.iter().flat_map(|l| &l.points).all(|p| p[0].is_finite() && p[1].is_finite()));
        let point = Window { x0: 1.0, y0: 1.0, x1: 1.0, y1: 1.0 };
        assert!(Field::new(&grid(4, |x, _| x), 4, 4, point).contour(0.5).iter().all(|l| l.points.len() == 1));
    }
}
