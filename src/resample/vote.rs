//! Counting classes: who wins a vote, and which class is the rarest.

use crate::base::Class;

/// The most frequent of `classes`; the smallest label of those equally frequent, 0 without any.
pub(super) fn majority_vote(classes: impl Iterator<Item = Class>) -> Class {
    let mut votes = [0u32; Class::MAX as usize + 1];
    classes.for_each(|class| votes[usize::from(class)] += 1);
    let most = votes.iter().copied().max().unwrap_or(0);
    votes.iter().position(|&count| count == most).unwrap_or(0) as Class
}

/// The class with fewest rows; of several the one that appears first, as Python's `Counter` has it. Only some samplers
/// of imbalanced-learn call this one the minority: strategies are resolved to counts with the smallest label.
pub(super) fn rarest_class(y: &[Class]) -> Class {
    let mut seen: Vec<(Class, usize)> = Vec::new();
    for &class in y {
        match seen.iter_mut().find(|(known, _)| *known == class) {
            Some((_, count)) => *count += 1,
            None => seen.push((class, 1)),
        }
    }
    seen.iter().min_by_key(|&&(_, count)| count).map_or(0, |&(class, _)| class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tied_vote_goes_to_the_smallest_label_and_a_tied_minority_to_the_first_row() {
        assert_eq!(majority_vote([2, 1, 1, 2, 0].into_iter()), 1);
        assert_eq!(rarest_class(&[0, 0, 0, 2, 1, 1, 2]), 2);
        assert_eq!(rarest_class(&[1, 0, 0, 1]), 1);
    }
}
