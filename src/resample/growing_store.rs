//! Classifying by the nearest rows of a set that grows row by row, as a fresh fit on every set would.
//!
//! A fit per added row would cost more than all the rest, so the set is scanned instead. The scan decides whenever it
//! does not matter in which order rows at equal distance are met; when it does, the set is fitted after all.

use super::vote::majority_vote;
use crate::base::neighbors::{Algorithm, NearestNeighbors, NeighborsError};
use crate::base::{Class, Rows};

#[derive(Debug)]
pub(super) struct GrowingStore {
    x: Rows,
    y: Vec<Class>,
    k: usize,
    /// The last fit, and on how many rows.
    fitted: Option<(usize, NearestNeighbors)>,
    /// The nearest so far: squared distance and index, ascending.
    nearest: Vec<(f64, u32)>,
    /// Rows as far away as the last of `nearest`, for which there was no place.
    tied: Vec<u32>,
}

impl GrowingStore {
    pub(super) fn new(x: Rows, y: Vec<Class>, k: usize) -> Self {
        Self { x, y, k, fitted: None, nearest: Vec::new(), tied: Vec::new() }
    }

    pub(super) fn push(&mut self, row: &[f64], class: Class) {
        self.x.push(row);
        self.y.push(class);
    }

    /// The class of `row`, and appends the indices of the `k` rows that it follows from to `neighbors`.
    pub(super) fn predict(&mut self, row: &[f64], neighbors: &mut Vec<u32>) -> Result<Class, NeighborsError> {
        let first = neighbors.len();
        // Where all pairs are compared the distance is computed in another way: no place for a scan.
        let small = self.k >= self.y.len() / 2 || self.x.width() > 15;
        if !small {
            match self.x.width() {
                2 => self.scan::<2>(row),
                _ => self.scan::<0>(row),
            }
        }
        if small || self.is_ambiguous() {
            let k = self.k;
            let found = self.fit()?.kneighbors(&Rows::from_values(row.len(), row.to_vec()), k)?;
            neighbors.extend(found.indices);
        } else {
            neighbors.extend(self.nearest.iter().map(|&(_, index)| index));
        }
        Ok(majority_vote(neighbors[first..].iter().map(|&i| self.y[i as usize])))
    }

    fn fit(&mut self) -> Result<&NearestNeighbors, NeighborsError> {
        let n = self.y.len();
        let fitted = match self.fitted.take() {
            Some((rows, fitted)) if rows == n => fitted,
            _ => NearestNeighbors::fit_with(&self.x, self.k, Algorithm::Auto)?,
        };
        Ok(&self.fitted.insert((n, fitted)).1)
    }

    /// Finds the `k` nearest rows, and those that are as near as the last of them.
    fn scan<const W: usize>(&mut self, row: &[f64]) {
        self.nearest.clear();
        self.tied.clear();
        let width = if W == 0 { row.len() } else { W };
        let mut farthest = f64::INFINITY;
        for (index, other) in self.x.values().chunks_exact(width).enumerate() {
            let distance = row[..width].iter().zip(other).fold(0.0, |sum, (a, b)| sum + (a - b) * (a - b));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::RandomState;

    #[test]
    fn it_answers_as_a_fresh_fit_would_also_where_everything_is_tied() {
        for (width, k, cells) in [(2, 1, 4), (2, 3, 6), (2, 4, 40), (3, 2, 3), (17, 3, 3)] {
            let mut random = RandomState::new(7 + width as u32);
            let mut draw =
                |n: usize| -> Vec<f64> { random.randint_many(0, cells, n).iter().map(|&v| v as f64).collect() };
            let mut store =
                GrowingStore::new(Rows::from_values(width, draw(width * 8)), vec![0, 1, 0, 1, 1, 0, 0, 1], k);
            for step in 0..150 {
                let row = draw(width);
                let fresh = NearestNeighbors::fit(&store.x, k).unwrap();
                let found = fresh.kneighbors(&Rows::from_values(width, row.clone()), k).unwrap();
                let wanted = majority_vote(found.indices.iter().map(|&i| store.y[i as usize]));
                let mut neighbors = Vec::new();
                assert_eq!(store.predict(&row, &mut neighbors), Ok(wanted), "width {width}, k {k}, step {step}");
                assert_eq!(neighbors.len(), k);
                store.push(&row, (step % 3 % 2) as Class);
            }
        }
    }
}
