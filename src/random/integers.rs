//! Integer draws: masked rejection, shuffles, permutations, choices.

use super::{RandomError, RandomState};

/// How far the sum of probabilities may be from 1, as NumPy has it: the root of the machine epsilon.
const PROBABILITY_SUM_TOLERANCE: f64 = 1.4901161193847656e-8;

impl RandomState {
    /// `randint(low, high)`: an integer of `low..high`. The range must not be empty; see [`Self::try_randint`] for
    /// bounds that nobody checked.
    pub fn randint(&mut self, low: i64, high: i64) -> i64 {
        debug_assert!(low < high, "low >= high");
        let range = high.wrapping_sub(1).wrapping_sub(low) as u64;
        low.wrapping_add(self.interval(range) as i64)
    }

    /// [`Self::randint`] that refuses an empty range.
    pub fn try_randint(&mut self, low: i64, high: i64) -> Result<i64, RandomError> {
        if low >= high { Err(RandomError::EmptyRange) } else { Ok(self.randint(low, high)) }
    }

    /// `randint(low, high, size)`.
    pub fn randint_many(&mut self, low: i64, high: i64, size: usize) -> Vec<i64> {
        (0..size).map(|_| self.randint(low, high)).collect()
    }

    /// An integer of `0..=max`: words are masked to the bits of `max` and drawn again until one is not above it.
    /// `max = 0` draws nothing. Above 32 bits a try takes two words.
    pub fn interval(&mut self, max: u64) -> u64 {
        if max == 0 {
            return 0;
        }
        let mask = u64::MAX >> max.leading_zeros();
        loop {
            let word = if max <= u64::from(u32::MAX) { u64::from(self.word()) } else { self.word64() };
            if word & mask <= max {
                return word & mask;
            }
        }
    }

    /// `shuffle`: Fisher-Yates from the end.
    #[inline(never)]
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            let j = self.interval(i as u64) as usize;
            items.swap(i, j);
        }
    }

    /// `permutation(n)`: the shuffled indices `0..n`.
    #[inline(never)]
    pub fn permutation(&mut self, n: usize) -> Vec<usize> {
        let mut indices: Vec<usize> = (0..n).collect();
        self.shuffle(&mut indices);
        indices
    }

    /// `choice(n, size, replace)`: indices of `0..n`. Without replacement the whole permutation is drawn, however few
    /// are wanted.
    pub fn choice(&mut self, n: usize, size: usize, replace: bool) -> Result<Vec<usize>, RandomError> {
        if n == 0 && size > 0 {
            return Err(RandomError::ChooseFromNothing);
        }
        if replace {
            return Ok((0..size).map(|_| self.interval(n as u64 - 1) as usize).collect());
        }
        if size > n {
            return Err(RandomError::SampleTooLarge);
        }
        let mut indices = self.permutation(n);
        indices.truncate(size);
        Ok(indices)
    }

    /// `choice(n, size, replace, p)` where `p` holds one probability per index.
    pub fn choice_p(&mut self, n: usize, size: usize, replace: bool, p: &[f64]) -> Result<Vec<usize>, RandomError> {
        if n == 0 && size > 0 {
            return Err(RandomError::ChooseFromNothing);
        }
        if p.len() != n {
            return Err(RandomError::ProbabilitiesLength);
        }
        if !p.iter().all(|&p| p >= 0.0) {
            return Err(RandomError::ProbabilityNegative);
        }
        if (p.iter().sum::<f64>() - 1.0).abs() > PROBABILITY_SUM_TOLERANCE {
            return Err(RandomError::ProbabilitiesSum);
        }
        if replace {
            let cdf = cumulated(p);
            return Ok((0..size).map(|_| self.index_by(&cdf)).collect());
        }
        if size > n {
            return Err(RandomError::SampleTooLarge);
        }
        if size > p.iter().filter(|&&p| p > 0.0).count() {
            return Err(RandomError::TooFewNonZero);
        }
        let mut p = p.to_vec();
        let mut found: Vec<usize> = Vec::with_capacity(size);
        while found.len() < size {
            // the doubles are drawn first, then those already found lose their probability
            let doubles: Vec<f64> = (found.len()..size).map(|_| self.random_sample()).collect();
            found.iter().for_each(|&i| p[i] = 0.0);
            let cdf = cumulated(&p);
            for u in doubles {
                let index = cdf.partition_point(|&c| c <= u);
                if !found.contains(&index) {
                    found.push(index);
                }
            }
        }
        Ok(found)
    }

    fn index_by(&mut self, cdf: &[f64]) -> usize {
        let u = self.random_sample();
        cdf.partition_point(|&c| c <= u)
    }
}

fn cumulated(p: &[f64]) -> Vec<f64> {
    let mut sum = 0.0;
    let mut cdf: Vec<f64> = p
        .iter()
        .map(|&p| {
            sum += p;
            sum
        })
        .collect();
    // divided by the sum even when it is nearly 1, so that the last entry is exactly 1 and above every double
    cdf.iter_mut().for_each(|c| *c /= sum);
    cdf
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_that_cannot_be_made_says_so() {
        let mut random = RandomState::new(0);
        assert_eq!(random.choice(5, 6, false), Err(RandomError::SampleTooLarge));
        assert_eq!(random.choice(0, 1, true), Err(RandomError::ChooseFromNothing));
        assert_eq!(random.choice(0, 0, true), Ok(vec![]));
        assert_eq!(random.choice_p(3, 1, true, &[0.2, 0.2, 0.2]), Err(RandomError::ProbabilitiesSum));
        assert_eq!(random.choice_p(2, 1, true, &[1.5, -0.5]), Err(RandomError::ProbabilityNegative));
        assert_eq!(random.choice_p(2, 1, true, &[f64::NAN, 1.0]), Err(RandomError::ProbabilityNegative));
        assert_eq!(random.choice_p(2, 1, true, &[1.0]), Err(RandomError::ProbabilitiesLength));
        assert_eq!(random.choice_p(3, 2, false, &[1.0, 0.0, 0.0]), Err(RandomError::TooFewNonZero));
        assert_eq!(random, RandomState::new(0), "a refused draw must not advance the stream");
    }

    #[test]
    fn the_widest_ranges_do_not_overflow() {
        let mut random = RandomState::new(1);
        let drawn = random.randint_many(i64::MIN, i64::MAX, 50);
        assert!(drawn.iter().any(|&v| v < 0) && drawn.iter().any(|&v| v > 0));
        assert_eq!(random.try_randint(5, 5), Err(RandomError::EmptyRange));
    }

    #[test]
    fn a_single_value_draws_nothing() {
        let mut random = RandomState::new(9);
        assert_eq!(random.randint(7, 8), 7);
        assert_eq!(random.permutation(1), [0]);
        assert_eq!(random, RandomState::new(9));
    }
}
