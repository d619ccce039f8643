//! Sums of many numbers of which a few change at a time: sums of stretches, sums of stretches of these, and so on.
//!
//! They say where a running sum reaches a number without adding up all that lies before it, unless rounding could
//! decide.

/// Numbers under one sum.
const STRETCH: usize = 32;

/// Takes the place of a sum that is to be added up anew: sums of squares are never negative.
const STALE: f64 = -1.0;

/// Sums correct up to rounding, of numbers that are not negative.
#[derive(Debug)]
pub(super) struct SumTree {
    /// Every level sums up the one before it, the first the numbers themselves. The last is one sum.
    levels: Vec<Vec<f64>>,
}

impl SumTree {
    pub(super) fn of(values: &[f64]) -> Self {
        let sums_of = |below: &[f64]| below.chunks(STRETCH).map(|stretch| stretch.iter().sum()).collect::<Vec<f64>>();
        let mut levels = vec![sums_of(values)];
        while let Some(below) = levels.last().filter(|sums| sums.len() > 1) {
            levels.push(sums_of(below));
        }
        Self { levels }
    }

    /// Adds up anew what lies over the values at `changed`.
    #[inline(never)]
    pub(super) fn renew(&mut self, values: &[f64], mut changed: Vec<u32>) {
        let mut below = values;
        for sums in &mut self.levels {
            for at in &mut changed {
                *at /= STRETCH as u32;
                sums[*at as usize] = STALE;
            }
            changed.retain(|&at| {
                let at = at as usize;
                let is_stale = sums[at] == STALE;
                if is_stale {
                    sums[at] = below[at * STRETCH..].iter().take(STRETCH).sum();
                }
                is_stale
            });
            below = sums;
        }
    }

    pub(super) fn total(&self) -> f64 {
        self.levels.last().map_or(0.0, |sums| sums.iter().sum())
    }

    /// The first of `values` at which their running sum reaches `wanted`; `None` when rounding could decide.
    pub(super) fn reach(&self, values: &[f64], wanted: f64) -> Option<u32> {
        let (mut at, mut before) = (0, 0.0);
        for level in self.levels.iter().rev().skip(1).map(Vec::as_slice).chain([values]) {
            let stretch = level[at * STRETCH..].iter().take(STRETCH);
            let inside = stretch.into_iter().position(|sum| {
                let is_reached = wanted <= before + sum;
                before += if is_reached { 0.0 } else { *sum };
                is_reached
            })?;
            at = at * STRETCH + inside;
        }
        // twice what any order of adding so many numbers can be off by
        let doubt = self.total() * f64::EPSILON * 2.0 * (values.len() + STRETCH) as f64;
        (before + doubt < wanted && wanted + doubt < before + values[at]).then_some(at as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_that_reaches_a_sum_is_found_also_after_changes() {
        for n in [1, 31, 32, 33, 1024, 1025, 5000] {
            let mut values: Vec<f64> = (0..n).map(|i| f64::from(i * 7 % 11)).collect();
            let mut sums = SumTree::of(&values);
            let changed: Vec<u32> = (0..n as u32).filter(|i| i % 13 == 5).collect();
            changed.iter().for_each(|&i| values[i as usize] = 20.0);
            sums.renew(&values, changed);
            assert_eq!(sums.total(), values.iter().sum::<f64>());
            let mut running = 0.0;
            for (at, value) in values.iter().enumerate() {
                let found = sums.reach(&values, running + value / 2.0);
                assert_eq!(found, (*value > 0.0).then_some(at as u32), "{n} values");
                assert_eq!(sums.reach(&values, running), None, "on the border of two values");
                running += value;
            }
        }
    }
}
