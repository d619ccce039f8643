//! Models: what to fit ([`Classifier`]) and what was fitted ([`Model`]).

mod class_weight;

use serde::{Deserialize, Serialize};

pub use class_weight::{ClassWeight, balanced_class_weight};

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
