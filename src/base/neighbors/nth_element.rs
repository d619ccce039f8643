//! `std::nth_element` as libstdc++ does it (introselect), because the order it leaves behind decides ties later on.
//!
//! Quickselect around the median of second, middle and last; heap select when it runs too deep; insertion sort for the
//! last three. The order must be total: then it does not matter how the two sides of a cut are found.

/// Moves the element that belongs at `nth` there, smaller ones before it.
pub(super) fn nth_element<T: Copy>(items: &mut [T], nth: usize, less: impl Fn(&T, &T) -> bool) {
    if nth >= items.len() {
        return;
    }
    let (mut first, mut last) = (0, items.len());
    let mut depth_left = 2 * items.len().ilog2();
    while last - first > 3 {
        if depth_left == 0 {
            heap_select(&mut items[first..last], nth + 1 - first, &less);
            items.swap(first, nth);
            return;
        }
        depth_left -= 1;
        let cut = first + partition_around_median(&mut items[first..last], &less);
        if cut <= nth {
            first = cut;
        } else {
            last = cut;
        }
    }
    insertion_sort(&mut items[first..last], &less);
}

/// Brings the median of second, middle and last to the front and parts the rest around it; returns the cut.
fn partition_around_median<T: Copy>(items: &mut [T], less: &impl Fn(&T, &T) -> bool) -> usize {
    let (a, b, c) = (1, items.len() / 2, items.len() - 1);
    let median = if less(&items[a], &items[b]) {
        if less(&items[b], &items[c]) {
            b
        } else if less(&items[a], &items[c]) {
            c
        } else {
            a
        }
    } else if less(&items[a], &items[c]) {
        a
    } else if less(&items[b], &items[c]) {
        c
    } else {
        b
    };
    items.swap(0, median);
    let pivot = items[0];
    1 + partition(&mut items[1..], |item| less(item, &pivot))
}

/// Brings the low items to the front and returns how many there are. The first high item from the left changes places
/// with the first low one from the right, the second with the second, and so on until they meet (Hoare 1961).
///
/// Which items are on the wrong side is written down block by block, without a branch that nobody can foresee, and then
/// they are moved (Edelkamp and Weiss, "BlockQuicksort", ESA 2016). What stands where in the end is the same.
fn partition<T: Copy>(items: &mut [T], is_low: impl Fn(&T) -> bool) -> usize {
    // What has not been looked at.
    let (mut left, mut right) = (0, items.len());
    let (mut high, mut low) = (Misplaced::default(), Misplaced::default());
    while right - left >= 2 * BLOCK {
        if high.is_empty() {
            high.note(&items[left..left + BLOCK], |item| !is_low(item));
            left += BLOCK;
        }
        if low.is_empty() {
            low.note(&items[right - BLOCK..right], &is_low);
            right -= BLOCK;
        }
        // Of the block on the left they count from its start, of the one on the right they are taken from its end.
        let pairs = high.left().min(low.left());
        for pair in 0..pairs {
            let from = left - BLOCK + usize::from(high.places[high.first + pair]);
            let to = right + usize::from(low.places[low.last - 1 - pair]);
            items.swap(from, to);
        }
        high.first += pairs;
        low.last -= pairs;
    }
    // At most one block has some left, and everything beyond it is in its place.
    if !high.is_empty() {
        left = left - BLOCK + usize::from(high.places[high.first]);
    }
    if !low.is_empty() {
        right += usize::from(low.places[low.last - 1]) + 1;
    }
    loop {
        while left < right && is_low(&items[left]) {
            left += 1;
        }
        while left < right && !is_low(&items[right - 1]) {
            right -= 1;
        }
        if left >= right {
            return left;
        }
        right -= 1;
        items.swap(left, right);
        left += 1;
    }
}

/// Items that are looked at in one go.
const BLOCK: usize = 64;

/// Items of a block that are on the wrong side.
struct Misplaced {
    /// Where they stand in the block.
    places: [u8; BLOCK],
    /// Those from here ...
    first: usize,
    /// ... up to here have not been moved yet.
    last: usize,
}

impl Default for Misplaced {
    fn default() -> Self {
        Self { places: [0; BLOCK], first: 0, last: 0 }
    }
}

impl Misplaced {
    fn left(&self) -> usize {
        self.last - self.first
    }

    fn is_empty(&self) -> bool {
        self.first == self.last
    }

    fn note<T>(&mut self, block: &[T], is_wrong: impl Fn(&T) -> bool) {
        let mut n = 0;
        for (place, item) in (0..).zip(block) {
            self.places[n % BLOCK] = place;
            n += usize::from(is_wrong(item));
        }
        (self.first, self.last) = (0, n);
    }
}

/// Makes the first `kept` a heap (largest on top) and sinks every smaller later element into it.
fn heap_select<T: Copy>(items: &mut [T], kept: usize, less: &impl Fn(&T, &T) -> bool) {
    for parent in (0..kept / 2).rev() {
        let value = items[parent];
        adjust_heap(&mut items[..kept], parent, value, less);
    }
    for next in kept..items.len() {
        let value = items[next];
        if less(&value, &items[0]) {
            items[next] = items[0];
            adjust_heap(&mut items[..kept], 0, value, less);
        }
    }
}

/// Sinks the hole to the bottom along the larger children, then lets `value` rise from there.
fn adjust_heap<T: Copy>(heap: &mut [T], top: usize, value: T, less: &impl Fn(&T, &T) -> bool) {
    let len = heap.len();
    let mut hole = top;
    while hole < (len - 1) / 2 {
        let mut child = 2 * (hole + 1);
        if less(&heap[child], &heap[child - 1]) {
            child -= 1;
        }
        heap[hole] = heap[child];
        hole = child;
    }
    if len.is_multiple_of(2) && hole == (len - 2) / 2 {
        let child = 2 * hole + 1;
        heap[hole] = heap[child];
        hole = child;
    }
    while hole > top && less(&heap[(hole - 1) / 2], &value) {
        heap[hole] = heap[(hole - 1) / 2];
        hole = (hole - 1) / 2;
    }
    heap[hole] = value;
}

fn insertion_sort<T: Copy>(items: &mut [T], less: &impl Fn(&T, &T) -> bool) {
    for next in 1..items.len() {
        let value = items[next];
        let mut hole = next;
        while hole > 0 && less(&value, &items[hole - 1]) {
            items[hole] = items[hole - 1];
            hole -= 1;
        }
        items[hole] = value;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scrambled(n: u32) -> Vec<u32> {
        (0..n).map(|i| i.wrapping_mul(2_654_435_761).rotate_left(11) % 1000 * n + i).collect()
    }

    fn assert_selected(items: &[u32], nth: usize) {
        assert!(items[..nth].iter().all(|item| item < &items[nth]));
        assert!(items[nth + 1..].iter().all(|item| item > &items[nth]));
    }

    #[test]
    fn the_nth_smallest_stands_at_nth() {
        for n in 1..130 {
            for nth in [0, n / 3, n / 2, n - 1] {
                let mut items = scrambled(n as u32);
                nth_element(&mut items, nth, |a, b| a < b);
                assert_selected(&items, nth);
            }
        }
    }

    #[test]
    fn a_partition_by_blocks_leaves_the_order_of_scans_from_both_ends() {
        for n in (0..40).chain([127, 128, 129, 200, 255, 256, 257, 300, 1000]) {
            for pivot in [0, 1, 150, 333, 500, 850, 999, 1000] {
                let is_low = |item: &u32| item / n.max(1) < pivot;
                let mut items = scrambled(n);
                let mut expected = items.clone();
                let cut = expected.iter().filter(|item| is_low(item)).count();
                let (front, back) = expected.split_at_mut(cut);
                let wrong = front.iter_mut().filter(|item| !is_low(item));
                wrong.zip(back.iter_mut().rev().filter(|item| is_low(item))).for_each(|(a, b)| std::mem::swap(a, b));
                assert_eq!((partition(&mut items, is_low), &items), (cut, &expected), "{n} items, {pivot}");
            }
        }
    }

    #[test]
    fn heap_select_keeps_the_smallest_with_the_largest_of_them_on_top() {
        for n in 1..60 {
            for kept in 1..=n {
                let mut items = scrambled(n as u32);
                heap_select(&mut items, kept, &|a, b| a < b);
                items.swap(0, kept - 1);
                assert_selected(&items, kept - 1);
            }
        }
    }
}
