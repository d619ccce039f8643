//! The nodes that a best-first tree may still split, as a heap.
//!
//! Equal improvements are not rare on small data, and which of them comes first depends on how the heap is kept: this is
//! the heap of the C++ standard library that scikit-learn is built with.

/// A heap of items by a number, the largest on top.
#[derive(Debug)]
pub(super) struct Frontier<T> {
    items: Vec<(f64, T)>,
}

impl<T> Frontier<T> {
    pub(super) fn new() -> Self {
        Self { items: Vec::new() }
    }

    pub(super) fn push(&mut self, improvement: f64, item: T) {
        self.items.push((improvement, item));
        self.sift_up(self.items.len() - 1, 0);
    }

    /// The item of the largest number.
    pub(super) fn pop(&mut self) -> Option<T> {
        if self.items.is_empty() {
            return None;
        }
        // the last item fills the hole, which first sinks to the bottom past the larger child (of equal ones the
        // right), and then the item rises again
        let top = self.items.swap_remove(0);
        let n = self.items.len();
        let mut hole = 0;
        while 2 * hole + 2 < n {
            let right = 2 * hole + 2;
            let larger = if self.items[right].0 < self.items[right - 1].0 { right - 1 } else { right };
            self.items.swap(hole, larger);
            hole = larger;
        }
        if 2 * hole + 2 == n {
            self.items.swap(hole, n - 1);
            hole = n - 1;
        }
        self.sift_up(hole, 0);
        Some(top.1)
    }

    fn sift_up(&mut self, mut hole: usize, top: usize) {
        while hole > top && self.items[(hole - 1) / 2].0 < self.items[hole].0 {
            self.items.swap(hole, (hole - 1) / 2);
            hole = (hole - 1) / 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_comes_first_and_equal_ones_as_the_heap_has_them() {
        let mut frontier = Frontier::new();
        for (item, improvement) in [2.0, 2.0, 1.0, 3.0, 2.0, 1.0, 2.0].into_iter().enumerate() {
            frontier.push(improvement, item);
        }
        let order: Vec<usize> = std::iter::from_fn(|| frontier.pop()).collect();
        // from std::push_heap and std::pop_heap
        assert_eq!(order, [3, 6, 0, 4, 1, 2, 5]);
    }
}
