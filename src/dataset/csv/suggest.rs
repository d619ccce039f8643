//! Which columns a sheet most likely means.

use super::{CsvChoice, CsvColumn, CsvError};

/// Names that label columns go by.
const LABEL_NAMES: [&str; 12] = [
    "class",
    "label",
    "target",
    "y",
    "outcome",
    "diagnosis",
    "species",
    "category",
    "fraud",
    "churn",
    "result",
    "type",
];

/// Names of columns that number the rows.
const ROW_NAMES: [&str; 5] = ["id", "index", "row", "no", "nr"];

/// The likeliest label column, the first two columns of numbers beside it, and the rarest label.
pub(super) fn choice(columns: &[CsvColumn]) -> Result<CsvChoice, CsvError> {
    let named = |column: &CsvColumn, names: &[&str]| names.iter().any(|name| column.name.eq_ignore_ascii_case(name));
    let likelihood = |&(index, column): &(usize, &CsvColumn)| {
        (named(column, &LABEL_NAMES), !column.is_numeric, column.labels.len() == 2, index)
    };
    let candidates = columns.iter().enumerate().filter(|(_, column)| column.is_label());
    // two columns of numbers have to be left over for the axes
    let with_axes = candidates.filter(|&(label, _)| axes(columns, label).count() >= 2);
    let Some((label, column)) = with_axes.max_by_key(likelihood) else {
        let numeric = columns.iter().filter(|column| column.is_numeric).count();
        return Err(if numeric < 2 { CsvError::NoAxes { numeric } } else { CsvError::NoLabels });
    };
    let numbers_rows = |&i: &usize| named(&columns[i], &ROW_NAMES);
    let mut telling: Vec<usize> = axes(columns, label).filter(|i| !numbers_rows(i)).collect();
    telling.extend(axes(columns, label).filter(numbers_rows));
    let minority = column.rarest().unwrap_or_default().to_owned();
    Ok(CsvChoice { x: telling[0], y: telling[1], label, minority })
}

fn axes(columns: &[CsvColumn], label: usize) -> impl Iterator<Item = usize> {
    (0..columns.len()).filter(move |&i| i != label && columns[i].is_numeric)
}
