//! Neighbours that are no good: alone among others, everyone, or chosen by what means nothing.

use super::{Diagnosis, DiagnosisKind, Patient, WORTH_SAYING, percent, share};
use crate::base::Rows;
use crate::base::neighbors::{NearestNeighbors, Neighbors};
use crate::dataset::Density;
use crate::resample::{Hardness, K_NEIGHBORS, Origin, RowId};

/// Neighbours that tell who is alone.
const K: usize = 5;
/// Strays are at most one in this many of the class.
const STRAYS: usize = 3;
/// Numbers compared at most in looking for who is alone among hidden columns: beyond, the question is not asked.
const WORK: usize = 200_000_000;
/// An axis spread this many times as wide as the other decides alone who is near.
const WIDER: f64 = 20.0;
/// Minority rows whose neighbours with and without the hidden columns are compared, and how many they are sought among.
const ASKED: (usize, usize) = (50, 2000);
/// Of the neighbours in the plane at least this share should be neighbours still.
const KEPT: f64 = 0.5;

impl Patient<'_> {
    /// New points and copies that start from outliers: minority rows with none of their own among the 5 nearest. When
    /// more than a third of the class are alone, it is the classes that overlap, and only where the data are known to
    /// be noisy that is noise.
    pub(super) fn amplified_noise(&self, density: Option<&Density>) -> Option<Diagnosis> {
        if self.made.is_empty() {
            return None;
        }
        let alone = self.alone()?;
        if alone.len() * STRAYS > self.real.len() && !density.is_some_and(Density::has_noise) {
            return None;
        }
        let from_alone = |row: &&RowId| {
            let origin = self.chain.pool_origin[**row as usize];
            let has_start = matches!(origin, Origin::Between { .. } | Origin::Copy { .. } | Origin::Jittered { .. });
            has_start && self.root(**row).is_some_and(|root| alone.binary_search(&root).is_ok())
        };
        let children = self.made.iter().filter(from_alone).count();
        let part = share(children, self.made.len());
        (part > WORTH_SAYING).then(|| Diagnosis {
            kind: DiagnosisKind::AmplifiedNoise,
            text: format!(
                "{children} of the {} new points ({}) start from the {} minority points that have no other among their \
                 {K} nearest neighbours. If those are noise, it is amplified.",
                self.made.len(),
                percent(part),
                alone.len()
            ),
        })
    }

    /// Real rows that are outliers by [`Hardness`], ascending.
    fn alone(&self) -> Option<Vec<RowId>> {
        let (n_train, width) = (self.chain.n_train(), 2 + self.chain.pool_hidden.width());
        if width > 2 && n_train * self.real.len() * width > WORK {
            return None;
        }
        let all: Vec<RowId> = (0..n_train as RowId).collect();
        let near = near(&self.chain.rows(&all), &self.chain.rows(&self.real), K + 1)?;
        let is_alone = |&(at, &row): &(usize, &RowId)| {
            let others = near.row(at).iter().filter(|&&other| other != row).take(K);
            let own = others.filter(|&&other| self.chain.pool_y[other as usize] == self.class).count();
            Hardness::of(own, K) == Hardness::Outlier
        };
        Some(self.real.iter().enumerate().filter(is_alone).map(|(_, &row)| row).collect())
    }

    /// `k_neighbors` so large that all, or all but one, of the minority are neighbours of each: no neighbourhood at all.
    pub(super) fn everyone_a_neighbour(&self) -> Option<Diagnosis> {
        self.chain.stages.iter().find_map(|stage| {
            let parameters = stage.sampler.neighbor_parameters();
            let k = parameters.iter().find(|(name, _)| *name == K_NEIGHBORS.name)?.1;
            let own = stage.input.iter().filter(|&&row| self.chain.pool_y[row as usize] == self.class).count();
            let makes = stage.output.iter().max() > stage.input.iter().max();
            (makes && own > 1 && k + 2 >= own).then(|| Diagnosis {
                kind: DiagnosisKind::EveryoneANeighbour,
                text: format!(
                    "There are {own} minority points and {} looks at {k} neighbours of each: {} of the others. Near and \
                     far no longer matter; a new point can lie between any two.",
                    stage.sampler.method().title,
                    if k + 1 >= own { "all" } else { "all but one" }
                ),
            })
        })
    }

    /// One axis much wider than the other, nothing scaled, and a method that asks who is near.
    pub(super) fn unscaled(&self) -> Option<Diagnosis> {
        let asks = self.chain.stages.iter().find(|stage| !stage.tables.is_empty() || !stage.centers.is_empty())?;
        if self.scaler.is_some() {
            return None;
        }
        let points = &self.chain.pool_x[..self.chain.n_train()];
        let spread = [0, 1].map(|axis| {
            let mean = points.iter().map(|p| p[axis]).sum::<f64>() / points.len() as f64;
            let squares = points.iter().map(|p| (p[axis] - mean) * (p[axis] - mean));
            (squares.sum::<f64>() / points.len() as f64).sqrt()
        });
        let (narrow, wide) = if spread[0] <= spread[1] { (0, 1) } else { (1, 0) };
        let times = spread[wide] / spread[narrow];
        (times > WIDER && times.is_finite()).then(|| Diagnosis {
            kind: DiagnosisKind::Unscaled,
            text: format!(
                "{0} spreads {times:.0} times as wide as {1}, and nothing is scaled: {0} alone decides who is near, and that \
                 is what {2} goes by. Switch scaling on in the split.",
                self.columns[wide],
                self.columns[narrow],
                asks.sampler.method().title
            ),
        })
    }

    /// Hidden columns of noise that replace most of the neighbours that minority rows have in the plane.
    pub(super) fn lost_neighbours(&self) -> Option<Diagnosis> {
        let hidden = self.chain.pool_hidden.width();
        let among = &self.real[..self.real.len().min(ASKED.1)];
        let asks = self.chain.stages.iter().any(|stage| !stage.tables.is_empty());
        if hidden == 0 || !asks || among.len() < 3 * K {
            return None;
        }
        let asked = &among[..among.len().min(ASKED.0)];
        let points = |rows| Rows::from_points(&self.chain.points(rows));
        let plane = near(&points(among), &points(asked), K + 1)?;
        let all = near(&self.chain.rows(among), &self.chain.rows(asked), K + 1)?;
        // The first is the row itself, or one at the same place.
        let kept: usize = (0..asked.len())
            .map(|at| plane.row(at)[1..].iter().filter(|row| all.row(at)[1..].contains(row)).count())
            .sum();
        let part = share(kept, K * asked.len());
        (part < KEPT).then(|| Diagnosis {
            kind: DiagnosisKind::LostNeighbours,
            text: format!(
                "{hidden} hidden columns decide who is near: of the {K} minority points nearest in the plane only {:.1} \
                 are still among the {K} nearest when all columns count.",
                part * K as f64
            ),
        })
    }
}

fn near(fitted: &Rows, queries: &Rows, k: usize) -> Option<Neighbors> {
    NearestNeighbors::fit(fitted, k).and_then(|fitted| fitted.kneighbors(queries, k)).ok()
}
