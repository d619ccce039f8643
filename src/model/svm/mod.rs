//! Support vector machines as libsvm solves them: [`SupportVectorClassifier`] (scikit-learn's `SVC`) and
//! [`OneClassSvm`].
//!
//! The classifier finds `f(x) = sum(a_i y_i K(x_i, x)) + b` with the widest margin between the classes; a row inside
//! the margin or on its wrong side costs up to `C` each. Rows with `a_i > 0` are the support vectors: the decision
//! depends on no other. Training looks at pairs of rows, so time grows faster than the square of their number, while
//! memory stays bounded: the matrix of kernel values is computed column by column into a cache of 16 MiB, where the least
//! recently used column makes room. Its size never changes a number.
//!
//! Cortes and Vapnik (1995), "Support-vector networks"; Schölkopf et al. (2001), "Estimating the support of a
//! high-dimensional distribution".

mod c_svc;
mod cache;
mod error;
mod exp_single;
mod fitted;
mod kernel;
mod one_class;
mod q_matrix;
mod shrinking;
mod smo;
#[cfg(test)]
mod tests;
mod working_set;

pub use c_svc::SupportVectorClassifier;
pub use error::SvmError;
pub use fitted::{FittedOneClassSvm, FittedSvc};
pub use kernel::{Gamma, Kernel, ResolvedKernel};
pub use one_class::OneClassSvm;

use crate::base::Rows;

use smo::Stop;

/// scikit-learn's tolerance.
pub const DEFAULT_TOL: f64 = 1e-3;

/// What both machines check alike: parameters first, then rows, then weights.
fn check(
    estimator: &'static str,
    kernel: Kernel,
    stop: Stop,
    x: &Rows,
    sample_weight: Option<&[f64]>,
) -> Result<(), SvmError> {
    let refuse = |name, range, got| Err(SvmError::Parameter { estimator, name, range, got });
    if let Kernel::Rbf { gamma: Gamma::Value(gamma) } = kernel
        && !(gamma >= 0.0 && gamma.is_finite())
    {
        return refuse("gamma", "a str among {'auto', 'scale'} or a float in the range [0.0, inf)", gamma);
    }
    if !(stop.tol > 0.0 && stop.tol.is_finite()) {
        return refuse("tol", "a float in the range (0.0, inf)", stop.tol);
    }
    if x.is_empty() {
        return Err(SvmError::NoRows);
    }
    if sample_weight.is_some_and(|w| w.len() != x.len()) {
        return Err(SvmError::Lengths);
    }
    if let Some(bad) = x.values().iter().find(|v| !v.is_finite()) {
        return Err(if bad.is_nan() { SvmError::NotANumber } else { SvmError::Infinite });
    }
    if sample_weight.is_some_and(|w| w.iter().any(|w| w.is_nan())) {
        return Err(SvmError::Weight);
    }
    Ok(())
}

/// Rows that count at all: libsvm leaves out those whose weight is not above 0.
fn counted(n: usize, sample_weight: Option<&[f64]>) -> Vec<u32> {
    (0..n as u32).filter(|&i| sample_weight.is_none_or(|w| w[i as usize] > 0.0)).collect()
}
