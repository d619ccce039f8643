//! Shrinking: rows whose variables sit at a bound and would rather go beyond it are left out until the end nears.
//!
//! It spares work and decides in which order sums run, so it belongs to the result.

use super::smo::{Bound, Solver};

/// Largest `-y * gradient` among variables that may move up, and largest `y * gradient` among those that may move down.
#[derive(Clone, Copy)]
struct Violations {
    up: f64,
    down: f64,
}

impl Solver {
    /// Moves settled rows to the end and makes them inactive; shortly before the optimum takes all back, once.
    pub(super) fn shrink(&mut self) {
        let violations = self.violations();
        if !self.unshrunk && violations.up + violations.down <= self.tol * 10.0 {
            self.unshrunk = true;
            self.reconstruct_gradient();
            self.n_active = self.y.len();
        }
        let mut i = 0;
        while i < self.n_active {
            if self.is_settled(i, violations) {
                self.n_active -= 1;
                while self.n_active > i {
                    if !self.is_settled(self.n_active, violations) {
                        self.swap(i, self.n_active);
                        break;
                    }
                    self.n_active -= 1;
                }
            }
            i += 1;
        }
    }

    fn violations(&self) -> Violations {
        let mut violations = Violations { up: f64::NEG_INFINITY, down: f64::NEG_INFINITY };
        for i in 0..self.n_active {
            let slope = self.y[i] * self.gradient[i];
            let (upper, lower) =
                if self.y[i] > 0.0 { (Bound::Upper, Bound::Lower) } else { (Bound::Lower, Bound::Upper) };
            if self.bound[i] != upper {
                violations.up = violations.up.max(-slope);
            }
            if self.bound[i] != lower {
                violations.down = violations.down.max(slope);
            }
        }
        violations
    }

    fn is_settled(&self, i: usize, violations: Violations) -> bool {
        let slope = self.y[i] * self.gradient[i];
        let moves_up = (self.bound[i] == Bound::Lower) == (self.y[i] > 0.0);
        match self.bound[i] {
            Bound::Free => false,
            _ if moves_up => slope > violations.down,
            _ => -slope > violations.up,
        }
    }

    /// Computes the gradient of inactive rows anew.
    pub(super) fn reconstruct_gradient(&mut self) {
        let (n, n_active) = (self.y.len(), self.n_active);
        if n_active == n {
            return;
        }
        for i in n_active..n {
            self.gradient[i] = self.gradient_of_upper[i] + self.p[i];
        }
        let free: Vec<usize> = (0..n_active).filter(|&i| self.bound[i] == Bound::Free).collect();
        // both ways add in the same order; the second computes whole columns, the first those of inactive rows only
        if free.len() as u64 * n as u64 > 2 * n_active as u64 * (n - n_active) as u64 {
            for i in n_active..n {
                self.q.compute(i, n_active);
                let column = self.q.column(i);
                for &j in &free {
                    self.gradient[i] += self.alpha[j] * f64::from(column[j]);
                }
            }
        } else {
            for &j in &free {
                self.q.compute(j, n);
                let column = &self.q.column(j)[n_active..];
                for (gradient, &entry) in self.gradient[n_active..].iter_mut().zip(column) {
                    *gradient += self.alpha[j] * f64::from(entry);
                }
            }
        }
    }

    fn swap(&mut self, i: usize, j: usize) {
        self.q.swap(i, j);
        self.bound.swap(i, j);
        self.origin.swap(i, j);
        for values in [
            &mut self.diagonal,
            &mut self.p,
            &mut self.y,
            &mut self.c,
            &mut self.alpha,
            &mut self.gradient,
            &mut self.gradient_of_upper,
        ] {
            values.swap(i, j);
        }
    }
}
