//! The two orders in which a tree grows: depth first, or where the impurity falls most.

use std::ops::Range;

use super::criterion::{ClassSums, PerClass};
use super::frontier::Frontier;
use super::parameters::Limits;
use super::samples::Samples;
use super::splitter::{Search, Split};
use super::{Node, NodeSplit};

/// A node whose impurity, or a gain that is not above it, is rounding.
pub(super) const EPSILON: f64 = f64::EPSILON;

/// A tree that grows.
#[derive(Debug)]
pub(super) struct Grower<S, C> {
    pub(super) samples: S,
    pub(super) sums: ClassSums<C>,
    pub(super) search: Search,
    pub(super) limits: Limits,
    pub(super) nodes: Vec<Node>,
    /// Shares of the classes, one node after the other.
    pub(super) values: Vec<f64>,
}

/// A node to be made.
#[derive(Clone, Debug)]
struct Task<C> {
    range: Range<usize>,
    depth: u32,
    /// The parent, and whether this is its left child.
    parent: Option<(usize, bool)>,
    /// Known from the parent's split.
    impurity: Option<f64>,
    /// Known from there, too, if they are whole: the sums of others hang on their order.
    weights: Option<C>,
    n_constant: usize,
}

/// A node that was made but not split yet: how it was reached, its number, its split.
type Open<C> = (Task<C>, usize, Option<Split<C>>);

impl<S: Samples, C: PerClass> Grower<S, C> {
    pub(super) fn grow(&mut self) {
        let root =
            Task { range: 0..self.samples.len(), depth: 0, parent: None, impurity: None, weights: None, n_constant: 0 };
        match self.limits.max_leaf_nodes {
            None => self.depth_first(root),
            Some(max_leaf_nodes) => self.best_first(root, max_leaf_nodes),
        }
    }

    fn depth_first(&mut self, root: Task<C>) {
        let mut stack = vec![root];
        while let Some(task) = stack.pop() {
            let (id, n_constant, split) = self.make(&task);
            if let Some(split) = split {
                let [left, right] = Self::children(&task, id, n_constant, split);
                stack.push(right);
                stack.push(left);
            }
        }
    }

    fn best_first(&mut self, root: Task<C>, max_leaf_nodes: usize) {
        let mut splits_left = max_leaf_nodes - 1;
        let mut frontier = Frontier::new();
        self.reach(root, &mut frontier);
        while let Some((task, id, split)) = frontier.pop() {
            match split {
                Some(split) if splits_left > 0 => {
                    splits_left -= 1;
                    // what is known of constant features is forgotten between the nodes
                    let [left, right] = Self::children(&task, id, 0, split);
                    self.reach(left, &mut frontier);
                    self.reach(right, &mut frontier);
                }
                _ => self.nodes[id].split = None,
            }
        }
    }

    fn reach(&mut self, task: Task<C>, frontier: &mut Frontier<Open<C>>) {
        let (id, _, split) = self.make(&task);
        frontier.push(split.as_ref().map_or(0.0, |split| split.improvement), (task, id, split));
    }

    /// Makes a node and looks for its split. Its number, how many features are constant in it, the split.
    fn make(&mut self, task: &Task<C>) -> (usize, usize, Option<Split<C>>) {
        self.sums.enter(task.range.clone(), &self.samples, task.weights.as_ref());
        let impurity = task.impurity.unwrap_or_else(|| self.sums.node_impurity());
        let (n_samples, limits) = (task.range.len(), &self.limits);
        let is_leaf = task.depth >= limits.max_depth
            || n_samples < limits.min_samples_split
            || n_samples < 2 * limits.min_samples_leaf
            || impurity <= EPSILON;
        let mut n_constant = task.n_constant;
        let split = if is_leaf {
            None
        } else {
            self.search
                .split(&mut self.samples, &mut self.sums, &task.range, impurity, &mut n_constant)
                .filter(|split| split.improvement + EPSILON >= limits.min_impurity_decrease)
        };

        let id = self.nodes.len();
        if let Some((parent, is_left)) = task.parent
            && let Some(split) = &mut self.nodes[parent].split
        {
            *(if is_left { &mut split.left } else { &mut split.right }) = id as u32;
        }
        self.nodes.push(Node {
            split: split.as_ref().map(|split| NodeSplit {
                feature: split.feature as u32,
                threshold: split.threshold,
                left: 0,
                right: 0,
            }),
            impurity,
            n_node_samples: n_samples as u32,
            weighted_n_node_samples: self.sums.weight,
        });
        self.values.extend(self.sums.total().iter().map(|weight| weight / self.sums.weight));
        (id, n_constant, split)
    }

    fn children(task: &Task<C>, id: usize, n_constant: usize, split: Split<C>) -> [Task<C>; 2] {
        let child = |range, is_left, impurity, weights| Task {
            range,
            depth: task.depth + 1,
            parent: Some((id, is_left)),
            impurity: Some(impurity),
            weights: S::ARE_WHOLE.then_some(weights),
            n_constant,
        };
        let [left, right] = split.weights;
        [
            child(task.range.start..split.position, true, split.left_impurity, left),
            child(split.position..task.range.end, false, split.right_impurity, right),
        ]
    }
}
