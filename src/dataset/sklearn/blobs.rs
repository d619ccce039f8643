//! `sklearn.datasets.make_blobs`: round Gaussians, one class each.
//!
//! ```
//! use imbalance_lab::dataset::{Centers, ClusterStd, NSamples, make_blobs};
//! use imbalance_lab::random::RandomState;
//! let centers = Centers::At(vec![[0.0, 0.0], [2.0, 2.0]]);
//! let std = ClusterStd::Each(vec![1.0, 0.5]);
//! let n = NSamples::Each(vec![30, 10]);
//! let data = make_blobs(&n, &centers, &std, (-10.0, 10.0), true, &mut RandomState::new(0)).unwrap();
//! assert_eq!(data.x[0], [-1.7062701906250126, 1.9507753952317897]);
//! ```

use crate::base::{Class, Point};
use crate::dataset::Dataset;
use crate::random::RandomState;

use super::{GeneratorError, NSamples, shuffled};

/// The parameter `centers`.
#[derive(Clone, Debug, PartialEq)]
pub enum Centers {
    /// `None`: as many as there are sizes, or three, anywhere in the box.
    Auto,
    /// So many, anywhere in the box (of a total number of rows).
    Count(usize),
    /// At these points.
    At(Vec<Point>),
}

/// The parameter `cluster_std`.
#[derive(Clone, Debug, PartialEq)]
pub enum ClusterStd {
    /// The same for all.
    All(f64),
    /// One for each.
    Each(Vec<f64>),
}

/// Round Gaussians. `center_box` bounds the centres that are drawn, in both coordinates.
pub fn make_blobs(
    n_samples: &NSamples,
    centers: &Centers,
    cluster_std: &ClusterStd,
    center_box: (f64, f64),
    shuffle: bool,
    random: &mut RandomState,
) -> Result<Dataset, GeneratorError> {
    let (low, high) = center_box;
    let mut drawn =
        |n: usize| -> Vec<Point> { (0..n).map(|_| [random.uniform(low, high), random.uniform(low, high)]).collect() };
    let centers = match (centers, n_samples) {
        (Centers::At(points), _) => points.clone(),
        (Centers::Count(n), _) => drawn(*n),
        (Centers::Auto, NSamples::Total(_)) => drawn(3),
        (Centers::Auto, NSamples::Each(each)) => drawn(each.len()),
    };
    let sizes: Vec<usize> = match n_samples {
        NSamples::Total(n) => {
            let blobs = centers.len();
            (0..blobs).map(|blob| n / blobs + usize::from(blob < n % blobs)).collect()
        }
        NSamples::Each(each) if each.len() == centers.len() => each.clone(),
        NSamples::Each(each) => return Err(GeneratorError::BlobsCenters { n_samples: each.clone(), centers }),
    };
    let stds = match cluster_std {
        ClusterStd::All(std) => vec![*std; centers.len()],
        ClusterStd::Each(each) if each.len() == centers.len() => each.clone(),
        ClusterStd::Each(each) => return Err(GeneratorError::BlobsStds { centers, cluster_std: each.clone() }),
    };
    let mut data = Dataset::default();
    for (class, ((size, center), std)) in sizes.into_iter().zip(centers).zip(stds).enumerate() {
        data.x.extend(random.normal_points(center, std, size));
        data.y.extend(std::iter::repeat_n(class as Class, size));
    }
    Ok(if shuffle { shuffled(data, random) } else { data })
}
