//! `StratifiedKFold`: every row is tested once, every fold has its share of each class.

use super::SplitError;
use crate::base::Class;
use crate::random::RandomState;

/// `StratifiedKFold(n_splits, shuffle=, random_state=)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StratifiedKFold {
    /// How many folds.
    pub n_splits: usize,
    /// Whether a class's rows are dealt in random order.
    pub shuffle: bool,
    /// The seed of the shuffle.
    pub random_state: Option<u32>,
}

impl StratifiedKFold {
    /// Refuses fewer than two folds and a seed that nothing would use.
    pub fn check(&self) -> Result<(), SplitError> {
        if self.n_splits < 2 {
            Err(SplitError::TooFewFolds { n_splits: self.n_splits })
        } else if self.random_state.is_some() && !self.shuffle {
            Err(SplitError::SeedWithoutShuffle)
        } else {
            Ok(())
        }
    }

    /// The fold in which each row is tested. Without a seed the shuffle is that of seed 0.
    pub fn test_folds(&self, y: &[Class]) -> Result<Vec<u32>, SplitError> {
        self.check()?;
        let mut random = self.shuffle.then(|| RandomState::new(self.random_state.unwrap_or(0)));
        stratified_test_folds(y, self.n_splits, random.as_mut())
    }
}

/// The fold in which each row is tested; the rows of a class are dealt in random order when there is a stream. A class
/// with fewer rows than folds is missing from some folds (scikit-learn warns); only when every class is, the split is
/// refused.
pub fn stratified_test_folds(
    y: &[Class],
    n_splits: usize,
    mut random: Option<&mut RandomState>,
) -> Result<Vec<u32>, SplitError> {
    if n_splits < 2 {
        return Err(SplitError::TooFewFolds { n_splits });
    }
    if n_splits > y.len() {
        return Err(SplitError::FoldsAboveRows { n_splits, n_samples: y.len() });
    }
    let mut classes: Vec<Class> = Vec::new();
    for class in y {
        if !classes.contains(class) {
            classes.push(*class);
        }
    }
    let counts: Vec<usize> = classes.iter().map(|class| y.iter().filter(|y| *y == class).count()).collect();
    if counts.iter().all(|&count| n_splits > count) {
        return Err(SplitError::FoldsAboveMembers { n_splits });
    }

    let mut folds = vec![0; y.len()];
    let mut start = 0;
    for (class, count) in classes.into_iter().zip(counts) {
        // of the labels sorted by class, every n_splits-th one counts for the same fold
        let mut dealt: Vec<u32> = (start..start + count).map(|position| (position % n_splits) as u32).collect();
        dealt.sort_unstable();
        if let Some(random) = random.as_deref_mut() {
            random.shuffle(&mut dealt);
        }
        let members = folds.iter_mut().zip(y).filter(|(_, y)| **y == class).map(|(fold, _)| fold);
        for (fold, dealt) in members.zip(dealt) {
            *fold = dealt;
        }
        start += count;
    }
    Ok(folds)
}
