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
//! of stretches say where a drawn number falls, unless it falls so near to the border of two rows that rounding could
//! decide; then they are added up as the library does it.

use super::box_tree::BoxTree;
use super::fused_dot;
use super::seed_field::SeedField;
use super::sum_tree::SumTree;
use crate::base::Rows;
use crate::base::math::ln;
use crate::random::RandomState;

/// Rows after which a matrix-vector product starts a new sum.
const BLOCK: usize = 2048;

/// The rows of `x` chosen as seeds, in order; may hold a row twice when there are fewer different rows than clusters.
///
/// There must be at least one row, all of them in `tree`, and `n_clusters` must be positive.
pub(super) fn plus_plus(x: &Rows, tree: &BoxTree, n_clusters: usize, random: &mut RandomState) -> Vec<u32> {
    let trials = 2 + ln(n_clusters as f64) as usize;
    let first = any_row(x.len(), random);
    let mut field = SeedField::new(x, tree, first);
    let mut sums = SumTree::of(field.by_row());
    let mut seeds = vec![first];
    let mut added_in_pair = false;
    while seeds.len() < n_clusters {
        let drawn: Vec<f64> = (0..trials).map(|_| random.random_sample()).collect();
        let total = sums.total();
        let reach = |u: &f64| sums.reach(field.by_row(), u * total);
        let candidates = drawn.iter().map(reach).collect::<Option<Vec<u32>>>().unwrap_or_else(|| {
            let total = product_sum(field.by_row(), added_in_pair);
            rows_at(field.by_row(), &drawn.iter().map(|u| u * total).collect::<Vec<f64>>())
        });
        let best = field.best(&candidates, total);
        let changed = field.add(candidates[best]);
        seeds.push(candidates[best]);
        sums.renew(field.by_row(), changed);
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
pub(super) fn dot_alone(a: &[f64], b: &[f64]) -> f64 {
    match (a, b) {
        ([a0, a1], [b0, b1]) => a0.mul_add(*b0, a1 * b1),
        _ => fused_dot(a, b),
    }
}

/// Whether the matrix-vector product takes row `at` of `n_rows` together with one other, not alone or in fours.
pub(super) fn in_pair(at: usize, n_rows: usize) -> bool {
    n_rows & 2 != 0 && (n_rows & !3..(n_rows & !3) + 2).contains(&at)
}

/// The sum of `values` in the order of a matrix-vector product (OpenBLAS on a processor with AVX2): blocks of 2048, in
/// each four running sums, or two for rows that are taken in pairs; the last one to three values by themselves.
#[inline(never)]
pub(super) fn product_sum(values: &[f64], in_pair: bool) -> f64 {
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

/// For each of `drawn` the first row at which the running sum of `closest` reaches it, or else the last row.
#[inline(never)]
fn rows_at(closest: &[f64], drawn: &[f64]) -> Vec<u32> {
    let mut by_size: Vec<usize> = (0..drawn.len()).collect();
    by_size.sort_by(|&a, &b| drawn[a].total_cmp(&drawn[b]));
    let mut rows = vec![closest.len() as u32 - 1; drawn.len()];
    let mut waiting = by_size.into_iter().peekable();
    let mut sum = 0.0;
    for (i, closest) in closest.iter().enumerate() {
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

#[cfg(test)]
mod tests {
    use super::super::squared_norm;
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
            let found = plus_plus(&x, &BoxTree::new(&x, 8), k, &mut random.clone());
            assert_eq!(found, by_all_pairs(&x, k, &mut random), "{width} columns, {n} rows, {k} seeds");
        }
    }
}
