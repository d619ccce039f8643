//! Draws that scikit-learn builds on `RandomState`, and the small generator inside its trees.

use super::{RandomError, RandomState};

/// `sklearn.utils.random.sample_without_replacement(n_population, n_samples)`, method "auto": three algorithms that
/// draw differently, chosen by the share of the population that is wanted.
pub fn sample_without_replacement(
    n_population: usize,
    n_samples: usize,
    random: &mut RandomState,
) -> Result<Vec<usize>, RandomError> {
    if n_samples > n_population {
        return Err(RandomError::SampleTooLarge);
    }
    let ratio = if n_population == 0 { 1.0 } else { n_samples as f64 / n_population as f64 };
    Ok(if ratio > 0.01 && ratio < 0.99 {
        let mut indices = random.permutation(n_population);
        indices.truncate(n_samples);
        indices
    } else if ratio < 0.2 {
        by_tracking(n_population, n_samples, random)
    } else {
        by_reservoir(n_population, n_samples, random)
    })
}

/// Draws again whatever was drawn before.
fn by_tracking(n_population: usize, n_samples: usize, random: &mut RandomState) -> Vec<usize> {
    let mut seen = vec![false; n_population];
    let mut indices = Vec::with_capacity(n_samples);
    while indices.len() < n_samples {
        let j = random.interval(n_population as u64 - 1) as usize;
        if !std::mem::replace(&mut seen[j], true) {
            indices.push(j);
        }
    }
    indices
}

/// Starts from the first indices and lets the later ones push them out. Wanting all draws nothing.
fn by_reservoir(n_population: usize, n_samples: usize, random: &mut RandomState) -> Vec<usize> {
    let mut indices: Vec<usize> = (0..n_samples).collect();
    for i in n_samples..n_population {
        let j = random.interval(i as u64) as usize;
        if let Some(slot) = indices.get_mut(j) {
            *slot = i;
        }
    }
    indices
}

/// The seed that scikit-learn hands to a sub-estimator: `randint(0, 2**31 - 1)`.
pub fn sub_estimator_seed(random: &mut RandomState) -> u32 {
    // the range is below 2^31, so the cast cannot cut
    random.randint(0, i64::from(i32::MAX)) as u32
}

/// `our_rand_r`: the 32-bit xorshift (Marsaglia 2003, shifts 13, 17, 5) of scikit-learn's tree splitters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OurRandR {
    state: u32,
}

impl OurRandR {
    /// Starts from `state`; 0, where xorshift would stay for ever, counts as 1.
    pub fn new(state: u32) -> Self {
        Self { state: state.max(1) }
    }

    /// The next value of `0..2^31`.
    pub fn next_value(&mut self) -> u32 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 17;
        self.state ^= self.state << 5;
        self.state & 0x7FFF_FFFF
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wanting_all_draws_nothing_and_keeps_the_order() {
        let mut random = RandomState::new(5);
        assert_eq!(sample_without_replacement(4, 4, &mut random), Ok(vec![0, 1, 2, 3]));
        assert_eq!(sample_without_replacement(0, 0, &mut random), Ok(vec![]));
        assert_eq!(random, RandomState::new(5));
        assert_eq!(sample_without_replacement(4, 5, &mut random), Err(RandomError::SampleTooLarge));
    }

    #[test]
    fn sub_estimator_seeds_are_numpys() {
        let mut random = RandomState::new(42);
        assert_eq!([sub_estimator_seed(&mut random), sub_estimator_seed(&mut random)], [1608637542, 1273642419]);
    }
}
