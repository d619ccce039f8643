//! MT19937: 624 words of state, twisted all at once, tempered on the way out.
//!
//! M. Matsumoto, T. Nishimura: Mersenne Twister: a 623-dimensionally equidistributed uniform pseudo-random number
//! generator. ACM TOMACS 8 (1998) 3-30. The seeding is that of the authors' revision of 2002, which NumPy's
//! `RandomState(int)` uses.

const N: usize = 624;
const M: usize = 397;
const MATRIX: u32 = 0x9908_B0DF;
const UPPER: u32 = 0x8000_0000;

/// The generator of 32-bit words.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Mt19937 {
    key: Box<[u32; N]>,
    position: usize,
}

impl Mt19937 {
    pub(super) fn new(seed: u32) -> Self {
        let mut key = Box::new([0; N]);
        let mut last = seed;
        for (i, word) in key.iter_mut().enumerate() {
            if i > 0 {
                last = 1_812_433_253u32.wrapping_mul(last ^ (last >> 30)).wrapping_add(i as u32);
            }
            *word = last;
        }
        // a full position twists before the first word is handed out
        Self { key, position: N }
    }

    pub(super) fn next_word(&mut self) -> u32 {
        if self.position == N {
            self.twist();
        }
        let mut word = self.key[self.position];
        self.position += 1;
        word ^= word >> 11;
        word ^= (word << 7) & 0x9D2C_5680;
        word ^= (word << 15) & 0xEFC6_0000;
        word ^ (word >> 18)
    }

    fn twist(&mut self) {
        for i in 0..N {
            let joined = (self.key[i] & UPPER) | (self.key[(i + 1) % N] & !UPPER);
            let odd = if joined & 1 == 1 { MATRIX } else { 0 };
            self.key[i] = self.key[(i + M) % N] ^ (joined >> 1) ^ odd;
        }
        self.position = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_before_and_after_the_second_twist_are_numpys() {
        let mut words = Mt19937::new(0);
        let drawn: Vec<u32> = (0..625).map(|_| words.next_word()).collect();
        assert_eq!(drawn[..4], [2357136044, 2546248239, 3071714933, 3626093760]);
        assert_eq!(drawn[624], 341544762);
    }
}
