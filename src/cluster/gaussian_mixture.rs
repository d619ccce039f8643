//! A mixture of normal densities with full covariances, fitted by expectation-maximisation (Dempster, Laird and Rubin
//! 1977), and new rows drawn from it.
//!
//! The density is `sum_k w_k N(x; mu_k, S_k)`. The E step computes how much of each row belongs to each component,
//! the M step takes weighted means and covariances; each round raises the mean log-likelihood of the rows. The rules
//! around it are scikit-learn's: the first shares are the labels of a k-means; 1e-6 is added to the variances; it
//! stops when the mean log-likelihood changes by less than 1e-3, or after 100 rounds.
//!
//! [`MixtureFit::sample`] draws in another order than scikit-learn's `sample`, whose points depend on the signs that
//! the linear algebra library at hand gives to singular vectors. Here the components of all rows are drawn first (one
//! `choice` by the weights), then a row of normals `z` each, and the row is `mu + L z` with the Cholesky factor `L` of
//! the covariance: a rule that gives the same points with every library.
//!
//! Degenerate cases: fewer rows than components is an error, as is a component without width in some direction (which
//! the ridge of 1e-6 prevents unless the numbers are huge).

use super::cholesky::Cholesky;
use super::{ClusterError, KMeans, check};
use crate::base::Rows;
use crate::base::math::{exp, ln, mean, sum, sum_in_order};
use crate::random::{RandomError, RandomState};

/// Settings; everything but the number of components is scikit-learn's default.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GaussianMixture {
    /// Number of normal densities.
    pub n_components: usize,
    /// Change of the mean log-likelihood that counts as standing still.
    pub tol: f64,
    /// Added to every variance.
    pub reg_covar: f64,
    /// Rounds at most.
    pub max_iter: usize,
}

/// Normal densities and their weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Components {
    /// Share of each component; they sum to 1.
    pub weights: Vec<f64>,
    /// One mean per row.
    pub means: Rows,
    /// One covariance matrix per component, its rows one after the other.
    pub covariances: Vec<Vec<f64>>,
    factors: Vec<Cholesky>,
}

/// What expectation-maximisation found.
#[derive(Clone, Debug, PartialEq)]
pub struct MixtureFit {
    /// The mixture.
    pub components: Components,
    /// The component that most of each row belongs to.
    pub labels: Vec<u32>,
    /// Mean log-likelihood of the rows before the last M step.
    pub lower_bound: f64,
    /// Rounds that were run.
    pub n_iter: usize,
    /// Whether it stood still before the rounds were used up.
    pub converged: bool,
}

/// What one round ended with.
#[derive(Clone, Copy, Debug)]
pub struct EmRound<'a> {
    /// 0 for the components that k-means suggests, then counted from 1.
    pub round: usize,
    /// The components after the round.
    pub components: &'a Components,
    /// Mean log-likelihood of the rows under the components of the round before; minus infinity in round 0.
    pub lower_bound: f64,
}

impl GaussianMixture {
    /// scikit-learn's defaults.
    pub fn new(n_components: usize) -> Self {
        Self { n_components, tol: 1e-3, reg_covar: 1e-6, max_iter: 100 }
    }

    /// Fits the mixture to `x`.
    ///
    /// ```
    /// use imbalance_lab::{base::Rows, cluster::GaussianMixture, random::RandomState};
    ///
    /// let x = Rows::from_points(&[[1.0, 2.0], [1.0, 4.0], [1.0, 0.0], [10.0, 2.0], [10.0, 4.0], [10.0, 0.0]]);
    /// let fit = GaussianMixture::new(2).fit(&x, &mut RandomState::new(0))?;
    /// assert_eq!(fit.labels, [1, 1, 1, 0, 0, 0]);
    /// assert!((fit.components.means.row(0)[0] - 10.0).abs() < 1e-12);
    /// # Ok::<(), imbalance_lab::cluster::ClusterError>(())
    /// ```
    pub fn fit(&self, x: &Rows, random: &mut RandomState) -> Result<MixtureFit, ClusterError> {
        self.fit_watched(x, random, &mut |_| {})
    }

    /// [`Self::fit`] that calls `watch` with the first components and after every round.
    pub fn fit_watched(
        &self,
        x: &Rows,
        random: &mut RandomState,
        watch: &mut dyn FnMut(EmRound),
    ) -> Result<MixtureFit, ClusterError> {
        check(x, self.n_components)?;
        let k = self.n_components;
        let labels = KMeans::new(k).fit(x, random)?.labels;
        let mut shares = Rows::from_values(k, vec![0.0; x.len() * k]);
        labels.iter().enumerate().for_each(|(i, &label)| shares.row_mut(i)[label as usize] = 1.0);
        let mut components = self.maximise(x, &shares)?;
        watch(EmRound { round: 0, components: &components, lower_bound: f64::NEG_INFINITY });

        let (mut lower_bound, mut n_iter, mut converged) = (f64::NEG_INFINITY, 0, false);
        while n_iter < self.max_iter && !converged {
            n_iter += 1;
            let now = components.expect(x, &mut shares);
            components = self.maximise(x, &shares)?;
            converged = (now - lower_bound).abs() < self.tol;
            lower_bound = now;
            watch(EmRound { round: n_iter, components: &components, lower_bound });
        }
        components.expect(x, &mut shares);
        let labels = shares.iter().map(first_largest).collect();
        Ok(MixtureFit { components, labels, lower_bound, n_iter, converged })
    }

    /// The M step: weights, means and covariances of rows that belong to components by `shares`.
    fn maximise(&self, x: &Rows, shares: &Rows) -> Result<Components, ClusterError> {
        let (k, width) = (self.n_components, x.width());
        let share_of = |component: usize| shares.iter().map(move |share| share[component]);
        let rows_of: Vec<f64> = (0..k).map(|c| sum_in_order(share_of(c)) + 10.0 * f64::EPSILON).collect();
        let mut means = Rows::new(width);
        let (mut covariances, mut factors) = (vec![], vec![]);
        for (component, &rows) in rows_of.iter().enumerate() {
            let mut mean = vec![0.0; width];
            for (row, share) in x.iter().zip(share_of(component)) {
                mean.iter_mut().zip(row).for_each(|(mean, value)| *mean += share * value);
            }
            mean.iter_mut().for_each(|sum| *sum /= rows);
            let mut covariance = vec![0.0; width * width];
            let mut off = vec![0.0; width];
            for (row, share) in x.iter().zip(share_of(component)) {
                off.iter_mut().zip(row.iter().zip(&mean)).for_each(|(off, (value, mean))| *off = value - mean);
                for (i, a) in off.iter().enumerate() {
                    for (j, b) in off.iter().enumerate() {
                        covariance[i * width + j] += share * a * b;
                    }
                }
            }
            covariance.iter_mut().for_each(|sum| *sum /= rows);
            (0..width).for_each(|i| covariance[i * width + i] += self.reg_covar);
            factors.push(Cholesky::new(width, &covariance).ok_or(ClusterError::IllDefinedCovariance { component })?);
            means.push(&mean);
            covariances.push(covariance);
        }
        let total = sum(&rows_of);
        Ok(Components { weights: rows_of.into_iter().map(|rows| rows / total).collect(), means, covariances, factors })
    }
}

impl Components {
    /// The E step: fills `shares`, returns the mean log-likelihood.
    fn expect(&self, x: &Rows, shares: &mut Rows) -> f64 {
        let constant = -0.5 * x.width() as f64 * ln(2.0 * std::f64::consts::PI);
        let log_scale: Vec<f64> = self
            .weights
            .iter()
            .zip(&self.factors)
            .map(|(&weight, factor)| ln(weight) + constant - sum_in_order(factor.diagonal().map(ln)))
            .collect();
        let mut off = vec![0.0; x.width()];
        let mut log_likelihood = Vec::with_capacity(x.len());
        for (i, row) in x.iter().enumerate() {
            let shares = shares.row_mut(i);
            for (component, share) in shares.iter_mut().enumerate() {
                off.iter_mut().zip(row.iter().zip(self.means.row(component))).for_each(|(off, (v, m))| *off = v - m);
                self.factors[component].solve(&mut off);
                *share = log_scale[component] - 0.5 * off.iter().fold(0.0, |sum, y| sum + y * y);
            }
            let top = shares.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let log_sum = top + ln(sum_in_order(shares.iter().map(|&log| exp(log - top))));
            shares.iter_mut().for_each(|log| *log = exp(*log - log_sum));
            log_likelihood.push(log_sum);
        }
        mean(&log_likelihood)
    }
}

impl MixtureFit {
    /// `n` new rows and the component of each: `choice(k, n, p=weights)`, then `standard_normal((n, width))`, then
    /// `mean + L z` row by row.
    pub fn sample(&self, n: usize, random: &mut RandomState) -> Result<(Rows, Vec<u32>), RandomError> {
        let Components { weights, means, factors, .. } = &self.components;
        let drawn = random.choice_p(weights.len(), n, true, weights)?;
        let mut rows = Rows::new(means.width());
        for &component in &drawn {
            let z: Vec<f64> = (0..means.width()).map(|_| random.standard_normal()).collect();
            let off = factors[component].times(&z);
            let row: Vec<f64> = means.row(component).iter().zip(off).map(|(mean, off)| mean + off).collect();
            rows.push(&row);
        }
        Ok((rows, drawn.into_iter().map(|component| component as u32).collect()))
    }
}

fn first_largest(shares: &[f64]) -> u32 {
    let best = shares.iter().enumerate().rev().max_by(|a, b| a.1.total_cmp(b.1));
    best.map_or(0, |(component, _)| component as u32)
}
