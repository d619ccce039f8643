//! `DecisionTreeClassifier`: one tree.

use serde::{Deserialize, Serialize};

use super::columns::Columns;
use super::criterion::{ClassSums, PerClass};
use super::grow::Grower;
use super::presorted::{Placed, Presorted, lists};
use super::prune::prune;
use super::samples::{InOrder, Samples};
use super::splitter::Search;
use super::{TreeError, TreeParameters};
use crate::base::math::sum;
use crate::base::{Class, Rows};
use crate::model::{ClassWeight, balanced_class_weight};
use crate::random::{OurRandR, RandomState, sub_estimator_seed};

/// What to fit: scikit-learn's `DecisionTreeClassifier`, with its defaults.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DecisionTreeClassifier {
    /// What limits its growth.
    pub parameters: TreeParameters,
    /// Weights of the classes; 1 is the minority, whatever other labels there are.
    pub class_weight: ClassWeight,
    /// The seed of the order in which features are visited: it decides between features that are equally good.
    pub random_state: u32,
}

impl Default for DecisionTreeClassifier {
    fn default() -> Self {
        Self { parameters: TreeParameters::default(), class_weight: ClassWeight::None, random_state: 0 }
    }
}

/// A node of a tree.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Node {
    /// How it is split; nothing at a leaf.
    pub split: Option<NodeSplit>,
    /// By the tree's criterion.
    pub impurity: f64,
    /// Rows of a weight above 0 that reach it.
    pub n_node_samples: u32,
    /// Their weight.
    pub weighted_n_node_samples: f64,
}

/// How a node is split.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct NodeSplit {
    /// The feature that is compared.
    pub feature: u32,
    /// Rows up to here, the feature rounded to 32 bits, go left.
    pub threshold: f64,
    /// The left child.
    pub left: u32,
    /// The right child.
    pub right: u32,
}

/// A fitted tree. Node 0 is the root.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DecisionTree {
    pub(super) classes: Vec<Class>,
    pub(super) n_features: usize,
    pub(super) nodes: Vec<Node>,
    pub(super) values: Vec<f64>,
}

impl DecisionTreeClassifier {
    /// Fits to rows of any width. Rows of weight 0 are as if they were not there.
    pub fn fit(&self, x: &Rows, y: &[Class], sample_weight: Option<&[f64]>) -> Result<DecisionTree, TreeError> {
        self.parameters.check()?;
        let ground = Ground::prepare(x, y, sample_weight)?;
        let by_class = ground.class_weights(self.class_weight);
        let mut weights = sample_weight.map_or_else(|| vec![1.0; y.len()], <[f64]>::to_vec);
        if self.class_weight != ClassWeight::None {
            for (weight, &class) in weights.iter_mut().zip(&ground.encoded) {
                *weight *= by_class[usize::from(class)];
            }
        }
        check_weights(&weights)?;
        Ok(ground.grow(&self.parameters, &weights, self.random_state))
    }
}

/// Weights must be finite, not negative, and not all 0.
pub(super) fn check_weights(weights: &[f64]) -> Result<(), TreeError> {
    if weights.iter().any(|&weight| !(weight >= 0.0 && weight.is_finite())) {
        Err(TreeError::Weight)
    } else if weights.iter().all(|&weight| weight == 0.0) {
        Err(TreeError::NoWeight)
    } else {
        Ok(())
    }
}

/// The training set as the trees of a forest share it.
#[derive(Clone, Debug)]
pub(super) struct Ground {
    pub(super) classes: Vec<Class>,
    /// Positions in `classes`.
    pub(super) encoded: Vec<u8>,
    pub(super) columns: Columns,
    lists: Vec<Vec<Placed>>,
}

impl Ground {
    pub(super) fn prepare(x: &Rows, y: &[Class], sample_weight: Option<&[f64]>) -> Result<Self, TreeError> {
        let columns = Columns::of(x)?;
        if y.len() != x.len() {
            return Err(TreeError::Labels { labels: y.len(), rows: x.len() });
        }
        if let Some(weights) = sample_weight.filter(|weights| weights.len() != x.len()) {
            return Err(TreeError::Weights { weights: weights.len(), rows: x.len() });
        }
        let mut classes = y.to_vec();
        classes.sort_unstable();
        classes.dedup();
        // every label is among the classes, and there are at most 256 of them
        let encoded: Vec<u8> = y.iter().map(|label| classes.partition_point(|class| class < label) as u8).collect();
        let lists = lists(&columns, &encoded);
        Ok(Self { classes, encoded, columns, lists })
    }

    /// One weight per class, by the classes' counts.
    pub(super) fn class_weights(&self, class_weight: ClassWeight) -> Vec<f64> {
        match class_weight {
            ClassWeight::None => vec![1.0; self.classes.len()],
            ClassWeight::Balanced => {
                let mut counts = vec![0.0; self.classes.len()];
                self.encoded.iter().for_each(|&class| counts[usize::from(class)] += 1.0);
                balanced_class_weight(&counts)
            }
            ClassWeight::Ratio(ratio) => {
                self.classes.iter().map(|&class| if class == 1 { ratio } else { 1.0 }).collect()
            }
        }
    }

    /// Grows a tree. Parameters and weights were checked.
    pub(super) fn grow(&self, parameters: &TreeParameters, weights: &[f64], random_state: u32) -> DecisionTree {
        if Presorted::suits(weights) {
            let samples = Presorted::new(&self.columns, &self.lists, weights);
            self.grow_from(samples, parameters, weights, random_state)
        } else {
            let samples = InOrder::new(&self.columns, &self.encoded, weights);
            self.grow_from(samples, parameters, weights, random_state)
        }
    }

    pub(super) fn grow_from(
        &self,
        samples: impl Samples,
        parameters: &TreeParameters,
        weights: &[f64],
        random_state: u32,
    ) -> DecisionTree {
        if self.classes.len() == 2 {
            self.grow_summing([0.0; 2], samples, parameters, weights, random_state)
        } else {
            self.grow_summing(vec![0.0; self.classes.len()], samples, parameters, weights, random_state)
        }
    }

    fn grow_summing(
        &self,
        zeros: impl PerClass,
        samples: impl Samples,
        parameters: &TreeParameters,
        weights: &[f64],
        random_state: u32,
    ) -> DecisionTree {
        let n_features = self.columns.width();
        let limits = parameters.limits(self.columns.n_rows(), n_features);
        let random = OurRandR::new(sub_estimator_seed(&mut RandomState::new(random_state)));
        let total_weight = weights.iter().fold(0.0, |sum, weight| sum + weight);
        let mut grower = Grower {
            samples,
            sums: ClassSums::new(parameters.criterion, zeros),
            search: Search::new(parameters.splitter, &limits, total_weight, n_features, random),
            limits,
            nodes: Vec::new(),
            values: Vec::new(),
        };
        grower.grow();
        let Grower { nodes, values, .. } = grower;
        let tree = DecisionTree { classes: self.classes.clone(), n_features, nodes, values };
        if parameters.ccp_alpha > 0.0 { prune(tree, parameters.ccp_alpha) } else { tree }
    }
}

impl DecisionTree {
    /// The labels it knows, ascending.
    pub fn classes(&self) -> &[Class] {
        &self.classes
    }

    /// All nodes, a parent before its children.
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Shares of the classes in a node.
    pub fn value(&self, node: usize) -> &[f64] {
        let n_classes = self.classes.len();
        &self.values[node * n_classes..(node + 1) * n_classes]
    }

    /// The leaf that a row reaches. A feature that the row lacks counts as 0.
    pub fn apply(&self, row: &[f64]) -> usize {
        let mut node = 0;
        while let Some(split) = self.nodes[node].split {
            // rows are compared as they were fitted, in 32 bits
            let value = row.get(split.feature as usize).map_or(0.0, |&value| value as f32);
            node = if f64::from(value) <= split.threshold { split.left } else { split.right } as usize;
        }
        node
    }

    /// The probability of every class, in the order of [`Self::classes`].
    pub fn predict_proba(&self, row: &[f64]) -> &[f64] {
        self.value(self.apply(row))
    }

    /// The most probable class; of equal ones the smallest label.
    pub fn predict(&self, row: &[f64]) -> Class {
        self.classes[first_largest(self.predict_proba(row))]
    }

    /// By how much each feature makes the nodes purer, in shares of the whole; all 0 for a single leaf.
    pub fn feature_importances(&self) -> Vec<f64> {
        let mut importances = vec![0.0; self.n_features];
        for node in &self.nodes {
            if let Some(split) = node.split {
                let (left, right) = (&self.nodes[split.left as usize], &self.nodes[split.right as usize]);
                importances[split.feature as usize] += node.weighted_n_node_samples * node.impurity
                    - left.weighted_n_node_samples * left.impurity
                    - right.weighted_n_node_samples * right.impurity;
            }
        }
        importances.iter_mut().for_each(|importance| *importance /= self.nodes[0].weighted_n_node_samples);
        normalise(&mut importances);
        importances
    }
}

/// Makes numbers sum to 1, if they sum to more than 0.
pub(super) fn normalise(shares: &mut [f64]) {
    let total = sum(shares);
    if total > 0.0 {
        shares.iter_mut().for_each(|share| *share /= total);
    }
}

/// Where the first of the largest numbers is.
pub(super) fn first_largest(values: &[f64]) -> usize {
    let mut largest = 0;
    for (i, value) in values.iter().enumerate() {
        if *value > values[largest] {
            largest = i;
        }
    }
    largest
}
