//! NumPy's legacy `RandomState`, draw for draw: the only source of randomness once the seed is chosen.
//!
//! scikit-learn and imbalanced-learn turn an integer `random_state` into this generator, so the numbers of the lab can
//! only be theirs if every word is. The core is MT19937 (Matsumoto and Nishimura 1998); what NumPy adds, and what is
//! kept here, is *how many* words each kind of draw takes and in which order: masked rejection for integers, two words
//! for a double, polar normals that come in pairs and keep the second one back.
//!
//! [`RandomState`] is also a generator for the `rand` crate (`rand::TryRng`, hence `rand::Rng`), so that its
//! distributions work on it; they draw differently from NumPy's, so the lab itself uses NumPy's methods.
//!
//! ```
//! use imbalance_lab::random::RandomState;
//!
//! let mut random = RandomState::new(42);
//! assert_eq!(random.random_sample(), 0.3745401188473625);
//! assert_eq!(RandomState::new(0).randint_many(0, 10, 5), [5, 0, 3, 3, 7]);
//! assert_eq!(RandomState::new(42).permutation(5), [1, 4, 2, 0, 3]);
//! ```

mod binomial;
mod continuous;
mod integers;
mod mt19937;
mod multivariate_normal;
mod sklearn;

use std::fmt;

use mt19937::Mt19937;
use rand::rand_core::Infallible;
use rand::{SeedableRng, TryRng};

pub use sklearn::{OurRandR, sample_without_replacement, sub_estimator_seed};

/// A stream of NumPy's legacy generator. Cloning it clones the stream.
#[derive(Clone, Debug, PartialEq)]
pub struct RandomState {
    words: Mt19937,
    /// The second normal of the last pair; it survives draws of other kinds.
    gauss: Option<f64>,
}

/// A draw that NumPy refuses, in NumPy's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RandomError {
    /// The seed is negative or takes more than 32 bits.
    SeedOutOfRange,
    /// An empty range of integers.
    EmptyRange,
    /// Something is to be chosen from nothing.
    ChooseFromNothing,
    /// More items than there are, without replacement.
    SampleTooLarge,
    /// The probabilities do not sum to 1.
    ProbabilitiesSum,
    /// A probability is negative or not a number.
    ProbabilityNegative,
    /// There are not as many probabilities as items.
    ProbabilitiesLength,
    /// More items than have a probability above zero, without replacement.
    TooFewNonZero,
    /// A probability is below 0, above 1 or not a number.
    NoProbability,
}

impl fmt::Display for RandomError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SeedOutOfRange => "Seed must be between 0 and 2**32 - 1",
            Self::EmptyRange => "low >= high",
            Self::ChooseFromNothing => "a must be greater than 0 unless no samples are taken",
            Self::SampleTooLarge => "Cannot take a larger sample than population when 'replace=False'",
            Self::ProbabilitiesSum => "probabilities do not sum to 1",
            Self::ProbabilityNegative => "probabilities are not non-negative",
            Self::ProbabilitiesLength => "'a' and 'p' must have same size",
            Self::TooFewNonZero => "Fewer non-zero entries in p than size",
            Self::NoProbability => "p < 0, p > 1 or p is NaN",
        })
    }
}

impl std::error::Error for RandomError {}

impl RandomState {
    /// The stream of `numpy.random.RandomState(seed)`.
    pub fn new(seed: u32) -> Self {
        Self { words: Mt19937::new(seed), gauss: None }
    }

    /// The next 32-bit word.
    pub fn word(&mut self) -> u32 {
        self.words.next_word()
    }

    /// The next 64-bit word: the first 32-bit word is the upper half.
    pub fn word64(&mut self) -> u64 {
        let upper = u64::from(self.word());
        (upper << 32) | u64::from(self.word())
    }
}

impl TryFrom<i64> for RandomState {
    type Error = RandomError;

    fn try_from(seed: i64) -> Result<Self, RandomError> {
        u32::try_from(seed).map(Self::new).map_err(|_| RandomError::SeedOutOfRange)
    }
}

impl TryRng for RandomState {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.word())
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.word64())
    }

    fn try_fill_bytes(&mut self, dst: &mut [u8]) -> Result<(), Infallible> {
        for chunk in dst.chunks_mut(4) {
            let bytes = self.word().to_le_bytes();
            chunk.copy_from_slice(&bytes[..chunk.len()]);
        }
        Ok(())
    }
}

impl SeedableRng for RandomState {
    type Seed = [u8; 4];

    fn from_seed(seed: [u8; 4]) -> Self {
        Self::new(u32::from_le_bytes(seed))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::RngExt;
    use rand::seq::SliceRandom;

    #[test]
    fn seeds_outside_32_bits_are_refused_in_numpys_words() {
        for seed in [-1, 1 << 32, i64::MIN, i64::MAX] {
            let error = RandomState::try_from(seed).unwrap_err();
            assert_eq!(error.to_string(), "Seed must be between 0 and 2**32 - 1");
        }
        assert_eq!(RandomState::try_from(4294967295), Ok(RandomState::new(u32::MAX)));
    }

    #[test]
    fn the_rand_crate_draws_from_it() {
        let mut random = RandomState::new(3);
        let mut deck: Vec<u32> = (0..52).collect();
        deck.shuffle(&mut random);
        assert_ne!(deck, (0..52).collect::<Vec<u32>>());
        deck.sort_unstable();
        assert_eq!(deck, (0..52).collect::<Vec<u32>>());

        let mean = (0..10_000).map(|_| random.random_range(0.0..1.0)).sum::<f64>() / 10_000.0;
        assert!((mean - 0.5).abs() < 0.02, "{mean}");
    }

    #[test]
    fn rands_words_are_numpys_words() {
        let mut ours = RandomState::new(42);
        let mut rands = RandomState::seed_from_u64(0);
        assert_ne!(rands.random::<u32>(), ours.word());
        rands = RandomState::from_seed(42u32.to_le_bytes());
        assert_eq!(rands.random::<u32>(), 1608637542);
        let mut bytes = [0; 6];
        rands.fill(&mut bytes);
        assert_eq!(bytes[..4], 3421126067u32.to_le_bytes());
        assert_eq!(bytes[4..], 4083286876u32.to_le_bytes()[..2]);
    }
}
