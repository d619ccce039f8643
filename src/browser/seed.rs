//! A new seed from the browser's randomness: the only randomness that does not come from the seed.

/// A seed between 0 and 9999: short enough to be read aloud in a classroom.
pub fn roll() -> Option<u32> {
    Some(getrandom::u32().ok()? % 10_000)
}
