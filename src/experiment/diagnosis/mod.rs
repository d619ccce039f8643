//! When resampling hurts: what can be said against the points that a chain made, with numbers.
//!
//! Looked at are the points of the smaller class that the chain made and that the model is fitted on (copies lie on
//! real points and count only as amplified noise). Something is said when it is true for more than 5 % of them; what
//! is too small to matter is not said. The thresholds are in the files beside this one.
//!
//! ```
//! use imbalance_lab::experiment::{self, DiagnosisKind};
//! use imbalance_lab::permalink;
//! let link = permalink::parse("#/lab?data=islands-far&n=500&ratio=20&sampler=smote.k14").link;
//! let found = experiment::run(&link.spec).unwrap().diagnosis;
//! assert!(found.iter().flatten().any(|diagnosis| diagnosis.kind == DiagnosisKind::Bridges));
//! ```

mod islands;
mod neighbours;
mod territory;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::base::{Class, Point};
use crate::dataset::Density;
use crate::resample::{Chain, Origin, RowId};
use crate::split::StandardScaler;

/// What hurts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DiagnosisKind {
    /// New points where the other class is the more likely one.
    MajorityTerritory,
    /// New points between islands of the minority.
    Bridges,
    /// New points that start from points alone among the other class.
    AmplifiedNoise,
    /// New points where the minority is rarer than at any real point of it.
    OutsideSupport,
    /// As many neighbours as there are minority points.
    EveryoneANeighbour,
    /// One axis decides who is near.
    Unscaled,
    /// Hidden columns decide who is near.
    LostNeighbours,
}

/// Something that hurts, in a sentence or two with the present numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Diagnosis {
    /// What.
    pub kind: DiagnosisKind,
    /// How much.
    pub text: String,
}

/// What is true for at most this share of the new points is not said.
const WORTH_SAYING: f64 = 0.05;

/// A chain and what all diagnoses look at.
struct Patient<'a> {
    chain: &'a Chain,
    scaler: Option<&'a StandardScaler>,
    columns: &'a [String; 2],
    /// The smaller class of the training rows.
    class: Class,
    /// Training rows of that class.
    real: Vec<RowId>,
    /// Rows wholly of that class that were made and are fitted on, copies too.
    made: Vec<RowId>,
}

/// What there is to say about `chain`, whose rows are in the space of `scaler`.
#[inline(never)]
pub(super) fn diagnose(
    chain: &Chain,
    scaler: Option<&StandardScaler>,
    density: Option<&Density>,
    columns: &[String; 2],
) -> Vec<Diagnosis> {
    let n_train = chain.n_train();
    let minority = chain.pool_y[..n_train].iter().filter(|&&class| class == 1).count();
    let class = Class::from(2 * minority <= n_train);
    if chain.stages.is_empty() || minority == 0 || minority == n_train {
        return Vec::new();
    }
    let ours = |row: &RowId| chain.pool_y[*row as usize] == class;
    // A mixed row says itself that it is partly of the other class.
    let claimed = |row: &RowId| chain.soft_label(*row).is_none();
    let patient = Patient {
        chain,
        scaler,
        columns,
        class,
        real: (0..n_train as RowId).filter(ours).collect(),
        made: chain
            .output
            .iter()
            .copied()
            .filter(|&row| row as usize >= n_train)
            .filter(ours)
            .filter(claimed)
            .collect(),
    };
    let [majority_territory, outside_support] = density.map_or([None, None], |density| patient.against(density));
    [
        majority_territory,
        patient.bridges(),
        patient.amplified_noise(density),
        outside_support,
        patient.everyone_a_neighbour(),
        patient.unscaled(),
        patient.lost_neighbours(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

impl Patient<'_> {
    /// Where a row is, in data space.
    fn place(&self, row: RowId) -> Point {
        let point = self.chain.pool_x[row as usize];
        self.scaler.map_or(point, |scaler| scaler.inverse_transform(point))
    }

    /// Made rows that are not copies.
    fn new_points(&self) -> Vec<RowId> {
        let new = |row: &RowId| !matches!(self.chain.pool_origin[*row as usize], Origin::Copy { .. });
        self.made.iter().copied().filter(new).collect()
    }

    /// The training row that `row` goes back to by its first parent; none for a row without parents.
    fn root(&self, mut row: RowId) -> Option<RowId> {
        loop {
            row = match self.chain.pool_origin[row as usize] {
                Origin::Original => return Some(row),
                Origin::Copy { of } | Origin::Jittered { of } => of,
                Origin::Between { base, .. } => base,
                Origin::Mixed { a, .. } => a,
                Origin::Center { .. } | Origin::Component { .. } => return None,
            }
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// `13.3 %`
fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}
