//! What the step played last looks at: what to ring, what to connect, what appears and what goes.

use super::Place;
use crate::resample::{Chain, Origin, RowId, Step, TableUse};

/// The step in focus. All rows are pool ids.
#[derive(Clone, Debug, PartialEq)]
pub struct Focus {
    /// Where the step stands.
    pub place: Place,
    /// The step itself.
    pub step: Step,
    /// The row that it is about: base, row judged, row drawn, lower end of a link.
    pub center: RowId,
    /// The neighbours of `center` that were looked up, nearest first.
    pub neighbors: Vec<RowId>,
    /// The one of them that was chosen, or the other end of a link.
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
    let (center, purpose, chosen, gap, made) = match step {
        Step::Add { row } => match chain.pool_origin[row as usize] {
            Origin::Between { base, neighbor, gap } => {
                (base, Some(TableUse::Interpolate), Some(neighbor), Some(gap), Some(row))
            }
            Origin::Copy { of } => (of, None, None, None, Some(row)),
            Origin::Original => (row, None, None, None, Some(row)),
        },
        Step::Classify { row, .. } => (row, Some(TableUse::Judge), None, None, None),
        Step::Keep { row } | Step::Drop { row } => (row, None, None, None, None),
        Step::Link { a, b, .. } => (a, Some(TableUse::Judge), Some(b), None, None),
    };
    let tables = &chain.stages[place.stage].tables;
    let neighbors = tables
        .iter()
        .filter(|table| Some(table.purpose) == purpose)
        .find_map(|table| table.neighbors_of(center))
        .map_or_else(Vec::new, <[RowId]>::to_vec);
    let removed = step.removed().into_iter().flatten().collect();
    Some(Focus { place, step, center, neighbors, chosen, gap, made, removed })
}
