//! Everything any figure or table needs.

use serde::{Deserialize, Serialize};

use crate::dataset::Dataset;
use crate::metrics::{ConfusionMatrix, Sweep};
use crate::model::Model;
use crate::resample::{Chain, Hardness};
use crate::split::StandardScaler;

use super::Diagnosis;

/// What [`super::run()`] found out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// All rows: the source's rows that were not erased, then the drawn ones.
    pub data: Dataset,
    /// How many of the rows, the last ones, were drawn.
    pub drawn: u32,
    /// Names of the two axes.
    pub columns: [String; 2],
    /// Names of the majority and the minority class.
    pub classes: [String; 2],
    /// Rows of `data` to train on, in the library's order.
    #[serde(with = "crate::base::packed")]
    pub train: Vec<u32>,
    /// Rows of `data` to test on, in the library's order (all rows, as `train`, when the split is off).
    #[serde(with = "crate::base::packed")]
    pub test: Vec<u32>,
    /// The scaler, fitted on the training rows.
    pub scaler: Option<StandardScaler>,
    /// The samplers at work on the training rows (in the scaler's space, when there is one).
    pub chain: Chain,
    /// The fitted model (takes points in the scaler's space).
    pub model: Model,
    /// P(minority) of every row of `data` by the model.
    #[serde(with = "crate::base::packed")]
    pub scores: Vec<f64>,
    /// Counts over the test rows at every threshold.
    pub sweep: Sweep,
    /// Sum over the test rows of `(score - y)^2`, divided by their number.
    pub brier_score_loss: f64,
    /// Mean over the test rows of minus the log of the probability of the true class.
    pub log_loss: f64,
    /// Population values by integrating the known density; `None` where the density is not known.
    pub population: Option<Population>,
    /// How hard each training row is, in the order of `train`, before any resampling; `None` when it was not asked.
    pub hardness: Option<Vec<Hardness>>,
    /// How little distances tell apart in the samplers' space: (farthest - nearest) / nearest, the median over minority
    /// rows. `None` where there is no minority row with all others elsewhere.
    pub relative_contrast: Option<f64>,
    /// What can be said against the points that the samplers made. Empty: nothing worth saying; `None` where it was not
    /// asked for.
    pub diagnosis: Option<Vec<Diagnosis>>,
    /// What the reader should know: clamped values, single class, warnings. Sentences.
    pub notes: Vec<String>,
}

/// What a run computes only for those who look at it: it takes time, and nothing else depends on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extras {
    /// [`Population::scorers`].
    pub population: bool,
    /// [`Report::diagnosis`].
    pub diagnosis: bool,
}

impl Extras {
    /// A complete report.
    pub const ALL: Self = Self { population: true, diagnosis: true };

    /// Whether all that `wanted` names is in `self`.
    pub fn covers(self, wanted: Self) -> bool {
        (self.population || !wanted.population) && (self.diagnosis || !wanted.diagnosis)
    }
}

impl Report {
    /// The extras that it holds. Where the density is not known there are no population values to miss.
    pub fn extras(&self) -> Extras {
        let population = self.population.as_ref().is_none_or(|population| population.scorers.is_some());
        Extras { population, diagnosis: self.diagnosis.is_some() }
    }
}

/// Values for the whole population, from integrating the known density on a grid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Population {
    /// P(minority) in the population that the test rows come from.
    pub prevalence: f64,
    /// The best that any scorer can do: what the true posterior does.
    pub best: Areas,
    /// Model and true posterior at every threshold; `None` where they were not asked for.
    pub scorers: Option<Scorers>,
}

/// Who is scored over the population.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scorers {
    /// The model.
    pub model: PopulationAt,
    /// The Bayes-optimal classifier: scores by the true posterior.
    pub bayes: PopulationAt,
}

/// One scorer over the population.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PopulationAt {
    /// Rates at every grid threshold: a sweep whose counts are probabilities that sum to 1.
    pub sweep: Sweep,
    /// What its curves enclose.
    pub areas: Areas,
}

/// Areas under the curves of a scorer over the population.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Areas {
    /// Area under the ROC curve.
    pub roc_auc: f64,
    /// Its grid error (absolute).
    pub roc_auc_error: f64,
    /// Average precision.
    pub average_precision: f64,
    /// Its grid error (absolute).
    pub average_precision_error: f64,
}

impl PopulationAt {
    /// Probabilities of the four outcomes when `score >= threshold` is called positive.
    pub fn confusion(&self, threshold: f64) -> ConfusionMatrix {
        self.sweep.confusion_at(threshold)
    }
}

/// A rectangle of the plane in data coordinates.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Window {
    /// Left edge.
    pub x0: f64,
    /// Lower edge.
    pub y0: f64,
    /// Right edge.
    pub x1: f64,
    /// Upper edge.
    pub y1: f64,
}

/// Scores on a grid of cell centres over a window, row by row from the lowest y up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Surface {
    /// What it covers.
    pub window: Window,
    /// Cells across.
    pub nx: u32,
    /// Cells up.
    pub ny: u32,
    /// P(minority) by the model, `ny * nx` values.
    #[serde(with = "crate::base::packed")]
    pub model: Vec<f32>,
    /// P(minority) by the true posterior; empty where it is not known.
    #[serde(with = "crate::base::packed")]
    pub bayes: Vec<f32>,
}
