//! How large a chain may become.
//!
//! A link of a few letters can ask for more than any memory: a count of a billion rows, two hundred hidden columns for
//! each of them, a thousand neighbours of every row. What is asked for is compared with these limits before anything is
//! set aside for it, so that such a chain is refused at once and in words. They lie an order of magnitude above what the
//! largest data of the lab need with the default settings, and below what a browser gives to one worker.
//!
//! Counted is all that a chain holds: rows that a later sampler takes away again stay in its pool, and so do the
//! neighbours that each step was decided by, for the player shows them.

use super::strategy::Targets;
use super::{Chain, Family, Fault, Sampler, SamplingKind};

/// Training rows and rows made since, all samplers of a chain together.
pub const ROWS_AT_MOST: usize = 1_000_000;

/// Numbers in those rows: two coordinates, the hidden columns, and of a row that was made two that say how.
pub const NUMBERS_AT_MOST: usize = 50_000_000;

/// Neighbours that the samplers of a chain remember for their steps, and neighbours that a single search may find.
pub const NEIGHBORS_AT_MOST: usize = 50_000_000;

/// What a row that was made remembers of it: a gap, or the share of a mixture and of its label.
const NUMBERS_OF_ORIGIN: usize = 2;

/// Refuses rows that would be too many, or too wide together.
pub(super) fn check_rows(chain: &Chain, sampler: &Sampler, targets: &Targets) -> Result<(), Fault> {
    let made = rows_made(sampler, targets);
    let rows = chain.pool_x.len().saturating_add(made);
    if made > 0 && rows > ROWS_AT_MOST {
        return Err(Fault::TooManyRows { asked: rows });
    }
    let columns = 2 + chain.pool_hidden.width();
    let made_before = chain.pool_x.len() - chain.n_train();
    let numbers = rows.saturating_mul(columns).saturating_add((made_before + made) * NUMBERS_OF_ORIGIN);
    if made > 0 && numbers > NUMBERS_AT_MOST {
        return Err(Fault::TooManyNumbers { rows, columns });
    }
    Ok(())
}

/// Rows that a sampler makes for its targets, at most; methods that round make a few more or less.
fn rows_made(sampler: &Sampler, targets: &Targets) -> usize {
    let repeats = sampler.method().parameters.iter().any(|p| p.name == "replacement" && sampler.flag(p));
    match sampler.kind() {
        SamplingKind::Under if sampler.method().family != Family::UnderGenerate && !repeats => 0,
        SamplingKind::Clean => 0,
        _ => targets.iter().fold(0, |sum: usize, &(_, rows)| sum.saturating_add(rows)),
    }
}

/// Refuses `k` neighbours for each of `rows` rows, called `parameter`, beside `remembered` ones.
pub(super) fn check_neighbors(
    remembered: usize,
    rows: usize,
    (parameter, neighbors): (&'static str, usize),
) -> Result<(), Fault> {
    if rows.saturating_mul(neighbors).saturating_add(remembered) > NEIGHBORS_AT_MOST {
        return Err(Fault::TooManyNeighbors { parameter, neighbors, rows, remembered });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_may_be_reached_and_not_passed() {
        assert_eq!(check_neighbors(0, 50_000, ("k", 1000)), Ok(()));
        assert_eq!(check_neighbors(49_999_000, 1, ("k", 1000)), Ok(()));
        assert!(check_neighbors(49_999_001, 1, ("k", 1000)).is_err());
        assert!(check_neighbors(0, usize::MAX, ("k", 2)).is_err());
    }

    #[test]
    fn the_message_says_how_many_neighbours_would_do() {
        let told = |remembered, rows| check_neighbors(remembered, rows, ("k", 1000)).unwrap_err().to_string();
        assert_eq!(
            told(0, 90_000),
            "1000 neighbours (k) of each of 90000 rows are too many: the lab holds 50000000 at most; lower k to 555 or \
             use fewer rows"
        );
        assert_eq!(check_neighbors(0, 90_000, ("k", 555)), Ok(()));
        assert!(check_neighbors(0, 90_000, ("k", 556)).is_err());
        assert!(
            told(49_999_999, 2)
                .ends_with("at most, and 49999999 are taken by what was done before; use fewer rows or fewer samplers")
        );
    }
}
