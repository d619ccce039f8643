//! A heap of fixed size that keeps the smallest values, largest on top.

/// Puts `value` with its `index` on the heap if it is smaller than the top, which leaves.
///
/// Equal to the top is not smaller: among rows at the same distance the one that came first stays.
#[inline]
pub(super) fn push(values: &mut [f64], indices: &mut [u32], value: f64, index: u32) {
    // Most values go here and no further: that much stands in the loop of whoever asks.
    if value < values[0] {
        sink(values, indices, value, index);
    }
}

/// Puts a value in the place of the top and lets it sink.
#[inline(never)]
fn sink(values: &mut [f64], indices: &mut [u32], value: f64, index: u32) {
    let len = values.len();
    let mut hole = 0;
    loop {
        let (left, right) = (2 * hole + 1, 2 * hole + 2);
        if left >= len {
            break;
        }
        let child = if right >= len || values[left] >= values[right] { left } else { right };
        if values[child] <= value {
            break;
        }
        values[hole] = values[child];
        indices[hole] = indices[child];
        hole = child;
    }
    values[hole] = value;
    indices[hole] = index;
}

#[cfg(test)]
mod tests {
    use super::push;

    #[test]
    fn the_smallest_stay_and_the_first_of_equals_wins() {
        let (mut values, mut indices) = ([f64::INFINITY; 3], [0; 3]);
        for (index, value) in [5.0, 1.0, 4.0, 1.0, 4.0, 0.5].into_iter().enumerate() {
            push(&mut values, &mut indices, value, index as u32);
        }
        let mut kept: Vec<_> = values.into_iter().zip(indices).collect();
        kept.sort_by(|a, b| a.partial_cmp(b).expect("no NaN among literals"));
        assert_eq!(kept, [(0.5, 5), (1.0, 1), (1.0, 3)]);
    }
}
