//! Splitting and scaling, equal to scikit-learn's.

use serde::{Deserialize, Serialize};

use crate::base::Point;

/// `StandardScaler`: subtracts the mean, divides by the standard deviation, each per axis.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct StandardScaler {
    /// Mean per axis.
    pub mean: Point,
    /// Standard deviation per axis (divisor n), 1 for a constant axis.
    pub scale: Point,
}
