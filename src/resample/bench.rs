//! The workbench of one stage: its rows, and the only ways to change them, each of which leaves a step behind.
//!
//! Samplers speak of rows by their position on the bench; the bench writes down pool ids. Rows that are added or
//! removed do not move the others: positions stay until [`Bench::settle`] lays the rows out anew.

use std::cell::OnceCell;

use super::fold::fold;
use super::limits;
use super::step::{Batch, Centers, PhaseStart};
use super::strategy::Targets;
use super::{Chain, Fault, NeighborTable, Origin, OutputOrder, RowId, Sampler, StageTrace, Step, TableUse, Verdict};
use crate::base::neighbors::{Algorithm, NearestNeighbors, Neighbors, NeighborsError};
use crate::base::{Class, Rows};

/// What a sampler is asked to do.
#[derive(Debug)]
pub struct Job<'a> {
    /// The method with its parameters.
    pub sampler: &'a Sampler,
    /// For each targeted class, in ascending order, how many rows to add (over-sampling) or to keep.
    pub targets: &'a Targets,
    /// `random_state`.
    pub seed: u32,
}

/// The rows of one stage while it works.
#[derive(Debug)]
pub struct Bench<'a> {
    pool: &'a mut Chain,
    input: Vec<RowId>,
    rows: Vec<RowId>,
    /// The rows, all columns.
    pub x: Rows,
    /// Classes of the rows.
    pub y: Vec<Class>,
    /// In which order the rows will leave.
    pub order: OutputOrder,
    /// The tree of [`Self::x`], once a search among all rows has grown it.
    tree: OnceCell<NearestNeighbors>,
    steps: Vec<Step>,
    tables: Vec<NeighborTable>,
    phases: Vec<PhaseStart>,
    centers: Vec<Centers>,
    thresholds: Vec<(Class, f64)>,
}

impl<'a> Bench<'a> {
    #[inline(never)]
    pub(super) fn new(pool: &'a mut Chain, input: Vec<RowId>) -> Self {
        let mut bench = Self {
            pool,
            rows: Vec::new(),
            x: Rows::default(),
            y: Vec::new(),
            order: OutputOrder::AsGiven,
            tree: OnceCell::new(),
            steps: Vec::new(),
            tables: Vec::new(),
            phases: Vec::new(),
            centers: Vec::new(),
            thresholds: Vec::new(),
            input,
        };
        bench.lay_out(bench.input.clone());
        bench
    }

    /// The trace of what was done, as on all rows.
    #[inline(never)]
    pub(super) fn finish(self, sampler: &Sampler, seed: u32) -> StageTrace {
        let output = self.folded();
        let Self { input, steps, tables, order, phases, centers, thresholds, .. } = self;
        let sampler = sampler.clone();
        StageTrace { sampler, seed, only: None, input, steps, order, output, tables, phases, centers, thresholds }
    }

    #[inline(never)]
    fn folded(&self) -> Vec<RowId> {
        fold(&self.input, &self.steps, self.order, &self.pool.pool_y)
    }

    #[inline(never)]
    fn lay_out(&mut self, rows: Vec<RowId>) {
        self.x = self.pool.rows(&rows);
        self.tree.take();
        self.y = rows.iter().map(|&row| self.pool.pool_y[row as usize]).collect();
        self.rows = rows;
    }

    /// Lays out the rows as they are after the steps so far, in the present `order`: what a second pass works on.
    pub fn settle(&mut self) {
        let rows = self.folded();
        self.lay_out(rows);
    }

    /// Takes all rows but those at `positions` off the bench: they stay in the data, the algorithm does not see them.
    pub(super) fn leave_only(&mut self, positions: &[u32]) {
        let rows = positions.iter().map(|&i| self.rows[i as usize]).collect();
        self.lay_out(rows);
    }

    /// Positions of the rows of `class`.
    #[inline(never)]
    pub fn positions_of(&self, class: Class) -> Vec<u32> {
        (0..self.y.len() as u32).filter(|&i| self.y[i as usize] == class).collect()
    }

    /// Which row of the pool stands at each position.
    pub(super) fn row_ids(&self) -> &[RowId] {
        &self.rows
    }

    /// The position of a row of the pool, if it is on the bench.
    pub fn position_of(&self, row: RowId) -> Option<u32> {
        self.rows.iter().position(|&present| present == row).map(|at| at as u32)
    }

    /// For the rows at `bases` their `k` nearest among the rows at `among` (`None`: all), the first hit left out:
    /// positions on the bench, `k` per base row. `parameter` is what `k` is called in an error.
    pub fn neighbors(
        &mut self,
        purpose: TableUse,
        bases: &[u32],
        among: Option<&[u32]>,
        parameter: (&'static str, usize),
    ) -> Result<Vec<u32>, Fault> {
        if parameter.1 < among.map_or(self.x.len(), <[u32]>::len) {
            self.check_neighbors(bases.len(), parameter)?;
        }
        let found = self.look_up(bases, among, parameter)?;
        self.write_down(purpose, bases, &found, parameter)?;
        Ok(found)
    }

    /// The same without writing it down.
    pub fn look_up(
        &self,
        bases: &[u32],
        among: Option<&[u32]>,
        (parameter, k): (&'static str, usize),
    ) -> Result<Vec<u32>, Fault> {
        if k < among.map_or(self.x.len(), <[u32]>::len) {
            limits::check_neighbors(0, bases.len(), (parameter, k))?;
        }
        let queries = self.x.take(bases);
        let fault = |class| move |error| Fault::neighbors_beside_itself(error, (parameter, k), class);
        match among {
            Some(among) => {
                let class = among.first().map(|&i| self.y[i as usize]);
                let mut found = search(&self.x.take(among), &queries, k).map_err(fault(class))?;
                found.iter_mut().for_each(|i| *i = among[*i as usize]);
                Ok(found)
            }
            None => self.search_all(&queries, k).map_err(fault(None)),
        }
    }

    /// [`search`] among all rows.
    fn search_all(&self, queries: &Rows, k: usize) -> Result<Vec<u32>, NeighborsError> {
        if !NearestNeighbors::chooses_tree(&self.x, k.saturating_add(1)) {
            return search(&self.x, queries, k);
        }
        if let Some(tree) = self.tree.get() {
            return beside_first(tree, queries, k);
        }
        let tree = NearestNeighbors::fit_with(&self.x, k + 1, Algorithm::KdTree)?;
        beside_first(self.tree.get_or_init(|| tree), queries, k)
    }

    /// Refuses neighbours of so many rows, if they are more than the chain may remember beside those it does: what is
    /// to be asked before a search. `parameter` is what their number is called in an error.
    pub fn check_neighbors(&self, rows: usize, parameter: (&'static str, usize)) -> Result<(), Fault> {
        let earlier = self.pool.stages.iter().flat_map(|stage| &stage.tables);
        let remembered = earlier.chain(&self.tables).map(|table| table.neighbors.len()).sum();
        limits::check_neighbors(remembered, rows, parameter)
    }

    /// Refuses the rows that the sampler would make for these targets, if the chain would hold too many.
    pub(super) fn check_rows(&self, sampler: &Sampler, targets: &Targets) -> Result<(), Fault> {
        limits::check_rows(self.pool, sampler, targets)
    }

    /// Writes down neighbours that were found in another way: as many positions for each of `bases` as the parameter
    /// says, which is named in an error.
    pub fn write_down(
        &mut self,
        purpose: TableUse,
        bases: &[u32],
        neighbors: &[u32],
        parameter: (&'static str, usize),
    ) -> Result<(), Fault> {
        self.check_neighbors(bases.len(), parameter)?;
        let width = parameter.1;
        let name = |positions: &[u32]| positions.iter().map(|&i| self.rows[i as usize]).collect();
        let (bases, neighbors, since) = (name(bases), name(neighbors), self.steps.len() as u32);
        self.tables.push(NeighborTable { purpose, bases, neighbors, width, since });
        Ok(())
    }

    /// Enters a phase of the method, for another round if it was entered before.
    pub fn phase(&mut self, phase: u32) {
        let round = self.phases.iter().filter(|start| start.phase == phase).count() as u32;
        self.phases.push(PhaseStart { at: self.steps.len() as u32, phase, round });
    }

    /// Writes down what was found about a row, and how many of its neighbours are of another class.
    pub fn judge(&mut self, row: u32, others: u32, verdict: Verdict) {
        self.steps.push(Step::Judge { row: self.rows[row as usize], others, verdict });
    }

    /// Writes down the share of a row.
    pub fn weigh(&mut self, row: u32, others: u32, weight: f64, share: u32) {
        self.steps.push(Step::Weigh { row: self.rows[row as usize], others, weight, share });
    }

    /// Writes down the share of a cluster in which `size` rows are of the class that grows.
    pub fn cluster(&mut self, cluster: u32, size: u32, weight: f64, share: u32) {
        self.steps.push(Step::Cluster { cluster, size, weight, share });
    }

    /// Writes down a cluster in which `size` of `of` rows are of the class that grows, and their sparsity.
    pub fn measure(&mut self, cluster: u32, size: u32, of: u32, sparsity: f64) {
        self.steps.push(Step::Measure { cluster, size, of, sparsity });
    }

    /// Writes down how many of the rows to be made the first of two groups makes.
    pub fn split(&mut self, first: u32, of: u32) {
        self.steps.push(Step::Split { first, of });
    }

    /// Writes down which fold was held out of a fit, and how many rows it and the others have.
    pub fn fold(&mut self, fold: u32, held_out: u32, fitted: u32) {
        self.steps.push(Step::Fold { fold, held_out, fitted });
    }

    /// Makes room for so many steps to come, so that a long trace is not moved again and again while it grows.
    pub fn expect_steps(&mut self, n: usize) {
        self.steps.reserve(n);
    }

    /// Writes down the number of a row.
    pub fn score(&mut self, row: u32, score: f64, verdict: Verdict) {
        self.steps.push(Step::Score { row: self.rows[row as usize], score, verdict });
    }

    /// Writes down the number that the rows of a class have to reach.
    pub fn threshold(&mut self, class: Class, value: f64) {
        self.thresholds.push((class, value));
    }

    /// Writes down where the centres of the clusters are now, of wide rows the two columns of the plane, and the batch
    /// that moved them there.
    pub fn iterate(&mut self, iteration: u32, moved: f64, centers: &Rows, batch: Option<Batch>) {
        let at = centers.iter().map(|row| [row[0], row[1]]).collect();
        self.steps.push(Step::Iterate { iteration, moved });
        self.centers.push(Centers { since: self.steps.len() as u32, at, batch });
    }

    /// Adds a repetition of a row.
    pub fn add_copy(&mut self, of: u32) {
        let origin = Origin::Copy { of: self.rows[of as usize] };
        let x = self.x.row(of as usize).to_vec();
        self.add(self.y[of as usize], &x, origin);
    }

    /// Adds a point near a row, of its class.
    pub fn add_jittered(&mut self, of: u32, x: &[f64]) {
        let origin = Origin::Jittered { of: self.rows[of as usize] };
        self.add(self.y[of as usize], x, origin);
    }

    /// Adds a point on the way from one row to another, of the class of the first.
    pub fn add_between(&mut self, base: u32, neighbor: u32, gap: f64, x: &[f64]) {
        let origin = Origin::Between { base: self.rows[base as usize], neighbor: self.rows[neighbor as usize], gap };
        self.add(self.y[base as usize], x, origin);
    }

    /// Adds a mixture of two rows, `share` of the first; `label` of its label is the first one's class, which is its own.
    pub fn add_mixed(&mut self, a: u32, b: u32, share: f64, label: f64, x: &[f64]) {
        let origin = Origin::Mixed { a: self.rows[a as usize], b: self.rows[b as usize], share, label };
        self.add(self.y[a as usize], x, origin);
    }

    /// Adds a point that has no row as its parent: a centre, or a draw from a density.
    pub fn add_new(&mut self, class: Class, x: &[f64], origin: Origin) {
        self.add(class, x, origin);
    }

    /// Sets room aside for `n` rows to be added.
    pub fn reserve(&mut self, n: usize) {
        self.pool.pool_x.reserve(n);
        self.pool.pool_y.reserve(n);
        self.pool.pool_origin.reserve(n);
        self.steps.reserve(n);
    }

    fn add(&mut self, y: Class, x: &[f64], origin: Origin) {
        let row = self.pool.pool_x.len() as RowId;
        self.pool.pool_x.push([x[0], x[1]]);
        self.pool.pool_hidden.push(&x[2..]);
        self.pool.pool_y.push(y);
        self.pool.pool_origin.push(origin);
        self.steps.push(Step::Add { row });
    }

    /// Keeps a row that was chosen.
    pub fn keep(&mut self, row: u32) {
        self.steps.push(Step::Keep { row: self.rows[row as usize] });
    }

    /// Drops a row that was not chosen.
    pub fn drop(&mut self, row: u32) {
        self.steps.push(Step::Drop { row: self.rows[row as usize] });
    }

    /// Removes a row that a rule condemns, because of `because` (itself, when its own neighbours condemn it).
    pub fn remove(&mut self, row: u32, others: u32, because: u32) {
        let (row, because) = (self.rows[row as usize], self.rows[because as usize]);
        self.steps.push(Step::Remove { row, others, because });
    }

    /// Writes down a Tomek link and removes its ends as told.
    pub fn link(&mut self, a: u32, b: u32, remove_a: bool, remove_b: bool) {
        let (p, q) = (self.x.row(a as usize), self.x.row(b as usize));
        let distance = p.iter().zip(q).fold(0.0, |sum, (p, q)| sum + (p - q) * (p - q)).sqrt();
        let (a, b) = (self.rows[a as usize], self.rows[b as usize]);
        self.steps.push(Step::Link { a, b, remove_a, remove_b, distance });
    }
}

/// The `k + 1` nearest without the first, whichever row that is.
fn search(among: &Rows, queries: &Rows, k: usize) -> Result<Vec<u32>, NeighborsError> {
    beside_first(&NearestNeighbors::fit(among, k.saturating_add(1))?, queries, k)
}

/// The same of rows that are prepared.
fn beside_first(among: &NearestNeighbors, queries: &Rows, k: usize) -> Result<Vec<u32>, NeighborsError> {
    let with_self = k.saturating_add(1);
    let Neighbors { indices, .. } = among.kneighbors(queries, with_self)?;
    Ok(indices.chunks_exact(with_self).flat_map(|row| &row[1..]).copied().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::RandomState;

    #[test]
    fn a_later_search_among_all_rows_finds_what_a_first_one_does() {
        for cells in [5, 1_000_000_000] {
            let mut random = RandomState::new(1);
            let chain = Chain {
                pool_x: (0..200).map(|_| [0, 1].map(|_| random.randint(0, cells) as f64)).collect(),
                pool_hidden: Rows::new(0),
                pool_y: vec![0; 200],
                pool_origin: vec![Origin::Original; 200],
                stages: Vec::new(),
                output: Vec::new(),
            };
            let (mut chain, mut other) = (chain.clone(), chain);
            let mut used = Bench::new(&mut chain, (0..200).collect());
            let bases: Vec<u32> = (0..200).step_by(3).collect();
            // Among so few rows the last but one compares all pairs, as scikit-learn does.
            for k in [10, 5, 1, 90, 150, 5] {
                let first = Bench::new(&mut other, (0..200).collect()).look_up(&bases, None, ("k", k));
                assert_eq!(used.look_up(&bases, None, ("k", k)), first, "{cells} cells, {k} neighbours");
                assert!(first.is_ok());
            }
            // Other rows, another tree.
            used.leave_only(&bases);
            let few: Vec<u32> = (0..bases.len() as u32).collect();
            let first = Bench::new(&mut other, bases.clone()).look_up(&few, None, ("k", 5));
            assert_eq!(used.look_up(&few, None, ("k", 5)), first);
        }
    }
}
