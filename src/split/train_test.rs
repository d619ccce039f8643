//! `train_test_split`: some rows to train on, the others to test on.

use serde::{Deserialize, Serialize};

use super::{SplitError, stratified_shuffle_split};
use crate::base::Class;
use crate::random::RandomState;

/// How many rows to test on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum TestSize {
    /// A share of all rows, rounded up; between 0 and 1, both excluded.
    Share(f64),
    /// So many rows.
    Rows(usize),
}

/// Two sets of row indices, each in the order that scikit-learn gives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Split {
    /// Rows to train on.
    pub train: Vec<u32>,
    /// Rows to test on.
    pub test: Vec<u32>,
}

impl TestSize {
    /// Rows to train on and rows to test on, of `n_samples`.
    pub(super) fn resolve(self, n_samples: usize) -> Result<(usize, usize), SplitError> {
        let n_test = match self {
            Self::Share(share) if share > 0.0 && share < 1.0 => (share * n_samples as f64).ceil() as usize,
            Self::Share(share) => return Err(SplitError::TestSizeRange { got: format!("{share:?}") }),
            Self::Rows(0) => return Err(SplitError::TestSizeRange { got: "0".to_owned() }),
            Self::Rows(rows) if rows >= n_samples => {
                return Err(SplitError::TestSizeTooLarge { test_size: rows, n_samples });
            }
            Self::Rows(rows) => rows,
        };
        if n_test >= n_samples {
            let test_size = match self {
                Self::Share(share) => format!("{share:?}"),
                Self::Rows(rows) => rows.to_string(),
            };
            return Err(SplitError::TrainEmpty { n_samples, test_size });
        }
        Ok((n_samples - n_test, n_test))
    }
}

/// `train_test_split(arange(n_samples), test_size=, stratify=, random_state=)`. With `stratify` each class keeps its
/// share on both sides, as nearly as whole rows allow.
pub fn train_test_split(
    n_samples: usize,
    test_size: TestSize,
    stratify: Option<&[Class]>,
    random: &mut RandomState,
) -> Result<Split, SplitError> {
    if let Some(y) = stratify {
        return stratified_shuffle_split(y, test_size, random);
    }
    let (n_train, n_test) = test_size.resolve(n_samples)?;
    let shuffled: Vec<u32> = random.permutation(n_samples).into_iter().map(|row| row as u32).collect();
    Ok(Split { train: shuffled[n_test..n_test + n_train].to_vec(), test: shuffled[..n_test].to_vec() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_split_that_leaves_a_side_empty_is_refused() {
        let split = |n, size| train_test_split(n, size, None, &mut RandomState::new(0));
        assert_eq!(
            split(1, TestSize::Share(0.5)),
            Err(SplitError::TrainEmpty { n_samples: 1, test_size: "0.5".into() })
        );
        assert_eq!(split(5, TestSize::Rows(5)), Err(SplitError::TestSizeTooLarge { test_size: 5, n_samples: 5 }));
        for share in [0.0, 1.0, -0.1, f64::NAN] {
            assert!(matches!(split(5, TestSize::Share(share)), Err(SplitError::TestSizeRange { .. })), "{share}");
        }
        assert!(matches!(split(5, TestSize::Rows(0)), Err(SplitError::TestSizeRange { .. })));
    }
}
