//! Gaussian naive Bayes: every class is a bell curve per feature, and the features are independent within a class.
//!
//! `log p(c, x) = log prior_c - sum_j (log(2 pi var_cj) + (x_j - mean_cj)^2 / var_cj) / 2`; the probabilities of the
//! classes are in proportion to `p(c, x)`. To every variance a billionth of the largest variance of any feature is
//! added. When no feature varies at all, nothing can be said: the probabilities are not numbers, as in scikit-learn.
//!
//! ```
//! use imbalance_lab::base::Rows;
//! use imbalance_lab::model::GaussianNaiveBayes;
//!
//! let x = Rows::from_points(&[[0.0, 0.0], [1.0, 2.0], [5.0, 1.0], [7.0, 3.0]]);
//! let model = GaussianNaiveBayes::default().fit(&x, &[0, 0, 1, 1], None).unwrap();
//! assert!(model.predict_proba(&[1.0, 1.0])[0] > 0.99);
//! ```

use std::f64::consts::PI;

use serde::{Deserialize, Serialize};

use super::ModelError;
use crate::base::math::{exp, ln, sum, sum_in_order};
use crate::base::{Class, Rows};

/// What to fit: scikit-learn's `GaussianNB`, whose priors are those of the training rows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GaussianNaiveBayes {
    /// Share of the largest variance that is added to all.
    pub var_smoothing: f64,
}

impl Default for GaussianNaiveBayes {
    fn default() -> Self {
        Self { var_smoothing: 1e-9 }
    }
}

/// A fitted model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GaussianNaiveBayesModel {
    /// The labels it knows, ascending.
    pub classes: Vec<Class>,
    /// Share of each class in the weight of the rows.
    pub class_prior: Vec<f64>,
    /// For each class the mean of every feature.
    pub theta: Vec<Vec<f64>>,
    /// For each class the variance of every feature, with what is added to it.
    pub var: Vec<Vec<f64>>,
    /// What is added to all variances.
    pub epsilon: f64,
}

impl GaussianNaiveBayes {
    /// Fits to rows of any width.
    pub fn fit(
        &self,
        x: &Rows,
        y: &[Class],
        sample_weight: Option<&[f64]>,
    ) -> Result<GaussianNaiveBayesModel, ModelError> {
        if x.is_empty() {
            return Err(ModelError::NoRows);
        }
        if x.len() != y.len() || sample_weight.is_some_and(|weights| weights.len() != y.len()) {
            return Err(ModelError::Lengths);
        }
        if let Some(bad) = x.values().iter().find(|value| !value.is_finite()) {
            return Err(if bad.is_nan() { ModelError::NotANumber } else { ModelError::Infinite });
        }
        let weights = sample_weight.map_or_else(|| vec![1.0; y.len()], <[f64]>::to_vec);
        let mut classes = y.to_vec();
        classes.sort_unstable();
        classes.dedup();
        let weight_of = |class| sum_in_order(y.iter().zip(&weights).filter(|(y, _)| **y == class).map(|(_, w)| *w));
        let class_weights: Vec<f64> = classes.iter().map(|&class| weight_of(class)).collect();
        if weights.iter().any(|&weight| !(weight >= 0.0 && weight.is_finite())) || class_weights.contains(&0.0) {
            return Err(ModelError::Weight);
        }

        let all = moments(x, |_| 1.0).1;
        let epsilon = self.var_smoothing * all.into_iter().fold(0.0, f64::max);
        let total = sum(&class_weights);
        let (mut theta, mut var) = (Vec::new(), Vec::new());
        for &class in &classes {
            let (mean, mut variance) = moments(x, |i| if y[i] == class { weights[i] } else { 0.0 });
            variance.iter_mut().for_each(|variance| *variance += epsilon);
            theta.push(mean);
            var.push(variance);
        }
        let class_prior = class_weights.iter().map(|weight| weight / total).collect();
        Ok(GaussianNaiveBayesModel { classes, class_prior, theta, var, epsilon })
    }
}

/// Mean and variance of every column, rows weighted.
fn moments(x: &Rows, weight: impl Fn(usize) -> f64) -> (Vec<f64>, Vec<f64>) {
    let total = sum_in_order((0..x.len()).map(&weight));
    let average = |of: &dyn Fn(&[f64]) -> f64| {
        sum_in_order(
            x.iter().enumerate().map(|(i, row)| (weight(i), row)).filter(|(w, _)| *w > 0.0).map(|(w, row)| w * of(row)),
        ) / total
    };
    let means: Vec<f64> = (0..x.width()).map(|column| average(&|row| row[column])).collect();
    let squares = |column: usize| average(&|row| (row[column] - means[column]) * (row[column] - means[column]));
    let variances = (0..x.width()).map(squares).collect();
    (means, variances)
}

impl GaussianNaiveBayesModel {
    /// `log p(c, x)` for every class.
    pub fn joint_log_likelihood(&self, row: &[f64]) -> Vec<f64> {
        let of_class = |((prior, theta), var): ((&f64, &Vec<f64>), &Vec<f64>)| {
            let logs: Vec<f64> = var.iter().map(|var| ln(2.0 * PI * var)).collect();
            let squares: Vec<f64> =
                row.iter().zip(theta).zip(var).map(|((x, mean), var)| (x - mean) * (x - mean) / var).collect();
            ln(*prior) + (-0.5 * sum(&logs) - 0.5 * sum(&squares))
        };
        self.class_prior.iter().zip(&self.theta).zip(&self.var).map(of_class).collect()
    }

    /// The probability of every class, in the order of `classes`.
    pub fn predict_proba(&self, row: &[f64]) -> Vec<f64> {
        let joint = self.joint_log_likelihood(row);
        let largest = joint.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let shifted: Vec<f64> = joint.iter().map(|joint| exp(joint - largest)).collect();
        let evidence = largest + ln(sum(&shifted));
        joint.iter().map(|joint| exp(joint - evidence)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_weight_two_counts_like_two_rows() {
        let x = Rows::from_points(&[[0.0, 1.0], [1.0, 4.0], [3.0, 2.0], [5.0, 0.0]]);
        let twice = x.take(&[0, 1, 1, 2, 3]);
        let default = GaussianNaiveBayes::default();
        let weighted = default.fit(&x, &[0, 0, 1, 1], Some(&[1.0, 2.0, 1.0, 1.0])).unwrap();
        let repeated = default.fit(&twice, &[0, 0, 0, 1, 1], None).unwrap();
        for (a, b) in [(&weighted.theta, &repeated.theta), (&weighted.var, &repeated.var)] {
            assert!(a.iter().flatten().zip(b.iter().flatten()).all(|(a, b)| (a - b).abs() < 1e-8));
        }
        assert_eq!(weighted.class_prior, [0.6, 0.4]);
    }

    #[test]
    fn rows_without_spread_leave_no_probability() {
        let x = Rows::from_points(&[[1.0, 2.0]; 4]);
        let model = GaussianNaiveBayes::default().fit(&x, &[0, 0, 1, 1], None).unwrap();
        assert!(model.predict_proba(&[1.0, 2.0]).iter().all(|p| p.is_nan()));
    }

    #[test]
    fn a_class_without_weight_is_refused() {
        let x = Rows::from_points(&[[0.0, 1.0], [1.0, 4.0]]);
        let refused = |weights: &[f64]| GaussianNaiveBayes::default().fit(&x, &[0, 1], Some(weights)).unwrap_err();
        assert_eq!(refused(&[1.0, 0.0]), ModelError::Weight);
        assert_eq!(refused(&[1.0, -1.0]), ModelError::Weight);
        assert_eq!(refused(&[1.0]), ModelError::Lengths);
    }
}
