//! What the trees of a forest say of many rows, on the average.

use super::DecisionTree;
use crate::base::Rows;

/// The trees are asked one after the other about all rows, in the order of the leaves that the rows reach in the first
/// of them: neighbours take almost the same way through the others, too, and it is quicker to go where one has just been.
#[derive(Debug)]
pub(super) struct Poll<'a> {
    rows: &'a Rows,
    order: Vec<u32>,
    /// The rows in that order and as a tree sees them: rounded to 32 bits, 0 for a feature that they lack.
    seen: Rows,
    n_trees: usize,
    n_classes: usize,
    /// For every class, of the rows in that order.
    sums: Vec<f64>,
}

/// A node with nothing in it but the way on.
#[derive(Clone, Copy, Debug)]
struct Fork {
    threshold: f64,
    /// Beyond all features in a leaf.
    feature: u32,
    left: u32,
    right: u32,
}

const LEAF: Fork = Fork { threshold: 0.0, feature: u32::MAX, left: 0, right: 0 };

impl<'a> Poll<'a> {
    pub(super) fn new(rows: &'a Rows) -> Self {
        Self { rows, order: vec![], seen: Rows::default(), n_trees: 0, n_classes: 0, sums: vec![] }
    }

    /// Adds what a tree says of every row.
    pub(super) fn ask(&mut self, tree: &DecisionTree) {
        if self.n_trees == 0 {
            self.line_up(tree);
        }
        self.n_trees += 1;
        let fork = |node: &super::Node| {
            node.split.map_or(LEAF, |split| Fork {
                threshold: split.threshold,
                feature: split.feature,
                left: split.left,
                right: split.right,
            })
        };
        let forks: Vec<Fork> = tree.nodes().iter().map(fork).collect();
        for (row, sums) in self.seen.iter().zip(self.sums.chunks_exact_mut(self.n_classes)) {
            let mut node = 0;
            while let Some(&value) = row.get(forks[node].feature as usize) {
                node = if value <= forks[node].threshold { forks[node].left } else { forks[node].right } as usize;
            }
            sums.iter_mut().zip(tree.value(node)).for_each(|(sum, p)| *sum += p);
        }
    }

    fn line_up(&mut self, tree: &DecisionTree) {
        let leaves: Vec<usize> = self.rows.iter().map(|row| tree.apply(row)).collect();
        self.order = (0..self.rows.len() as u32).collect();
        self.order.sort_by_key(|&row| leaves[row as usize]);
        let value = |row: u32, feature| self.rows.row(row as usize).get(feature).map_or(0.0, |&value| value as f32);
        let row = |&row: &u32| (0..tree.n_features).map(move |feature| f64::from(value(row, feature)));
        self.seen = Rows::from_values(tree.n_features, self.order.iter().flat_map(row).collect());
        self.n_classes = tree.classes().len();
        self.sums = vec![0.0; self.rows.len() * self.n_classes];
    }

    /// The mean of the probabilities of the classes, one row after the other.
    pub(super) fn means(self) -> Vec<f64> {
        let mut means = vec![0.0; self.sums.len()];
        for (sums, row) in self.sums.chunks(self.n_classes.max(1)).zip(self.order) {
            let at = row as usize * self.n_classes;
            let means = means[at..at + self.n_classes].iter_mut();
            means.zip(sums).for_each(|(mean, sum)| *mean = sum / self.n_trees as f64);
        }
        means
    }
}
