//! How hard a row is, by the classes of its nearest neighbours: safe, borderline, rare or an outlier.
//!
//! Of the `k` nearest other rows, `own` are of the row's own class. More than 70 % of them: safe; 30 % or more:
//! borderline; fewer, but any: rare; none: an outlier. With the usual `k = 5` that is 4 or 5, 2 or 3, 1, and 0.
//!
//! K. Napierała, J. Stefanowski, "Types of minority class examples and their influence on learning classifiers from
//! imbalanced data", Journal of Intelligent Information Systems 46, 2016.

use serde::{Deserialize, Serialize};

use super::{Fault, PythonCall};
use crate::base::neighbors::NearestNeighbors;
use crate::base::{Class, Rows};

/// The type of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Hardness {
    /// Among its own.
    Safe,
    /// At the border.
    Borderline,
    /// A few of its own around it.
    Rare,
    /// Alone among others.
    Outlier,
}

impl Hardness {
    /// All four, from the easiest.
    pub const ALL: [Self; 4] = [Self::Safe, Self::Borderline, Self::Rare, Self::Outlier];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Borderline => "borderline",
            Self::Rare => "rare",
            Self::Outlier => "outlier",
        }
    }

    /// The type of a row that has `own` rows of its class among its `k` nearest.
    pub fn of(own: usize, k: usize) -> Self {
        match own {
            _ if 10 * own > 7 * k => Self::Safe,
            _ if 10 * own >= 3 * k => Self::Borderline,
            0 => Self::Outlier,
            _ => Self::Rare,
        }
    }
}

/// The type of every row, by its `k` nearest other rows. Ties of distance fall as scikit-learn lets them fall.
///
/// ```
/// use imbalance_lab::base::Rows;
/// use imbalance_lab::resample::{Hardness, hardness};
///
/// let x = Rows::from_points(&[[0.0, 0.0], [1.0, 0.0], [2.0, 0.0], [1.5, 0.1]]);
/// assert_eq!(hardness(&x, &[0, 0, 0, 1], 2)?[3], Hardness::Outlier);
/// # Ok::<(), imbalance_lab::resample::Fault>(())
/// ```
pub fn hardness(x: &Rows, y: &[Class], k: usize) -> Result<Vec<Hardness>, Fault> {
    let fault = |error| Fault::neighbors_beside_itself(error, ("hardness", k), None);
    let near = NearestNeighbors::fit(x, k).and_then(|fitted| fitted.kneighbors_of_fitted(x, k)).map_err(fault)?;
    let of = |row: usize| {
        let own = near.row(row).iter().filter(|&&i| y[i as usize] == y[row]).count();
        Hardness::of(own, k)
    };
    Ok((0..x.len()).map(of).collect())
}

/// Lets an over-sampler see, of the classes that grow, only the rows of some types. The lab's own extension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnlyTypes {
    /// The types it sees, ascending.
    pub types: Vec<Hardness>,
    /// Neighbours that decide the type.
    pub k: u8,
}

impl OnlyTypes {
    /// Neighbours unless said otherwise.
    pub const DEFAULT_K: u8 = 5;

    /// Positions of the rows that an over-sampler for `growing` classes sees.
    pub(super) fn seen(&self, x: &Rows, y: &[Class], growing: &[Class]) -> Result<Vec<u32>, Fault> {
        let types = hardness(x, y, usize::from(self.k))?;
        let seen = |row: &usize| !growing.contains(&y[*row]) || self.types.contains(&types[*row]);
        let seen: Vec<u32> = (0..y.len()).filter(seen).map(|row| row as u32).collect();
        for &class in growing {
            if !seen.iter().any(|&row| y[row as usize] == class) {
                let of = |hardness| (0..y.len()).filter(|&row| y[row] == class && types[row] == hardness).count();
                let counts: Vec<String> = Hardness::ALL.iter().map(|&h| format!("{} {}", of(h), h.name())).collect();
                let wanted: Vec<&str> = self.types.iter().map(|hardness| hardness.name()).collect();
                let message = format!(
                    "no row to start from is {}: there are {}; choose a type that occurs",
                    wanted.join(" or "),
                    counts.join(", ")
                );
                let library = format!("no row of class {class} is of the chosen types");
                return Err(Fault::Algorithm { message, library, library_type: "ValueError" });
            }
        }
        Ok(seen)
    }

    /// The sampler of `call`, wrapped.
    pub fn python(&self, call: PythonCall) -> PythonCall {
        let types: Vec<String> = self.types.iter().map(|hardness| format!("\"{}\"", hardness.name())).collect();
        let k = if self.k == Self::DEFAULT_K { String::new() } else { format!(", k={}", self.k) };
        let mut imports = call.imports;
        imports.extend([
            ("imblearn.utils", "check_sampling_strategy"),
            ("sklearn.base", "BaseEstimator"),
            ("sklearn.base", "clone"),
            ("sklearn.neighbors", "NearestNeighbors"),
        ]);
        let wrapped = format!("OnlyTypes({}, [{}]{k})", call.call, types.join(", "));
        let code = match call.code {
            None => ONLY_TYPES.to_owned(),
            Some(code) => format!("{code}\n{ONLY_TYPES}"),
        };
        PythonCall { imports, code: Some(code), call: wrapped, soft_labels: call.soft_labels }
    }
}

const ONLY_TYPES: &str = include_str!("only_types.py");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::RandomState;

    #[test]
    fn with_five_neighbours_the_types_are_those_of_the_paper() {
        let types = [0, 1, 2, 3, 4, 5].map(|own| Hardness::of(own, 5));
        use Hardness::{Borderline, Outlier, Rare, Safe};
        assert_eq!(types, [Outlier, Rare, Borderline, Borderline, Safe, Safe]);
    }

    #[test]
    fn the_type_of_a_row_is_what_counting_its_neighbours_gives() {
        let mut random = RandomState::new(3);
        let x: Vec<[f64; 2]> = (0..90).map(|_| [random.standard_normal(), random.standard_normal()]).collect();
        let y: Vec<Class> = (0..90).map(|_| u8::from(random.random_sample() < 0.3)).collect();
        for k in [1, 5, 8, 44] {
            let found = hardness(&Rows::from_points(&x), &y, k).unwrap();
            for row in 0..90 {
                let apart = |i: usize| (x[i][0] - x[row][0]).powi(2) + (x[i][1] - x[row][1]).powi(2);
                let mut others: Vec<usize> = (0..90).filter(|&i| i != row).collect();
                others.sort_by(|&i, &j| apart(i).total_cmp(&apart(j)));
                let own = others[..k].iter().filter(|&&i| y[i] == y[row]).count();
                assert_eq!(found[row], Hardness::of(own, k));
            }
        }
        let faulty = hardness(&Rows::from_points(&x), &y, 90);
        assert!(matches!(faulty, Err(Fault::TooFewRows { .. })), "{faulty:?}");
    }
}
