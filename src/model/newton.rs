//! Newton's method for the penalised logistic loss, to the last digits of the optimum.
//!
//! Minimises `sum(weight * ln(1 + exp(-sign * row.v))) + sum(penalty * v^2) / 2`, weights summing to 1. The loss is
//! convex, so every optimum is the same; the steps are halved until they descend, because a full step from afar can
//! overshoot. The columns are expected to be of like size (see [`super::logistic_regression`]).
//!
//! Every step looks at every row, so many rows get a good start first: the optimum of every eighth of them, found the
//! same way. It is off by about the square root of a column per row, from where three or four steps are enough. Where
//! the part has no optimum the start is zero, as for few rows.

use super::ModelError;
use crate::base::exp_nearly::{self, exp_nearly};
use crate::base::math::{higher, ln};

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

/// From so many rows per column on, a start is looked for among every [`PART`]th row.
const MANY: usize = 80;
/// See [`MANY`].
const PART: usize = 8;

/// Summands `ln(1 + e)` with `e` at least this are gathered as one product before the logarithm is taken: the rounding
/// of the factors stays below 1e-14 of the sum.
const GATHERED: f64 = 1.0 / 64.0;
/// Rows whose exponentials are taken together, which they do side by side.
const BLOCK: usize = 64;

/// The gathered product is turned into its logarithm before it overflows; each factor is at most 2.
const FULL: f64 = 1e300;

/// One row: its columns, the sign of its class, its weight.
#[derive(Clone, Copy)]
pub(super) struct Row<const P: usize> {
    pub columns: [f64; P],
    pub sign: f64,
    pub weight: f64,
}

/// The optimum and the iterations over all rows that it took. Columns that are zero or depend on others get 0.
pub(super) fn minimise<const P: usize>(rows: &[Row<P>], penalty: &[f64; P]) -> Result<([f64; P], u32), ModelError> {
    let start = if rows.len() >= MANY * P { part_optimum(rows, penalty) } else { [0.0; P] };
    minimise_from(start, rows, penalty)
}

/// The optimum of a part of the rows, or zero.
#[inline(never)]
fn part_optimum<const P: usize>(rows: &[Row<P>], penalty: &[f64; P]) -> [f64; P] {
    let mut part: Vec<Row<P>> = rows.iter().step_by(PART).copied().collect();
    let total: f64 = part.iter().map(|row| row.weight).sum();
    part.iter_mut().for_each(|row| row.weight /= total);
    let both = part.iter().any(|row| row.sign > 0.0 && row.weight > 0.0)
        && part.iter().any(|row| row.sign < 0.0 && row.weight > 0.0);
    let optimum = if both { minimise(&part, penalty).ok() } else { None };
    optimum.map_or([0.0; P], |(v, _)| v)
}

#[inline(never)]
fn minimise_from<const P: usize>(
    mut v: [f64; P],
    rows: &[Row<P>],
    penalty: &[f64; P],
) -> Result<([f64; P], u32), ModelError> {
    let unpenalised = penalty.iter().all(|&p| p == 0.0);
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
        if gain <= LAST_GAIN * here.value {
            // Too short to raise the loss by more than rounding, so nobody need look.
            return Ok((std::array::from_fn(|j| v[j] - step[j]), iteration));
        }
        (v, here) = descend(rows, penalty, &v, &step, &here)?;
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

/// `ln(1 + e)` for `e` from 0 to 1/64, to the last digits: the first terms of the series.
fn ln_1p_small(e: f64) -> f64 {
    const TERMS: [f64; 9] =
        [1.0 / 9.0, -1.0 / 8.0, 1.0 / 7.0, -1.0 / 6.0, 1.0 / 5.0, -1.0 / 4.0, 1.0 / 3.0, -1.0 / 2.0, 1.0];
    TERMS.iter().fold(0.0, |sum, term| sum * e + term) * e
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
    #[inline(never)]
    fn at(rows: &[Row<P>], penalty: &[f64; P], v: &[f64; P]) -> Self {
        let mut loss = Self { value: 0.0, gradient: [0.0; P], hessian: [[0.0; P]; P], separates: true };
        // Of each class, the rows of equal weight that follow each other: their product and that weight.
        let mut gathered = [(1.0, 0.0); 2];
        let (mut margins, mut exponentials) = ([0.0; BLOCK], [0.0; BLOCK]);
        for block in rows.chunks(BLOCK) {
            for (Row { columns, sign, .. }, margin) in block.iter().zip(&mut margins) {
                *margin = sign * columns.iter().zip(v).map(|(a, v)| a * v).sum::<f64>();
            }
            for (e, margin) in exponentials.iter_mut().zip(&margins) {
                let distance = margin.abs();
                // what is not a number stays so
                *e = exp_nearly(-if distance > exp_nearly::LARGEST { exp_nearly::LARGEST } else { distance });
            }
            for ((Row { columns, sign, weight }, &margin), &e) in block.iter().zip(&margins).zip(&exponentials) {
                let larger = 1.0 / (1.0 + e);
                let smaller = e * larger;
                // probability of the wrong class, without cancellation
                let wrong = if margin >= 0.0 { smaller } else { larger };
                loss.value += weight * higher(-margin, 0.0);
                if e < GATHERED {
                    loss.value += weight * ln_1p_small(e);
                } else {
                    let (product, of) = &mut gathered[usize::from(*sign > 0.0)];
                    if *of != *weight || *product > FULL {
                        loss.value += *of * ln(*product);
                        (*product, *of) = (1.0, *weight);
                    }
                    *product *= 1.0 + e;
                }
                loss.separates &= margin > 0.0 || *weight == 0.0;
                let (slope, curvature) = (-weight * sign * wrong, weight * smaller * larger);
                for j in 0..P {
                    loss.gradient[j] += slope * columns[j];
                    let scaled = curvature * columns[j];
                    for (entry, column) in loss.hessian[j][..=j].iter_mut().zip(columns) {
                        *entry += scaled * column;
                    }
                }
            }
        }
        loss.value += gathered.iter().map(|(product, of)| of * ln(*product)).sum::<f64>();
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

    #[inline(never)]
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::math::{exp, ln_1p};
    use crate::random::RandomState;

    /// Overlapping classes, weights that differ from row to row.
    fn rows(n: usize) -> Vec<Row<3>> {
        let mut random = RandomState::new(5);
        let row = |i: usize| {
            let sign = if i.is_multiple_of(5) { 1.0 } else { -1.0 };
            let columns = [sign + random.standard_normal(), random.standard_normal(), 1.0];
            Row { columns, sign, weight: (1.0 + (i % 3) as f64) / (2.0 * n as f64) }
        };
        (0..n).map(row).collect()
    }

    #[test]
    fn the_gathered_loss_is_the_sum_of_the_rows_losses() {
        let rows = rows(3000);
        for v in [[0.0; 3], [1.0, -0.5, 0.2], [9.0, 4.0, -3.0], [80.0, 30.0, 5.0]] {
            let by_row = |row: &Row<3>| {
                let margin: f64 = row.sign * row.columns.iter().zip(&v).map(|(a, v)| a * v).sum::<f64>();
                row.weight * ((-margin).max(0.0) + ln_1p(exp(-margin.abs())))
            };
            let expected: f64 = rows.iter().map(by_row).sum();
            let value = Loss::at(&rows, &[0.0; 3], &v).value;
            assert!((value / expected - 1.0).abs() < LOSS_ROUNDING, "{v:?}: {value} is not {expected}");
        }
    }

    #[test]
    fn the_short_series_is_the_logarithm() {
        for i in 0..=1000 {
            let e = GATHERED * f64::from(i) / 1000.0;
            assert!((ln_1p_small(e) - ln_1p(e)).abs() <= 3e-16 * ln_1p(e), "{e}");
        }
    }

    #[test]
    fn a_start_from_a_part_leads_to_the_same_optimum_in_fewer_steps() {
        let rows = rows(4000);
        for strength in [0.0, 1e-4, 1.0] {
            let penalty = [strength, strength, 0.0];
            let (near, few) = minimise(&rows, &penalty).unwrap();
            let (far, many) = minimise_from([0.0; 3], &rows, &penalty).unwrap();
            assert!(few < many, "{few} and {many} steps");
            assert!(near.iter().zip(far).all(|(a, b)| (a - b).abs() < 1e-12), "{near:?} is not {far:?}");
        }
    }

    #[test]
    fn a_part_without_an_optimum_does_not_hinder_the_whole() {
        // every eighth row, and no other, is positive: the part holds one class
        let mut rows = rows(4000);
        for (i, row) in rows.iter_mut().enumerate() {
            row.sign = if i.is_multiple_of(PART) { 1.0 } else { -1.0 };
        }
        let (_, steps) = minimise(&rows, &[0.0; 3]).unwrap();
        assert!(steps > 1);
    }
}
