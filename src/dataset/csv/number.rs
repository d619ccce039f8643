//! Numbers as people write them: with a decimal comma, too, where the comma does not separate cells.

use super::Delimiter;

/// What a cell that should hold a number holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Number {
    Finite(f64),
    Missing,
    NotFinite,
    Other,
}

/// Nothing, or one of the usual marks for nothing in a column of numbers. "nan" is one: that is how pandas writes a gap.
pub(super) fn is_missing(cell: &str) -> bool {
    const MARKS: [&str; 7] = ["", "?", "na", "n/a", "nan", "null", "none"];
    MARKS.iter().any(|mark| cell.trim().eq_ignore_ascii_case(mark))
}

pub(super) fn read_number(cell: &str, delimiter: Delimiter) -> Number {
    let cell = cell.trim();
    if is_missing(cell) {
        return Number::Missing;
    }
    let decimal_comma = delimiter != Delimiter::Comma && cell.matches(',').count() == 1 && !cell.contains('.');
    let parsed = if decimal_comma { cell.replace(',', ".").parse::<f64>() } else { cell.parse::<f64>() };
    match parsed {
        Ok(number) if number.is_finite() => Number::Finite(number),
        Ok(_) => Number::NotFinite,
        Err(_) => Number::Other,
    }
}
