//! Values for the whole population: integrate, do not sample.
//!
//! The known density is evaluated at 17,711 cells that cover all but a millionth of its mass; each cell weighs
//! P(class) f(x | class). Ranking the cells by a score gives a sweep whose counts are probabilities, and its areas are
//! the population's ROC AUC and average precision. The cells form a Fibonacci lattice instead of rows and columns:
//! their spacing is as even, but a slanted or upright boundary meets them one by one, not a whole column of equal
//! scores at a time, which makes the areas accurate to about a millionth for round clouds.
//!
//! The grid's error is estimated by leaving out every other cell: what half the cells say and what all say differ by
//! more than all the cells are wrong, as long as the cells resolve the density at all. Where they do not, the
//! difference is large and shown.
//!
//! ```
//! use imbalance_lab::dataset::{DataSpec, Source, generate};
//! use imbalance_lab::experiment::population;
//! let spec = DataSpec { distance: Some(2.0), ..DataSpec::default_for(Source::Blobs) };
//! let density = generate(&spec, 42).unwrap().density.unwrap();
//! let population = population(&density, |points| points.iter().map(|p| p[0]).collect());
//! assert!((population.best.roc_auc - 0.9214).abs() < 1e-3);
//! ```

use crate::base::Point;
use crate::dataset::{Bounds, ClassDensities, Density};
use crate::metrics::Sweep;

use super::{Areas, Population, PopulationAt, Scorers};

/// Cells, and the step of the lattice: neighbouring Fibonacci numbers.
const CELLS: (usize, usize) = (17_711, 10_946);

/// Standard deviations beyond the means that the cells cover; what is further out is less than a millionth.
const REACH: f64 = 5.0;

/// A cell lighter than this share of an average one is not worth scoring.
const NEGLIGIBLE: f64 = 1e-9;

/// What the mass outside the cells can do to an area, added to the estimated error.
const LEFT_OUT: f64 = 1e-6;

/// The sweep that is handed on keeps a threshold whenever this much of either class has gone by.
const THINNING: f64 = 5e-4;

/// The cells over a density's shape. Keep it while only the prevalence or the noise changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Lattice {
    points: Vec<Point>,
    /// Of each point.
    densities: Vec<ClassDensities>,
    /// The cells as the true posterior ranked them last. Another prevalence leaves their order alone but for rounding,
    /// and sorting what is nearly sorted takes next to no time.
    order: Vec<u32>,
}

impl Lattice {
    /// Lays the cells over the classes of `density`.
    #[inline(never)]
    pub fn new(density: &Density) -> Lattice {
        let Bounds { low, high } = density.bounds(REACH);
        let (n, step) = CELLS;
        let at = |i: usize| {
            let across = (i as f64 + 0.5) / n as f64;
            let up = ((i * step) % n) as f64 / n as f64 + 0.5 / n as f64;
            [low[0] + across * (high[0] - low[0]), low[1] + up * (high[1] - low[1])]
        };
        let points: Vec<Point> = (0..n).map(at).collect();
        let densities = points.iter().map(|&point| density.class_densities(point)).collect();
        Lattice { points, densities, order: (0..n as u32).collect() }
    }

    /// What the density of each class is worth at every point, times the probability of the class.
    #[inline(never)]
    fn joint(&self, density: &Density) -> Vec<[f64; 2]> {
        let cells = self.points.iter().zip(&self.densities);
        cells.map(|(&point, at)| density.joint_from(point, at)).collect()
    }
}

/// What depends on the density only: the cells, their weights and the Bayes-optimal scorer's report. Keep it to score
/// many models over the same population.
#[derive(Clone, Debug, PartialEq)]
pub struct PopulationGrid {
    prevalence: f64,
    points: Vec<Point>,
    /// Probability of each cell and class, `[majority, minority]`; all of them sum to 1.
    weights: Vec<[f64; 2]>,
    /// Whether the cell belongs to the half that estimates the error.
    in_half: Vec<bool>,
    bayes: PopulationAt,
}

/// Population values of the model behind `scorer` (points in data coordinates in, one score each out) and of the
/// Bayes-optimal scorer.
pub fn population(density: &Density, scorer: impl Fn(&[Point]) -> Vec<f64>) -> Population {
    let grid = PopulationGrid::new(density);
    grid.population(Some(grid.at(scorer)))
}

impl PopulationGrid {
    /// Lays the cells and scores them by the true posterior.
    pub fn new(density: &Density) -> PopulationGrid {
        PopulationGrid::on(&mut Lattice::new(density), density)
    }

    /// Weighs the cells of `lattice`, which was laid over a density of the same shape.
    #[inline(never)]
    pub fn on(lattice: &mut Lattice, density: &Density) -> PopulationGrid {
        let n = lattice.points.len();
        let joint = lattice.joint(density);
        let total = total(joint.iter().copied());
        let prevalence = density.prevalence();
        // each class gets exactly its own probability: the cells' errors in the total mass cancel
        let scale = [(1.0 - prevalence) / total[0], prevalence / total[1]];
        let floor = total.map(|mass| NEGLIGIBLE * mass / n as f64);
        let kept: Vec<usize> = (0..n).filter(|&i| joint[i][0] > floor[0] || joint[i][1] > floor[1]).collect();
        let mut grid = PopulationGrid {
            prevalence,
            points: at(&lattice.points, &kept),
            weights: at(&joint, &kept),
            in_half: kept.iter().map(|i| i % 2 == 0).collect(),
            bayes: PopulationAt::default(),
        };
        grid.weights.iter_mut().for_each(|weight| *weight = [weight[0] * scale[0], weight[1] * scale[1]]);
        let posteriors: Vec<f64> = joint.iter().map(|joint| joint[1] / (joint[0] + joint[1])).collect();
        // The cells that are left out are not numbers where nothing is; they rank with the rest all the same.
        lattice.order = ranked(&posteriors, &lattice.order);
        let order = places(&lattice.order, &kept);
        let posteriors = at(&posteriors, &kept);
        grid.bayes = grid.report(&posteriors, &order);
        grid
    }

    /// Population values of the model behind `scorer`.
    pub fn at(&self, scorer: impl Fn(&[Point]) -> Vec<f64>) -> PopulationAt {
        let scores = scorer(&self.points);
        let as_they_lie: Vec<u32> = (0..scores.len() as u32).collect();
        self.report(&scores, &ranked(&scores, &as_they_lie))
    }

    /// Those of a model, where they are known, beside those of the Bayes-optimal scorer.
    pub fn population(&self, model: Option<PopulationAt>) -> Population {
        let scorers = model.map(|model| Scorers { model, bayes: self.bayes.clone() });
        Population { prevalence: self.prevalence, best: self.bayes.areas, scorers }
    }

    /// Sweeps, areas and errors of one score per cell, the cells in the order of [`ranked`].
    ///
    /// The sweep is small enough to be sent to the page: thresholds are left out where next to nothing happens.
    #[inline(never)]
    fn report(&self, scores: &[f64], order: &[u32]) -> PopulationAt {
        let mut sweep = Sweep { n_pos: self.prevalence, n_neg: 1.0 - self.prevalence, ..Sweep::default() };
        let (next_to_no_tp, next_to_no_fp) = (THINNING * sweep.n_pos, THINNING * sweep.n_neg);
        let (mut kept_fp, mut kept_tp) = (f64::NEG_INFINITY, f64::NEG_INFINITY);
        let (roc_auc, average_precision) = self.areas(scores, order.iter().copied(), |step, is_last| {
            if step.tp - kept_tp >= next_to_no_tp || step.fp - kept_fp >= next_to_no_fp || is_last {
                // what is not a number ranks last, and as the lowest
                sweep.thresholds.push(if step.score.is_nan() { f64::NEG_INFINITY } else { step.score });
                sweep.fps.push(step.fp);
                sweep.tps.push(step.tp);
                (kept_fp, kept_tp) = (step.fp, step.tp);
            }
        });
        let half = order.iter().copied().filter(|&i| self.in_half[i as usize]);
        let (half_auc, half_precision) = self.areas(scores, half, |_, _| ());
        let areas = Areas {
            roc_auc,
            roc_auc_error: (roc_auc - half_auc).abs() + LEFT_OUT,
            average_precision,
            average_precision_error: (average_precision - half_precision).abs() + LEFT_OUT,
        };
        PopulationAt { sweep, areas }
    }

    /// ROC AUC and average precision of a weighted sweep over cells in descending order of their score. `look` is
    /// called with every step, what has come together up to it, and whether it is the last.
    ///
    /// Cells of equal score are one step, precision taken at its end as scikit-learn does. A score that only one cell
    /// has stands for a whole range of scores, over which precision is taken in the middle: taking it at the end would
    /// be wrong in proportion to the cells' size, the middle is wrong by its square.
    #[inline(never)]
    fn areas(
        &self,
        scores: &[f64],
        order: impl Iterator<Item = u32> + Clone,
        mut look: impl FnMut(Step, bool),
    ) -> (f64, f64) {
        let (n_pos, n_neg) = (self.prevalence, 1.0 - self.prevalence);
        let sums = total(order.clone().map(|i| self.weights[i as usize]));
        // half the cells make a whole population too
        let scale = [n_neg / sums[0], n_pos / sums[1]];
        let (mut fp, mut tp, mut auc, mut precision) = (0.0, 0.0, 0.0, 0.0);
        let mut cells = order.peekable();
        while let Some(first) = cells.next() {
            let [mut new_fp, mut new_tp] = self.weights[first as usize];
            let score = scores[first as usize];
            let mut at = 0.5;
            while let Some(tied) = cells.next_if(|&i| scores[i as usize] == score) {
                new_fp += self.weights[tied as usize][0];
                new_tp += self.weights[tied as usize][1];
                at = 1.0;
            }
            (new_fp, new_tp) = (new_fp * scale[0], new_tp * scale[1]);
            auc += new_fp * (tp + 0.5 * new_tp);
            if new_tp > 0.0 {
                precision += new_tp * (tp + at * new_tp) / (tp + at * new_tp + fp + at * new_fp);
            }
            (fp, tp) = (fp + new_fp, tp + new_tp);
            look(Step { score, fp, tp }, cells.peek().is_none());
        }
        (auc / (n_pos * n_neg), precision / n_pos)
    }
}

/// A score, and the probability of the majority and of the minority to have at least that score.
struct Step {
    score: f64,
    fp: f64,
    tp: f64,
}

#[inline(never)]
fn total(weights: impl Iterator<Item = [f64; 2]>) -> [f64; 2] {
    weights.fold([0.0; 2], |sum, w| [sum[0] + w[0], sum[1] + w[1]])
}

/// The values of the cells that were `kept`.
#[inline(never)]
fn at<T: Copy>(values: &[T], kept: &[usize]) -> Vec<T> {
    kept.iter().map(|&cell| values[cell]).collect()
}

/// Where the cells of `order` stand among those that were `kept`; those that were not are left out.
#[inline(never)]
fn places(order: &[u32], kept: &[usize]) -> Vec<u32> {
    const NOWHERE: u32 = u32::MAX;
    let mut place = vec![NOWHERE; order.len()];
    kept.iter().zip(0..).for_each(|(&cell, at)| place[cell] = at);
    let mut places = Vec::with_capacity(kept.len());
    for &cell in order {
        let at = place[cell as usize];
        if at != NOWHERE {
            places.push(at);
        }
    }
    places
}

/// The cells by falling score; those of equal score by their number, and what is not a number last. `before` are the
/// cells in an order that may be nearly right.
#[inline(never)]
fn ranked(scores: &[f64], before: &[u32]) -> Vec<u32> {
    let mut order: Vec<(u64, u32)> = before.iter().map(|&cell| (falling(scores[cell as usize]), cell)).collect();
    // No two are equal; but the stable sort is the one that takes advantage of stretches in order.
    order.sort();
    order.into_iter().map(|(_, cell)| cell).collect()
}

/// Grows as the score falls; the same for equal scores only. What is not a number ranks last.
fn falling(score: f64) -> u64 {
    // -0 and 0 are one score
    let bits = if score.is_nan() { f64::NEG_INFINITY } else { score + 0.0 }.to_bits();
    // the bits of positive numbers rise with them, those of negative ones fall
    if bits >> 63 == 0 { !(bits | 1 << 63) } else { bits }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::math::erfc;
    use crate::dataset::{DataSpec, Source, generate};

    fn blobs(delta: f64, prevalence: f64) -> Density {
        let component = |x| vec![crate::dataset::Component::new(1.0, [x, 0.0], [1.0, 0.0, 1.0])];
        let mixture = crate::dataset::Mixture { components: [component(0.0), component(delta)] };
        Density::of_mixture(&mixture, prevalence)
    }

    #[test]
    fn cells_rank_by_score_then_number() {
        let mut scores: Vec<f64> = (0..2000).map(|i| f64::from(i * 7919 % 2000 / 3) / 700.0).collect();
        scores.extend([0.5, 0.5 + 1e-12, 0.5 - 1e-12, 0.5, -0.0, 0.0, -1.0, -2.0, f64::NAN, f64::INFINITY]);
        let mut expected: Vec<u32> = (0..scores.len() as u32).collect();
        let value = |i: &u32| Some(scores[*i as usize]).filter(|s| !s.is_nan()).unwrap_or(f64::NEG_INFINITY);
        expected.sort_by(|a, b| value(b).partial_cmp(&value(a)).unwrap());
        let as_they_lie: Vec<u32> = (0..scores.len() as u32).collect();
        let backwards: Vec<u32> = as_they_lie.iter().rev().copied().collect();
        for before in [&as_they_lie, &backwards, &expected] {
            assert_eq!(ranked(&scores, before), expected);
        }
    }

    /// The standard normal distribution function.
    fn phi(x: f64) -> f64 {
        0.5 * erfc(-x / std::f64::consts::SQRT_2)
    }

    /// Average precision of two blobs by Simpson's rule over the closed forms of recall and false positive rate.
    fn closed_average_precision(delta: f64, prevalence: f64) -> f64 {
        let n = 20_000;
        let (low, high) = (delta - 10.0, delta + 10.0);
        let h = (high - low) / f64::from(n);
        let at = |x: f64| {
            let (tp, fp) = (prevalence * phi(delta - x), (1.0 - prevalence) * phi(-x));
            let density = (-0.5 * (x - delta) * (x - delta)).exp() / (2.0 * std::f64::consts::PI).sqrt();
            density * tp / (tp + fp)
        };
        let weight = |i| {
            if i == 0 || i == n {
                1.0
            } else if i % 2 == 1 {
                4.0
            } else {
                2.0
            }
        };
        (0..=n).map(|i| weight(i) * at(low + f64::from(i) * h)).sum::<f64>() * h / 3.0
    }

    fn first_axis(points: &[Point]) -> Vec<f64> {
        points.iter().map(|p| p[0]).collect()
    }

    #[test]
    fn areas_are_those_of_the_closed_forms_within_the_stated_error() {
        for delta in [1.0, 2.0, 3.0, 4.0] {
            for prevalence in [0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.001] {
                let population = population(&blobs(delta, prevalence), first_axis);
                let auc = phi(delta / std::f64::consts::SQRT_2);
                let precision = closed_average_precision(delta, prevalence);
                let Scorers { model, bayes } = population.scorers.unwrap();
                for at in [model.areas, bayes.areas] {
                    assert!((at.roc_auc - auc).abs() <= at.roc_auc_error, "{delta} {prevalence}");
                    let off = (at.average_precision - precision).abs();
                    assert!(off <= at.average_precision_error, "{delta} {prevalence}: {off:e}");
                    assert!(at.roc_auc_error < 1e-5 && at.average_precision_error < 1e-5, "{delta} {prevalence}");
                }
            }
        }
    }

    #[test]
    fn average_precision_of_two_blobs_is_the_published_table() {
        let table = [
            (0.5, 0.9218),
            (0.2, 0.7865),
            (0.1, 0.6655),
            (0.05, 0.5376),
            (0.02, 0.3752),
            (0.01, 0.2690),
            (0.005, 0.1830),
            (0.001, 0.0618),
        ];
        for (prevalence, average_precision) in table {
            let bayes = population(&blobs(2.0, prevalence), first_axis).best;
            assert!((bayes.average_precision - average_precision).abs() < 6e-5, "{prevalence}: {bayes:?}");
            assert!((bayes.roc_auc - 0.9214).abs() < 6e-5);
        }
    }

    #[test]
    fn rates_at_a_threshold_are_those_of_the_normal_distribution() {
        let model = population(&blobs(2.0, 0.1), first_axis).scorers.unwrap().model;
        for threshold in [-1.0, 0.0, 1.0, 2.5] {
            let at = model.confusion(threshold);
            assert!((at.tp - 0.1 * phi(2.0 - threshold)).abs() < 2e-3 * 0.1, "{threshold}: {at:?}");
            assert!((at.fp - 0.9 * phi(-threshold)).abs() < 2e-3 * 0.9, "{threshold}: {at:?}");
            assert!((at.tp + at.fp + at.fn_ + at.tn - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn a_constant_score_has_half_the_area_and_the_prevalence_as_precision() {
        let model = population(&blobs(2.0, 0.05), |points| vec![0.3; points.len()]).scorers.unwrap().model;
        assert!((model.areas.roc_auc - 0.5).abs() < 1e-12);
        assert!((model.areas.average_precision - 0.05).abs() < 1e-12);
        assert_eq!(model.sweep.thresholds, [0.3]);
    }

    #[test]
    fn no_scorer_beats_the_true_posterior_on_any_source() {
        for source in Source::ALL {
            let spec = DataSpec { outliers: 0.05, ..DataSpec::default_for(source) };
            let Some(density) = generate(&spec, 3).ok().and_then(|made| made.density) else { continue };
            let Scorers { model, bayes } = population(&density, first_axis).scorers.unwrap();
            let (thresholds, model, bayes) = (bayes.sweep.thresholds.len(), model.areas, bayes.areas);
            let slack = model.average_precision_error + bayes.average_precision_error;
            assert!(model.average_precision <= bayes.average_precision + slack, "{source:?}");
            assert!(model.roc_auc <= bayes.roc_auc + model.roc_auc_error + bayes.roc_auc_error, "{source:?}");
            assert!(bayes.average_precision_error < 0.01, "{source:?}: {}", bayes.average_precision_error);
            assert!(thresholds < 5000, "{source:?}: {thresholds}");
        }
    }
}
