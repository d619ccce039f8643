//! L2-regularised logistic regression on polynomial features, at the optimum.
//!
//! Minimises `C * sum(s_i * ln(1 + exp(-t_i * f(x_i)))) + |w|^2 / 2` with `f(x) = w.phi(x) + b`; the intercept `b` is
//! not penalised, `s_i` is the weight of the row times that of its class. scikit-learn's default solver stops within
//! some thousandths of the optimum; with a tight tolerance it reaches the same numbers as here.
//!
//! The features are centred and scaled before the solver sees them, and the coefficients are carried back: that
//! changes nothing but the rounding, so cubes of coordinates far from the origin do no harm.

use super::newton::{Row, minimise};
use super::{ClassWeight, Model, ModelError, n_polynomial_features, polynomial_features};
use crate::base::{Class, Point};

/// A spread below this share of the mean is rounding: the feature is constant.
const CONSTANT: f64 = 1e-14;

/// What scikit-learn calls `make_pipeline(PolynomialFeatures(degree, include_bias=False), LogisticRegression(...))`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogisticRegression {
    /// Inverse strength of the penalty; infinity is no penalty.
    pub c: f64,
    /// Degree of the polynomial features, 1 to 3.
    pub degree: u8,
    /// Weights of the classes.
    pub class_weight: ClassWeight,
    /// Whether there is a constant term.
    pub fit_intercept: bool,
}

impl LogisticRegression {
    /// Fits; a row counts its weight, or 1. 1 is positive, any other label negative.
    pub fn fit(&self, x: &[Point], y: &[Class], sample_weight: Option<&[f64]>) -> Result<Model, ModelError> {
        self.check(x, y, sample_weight)?;
        match self.degree {
            1 => self.fit_columns::<3>(x, y, sample_weight),
            2 => self.fit_columns::<6>(x, y, sample_weight),
            3 => self.fit_columns::<10>(x, y, sample_weight),
            degree => Err(ModelError::Degree(degree)),
        }
    }

    #[inline(never)]
    fn check(&self, x: &[Point], y: &[Class], sample_weight: Option<&[f64]>) -> Result<(), ModelError> {
        if x.is_empty() {
            return Err(ModelError::NoRows);
        }
        if x.len() != y.len() || sample_weight.is_some_and(|w| w.len() != x.len()) {
            return Err(ModelError::Lengths);
        }
        if self.c.is_nan() || self.c <= 0.0 {
            return Err(ModelError::C(self.c));
        }
        let mut used =
            x.iter().flat_map(|&p| polynomial_features(p).into_iter().take(n_polynomial_features(self.degree)));
        if let Some(bad) = used.find(|v| !v.is_finite()) {
            return Err(if bad.is_nan() { ModelError::NotANumber } else { ModelError::Infinite });
        }
        if y.iter().all(|&label| (label == 1) == (y[0] == 1)) {
            return Err(ModelError::OneClass(y[0]));
        }
        let bad = |weight: &f64| !weight.is_finite() || *weight < 0.0;
        if sample_weight.is_some_and(|w| w.iter().any(bad))
            || matches!(self.class_weight, ClassWeight::Ratio(ratio) if bad(&ratio))
        {
            return Err(ModelError::Weight);
        }
        Ok(())
    }

    /// `P` columns: the features, then the constant.
    #[inline(never)]
    fn fit_columns<const P: usize>(
        &self,
        x: &[Point],
        y: &[Class],
        sample_weight: Option<&[f64]>,
    ) -> Result<Model, ModelError> {
        let weights = self.row_weights(y, sample_weight);
        let total: f64 = weights.iter().sum();
        if !(total > 0.0 && total.is_finite()) {
            return Err(ModelError::Weight);
        }
        let scaling = Scaling::<P>::of(x, self.fit_intercept);
        let rows: Vec<Row<P>> = (x.iter().zip(y).zip(&weights))
            .map(|((&point, &label), &weight)| Row {
                columns: scaling.columns(point),
                sign: if label == 1 { 1.0 } else { -1.0 },
                weight: weight / total,
            })
            .collect();

        let strength = 1.0 / (self.c * total);
        let mut penalty = [0.0; P];
        // the solver's coefficient is the real one times the scale; the constant, the last column, goes free
        for (penalty, scale) in penalty.iter_mut().zip(&scaling.scale).take(P - 1) {
            *penalty = strength / (scale * scale);
        }
        let (v, n_iter) = minimise(&rows, &penalty)?;

        let coef: Vec<f64> = (0..P - 1).map(|j| v[j] / scaling.scale[j]).collect();
        let shift: f64 = coef.iter().zip(&scaling.mean).map(|(w, m)| w * m).sum();
        let intercept = if self.fit_intercept { v[P - 1] - shift } else { 0.0 };
        Ok(Model::LogisticRegression { degree: self.degree, coef, intercept, n_iter })
    }

    #[inline(never)]
    fn row_weights(&self, y: &[Class], sample_weight: Option<&[f64]>) -> Vec<f64> {
        let row = |i: usize| sample_weight.map_or(1.0, |w| w[i]);
        let mut counts = [0.0; 2];
        y.iter().enumerate().for_each(|(i, &label)| counts[usize::from(label == 1)] += row(i));
        let by_class = self.class_weight.weights(counts);
        y.iter().enumerate().map(|(i, &label)| row(i) * by_class[usize::from(label == 1)]).collect()
    }
}

/// How the features are brought to like size.
struct Scaling<const P: usize> {
    mean: [f64; P],
    scale: [f64; P],
    constant: f64,
    /// Features that do not vary, of which nothing can be learnt.
    flat: [bool; P],
}

impl<const P: usize> Scaling<P> {
    #[inline(never)]
    fn of(x: &[Point], fit_intercept: bool) -> Self {
        let n = x.len() as f64;
        let (mut mean, mut scale, mut flat) = ([0.0; P], [1.0; P], [false; P]);
        // without an intercept the features must not be moved, only scaled
        if fit_intercept {
            for &point in x {
                let features = polynomial_features(point);
                (0..P - 1).for_each(|j| mean[j] += features[j] / n);
            }
        }
        let mut squares = [0.0; P];
        for &point in x {
            let features = polynomial_features(point);
            (0..P - 1).for_each(|j| squares[j] += (features[j] - mean[j]) * (features[j] - mean[j]) / n);
        }
        for j in 0..P - 1 {
            let spread = squares[j].sqrt();
            flat[j] = spread <= CONSTANT * mean[j].abs();
            if !flat[j] {
                scale[j] = spread;
            }
        }
        Self { mean, scale, constant: f64::from(fit_intercept), flat }
    }

    fn columns(&self, point: Point) -> [f64; P] {
        let features = polynomial_features(point);
        std::array::from_fn(|j| match j {
            j if j == P - 1 => self.constant,
            j if self.flat[j] => 0.0,
            j => (features[j] - self.mean[j]) / self.scale[j],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::RandomState;

    const PLAIN: LogisticRegression =
        LogisticRegression { c: 1.0, degree: 1, class_weight: ClassWeight::None, fit_intercept: true };

    fn overlapping(n: usize) -> (Vec<Point>, Vec<Class>) {
        let mut random = RandomState::new(3);
        let y: Vec<Class> = (0..n).map(|i| Class::from(i % 5 == 0)).collect();
        let x = y.iter().map(|&y| [random.normal(f64::from(y), 1.0), random.standard_normal()]).collect();
        (x, y)
    }

    /// Gradient of scikit-learn's objective, features first, then the intercept.
    fn gradient(fit: &LogisticRegression, x: &[Point], y: &[Class], model: &Model) -> Vec<f64> {
        let Model::LogisticRegression { coef, .. } = model else { return vec![f64::NAN] };
        let mut gradient = coef.clone();
        gradient.push(0.0);
        let weights = fit.row_weights(y, None);
        for ((&point, &label), weight) in x.iter().zip(y).zip(weights) {
            let residual = fit.c * weight * (model.predict_proba(&point) - f64::from(label));
            let features = polynomial_features(point);
            (0..coef.len()).for_each(|j| gradient[j] += residual * features[j]);
            gradient[coef.len()] += residual;
        }
        gradient
    }

    #[test]
    fn the_gradient_vanishes_at_every_degree_and_penalty() {
        let (x, y) = overlapping(400);
        for degree in 1..=3 {
            for c in [0.001, 1.0, 1000.0] {
                for class_weight in [ClassWeight::None, ClassWeight::Balanced, ClassWeight::Ratio(20.0)] {
                    let fit = LogisticRegression { c, degree, class_weight, ..PLAIN };
                    let model = fit.fit(&x, &y, None).unwrap();
                    let worst = gradient(&fit, &x, &y, &model).iter().fold(0.0, |a: f64, g| a.max(g.abs()));
                    assert!(worst <= 1e-9 * c.max(1.0) * 400.0, "degree {degree}, C {c}: {worst}");
                }
            }
        }
    }

    #[test]
    fn cubes_far_from_the_origin_do_no_harm() {
        let (mut x, y) = overlapping(300);
        x.iter_mut().for_each(|p| *p = [p[0] * 30.0 + 500.0, p[1] * 0.01 - 3.0]);
        for degree in 1..=3 {
            for c in [1e-3, 1.0, 1e6] {
                let model = LogisticRegression { c, degree, ..PLAIN }.fit(&x, &y, None).unwrap();
                let rate: f64 = model.predict_proba_many(&x).iter().sum::<f64>() / 300.0;
                // the intercept is free, so the mean probability is the share of positives
                assert!((rate - 0.2).abs() < 1e-6, "degree {degree}, C {c}: {rate}");
            }
        }
    }

    #[test]
    fn separable_classes_without_a_penalty_have_no_finite_optimum() {
        let x: Vec<Point> = (0..10).map(|i| [f64::from(i), f64::from(i * i % 7)]).collect();
        let y: Vec<Class> = (0..10).map(|i| Class::from(i >= 7)).collect();
        let free = LogisticRegression { c: f64::INFINITY, ..PLAIN };
        assert_eq!(free.fit(&x, &y, None), Err(ModelError::NoFiniteOptimum));
        assert!(PLAIN.fit(&x, &y, None).is_ok());
        assert!(LogisticRegression { c: 1e6, degree: 3, ..PLAIN }.fit(&x, &y, None).is_ok());
    }

    #[test]
    fn classes_that_touch_on_the_boundary_have_no_finite_optimum_either() {
        let x = [[-1.0, 0.3], [0.0, 0.1], [0.0, 0.1], [1.0, 0.2], [2.0, -0.4], [-2.0, 0.6]];
        let y = [0, 0, 1, 1, 1, 0];
        let free = LogisticRegression { c: f64::INFINITY, ..PLAIN };
        assert_eq!(free.fit(&x, &y, None), Err(ModelError::NoFiniteOptimum));
    }

    #[test]
    fn overlapping_classes_without_a_penalty_do_have_one() {
        let (x, y) = overlapping(200);
        let free = LogisticRegression { c: f64::INFINITY, ..PLAIN }.fit(&x, &y, None).unwrap();
        let rate: f64 = free.predict_proba_many(&x).iter().sum::<f64>() / 200.0;
        assert!((rate - 0.2).abs() < 1e-12);
    }

    #[test]
    fn bad_settings_are_refused() {
        let (x, y) = overlapping(20);
        for c in [0.0, -1.0, f64::NAN] {
            assert!(matches!(LogisticRegression { c, ..PLAIN }.fit(&x, &y, None), Err(ModelError::C(_))));
        }
        assert_eq!(LogisticRegression { degree: 4, ..PLAIN }.fit(&x, &y, None), Err(ModelError::Degree(4)));
        assert_eq!(LogisticRegression { degree: 0, ..PLAIN }.fit(&x, &y, None), Err(ModelError::Degree(0)));
        let heavy = LogisticRegression { class_weight: ClassWeight::Ratio(f64::NAN), ..PLAIN };
        assert_eq!(heavy.fit(&x, &y, None), Err(ModelError::Weight));
        assert_eq!(PLAIN.fit(&x, &y, Some(&[0.0; 20])), Err(ModelError::Weight));
        assert_eq!(PLAIN.fit(&x, &y[..3], None), Err(ModelError::Lengths));
        assert_eq!(PLAIN.fit(&[], &[], None), Err(ModelError::NoRows));
        let far = [[1e200, 0.0], [0.0, 1.0], [2.0, 3.0]];
        assert_eq!(LogisticRegression { degree: 2, ..PLAIN }.fit(&far, &[0, 1, 0], None), Err(ModelError::Infinite));
    }
}
