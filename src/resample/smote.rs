//! SMOTE: new minority rows on the segments between minority rows and their minority neighbours.
//!
//! A base row and one of its `k` nearest neighbours of the same class are drawn, then `gap` from `[0, 1)`; the new row
//! is `base + gap * (neighbor - base)`. It fills the space between minority rows, also where the majority lives.
//!
//! N. V. Chawla, K. W. Bowyer, L. O. Hall, W. P. Kegelmeyer, "SMOTE: synthetic minority over-sampling technique",
//! Journal of Artificial Intelligence Research 16, 2002.
//!
//! Every class starts again with the same seed, as imbalanced-learn does.

use super::bench::Bench;
use super::interpolate::add_between;
use super::strategy::Targets;
use super::{Fault, TableUse};

pub(super) fn fit_resample(bench: &mut Bench, targets: &Targets, k_neighbors: usize, seed: u32) -> Result<(), Fault> {
    for &(class, n) in targets.iter().filter(|&&(_, n)| n > 0) {
        let bases = bench.positions_of(class);
        let table = bench.neighbors(TableUse::Interpolate, &bases, Some(&bases), ("k_neighbors", k_neighbors))?;
        add_between(bench, &bases, (&table, k_neighbors), n, seed, None);
    }
    Ok(())
}
