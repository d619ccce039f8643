//! The one-class machine, scikit-learn's `OneClassSVM`: the region where rows are dense.

use super::cache::CACHE_BYTES;
use super::q_matrix::QMatrix;
use super::smo::{Problem, Stop, solve};
use super::{DEFAULT_TOL, FittedOneClassSvm, Kernel, SvmError, check, counted};
use crate::base::Rows;

/// What scikit-learn calls `OneClassSVM`: finds a region that leaves out at most the share `nu` of the rows.
///
/// ```
/// use imbalance_lab::base::Rows;
/// use imbalance_lab::model::svm::OneClassSvm;
///
/// let x = Rows::from_points(&[[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [9.0, 9.0]]);
/// let machine = OneClassSvm { nu: 0.2, ..OneClassSvm::default() }.fit(&x, None).unwrap();
/// assert!(machine.decision_function(&[0.5, 0.5]) > machine.decision_function(&[5.0, 5.0]));
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OneClassSvm {
    /// Largest share of rows left out, and smallest share of support vectors; above 0 and at most 1.
    pub nu: f64,
    /// The kernel.
    pub kernel: Kernel,
    /// Largest violation of the optimality conditions that is left alone.
    pub tol: f64,
    /// Whether rows that seem settled are left out for a while.
    pub shrinking: bool,
    /// Largest number of steps; `None` is no limit.
    pub max_iter: Option<u64>,
}

impl Default for OneClassSvm {
    /// scikit-learn's defaults.
    fn default() -> Self {
        Self { nu: 0.5, kernel: Kernel::default(), tol: DEFAULT_TOL, shrinking: true, max_iter: None }
    }
}

impl OneClassSvm {
    /// Fits; a row counts its weight, or 1.
    pub fn fit(&self, x: &Rows, sample_weight: Option<&[f64]>) -> Result<FittedOneClassSvm, SvmError> {
        if !(self.nu > 0.0 && self.nu <= 1.0) {
            let range = "a float in the range (0.0, 1.0]";
            return Err(SvmError::Parameter { estimator: "OneClassSVM", name: "nu", range, got: self.nu });
        }
        let stop = Stop { tol: self.tol, max_iter: self.max_iter, shrinking: self.shrinking };
        check("OneClassSVM", self.kernel, stop, x, sample_weight)?;
        let kernel = self.kernel.resolve(x);
        let kept = counted(x.len(), sample_weight);
        if kept.is_empty() {
            return Err(SvmError::NoWeight);
        }

        let c: Vec<f64> = kept.iter().map(|&i| sample_weight.map_or(1.0, |w| w[i as usize])).collect();
        let n = kept.len();
        // the variables' sum, summed as libsvm does it: rounding decides whether one more variable is not 0
        let mut rest = c.iter().fold(0.0, |sum, c| sum + c * self.nu);
        let mut alpha = vec![0.0; n];
        for (alpha, c) in alpha.iter_mut().zip(&c) {
            if rest <= 0.0 {
                break;
            }
            *alpha = c.min(rest);
            rest -= *alpha;
        }
        let y = vec![1.0; n];
        let q = QMatrix::new(kernel, x.take(&kept), y.clone(), CACHE_BYTES);
        let solution = solve(Problem { q, p: vec![0.0; n], y, c, alpha }, stop);

        let (support, dual_coef): (Vec<u32>, Vec<f64>) =
            kept.iter().copied().zip(solution.alpha).filter(|(_, alpha)| alpha.abs() > 0.0).unzip();
        if dual_coef.iter().chain([&solution.rho]).any(|v| !v.is_finite()) {
            return Err(SvmError::NotFinite);
        }
        Ok(FittedOneClassSvm {
            kernel,
            vectors: x.take(&support),
            support,
            dual_coef,
            offset: solution.rho,
            n_iter: solution.n_iter,
            converged: solution.converged,
        })
    }
}
