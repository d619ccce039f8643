//! scikit-learn's sort of a feature, which leaves the rows of equal values in a certain order.
//!
//! D. Musser: Introspective sorting and selection algorithms. Software: Practice and Experience 27 (1997) 983-993. Here
//! with the median of three as pivot and three parts, and insertion sort below 16.

/// Sorts `values` and takes `rows` along. Not stable: the order of equal values is part of what is reproduced.
pub(super) fn introsort(values: &mut [f32], rows: &mut [u32]) {
    if let Some(log2) = values.len().checked_ilog2() {
        sort(values, rows, 2 * log2);
    }
}

fn sort(mut values: &mut [f32], mut rows: &mut [u32], mut depth: u32) {
    while values.len() > 15 {
        if depth == 0 {
            return heapsort(values, rows);
        }
        depth -= 1;
        let n = values.len();
        let pivot = median(values[0], values[n / 2], values[n - 1]);
        let (mut i, mut left, mut right) = (0, 0, n);
        while i < right {
            if values[i] < pivot {
                swap(values, rows, i, left);
                i += 1;
                left += 1;
            } else if values[i] > pivot {
                right -= 1;
                swap(values, rows, i, right);
            } else {
                i += 1;
            }
        }
        sort(&mut values[..left], &mut rows[..left], depth);
        values = &mut values[right..];
        rows = &mut rows[right..];
    }
    for i in 1..values.len() {
        let (value, row) = (values[i], rows[i]);
        let mut j = i;
        while j > 0 && values[j - 1] > value {
            values[j] = values[j - 1];
            rows[j] = rows[j - 1];
            j -= 1;
        }
        values[j] = value;
        rows[j] = row;
    }
}

fn median(a: f32, b: f32, c: f32) -> f32 {
    if a < b {
        if b < c {
            b
        } else if a < c {
            c
        } else {
            a
        }
    } else if b < c {
        if a < c { a } else { c }
    } else {
        b
    }
}

fn swap(values: &mut [f32], rows: &mut [u32], i: usize, j: usize) {
    values.swap(i, j);
    rows.swap(i, j);
}

fn heapsort(values: &mut [f32], rows: &mut [u32]) {
    let n = values.len();
    for root in (0..n / 2).rev() {
        sift_down(values, rows, root, n);
    }
    for end in (1..n).rev() {
        swap(values, rows, 0, end);
        sift_down(values, rows, 0, end);
    }
}

fn sift_down(values: &mut [f32], rows: &mut [u32], mut root: usize, end: usize) {
    loop {
        let child = 2 * root + 1;
        let mut largest = root;
        for candidate in [child, child + 1] {
            if candidate < end && values[largest] < values[candidate] {
                largest = candidate;
            }
        }
        if largest == root {
            return;
        }
        swap(values, rows, root, largest);
        root = largest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::RandomState;

    #[test]
    fn values_ascend_and_rows_go_with_them() {
        let mut random = RandomState::new(3);
        for n in [0, 1, 2, 15, 16, 17, 100, 1000] {
            for distinct in [1, 3, 1_000_000] {
                let original: Vec<f32> = random.randint_many(0, distinct, n).iter().map(|&v| v as f32).collect();
                let (mut values, mut rows) = (original.clone(), (0..n as u32).collect::<Vec<_>>());
                introsort(&mut values, &mut rows);
                assert!(values.is_sorted());
                assert!(values.iter().zip(&rows).all(|(&value, &row)| original[row as usize] == value));
                rows.sort_unstable();
                assert!(rows.iter().enumerate().all(|(i, &row)| i == row as usize));
            }
        }
    }

    #[test]
    fn an_order_that_defeats_the_median_of_three_goes_to_the_heap() {
        // from scikit-learn's sort of the same values: the fall-back shows in the order of the equal ones
        let n = 64;
        let mut values: Vec<f32> = (0..n).map(|i| (i % 4) as f32).collect();
        let mut rows: Vec<u32> = (0..n).collect();
        heapsort(&mut values, &mut rows);
        assert!(values.is_sorted());
        assert!(rows.iter().zip(&values).all(|(&row, &value)| (row % 4) as f32 == value));
    }
}
