//! A score that may be undefined, and refusals.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A number, or the reason why there is none beside the number that scikit-learn prints in its place.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Score {
    /// scikit-learn's number: the score, or what it prints with a warning when there is none (0, 1 or not a number).
    pub value: f64,
    /// Why the score is undefined; `None` when it is defined.
    pub undefined: Option<Undefined>,
}

/// Why a score is undefined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Undefined {
    /// There is no row at all.
    NoRows,
    /// No row is truly positive.
    NoPositives,
    /// No row is truly negative.
    NoNegatives,
    /// Nothing is called positive.
    NothingPredictedPositive,
    /// Nothing is positive and nothing is called positive.
    NothingPositive,
    /// Truth or prediction is the same for every row.
    Constant,
}

impl Score {
    /// A score that is defined.
    pub fn defined(value: f64) -> Self {
        Self { value, undefined: None }
    }

    /// A score that is not, with scikit-learn's number for it.
    pub fn undefined(value: f64, why: Undefined) -> Self {
        Self { value, undefined: Some(why) }
    }

    /// `numerator / denominator`, undefined with scikit-learn's 0 when the denominator is 0.
    pub(super) fn ratio(numerator: f64, denominator: f64, why: Undefined) -> Self {
        if denominator == 0.0 { Self::undefined(0.0, why) } else { Self::defined(numerator / denominator) }
    }

    /// The score, if it is defined.
    pub fn get(self) -> Option<f64> {
        if self.undefined.is_none() { Some(self.value) } else { None }
    }

    /// The score with another number for the undefined case (scikit-learn's `zero_division`).
    pub fn or(self, zero_division: f64) -> f64 {
        self.get().unwrap_or(zero_division)
    }
}

impl fmt::Display for Undefined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoRows => "there are no rows to score",
            Self::NoPositives => "no row is truly positive",
            Self::NoNegatives => "no row is truly negative",
            Self::NothingPredictedPositive => "nothing is called positive",
            Self::NothingPositive => "nothing is positive and nothing is called positive",
            Self::Constant => "truth or prediction is the same for every row",
        })
    }
}

/// What scikit-learn refuses to compute. `Display` is its wording.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum MetricError {
    /// A detection error tradeoff needs both classes.
    OneClassDet,
    /// Log loss of the labels seen, when only one was.
    OneLabel(u8),
    /// A probability above 1.
    AboveOne(f64),
    /// A probability below 0.
    BelowZero(f64),
}

impl fmt::Display for MetricError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OneClassDet => f.write_str(
                "Only one class is present in y_true. Detection error tradeoff curve is not defined in that case.",
            ),
            Self::OneLabel(label) => write!(
                f,
                "y_true contains only one label ({label}). Please provide the list of all expected class labels \
                 explicitly through the labels argument."
            ),
            Self::AboveOne(p) => write!(f, "y_prob contains values greater than 1: {p:?}"),
            Self::BelowZero(p) => write!(f, "y_prob contains values less than 0: {p:?}"),
        }
    }
}

impl std::error::Error for MetricError {}
