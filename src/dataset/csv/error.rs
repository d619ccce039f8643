//! What is wrong with a sheet, where, and what to do.

use std::fmt;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CsvError {
    /// There is nothing in it.
    Empty,
    /// Names, but nothing below them.
    NoRows,
    /// No delimiter makes two columns of it.
    OneColumn,
    /// Fewer than two columns of numbers.
    NoAxes {
        /// How many there are.
        numeric: usize,
    },
    /// No column beside two of numbers has two labels, or all such columns have too many.
    NoLabels,
    /// More rows than the lab takes.
    TooManyRows,
    /// A quoted cell that never ends.
    UnclosedQuote {
        /// The line it begins on.
        line: u64,
    },
    /// A column that does not exist was chosen.
    NoSuchColumn {
        /// Its position, from 0.
        index: usize,
    },
    /// One column was chosen twice.
    SameColumn,
    /// The minority label does not occur.
    NoSuchLabel {
        /// The label.
        label: String,
        /// The column.
        column: String,
    },
    /// All rows have the same label.
    OneClass {
        /// The label.
        label: String,
        /// The column.
        column: String,
    },
    /// A row with another number of cells than the first.
    Ragged {
        /// The line of the first such row.
        line: u64,
        /// Its cells.
        got: usize,
        /// Cells of the first row.
        expected: usize,
        /// How many more rows are like it.
        more: usize,
    },
    /// A cell that cannot be used.
    Cell {
        /// What is wrong with it.
        problem: CellProblem,
        /// The line of the first such cell.
        line: u64,
        /// The name of its column.
        column: String,
        /// What it holds.
        text: String,
        /// How many more cells are like it.
        more: usize,
    },
}

/// What can be wrong with a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellProblem {
    /// There is no number in it.
    Missing,
    /// There is something else in it.
    NotANumber,
    /// The number is infinite.
    NotFinite,
    /// There is no label in it.
    MissingLabel,
}

/// Everything that is wrong: the first of each kind, with how many more there are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CsvErrors(pub Vec<CsvError>);

impl CsvErrors {
    /// Takes note of an error: as it is when it is the first of its kind, else as one more.
    pub(super) fn add(&mut self, error: CsvError) {
        for known in &mut self.0 {
            match (known, &error) {
                (CsvError::Ragged { more, .. }, CsvError::Ragged { .. }) => return *more += 1,
                (CsvError::Cell { problem, more, .. }, CsvError::Cell { problem: other, .. }) if problem == other => {
                    return *more += 1;
                }
                _ => {}
            }
        }
        self.0.push(error);
    }
}

impl From<CsvError> for CsvErrors {
    fn from(error: CsvError) -> Self {
        CsvErrors(vec![error])
    }
}

impl fmt::Display for CsvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("There is nothing in it; paste rows of two numbers and a label."),
            Self::NoRows => f.write_str("There are column names but no rows below them; add rows."),
            Self::OneColumn => f.write_str(
                "There is only one column; separate two numbers and a label by comma, semicolon, tab, | or space.",
            ),
            Self::NoAxes { numeric } => {
                let columns = match numeric {
                    0 => "no column of numbers",
                    _ => "only one column of numbers",
                };
                write!(f, "There is {columns}; the plane needs two, so add one.")
            }
            Self::NoLabels => write!(
                f,
                "Beside two columns of numbers, none has from two to {} different labels; two classes are needed, so \
                 add or correct one.",
                super::MAX_LABELS
            ),
            Self::TooManyRows => {
                write!(f, "There are more than {} rows, which is all the lab takes; remove some.", super::MAX_ROWS)
            }
            Self::UnclosedQuote { line } => {
                write!(f, "Line {line}: a quoted cell begins here but never ends; add the closing quote.")
            }
            Self::NoSuchColumn { index } => write!(f, "There is no column {}; choose another.", index + 1),
            Self::SameColumn => f.write_str("Two of the three columns are the same; choose three different ones."),
            Self::NoSuchLabel { label, column } => write!(
                f,
                "No row has the label \u{201c}{}\u{201d} in column \u{201c}{}\u{201d}; choose one that occurs.",
                short(label),
                short(column)
            ),
            Self::OneClass { label, column } => write!(
                f,
                "Every row has the label \u{201c}{}\u{201d} in column \u{201c}{}\u{201d}; two classes are needed, so \
                 choose another column or add rows.",
                short(label),
                short(column)
            ),
            Self::Ragged { line, got, expected, more } => {
                write!(f, "Line {line} has {} instead of {expected}; complete it or remove it", cells(*got))?;
                and_more(f, *more)
            }
            Self::Cell { problem, line, column, text, more } => {
                write!(f, "Line {line}, column \u{201c}{}\u{201d}: ", short(column))?;
                let text = short(text);
                match problem {
                    CellProblem::Missing if text.is_empty() => {
                        f.write_str("the number is missing; fill it in or remove the row")
                    }
                    CellProblem::Missing => {
                        write!(f, "\u{201c}{text}\u{201d} stands for a missing number; fill it in or remove the row")
                    }
                    CellProblem::NotANumber => {
                        write!(f, "\u{201c}{text}\u{201d} is not a number; correct it or remove the row")
                    }
                    CellProblem::NotFinite => {
                        write!(f, "\u{201c}{text}\u{201d} is not a finite number; correct it or remove the row")
                    }
                    CellProblem::MissingLabel => f.write_str("the label is missing; fill it in or remove the row"),
                }?;
                and_more(f, *more)
            }
        }
    }
}

impl fmt::Display for CsvErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(CsvError::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

impl std::error::Error for CsvError {}

impl std::error::Error for CsvErrors {}

fn and_more(f: &mut fmt::Formatter<'_>, more: usize) -> fmt::Result {
    match more {
        0 => f.write_str("."),
        _ => write!(f, " (and {more} more like it)."),
    }
}

fn cells(n: usize) -> String {
    if n == 1 { "1 cell".to_owned() } else { format!("{n} cells") }
}

/// Enough of a text to recognise it.
fn short(text: &str) -> String {
    const ENOUGH: usize = 40;
    if text.chars().count() <= ENOUGH {
        return text.to_owned();
    }
    text.chars().take(ENOUGH).chain(['\u{2026}']).collect()
}
