//! Relative contrast: how much farther the farthest row is than the nearest.
//!
//! With every column of noise the distances from a row to all others become more alike, until "nearest" means nothing:
//! K. Beyer, J. Goldstein, R. Ramakrishnan, U. Shaft, "When is nearest neighbor meaningful?", ICDT 1999.

use crate::base::Rows;
use crate::dataset::Dataset;

/// Minority rows that are looked at.
const QUERIES: usize = 20;
/// Rows that each is compared with.
const AMONG: usize = 2000;

/// `(farthest - nearest) / nearest`, the median over the first 20 minority rows, each compared with the first 2,000
/// rows, all columns counted. A row at the place of another is passed over; `None` when no row is left.
#[inline(never)]
pub(super) fn relative_contrast(data: &Dataset, hidden: &Rows) -> Option<f64> {
    let among = data.len().min(AMONG);
    let squared = |a: usize, b: usize| {
        let plane = (0..2).map(|axis| data.x[a][axis] - data.x[b][axis]);
        plane.chain(hidden.row(a).iter().zip(hidden.row(b)).map(|(p, q)| p - q)).map(|gap| gap * gap).sum::<f64>()
    };
    let mut contrasts: Vec<f64> = (0..data.len())
        .filter(|&row| data.y[row] == 1)
        .take(QUERIES)
        .filter_map(|row| {
            let to_others = (0..among).filter(|&other| other != row).map(|other| squared(row, other));
            let (near, far) = to_others.fold((f64::INFINITY, 0.0_f64), |(near, far), d| (near.min(d), far.max(d)));
            (near > 0.0 && near.is_finite()).then(|| (far.sqrt() - near.sqrt()) / near.sqrt())
        })
        .collect();
    contrasts.sort_by(f64::total_cmp);
    let (low, high) = (contrasts.get(contrasts.len().checked_sub(1)? / 2)?, contrasts.get(contrasts.len() / 2)?);
    Some((low + high) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::RandomState;

    #[test]
    fn three_rows_on_a_line_have_the_contrast_that_one_can_count() {
        let data = Dataset { x: vec![[0.0, 0.0], [2.0, 0.0], [8.0, 0.0]], y: vec![1, 0, 0] };
        assert_eq!(relative_contrast(&data, &Rows::default()), Some(3.0));
        let alone = Dataset { x: vec![[0.0, 0.0]], y: vec![1] };
        assert_eq!(relative_contrast(&alone, &Rows::default()), None);
    }

    #[test]
    fn columns_of_noise_take_the_contrast_away() {
        let mut random = RandomState::new(5);
        let mut normal = |n: usize| (0..n).map(|_| random.standard_normal()).collect::<Vec<f64>>();
        let x = normal(600).chunks_exact(2).map(|p| [p[0], p[1]]).collect();
        let data = Dataset { x, y: (0..300).map(|i| u8::from(i % 10 == 0)).collect() };
        let contrasts =
            [0, 10, 100].map(|n| relative_contrast(&data, &Rows::from_values(n, normal(300 * n))).unwrap_or(0.0));
        assert!(contrasts[0] > 3.0 * contrasts[1] && contrasts[1] > 3.0 * contrasts[2], "{contrasts:?}");
    }
}
