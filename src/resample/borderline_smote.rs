//! Borderline-SMOTE: SMOTE that starts only from minority rows in danger.
//!
//! Of the `m` nearest rows of a minority row, `m'` are of another class. It is in danger when `m/2 <= m' < m`; safe
//! below, and noise when all are. The first kind goes from a row in danger towards its `k` nearest minority rows, the
//! second towards its `k` nearest rows of any class, at most half-way to those of another class.
//!
//! H. Han, W.-Y. Wang, B.-H. Mao, "Borderline-SMOTE: a new over-sampling method in imbalanced data sets learning",
//! ICIC 2005.
//!
//! A class without a row in danger stays as it is.

use super::bench::Bench;
use super::interpolate::add_between;
use super::strategy::Targets;
use super::{BorderlineKind, Fault, TableUse};

pub(super) fn fit_resample(
    bench: &mut Bench,
    targets: &Targets,
    (k_neighbors, m_neighbors): (usize, usize),
    kind: BorderlineKind,
    seed: u32,
) -> Result<(), Fault> {
    for &(class, n) in targets.iter().filter(|&&(_, n)| n > 0) {
        let members = bench.positions_of(class);
        let around = bench.neighbors(TableUse::Judge, &members, None, ("m_neighbors", m_neighbors))?;
        let mut in_danger = Vec::new();
        for (&row, neighbors) in members.iter().zip(around.chunks_exact(m_neighbors)) {
            let others = neighbors.iter().filter(|&&i| bench.y[i as usize] != class).count();
            let danger = 2 * others >= m_neighbors && others < m_neighbors;
            bench.classify(row, others as u32, danger);
            if danger {
                in_danger.push(row);
            }
        }
        if in_danger.is_empty() {
            continue;
        }
        let (among, halved) = match kind {
            BorderlineKind::One => (Some(members.as_slice()), None),
            BorderlineKind::Two => (None, Some(class)),
        };
        let table = bench.neighbors(TableUse::Interpolate, &in_danger, among, ("k_neighbors", k_neighbors))?;
        add_between(bench, &in_danger, (&table, k_neighbors), n, seed, halved);
    }
    Ok(())
}
