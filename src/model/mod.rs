//! Models: what to fit ([`Classifier`]) and what was fitted ([`Model`]).

use serde::{Deserialize, Serialize};

/// How much each class counts in the loss (scikit-learn's `class_weight`).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum ClassWeight {
    /// Every row counts 1.
    None,
    /// `n / (n_classes * n_c)`.
    Balanced,
    /// A minority row counts this much, a majority row 1.
    Ratio(f64),
}

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
