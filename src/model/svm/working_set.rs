//! Which two variables to change next: the one that violates optimality most, and the partner with which the
//! second-order model promises the largest decrease (Fan, Chen and Lin 2005, "WSS 2"). Of equals the last is taken.

use super::smo::{Bound, Solver, TAU};

impl Solver {
    /// The pair; `None` when no violation exceeds the tolerance.
    pub(super) fn working_set(&mut self) -> Option<(usize, usize)> {
        let (i, violation) = self.worst_violator()?;
        self.q.compute(i, self.n_active);
        let column = self.q.column(i);
        let (diagonal_i, y_i) = (self.diagonal[i], self.y[i]);
        let (mut partner, mut best) = (None, f64::INFINITY);
        let mut opposite = f64::NEG_INFINITY;
        for (j, &q_ij) in column[..self.n_active].iter().enumerate() {
            let y = self.y[j];
            let stuck = if y > 0.0 { Bound::Lower } else { Bound::Upper };
            if self.bound[j] == stuck {
                continue;
            }
            let slope = y * self.gradient[j];
            if slope >= opposite {
                opposite = slope;
            }
            let difference = violation + slope;
            if difference > 0.0 {
                let curvature = diagonal_i + self.diagonal[j] - 2.0 * y * y_i * f64::from(q_ij);
                let curvature = if curvature > 0.0 { curvature } else { TAU };
                let decrease = -(difference * difference) / curvature;
                if decrease <= best {
                    (partner, best) = (Some(j), decrease);
                }
            }
        }
        if violation + opposite < self.tol { None } else { partner.map(|j| (i, j)) }
    }

    /// The variable that can still move in the direction of `y` and gains most by it, and its `-y * gradient`.
    fn worst_violator(&self) -> Option<(usize, f64)> {
        let (mut worst, mut violation) = (None, f64::NEG_INFINITY);
        for i in 0..self.n_active {
            let y = self.y[i];
            let stuck = if y > 0.0 { Bound::Upper } else { Bound::Lower };
            let slope = -y * self.gradient[i];
            if self.bound[i] != stuck && slope >= violation {
                (worst, violation) = (Some(i), slope);
            }
        }
        worst.map(|i| (i, violation))
    }
}
