//! Import of tables: any two numeric columns, any label column.
//!
//! In two stages, so that a page can let the learner choose in between. [`CsvSheet::read`] finds out delimiter, header,
//! which columns are numbers and which could be labels, and suggests a choice; [`CsvSheet::table`] makes the
//! [`Table`] or lists what is wrong, the first of each kind with its line and column.
//!
//! ```
//! use imbalance_lab::dataset::CsvSheet;
//! let sheet = CsvSheet::read("age;dose;ill\n41;0,5;no\n38;0,7;no\n52;2,1;yes\n").unwrap();
//! let choice = sheet.suggest().unwrap();
//! let table = sheet.table(&choice).unwrap();
//! assert_eq!(table.columns, ["age", "dose"]);
//! assert_eq!((table.x[2], table.y[2]), ([52.0, 2.1], 1));
//! ```

mod detect;
mod error;
mod number;
mod suggest;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::BTreeMap;

use ::csv::{ReaderBuilder, StringRecord, Trim};

use super::{MAX_ROWS, Table};
pub use detect::Delimiter;
pub use error::{CellProblem, CsvError, CsvErrors};
use number::{Number, is_missing, read_number};

/// More distinct values than this, and a column is no candidate for labels.
pub const MAX_LABELS: usize = 100;

/// What the learner knows better than the detection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CsvOptions {
    /// What separates cells; `None`: find out.
    pub delimiter: Option<Delimiter>,
    /// Whether the first row holds names; `None`: find out.
    pub header: Option<bool>,
}

/// A sheet that was read but not yet understood.
#[derive(Clone, Debug, PartialEq)]
pub struct CsvSheet {
    /// What separates cells.
    pub delimiter: Delimiter,
    /// Whether the first row holds names.
    pub has_header: bool,
    /// The columns, from the left.
    pub columns: Vec<CsvColumn>,
    /// Rows below the header, those without any value left out.
    rows: Vec<StringRecord>,
}

/// What is known of a column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsvColumn {
    /// Its name in the header, or its position.
    pub name: String,
    /// Whether most of its values are numbers.
    pub is_numeric: bool,
    /// Its distinct values in ascending order with their numbers of rows; empty when there are more than
    /// [`MAX_LABELS`].
    pub labels: Vec<(String, usize)>,
}

/// Which columns to take, and which label is the minority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsvChoice {
    /// Column of the horizontal axis.
    pub x: usize,
    /// Column of the vertical axis.
    pub y: usize,
    /// Column of the labels.
    pub label: usize,
    /// The label of the minority; all others together are the majority.
    pub minority: String,
}

impl CsvColumn {
    /// The rarest label; of equally rare ones the last, so that of 0 and 1 it is 1. A label that could as well stand
    /// for nothing ("NA") is passed over as long as there are others.
    pub fn rarest(&self) -> Option<&str> {
        let rarest = self.labels.iter().rev().min_by_key(|(label, rows)| (is_missing(label), rows));
        rarest.map(|(label, _)| label.as_str())
    }

    /// Whether the column could tell the classes apart.
    pub fn is_label(&self) -> bool {
        self.labels.len() >= 2
    }
}

impl CsvSheet {
    /// Reads a sheet and finds out how it is written.
    pub fn read(text: &str) -> Result<CsvSheet, CsvErrors> {
        CsvSheet::read_with(text, CsvOptions::default())
    }

    /// Reads a sheet of which something is known.
    pub fn read_with(text: &str, options: CsvOptions) -> Result<CsvSheet, CsvErrors> {
        let text = one_kind_of_line_break(text.strip_prefix('\u{feff}').unwrap_or(text));
        let delimiter = options.delimiter.or_else(|| detect::delimiter(&text));
        let Some(delimiter) = delimiter else {
            let empty = text.trim().is_empty();
            return Err(if empty { CsvError::Empty } else { CsvError::OneColumn }.into());
        };
        let mut rows = records(&text, delimiter)?;
        let Some(first) = rows.first() else { return Err(CsvError::Empty.into()) };
        let has_header = options.header.unwrap_or_else(|| detect::is_header(&rows, delimiter));
        let mut names: Vec<String> = Vec::new();
        for i in 0..first.len() {
            let name = if has_header { first[i].to_owned() } else { String::new() };
            let name = if name.is_empty() { format!("column {}", i + 1) } else { name };
            let twin = names.iter().filter(|other| **other == name).count();
            names.push(if twin == 0 { name } else { format!("{name} (column {})", i + 1) });
        }
        if has_header {
            rows.remove(0);
        }
        if rows.is_empty() {
            return Err(CsvError::NoRows.into());
        }
        if rows.len() > MAX_ROWS {
            return Err(CsvError::TooManyRows.into());
        }
        let columns = names.into_iter().enumerate().map(|(i, name)| column(name, i, &rows, delimiter)).collect();
        Ok(CsvSheet { delimiter, has_header, columns, rows })
    }

    /// Rows below the header.
    pub fn n_rows(&self) -> usize {
        self.rows.len()
    }

    /// The cells of the first `n` rows, for a look at them.
    pub fn preview(&self, n: usize) -> Vec<Vec<String>> {
        self.rows.iter().take(n).map(|row| row.iter().map(str::to_owned).collect()).collect()
    }

    /// A choice to start from: the likeliest label column, two columns of numbers beside it, the rarest label.
    pub fn suggest(&self) -> Result<CsvChoice, CsvErrors> {
        suggest::choice(&self.columns).map_err(CsvErrors::from)
    }

    /// The table that `choice` picks, or everything that is wrong with it.
    pub fn table(&self, choice: &CsvChoice) -> Result<Table, CsvErrors> {
        self.check(choice)?;
        let CsvChoice { x, y, label, minority } = choice;
        let mut errors = CsvErrors::default();
        let mut table = Table {
            columns: [self.columns[*x].name.clone(), self.columns[*y].name.clone()],
            classes: [self.majority_name(choice), minority.clone()],
            ..Table::default()
        };
        for row in &self.rows {
            let line = row.position().map_or(0, ::csv::Position::line);
            if row.len() != self.columns.len() {
                errors.add(CsvError::Ragged { line, got: row.len(), expected: self.columns.len(), more: 0 });
                continue;
            }
            let mut point = [0.0; 2];
            for (value, &at) in point.iter_mut().zip([x, y]) {
                let problem = match read_number(&row[at], self.delimiter) {
                    Number::Finite(number) => {
                        *value = number;
                        continue;
                    }
                    Number::Missing => CellProblem::Missing,
                    Number::NotFinite => CellProblem::NotFinite,
                    Number::Other => CellProblem::NotANumber,
                };
                errors.add(self.cell(problem, line, at, &row[at]));
            }
            // "none" and "NA" are labels like any other: only nothing at all is none.
            if row[*label].is_empty() {
                errors.add(self.cell(CellProblem::MissingLabel, line, *label, &row[*label]));
            }
            table.x.push(point);
            table.y.push(u8::from(row[*label] == **minority));
        }
        if errors.0.is_empty() { Ok(table) } else { Err(errors) }
    }

    fn cell(&self, problem: CellProblem, line: u64, column: usize, text: &str) -> CsvError {
        let (column, text) = (self.columns[column].name.clone(), text.to_owned());
        CsvError::Cell { problem, line, column, text, more: 0 }
    }

    fn check(&self, choice: &CsvChoice) -> Result<(), CsvErrors> {
        let CsvChoice { x, y, label, minority } = choice;
        if let Some(&index) = [x, y, label].into_iter().find(|&&index| index >= self.columns.len()) {
            return Err(CsvError::NoSuchColumn { index }.into());
        }
        if x == y || x == label || y == label {
            return Err(CsvError::SameColumn.into());
        }
        let column = &self.columns[*label];
        let values = |wanted: bool| self.rows.iter().filter_map(|r| r.get(*label)).any(|v| (v == minority) == wanted);
        if !values(true) {
            return Err(CsvError::NoSuchLabel { label: minority.clone(), column: column.name.clone() }.into());
        }
        if !values(false) {
            return Err(CsvError::OneClass { label: minority.clone(), column: column.name.clone() }.into());
        }
        Ok(())
    }

    /// The other label, or, of several, the words that say so.
    fn majority_name(&self, choice: &CsvChoice) -> String {
        let others: Vec<&str> = self.columns[choice.label]
            .labels
            .iter()
            .map(|(label, _)| label.as_str())
            .filter(|label| *label != choice.minority)
            .collect();
        match others[..] {
            [other] => other.to_owned(),
            _ => format!("not {}", choice.minority),
        }
    }
}

/// Every row with a value in it, at most one more than the lab takes (and a header).
fn records(text: &str, delimiter: Delimiter) -> Result<Vec<StringRecord>, CsvErrors> {
    let text = detect::prepared(text, delimiter);
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter.byte())
        .has_headers(false)
        .flexible(true)
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let mut rows: Vec<StringRecord> = Vec::new();
    for record in reader.records() {
        // text is UTF-8 and rows may be ragged, so the reader has nothing left to complain about
        let Ok(record) = record else { continue };
        if record.iter().any(|cell| !cell.is_empty()) {
            rows.push(record);
        }
        if rows.len() > MAX_ROWS + 1 {
            break;
        }
    }
    if let Some(last) = rows.last()
        && last.iter().any(|cell| cell.contains('\n'))
        && text.matches('"').count() % 2 == 1
    {
        return Err(CsvError::UnclosedQuote { line: last.position().map_or(0, ::csv::Position::line) }.into());
    }
    drop_empty_last_column(&mut rows);
    Ok(rows)
}

/// Spreadsheets like to end every line with a delimiter.
fn drop_empty_last_column(rows: &mut [StringRecord]) {
    let Some(width) = rows.first().map(StringRecord::len) else { return };
    if width > 1 && rows.iter().all(|row| row.len() <= width && row.get(width - 1).is_none_or(str::is_empty)) {
        rows.iter_mut().for_each(|row| row.truncate(width - 1));
    }
}

fn column(name: String, index: usize, rows: &[StringRecord], delimiter: Delimiter) -> CsvColumn {
    let (mut filled, mut numeric) = (0, 0);
    let mut labels: BTreeMap<&str, usize> = BTreeMap::new();
    for cell in rows.iter().filter_map(|row| row.get(index)).filter(|cell| !cell.is_empty()) {
        filled += usize::from(!is_missing(cell));
        numeric += usize::from(matches!(read_number(cell, delimiter), Number::Finite(_)));
        if labels.len() <= MAX_LABELS {
            *labels.entry(cell).or_default() += 1;
        }
    }
    if labels.len() > MAX_LABELS {
        labels.clear();
    }
    let labels = labels.into_iter().map(|(label, rows)| (label.to_owned(), rows)).collect();
    CsvColumn { name, is_numeric: filled > 0 && 2 * numeric >= filled, labels }
}

fn one_kind_of_line_break(text: &str) -> Cow<'_, str> {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n").into() } else { text.into() }
}
