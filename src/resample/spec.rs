//! Which sampler, with which parameters. Names and defaults are imbalanced-learn's.

use serde::{Deserialize, Serialize};

use crate::base::Class;

/// How many rows each class should have afterwards (imbalanced-learn's `sampling_strategy`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum SamplingStrategy {
    /// `"auto"`: "not majority" when over-sampling, "not minority" when under-sampling or cleaning.
    Auto,
    /// `"minority"`.
    Minority,
    /// `"majority"`.
    Majority,
    /// `"not minority"`.
    NotMinority,
    /// `"not majority"`.
    NotMajority,
    /// `"all"`.
    All,
    /// A float in (0, 1]: minority / majority after resampling, two classes only.
    Ratio(f64),
    /// A dict: class to number of rows afterwards.
    Counts(Vec<(Class, usize)>),
    /// A list of classes (cleaning only).
    Classes(Vec<Class>),
}

/// Which of the two Borderline-SMOTE algorithms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BorderlineKind {
    /// Interpolates towards minority neighbours only.
    One,
    /// Interpolates towards any neighbour, at most half-way to the other class.
    Two,
}

/// A sampler and its parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Sampler {
    /// Repeats rows of the minority.
    RandomOverSampler {
        /// Target counts.
        sampling_strategy: SamplingStrategy,
    },
    /// Drops rows of the majority.
    RandomUnderSampler {
        /// Target counts.
        sampling_strategy: SamplingStrategy,
        /// Draw with replacement.
        replacement: bool,
    },
    /// Interpolates between minority neighbours (Chawla et al. 2002).
    Smote {
        /// Target counts.
        sampling_strategy: SamplingStrategy,
        /// Neighbours per base point, default 5.
        k_neighbors: usize,
    },
    /// SMOTE from minority points in danger only (Han et al. 2005).
    BorderlineSmote {
        /// Target counts.
        sampling_strategy: SamplingStrategy,
        /// Neighbours to interpolate towards, default 5.
        k_neighbors: usize,
        /// Neighbours that decide who is in danger, default 10.
        m_neighbors: usize,
        /// Which of the two algorithms.
        kind: BorderlineKind,
    },
    /// Removes one or both ends of mutual nearest pairs of unlike class (Tomek 1976).
    TomekLinks {
        /// `Auto` removes the majority end, `All` both.
        sampling_strategy: SamplingStrategy,
    },
}

/// One stage of a chain of samplers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SamplerStage {
    /// What to do.
    pub sampler: Sampler,
    /// Overrides the lab seed for this stage.
    pub seed: Option<u32>,
}
