//! Kernels: how alike two rows are.

use serde::{Deserialize, Serialize};

use crate::base::Rows;
use crate::base::math::{exp, mean};

/// Which kernel to use.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Kernel {
    /// `a . b`.
    Linear,
    /// `exp(-gamma |a - b|^2)`.
    Rbf {
        /// How fast likeness falls off with the distance.
        gamma: Gamma,
    },
}

impl Default for Kernel {
    /// scikit-learn's default: the radial basis function with [`Gamma::Scale`].
    fn default() -> Self {
        Self::Rbf { gamma: Gamma::Scale }
    }
}

/// How fast the likeness of the radial basis function falls off.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Gamma {
    /// `1 / (width * variance)`, the variance of all numbers of the training rows; 1 if they do not vary.
    Scale,
    /// `1 / width`.
    Auto,
    /// This number.
    Value(f64),
}

impl Gamma {
    /// The number that this is on training rows `x`.
    pub fn resolve(self, x: &Rows) -> f64 {
        match self {
            Self::Scale => {
                let center = mean(x.values());
                let squares: Vec<f64> = x.values().iter().map(|v| (v - center) * (v - center)).collect();
                let variance = mean(&squares);
                if variance == 0.0 { 1.0 } else { 1.0 / (x.width() as f64 * variance) }
            }
            Self::Auto => 1.0 / x.width() as f64,
            Self::Value(gamma) => gamma,
        }
    }
}

/// A kernel whose gamma is a number.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum ResolvedKernel {
    /// `a . b`.
    Linear,
    /// `exp(-gamma |a - b|^2)`.
    Rbf {
        /// Not negative.
        gamma: f64,
    },
}

impl Kernel {
    /// This kernel with the gamma it has on training rows `x`.
    pub fn resolve(self, x: &Rows) -> ResolvedKernel {
        match self {
            Self::Linear => ResolvedKernel::Linear,
            Self::Rbf { gamma } => ResolvedKernel::Rbf { gamma: gamma.resolve(x) },
        }
    }
}

impl ResolvedKernel {
    /// The kernel of two rows, as libsvm computes it to predict (to train, it takes the distance from squared norms).
    pub fn of(self, a: &[f64], b: &[f64]) -> f64 {
        match self {
            Self::Linear => dot(a, b),
            Self::Rbf { gamma } => {
                let squared = a.iter().zip(b).fold(0.0, |sum, (a, b)| sum + (a - b) * (a - b));
                exp(-gamma * squared)
            }
        }
    }
}

/// The dot product, summed in order.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).fold(0.0, |sum, (a, b)| sum + a * b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gamma_scale_of_rows_that_do_not_vary_is_1() {
        assert_eq!(Gamma::Scale.resolve(&Rows::from_points(&[[3.0, 3.0], [3.0, 3.0]])), 1.0);
        assert_eq!(Gamma::Scale.resolve(&Rows::from_points(&[[1.0, 3.0], [3.0, 1.0]])), 0.5);
        assert_eq!(Gamma::Auto.resolve(&Rows::new(4)), 0.25);
    }
}
