//! Tomek links: pairs of rows of unlike class that are each other's nearest neighbour.
//!
//! Such a pair lies on the border, or one end is noise. The end of a targeted class is removed: by default the
//! majority's, with `All` both. Nothing is drawn.
//!
//! I. Tomek, "Two modifications of CNN", IEEE Transactions on Systems, Man and Cybernetics 6, 1976.
//!
//! The nearest neighbour is the second hit of a search that finds the row itself, too; among rows at the same place it
//! may be any of them.

use super::bench::Bench;
use super::strategy::Targets;
use super::{Fault, TableUse};

pub(super) fn fit_resample(bench: &mut Bench, targets: &Targets) -> Result<(), Fault> {
    let all: Vec<u32> = (0..bench.y.len() as u32).collect();
    let nearest = bench.neighbors(TableUse::Judge, &all, None, ("neighbour", 1))?;
    for a in all {
        let b = nearest[a as usize];
        let (class_a, class_b) = (bench.y[a as usize], bench.y[b as usize]);
        if a < b && class_a != class_b && nearest[b as usize] == a {
            let targeted = |class| targets.iter().any(|&(target, _)| target == class);
            bench.link(a, b, targeted(class_a), targeted(class_b));
        }
    }
    Ok(())
}
