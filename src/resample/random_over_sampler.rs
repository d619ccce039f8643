//! Random over-sampling: repeats rows of the smaller classes, drawn with replacement, until the counts are reached.
//!
//! Adds no new place to the plane; it only makes the rows that are there weigh more.

use super::Fault;
use super::bench::Bench;
use super::strategy::Targets;
use crate::random::RandomState;

pub(super) fn fit_resample(bench: &mut Bench, targets: &Targets, seed: u32) -> Result<(), Fault> {
    let mut random = RandomState::new(seed);
    for &(class, n) in targets {
        let positions = bench.positions_of(class);
        for _ in 0..n {
            bench.add_copy(positions[random.interval(positions.len() as u64 - 1) as usize]);
        }
    }
    Ok(())
}
