//! New points against the true density, where it is known.
//!
//! With the classes equally frequent, P(minority | x) = f1 / (f1 + f0): below one half the majority is the more likely
//! to leave a point there. Real minority points lie there too wherever the classes overlap, so their share stands
//! beside it, and what resampling did to the worse is said only when its points are worse by 5 in a hundred.

use super::{Diagnosis, DiagnosisKind, Patient, WORTH_SAYING, percent, share};
use crate::base::Point;
use crate::dataset::Density;
use crate::resample::RowId;

/// How much larger than that of the real points the share has to be.
const WORSE: f64 = 0.05;

/// Of more new points than this, every second, third ... is looked at.
const LOOKED_AT: usize = 5000;

impl Patient<'_> {
    /// New points that lie where the other class is the more likely one.
    pub(super) fn majority_territory(&self, density: &Density) -> Option<Diagnosis> {
        let new = self.new_points();
        let foreign = |rows: &[RowId]| {
            let looked = thinned(rows);
            let inside = looked.iter().filter(|&&row| self.balanced(density, self.place(row)) < 0.5).count();
            share(inside, looked.len())
        };
        let (made, real) = (foreign(&new), foreign(&self.real));
        (made > WORTH_SAYING && made > real + WORSE).then(|| Diagnosis {
            kind: DiagnosisKind::MajorityTerritory,
            text: format!(
                "{} of the {} new points lie where the majority is the more likely class (with both classes equally \
                 frequent); of the real minority points {} do.",
                percent(made),
                new.len(),
                percent(real)
            ),
        })
    }

    /// New points where the minority's density is lower than at every real point of it.
    pub(super) fn outside_support(&self, density: &Density) -> Option<Diagnosis> {
        let new = self.new_points();
        let at = |&row: &RowId| density.class_density(self.class, self.place(row));
        let lowest = self.real.iter().map(at).fold(f64::INFINITY, f64::min);
        let looked = thinned(&new);
        let outside = share(looked.iter().filter(|row| at(row) < lowest).count(), looked.len());
        (outside > WORTH_SAYING).then(|| Diagnosis {
            kind: DiagnosisKind::OutsideSupport,
            text: format!(
                "{} of the {} new points lie where the true minority density is lower than at any of the {} real \
                 minority points: the minority hardly ever comes there.",
                percent(outside),
                new.len(),
                self.real.len()
            ),
        })
    }

    /// P(own class | `point`) if both classes were equally frequent.
    fn balanced(&self, density: &Density, point: Point) -> f64 {
        let (prevalence, posterior) = (density.prevalence(), density.posterior(point));
        let (minority, majority) = (posterior / prevalence, (1.0 - posterior) / (1.0 - prevalence));
        let own = if self.class == 1 { minority } else { majority };
        own / (minority + majority)
    }
}

/// Evenly chosen rows, few enough to ask a density about.
fn thinned(rows: &[RowId]) -> Vec<RowId> {
    rows.iter().copied().step_by(rows.len().div_ceil(LOOKED_AT).max(1)).collect()
}
