//! Which sampler, with which parameters. Names and defaults are imbalanced-learn's.

use serde::{Deserialize, Serialize};

use super::{Fault, SamplingKind};
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

impl SamplingStrategy {
    /// A dict from class to number of rows, refused when a number is negative.
    pub fn counts(wanted: &[(Class, i64)]) -> Result<Self, Fault> {
        let count = |&(class, asked): &(Class, i64)| match usize::try_from(asked) {
            Ok(count) => Ok((class, count)),
            Err(_) => Err(Fault::CountNegative { class, asked }),
        };
        wanted.iter().map(count).collect::<Result<_, _>>().map(Self::Counts)
    }

    /// As Python writes it.
    pub fn python(&self) -> String {
        match self {
            Self::Auto => "'auto'".to_string(),
            Self::Minority => "'minority'".to_string(),
            Self::Majority => "'majority'".to_string(),
            Self::NotMinority => "'not minority'".to_string(),
            Self::NotMajority => "'not majority'".to_string(),
            Self::All => "'all'".to_string(),
            Self::Ratio(ratio) => format!("{ratio:?}"),
            Self::Counts(counts) => {
                let pairs: Vec<String> = counts.iter().map(|(class, count)| format!("{class}: {count}")).collect();
                format!("{{{}}}", pairs.join(", "))
            }
            Self::Classes(classes) => format!("{classes:?}"),
        }
    }
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

impl Sampler {
    /// imbalanced-learn's class name.
    pub fn name(&self) -> &'static str {
        match self {
            Self::RandomOverSampler { .. } => "RandomOverSampler",
            Self::RandomUnderSampler { .. } => "RandomUnderSampler",
            Self::Smote { .. } => "SMOTE",
            Self::BorderlineSmote { .. } => "BorderlineSMOTE",
            Self::TomekLinks { .. } => "TomekLinks",
        }
    }

    /// What its target counts mean.
    pub fn kind(&self) -> SamplingKind {
        match self {
            Self::RandomOverSampler { .. } | Self::Smote { .. } | Self::BorderlineSmote { .. } => SamplingKind::Over,
            Self::RandomUnderSampler { .. } => SamplingKind::Under,
            Self::TomekLinks { .. } => SamplingKind::Clean,
        }
    }

    /// Its target counts.
    pub fn sampling_strategy(&self) -> &SamplingStrategy {
        match self {
            Self::RandomOverSampler { sampling_strategy }
            | Self::RandomUnderSampler { sampling_strategy, .. }
            | Self::Smote { sampling_strategy, .. }
            | Self::BorderlineSmote { sampling_strategy, .. }
            | Self::TomekLinks { sampling_strategy } => sampling_strategy,
        }
    }

    /// Its numbers of neighbours with their names, in alphabetical order.
    pub fn neighbor_parameters(&self) -> Vec<(&'static str, usize)> {
        match *self {
            Self::Smote { k_neighbors, .. } => vec![("k_neighbors", k_neighbors)],
            Self::BorderlineSmote { k_neighbors, m_neighbors, .. } => {
                vec![("k_neighbors", k_neighbors), ("m_neighbors", m_neighbors)]
            }
            Self::RandomOverSampler { .. } | Self::RandomUnderSampler { .. } | Self::TomekLinks { .. } => Vec::new(),
        }
    }
}

/// One stage of a chain of samplers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SamplerStage {
    /// What to do.
    pub sampler: Sampler,
    /// Overrides the lab seed for this stage.
    pub seed: Option<u32>,
}
