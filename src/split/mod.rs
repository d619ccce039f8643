//! Splitting and scaling, equal to scikit-learn's, row for row.
//!
//! ```
//! use imbalance_lab::random::RandomState;
//! use imbalance_lab::split::{TestSize, train_test_split};
//!
//! let y = [0, 0, 0, 0, 0, 0, 1, 1];
//! let split = train_test_split(8, TestSize::Share(0.5), Some(&y), &mut RandomState::new(0)).unwrap();
//! assert_eq!((split.train.len(), split.test.len()), (4, 4));
//! assert_eq!(split.test.iter().filter(|&&row| y[row as usize] == 1).count(), 1);
//! ```

mod error;
mod standard_scaler;
mod stratified_k_fold;
mod stratified_shuffle;
mod train_test;

pub use error::SplitError;
pub use standard_scaler::{StandardScaler, standard_scaled};
pub use stratified_k_fold::{StratifiedKFold, stratified_test_folds};
pub use stratified_shuffle::{StratifiedShuffleSplit, stratified_shuffle_split};
pub use train_test::{Split, TestSize, train_test_split};

use crate::base::Class;

/// Rows of each class that occurs, classes ascending, rows in their order.
#[inline(never)]
fn rows_by_class(y: &[Class]) -> Vec<(Class, Vec<u32>)> {
    let mut rows: Vec<Vec<u32>> = vec![Vec::new(); usize::from(Class::MAX) + 1];
    for (row, &class) in y.iter().enumerate() {
        rows[usize::from(class)].push(row as u32);
    }
    (0..=Class::MAX).zip(rows).filter(|(_, rows)| !rows.is_empty()).collect()
}
