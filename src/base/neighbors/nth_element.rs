//! `std::nth_element` as libstdc++ does it (introselect), because the order it leaves behind decides ties later on.
//!
//! Quickselect around the median of second, middle and last; heap select when it runs too deep; insertion sort for the
//! last three. The order must be total, otherwise the unguarded scans would run off the slice.

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
    let (mut low, mut high) = (1, items.len());
    loop {
        while less(&items[low], &pivot) {
            low += 1;
        }
        high -= 1;
        while less(&pivot, &items[high]) {
            high -= 1;
        }
        if low >= high {
            return low;
        }
        items.swap(low, high);
        low += 1;
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
