//! `StratifiedShuffleSplit`: each class is divided in the same proportion.
//!
//! How many rows a class gives is the mode of the multivariate hypergeometric distribution, approximately: shares are
//! rounded down, and the rows still missing go to the classes with the largest remainders; ties are drawn.

use super::{Split, SplitError, TestSize, rows_by_class};
use crate::base::Class;
use crate::random::RandomState;

/// `StratifiedShuffleSplit(n_splits, test_size=, random_state=)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StratifiedShuffleSplit {
    /// How many splits.
    pub n_splits: usize,
    /// How many rows to test on in each.
    pub test_size: TestSize,
    /// The seed of all of them.
    pub random_state: u32,
}

impl StratifiedShuffleSplit {
    /// The splits, all from one stream.
    pub fn split(&self, y: &[Class]) -> Result<Vec<Split>, SplitError> {
        let mut random = RandomState::new(self.random_state);
        (0..self.n_splits).map(|_| stratified_shuffle_split(y, self.test_size, &mut random)).collect()
    }
}

/// One stratified split, drawn from a stream.
#[inline(never)]
pub fn stratified_shuffle_split(
    y: &[Class],
    test_size: TestSize,
    random: &mut RandomState,
) -> Result<Split, SplitError> {
    let (n_train, n_test) = test_size.resolve(y.len())?;
    let rows = rows_by_class(y);
    check(&rows, n_train, n_test)?;

    let counts: Vec<usize> = rows.iter().map(|(_, rows)| rows.len()).collect();
    let train_counts = approx_mode(&counts, n_train, random);
    let left: Vec<usize> = counts.iter().zip(&train_counts).map(|(all, train)| all - train).collect();
    let test_counts = approx_mode(&left, n_test, random);

    let mut split = Split::default();
    for ((_, rows), (&n_train, &n_test)) in rows.iter().zip(train_counts.iter().zip(&test_counts)) {
        let order = random.permutation(rows.len());
        append(&mut split.train, rows, &order[..n_train]);
        append(&mut split.test, rows, &order[n_train..n_train + n_test]);
    }
    random.shuffle(&mut split.train);
    random.shuffle(&mut split.test);
    Ok(split)
}

/// Appends the rows at `places`.
#[inline(never)]
fn append(part: &mut Vec<u32>, rows: &[u32], places: &[usize]) {
    part.extend(places.iter().map(|&place| rows[place]));
}

fn check(rows: &[(Class, Vec<u32>)], n_train: usize, n_test: usize) -> Result<(), SplitError> {
    let classes: Vec<Class> = rows.iter().filter(|(_, rows)| rows.len() < 2).map(|(class, _)| *class).collect();
    let n_classes = rows.len();
    if !classes.is_empty() {
        Err(SplitError::LeastPopulated { classes })
    } else if n_train < n_classes {
        Err(SplitError::TrainBelowClasses { n_train, n_classes })
    } else if n_test < n_classes {
        Err(SplitError::TestBelowClasses { n_test, n_classes })
    } else {
        Ok(())
    }
}

/// How `n_draws` rows are shared among the classes.
fn approx_mode(class_counts: &[usize], n_draws: usize, random: &mut RandomState) -> Vec<usize> {
    let total: usize = class_counts.iter().sum();
    let exact: Vec<f64> = class_counts.iter().map(|&c| c as f64 / total as f64 * n_draws as f64).collect();
    let mut draws: Vec<usize> = exact.iter().map(|e| e.floor() as usize).collect();
    let remainders: Vec<f64> = exact.iter().map(|e| e - e.floor()).collect();
    let mut missing = n_draws.saturating_sub(draws.iter().sum());

    let mut values = remainders.clone();
    values.sort_by(|a, b| b.total_cmp(a));
    values.dedup();
    for value in values {
        if missing == 0 {
            break;
        }
        let tied: Vec<usize> = (0..remainders.len()).filter(|&class| remainders[class] == value).collect();
        let n_more = tied.len().min(missing);
        // drawn even when all tied classes get one: the order of the stream is part of the result
        for &i in &random.permutation(tied.len())[..n_more] {
            draws[tied[i]] += 1;
        }
        missing -= n_more;
    }
    draws
}
