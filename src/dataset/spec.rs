//! What data to make: plain values that fit in a link.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Dataset;
use crate::base::{Class, Point};

/// Where the rows come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    // scikit-learn's generators, equal to it number for number
    /// `sklearn.datasets.make_moons`; `spread` is its `noise`.
    MakeMoons,
    /// `sklearn.datasets.make_circles`; `spread` is its `noise`, `factor` its `factor`.
    MakeCircles,
    /// `sklearn.datasets.make_blobs` with centres at (0, 0) and (`distance`, 0); `spread` is its `cluster_std`.
    MakeBlobs,
    /// `sklearn.datasets.make_classification`; `distance` is its `class_sep`, `label_noise` its `flip_y`,
    /// `clusters` its `n_clusters_per_class`.
    MakeClassification,
    // presets: rows of the one general Gaussian-mixture generator
    /// Two unit Gaussians, `distance` apart: logistic regression is the right model.
    Blobs,
    /// Both classes from the same Gaussian: nothing to learn.
    Noise,
    /// Two tight minority islands far outside the majority: SMOTE bridges.
    IslandsFar,
    /// Two minority islands on the majority's flanks.
    Islands,
    /// The minority surrounds the majority.
    Ring,
    /// Two interleaved arcs of 24 Gaussians each.
    Moons,
    /// A tight minority core inside a wide majority: linear models are hopeless.
    Core,
    /// Two unlike minority groups: a mis-specified linear model.
    Hetero,
    /// Two minority groups that two different scorers find: ROC against PR.
    TwoDetectors,
    /// Blobs with a tenth of the minority labels wrong, deep in the majority.
    Flipped,
    /// The minority lies at the corners, outside: anomaly detection works.
    Outlying,
    /// The minority lies inside a dense region: anomaly detection fails.
    Inlying,
    /// Four Gaussians in a square, opposite corners alike.
    Xor,
    /// Two spiral arms.
    Spirals,
    // real data
    /// Breast Cancer Wisconsin (Diagnostic), two features, thinned to the ratio by `make_imbalance`.
    BreastCancer,
    /// A pasted or uploaded table, or an empty sheet to draw on.
    Table,
}

/// What data to make.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DataSpec {
    /// Where the rows come from.
    pub source: Source,
    /// Total number of rows, 50 to 100,000 (generators only).
    pub n_samples: usize,
    /// Majority rows per minority row, 1 to 1,000.
    pub imbalance_ratio: f64,
    /// Distance dial in the source's own units; `None` is the source's default.
    pub distance: Option<f64>,
    /// Spread dial (a factor on every standard deviation, or scikit-learn's `noise` / `cluster_std`); `None` is the
    /// source's default.
    pub spread: Option<f64>,
    /// Share of rows whose label is flipped, 0 to 0.5; `make_classification` draws it anew instead (`flip_y`), so that about
    /// half of them keep it.
    pub label_noise: f64,
    /// Share of rows replaced by uniform outliers, 0 to 0.5.
    pub outliers: f64,
    /// `make_circles`: radius of the inner circle over that of the outer, 0 to 0.99.
    pub factor: f64,
    /// `make_classification`: clusters per class, 1 or 2.
    pub clusters: u8,
    /// Breast cancer: index (0 to 29) of the feature on each axis.
    pub features: [u8; 2],
    /// The rows of [`Source::Table`].
    pub table: Option<Arc<Table>>,
    /// Rows drawn and erased by hand on top of the source.
    pub edits: Edits,
    /// Columns of noise that no plane shows, 0 to 200: each row has as many standard normal numbers more, and samplers
    /// that measure distances measure them too.
    pub hidden: u8,
    /// Factor on the second axis, 1 to 1,000, as if it were measured in a smaller unit (sources that make or keep rows;
    /// an own table stays as it is).
    pub units: f64,
    /// Overrides the lab seed for this stage.
    pub seed: Option<u32>,
}

impl DataSpec {
    /// Whether the same index names the same row of the source here and there, before edits; with each the lab seed that
    /// counts where it has no seed of its own. Measured rows stay the same whatever is measured of them, generated ones
    /// only as long as they are drawn alike.
    pub fn has_rows_of(&self, lab_seed: u32, other: &DataSpec, other_lab_seed: u32) -> bool {
        self.source == other.source
            && match self.source {
                // Tables are shared: mostly it is the same one.
                Source::Table => match (&self.table, &other.table) {
                    (Some(a), Some(b)) => Arc::ptr_eq(a, b) || a == b,
                    (a, b) => a.is_none() && b.is_none(),
                },
                _ => self.as_drawn(lab_seed) == other.as_drawn(other_lab_seed),
            }
    }

    /// The rows that are there before any are made: those of an own table that were not erased, and what was drawn, in
    /// the order of the data that will be made of them. Of generated data what was drawn is all.
    pub fn rows_at_hand(&self) -> Dataset {
        let mut rows = Dataset::default();
        if let (Source::Table, Some(table)) = (self.source, &self.table) {
            let mut erased = self.edits.erased.iter().peekable();
            for (row, (point, class)) in table.x.iter().zip(&table.y).enumerate() {
                if erased.next_if(|&&at| at as usize == row).is_none() {
                    rows.x.push(*point);
                    rows.y.push(*class);
                }
            }
        }
        for &(point, class) in &self.edits.added {
            rows.x.push(point);
            rows.y.push(class);
        }
        rows
    }

    /// Without what leaves every row its index: edits, hidden columns, units, the features that are shown.
    fn as_drawn(&self, lab_seed: u32) -> DataSpec {
        DataSpec {
            distance: Some(self.distance()),
            spread: Some(self.spread()),
            features: [0, 1],
            table: None,
            edits: Edits::default(),
            hidden: 0,
            units: 1.0,
            seed: Some(self.seed.unwrap_or(lab_seed)),
            ..self.clone()
        }
    }
}

/// An imported table: two numeric columns and the class of every row.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// One point per row.
    pub x: Vec<Point>,
    /// 1 for the minority class chosen by the learner, else 0.
    pub y: Vec<Class>,
    /// Names of the two columns.
    pub columns: [String; 2],
    /// Names of the majority and of the minority class.
    pub classes: [String; 2],
}

/// What was drawn on top of the source. The edited data are the source's rows without the erased ones, in order,
/// followed by the added ones, in order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Edits {
    /// Points added, with their class.
    pub added: Vec<(Point, Class)>,
    /// Rows of the source erased, ascending, without repetition.
    pub erased: Vec<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_index_names_the_same_row_until_the_rows_are_drawn_anew() {
        let moons = DataSpec::default_for(Source::MakeMoons);
        let changed = |change: fn(&mut DataSpec)| {
            let mut spec = moons.clone();
            change(&mut spec);
            spec
        };
        let same: [fn(&mut DataSpec); 5] = [
            |spec| spec.edits.added.push(([0.0; 2], 1)),
            |spec| spec.hidden = 3,
            |spec| spec.units = 10.0,
            |spec| spec.spread = Some(spec.spread()),
            |spec| spec.seed = Some(1),
        ];
        for change in same {
            assert!(changed(change).has_rows_of(1, &moons, 1), "{:?}", changed(change));
        }
        let others: [fn(&mut DataSpec); 5] = [
            |spec| spec.n_samples = 300,
            |spec| spec.imbalance_ratio = 9.0,
            |spec| spec.spread = Some(0.7),
            |spec| spec.outliers = 0.1,
            |spec| spec.seed = Some(2),
        ];
        for change in others {
            assert!(!changed(change).has_rows_of(1, &moons, 1), "{:?}", changed(change));
        }
        assert!(!moons.has_rows_of(1, &moons, 2));
    }

    #[test]
    fn what_is_at_hand_of_own_data_is_what_will_be_made_of_them() {
        let table =
            Table { x: (0..5).map(|i| [f64::from(i), 0.5]).collect(), y: vec![0, 1, 0, 0, 1], ..Table::default() };
        let edits = Edits { added: vec![([9.0, 9.5], 1), ([8.0, 8.5], 0)], erased: vec![0, 3, 77] };
        let own = DataSpec { table: Some(Arc::new(table)), edits, ..DataSpec::default_for(Source::Table) };
        let rows = own.rows_at_hand();
        assert_eq!(rows, crate::dataset::generate(&own, 1).unwrap().data);
        assert_eq!(rows.y, [1, 0, 1, 1, 0]);
        let moons = DataSpec { source: Source::MakeMoons, ..own };
        assert_eq!(moons.rows_at_hand().x, [[9.0, 9.5], [8.0, 8.5]]);
    }

    #[test]
    fn rows_of_a_table_stay_the_same_until_another_comes() {
        let of = |x: f64| DataSpec {
            table: Some(Arc::new(Table { x: vec![[x, 0.0]], y: vec![1], ..Table::default() })),
            ..DataSpec::default_for(Source::Table)
        };
        assert!(DataSpec { imbalance_ratio: 3.0, ..of(1.0) }.has_rows_of(1, &of(1.0), 2));
        assert!(!of(1.0).has_rows_of(1, &of(2.0), 1));
        let cancer = DataSpec::default_for(Source::BreastCancer);
        assert!(DataSpec { features: [3, 7], ..cancer.clone() }.has_rows_of(1, &cancer, 1));
        assert!(!cancer.has_rows_of(1, &cancer, 2), "other malignant rows are kept");
    }
}
