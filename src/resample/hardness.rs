//! How hard a row is, by the classes of its nearest neighbours: safe, borderline, rare or an outlier.
//!
//! Of the `k` nearest other rows, `own` are of the row's own class. More than 70 % of them: safe; 30 % or more:
//! borderline; fewer, but any: rare; none: an outlier. With the usual `k = 5` that is 4 or 5, 2 or 3, 1, and 0.
//!
//! K. Napierała, J. Stefanowski, "Types of minority class examples and their influence on learning classifiers from
//! imbalanced data", Journal of Intelligent Information Systems 46, 2016.

use serde::{Deserialize, Serialize};

use super::{Fault, limits};
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
    if k < x.len() {
        limits::check_neighbors(0, x.len(), ("hardness", k))?;
    }
    let near = NearestNeighbors::fit(x, k).and_then(|fitted| fitted.kneighbors_of_fitted(x, k)).map_err(fault)?;
    let of = |row: usize| {
        let own = near.row(row).iter().filter(|&&i| y[i as usize] == y[row]).count();
        Hardness::of(own, k)
    };
    Ok((0..x.len()).map(of).collect())
}

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
