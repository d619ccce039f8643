//! Resolves a [`SamplingStrategy`] to counts, once, before any algorithm starts.
//!
//! The majority is the class with most rows, the minority the one with fewest; the smaller label wins a tie.

use std::collections::BTreeMap;

use super::{Fault, SamplingStrategy};
use crate::base::Class;

/// What kind of counts a sampler wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SamplingKind {
    /// Adds rows: a target is how many to add.
    Over,
    /// Keeps a number of rows: a target is how many to keep.
    Under,
    /// Removes what a rule condemns: only the set of classes counts.
    Clean,
}

impl SamplingKind {
    /// Whether it takes such a strategy at all: a ratio, a dict, a list or that word.
    pub fn takes(self, strategy: &SamplingStrategy) -> bool {
        let has_ratio = self != Self::Clean || !matches!(strategy, SamplingStrategy::Ratio(_));
        has_ratio && check_type(strategy, self).is_ok()
    }
}

/// For each targeted class, in ascending order, how many rows to add (over-sampling) or to keep (under-sampling).
pub type Targets = Vec<(Class, usize)>;

/// Rows of every class that occurs, in ascending order of the class.
#[inline(never)]
pub(super) fn class_counts(y: &[Class]) -> BTreeMap<Class, usize> {
    let mut counts = BTreeMap::new();
    for &class in y {
        *counts.entry(class).or_insert(0) += 1;
    }
    counts
}

/// Whether the kind of sampler takes this strategy at all (scikit-learn's validation of parameters).
pub(super) fn check_type(strategy: &SamplingStrategy, kind: SamplingKind) -> Result<(), Fault> {
    let allowed = match (strategy, kind) {
        (SamplingStrategy::Ratio(ratio), _) => *ratio > 0.0 && *ratio <= 1.0,
        (SamplingStrategy::Majority, kind) => kind != SamplingKind::Over,
        (SamplingStrategy::Minority, kind) => kind == SamplingKind::Over,
        (SamplingStrategy::Counts(_), kind) => kind != SamplingKind::Clean,
        (SamplingStrategy::Classes(_), kind) => kind == SamplingKind::Clean,
        _ => true,
    };
    if allowed { Ok(()) } else { Err(Fault::Strategy { strategy: strategy.clone(), kind }) }
}

/// The targets of `strategy` on data with these class counts.
pub(super) fn resolve(
    strategy: &SamplingStrategy,
    kind: SamplingKind,
    counts: &BTreeMap<Class, usize>,
) -> Result<Targets, Fault> {
    if counts.len() < 2 {
        return Err(Fault::OneClass { n_classes: counts.len() });
    }
    let most = counts.values().copied().max().unwrap_or(0);
    let fewest = counts.values().copied().min().unwrap_or(0);
    let first_with = |n: usize| counts.iter().find(|&(_, &count)| count == n).map(|(&class, _)| class);
    let (majority, minority) = (first_with(most), first_with(fewest));
    let targets = |wanted: &dyn Fn(Class) -> bool| {
        let target = |count: usize| if kind == SamplingKind::Over { most - count } else { fewest };
        Ok(counts.iter().filter(|&(&class, _)| wanted(class)).map(|(&class, &count)| (class, target(count))).collect())
    };
    match strategy {
        SamplingStrategy::Auto if kind == SamplingKind::Over => targets(&|class| Some(class) != majority),
        SamplingStrategy::Auto => targets(&|class| Some(class) != minority),
        SamplingStrategy::Minority => targets(&|class| Some(class) == minority),
        SamplingStrategy::Majority => targets(&|class| Some(class) == majority),
        SamplingStrategy::NotMinority => targets(&|class| Some(class) != minority),
        SamplingStrategy::NotMajority => targets(&|class| Some(class) != majority),
        SamplingStrategy::All => targets(&|_| true),
        SamplingStrategy::Ratio(ratio) => by_ratio(*ratio, kind, counts, (most, majority), (fewest, minority)),
        SamplingStrategy::Counts(wanted) => by_counts(wanted, kind, counts),
        SamplingStrategy::Classes(classes) => {
            check_present(classes.iter().copied(), counts)?;
            targets(&|class| classes.contains(&class))
        }
    }
}

/// minority / majority afterwards, two classes only.
fn by_ratio(
    ratio: f64,
    kind: SamplingKind,
    counts: &BTreeMap<Class, usize>,
    (most, majority): (usize, Option<Class>),
    (fewest, minority): (usize, Option<Class>),
) -> Result<Targets, Fault> {
    if counts.len() > 2 {
        return Err(Fault::RatioOfManyClasses { n_classes: counts.len() });
    }
    let spared = match kind {
        SamplingKind::Over => majority,
        SamplingKind::Under => minority,
        SamplingKind::Clean => return Err(Fault::RatioWhenCleaning),
    };
    let mut targets = Targets::new();
    for (&class, &count) in counts.iter().filter(|&(&class, _)| Some(class) != spared) {
        // Truncated towards zero, as Python's `int` does.
        let target = match kind {
            SamplingKind::Over => (most as f64 * ratio - count as f64) as i64,
            _ => (fewest as f64 / ratio) as i64,
        };
        match kind {
            SamplingKind::Over if target <= 0 => {
                return Err(Fault::RatioAlreadyReached { ratio, minority: count, majority: most });
            }
            SamplingKind::Under if target > count as i64 => {
                return Err(Fault::RatioBelowPresent { ratio, minority: fewest, majority: count });
            }
            _ => targets.push((class, target as usize)),
        }
    }
    Ok(targets)
}

/// The counts afterwards, class by class.
fn by_counts(wanted: &[(Class, usize)], kind: SamplingKind, counts: &BTreeMap<Class, usize>) -> Result<Targets, Fault> {
    check_present(wanted.iter().map(|&(class, _)| class), counts)?;
    let mut targets = BTreeMap::new();
    for &(class, asked) in wanted {
        let present = counts.get(&class).copied().unwrap_or(0);
        match kind {
            SamplingKind::Over if asked < present => return Err(Fault::CountBelowPresent { class, asked, present }),
            SamplingKind::Under if asked > present => return Err(Fault::CountAbovePresent { class, asked, present }),
            SamplingKind::Over => targets.insert(class, asked - present),
            SamplingKind::Under | SamplingKind::Clean => targets.insert(class, asked),
        };
    }
    Ok(targets.into_iter().collect())
}

fn check_present(classes: impl Iterator<Item = Class>, counts: &BTreeMap<Class, usize>) -> Result<(), Fault> {
    let missing: Vec<Class> = classes.filter(|class| !counts.contains_key(class)).collect();
    if missing.is_empty() { Ok(()) } else { Err(Fault::ClassNotPresent { missing }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(of: &[usize]) -> BTreeMap<Class, usize> {
        of.iter().enumerate().map(|(class, &n)| (class as Class, n)).collect()
    }

    #[test]
    fn auto_brings_every_class_to_the_count_of_the_majority_or_the_minority() {
        let counts = counts(&[90, 30, 12]);
        assert_eq!(resolve(&SamplingStrategy::Auto, SamplingKind::Over, &counts), Ok(vec![(1, 60), (2, 78)]));
        assert_eq!(resolve(&SamplingStrategy::Auto, SamplingKind::Under, &counts), Ok(vec![(0, 12), (1, 12)]));
    }

    #[test]
    fn the_smaller_label_is_majority_and_minority_of_balanced_data() {
        let counts = counts(&[20, 20]);
        assert_eq!(resolve(&SamplingStrategy::Auto, SamplingKind::Over, &counts), Ok(vec![(1, 0)]));
        assert_eq!(resolve(&SamplingStrategy::Auto, SamplingKind::Under, &counts), Ok(vec![(1, 20)]));
    }

    #[test]
    fn each_kind_takes_its_own_strategies() {
        let taken = |strategy: SamplingStrategy| {
            [SamplingKind::Over, SamplingKind::Under, SamplingKind::Clean].map(|kind| kind.takes(&strategy))
        };
        assert_eq!(taken(SamplingStrategy::Auto), [true, true, true]);
        assert_eq!(taken(SamplingStrategy::Ratio(0.5)), [true, true, false]);
        assert_eq!(taken(SamplingStrategy::Counts(vec![(1, 5)])), [true, true, false]);
        assert_eq!(taken(SamplingStrategy::Classes(vec![1])), [false, false, true]);
        assert_eq!(taken(SamplingStrategy::Minority), [true, false, false]);
        assert_eq!(taken(SamplingStrategy::Majority), [false, true, true]);
    }

    #[test]
    fn a_ratio_is_truncated() {
        let counts = counts(&[101, 7]);
        let over = resolve(&SamplingStrategy::Ratio(0.3), SamplingKind::Over, &counts);
        assert_eq!(over, Ok(vec![(1, 23)]));
        let under = resolve(&SamplingStrategy::Ratio(0.3), SamplingKind::Under, &counts);
        assert_eq!(under, Ok(vec![(0, 23)]));
    }

    #[test]
    fn presence_is_checked_before_counts() {
        let strategy = SamplingStrategy::Counts(vec![(0, 1), (9, 5)]);
        let fault = resolve(&strategy, SamplingKind::Over, &counts(&[20, 5]));
        assert_eq!(fault, Err(Fault::ClassNotPresent { missing: vec![9] }));
    }
}
