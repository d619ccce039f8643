//! New points against the true density, where it is known.
//!
//! With the classes equally frequent, P(minority | x) = f1 / (f1 + f0): below one half the majority is the more likely
//! to leave a point there. Real minority points lie there too wherever the classes overlap, so their share stands
//! beside it, and what resampling did to the worse is said only when its points are worse by 5 in a hundred.

use super::{Diagnosis, DiagnosisKind, Patient, WORTH_SAYING, percent, share};
use crate::base::{Class, Point};
use crate::dataset::{ClassDensities, Density};
use crate::resample::RowId;

/// How much larger than that of the real points the share has to be.
const WORSE: f64 = 0.05;

/// Of more new points than this, every second, third ... is looked at.
const LOOKED_AT: usize = 5000;

/// Points with their densities, and the density they are of.
struct Places<'a> {
    density: &'a Density,
    class: Class,
    points: Vec<(Point, ClassDensities)>,
}

impl Patient<'_> {
    /// What the true density says about the new points.
    pub(super) fn against(&self, density: &Density) -> [Option<Diagnosis>; 2] {
        let new = self.new_points();
        let place = |&row: &RowId| {
            let point = self.place(row);
            (point, density.class_densities(point))
        };
        let places = |rows: &[RowId], step: usize| Places {
            density,
            class: self.class,
            points: rows.iter().step_by(step).map(place).collect(),
        };
        let made = places(&new, step(new.len()));
        let real = places(&self.real, 1);
        [self.majority_territory(new.len(), &made, &real), self.outside_support(new.len(), &made, &real)]
    }

    /// New points that lie where the other class is the more likely one.
    fn majority_territory(&self, n_new: usize, made: &Places<'_>, real: &Places<'_>) -> Option<Diagnosis> {
        let (made, real) = (made.foreign(1), real.foreign(step(real.points.len())));
        (made > WORTH_SAYING && made > real + WORSE).then(|| Diagnosis {
            kind: DiagnosisKind::MajorityTerritory,
            text: format!(
                "{} of the {n_new} new points lie where the majority is the more likely class (with both classes equally \
                 frequent); of the real minority points {} do.",
                percent(made),
                percent(real)
            ),
        })
    }

    /// New points where the minority's density is lower than at every real point of it.
    fn outside_support(&self, n_new: usize, made: &Places<'_>, real: &Places<'_>) -> Option<Diagnosis> {
        let lowest = real.lowest();
        let outside = made.densities().filter(|&density| density < lowest);
        let outside = share(outside.count(), made.points.len());
        (outside > WORTH_SAYING).then(|| Diagnosis {
            kind: DiagnosisKind::OutsideSupport,
            text: format!(
                "{} of the {n_new} new points lie where the true minority density is lower than at any of the {} real \
                 minority points: the minority hardly ever comes there.",
                percent(outside),
                self.real.len()
            ),
        })
    }
}

impl Places<'_> {
    /// The share, among every `step`th, of points where the other class is the more likely one.
    fn foreign(&self, step: usize) -> f64 {
        let looked = || self.points.iter().step_by(step);
        share(looked().filter(|(point, at)| self.balanced(*point, at) < 0.5).count(), looked().len())
    }

    /// P(own class | `point`) if both classes were equally frequent.
    fn balanced(&self, point: Point, at: &ClassDensities) -> f64 {
        let (prevalence, posterior) = (self.density.prevalence(), self.density.posterior_from(point, at));
        let (minority, majority) = (posterior / prevalence, (1.0 - posterior) / (1.0 - prevalence));
        let own = if self.class == 1 { minority } else { majority };
        own / (minority + majority)
    }

    /// The density of the class at each of the points.
    fn densities(&self) -> impl Iterator<Item = f64> {
        self.points.iter().map(|(point, at)| self.density.class_density_from(self.class, *point, at))
    }

    /// The lowest of them.
    fn lowest(&self) -> f64 {
        self.densities().fold(f64::INFINITY, f64::min)
    }
}

/// Every how many rows are looked at, so that a density is not asked too often.
fn step(rows: usize) -> usize {
    rows.div_ceil(LOOKED_AT).max(1)
}
