//! Sequences for serde's `with`, as stretches: an item, and how many predictable ones follow. Thousands of rows added
//! one after the other are one stretch. Out of line: a browser compiles the whole function that has a hot loop in it.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Origin, RowId, Step};

/// What may go without saying in a sequence of them.
pub(super) trait Predictable: Copy + PartialEq {
    /// What most often comes next, if anything does.
    fn next(self) -> Option<Self>;
}

impl Predictable for Origin {
    fn next(self) -> Option<Self> {
        (self == Origin::Original).then_some(self)
    }
}

impl Predictable for Step {
    fn next(self) -> Option<Self> {
        let after = |row: RowId| row.checked_add(1);
        match self {
            Step::Add { row } => after(row).map(|row| Step::Add { row }),
            Step::Drop { row } => after(row).map(|row| Step::Drop { row }),
            _ => None,
        }
    }
}

#[inline(never)]
pub(super) fn serialize<T: Predictable + Serialize, S: Serializer>(
    values: &[T],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    gather(values).serialize(serializer)
}

#[inline(never)]
pub(super) fn deserialize<'de, T: Predictable + Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    Vec::deserialize(deserializer).map(spread)
}

#[inline(never)]
fn gather<T: Predictable>(values: &[T]) -> Vec<(T, u32)> {
    let mut stretches: Vec<(T, u32)> = Vec::new();
    let mut expected = None;
    for &value in values {
        match stretches.last_mut() {
            Some((_, n)) if expected == Some(value) => *n += 1,
            _ => stretches.push((value, 0)),
        }
        expected = value.next();
    }
    stretches
}

#[inline(never)]
fn spread<T: Predictable>(stretches: Vec<(T, u32)>) -> Vec<T> {
    let mut values = Vec::with_capacity(stretches.len());
    for (first, n) in stretches {
        values.extend(std::iter::successors(Some(first), |last| last.next()).take(n as usize + 1));
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resample::Verdict;

    #[test]
    fn a_sequence_comes_back_from_its_stretches() {
        #[derive(Debug, PartialEq, Serialize, Deserialize)]
        struct Both {
            #[serde(with = "super")]
            steps: Vec<Step>,
            #[serde(with = "super")]
            origins: Vec<Origin>,
        }
        let add = |row| Step::Add { row };
        let judge = |row| Step::Judge { row, others: 1, verdict: Verdict::Safe };
        let between = Origin::Between { base: 1, neighbor: 2, gap: 0.5 };
        let steps = [judge(1), judge(2), add(7), add(8), add(9), add(8), add(u32::MAX), Step::Drop { row: 0 }];
        let both = Both {
            steps: steps.into_iter().chain((1..1000).map(|row| Step::Drop { row })).chain([judge(1)]).collect(),
            origins: [&[Origin::Original; 500][..], &[between, between, Origin::Original]].concat(),
        };
        let bytes = postcard::to_stdvec(&both).unwrap();
        assert!(bytes.len() < 100, "{}", bytes.len());
        assert_eq!(postcard::from_bytes::<Both>(&bytes).unwrap(), both);
        let none = Both { steps: vec![], origins: vec![] };
        assert_eq!(postcard::from_bytes::<Both>(&postcard::to_stdvec(&none).unwrap()).unwrap(), none);
    }
}
