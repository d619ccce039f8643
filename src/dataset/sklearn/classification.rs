//! `sklearn.datasets.make_classification` for two informative features: Gaussian clusters on the corners of a square
//! of side `2 * class_sep`, each slanted by a random matrix, with a share of the labels drawn anew.
//!
//! ```
//! use imbalance_lab::dataset::{MakeClassification, make_classification};
//! use imbalance_lab::random::RandomState;
//! let call = MakeClassification { n_samples: 60, weights: Some(vec![0.9]), ..MakeClassification::default() };
//! let (data, clusters) = make_classification(&call, &mut RandomState::new(0)).unwrap();
//! assert_eq!((data.len(), clusters.len()), (60, 4));
//! ```

use crate::base::{Class, Point};
use crate::dataset::Dataset;
use crate::random::{RandomState, sample_without_replacement};

use super::{GeneratorError, shuffled};

/// The parameters, scikit-learn's defaults but for the two features.
#[derive(Clone, Debug, PartialEq)]
pub struct MakeClassification {
    /// Rows.
    pub n_samples: usize,
    /// Classes.
    pub n_classes: usize,
    /// Clusters of each class.
    pub n_clusters_per_class: usize,
    /// Share of each class; the last may be left out.
    pub weights: Option<Vec<f64>>,
    /// Share of labels drawn anew, each of them possibly the same again.
    pub flip_y: f64,
    /// Half the side of the square.
    pub class_sep: f64,
    /// Shuffle rows and columns.
    pub shuffle: bool,
}

impl Default for MakeClassification {
    fn default() -> Self {
        MakeClassification {
            n_samples: 100,
            n_classes: 2,
            n_clusters_per_class: 2,
            weights: None,
            flip_y: 0.01,
            class_sep: 1.0,
            shuffle: true,
        }
    }
}

/// What one cluster was made of: rows are `z A + center` with standard normal `z`, before labels are drawn anew.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cluster {
    /// Its class.
    pub class: Class,
    /// Rows of it.
    pub size: usize,
    /// Its centre, columns shuffled as the data's.
    pub center: Point,
    /// `A^T A` as `[xx, xy, yy]`, columns shuffled as the data's.
    pub covariance: [f64; 3],
}

/// Slanted clusters, with what they were made of.
pub fn make_classification(
    call: &MakeClassification,
    random: &mut RandomState,
) -> Result<(Dataset, Vec<Cluster>), GeneratorError> {
    let &MakeClassification { n_samples, n_classes, n_clusters_per_class, class_sep, .. } = call;
    let n_clusters = n_classes * n_clusters_per_class;
    let too_many = GeneratorError::TooManyClusters { n_classes, n_clusters_per_class };
    if n_clusters > 4 {
        return Err(too_many);
    }
    let sizes = sizes(call)?;
    let corners = sample_without_replacement(4, n_clusters, random).map_err(|_| too_many)?;
    let mut x: Vec<Point> = (0..n_samples).map(|_| [random.standard_normal(), random.standard_normal()]).collect();
    let mut y: Vec<Class> = Vec::with_capacity(n_samples);
    let mut clusters = Vec::with_capacity(n_clusters);
    for (k, (&size, corner)) in sizes.iter().zip(corners).enumerate() {
        let class = (k % n_classes) as Class;
        let center = [corner >> 1, corner & 1].map(|bit| bit as f64 * (2.0 * class_sep) - class_sep);
        let mut side = || 2.0 * random.uniform(0.0, 1.0) - 1.0;
        let a = [[side(), side()], [side(), side()]];
        for point in &mut x[y.len()..y.len() + size] {
            let [u, v] = *point;
            // the matrix product behind NumPy fuses its second multiplication with the sum
            *point = [0, 1].map(|j| v.mul_add(a[1][j], u * a[0][j]) + center[j]);
        }
        y.extend(std::iter::repeat_n(class, size));
        let product = |i: usize, j: usize| a[0][i] * a[0][j] + a[1][i] * a[1][j];
        clusters.push(Cluster { class, size, center, covariance: [product(0, 0), product(0, 1), product(1, 1)] });
    }
    if call.flip_y >= 0.0 {
        let drawn_anew: Vec<bool> = (0..n_samples).map(|_| random.uniform(0.0, 1.0) < call.flip_y).collect();
        for (label, _) in y.iter_mut().zip(drawn_anew).filter(|(_, anew)| *anew) {
            *label = random.randint(0, n_classes as i64) as Class;
        }
    }
    let mut data = Dataset { x, y };
    if call.shuffle {
        data = shuffled(data, random);
        if random.permutation(2) == [1, 0] {
            data.x.iter_mut().for_each(|point| point.reverse());
            for cluster in &mut clusters {
                cluster.center.reverse();
                cluster.covariance.reverse();
            }
        }
    }
    Ok((data, clusters))
}

/// Rows of each cluster: the weighted share rounded down, what is missing given to the first clusters one by one.
fn sizes(call: &MakeClassification) -> Result<Vec<usize>, GeneratorError> {
    let n_classes = call.n_classes;
    let weights = match &call.weights {
        None => vec![1.0 / n_classes as f64; n_classes],
        Some(weights) if weights.len() == n_classes => weights.clone(),
        Some(weights) if weights.len() + 1 == n_classes => {
            let mut all = weights.clone();
            all.push(1.0 - weights.iter().sum::<f64>());
            all
        }
        Some(_) => return Err(GeneratorError::Weights),
    };
    let n_clusters = n_classes * call.n_clusters_per_class;
    let share = |k: usize| call.n_samples as f64 * weights[k % n_classes] / call.n_clusters_per_class as f64;
    let mut sizes: Vec<usize> = (0..n_clusters).map(|k| share(k) as usize).collect();
    let missing = call.n_samples.saturating_sub(sizes.iter().sum());
    for i in 0..missing {
        sizes[i % n_clusters] += 1;
    }
    // weights that sum to more than 1 may ask for more rows than there are: NumPy's slices end with the array
    let mut left = call.n_samples;
    for size in &mut sizes {
        *size = (*size).min(left);
        left -= *size;
    }
    Ok(sizes)
}
