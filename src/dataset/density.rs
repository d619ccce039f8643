//! The true density of a generator and, by Bayes' rule, the true posterior P(minority | x).
//!
//! A class is a sum of Gaussians at points (closed form) and Gaussians smeared evenly along an arc of a circle
//! (`make_moons`, `make_circles`; a one-dimensional integral, see [`super::arc`]). Label noise with rate `e` swaps the
//! joint densities, `J1' = (1 - e) J1 + e J0`; outliers with rate `o` mix in a uniform box whose labels are those of
//! the rows they replace, `J1'' = (1 - o) J1' + o P(y = 1) U`.
//!
//! ```
//! use imbalance_lab::dataset::{DataSpec, Source, generate};
//! let spec = DataSpec { distance: Some(2.0), imbalance_ratio: 1.0, ..DataSpec::default_for(Source::Blobs) };
//! let density = generate(&spec, 42).unwrap().density.unwrap();
//! // two unit Gaussians two apart and equally frequent: the boundary is half way
//! assert!((density.posterior([1.0, 3.0]) - 0.5).abs() < 1e-12);
//! ```

use crate::base::math::{exp, ln};
use crate::base::{Class, Point};

use super::arc::Arc;
use super::class_densities::{ClassDensities, log_sum_exp};
use super::{Component, Mixture};

/// Joint density of point and class.
#[derive(Clone, Debug, PartialEq)]
pub struct Density {
    /// P(minority) before label noise.
    prevalence: f64,
    /// What the majority and the minority are made of.
    terms: [Vec<Term>; 2],
    /// Probability that a label is swapped.
    label_noise: f64,
    /// Probability that a point is replaced by a uniform one.
    outliers: f64,
    /// Where the uniform ones fall.
    outlier_box: Bounds,
    /// What the second axis was multiplied by after everything else.
    units: f64,
}

/// A rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// Lower left corner.
    pub low: Point,
    /// Upper right corner.
    pub high: Point,
}

/// One summand of a class density.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Term {
    Gaussian(Gaussian),
    Arc { weight: f64, arc: Arc },
}

/// A component with what evaluating it takes worked out beforehand.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Gaussian {
    component: Component,
    /// `1 / l11`, `l21`, `1 / l22`.
    whiten: [f64; 3],
    /// `ln(weight / (2 pi l11 l22))`.
    log_scale: f64,
}

/// Outliers fall in the box that reaches this many standard deviations beyond the means, rounded out to halves.
const OUTLIER_REACH: f64 = 4.0;

impl Density {
    /// The density of a mixture whose minority has probability `prevalence`.
    #[inline(never)]
    pub fn of_mixture(mixture: &Mixture, prevalence: f64) -> Density {
        let [majority, minority] = &mixture.components;
        let terms = |components: &[Component]| components.iter().map(|&c| Term::gaussian(c)).collect();
        Density::new(prevalence, [terms(majority), terms(minority)])
    }

    /// The density of one arc per class.
    pub(super) fn of_arcs(majority: Arc, minority: Arc, prevalence: f64) -> Density {
        let term = |arc| vec![Term::Arc { weight: 1.0, arc }];
        Density::new(prevalence, [term(majority), term(minority)])
    }

    fn new(prevalence: f64, terms: [Vec<Term>; 2]) -> Density {
        let mut density = Density {
            prevalence,
            terms,
            label_noise: 0.0,
            outliers: 0.0,
            outlier_box: Bounds { low: [0.0; 2], high: [0.0; 2] },
            units: 1.0,
        };
        let Bounds { low, high } = density.bounds(OUTLIER_REACH);
        density.outlier_box =
            Bounds { low: low.map(|v| (2.0 * v).floor() / 2.0), high: high.map(|v| (2.0 * v).ceil() / 2.0) };
        density
    }

    /// The density after labels are swapped with probability `label_noise` and points replaced by uniform ones with
    /// probability `outliers`.
    pub fn with_noise(mut self, label_noise: f64, outliers: f64) -> Density {
        (self.label_noise, self.outliers) = (label_noise, outliers);
        self
    }

    /// The density after the second axis is multiplied by `units`, more than zero, noise and outliers included.
    pub fn in_units(mut self, units: f64) -> Density {
        self.units *= units;
        self
    }

    /// The point as it was before the second axis was multiplied.
    fn before_units(&self, [x, y]: Point) -> Point {
        [x, y / self.units]
    }

    /// Whether labels are swapped or points replaced.
    pub fn has_noise(&self) -> bool {
        self.label_noise > 0.0 || self.outliers > 0.0
    }

    /// Whether a class lies on a curve without any width, so that there is no density.
    pub fn is_singular(&self) -> bool {
        self.terms.iter().flatten().any(|term| matches!(term, Term::Arc { arc, .. } if arc.noise <= 0.0))
    }

    /// Where outliers fall, before the second axis is multiplied.
    pub fn outlier_box(&self) -> Bounds {
        self.outlier_box
    }

    /// P(minority), label noise included.
    pub fn prevalence(&self) -> f64 {
        (1.0 - self.label_noise) * self.prevalence + self.label_noise * (1.0 - self.prevalence)
    }

    /// The rectangle that reaches `reach` standard deviations beyond every mean, and covers the outliers.
    pub fn bounds(&self, reach: f64) -> Bounds {
        let mut all = Bounds { low: [f64::INFINITY; 2], high: [f64::NEG_INFINITY; 2] };
        if self.outliers > 0.0 {
            all = self.outlier_box;
        }
        for term in self.terms.iter().flatten() {
            let Bounds { low, high } = term.bounds(reach);
            for axis in 0..2 {
                all.low[axis] = all.low[axis].min(low[axis]);
                all.high[axis] = all.high[axis].max(high[axis]);
            }
        }
        (all.low[1], all.high[1]) = (all.low[1] * self.units, all.high[1] * self.units);
        all
    }

    /// The class densities at `point`.
    pub fn class_densities(&self, point: Point) -> ClassDensities {
        let (point, stretched) = (self.before_units(point), ln(self.units));
        ClassDensities::of_logs([0, 1].map(|class| self.log_pure_density(class, point) - stretched))
    }

    /// Whether [`Density::class_densities`] and [`Density::bounds`] are the same as those of `other`.
    pub fn has_shape_of(&self, other: &Density) -> bool {
        (&self.terms, self.units) == (&other.terms, other.units) && (self.outliers > 0.0) == (other.outliers > 0.0)
    }

    /// Density of `point` and class at once: `[P(majority) f0(x), P(minority) f1(x)]`.
    pub fn joint(&self, point: Point) -> [f64; 2] {
        self.joint_from(point, &self.class_densities(point))
    }

    /// [`Density::joint`] of `point`, whose [`Density::class_densities`] are known.
    pub fn joint_from(&self, point: Point, at: &ClassDensities) -> [f64; 2] {
        let [majority, minority] = at.values;
        let joint = [(1.0 - self.prevalence) * majority, self.prevalence * minority];
        if self.has_noise() { self.disturb(joint, self.box_density(point)) } else { joint }
    }

    /// Density of `point` within `class`.
    pub fn class_density(&self, class: Class, point: Point) -> f64 {
        self.class_density_from(class, point, &self.class_densities(point))
    }

    /// [`Density::class_density`] of `point`, whose [`Density::class_densities`] are known.
    pub fn class_density_from(&self, class: Class, point: Point, at: &ClassDensities) -> f64 {
        let (prevalence, joint) = (self.prevalence(), self.joint_from(point, at));
        match class {
            0 => joint[0] / (1.0 - prevalence),
            _ => joint[1] / prevalence,
        }
    }

    /// P(minority | `point`). Far from everything, where both densities vanish in double precision, the logarithms
    /// are compared instead.
    pub fn posterior(&self, point: Point) -> f64 {
        self.posterior_from(point, &self.class_densities(point))
    }

    /// [`Self::posterior`], given [`Self::class_densities`] of a density of the same shape.
    pub fn posterior_from(&self, point: Point, at: &ClassDensities) -> f64 {
        let [majority, minority] = self.joint_from(point, at);
        let total = majority + minority;
        if total > f64::MIN_POSITIVE {
            return minority / total;
        }
        let logs = [ln(1.0 - self.prevalence) + at.logs[0], ln(self.prevalence) + at.logs[1]];
        let top = logs[0].max(logs[1]);
        let [majority, minority] = self.disturb(logs.map(|log| exp(log - top)), 0.0);
        minority / (majority + minority)
    }

    /// [`Density::posterior`] of many points.
    pub fn posteriors(&self, points: &[Point]) -> Vec<f64> {
        points.iter().map(|&point| self.posterior(point)).collect()
    }

    fn disturb(&self, [j0, j1]: [f64; 2], box_density: f64) -> [f64; 2] {
        let (e, o) = (self.label_noise, self.outliers);
        let prevalence = self.prevalence();
        let swapped = [(1.0 - e) * j0 + e * j1, (1.0 - e) * j1 + e * j0];
        [
            (1.0 - o) * swapped[0] + o * (1.0 - prevalence) * box_density,
            (1.0 - o) * swapped[1] + o * prevalence * box_density,
        ]
    }

    fn box_density(&self, point: Point) -> f64 {
        let Bounds { low, high } = self.outlier_box;
        let point = self.before_units(point);
        let inside = (0..2).all(|axis| (low[axis]..=high[axis]).contains(&point[axis]));
        if self.outliers > 0.0 && inside { 1.0 / ((high[0] - low[0]) * (high[1] - low[1]) * self.units) } else { 0.0 }
    }

    fn log_pure_density(&self, class: usize, point: Point) -> f64 {
        match self.terms[class].as_slice() {
            [only] => only.log_density(point),
            terms => log_sum_exp(terms.iter().map(|term| term.log_density(point))),
        }
    }
}

impl Term {
    fn gaussian(component: Component) -> Term {
        let [l11, l21, l22] = component.factor;
        let log_scale = ln(component.weight / (2.0 * std::f64::consts::PI * l11 * l22));
        Term::Gaussian(Gaussian { component, whiten: [1.0 / l11, l21, 1.0 / l22], log_scale })
    }

    fn log_density(&self, point: Point) -> f64 {
        match self {
            Term::Gaussian(gaussian) => gaussian.log_density(point),
            Term::Arc { weight, arc } => ln(*weight) + arc.log_density(point),
        }
    }

    fn bounds(&self, reach: f64) -> Bounds {
        match self {
            Term::Gaussian(Gaussian { component, .. }) => {
                let [sx, sy] = component.standard_deviations();
                let [x, y] = component.mean;
                Bounds { low: [x - reach * sx, y - reach * sy], high: [x + reach * sx, y + reach * sy] }
            }
            Term::Arc { arc, .. } => arc.bounds(reach),
        }
    }
}

impl Gaussian {
    fn log_density(&self, point: Point) -> f64 {
        let [over_l11, l21, over_l22] = self.whiten;
        let u = (point[0] - self.component.mean[0]) * over_l11;
        let v = (point[1] - self.component.mean[1] - l21 * u) * over_l22;
        self.log_scale - 0.5 * (u * u + v * v)
    }
}
