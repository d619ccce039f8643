//! Why a split cannot be made.

use std::fmt;

use crate::base::Class;

/// A split that scikit-learn refuses. `Display` is scikit-learn's wording; [`SplitError::plainly`] says the same in the
/// lab's words, and [`SplitError::advice`] what to change.
#[derive(Clone, Debug, PartialEq)]
pub enum SplitError {
    /// A share outside the open interval from 0 to 1, or no rows at all.
    TestSizeRange {
        /// As Python prints it.
        got: String,
    },
    /// As many test rows as there are rows, or more.
    TestSizeTooLarge {
        /// Wanted.
        test_size: usize,
        /// There are.
        n_samples: usize,
    },
    /// Nothing is left to train on.
    TrainEmpty {
        /// There are.
        n_samples: usize,
        /// As Python prints it.
        test_size: String,
    },
    /// Classes with a single row cannot be on both sides.
    LeastPopulated {
        /// Those classes.
        classes: Vec<Class>,
    },
    /// Fewer test rows than classes.
    TestBelowClasses {
        /// Rows to test on.
        n_test: usize,
        /// Classes.
        n_classes: usize,
    },
    /// Fewer training rows than classes.
    TrainBelowClasses {
        /// Rows to train on.
        n_train: usize,
        /// Classes.
        n_classes: usize,
    },
    /// Fewer than two folds.
    TooFewFolds {
        /// Wanted.
        n_splits: usize,
    },
    /// A seed that nothing would use.
    SeedWithoutShuffle,
    /// More folds than rows.
    FoldsAboveRows {
        /// Wanted.
        n_splits: usize,
        /// There are.
        n_samples: usize,
    },
    /// More folds than any class has rows.
    FoldsAboveMembers {
        /// Wanted.
        n_splits: usize,
    },
}

impl SplitError {
    /// What happened, in the lab's words.
    pub fn plainly(&self) -> String {
        match self {
            Self::TestSizeRange { got } => format!("The test share is {got}, which is not between 0 and 1."),
            Self::TestSizeTooLarge { test_size, n_samples } => {
                format!("The test part asks for {test_size} of {}.", rows(*n_samples))
            }
            Self::TrainEmpty { n_samples: 0, .. } => "There are no rows to split.".to_owned(),
            Self::TrainEmpty { n_samples, .. } => {
                format!("The test part takes all there is ({}), so that none is left to train on.", rows(*n_samples))
            }
            Self::LeastPopulated { classes } => {
                let names: Vec<String> = classes.iter().map(|&class| named(class)).collect();
                format!(
                    "There is a single row of {}, but a stratified split needs one of every class on both sides.",
                    names.join(" and of ")
                )
            }
            Self::TestBelowClasses { n_test, n_classes } => {
                format!("The test part has {}, too few for one of each of the {n_classes} classes.", rows(*n_test))
            }
            Self::TrainBelowClasses { n_train, n_classes } => {
                format!("The training part has {}, too few for one of each of the {n_classes} classes.", rows(*n_train))
            }
            Self::TooFewFolds { n_splits } => format!("Cross-validation with {n_splits} folds tests nothing."),
            Self::SeedWithoutShuffle => "A seed was given, but nothing is shuffled.".to_owned(),
            Self::FoldsAboveRows { n_splits, n_samples } => {
                format!("{} cannot be dealt into {n_splits} folds.", rows(*n_samples))
            }
            Self::FoldsAboveMembers { n_splits } => {
                format!("No class has enough rows for one in each of {n_splits} folds.")
            }
        }
    }

    /// What the reader can change.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::TrainEmpty { n_samples: 0, .. } => {
                "Paste or load a table, draw some points, or choose another source."
            }
            Self::TestSizeRange { .. } => "Choose a test share between 0.1 and 0.9.",
            Self::TestSizeTooLarge { .. } | Self::TrainEmpty { .. } | Self::TrainBelowClasses { .. } => {
                "Lower the test share or make more rows."
            }
            Self::LeastPopulated { .. } => {
                "Lower the imbalance ratio or make more rows, so that every class has at least two."
            }
            Self::TestBelowClasses { .. } => "Raise the test share or make more rows.",
            Self::TooFewFolds { .. } => "Choose two folds or more.",
            Self::SeedWithoutShuffle => "Shuffle, or leave the seed out.",
            Self::FoldsAboveRows { .. } | Self::FoldsAboveMembers { .. } => "Choose fewer folds or make more rows.",
        }
    }

    /// The type of scikit-learn's exception.
    pub fn python_type(&self) -> &'static str {
        match self {
            Self::TestSizeRange { .. } => "InvalidParameterError",
            _ => "ValueError",
        }
    }
}

fn rows(n: usize) -> String {
    if n == 1 { "1 row".to_owned() } else { format!("{n} rows") }
}

fn named(class: Class) -> String {
    match class {
        0 => "the majority".to_owned(),
        1 => "the minority".to_owned(),
        _ => format!("class {class}"),
    }
}

impl fmt::Display for SplitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TestSizeRange { got } => write!(
                f,
                "The 'test_size' parameter of train_test_split must be a float in the range (0.0, 1.0), an int in the \
                 range [1, inf) or None. Got {got} instead."
            ),
            Self::TestSizeTooLarge { test_size, n_samples } => write!(
                f,
                "test_size={test_size} should be either positive and smaller than the number of samples {n_samples} or \
                 a float in the (0, 1) range"
            ),
            Self::TrainEmpty { n_samples, test_size } => write!(
                f,
                "With n_samples={n_samples}, test_size={test_size} and train_size=None, the resulting train set will \
                 be empty. Adjust any of the aforementioned parameters."
            ),
            Self::LeastPopulated { classes } => write!(
                f,
                "The least populated classes in y have only 1 member, which is too few. The minimum number of groups \
                 for any class cannot be less than 2. Classes with too few members are: {classes:?}"
            ),
            Self::TestBelowClasses { n_test, n_classes } => {
                write!(f, "The test_size = {n_test} should be greater or equal to the number of classes = {n_classes}")
            }
            Self::TrainBelowClasses { n_train, n_classes } => write!(
                f,
                "The train_size = {n_train} should be greater or equal to the number of classes = {n_classes}"
            ),
            Self::TooFewFolds { n_splits } => write!(
                f,
                "k-fold cross-validation requires at least one train/test split by setting n_splits=2 or more, got \
                 n_splits={n_splits}."
            ),
            Self::SeedWithoutShuffle => f.write_str(
                "Setting a random_state has no effect since shuffle is False. You should leave random_state to its \
                 default (None), or set shuffle=True.",
            ),
            Self::FoldsAboveRows { n_splits, n_samples } => write!(
                f,
                "Cannot have number of splits n_splits={n_splits} greater than the number of samples: \
                 n_samples={n_samples}."
            ),
            Self::FoldsAboveMembers { n_splits } => {
                write!(f, "n_splits={n_splits} cannot be greater than the number of members in each class.")
            }
        }
    }
}

impl std::error::Error for SplitError {}
