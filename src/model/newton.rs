//! Newton's method for the penalised logistic loss, to the last digits of the optimum.
//!
//! Minimises `sum(weight * ln(1 + exp(-sign * row.v))) + sum(penalty * v^2) / 2`, weights summing to 1. The loss is
//! convex, so every optimum is the same; the steps are halved until they descend, because a full step from afar can
//! overshoot. The columns are expected to be of like size (see [`super::logistic_regression`]).

use super::ModelError;
use crate::base::math::{exp, ln_1p};

/// Halving the step more often than this leaves nothing of it.
const MAX_HALVINGS: u32 = 60;

/// More iterations than any penalised problem takes: far away, a step moves the scores by about 1, and scores beyond
/// 40 have no loss left.
const MAX_ITERATIONS: u32 = 200;

/// The promised gain of a step, relative to the loss, below which it is the last one. Convergence is quadratic: after a
/// step that gains 1e-18 the rest is far below rounding.
const LAST_GAIN: f64 = 1e-18;

/// Rounding in the sum of the losses, relative to it: a rise by this much is not a rise.
const LOSS_ROUNDING: f64 = 1e-13;

/// A pivot that fell to this share of its column's diagonal is rounding: the column depends on the ones before it.
const DEPENDENT: f64 = 1e-14;

/// When the information about a direction fell to this share of what it was at the start, the scores have run off
/// along it.
const RUN_OFF: f64 = 1e-12;

/// One row: its columns, the sign of its class, its weight.
pub(super) struct Row<const P: usize> {
    pub columns: [f64; P],
    pub sign: f64,
    pub weight: f64,
}

/// The optimum and the iterations that it took. Columns that are zero or depend on others get 0.
pub(super) fn minimise<const P: usize>(rows: &[Row<P>], penalty: &[f64; P]) -> Result<([f64; P], u32), ModelError> {
    let unpenalised = penalty.iter().all(|&p| p == 0.0);
    let mut v = [0.0; P];
    let mut here = Loss::at(rows, penalty, &v);
    let start = Cholesky::new(&here.hessian);
    for iteration in 1..=MAX_ITERATIONS {
        let factor = Cholesky::new(&here.hessian);
        if unpenalised && (here.separates || factor.ran_off(&start)) {
            return Err(ModelError::NoFiniteOptimum);
        }
        let step = factor.solve(&here.gradient);
        let gain: f64 = step.iter().zip(&here.gradient).map(|(s, g)| s * g).sum();
        if gain.is_nan() {
            return Err(ModelError::NotConverged);
        }
        let (next, there) = descend(rows, penalty, &v, &step, &here)?;
        (v, here) = (next, there);
        if gain <= LAST_GAIN * here.value {
            return if unpenalised && here.separates { Err(ModelError::NoFiniteOptimum) } else { Ok((v, iteration)) };
        }
    }
    Err(if unpenalised { ModelError::NoFiniteOptimum } else { ModelError::NotConverged })
}

/// The longest of the step, its half, its quarter, ... that does not raise the loss.
fn descend<const P: usize>(
    rows: &[Row<P>],
    penalty: &[f64; P],
    v: &[f64; P],
    step: &[f64; P],
    here: &Loss<P>,
) -> Result<([f64; P], Loss<P>), ModelError> {
    let mut length = 1.0;
    for _ in 0..MAX_HALVINGS {
        let next = std::array::from_fn(|j| v[j] - length * step[j]);
        let there = Loss::at(rows, penalty, &next);
        if there.value <= here.value * (1.0 + LOSS_ROUNDING) {
            return Ok((next, there));
        }
        length /= 2.0;
    }
    Err(ModelError::NotConverged)
}

/// The loss and its derivatives at a point.
struct Loss<const P: usize> {
    value: f64,
    gradient: [f64; P],
    /// Lower triangle.
    hessian: [[f64; P]; P],
    /// Whether every row that counts is strictly on its own side.
    separates: bool,
}

impl<const P: usize> Loss<P> {
    fn at(rows: &[Row<P>], penalty: &[f64; P], v: &[f64; P]) -> Self {
        let mut loss = Self { value: 0.0, gradient: [0.0; P], hessian: [[0.0; P]; P], separates: true };
        for Row { columns, sign, weight } in rows {
            let score: f64 = columns.iter().zip(v).map(|(a, v)| a * v).sum();
            let margin = sign * score;
            let e = exp(-margin.abs());
            let smaller = e / (1.0 + e);
            // probability of the wrong class, without cancellation
            let wrong = if margin >= 0.0 { smaller } else { 1.0 / (1.0 + e) };
            loss.value += weight * ((-margin).max(0.0) + ln_1p(e));
            loss.separates &= margin > 0.0 || *weight == 0.0;
            let (slope, curvature) = (-weight * sign * wrong, weight * smaller / (1.0 + e));
            for j in 0..P {
                loss.gradient[j] += slope * columns[j];
                let scaled = curvature * columns[j];
                for (entry, column) in loss.hessian[j][..=j].iter_mut().zip(columns) {
                    *entry += scaled * column;
                }
            }
        }
        for j in 0..P {
            loss.value += 0.5 * penalty[j] * v[j] * v[j];
            loss.gradient[j] += penalty[j] * v[j];
            loss.hessian[j][j] += penalty[j];
        }
        loss
    }
}

/// `hessian = L * L^T`, with columns that depend on earlier ones left out.
struct Cholesky<const P: usize> {
    lower: [[f64; P]; P],
    /// Squares of the diagonal of L; 0 for a column left out.
    pivots: [f64; P],
}

impl<const P: usize> Cholesky<P> {
    fn new(hessian: &[[f64; P]; P]) -> Self {
        let (mut lower, mut pivots) = ([[0.0; P]; P], [0.0; P]);
        for j in 0..P {
            let squares: f64 = lower[j][..j].iter().map(|l: &f64| l * l).sum();
            let pivot = hessian[j][j] - squares;
            if pivot <= DEPENDENT * hessian[j][j] || pivot <= 0.0 {
                continue;
            }
            pivots[j] = pivot;
            lower[j][j] = pivot.sqrt();
            for i in j + 1..P {
                let product: f64 = (0..j).map(|k| lower[i][k] * lower[j][k]).sum();
                lower[i][j] = (hessian[i][j] - product) / lower[j][j];
            }
        }
        Self { lower, pivots }
    }

    fn solve(&self, right: &[f64; P]) -> [f64; P] {
        let mut x = *right;
        for i in 0..P {
            let known: f64 = (0..i).map(|k| self.lower[i][k] * x[k]).sum();
            x[i] = if self.pivots[i] > 0.0 { (x[i] - known) / self.lower[i][i] } else { 0.0 };
        }
        for i in (0..P).rev() {
            let known: f64 = (i + 1..P).map(|k| self.lower[k][i] * x[k]).sum();
            x[i] = if self.pivots[i] > 0.0 { (x[i] - known) / self.lower[i][i] } else { 0.0 };
        }
        x
    }

    /// Whether a direction that was known at the start no longer is.
    fn ran_off(&self, start: &Self) -> bool {
        self.pivots.iter().zip(&start.pivots).any(|(&now, &then)| then > 0.0 && now < RUN_OFF * then)
    }
}
