//! Rows wider than the plane, full of ties. The expected orders are scikit-learn 1.9.1's.

use super::{Algorithm, NearestNeighbors, NeighborsError};
use crate::base::Rows;

/// 200 rows of few distinct whole numbers: `(i^2 (c + 2) + 3 i c + c^2) % 7 % 5`.
fn rows(width: usize) -> Rows {
    let cell = |i: usize, c: usize| ((i * i * (c + 2) + 3 * i * c + c * c) % 7 % 5) as f64;
    Rows::from_values(width, (0..200 * width).map(|at| cell(at / width, at % width)).collect())
}

fn first_four(x: &Rows) -> Result<(Algorithm, Vec<u32>), NeighborsError> {
    let fitted = NearestNeighbors::fit(x, 6)?;
    Ok((fitted.algorithm(), fitted.kneighbors(&x.take(&[0, 1, 2, 3]), 6)?.indices))
}

#[test]
fn ties_among_three_columns_come_in_the_order_of_the_tree() {
    let expected = [35, 14, 28, 0, 21, 7, 43, 29, 36, 22, 1, 8, 37, 23, 30, 16, 9, 2, 38, 17, 31, 10, 3, 24];
    assert_eq!(first_four(&rows(3)), Ok((Algorithm::KdTree, expected.to_vec())));
}

#[test]
fn sixteen_columns_are_too_many_for_a_tree() {
    let expected = [21, 28, 7, 35, 14, 0, 15, 29, 1, 36, 22, 8, 16, 30, 2, 37, 23, 9, 3, 31, 17, 38, 24, 10];
    assert_eq!(first_four(&rows(16)), Ok((Algorithm::Brute, expected.to_vec())));
}

#[test]
fn tree_and_all_pairs_find_the_same_distances_at_any_width() {
    for width in [1, 2, 3, 7, 11] {
        let x = rows(width);
        let found = |algorithm| NearestNeighbors::fit_with(&x, 9, algorithm)?.kneighbors(&x, 9);
        let (tree, brute) = (found(Algorithm::KdTree), found(Algorithm::Brute));
        // Whole numbers: both forms of the distance are exact.
        assert_eq!(tree.map(|found| found.distances), brute.map(|found| found.distances), "{width} columns");
    }
}

#[test]
fn the_farthest_are_the_end_of_a_search_for_all_rows() {
    for (width, algorithm) in
        [(2, Algorithm::KdTree), (2, Algorithm::Brute), (5, Algorithm::KdTree), (17, Algorithm::Auto)]
    {
        let x = rows(width);
        let far = NearestNeighbors::fit_with(&x, 3, algorithm).and_then(|fitted| fitted.farthest(&x, 3));
        let all = NearestNeighbors::fit_with(&x, 3, algorithm).and_then(|fitted| fitted.kneighbors(&x, 200));
        let ends = all.map(|all| all.distances.chunks(200).flat_map(|row| row[197..].to_vec()).collect::<Vec<_>>());
        assert_eq!(far.map(|far| far.distances), ends, "{width} columns");
    }
}

#[test]
fn a_single_query_is_answered_as_by_a_whole_tree() {
    for width in [2, 3, 5] {
        let x = rows(width);
        for query in 0..40 {
            let once = NearestNeighbors::kneighbors_once(&x, x.row(query), 7);
            let whole = NearestNeighbors::fit(&x, 7).and_then(|fitted| fitted.kneighbors(&x.take(&[query as u32]), 7));
            assert_eq!(once, whole, "{width} columns, row {query}");
        }
    }
}
