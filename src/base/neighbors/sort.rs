//! Sorts a row of neighbours by value, carrying the indices along: an introsort that is not stable.
//!
//! Insertion sort up to 15 values; above that quicksort around the median of first, middle and last, with two pointers
//! that also swap equals; heapsort when it recurses too deep. That fixes the order of equal distances.

/// Longest row that insertion sort takes.
const INSERTION_MAX: usize = 15;

/// Sorts `values` ascending and `indices` with them.
pub(super) fn simultaneous_sort(values: &mut [f64], indices: &mut [u32]) {
    if let Some(log2) = values.len().checked_ilog2() {
        introsort(values, indices, 2 * log2);
    }
}

fn introsort(mut values: &mut [f64], mut indices: &mut [u32], mut depth_left: u32) {
    while values.len() > INSERTION_MAX {
        if depth_left == 0 {
            heapsort(values, indices);
            return;
        }
        depth_left -= 1;
        let pivot_at = partition(values, indices);
        let (left, right) = values.split_at_mut(pivot_at);
        let (left_indices, right_indices) = indices.split_at_mut(pivot_at);
        introsort(left, left_indices, depth_left);
        values = &mut right[1..];
        indices = &mut right_indices[1..];
    }
    insertion_sort(values, indices);
}

/// Moves the median of first, middle and last to its final place and returns that place.
fn partition(values: &mut [f64], indices: &mut [u32]) -> usize {
    let (last, middle) = (values.len() - 1, values.len() / 2);
    let mut swap = |values: &mut [f64], a: usize, b: usize| {
        values.swap(a, b);
        indices.swap(a, b);
    };
    if values[0] > values[last] {
        swap(values, 0, last);
    }
    if values[last] > values[middle] {
        swap(values, last, middle);
        if values[0] > values[last] {
            swap(values, 0, last);
        }
    }
    let pivot = values[last];
    let (mut low, mut high) = (1, last - 1);
    loop {
        while low <= high && values[low] < pivot {
            low += 1;
        }
        while low <= high && values[high] > pivot {
            high -= 1;
        }
        if low >= high {
            break;
        }
        swap(values, low, high);
        low += 1;
        high -= 1;
    }
    swap(values, low, last);
    low
}

fn insertion_sort(values: &mut [f64], indices: &mut [u32]) {
    for next in 1..values.len() {
        let (value, index) = (values[next], indices[next]);
        let mut hole = next;
        while hole > 0 && values[hole - 1] > value {
            values[hole] = values[hole - 1];
            indices[hole] = indices[hole - 1];
            hole -= 1;
        }
        values[hole] = value;
        indices[hole] = index;
    }
}

fn heapsort(values: &mut [f64], indices: &mut [u32]) {
    let len = values.len();
    for start in (0..len / 2).rev() {
        sift_down(values, indices, start, len);
    }
    for end in (1..len).rev() {
        values.swap(0, end);
        indices.swap(0, end);
        sift_down(values, indices, 0, end);
    }
}

fn sift_down(values: &mut [f64], indices: &mut [u32], mut root: usize, end: usize) {
    loop {
        let child = 2 * root + 1;
        let mut largest = root;
        if child < end && values[largest] < values[child] {
            largest = child;
        }
        if child + 1 < end && values[largest] < values[child + 1] {
            largest = child + 1;
        }
        if largest == root {
            return;
        }
        values.swap(root, largest);
        indices.swap(root, largest);
        root = largest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scrambled(n: u32, distinct: u32) -> Vec<f64> {
        (0..n).map(|i| f64::from(i.wrapping_mul(2_654_435_761).rotate_left(7) % distinct)).collect()
    }

    #[test]
    fn rows_of_any_length_come_out_sorted_with_their_indices() {
        for n in 0..200 {
            let original = scrambled(n, 17);
            let (mut values, mut indices) = (original.clone(), (0..n).collect::<Vec<_>>());
            simultaneous_sort(&mut values, &mut indices);
            assert!(values.is_sorted());
            assert!(values.iter().zip(&indices).all(|(&value, &index)| original[index as usize] == value));
            indices.sort_unstable();
            assert_eq!(indices, (0..n).collect::<Vec<_>>());
        }
    }

    #[test]
    fn heapsort_sorts_when_the_depth_is_used_up() {
        let original = scrambled(100, 31);
        let (mut values, mut indices) = (original.clone(), (0..100).collect::<Vec<u32>>());
        introsort(&mut values, &mut indices, 1);
        assert!(values.is_sorted());
        assert!(values.iter().zip(&indices).all(|(&value, &index)| original[index as usize] == value));
    }
}
