//! Neighbours in passes between which rows are removed, and none is added or moved.
//!
//! A pass searches among the rows that are left, and in the library every pass begins anew. But whoever lost none of
//! its neighbours still has them: among rows at different distances it does not matter from which tree they come. So
//! only the others are looked up again, and these first in the tree of an earlier pass, from which what is gone is left
//! out. Where distances are equal the order of the present pass's own tree decides, and that is asked.

use super::{Bench, Fault, RowId, limits};
use crate::base::neighbors::{Algorithm, NearestNeighbors, Neighbors};

/// Most columns that scikit-learn gives to a tree by itself.
const MAX_TREE_WIDTH: usize = 15;

/// How many neighbours more are looked for in an earlier tree, to have enough without those that are gone; the second
/// only where the first were too few.
const SPARE: [usize; 2] = [8, 48];

/// Nothing is known of the row's neighbours.
const UNKNOWN: u32 = u32::MAX;
/// Some of its neighbours are equally far.
const TIED: u32 = u32::MAX - 1;
/// Not in the present pass.
const GONE: u32 = u32::MAX;

/// What earlier passes found.
#[derive(Debug)]
pub(super) struct Passes {
    parameter: (&'static str, usize),
    /// The tree of an earlier pass and its rows.
    tree: Option<(NearestNeighbors, Vec<RowId>)>,
    /// Of each row of the pool, where its neighbours stand.
    known: Vec<u32>,
    /// `k + 1` for each row that has a place, itself among them.
    near: Vec<RowId>,
}

impl Passes {
    /// For passes that ask for at most as many neighbours as the parameter says.
    pub(super) fn new(parameter: (&'static str, usize)) -> Self {
        Self { parameter, tree: None, known: Vec::new(), near: Vec::new() }
    }

    /// As [`Bench::look_up`] among all rows on the bench.
    pub(super) fn look_up(&mut self, bench: &Bench, bases: &[u32], k: usize) -> Result<Vec<u32>, Fault> {
        let (ids, (name, most)) = (bench.row_ids(), self.parameter);
        // Where all pairs are compared the distance is computed in another way: no place for a tree.
        if k > most || most + 2 >= ids.len() / 2 || bench.x.width() > MAX_TREE_WIDTH {
            return bench.look_up(bases, None, (name, k));
        }
        limits::check_neighbors(0, bases.len(), (name, most))?;
        let last = ids.iter().max().map_or(0, |&id| id as usize);
        let mut position = vec![GONE; last + 1];
        ids.iter().enumerate().for_each(|(at, &id)| position[id as usize] = at as u32);
        self.known.resize(self.known.len().max(last + 1), UNKNOWN);

        let is_present = |id: RowId| position.get(id as usize).is_some_and(|&at| at != GONE);
        let is_stale = |base: &u32| {
            let near = self.neighbors_of(ids[*base as usize], k);
            near.is_none_or(|near| !near.iter().all(|&id| is_present(id)))
        };
        let (mut tied, mut open): (Vec<u32>, Vec<u32>) =
            (bases.iter().copied().filter(is_stale)).partition(|&base| self.known[ids[base as usize] as usize] == TIED);
        if let Some((tree, tree_ids)) = self.tree.take() {
            for spare in SPARE {
                let found = self.search(&tree, bench, &open, (most + 2 + spare).min(tree_ids.len()))?;
                open = self.remember(ids, &open, &found, &tree_ids, is_present);
            }
            self.tree = Some((tree, tree_ids));
        }
        let mut of_tied = Vec::new();
        if !open.is_empty() || !tied.is_empty() {
            // The library's own tree of this pass.
            let tree = NearestNeighbors::fit_with(&bench.x, k + 1, Algorithm::KdTree)
                .map_err(|error| Fault::neighbors_beside_itself(error, self.parameter, None))?;
            let found = self.search(&tree, bench, &open, most + 2)?;
            let in_doubt = self.remember(ids, &open, &found, ids, is_present);
            in_doubt.iter().for_each(|&base| self.known[ids[base as usize] as usize] = TIED);
            tied.extend(in_doubt);
            tied.sort_unstable();
            of_tied = self.search(&tree, bench, &tied, k + 1)?.indices;
            self.tree = Some((tree, ids.to_vec()));
        }
        let mut of_tied = of_tied.chunks_exact(k + 1);
        let mut all = Vec::with_capacity(bases.len() * k);
        for &base in bases {
            match self.neighbors_of(ids[base as usize], k) {
                Some(near) => all.extend(near[1..].iter().map(|&id| position[id as usize])),
                None => all.extend(of_tied.next().into_iter().flat_map(|found| &found[1..])),
            }
        }
        Ok(all)
    }

    /// What is known of a row: the nearest, which may be itself, and `k` more.
    fn neighbors_of(&self, id: RowId, k: usize) -> Option<&[RowId]> {
        let place = self.known[id as usize];
        (place < TIED).then(|| &self.near[place as usize..][..k + 1])
    }

    fn search(&self, tree: &NearestNeighbors, bench: &Bench, bases: &[u32], k: usize) -> Result<Neighbors, Fault> {
        let found = tree.kneighbors(&bench.x.take(bases), k);
        found.map_err(|error| Fault::neighbors_beside_itself(error, self.parameter, None))
    }

    /// Keeps what was found about `bases`, as far as it leaves no doubt; returns the others. That one neighbour more
    /// was found, and farther away, says that the last is not tied either.
    fn remember(
        &mut self,
        ids: &[RowId],
        bases: &[u32],
        found: &Neighbors,
        tree_ids: &[RowId],
        is_present: impl Fn(RowId) -> bool,
    ) -> Vec<u32> {
        let width = self.parameter.1 + 1;
        let mut in_doubt = Vec::new();
        let mut near: Vec<(RowId, f64)> = Vec::new();
        for (query, &base) in bases.iter().enumerate() {
            let pairs = found.row(query).iter().zip(found.distances_of(query));
            near.clear();
            near.extend(
                pairs.map(|(&at, &d)| (tree_ids[at as usize], d)).filter(|&(id, _)| is_present(id)).take(width + 1),
            );
            if near.len() <= width || near.windows(2).any(|pair| pair[0].1 >= pair[1].1) {
                in_doubt.push(base);
                continue;
            }
            let place = &mut self.known[ids[base as usize] as usize];
            if *place >= TIED {
                *place = self.near.len() as u32;
                self.near.resize(self.near.len() + width, 0);
            }
            let kept = &mut self.near[*place as usize..][..width];
            kept.iter_mut().zip(&near).for_each(|(kept, &(id, _))| *kept = id);
        }
        in_doubt
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::RandomState;
    use crate::resample::{Chain, Origin};

    /// 600 rows, of which every pass removes some; each is compared with a search that begins anew.
    fn compare(cells: i64, k_of_pass: &[usize]) {
        let mut random = RandomState::new(cells as u32);
        let mut chain = Chain {
            pool_x: (0..600).map(|_| [0, 1].map(|_| random.randint(0, cells) as f64)).collect(),
            pool_hidden: crate::base::Rows::new(0),
            pool_y: (0..600).map(|i| u8::from(i % 9 == 0)).collect(),
            pool_origin: vec![Origin::Original; 600],
            stages: Vec::new(),
            output: Vec::new(),
        };
        let mut bench = Bench::new(&mut chain, (0..600).collect());
        let mut passes = Passes::new(("n_neighbors", 4));
        for (pass, &k) in k_of_pass.iter().enumerate() {
            let bases: Vec<u32> = (0..bench.y.len() as u32).filter(|i| i % 7 != pass as u32).collect();
            let fresh = bench.look_up(&bases, None, ("n_neighbors", k));
            assert_eq!(passes.look_up(&bench, &bases, k), fresh, "{cells} cells, pass {pass}");
            let removed =
                |i: u32| bench.x.row(i as usize)[0] * 40.0 < cells as f64 * (pass as f64 + 2.0) || i % 50 == 3;
            let gone: Vec<u32> = (0..bench.y.len() as u32).filter(|&i| removed(i)).collect();
            gone.into_iter().for_each(|i| bench.remove(i, 1, i));
            bench.settle();
        }
    }

    #[test]
    fn passes_find_what_a_search_that_begins_anew_finds_with_and_without_ties() {
        for cells in [5, 30, 300, 1_000_000_000] {
            compare(cells, &[4; 12]);
            compare(cells, &[1, 2, 3, 4, 2, 4]);
        }
    }
}
