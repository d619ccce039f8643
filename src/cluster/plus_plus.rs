//! Seeds for k-means: greedy k-means++.
//!
//! The first centre is any row. For every further one a few rows are drawn, each with a probability proportional to
//! its squared distance to the nearest centre so far, and the one that lowers the sum of those squares most is kept.
//! Arthur and Vassilvitskii, k-means++: the advantages of careful seeding, SODA 2007; the greedy trials
//! (`2 + ln k` of them) are those of their implementation and of scikit-learn.
//!
//! Only rows nearer to a drawn row than to all centres so far can change. A tree of boxes, each knowing the largest
//! distance under it, finds them, so that thousands of seeds cost what a few dozen cost when every row is looked at
//! for every trial. The distances themselves are computed by the library's expression, so that the sums from which
//! the next rows are drawn are the library's up to the order of additions. Nor are these added up for every seed: sums
//! of short stretches say where a drawn number falls, unless it falls so near to the border of two rows that rounding
//! could decide; then they are added up as the library does it.

use super::box_tree::{BoxTree, ROOT};
use super::{fused_dot, slack, squared_distance, squared_norm};
use crate::base::Rows;
use crate::base::math::ln;
use crate::random::RandomState;

const LEAF_SIZE: usize = 16;

/// Sums of squared distances nearer to each other than this, relative to the sum, are compared as the library adds
/// them: a sum of a hundred thousand positive numbers is exact to about this much in any order.
const SAME_SUM: f64 = 1e-12;

/// Rows whose distances are kept as one sum.
const STRETCH: usize = 64;

/// Rows after which a matrix-vector product starts a new sum.
const BLOCK: usize = 2048;

/// The rows chosen as seeds, in order; may hold a row twice when there are fewer different rows than clusters.
///
/// There must be at least one row and `n_clusters` must be positive.
pub(super) fn plus_plus(x: &Rows, n_clusters: usize, random: &mut RandomState) -> Vec<u32> {
    let trials = 2 + ln(n_clusters as f64) as usize;
    let squared_norms: Vec<f64> = x.iter().map(squared_norm).collect();
    let tree = BoxTree::new(x, LEAF_SIZE);
    let mut field = Field::new(x, &squared_norms, &tree);
    let first = any_row(x.len(), random);
    field.begin(first);
    let mut stretches = Stretches::of(&field.closest);
    let mut seeds = vec![first];
    let mut added_in_pair = false;
    while seeds.len() < n_clusters {
        let drawn: Vec<f64> = (0..trials).map(|_| random.random_sample()).collect();
        let total = stretches.total();
        let times = |total: f64| drawn.iter().map(|u| u * total).collect::<Vec<f64>>();
        let candidates = stretches
            .rows_at(&field.closest, &times(total), total)
            .unwrap_or_else(|| field.rows_at(&times(product_sum(&field.closest, added_in_pair))));
        let best = field.best(&candidates, total);
        field.add(candidates[best]);
        seeds.push(candidates[best]);
        stretches.renew(&field.closest, &field.changed);
        field.changed.clear();
        added_in_pair = in_pair(best, trials);
    }
    seeds
}

/// `choice(n, p=full(n, 1 / n))`.
fn any_row(n: usize, random: &mut RandomState) -> u32 {
    // equal probabilities always are probabilities, and there is a row
    random.choice_p(n, 1, true, &vec![1.0 / n as f64; n]).map_or(0, |drawn| drawn[0] as u32)
}

/// The dot product as a matrix-vector product computes it, which is what the library takes for the distances from the
/// first seed, one row: of two products it is the second that is rounded by itself. Rows of another width keep the order
/// of the matrix product.
fn dot_alone(a: &[f64], b: &[f64]) -> f64 {
    match (a, b) {
        ([a0, a1], [b0, b1]) => a0.mul_add(*b0, a1 * b1),
        _ => fused_dot(a, b),
    }
}

/// Whether the matrix-vector product takes row `at` of `n_rows` together with one other, not alone or in fours.
fn in_pair(at: usize, n_rows: usize) -> bool {
    n_rows & 2 != 0 && (n_rows & !3..(n_rows & !3) + 2).contains(&at)
}

/// The sum of `values` in the order of a matrix-vector product (OpenBLAS on a processor with AVX2): blocks of 2048, in
/// each four running sums, or two for rows that are taken in pairs; the last one to three values by themselves.
fn product_sum(values: &[f64], in_pair: bool) -> f64 {
    let (whole, rest) = values.split_at(values.len() & !3);
    let mut total = 0.0;
    for block in whole.chunks(BLOCK) {
        let mut lanes = [0.0; 4];
        if in_pair {
            block.chunks_exact(2).for_each(|pair| (0..2).for_each(|lane| lanes[lane] += pair[lane]));
        } else {
            block.chunks_exact(4).for_each(|four| (0..4).for_each(|lane| lanes[lane] += four[lane]));
        }
        total += (lanes[0] + lanes[2]) + (lanes[1] + lanes[3]);
    }
    match rest.split_first() {
        None => total,
        Some((first, others)) => total + others.iter().fold(*first, |sum, value| sum + value),
    }
}

/// Sums of stretches of distances, correct up to rounding.
struct Stretches {
    sums: Vec<f64>,
}

impl Stretches {
    fn of(closest: &[f64]) -> Self {
        Self { sums: closest.chunks(STRETCH).map(|stretch| stretch.iter().sum()).collect() }
    }

    fn renew(&mut self, closest: &[f64], changed: &[u32]) {
        // a sum of distances is never negative
        changed.iter().for_each(|&row| self.sums[row as usize / STRETCH] = -1.0);
        for &row in changed {
            let at = row as usize / STRETCH;
            if self.sums[at] < 0.0 {
                self.sums[at] = closest[at * STRETCH..].iter().take(STRETCH).sum();
            }
        }
    }

    fn total(&self) -> f64 {
        self.sums.iter().sum()
    }

    /// As [`Field::rows_at`]; `None` when rounding could decide.
    fn rows_at(&self, closest: &[f64], drawn: &[f64], total: f64) -> Option<Vec<u32>> {
        // twice what any order of adding so many numbers can be off by
        let doubt = total * f64::EPSILON * 2.0 * (closest.len() + STRETCH) as f64;
        let mut by_size: Vec<usize> = (0..drawn.len()).collect();
        by_size.sort_by(|&a, &b| drawn[a].total_cmp(&drawn[b]));
        let mut rows = vec![0; drawn.len()];
        let (mut at, mut before) = (0, 0.0);
        for which in by_size {
            while before + self.sums.get(at)? < drawn[which] {
                before += self.sums[at];
                at += 1;
            }
            let mut sum = before;
            let inside = closest[at * STRETCH..].iter().take(STRETCH).position(|distance| {
                sum += distance;
                drawn[which] <= sum
            })?;
            let row = at * STRETCH + inside;
            if drawn[which] + doubt >= sum || drawn[which] - doubt <= sum - closest[row] {
                return None;
            }
            rows[which] = row as u32;
        }
        Some(rows)
    }
}

/// Every row with its squared distance to the nearest seed.
struct Field<'a> {
    x: &'a Rows,
    squared_norms: &'a [f64],
    largest_norm: f64,
    tree: &'a BoxTree,
    closest: Vec<f64>,
    /// The largest of `closest` under each node.
    farthest: Vec<f64>,
    /// Rows whose distance became shorter.
    changed: Vec<u32>,
}

/// A row that may become a seed, with what is needed to measure from it.
struct From<'a> {
    row: &'a [f64],
    squared_norm: f64,
    slack: f64,
}

impl<'a> Field<'a> {
    fn new(x: &'a Rows, squared_norms: &'a [f64], tree: &'a BoxTree) -> Self {
        let largest_norm = squared_norms.iter().copied().fold(0.0, f64::max).sqrt();
        let farthest = vec![f64::INFINITY; tree.n_nodes()];
        Self { x, squared_norms, largest_norm, tree, closest: vec![f64::INFINITY; x.len()], farthest, changed: vec![] }
    }

    fn from(&self, seed: u32) -> From<'a> {
        let squared_norm = self.squared_norms[seed as usize];
        let slack = slack(self.x.width(), squared_norm.sqrt() + self.largest_norm);
        From { row: self.x.row(seed as usize), squared_norm, slack }
    }

    /// `|c|^2 - 2 x.c + |x|^2`, not below 0; `None` when it is plainly not below the distance so far.
    #[inline]
    fn lower(&self, i: usize, from: &From) -> Option<f64> {
        let (row, closest) = (self.x.row(i), self.closest[i]);
        if squared_distance(row, from.row) > closest + from.slack {
            return None;
        }
        let squared = (-2.0 * fused_dot(from.row, row) + from.squared_norm + self.squared_norms[i]).max(0.0);
        (squared < closest).then_some(squared)
    }

    /// By how much the sum of `closest` would fall.
    fn gain(&self, candidate: u32) -> f64 {
        self.gain_under(ROOT, &self.from(candidate))
    }

    fn gain_under(&self, node: usize, from: &From) -> f64 {
        if self.tree.squared_distance(node, from.row) > self.farthest[node] + from.slack {
            return 0.0;
        }
        match self.tree.children(node) {
            Some([left, right]) => self.gain_under(left, from) + self.gain_under(right, from),
            None => {
                let rows = self.tree.order()[self.tree.range(node)].iter().map(|&i| i as usize);
                rows.fold(0.0, |sum, i| sum + self.lower(i, from).map_or(0.0, |squared| self.closest[i] - squared))
            }
        }
    }

    /// The rows whose distance would become shorter, with that distance.
    fn shorter_under(&self, node: usize, from: &From, shorter: &mut Vec<(usize, f64)>) {
        if self.tree.squared_distance(node, from.row) > self.farthest[node] + from.slack {
            return;
        }
        match self.tree.children(node) {
            Some(children) => children.into_iter().for_each(|child| self.shorter_under(child, from, shorter)),
            None => {
                let rows = self.tree.order()[self.tree.range(node)].iter().map(|&i| i as usize);
                shorter.extend(rows.filter_map(|i| Some((i, self.lower(i, from)?))));
            }
        }
    }

    /// The distances from the first seed.
    fn begin(&mut self, seed: u32) {
        let (row, squared_norm) = (self.x.row(seed as usize), self.squared_norms[seed as usize]);
        let rows = self.x.iter().zip(self.squared_norms);
        let squared = rows.map(|(other, norm)| (-2.0 * dot_alone(row, other) + squared_norm + norm).max(0.0));
        self.closest = squared.collect();
        self.measure(ROOT);
    }

    /// Finds the largest distance under each node.
    fn measure(&mut self, node: usize) -> f64 {
        self.farthest[node] = match self.tree.children(node) {
            Some([left, right]) => self.measure(left).max(self.measure(right)),
            None => {
                let rows = self.tree.order()[self.tree.range(node)].iter();
                rows.map(|&i| self.closest[i as usize]).fold(0.0, f64::max)
            }
        };
        self.farthest[node]
    }

    fn add(&mut self, seed: u32) {
        let from = self.from(seed);
        self.add_under(ROOT, &from);
    }

    fn add_under(&mut self, node: usize, from: &From) {
        if self.tree.squared_distance(node, from.row) > self.farthest[node] + from.slack {
            return;
        }
        self.farthest[node] = match self.tree.children(node) {
            Some([left, right]) => {
                self.add_under(left, from);
                self.add_under(right, from);
                self.farthest[left].max(self.farthest[right])
            }
            None => {
                let mut farthest = 0.0f64;
                for at in self.tree.range(node) {
                    let i = self.tree.order()[at] as usize;
                    if let Some(squared) = self.lower(i, from) {
                        self.closest[i] = squared;
                        self.changed.push(i as u32);
                    }
                    farthest = farthest.max(self.closest[i]);
                }
                farthest
            }
        };
    }

    /// Which of `candidates` would leave the smallest sum; of equal ones the first.
    ///
    /// Two rows that are nearest to each other and would change nobody else's distance lower the sum by the same:
    /// `a + (b - d)` and `(a - d) + b`. That happens all the time, and then the rounding of the sums decides, so these
    /// are added up in the library's order.
    fn best(&mut self, candidates: &[u32], potential: f64) -> usize {
        let left: Vec<f64> = candidates.iter().map(|&candidate| potential - self.gain(candidate)).collect();
        let least = left.iter().copied().fold(f64::INFINITY, f64::min);
        let tied = |at: &usize| left[*at] <= least + SAME_SUM * potential;
        let first = (0..candidates.len()).find(tied).unwrap_or(0);
        if (0..candidates.len()).filter(tied).all(|at| candidates[at] == candidates[first]) {
            return first;
        }
        let mut best = (f64::INFINITY, first);
        let mut shorter = Vec::new();
        for at in (0..candidates.len()).filter(tied) {
            shorter.clear();
            self.shorter_under(ROOT, &self.from(candidates[at]), &mut shorter);
            let mut exchange = |field: &mut Self| {
                shorter.iter_mut().for_each(|(row, distance)| std::mem::swap(&mut field.closest[*row], distance));
            };
            exchange(self);
            let sum = product_sum(&self.closest, in_pair(at, candidates.len()));
            exchange(self);
            if sum < best.0 {
                best = (sum, at);
            }
        }
        best.1
    }

    /// For each of `drawn` the first row at which the running sum of `closest` reaches it, or else the last row.
    fn rows_at(&self, drawn: &[f64]) -> Vec<u32> {
        let mut by_size: Vec<usize> = (0..drawn.len()).collect();
        by_size.sort_by(|&a, &b| drawn[a].total_cmp(&drawn[b]));
        let mut rows = vec![self.x.len() as u32 - 1; drawn.len()];
        let mut waiting = by_size.into_iter().peekable();
        let mut sum = 0.0;
        for (i, closest) in self.closest.iter().enumerate() {
            sum += closest;
            while let Some(which) = waiting.next_if(|&which| drawn[which] <= sum) {
                rows[which] = i as u32;
            }
            if waiting.peek().is_none() {
                break;
            }
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same rule without a tree.
    fn by_all_pairs(x: &Rows, n_clusters: usize, random: &mut RandomState) -> Vec<u32> {
        let squared = |i: usize, j: usize| {
            let (a, b) = (x.row(i), x.row(j));
            (-2.0 * fused_dot(a, b) + squared_norm(a) + squared_norm(b)).max(0.0)
        };
        let trials = 2 + (n_clusters as f64).ln() as usize;
        let mut seeds = vec![any_row(x.len(), random)];
        let (first, norm) = (x.row(seeds[0] as usize), squared_norm(x.row(seeds[0] as usize)));
        let from_first = |row: &[f64]| (-2.0 * dot_alone(first, row) + norm + squared_norm(row)).max(0.0);
        let mut closest: Vec<f64> = x.iter().map(from_first).collect();
        let mut total = product_sum(&closest, false);
        while seeds.len() < n_clusters {
            let drawn: Vec<f64> = (0..trials).map(|_| random.random_sample() * total).collect();
            let mut sums = closest.clone();
            (1..sums.len()).for_each(|i| sums[i] += sums[i - 1]);
            let mut best = (f64::INFINITY, 0, vec![]);
            for (at, u) in drawn.into_iter().enumerate() {
                let candidate = sums.partition_point(|&sum| sum < u).min(x.len() - 1);
                let new: Vec<f64> = (0..x.len()).map(|i| closest[i].min(squared(candidate, i))).collect();
                let sum = product_sum(&new, in_pair(at, trials));
                if sum < best.0 {
                    best = (sum, candidate, new);
                }
            }
            seeds.push(best.1 as u32);
            (total, closest) = (best.0, best.2);
        }
        seeds
    }

    #[test]
    fn the_tree_chooses_the_rows_that_looking_at_all_rows_would_choose() {
        for (seed, width, n, k) in [(0, 2, 500, 60), (1, 3, 400, 200), (2, 1, 300, 299), (3, 2, 40, 1), (4, 5, 200, 50)]
        {
            let mut random = RandomState::new(seed);
            let x = Rows::from_values(width, (0..n * width).map(|_| random.normal(0.0, 3.0)).collect());
            let found = plus_plus(&x, k, &mut random.clone());
            assert_eq!(found, by_all_pairs(&x, k, &mut random), "{width} columns, {n} rows, {k} seeds");
        }
    }
}
