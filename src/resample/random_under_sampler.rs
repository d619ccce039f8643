//! Random under-sampling: keeps a drawn part of the larger classes and drops the rest.
//!
//! Cheap, and wasteful: what is dropped is lost. Rows leave grouped by class, drawn rows in the order drawn. A row
//! drawn again (with replacement) is kept once and repeated.

use super::bench::Bench;
use super::strategy::Targets;
use super::{Fault, OutputOrder};
use crate::random::RandomState;

pub(super) fn fit_resample(bench: &mut Bench, targets: &Targets, replacement: bool, seed: u32) -> Result<(), Fault> {
    let mut random = RandomState::new(seed);
    bench.order = OutputOrder::GroupedByClass;
    for &(class, n) in targets {
        let positions = bench.positions_of(class);
        let drawn: Vec<usize> = if replacement {
            (0..n).map(|_| random.interval(positions.len() as u64 - 1) as usize).collect()
        } else {
            // All of them are shuffled, however few are wanted.
            let mut order = random.permutation(positions.len());
            order.truncate(n);
            order
        };
        let mut kept = vec![false; positions.len()];
        for at in drawn {
            if std::mem::replace(&mut kept[at], true) {
                bench.add_copy(positions[at]);
            } else {
                bench.keep(positions[at]);
            }
        }
        for (&row, _) in positions.iter().zip(&kept).filter(|&(_, &kept)| !kept) {
            bench.drop(row);
        }
    }
    Ok(())
}
