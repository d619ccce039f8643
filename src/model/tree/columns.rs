//! The rows as a tree sees them: column by column, in 32 bits.

use super::TreeError;
use crate::base::Rows;

/// All columns, one after the other.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    n_rows: usize,
    width: usize,
    values: Vec<f32>,
}

impl Columns {
    /// Rounds every number to the nearest of 32 bits.
    pub(super) fn of(x: &Rows) -> Result<Self, TreeError> {
        if x.width() == 0 {
            return Err(TreeError::NoFeatures);
        }
        if x.is_empty() {
            return Err(TreeError::NoRows);
        }
        let (n_rows, width) = (x.len(), x.width());
        let mut values = vec![0.0; n_rows * width];
        for (i, row) in x.iter().enumerate() {
            for (feature, &value) in row.iter().enumerate() {
                if value.is_nan() {
                    return Err(TreeError::NotANumber);
                }
                let rounded = value as f32;
                if rounded.is_infinite() {
                    return Err(TreeError::TooLarge);
                }
                values[feature * n_rows + i] = rounded;
            }
        }
        Ok(Self { n_rows, width, values })
    }

    pub(super) fn n_rows(&self) -> usize {
        self.n_rows
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// One feature of all rows.
    pub(super) fn column(&self, feature: usize) -> &[f32] {
        &self.values[feature * self.n_rows..(feature + 1) * self.n_rows]
    }
}
