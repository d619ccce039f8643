//! What data to make: plain values that fit in a link.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

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
