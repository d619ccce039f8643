//! A bounded cache of matrix columns: the least recently used one makes room.

use std::ops::Range;

/// Room for the columns of one problem, in bytes; libsvm's own is 200 MB in scikit-learn. The matrix of 2048 rows fits
/// entirely, and of ten thousand rows the columns that the solver comes back to.
pub const CACHE_BYTES: usize = 16 << 20;

/// Beginnings of columns, each as long as was asked for. They may be exchanged in place when the solver changes the
/// order of its rows.
#[derive(Debug)]
pub struct ColumnCache {
    columns: Vec<Vec<f32>>,
    /// Neighbours in a ring from the least to the most recently used column; the last place is the ring's anchor.
    ring: Vec<Link>,
    /// Entries that may still be stored.
    room: usize,
}

#[derive(Clone, Copy, Debug)]
struct Link {
    before: u32,
    after: u32,
}

impl ColumnCache {
    /// For a matrix of `n` columns, of at most `bytes`, but two whole columns in any case.
    pub fn new(n: usize, bytes: usize) -> Self {
        let alone = (0..=n as u32).map(|i| Link { before: i, after: i }).collect();
        Self { columns: vec![Vec::new(); n], ring: alone, room: (bytes / size_of::<f32>()).max(2 * n) }
    }

    /// What is stored of column `i`.
    pub fn column(&self, i: usize) -> &[f32] {
        &self.columns[i]
    }

    /// Makes column `i` the most recently used one and its length at least `len`; `entries` makes what is missing.
    /// The column used before stays.
    pub fn ensure(&mut self, i: usize, len: usize, entries: impl FnOnce(Range<usize>, &mut Vec<f32>)) {
        self.unlink(i);
        let stored = self.columns[i].len();
        if stored < len {
            let missing = len - stored;
            while self.room < missing {
                let oldest = self.ring[self.anchor()].after as usize;
                self.drop_column(oldest);
            }
            self.room -= missing;
            self.columns[i].reserve_exact(missing);
            entries(stored..len, &mut self.columns[i]);
        }
        self.link_last(i);
    }

    /// Exchanges rows and columns `i` and `j`.
    pub fn swap(&mut self, i: usize, j: usize) {
        let (low, high) = (i.min(j), i.max(j));
        if low == high {
            return;
        }
        for at in [low, high] {
            self.unlink(at);
        }
        self.columns.swap(low, high);
        for at in [low, high] {
            if !self.columns[at].is_empty() {
                self.link_last(at);
            }
        }
        let mut at = self.ring[self.anchor()].after as usize;
        while at != self.anchor() {
            let next = self.ring[at].after as usize;
            if self.columns[at].len() > high {
                self.columns[at].swap(low, high);
            } else if self.columns[at].len() > low {
                // the entry to come in has never been made
                self.drop_column(at);
            }
            at = next;
        }
    }

    fn anchor(&self) -> usize {
        self.columns.len()
    }

    fn drop_column(&mut self, i: usize) {
        self.unlink(i);
        self.room += std::mem::take(&mut self.columns[i]).len();
    }

    fn unlink(&mut self, i: usize) {
        let Link { before, after } = self.ring[i];
        self.ring[before as usize].after = after;
        self.ring[after as usize].before = before;
        self.ring[i] = Link { before: i as u32, after: i as u32 };
    }

    fn link_last(&mut self, i: usize) {
        let anchor = self.anchor();
        let last = self.ring[anchor].before;
        self.ring[i] = Link { before: last, after: anchor as u32 };
        self.ring[last as usize].after = i as u32;
        self.ring[anchor].before = i as u32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::RandomState;

    #[test]
    fn a_small_cache_tells_the_same_as_the_matrix_through_swaps() {
        let n = 12;
        let mut order: Vec<usize> = (0..n).collect();
        let entry = |order: &[usize], i: usize, j: usize| (order[i] * 100 + order[j]) as f32;
        let mut cache = ColumnCache::new(n, 4 * 31);
        let mut random = RandomState::new(1);
        let mut draw = |high: usize| random.randint(0, high as i64) as usize;
        for _ in 0..5000 {
            let (i, j, len) = (draw(n), draw(n), draw(n) + 1);
            if draw(3) == 0 {
                cache.swap(i, j);
                order.swap(i, j);
                continue;
            }
            for (at, len) in [(i, n), (j, len)] {
                cache.ensure(at, len, |range, column| column.extend(range.map(|k| entry(&order, at, k))));
            }
            for (at, len) in [(i, n), (j, len)] {
                let wanted: Vec<f32> = (0..len).map(|k| entry(&order, at, k)).collect();
                assert_eq!(cache.column(at)[..len], wanted);
            }
            let stored: usize = cache.columns.iter().map(Vec::len).sum();
            assert_eq!(stored + cache.room, 31);
        }
    }
}
