//! What cannot be made, and what to change.

use std::fmt;

use super::sklearn::GeneratorError;

/// Why there are no data. Every message says what to change.
#[derive(Clone, Debug, PartialEq)]
pub enum DataError {
    /// A number outside its range.
    OutOfRange {
        /// What it is called on screen.
        what: &'static str,
        /// What it is.
        got: f64,
        /// Least allowed value.
        min: f64,
        /// Greatest allowed value.
        max: f64,
    },
    /// A drawn point that is not finite.
    AddedNotFinite {
        /// Its position among the drawn points, from 1.
        position: usize,
    },
    /// A drawn point of a class that does not exist.
    AddedClass {
        /// Its position among the drawn points, from 1.
        position: usize,
    },
    /// A table with unequally many points and classes.
    TableLengths {
        /// Points.
        points: usize,
        /// Classes.
        classes: usize,
    },
    /// A row of the table that is not finite or of a class that does not exist.
    TableRow {
        /// The row, from 1.
        row: usize,
    },
    /// More rows than the lab takes.
    TooManyRows {
        /// How many there are.
        rows: usize,
    },
    /// Own rows, drawn or of a table, of which some class has less than two.
    TooFewOwn {
        /// Rows of the majority.
        majority: usize,
        /// Rows of the minority.
        minority: usize,
    },
    /// Measured rows that lie in a file of their own, which nobody has fetched; not reachable on the page, where the
    /// worker fetches it first.
    NotAtHand {
        /// The file.
        file: &'static str,
    },
    /// A generator refused; not reachable with values within their ranges.
    Generator(GeneratorError),
}

impl fmt::Display for DataError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfRange { what, got, min, max } => {
                write!(f, "{what} is {got}; choose a value from {min} to {max}.")
            }
            Self::AddedNotFinite { position } => {
                write!(f, "Drawn point {position} is not a finite number; erase it.")
            }
            Self::AddedClass { position } => {
                write!(f, "Drawn point {position} is neither of class 0 nor of class 1; give it one of these.")
            }
            Self::TableLengths { points, classes } => {
                write!(f, "The table has {points} points but {classes} classes; give every point one class.")
            }
            Self::TableRow { row } => {
                write!(f, "Row {row} of the table needs two finite numbers and the class 0 or 1; correct or remove it.")
            }
            Self::TooManyRows { rows } => {
                write!(f, "There are {rows} rows; the lab takes up to {}, so remove some.", super::MAX_ROWS)
            }
            Self::TooFewOwn { majority, minority } => write!(
                f,
                "Own data need at least two points of each class, and so far there are {majority} of the majority and \
                 {minority} of the minority: draw or paste more."
            ),
            Self::NotAtHand { file } => write!(f, "{file} has not been loaded; load the page again."),
            Self::Generator(error) => write!(f, "The generator refused: {error}"),
        }
    }
}

impl std::error::Error for DataError {}

impl From<GeneratorError> for DataError {
    fn from(error: GeneratorError) -> Self {
        Self::Generator(error)
    }
}
