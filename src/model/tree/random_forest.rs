//! `RandomForestClassifier`: trees on bootstrap samples that look at a random part of the features.
//!
//! L. Breiman: Random Forests. Machine Learning 45 (2001) 5-32.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::decision_tree::{Ground, check_weights, first_largest, normalise};
use super::poll::Poll;
use super::{DecisionTree, MaxFeatures, TreeError, TreeParameters};
use crate::base::math::sum;
use crate::base::{Class, Rows};
use crate::model::{ClassWeight, balanced_class_weight};
use crate::random::{RandomState, sub_estimator_seed};

/// How a forest weighs the classes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum ForestWeight {
    /// By all rows. With a bootstrap these weights are the odds of being drawn (so since scikit-learn 1.9), without one
    /// they are those of the trees.
    Whole(ClassWeight),
    /// `"balanced_subsample"`: balanced within the rows drawn for each tree.
    BalancedSubsample,
}

/// How many rows are drawn for a tree.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum MaxSamples {
    /// As many as there are.
    All,
    /// So many.
    Rows(usize),
    /// This share of them, or of their weight if they are weighted, rounded down.
    Share(f64),
}

/// What to fit: scikit-learn's `RandomForestClassifier`, with its defaults.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RandomForestClassifier {
    /// How many trees.
    pub n_estimators: usize,
    /// What limits their growth.
    pub parameters: TreeParameters,
    /// Whether every tree has rows of its own, drawn with replacement.
    pub bootstrap: bool,
    /// How many rows are drawn.
    pub max_samples: MaxSamples,
    /// Weights of the classes.
    pub class_weight: ForestWeight,
    /// The seed of the trees' seeds.
    pub random_state: u32,
}

impl Default for RandomForestClassifier {
    fn default() -> Self {
        Self {
            n_estimators: 100,
            parameters: TreeParameters { max_features: MaxFeatures::Sqrt, ..TreeParameters::default() },
            bootstrap: true,
            max_samples: MaxSamples::All,
            class_weight: ForestWeight::Whole(ClassWeight::None),
            random_state: 0,
        }
    }
}

/// A fitted forest.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RandomForest {
    trees: Vec<DecisionTree>,
    tree_seeds: Vec<u32>,
}

/// What the trees say of rows they were not grown from.
#[derive(Clone, Debug, PartialEq)]
pub struct OutOfBag {
    /// Share of the rows whose class they get right.
    pub score: f64,
    /// Probabilities of the classes, one row after the other; all 0 for a row that is in every bag.
    pub decision_function: Vec<f64>,
}

impl RandomForestClassifier {
    /// Fits to rows of any width.
    pub fn fit(&self, x: &Rows, y: &[Class], sample_weight: Option<&[f64]>) -> Result<RandomForest, TreeError> {
        let mut forest = RandomForest { trees: Vec::new(), tree_seeds: Vec::new() };
        self.each_tree(x, y, sample_weight, |seed, tree, _| {
            forest.trees.push(tree);
            forest.tree_seeds.push(seed);
        })?;
        Ok(forest)
    }

    /// Fits, and asks every tree about the rows outside its bag (`oob_score=True`).
    pub fn fit_out_of_bag(
        &self,
        x: &Rows,
        y: &[Class],
        sample_weight: Option<&[f64]>,
    ) -> Result<(RandomForest, OutOfBag), TreeError> {
        if !self.bootstrap {
            return Err(TreeError::OutOfBagWithoutBootstrap);
        }
        let mut forest = RandomForest { trees: Vec::new(), tree_seeds: Vec::new() };
        let (mut sums, mut n_votes) = (Vec::new(), vec![0u32; y.len()]);
        self.each_tree(x, y, sample_weight, |seed, tree, counts| {
            let n_classes = tree.classes().len();
            sums.resize(y.len() * n_classes, 0.0);
            let rows = x.iter().zip(sums.chunks_exact_mut(n_classes)).zip(&mut n_votes).zip(counts);
            for (((row, sums), n_votes), _) in rows.filter(|(_, count)| **count == 0) {
                sums.iter_mut().zip(tree.predict_proba(row)).for_each(|(sum, p)| *sum += p);
                *n_votes += 1;
            }
            forest.trees.push(tree);
            forest.tree_seeds.push(seed);
        })?;
        let n_classes = forest.classes().len();
        let mut n_right = 0;
        for ((sums, n_votes), label) in sums.chunks_exact_mut(n_classes).zip(n_votes).zip(y) {
            sums.iter_mut().for_each(|sum| *sum /= f64::from(n_votes.max(1)));
            n_right += usize::from(forest.classes()[first_largest(sums)] == *label);
        }
        let score = n_right as f64 / y.len() as f64;
        Ok((forest, OutOfBag { score, decision_function: sums }))
    }

    /// Fits, and predicts without keeping the trees: the probabilities of the classes of `y`, ascending, for one row of
    /// `queries` after the other.
    pub fn fit_predict_proba(
        &self,
        x: &Rows,
        y: &[Class],
        sample_weight: Option<&[f64]>,
        queries: &Rows,
    ) -> Result<Vec<f64>, TreeError> {
        let mut poll = Poll::new(queries);
        self.each_tree(x, y, sample_weight, |_, tree, _| poll.ask(&tree))?;
        Ok(poll.means())
    }

    /// Grows one tree after the other and hands it over, with its seed and how often each row was drawn for it.
    fn each_tree(
        &self,
        x: &Rows,
        y: &[Class],
        sample_weight: Option<&[f64]>,
        mut visit: impl FnMut(u32, DecisionTree, &[u32]),
    ) -> Result<(), TreeError> {
        self.check()?;
        let ground = Ground::prepare(x, y, sample_weight)?;
        let weights = self.weights(&ground, sample_weight)?;
        let n_drawn = self.n_drawn(y.len(), weights.as_deref());
        let odds = weights.as_ref().map(|weights| {
            let total = sum(weights);
            weights.iter().map(|weight| weight / total).collect::<Vec<f64>>()
        });
        let no_bag = vec![1; y.len()];
        let whole = weights.unwrap_or_else(|| vec![1.0; y.len()]);
        let mut seeds = RandomState::new(self.random_state);
        for _ in 0..self.n_estimators {
            let seed = sub_estimator_seed(&mut seeds);
            if self.bootstrap {
                let counts = bootstrap_counts(y.len(), n_drawn, odds.as_deref(), seed);
                let weights = self.weights_of_bag(&ground, &counts);
                visit(seed, ground.grow(&self.parameters, &weights, seed), &counts);
            } else {
                visit(seed, ground.grow(&self.parameters, &whole, seed), &no_bag);
            }
        }
        Ok(())
    }

    fn check(&self) -> Result<(), TreeError> {
        self.parameters.check()?;
        if self.n_estimators == 0 {
            return Err(TreeError::NEstimators);
        }
        match self.max_samples {
            MaxSamples::Rows(0) => Err(TreeError::MaxSamples(self.max_samples)),
            MaxSamples::Share(share) if !(share > 0.0 && share.is_finite()) => {
                Err(TreeError::MaxSamples(self.max_samples))
            }
            MaxSamples::Rows(_) | MaxSamples::Share(_) if !self.bootstrap => Err(TreeError::MaxSamplesWithoutBootstrap),
            _ => Ok(()),
        }
    }

    /// Weights of the rows before any are drawn; nothing when all weigh the same.
    fn weights(&self, ground: &Ground, sample_weight: Option<&[f64]>) -> Result<Option<Vec<f64>>, TreeError> {
        let class_weight = match self.class_weight {
            ForestWeight::Whole(class_weight) => class_weight,
            ForestWeight::BalancedSubsample if self.bootstrap => ClassWeight::None,
            ForestWeight::BalancedSubsample => ClassWeight::Balanced,
        };
        let mut weights = sample_weight.map(<[f64]>::to_vec);
        if class_weight != ClassWeight::None {
            let by_class = ground.class_weights(class_weight);
            let by_row = ground.encoded.iter().map(|&class| by_class[usize::from(class)]);
            weights = Some(match weights {
                Some(weights) => weights.into_iter().zip(by_row).map(|(weight, class)| weight * class).collect(),
                None => by_row.collect(),
            });
        }
        weights.as_deref().map_or(Ok(()), check_weights)?;
        Ok(weights)
    }

    fn n_drawn(&self, n_rows: usize, weights: Option<&[f64]>) -> usize {
        match self.max_samples {
            MaxSamples::All => n_rows,
            MaxSamples::Rows(rows) => rows,
            MaxSamples::Share(share) => ((share * weights.map_or(n_rows as f64, sum)) as usize).max(1),
        }
    }

    /// What a row counts in a tree: how often it was drawn, times the weight of its class among those drawn.
    fn weights_of_bag(&self, ground: &Ground, counts: &[u32]) -> Vec<f64> {
        let mut weights: Vec<f64> = counts.iter().map(|&count| f64::from(count)).collect();
        if self.class_weight == ForestWeight::BalancedSubsample {
            let mut by_class = vec![0.0; ground.classes.len()];
            ground.encoded.iter().zip(&weights).for_each(|(&class, count)| by_class[usize::from(class)] += count);
            let by_class = balanced_class_weight(&by_class);
            let rows = weights.iter_mut().zip(&ground.encoded);
            rows.for_each(|(weight, &class)| *weight *= by_class[usize::from(class)]);
        }
        weights
    }
}

/// How often each row is drawn.
fn bootstrap_counts(n_rows: usize, n_drawn: usize, odds: Option<&[f64]>, seed: u32) -> Vec<u32> {
    let mut counts = vec![0; n_rows];
    let mut random = RandomState::new(seed);
    match odds.map(|odds| random.choice_p(n_rows, n_drawn, true, odds)) {
        Some(Ok(drawn)) => drawn.into_iter().for_each(|row| counts[row] += 1),
        // odds that were checked and divided by their sum are never refused
        Some(Err(_)) | None => {
            (0..n_drawn).for_each(|_| counts[random.interval(n_rows as u64 - 1) as usize] += 1);
        }
    }
    counts
}

impl RandomForest {
    /// The labels it knows, ascending.
    pub fn classes(&self) -> &[Class] {
        self.trees.first().map_or(&[], DecisionTree::classes)
    }

    /// Its trees.
    pub fn trees(&self) -> &[DecisionTree] {
        &self.trees
    }

    /// The seed of each tree.
    pub fn tree_seeds(&self) -> &[u32] {
        &self.tree_seeds
    }

    /// The mean of the trees' probabilities, in the order of [`Self::classes`].
    pub fn predict_proba(&self, row: &[f64]) -> Vec<f64> {
        let mut mean = vec![0.0; self.classes().len()];
        for tree in &self.trees {
            mean.iter_mut().zip(tree.predict_proba(row)).for_each(|(sum, p)| *sum += p);
        }
        mean.iter_mut().for_each(|sum| *sum /= self.trees.len() as f64);
        mean
    }

    /// [`Self::predict_proba`] of many rows, one after the other. Tree by tree, which is faster.
    pub fn predict_proba_many(&self, x: &Rows) -> Vec<f64> {
        let mut poll = Poll::new(x);
        self.trees.iter().for_each(|tree| poll.ask(tree));
        poll.means()
    }

    /// The most probable class; of equal ones the smallest label.
    pub fn predict(&self, row: &[f64]) -> Class {
        self.classes()[first_largest(&self.predict_proba(row))]
    }

    /// The mean of the importances in the trees that are more than a leaf; all 0 if there are none.
    pub fn feature_importances(&self) -> Vec<f64> {
        let mut mean = vec![0.0; self.trees.first().map_or(0, |tree| tree.n_features)];
        let grown: Vec<&DecisionTree> = self.trees.iter().filter(|tree| tree.nodes().len() > 1).collect();
        for tree in &grown {
            mean.iter_mut().zip(tree.feature_importances()).for_each(|(mean, importance)| *mean += importance);
        }
        mean.iter_mut().for_each(|importance| *importance /= grown.len().max(1) as f64);
        normalise(&mut mean);
        mean
    }
}

impl fmt::Display for MaxSamples {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("None"),
            Self::Rows(rows) => write!(f, "{rows}"),
            Self::Share(share) => write!(f, "{share:?}"),
        }
    }
}
