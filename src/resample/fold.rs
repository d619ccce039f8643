//! The result of a stage is what its steps did, and nothing else.

use super::{OutputOrder, RowId, Step};
use crate::base::Class;

/// What became of a row so far.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Stays,
    Drawn,
    Gone,
}

/// Applies `steps` to the rows of `input`; `pool_y` holds the class of every row of the pool.
///
/// Rows nobody drew come first, as they stood; then drawn and generated rows in the order of the steps.
#[inline(never)]
pub(super) fn fold(input: &[RowId], steps: &[Step], order: OutputOrder, pool_y: &[Class]) -> Vec<RowId> {
    let mut fate = vec![Fate::Stays; pool_y.len()];
    let mut tail = Vec::new();
    for step in steps {
        match *step {
            Step::Judge { .. }
            | Step::Weigh { .. }
            | Step::Cluster { .. }
            | Step::Score { .. }
            | Step::Iterate { .. }
            | Step::Measure { .. }
            | Step::Split { .. }
            | Step::Fold { .. } => {}
            Step::Add { row } => tail.push(row),
            Step::Keep { row } => {
                fate[row as usize] = Fate::Drawn;
                tail.push(row);
            }
            Step::Drop { .. } | Step::Remove { .. } | Step::Link { .. } => {
                step.removed().into_iter().flatten().for_each(|row| fate[row as usize] = Fate::Gone);
            }
        }
    }
    let mut output: Vec<RowId> = input.iter().copied().filter(|&row| fate[row as usize] == Fate::Stays).collect();
    output.extend(tail.into_iter().filter(|&row| fate[row as usize] != Fate::Gone));
    if order == OutputOrder::GroupedByClass {
        output.sort_by_key(|&row| pool_y[row as usize]);
    }
    output
}
