//! Classifying by the nearest rows of a set that grows row by row, as a fresh fit on every set would.
//!
//! A fit per added row would cost more than all the rest. So most rows stand in a tree that is renewed now and then, and
//! the latest beside it. That decides unless several rows are as near as the last neighbour; then all are scanned, which
//! decides unless these are of several classes. Only where it matters in which order equals are met, the library's own
//! tree is built, on all rows.

use super::vote::majority_vote;
use crate::base::neighbors::{Algorithm, NearestNeighbors, NeighborsError};
use crate::base::{Class, Rows};

/// Rows that stand beside the tree before it is renewed.
const LATEST: usize = 512;

/// Most columns that scikit-learn gives to a tree by itself.
const MAX_TREE_WIDTH: usize = 15;

#[derive(Debug)]
pub(super) struct GrowingStore {
    x: Rows,
    y: Vec<Class>,
    k: usize,
    /// The tree, and of how many rows.
    tree: Option<(usize, NearestNeighbors)>,
    /// The library's fit on all rows, and how many these were.
    fitted: Option<(usize, NearestNeighbors)>,
    /// How many rows there were when order mattered last.
    asked: usize,
    /// The nearest so far: distance (in a scan: squared) and index, ascending.
    nearest: Vec<(f64, u32)>,
    /// Rows as far away as the last of `nearest`, for which there was no place.
    tied: Vec<u32>,
}

impl GrowingStore {
    pub(super) fn new(x: Rows, y: Vec<Class>, k: usize) -> Self {
        Self { x, y, k, tree: None, fitted: None, asked: 0, nearest: Vec::new(), tied: Vec::new() }
    }

    pub(super) fn push(&mut self, row: &[f64], class: Class) {
        self.x.push(row);
        self.y.push(class);
    }

    /// The class of `row`, and appends the indices of the `k` rows that it follows from to `neighbors`.
    pub(super) fn predict(&mut self, row: &[f64], neighbors: &mut Vec<u32>) -> Result<Class, NeighborsError> {
        let first = neighbors.len();
        // Where all pairs are compared the distance is computed in another way: no place for a tree or a scan.
        let all_pairs = self.k >= self.y.len() / 2 || self.x.width() > MAX_TREE_WIDTH;
        if all_pairs || !self.finds_without_a_tie(row)? && self.order_matters(row) {
            self.fit_and_find(row, neighbors)?;
        } else {
            neighbors.extend(self.nearest.iter().map(|&(_, index)| index));
        }
        Ok(majority_vote(neighbors[first..].iter().map(|&i| self.y[i as usize])))
    }

    /// Finds the `k` nearest rows in the tree and beside it, unless another one is as near as the last of them.
    fn finds_without_a_tie(&mut self, row: &[f64]) -> Result<bool, NeighborsError> {
        let n = self.y.len();
        let (in_tree, tree) = match self.tree.take() {
            Some((rows, tree)) if rows + LATEST > n => (rows, tree),
            _ => (n, NearestNeighbors::fit_with(&self.x, self.k, Algorithm::KdTree)?),
        };
        let found = tree.kneighbors(&Rows::from_values(row.len(), row.to_vec()), self.k + 1)?;
        self.tree = Some((in_tree, tree));
        self.nearest.clear();
        self.nearest.extend(found.distances.iter().copied().zip(found.indices));
        match self.x.width() {
            2 => self.look_beside::<2>(row, in_tree),
            _ => self.look_beside::<0>(row, in_tree),
        }
        let alone = self.nearest[self.k - 1].0 < self.nearest[self.k].0;
        self.nearest.truncate(self.k);
        Ok(alone)
    }

    /// Goes on with the rows that came after the first `in_tree`.
    fn look_beside<const W: usize>(&mut self, row: &[f64], in_tree: usize) {
        let width = if W == 0 { row.len() } else { W };
        // What is farther by the square is farther by its root: few roots have to be taken.
        let beyond = |limit: f64| limit * limit * (1.0 + 8.0 * f64::EPSILON);
        let mut limit = beyond(self.nearest[self.k].0);
        let others = self.x.values()[in_tree * width..].chunks_exact(width);
        for (index, other) in (in_tree as u32..).zip(others) {
            let squared = squared_distance(&row[..width], other);
            if squared > limit {
                continue;
            }
            let distance = squared.sqrt();
            if distance <= self.nearest[self.k].0 {
                let at = self.nearest.partition_point(|&(nearer, _)| nearer <= distance);
                self.nearest.insert(at, (distance, index));
                // One that is pushed out is as far as the new last one, or farther: the tie shows either way.
                self.nearest.truncate(self.k + 1);
                limit = beyond(self.nearest[self.k].0);
            }
        }
    }

    fn order_matters(&mut self, row: &[f64]) -> bool {
        match self.x.width() {
            2 => self.scan::<2>(row),
            _ => self.scan::<0>(row),
        }
        self.is_ambiguous()
    }

    /// As the library does it. The first such question about a set does not build the whole tree.
    fn fit_and_find(&mut self, row: &[f64], neighbors: &mut Vec<u32>) -> Result<(), NeighborsError> {
        let (k, n) = (self.k, self.y.len());
        if std::mem::replace(&mut self.asked, n) != n {
            neighbors.extend(NearestNeighbors::kneighbors_once(&self.x, row, k)?.indices);
            return Ok(());
        }
        let fitted = match self.fitted.take() {
            Some((rows, fitted)) if rows == n => fitted,
            _ => NearestNeighbors::fit(&self.x, k)?,
        };
        neighbors.extend(fitted.kneighbors(&Rows::from_values(row.len(), row.to_vec()), k)?.indices);
        self.fitted = Some((n, fitted));
        Ok(())
    }

    /// Finds the `k` nearest rows, and those that are as near as the last of them.
    fn scan<const W: usize>(&mut self, row: &[f64]) {
        self.nearest.clear();
        self.tied.clear();
        let width = if W == 0 { row.len() } else { W };
        let mut farthest = f64::INFINITY;
        for (index, other) in self.x.values().chunks_exact(width).enumerate() {
            let distance = squared_distance(&row[..width], other);
            if distance > farthest {
                continue;
            }
            let index = index as u32;
            if self.nearest.len() < self.k {
                let at = self.nearest.partition_point(|&(nearer, _)| nearer <= distance);
                self.nearest.insert(at, (distance, index));
                if self.nearest.len() == self.k {
                    farthest = self.nearest[self.k - 1].0;
                }
            } else if distance == farthest {
                self.tied.push(index);
            } else {
                let at = self.nearest.partition_point(|&(nearer, _)| nearer <= distance);
                self.nearest.insert(at, (distance, index));
                let pushed_out = self.nearest.pop().map_or(0, |(_, index)| index);
                let next = self.nearest[self.k - 1].0;
                if next == farthest {
                    self.tied.push(pushed_out);
                } else {
                    self.tied.clear();
                    farthest = next;
                }
            }
        }
    }

    /// Whether rows of several classes are as near as the last neighbour and not all of them have a place.
    fn is_ambiguous(&self) -> bool {
        let (Some(&first), Some(&(farthest, _))) = (self.tied.first(), self.nearest.last()) else { return false };
        let class = self.y[first as usize];
        let inside = self.nearest.iter().rev().take_while(|&&(distance, _)| distance == farthest);
        self.tied.iter().chain(inside.map(|(_, index)| index)).any(|&index| self.y[index as usize] != class)
    }
}

fn squared_distance(p: &[f64], q: &[f64]) -> f64 {
    p.iter().zip(q).fold(0.0, |sum, (a, b)| sum + (a - b) * (a - b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::RandomState;

    #[test]
    fn it_answers_as_a_fresh_fit_would_also_where_everything_is_tied() {
        for (width, k, cells) in [(2, 1, 4), (2, 3, 6), (2, 4, 40), (2, 1, 1000), (3, 2, 3), (17, 3, 3)] {
            let mut random = RandomState::new(7 + width as u32);
            let mut draw =
                |n: usize| -> Vec<f64> { random.randint_many(0, cells, n).iter().map(|&v| v as f64).collect() };
            let mut store =
                GrowingStore::new(Rows::from_values(width, draw(width * 8)), vec![0, 1, 0, 1, 1, 0, 0, 1], k);
            for step in 0..700 {
                let row = draw(width);
                let fresh = NearestNeighbors::fit(&store.x, k).unwrap();
                let found = fresh.kneighbors(&Rows::from_values(width, row.clone()), k).unwrap();
                let wanted = majority_vote(found.indices.iter().map(|&i| store.y[i as usize]));
                let mut neighbors = Vec::new();
                assert_eq!(store.predict(&row, &mut neighbors), Ok(wanted), "width {width}, k {k}, step {step}");
                assert_eq!(neighbors.len(), k);
                // Some sets are asked more than once.
                if step % 4 != 1 {
                    store.push(&row, (step % 3 % 2) as Class);
                }
            }
        }
    }
}
