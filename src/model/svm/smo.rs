//! Sequential minimal optimisation as libsvm does it: the dual problem of a support vector machine, two variables at
//! a time.
//!
//! Minimises `a' Q a / 2 + p' a` with `y' a` constant and `0 <= a_i <= C_i`. Each step takes the pair that promises
//! the largest decrease by second-order information (`working_set.rs`), solves for the two and updates the gradient.
//! Rows that seem settled at a bound are left out for a while (`shrinking.rs`). It stops when no pair violates the
//! optimality conditions by more than `tol`.
//!
//! With scikit-learn's tolerance of 0.001 it stops so far from the optimum that another solver's answer would differ in
//! the third digit: what is reproduced here is the path, up to the order of additions.
//!
//! Platt (1998), "Sequential minimal optimization"; Fan, Chen and Lin (2005), "Working set selection using second order
//! information for training support vector machines"; Chang and Lin (2011), "LIBSVM".

use super::q_matrix::QMatrix;

/// Curvature that stands in for one that is not positive.
pub(super) const TAU: f64 = 1e-12;

/// A dual problem; everything in the same order of rows.
#[derive(Debug)]
pub struct Problem {
    /// The matrix.
    pub q: QMatrix,
    /// The linear term.
    pub p: Vec<f64>,
    /// +1 or -1.
    pub y: Vec<f64>,
    /// Upper bounds.
    pub c: Vec<f64>,
    /// Where to start.
    pub alpha: Vec<f64>,
}

/// When to stop.
#[derive(Clone, Copy, Debug)]
pub struct Stop {
    /// Largest violation that is left alone.
    pub tol: f64,
    /// Largest number of steps.
    pub max_iter: Option<u64>,
    /// Whether rows that seem settled are left out for a while.
    pub shrinking: bool,
}

/// What the solver found.
#[derive(Clone, Debug)]
pub struct Solution {
    /// The variables.
    pub alpha: Vec<f64>,
    /// The threshold: the decision is `sum(a_i y_i K(x_i, x)) - rho`.
    pub rho: f64,
    /// Steps taken.
    pub n_iter: u64,
    /// Whether the tolerance was reached, and not the largest number of steps.
    pub converged: bool,
}

/// Where a variable stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Bound {
    Lower,
    Free,
    Upper,
}

impl Bound {
    fn of(alpha: f64, c: f64) -> Self {
        if alpha >= c {
            Self::Upper
        } else if alpha <= 0.0 {
            Self::Lower
        } else {
            Self::Free
        }
    }
}

/// The solver's state. Rows below `n_active` take part; all arrays change places together.
pub(super) struct Solver {
    pub(super) q: QMatrix,
    pub(super) diagonal: Vec<f64>,
    pub(super) p: Vec<f64>,
    pub(super) y: Vec<f64>,
    pub(super) c: Vec<f64>,
    pub(super) alpha: Vec<f64>,
    pub(super) bound: Vec<Bound>,
    pub(super) gradient: Vec<f64>,
    /// What the variables at their upper bounds contribute to the gradient.
    pub(super) gradient_of_upper: Vec<f64>,
    /// Original position of each row.
    pub(super) origin: Vec<u32>,
    pub(super) n_active: usize,
    pub(super) unshrunk: bool,
    pub(super) tol: f64,
}

/// Solves the problem.
pub fn solve(problem: Problem, stop: Stop) -> Solution {
    let n = problem.y.len();
    let mut solver = Solver::new(problem, stop.tol);
    let rounds = n.min(1000);
    let mut until_shrinking = rounds + 1;
    let mut n_iter = 0;
    let converged = loop {
        if stop.max_iter.is_some_and(|most| n_iter >= most) {
            break false;
        }
        until_shrinking -= 1;
        if until_shrinking == 0 {
            until_shrinking = rounds;
            if stop.shrinking {
                solver.shrink();
            }
        }
        let pair = match solver.working_set() {
            Some(pair) => pair,
            None => {
                solver.reconstruct_gradient();
                solver.n_active = n;
                let Some(pair) = solver.working_set() else { break true };
                until_shrinking = 1;
                pair
            }
        };
        n_iter += 1;
        solver.step(pair);
    };
    let rho = solver.rho();
    let mut alpha = vec![0.0; n];
    for (&origin, &value) in solver.origin.iter().zip(&solver.alpha) {
        alpha[origin as usize] = value;
    }
    Solution { alpha, rho, n_iter, converged }
}

impl Solver {
    fn new(problem: Problem, tol: f64) -> Self {
        let Problem { q, p, y, c, alpha } = problem;
        let n = y.len();
        let bound = alpha.iter().zip(&c).map(|(&alpha, &c)| Bound::of(alpha, c)).collect();
        let mut solver = Self {
            diagonal: q.diagonal(),
            gradient: p.clone(),
            gradient_of_upper: vec![0.0; n],
            origin: (0..n as u32).collect(),
            n_active: n,
            unshrunk: false,
            q,
            p,
            y,
            c,
            alpha,
            bound,
            tol,
        };
        for i in 0..n {
            if solver.bound[i] != Bound::Lower {
                solver.q.compute(i, n);
                add(&mut solver.gradient, solver.alpha[i], solver.q.column(i));
                if solver.bound[i] == Bound::Upper {
                    add(&mut solver.gradient_of_upper, solver.c[i], solver.q.column(i));
                }
            }
        }
        solver
    }

    /// Solves for two variables and brings the gradients up to date.
    fn step(&mut self, (i, j): (usize, usize)) {
        let n_active = self.n_active;
        self.q.compute(i, n_active);
        self.q.compute(j, n_active);
        let before = [self.alpha[i], self.alpha[j]];
        let after = self.solve_pair(i, j);
        [self.alpha[i], self.alpha[j]] = after;

        let (change_i, change_j) = (after[0] - before[0], after[1] - before[1]);
        let columns = self.q.column(i)[..n_active].iter().zip(&self.q.column(j)[..n_active]);
        for (gradient, (&qi, &qj)) in self.gradient.iter_mut().zip(columns) {
            *gradient += f64::from(qi) * change_i + f64::from(qj) * change_j;
        }
        for at in [i, j] {
            let now = Bound::of(self.alpha[at], self.c[at]);
            let was = std::mem::replace(&mut self.bound[at], now);
            if (was == Bound::Upper) != (now == Bound::Upper) {
                self.q.compute(at, self.y.len());
                let sign = if was == Bound::Upper { -1.0 } else { 1.0 };
                add(&mut self.gradient_of_upper, sign * self.c[at], self.q.column(at));
            }
        }
    }

    /// The best values of two variables within their bounds, all others as they are.
    fn solve_pair(&self, i: usize, j: usize) -> [f64; 2] {
        let (ci, cj) = (self.c[i], self.c[j]);
        let q_ij = f64::from(self.q.column(i)[j]);
        let (mut ai, mut aj) = (self.alpha[i], self.alpha[j]);
        let positive = |curvature: f64| if curvature <= 0.0 { TAU } else { curvature };
        if self.y[i] != self.y[j] {
            let curvature = positive(self.diagonal[i] + self.diagonal[j] + 2.0 * q_ij);
            let delta = (-self.gradient[i] - self.gradient[j]) / curvature;
            let difference = ai - aj;
            ai += delta;
            aj += delta;
            if difference > 0.0 {
                if aj < 0.0 {
                    (ai, aj) = (difference, 0.0);
                }
            } else if ai < 0.0 {
                (ai, aj) = (0.0, -difference);
            }
            if difference > ci - cj {
                if ai > ci {
                    (ai, aj) = (ci, ci - difference);
                }
            } else if aj > cj {
                (ai, aj) = (cj + difference, cj);
            }
        } else {
            let curvature = positive(self.diagonal[i] + self.diagonal[j] - 2.0 * q_ij);
            let delta = (self.gradient[i] - self.gradient[j]) / curvature;
            let sum = ai + aj;
            ai -= delta;
            aj += delta;
            if sum > ci {
                if ai > ci {
                    (ai, aj) = (ci, sum - ci);
                }
            } else if aj < 0.0 {
                (ai, aj) = (sum, 0.0);
            }
            if sum > cj {
                if aj > cj {
                    (ai, aj) = (sum - cj, cj);
                }
            } else if ai < 0.0 {
                (ai, aj) = (0.0, sum);
            }
        }
        [ai, aj]
    }

    /// The threshold: the mean over free variables, or the middle of what the bounds allow.
    fn rho(&self) -> f64 {
        let (mut n_free, mut sum_free) = (0, 0.0);
        let (mut upper, mut lower) = (f64::INFINITY, f64::NEG_INFINITY);
        for i in 0..self.n_active {
            let value = self.y[i] * self.gradient[i];
            match self.bound[i] {
                Bound::Free => {
                    n_free += 1;
                    sum_free += value;
                }
                at if (at == Bound::Upper) == (self.y[i] < 0.0) => upper = upper.min(value),
                _ => lower = lower.max(value),
            }
        }
        if n_free > 0 { sum_free / f64::from(n_free) } else { (upper + lower) / 2.0 }
    }
}

/// `sums += factor * column`.
fn add(sums: &mut [f64], factor: f64, column: &[f32]) {
    for (sum, &entry) in sums.iter_mut().zip(column) {
        *sum += factor * f64::from(entry);
    }
}
