//! The workbench of one stage: its rows, and the only ways to change them, each of which leaves a step behind.
//!
//! Samplers speak of rows by their position on the bench; the bench writes down pool ids.

use super::fold::fold;
use super::{Chain, Fault, NeighborTable, Origin, OutputOrder, RowId, Step, TableUse};
use crate::base::neighbors::{NearestNeighbors, Neighbors, NeighborsError};
use crate::base::{Class, Point};

pub(super) struct Bench<'a> {
    pool: &'a mut Chain,
    rows: Vec<RowId>,
    /// Coordinates of the rows.
    pub(super) x: Vec<Point>,
    /// Classes of the rows.
    pub(super) y: Vec<Class>,
    /// In which order the rows will leave.
    pub(super) order: OutputOrder,
    steps: Vec<Step>,
    tables: Vec<NeighborTable>,
}

/// What a stage leaves behind.
pub(super) struct Played {
    pub(super) steps: Vec<Step>,
    pub(super) tables: Vec<NeighborTable>,
    pub(super) order: OutputOrder,
    pub(super) output: Vec<RowId>,
}

impl<'a> Bench<'a> {
    pub(super) fn new(pool: &'a mut Chain, input: &[RowId]) -> Self {
        let x = input.iter().map(|&row| pool.pool_x[row as usize]).collect();
        let y = input.iter().map(|&row| pool.pool_y[row as usize]).collect();
        let order = OutputOrder::AsGiven;
        Self { pool, rows: input.to_vec(), x, y, order, steps: Vec::new(), tables: Vec::new() }
    }

    pub(super) fn finish(self) -> Played {
        let output = fold(&self.rows, &self.steps, self.order, &self.pool.pool_y);
        Played { steps: self.steps, tables: self.tables, order: self.order, output }
    }

    /// Positions of the rows of `class`.
    pub(super) fn positions_of(&self, class: Class) -> Vec<u32> {
        (0..self.y.len() as u32).filter(|&i| self.y[i as usize] == class).collect()
    }

    /// Coordinates of the rows at `positions`.
    pub(super) fn points_at(&self, positions: &[u32]) -> Vec<Point> {
        positions.iter().map(|&i| self.x[i as usize]).collect()
    }

    /// For the rows at `bases` their `k` nearest among the rows at `among` (`None`: all), the first hit left out:
    /// positions on the bench, `k` per base row. `parameter` is what `k` is called in an error.
    pub(super) fn neighbors(
        &mut self,
        purpose: TableUse,
        bases: &[u32],
        among: Option<&[u32]>,
        (parameter, k): (&'static str, usize),
    ) -> Result<Vec<u32>, Fault> {
        let queries = self.points_at(bases);
        let fault = |error, rows: usize, class| match error {
            NeighborsError::KOutOfRange { .. } => {
                Fault::TooFewRows { parameter, neighbors: k, rows, queries: queries.len(), class }
            }
            NeighborsError::NotFinite { row, is_nan } => Fault::NotFinite { row, is_nan },
        };
        let found = match among {
            Some(among) => {
                let class = among.first().map(|&i| self.y[i as usize]);
                let mut found =
                    search(&self.points_at(among), &queries, k).map_err(|e| fault(e, among.len(), class))?;
                found.iter_mut().for_each(|i| *i = among[*i as usize]);
                found
            }
            None => search(&self.x, &queries, k).map_err(|e| fault(e, self.x.len(), None))?,
        };
        let name = |positions: &[u32]| positions.iter().map(|&i| self.rows[i as usize]).collect();
        self.tables.push(NeighborTable { purpose, bases: name(bases), neighbors: name(&found), width: k });
        Ok(found)
    }

    /// Writes down who the neighbours of a row are of.
    pub(super) fn classify(&mut self, row: u32, other_class: u32, danger: bool) {
        self.steps.push(Step::Classify { row: self.rows[row as usize], other_class, danger });
    }

    /// Adds a repetition of a row.
    pub(super) fn add_copy(&mut self, of: u32) {
        let origin = Origin::Copy { of: self.rows[of as usize] };
        self.add(self.y[of as usize], self.x[of as usize], origin);
    }

    /// Adds a point on the way from one row to another, of the class of the first.
    pub(super) fn add_between(&mut self, base: u32, neighbor: u32, gap: f64, x: Point) {
        let origin = Origin::Between { base: self.rows[base as usize], neighbor: self.rows[neighbor as usize], gap };
        self.add(self.y[base as usize], x, origin);
    }

    fn add(&mut self, y: Class, x: Point, origin: Origin) {
        let row = self.pool.pool_x.len() as RowId;
        self.pool.pool_x.push(x);
        self.pool.pool_y.push(y);
        self.pool.pool_origin.push(origin);
        self.steps.push(Step::Add { row });
    }

    /// Keeps a row that was drawn.
    pub(super) fn keep(&mut self, row: u32) {
        self.steps.push(Step::Keep { row: self.rows[row as usize] });
    }

    /// Drops a row that was not drawn.
    pub(super) fn drop(&mut self, row: u32) {
        self.steps.push(Step::Drop { row: self.rows[row as usize] });
    }

    /// Writes down a Tomek link and removes its ends as told.
    pub(super) fn link(&mut self, a: u32, b: u32, remove_a: bool, remove_b: bool) {
        let (a, b) = (self.rows[a as usize], self.rows[b as usize]);
        self.steps.push(Step::Link { a, b, remove_a, remove_b });
    }
}

/// The `k + 1` nearest without the first, whichever row that is.
fn search(among: &[Point], queries: &[Point], k: usize) -> Result<Vec<u32>, NeighborsError> {
    let with_self = k.saturating_add(1);
    let Neighbors { indices, .. } = NearestNeighbors::fit(among, with_self)?.kneighbors(queries, with_self)?;
    Ok(indices.chunks_exact(with_self).flat_map(|row| &row[1..]).copied().collect())
}
