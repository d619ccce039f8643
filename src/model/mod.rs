//! Models: what to fit ([`Classifier`]) and what was fitted ([`Model`]).
//!
//! ```
//! use imbalance_lab::model::Classifier;
//!
//! let x = [[0.0, 0.0], [1.0, 0.5], [2.0, 1.0], [3.0, 0.0]];
//! let model = Classifier::default().fit(&x, &[0, 0, 1, 1]).unwrap();
//! assert!(model.predict_proba(&[3.0, 0.0]) > 0.5);
//! ```

mod class_weight;
mod error;
mod gaussian_naive_bayes;
mod k_neighbors;
mod local_outlier_factor;
mod logistic_regression;
mod newton;
mod polynomial_features;
pub mod svm;
pub mod tree;

use serde::{Deserialize, Serialize};

use crate::base::math::expit;
use crate::base::{Class, Point};

pub use class_weight::{ClassWeight, balanced_class_weight};
pub use error::ModelError;
pub use gaussian_naive_bayes::{GaussianNaiveBayes, GaussianNaiveBayesModel};
pub use k_neighbors::{KNeighborsClassifier, KNeighborsModel, NeighborWeights};
pub use local_outlier_factor::{FittedOutlierFactor, LocalOutlierFactor};
pub use logistic_regression::LogisticRegression;
pub use polynomial_features::{n_polynomial_features, polynomial_features};

/// What to fit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Classifier {
    /// Always the more frequent class of the training set (`DummyClassifier(strategy="most_frequent")`).
    MajorityDummy,
    /// L2-regularised logistic regression on polynomial features.
    LogisticRegression {
        /// Inverse strength of the penalty; infinity is no penalty.
        c: f64,
        /// Degree of the polynomial features, 1 to 3.
        degree: u8,
        /// Weights of the classes.
        class_weight: ClassWeight,
    },
}

impl Default for Classifier {
    /// scikit-learn's defaults, on the features as they are.
    fn default() -> Classifier {
        Classifier::LogisticRegression { c: 1.0, degree: 1, class_weight: ClassWeight::None }
    }
}

/// What was fitted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Model {
    /// Predicts one class with certainty.
    MajorityDummy {
        /// P(minority): 0 or 1.
        probability: f64,
    },
    /// Coefficients in the order of scikit-learn's `PolynomialFeatures(degree, include_bias=False)`.
    LogisticRegression {
        /// Degree of the polynomial features.
        degree: u8,
        /// One per polynomial feature.
        coef: Vec<f64>,
        /// The constant.
        intercept: f64,
        /// Newton iterations used.
        n_iter: u32,
    },
}

impl Classifier {
    /// Fits to labelled points; 1 is the minority class, any other label the majority.
    pub fn fit(&self, x: &[Point], y: &[Class]) -> Result<Model, ModelError> {
        self.fit_weighted(x, y, None)
    }

    /// The same where a row counts its weight (scikit-learn's `sample_weight`), or 1.
    pub fn fit_weighted(&self, x: &[Point], y: &[Class], sample_weight: Option<&[f64]>) -> Result<Model, ModelError> {
        match *self {
            Self::MajorityDummy => majority_dummy(x, y, sample_weight),
            Self::LogisticRegression { c, degree, class_weight } => {
                LogisticRegression { c, degree, class_weight, fit_intercept: true }.fit(x, y, sample_weight)
            }
        }
    }
}

/// The class that weighs more; the majority when both weigh the same. One class alone is fine.
fn majority_dummy(x: &[Point], y: &[Class], sample_weight: Option<&[f64]>) -> Result<Model, ModelError> {
    if x.len() != y.len() || sample_weight.is_some_and(|weights| weights.len() != x.len()) {
        return Err(ModelError::Lengths);
    }
    if y.is_empty() {
        return Err(ModelError::NoRows);
    }
    if let Some(bad) = x.iter().flatten().find(|v| !v.is_finite()) {
        return Err(if bad.is_nan() { ModelError::NotANumber } else { ModelError::Infinite });
    }
    let weight = |i: usize| sample_weight.map_or(1.0, |weights| weights[i]);
    let of = |minority: bool| (0..y.len()).filter(|&i| (y[i] == 1) == minority).map(weight).sum::<f64>();
    Ok(Model::MajorityDummy { probability: f64::from(of(true) > of(false)) })
}

impl Model {
    /// P(minority) at a point.
    pub fn predict_proba(&self, point: &Point) -> f64 {
        match self {
            Self::MajorityDummy { probability } => *probability,
            Self::LogisticRegression { .. } => expit(self.decision_function(point)),
        }
    }

    /// The score before it becomes a probability: its log-odds. The minority is predicted where it is above 0. Of a
    /// dummy, which is always certain, it is infinite.
    pub fn decision_function(&self, point: &Point) -> f64 {
        match self {
            Self::MajorityDummy { probability } if *probability > 0.5 => f64::INFINITY,
            Self::MajorityDummy { .. } => f64::NEG_INFINITY,
            Self::LogisticRegression { coef, intercept, .. } => {
                coef.iter().zip(polynomial_features(*point)).fold(*intercept, |sum, (w, feature)| sum + w * feature)
            }
        }
    }

    /// [`Self::predict_proba`] at many points.
    #[inline(never)]
    pub fn predict_proba_many(&self, x: &[Point]) -> Vec<f64> {
        x.iter().map(|point| self.predict_proba(point)).collect()
    }
}
