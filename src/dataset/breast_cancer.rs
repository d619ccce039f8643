//! Breast Cancer Wisconsin (Diagnostic): 569 patients, thirty measures of cell nuclei, 357 benign and 212 malignant.
//!
//! The rows are those of `sklearn.datasets.load_breast_cancer`, in its order; the minority, 1, is malignant.
//!
//! A native program carries the table. In WebAssembly it is a file beside the page ([`FILE`]): whoever has fetched it
//! hands it over by [`give`], so that only those who look at these data load them.
//!
//! ```
//! use imbalance_lab::dataset::breast_cancer;
//! let data = breast_cancer::columns([0, 1]);
//! assert_eq!((data.count(0), data.count(1)), (357, 212));
//! assert_eq!(data.x[0], [17.99, 10.38]);
//! ```

use std::sync::OnceLock;

use super::Dataset;

/// What the licence asks every page that shows the data to say.
pub const ATTRIBUTION: &str = "Breast Cancer Wisconsin (Diagnostic) by W. Wolberg, O. Mangasarian, N. Street and \
    W. Street (1993), UCI Machine Learning Repository, https://doi.org/10.24432/C5DW2B, licensed CC BY 4.0";

/// Benign rows.
pub const N_BENIGN: usize = 357;
/// Malignant rows.
pub const N_MALIGNANT: usize = 212;

/// Names of the features, in scikit-learn's order and words.
pub const FEATURES: [&str; 30] = [
    "mean radius",
    "mean texture",
    "mean perimeter",
    "mean area",
    "mean smoothness",
    "mean compactness",
    "mean concavity",
    "mean concave points",
    "mean symmetry",
    "mean fractal dimension",
    "radius error",
    "texture error",
    "perimeter error",
    "area error",
    "smoothness error",
    "compactness error",
    "concavity error",
    "concave points error",
    "symmetry error",
    "fractal dimension error",
    "worst radius",
    "worst texture",
    "worst perimeter",
    "worst area",
    "worst smoothness",
    "worst compactness",
    "worst concavity",
    "worst concave points",
    "worst symmetry",
    "worst fractal dimension",
];

/// What the table's file is called.
pub const FILE: &str = "breast_cancer.txt";

/// One line per column, the class first: name, decimals, whole numbers.
#[cfg(not(target_family = "wasm"))]
const CARRIED: Option<&str> = Some(include_str!("../../assets/breast_cancer.txt"));
#[cfg(target_family = "wasm")]
const CARRIED: Option<&str> = None;

/// What was fetched.
static GIVEN: OnceLock<String> = OnceLock::new();

/// Whether the table is there; [`columns`] gives no rows before.
pub fn is_at_hand() -> bool {
    CARRIED.is_some() || GIVEN.get().is_some()
}

/// Takes the text of [`FILE`]; says whether it is the table. (A server may answer with a page of excuses instead.)
pub fn give(text: String) -> bool {
    let is_table = (0..=FEATURES.len()).all(|line| column(&text, line).count() == N_BENIGN + N_MALIGNANT);
    if is_table {
        // A second copy says the same as the first.
        let _ = GIVEN.set(text);
    }
    is_table
}

fn table() -> &'static str {
    CARRIED.or(GIVEN.get().map(String::as_str)).unwrap_or_default()
}

/// All rows with two of the features. A feature beyond the last is read as the last.
pub fn columns(features: [u8; 2]) -> Dataset {
    let [x, y] = features.map(|feature| column(table(), usize::from(feature).min(FEATURES.len() - 1) + 1));
    Dataset { x: x.zip(y).map(|(x, y)| [x, y]).collect(), y: column(table(), 0).map(|class| class as u8).collect() }
}

fn column(table: &str, line: usize) -> impl Iterator<Item = f64> {
    let mut parts = table.lines().nth(line).unwrap_or_default().split(';').skip(1);
    let decimals: u32 = parts.next().and_then(|text| text.parse().ok()).unwrap_or(0);
    // a whole number over a power of ten is rounded once, so it is the very double that the decimal text means
    let scale = (0..decimals).fold(1.0, |scale, _| scale * 10.0);
    let numbers = parts.next().unwrap_or_default().split(' ');
    numbers.filter_map(move |text| text.parse::<f64>().ok()).map(move |whole| whole / scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_the_table_is_whole_and_named_in_order() {
        for (feature, name) in FEATURES.iter().enumerate() {
            assert_eq!(table().lines().nth(feature + 1).and_then(|line| line.split(';').next()), Some(*name));
            let data = columns([feature as u8, 0]);
            assert_eq!((data.x.len(), data.count(0), data.count(1)), (569, N_BENIGN, N_MALIGNANT));
        }
    }

    #[test]
    fn values_are_those_of_scikit_learn() {
        // load_breast_cancer().data[[0, 568]][:, [6, 29]]
        let data = columns([6, 29]);
        assert_eq!((data.x[0], data.x[568]), ([0.3001, 0.1189], [0.0, 0.07039]));
        assert_eq!((data.y[0], data.y[568]), (1, 0));
    }

    #[test]
    fn only_the_table_itself_is_taken() {
        assert!(!give("<!doctype html><title>Not found</title>".to_owned()));
        let cut = &table()[..table().len() / 2];
        assert!(!give(cut.to_owned()));
        assert!(give(table().to_owned()));
    }
}
