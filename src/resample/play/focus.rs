//! What the step played last looks at: what to ring, what to connect, what appears and what goes.

use super::Place;
use crate::resample::{Chain, Origin, RowId, StageTrace, Step, TableUse};

/// The step in focus. All rows are pool ids.
#[derive(Clone, Debug, PartialEq)]
pub struct Focus {
    /// Where the step stands.
    pub place: Place,
    /// The step itself.
    pub step: Step,
    /// The row that it is about: base, row judged, row drawn, lower end of a link. `None`: it is about no row.
    pub center: Option<RowId>,
    /// The neighbours of `center` that were looked up, nearest first.
    pub neighbors: Vec<RowId>,
    /// The one of them that was chosen, the other end of a link, or the row because of which `center` goes.
    pub chosen: Option<RowId>,
    /// How far the new row lies on the way from `center` to `chosen`.
    pub gap: Option<f64>,
    /// The row that appears.
    pub made: Option<RowId>,
    /// The rows that go.
    pub removed: Vec<RowId>,
}

/// The step played last at `position`; `None` at 0.
pub fn focus(chain: &Chain, position: u32) -> Option<Focus> {
    let place = chain.locate(position)?;
    let step = chain.step(place);
    let judge = Some(TableUse::Judge);
    let (center, purpose, chosen, gap, made) = match step {
        Step::Add { row } => match chain.pool_origin[row as usize] {
            Origin::Between { base, neighbor, gap } => {
                (Some(base), Some(TableUse::Interpolate), Some(neighbor), Some(gap), Some(row))
            }
            Origin::Mixed { a, b, share, .. } => (Some(a), None, Some(b), Some(1.0 - share), Some(row)),
            Origin::Copy { of } | Origin::Jittered { of } => (Some(of), None, None, None, Some(row)),
            Origin::Original | Origin::Center { .. } | Origin::Component { .. } => (None, None, None, None, Some(row)),
        },
        Step::Judge { row, .. } | Step::Weigh { row, .. } | Step::Score { row, .. } => {
            (Some(row), judge, None, None, None)
        }
        Step::Remove { row, because, .. } => (Some(row), judge, Some(because).filter(|&b| b != row), None, None),
        Step::Keep { row } => (Some(row), judge, None, None, None),
        Step::Drop { row } => (Some(row), judge, stand_in(chain, place, row), None, None),
        Step::Link { a, b, .. } => (Some(a), judge, Some(b), None, None),
        Step::Iterate { .. } | Step::Cluster { .. } | Step::Measure { .. } | Step::Split { .. } | Step::Fold { .. } => {
            (None, None, None, None, None)
        }
    };
    let looked_at = |row: RowId| lookup(&chain.stages[place.stage], place.index, purpose?, row);
    // A row condemned by another one's neighbours is shown among those.
    let around = if let Step::Remove { because, .. } = step { Some(because) } else { center };
    let neighbors = around.and_then(looked_at).map_or_else(Vec::new, <[RowId]>::to_vec);
    let removed = step.removed().into_iter().flatten().collect();
    Some(Focus { place, step, center, neighbors, chosen, gap, made, removed })
}

/// What stands for a row that is dropped with its cluster: the centre, or the row nearest to it. `None` where it is not
/// for a cluster that rows are dropped.
fn stand_in(chain: &Chain, place: Place, row: RowId) -> Option<RowId> {
    let stage = &chain.stages[place.stage];
    if stage.centers.is_empty() {
        return None;
    }
    let before = stage.steps[..place.index].iter().rev().find_map(|step| match *step {
        Step::Add { row } | Step::Keep { row } => Some(row),
        _ => None,
    })?;
    let stands = if let Origin::Copy { of } = chain.pool_origin[before as usize] { of } else { before };
    // Of a class of which nothing is wanted no row stands for the others.
    (chain.pool_y[stands as usize] == chain.pool_y[row as usize]).then_some(stands)
}

/// The neighbours of `row` as they were last looked up for `purpose` before the step at `index`.
fn lookup(stage: &StageTrace, index: usize, purpose: TableUse, row: RowId) -> Option<&[RowId]> {
    let mut before =
        stage.tables.iter().rev().filter(|table| table.purpose == purpose && table.since as usize <= index);
    before.find_map(|table| table.neighbors_of(row))
}
