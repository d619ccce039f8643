//! How a sheet is written: what separates its cells, and whether its first row holds names.

use std::borrow::Cow;

use ::csv::{ReaderBuilder, StringRecord, Trim};

use super::number::{Number, is_missing, read_number};

/// What separates cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delimiter {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// A tabulator.
    Tab,
    /// `|`
    Pipe,
    /// Any number of spaces.
    Space,
}

impl Delimiter {
    /// All, the likelier first.
    pub const ALL: [Delimiter; 5] =
        [Delimiter::Comma, Delimiter::Semicolon, Delimiter::Tab, Delimiter::Pipe, Delimiter::Space];

    /// The character.
    pub fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Pipe => b'|',
            Self::Space => b' ',
        }
    }
}

/// Rows that are looked at to find the delimiter.
const LOOK: usize = 50;

/// The delimiter that makes the most rows equally wide, and the most cells numbers; `None` when all make one column.
///
/// Equal widths alone are not enough: `1,5;2,5;a` has three cells in every row by either reading, but only the
/// semicolon leaves numbers.
pub(super) fn delimiter(text: &str) -> Option<Delimiter> {
    let mut best = (0.0, None);
    for delimiter in Delimiter::ALL {
        let text = prepared(head(text), delimiter);
        let mut reader = ReaderBuilder::new()
            .delimiter(delimiter.byte())
            .has_headers(false)
            .flexible(true)
            .trim(Trim::All)
            .from_reader(text.as_bytes());
        let rows: Vec<StringRecord> = reader.records().filter_map(Result::ok).take(LOOK).collect();
        let widest = rows.iter().map(StringRecord::len).max().unwrap_or(0);
        let usual = (2..=widest).max_by_key(|&width| rows.iter().filter(|row| row.len() == width).count());
        let Some(usual) = usual else { continue };
        let of_usual_width: Vec<&StringRecord> = rows.iter().filter(|row| row.len() == usual).collect();
        let numbers = of_usual_width.iter().flat_map(|row| row.iter());
        let numbers = numbers.filter(|cell| matches!(read_number(cell, delimiter), Number::Finite(_))).count();
        let share = of_usual_width.len() as f64 / rows.len() as f64;
        let score = share * (numbers as f64 / rows.len() as f64 + 0.1 * usual as f64);
        if score > best.0 {
            best = (score, Some(delimiter));
        }
    }
    best.1
}

/// Names, not values: no cell of the first row is a number, and a column below it is.
pub(super) fn is_header(rows: &[StringRecord], delimiter: Delimiter) -> bool {
    let Some((first, rest)) = rows.split_first() else { return false };
    let number = |cell: &str| matches!(read_number(cell, delimiter), Number::Finite(_));
    let below = |index: usize| {
        let cells = rest.iter().take(LOOK).filter_map(|row| row.get(index)).filter(|cell| !is_missing(cell));
        let (mut numbers, mut others) = (0, 0);
        cells.for_each(|cell| *if number(cell) { &mut numbers } else { &mut others } += 1);
        numbers > others
    };
    !first.iter().any(number) && (rest.is_empty() || (0..first.len()).any(below))
}

/// With spaces between cells, any number of them is one delimiter, and those at the edges are none. Spaces within
/// quotes stay.
pub(super) fn prepared(text: &str, delimiter: Delimiter) -> Cow<'_, str> {
    if delimiter != Delimiter::Space {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut quoted = false;
    for c in text.chars() {
        quoted ^= c == '"';
        let blank = !quoted && (c == ' ' || c == '\t');
        if blank && (out.is_empty() || out.ends_with([' ', '\n'])) {
            continue;
        }
        if c == '\n' && !quoted && out.ends_with(' ') {
            out.pop();
        }
        out.push(if blank { ' ' } else { c });
    }
    out.truncate(out.trim_end_matches(' ').len());
    out.into()
}

/// The first lines.
fn head(text: &str) -> &str {
    let end = text.match_indices('\n').nth(2 * LOOK).map_or(text.len(), |(at, _)| at);
    &text[..end]
}
