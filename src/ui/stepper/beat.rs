//! The time of a play: how long a beat is and where the play stands after some time.
//!
//! A position follows from the time that has passed, not from a count of ticks, so that a slow machine skips steps
//! instead of falling behind, and a trace of thousands of steps lasts no longer than one of forty.

/// A beat at normal speed, milliseconds: long enough to see what happens in it.
const BEAT_MILLIS: f64 = 750.0;

/// No play lasts longer at normal speed, milliseconds.
const LONGEST_MILLIS: f64 = 30_000.0;

/// How fast to play.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Speed {
    /// Half as fast.
    Slow,
    /// A beat of 750 ms, less when there are many steps.
    #[default]
    Normal,
    /// Three times as fast.
    Fast,
}

impl Speed {
    /// The three, slowest first.
    pub const ALL: [Speed; 3] = [Speed::Slow, Speed::Normal, Speed::Fast];

    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Speed::Slow => "Slow",
            Speed::Normal => "Normal",
            Speed::Fast => "Fast",
        }
    }

    fn factor(self) -> f64 {
        match self {
            Speed::Slow => 0.5,
            Speed::Normal => 1.0,
            Speed::Fast => 3.0,
        }
    }
}

/// Milliseconds per step of a trace of `total` steps.
pub fn beat_millis(total: u32, speed: Speed) -> f64 {
    BEAT_MILLIS.min(LONGEST_MILLIS / f64::from(total.max(1))) / speed.factor()
}

/// The position of a play that began at `start` and has lasted `elapsed_millis`; `None` once it is over.
pub fn position(start: u32, total: u32, elapsed_millis: f64, speed: Speed) -> Option<u32> {
    // `as` saturates: a clock that ran backwards leaves the play where it began.
    let played = (elapsed_millis / beat_millis(total, speed)) as u32;
    Some(start.saturating_add(played)).filter(|&position| position < total)
}

/// The same going by phase: `stops` are the ends of the phases, in order, the last of them the end of all.
///
/// A phase has two beats, because there is more to see after it.
pub fn position_by_phase(start: u32, stops: &[u32], elapsed_millis: f64, speed: Speed) -> Option<u32> {
    let played = (elapsed_millis / (2.0 * beat_millis(2 * stops.len() as u32, speed))) as usize;
    let total = stops.last().copied().unwrap_or(0);
    let mut ahead = std::iter::once(start).chain(stops.iter().copied().filter(|&stop| stop > start));
    ahead.nth(played).filter(|&position| position < total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_phase_a_play_rests_where_phases_end_and_no_longer_than_half_a_minute() {
        let at = |start, beats: f64| position_by_phase(start, &[4, 9, 20], beats * 1_500.0 + 1.0, Speed::Normal);
        assert_eq!([at(0, 0.0), at(0, 1.0), at(0, 2.0), at(0, 3.0)], [Some(0), Some(4), Some(9), None]);
        assert_eq!([at(6, 0.0), at(6, 1.0), at(6, 2.0)], [Some(6), Some(9), None], "from within a phase");
        assert_eq!(position_by_phase(0, &[], 5.0, Speed::Normal), None);
        let many: Vec<u32> = (1..=1_000).collect();
        assert_eq!(position_by_phase(0, &many, 15_000.5, Speed::Normal), Some(500));
    }

    #[test]
    fn few_steps_take_a_beat_each_and_many_share_half_a_minute() {
        assert_eq!(beat_millis(12, Speed::Normal), 750.0);
        for total in [41, 392, 20_000] {
            assert!((beat_millis(total, Speed::Normal) * f64::from(total) - 30_000.0).abs() < 1e-6, "{total}");
        }
        assert_eq!(beat_millis(0, Speed::Normal), 750.0);
    }

    #[test]
    fn slow_is_half_and_fast_is_three_times_as_fast() {
        assert_eq!(beat_millis(10, Speed::Slow), 1_500.0);
        assert_eq!(beat_millis(10, Speed::Fast), 250.0);
    }

    #[test]
    fn a_play_skips_what_the_clock_has_passed_and_ends_at_the_end() {
        assert_eq!(position(3, 10, 749.0, Speed::Normal), Some(3));
        assert_eq!(position(3, 10, 2_300.0, Speed::Normal), Some(6));
        assert_eq!(position(3, 10, 7.0 * 750.0, Speed::Normal), None);
        assert_eq!(position(0, 60_000, 15_000.0, Speed::Normal), Some(30_000));
        assert_eq!(position(5, 10, -80.0, Speed::Normal), Some(5));
    }
}
