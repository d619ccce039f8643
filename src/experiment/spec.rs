//! Everything that decides a result ([`Spec`]), and beside it what decides only how it is looked at ([`View`]).
//! Together they are a [`Link`].

use serde::{Deserialize, Serialize};

use super::Region;
use crate::dataset::DataSpec;
use crate::model::Classifier;
use crate::resample::SamplerStage;

/// Everything that decides a result.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Spec {
    /// What data to make.
    pub data: DataSpec,
    /// Share of rows held out for the test, 0.1 to 0.9.
    pub test_size: f64,
    /// Overrides the lab seed for the split.
    pub split_seed: Option<u32>,
    /// Standardise both axes, fitted on the training part.
    pub scale: bool,
    /// Samplers, each applied to the output of the one before. Empty: none.
    pub samplers: Vec<SamplerStage>,
    /// Neighbours that tell how hard each training row is; `None`: it is not asked.
    pub hardness: Option<u8>,
    /// What to fit.
    pub classifier: Classifier,
    /// The lab seed: every stage passes it as `random_state` unless it has its own.
    pub seed: u32,
    /// Stages switched off for the moment; their settings are kept.
    pub off: Off,
}

/// Stages switched off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Off {
    /// No split: the model is scored on the very rows it was fitted on.
    pub split: bool,
    /// No resampling.
    pub resample: bool,
    /// No model: the majority dummy instead.
    pub model: bool,
}

/// What decides only how a result is looked at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct View {
    /// A row is called positive when its score is at least this.
    pub threshold: f64,
    /// Position of the stepper: steps played, over all stages; `None` is the end.
    pub step: Option<u32>,
    /// What the plane shows.
    pub layers: Layers,
    /// The part of the plane that is asked about.
    pub region: Option<Region>,
}

/// What the plane shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layers {
    /// Training rows.
    pub train: bool,
    /// Test rows.
    pub test: bool,
    /// Generated rows.
    pub synthetic: bool,
    /// Removed rows, as ghosts.
    pub removed: bool,
    /// The decision surface.
    pub surface: bool,
    /// The Bayes-optimal boundary.
    pub bayes: bool,
}

/// A run frozen as the baseline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pin {
    /// What was run.
    pub spec: Spec,
    /// The threshold at that time.
    pub threshold: f64,
}

/// All that a link says.
#[derive(Clone, Default, Debug, PartialEq, Serialize, Deserialize)]
pub struct Link {
    /// What decides the result.
    pub spec: Spec,
    /// What decides the look.
    pub view: View,
    /// The baseline.
    pub pin: Option<Box<Pin>>,
}

impl Default for Spec {
    /// The example on first paint: overlapping classes at 1 : 20, plain logistic regression, no remedy.
    fn default() -> Spec {
        Spec {
            data: DataSpec::default(),
            test_size: 0.3,
            split_seed: None,
            scale: false,
            samplers: Vec::new(),
            hardness: None,
            classifier: Classifier::default(),
            seed: 42,
            off: Off::default(),
        }
    }
}

impl Default for View {
    fn default() -> View {
        View { threshold: 0.5, step: None, layers: Layers::default(), region: None }
    }
}

impl Default for Layers {
    fn default() -> Layers {
        Layers { train: true, test: false, synthetic: true, removed: true, surface: true, bayes: false }
    }
}
