//! `imblearn.datasets.make_imbalance` with a dictionary: keeps so many rows of each class, drawn without replacement.
//!
//! ```
//! use imbalance_lab::dataset::make_imbalance;
//! use imbalance_lab::random::RandomState;
//! let rows = make_imbalance(&[1, 0, 1, 0, 1], &[(1, 1)], &mut RandomState::new(0)).unwrap();
//! assert_eq!(rows.len(), 3);
//! assert_eq!(rows[..2], [1, 3]); // class 0 whole and in order, class 1 behind it
//! ```

use crate::base::Class;
use crate::random::RandomState;

use super::GeneratorError;

/// The rows that stay, grouped by ascending class: a class with a target in the order of the draw, the others in
/// their original order. `sampling_strategy` lists class and rows to keep.
pub fn make_imbalance(
    y: &[Class],
    sampling_strategy: &[(i64, i64)],
    random: &mut RandomState,
) -> Result<Vec<u32>, GeneratorError> {
    let rows_of = |class: i64| -> Vec<u32> {
        let rows = y.iter().enumerate().filter(|&(_, &y)| i64::from(y) == class);
        rows.map(|(row, _)| row as u32).collect()
    };
    let missing: Vec<i64> = sampling_strategy.iter().map(|s| s.0).filter(|&c| rows_of(c).is_empty()).collect();
    if !missing.is_empty() {
        return Err(GeneratorError::ClassesMissing(missing));
    }
    if let Some(&(class, asked)) = sampling_strategy.iter().find(|s| s.1 < 0) {
        return Err(GeneratorError::Negative { class, asked });
    }
    for &(class, asked) in sampling_strategy {
        let available = rows_of(class).len();
        if asked > available as i64 {
            return Err(GeneratorError::MoreThanThere { available, asked });
        }
    }
    let mut kept = Vec::new();
    for class in 0..=i64::from(y.iter().copied().max().unwrap_or(0)) {
        let rows = rows_of(class);
        match sampling_strategy.iter().find(|s| s.0 == class) {
            // the whole permutation is drawn, however few are kept
            Some(&(_, asked)) => {
                let order = random.permutation(rows.len());
                kept.extend(order[..asked as usize].iter().map(|&i| rows[i]));
            }
            None => kept.extend(rows),
        }
    }
    Ok(kept)
}
