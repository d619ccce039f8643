//! Which centre is nearest: exactly the one that comparing with every centre would find.
//!
//! scikit-learn compares `|c|^2 - 2 x.c` over all centres and keeps the first smallest. With thousands of centres that
//! is most of the time of k-means, so here a tree of boxes rules most of them out by plain distances. Rounding could
//! make the two disagree where two centres are almost equally near; those rows, and only those, are decided by the
//! library's own expression over the centres in question.

use super::box_tree::{BoxTree, ROOT};
use super::{fused_dot, slack, squared_distance, squared_norm};
use crate::base::Rows;

/// Comparing with this many centres costs about as much as choosing between two boxes.
const LEAF_SIZE: usize = 8;

/// Centres prepared for finding the nearest one.
pub(super) struct Nearest<'a> {
    centers: &'a Rows,
    tree: BoxTree,
    squared_norms: Vec<f64>,
    largest_norm: f64,
}

/// The two nearest so far. Anything farther than `first + slack` is of no interest.
struct Found {
    index: u32,
    first: f64,
    second: f64,
    slack: f64,
}

impl<'a> Nearest<'a> {
    pub(super) fn new(centers: &'a Rows) -> Self {
        let tree = BoxTree::new(centers, LEAF_SIZE);
        let squared_norms: Vec<f64> = centers.iter().map(squared_norm).collect();
        let largest_norm = squared_norms.iter().copied().fold(0.0, f64::max).sqrt();
        Self { centers, tree, squared_norms, largest_norm }
    }

    /// The label of `x`. Starting from a `guess` that is nearly right (the label of the round before) is faster.
    pub(super) fn label(&self, x: &[f64], guess: u32) -> u32 {
        let slack = slack(x.len(), squared_norm(x).sqrt() + self.largest_norm);
        let guess = if (guess as usize) < self.centers.len() { guess } else { 0 };
        let first = squared_distance(x, self.centers.row(guess as usize));
        let mut found = Found { index: guess, first, second: f64::INFINITY, slack };
        self.search(ROOT, x, guess, &mut found);
        if found.second > found.first + slack {
            return found.index;
        }
        let mut best = (f64::INFINITY, u32::MAX);
        self.decide(ROOT, x, found.first + slack, &mut best);
        // nothing is near a row whose distances overflow; the library's comparison leaves it with the first centre
        if best.1 == u32::MAX { 0 } else { best.1 }
    }

    /// Fills `labels`, whose values so far are the guesses.
    pub(super) fn label_all(&self, x: &Rows, labels: &mut [u32]) {
        for (row, label) in x.iter().zip(labels) {
            *label = self.label(row, *label);
        }
    }

    fn search(&self, node: usize, x: &[f64], guess: u32, found: &mut Found) {
        match self.tree.children(node) {
            None => {
                for at in self.tree.range(node) {
                    let index = self.tree.order()[at];
                    let squared = squared_distance(x, self.tree.rows().row(at));
                    if index != guess && squared < found.second {
                        if squared < found.first {
                            (found.index, found.first, found.second) = (index, squared, found.first);
                        } else {
                            found.second = squared;
                        }
                    }
                }
            }
            Some([left, right]) => {
                let bounds = [self.tree.squared_distance(left, x), self.tree.squared_distance(right, x)];
                let nearer = usize::from(bounds[1] < bounds[0]);
                for side in [nearer, 1 - nearer] {
                    if bounds[side] <= found.first + found.slack {
                        self.search([left, right][side], x, guess, found);
                    }
                }
            }
        }
    }

    /// The library's expression over all centres within `bound`; of equal values the first centre.
    fn decide(&self, node: usize, x: &[f64], bound: f64, best: &mut (f64, u32)) {
        if self.tree.squared_distance(node, x) > bound {
            return;
        }
        match self.tree.children(node) {
            None => {
                for at in self.tree.range(node) {
                    let center = self.tree.rows().row(at);
                    if squared_distance(x, center) <= bound {
                        let index = self.tree.order()[at];
                        let value = (-2.0f64).mul_add(fused_dot(x, center), self.squared_norms[index as usize]);
                        if value < best.0 || (value == best.0 && index < best.1) {
                            *best = (value, index);
                        }
                    }
                }
            }
            Some(children) => children.into_iter().for_each(|child| self.decide(child, x, bound, best)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::RandomState;

    fn by_all_pairs(x: &[f64], centers: &Rows) -> u32 {
        let value = |c: &[f64]| (-2.0f64).mul_add(fused_dot(x, c), squared_norm(c));
        let mut best = (f64::INFINITY, 0);
        for (index, center) in centers.iter().enumerate() {
            if value(center) < best.0 {
                best = (value(center), index as u32);
            }
        }
        best.1
    }

    fn rows(width: usize, n: usize, snap: f64, random: &mut RandomState) -> Rows {
        let value = |_| {
            let x = random.normal(0.3, 2.0);
            if snap > 0.0 { (x / snap).round() * snap } else { x }
        };
        Rows::from_values(width, (0..n * width).map(value).collect())
    }

    #[test]
    fn the_nearest_centre_is_the_one_that_all_pairs_would_find_with_and_without_ties() {
        let mut random = RandomState::new(1);
        for width in 1..=4 {
            for snap in [0.0, 0.1, 0.5] {
                for k in [1, 2, 9, 200] {
                    let (x, centers) = (rows(width, 300, snap, &mut random), rows(width, k, snap, &mut random));
                    let mut labels: Vec<u32> = (0..300).map(|i| (i * 7 % (k + 3)) as u32).collect();
                    Nearest::new(&centers).label_all(&x, &mut labels);
                    for (row, label) in x.iter().zip(labels) {
                        assert_eq!(label, by_all_pairs(row, &centers), "width {width}, snap {snap}, {k} centres");
                    }
                }
            }
        }
    }

    #[test]
    fn of_centres_at_one_place_the_first_is_nearest() {
        let centers = Rows::from_points(&[[0.1, 0.7], [3.0, 3.0], [0.1, 0.7], [0.1, 0.7]]);
        assert_eq!(Nearest::new(&centers).label(&[0.3, 0.3], 3), 0);
    }
}
