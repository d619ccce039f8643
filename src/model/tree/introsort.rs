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
    fn equal_values_end_in_scikit_learns_order() {
        let mut values: Vec<f32> = (0..40).map(|i| (i * 7 % 5) as f32).collect();
        let mut rows: Vec<u32> = (0..40).collect();
        introsort(&mut values, &mut rows);
        assert_eq!(
            rows,
            [
                0, 35, 30, 25, 20, 5, 15, 10, 8, 33, 3, 13, 28, 38, 18, 23, 36, 21, 26, 6, 16, 31, 1, 11, 4, 9, 34, 14,
                29, 39, 19, 24, 32, 2, 27, 37, 22, 17, 7, 12
            ]
        );
    }

    #[test]
    fn an_order_that_defeats_the_median_of_three_goes_to_the_heap() {
        // made by an adversary (McIlroy 1999) of this sort; the order of equal values is scikit-learn's
        let mut values: [f32; 48] = [
            21, 14, 8, 1, 13, 13, 2, 18, 10, 3, 12, 23, 4, 22, 21, 5, 11, 19, 6, 17, 17, 7, 10, 15, 0, 20, 1, 9, 2, 11,
            3, 22, 4, 20, 5, 18, 6, 16, 7, 14, 8, 12, 9, 16, 23, 15, 19, 0,
        ]
        .map(|value: u8| f32::from(value));
        let mut rows: Vec<u32> = (0..48).collect();
        introsort(&mut values, &mut rows);
        assert_eq!(
            rows,
            [
                47, 24, 3, 26, 6, 28, 9, 30, 12, 32, 15, 34, 18, 36, 21, 38, 2, 40, 27, 42, 8, 22, 16, 29, 10, 41, 4,
                5, 1, 39, 23, 45, 43, 37, 20, 19, 35, 7, 17, 46, 25, 33, 14, 0, 13, 31, 44, 11
            ]
        );
    }
}
