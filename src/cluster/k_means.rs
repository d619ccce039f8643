//! k-means: every row belongs to its nearest centre, every centre is the mean of its rows (Lloyd 1982).
//!
//! Each round lowers `sum |x - c(x)|^2`, so it ends; where it ends depends on the seeds, which are those of greedy
//! k-means++. The rules around it are scikit-learn's: the mean of the data is taken off before and added after; a
//! centre that lost all its rows takes the row farthest from its own centre; it stops when no label changes, or when
//! the squared moves of all centres sum to at most `tol` times the mean variance of the columns, or after `max_iter`
//! rounds.
//!
//! Degenerate cases: fewer rows than clusters is an error. With fewer *different* rows than clusters some clusters
//! stay empty; their centres lie on the centre of the largest cluster (or, as in the library, on the sum of its rows
//! when that cluster comes later). Of rows equally far away the later one is taken
//! first by an empty cluster (the library's order there depends on the processor).

use super::around::Around;
use super::box_tree::{BoxTree, ROWS_PER_LEAF};
use super::filter::label_all;
use super::plus_plus::plus_plus;
use super::{ClusterError, check, squared_distance};
use crate::base::Rows;
use crate::base::math::{sum, sum_in_order};
use crate::random::RandomState;

/// Settings; everything but the number of clusters is scikit-learn's default.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KMeans {
    /// Number of centres.
    pub n_clusters: usize,
    /// Rounds at most.
    pub max_iter: usize,
    /// Sum of squared moves, relative to the mean variance of the columns, that counts as standing still.
    pub tol: f64,
}

/// What k-means found.
#[derive(Clone, Debug, PartialEq)]
pub struct KMeansFit {
    /// The centres.
    pub centers: Rows,
    /// The centre of each row.
    pub labels: Vec<u32>,
    /// Sum of the squared distances of the rows to their centres.
    pub inertia: f64,
    /// Rounds that were run.
    pub n_iter: usize,
}

impl KMeansFit {
    /// How many rows each centre has.
    pub fn sizes(&self) -> Vec<usize> {
        let mut sizes = vec![0; self.centers.len()];
        self.labels.iter().for_each(|&label| sizes[label as usize] += 1);
        sizes
    }
}

/// What one round ended with.
#[derive(Clone, Copy, Debug)]
pub struct KMeansRound<'a> {
    /// 0 for the seeds, then counted from 1.
    pub round: usize,
    /// The label of each row, by the centres of the round before. Empty for the seeds.
    pub labels: &'a [u32],
    /// Sum of the squared moves of the centres.
    pub moved: f64,
    centers: &'a Rows,
    mean: &'a [f64],
}

impl KMeansRound<'_> {
    /// The centres after the round.
    pub fn centers(&self) -> Rows {
        shifted(self.centers, self.mean)
    }
}

impl KMeans {
    /// scikit-learn's defaults: 300 rounds, tolerance 1e-4.
    pub fn new(n_clusters: usize) -> Self {
        Self { n_clusters, max_iter: 300, tol: 1e-4 }
    }

    /// Clusters `x`.
    ///
    /// ```
    /// use imbalance_lab::{base::Rows, cluster::KMeans, random::RandomState};
    ///
    /// let x = Rows::from_points(&[[1.0, 2.0], [1.0, 4.0], [1.0, 0.0], [10.0, 2.0], [10.0, 4.0], [10.0, 0.0]]);
    /// let fit = KMeans::new(2).fit(&x, &mut RandomState::new(0))?;
    /// assert_eq!((fit.labels, fit.inertia), (vec![1, 1, 1, 0, 0, 0], 16.0));
    /// # Ok::<(), imbalance_lab::cluster::ClusterError>(())
    /// ```
    pub fn fit(&self, x: &Rows, random: &mut RandomState) -> Result<KMeansFit, ClusterError> {
        self.fit_watched(x, random, &mut |_| {})
    }

    /// [`Self::fit`] that calls `watch` with the seeds and after every round.
    pub fn fit_watched(
        &self,
        x: &Rows,
        random: &mut RandomState,
        watch: &mut dyn FnMut(KMeansRound),
    ) -> Result<KMeansFit, ClusterError> {
        check(x, self.n_clusters)?;
        let (mean, mean_variance) = mean_and_variance(x);
        let tol = mean_variance * self.tol;
        let x = &shifted(x, &mean.iter().map(|mean| -mean).collect::<Vec<f64>>());

        let tree = BoxTree::new(x, ROWS_PER_LEAF);
        let mut centers = Around::new(x.take(&plus_plus(x, &tree, self.n_clusters, random)));
        watch(KMeansRound { round: 0, labels: &[], moved: 0.0, centers: centers.centers(), mean: &mean });
        let (mut labels, mut before) = (vec![0; x.len()], vec![u32::MAX; x.len()]);
        let (mut n_iter, mut settled, mut previous) = (0, false, None);
        while n_iter < self.max_iter && !settled {
            n_iter += 1;
            label_all(&tree, previous.as_ref(), &centers, &mut labels);
            let next = means(x, centers.centers(), &labels);
            let shifts = next.iter().zip(centers.centers().iter());
            let shift: Vec<f64> = shifts.map(|(a, b)| squared(distance(a, b))).collect();
            let next = centers.moved_to(next);
            previous = Some(std::mem::replace(&mut centers, next));
            let moved = sum(&shift);
            watch(KMeansRound { round: n_iter, labels: &labels, moved, centers: centers.centers(), mean: &mean });
            settled = labels == before;
            if !settled && moved <= tol {
                break;
            }
            before.copy_from_slice(&labels);
        }
        if !settled {
            label_all(&tree, previous.as_ref(), &centers, &mut labels);
        }
        let centers = centers.centers();
        let inertia = inertia(x, centers, &labels);
        Ok(KMeansFit { centers: shifted(centers, &mean), labels, inertia, n_iter })
    }
}

fn squared(x: f64) -> f64 {
    x * x
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    squared_distance(a, b).sqrt()
}

fn shifted(rows: &Rows, by: &[f64]) -> Rows {
    let values = rows.iter().flat_map(|row| row.iter().zip(by).map(|(value, by)| value + by)).collect();
    Rows::from_values(rows.width(), values)
}

/// The mean of each column, and the mean of the columns' variances.
fn mean_and_variance(x: &Rows) -> (Vec<f64>, f64) {
    let n = x.len() as f64;
    let column = |axis: usize| x.iter().map(move |row| row[axis]);
    let mean: Vec<f64> = (0..x.width()).map(|axis| sum_in_order(column(axis)) / n).collect();
    let variance = |axis: usize| sum_in_order(column(axis).map(|value| squared(value - mean[axis]))) / n;
    let variances: Vec<f64> = (0..x.width()).map(variance).collect();
    (mean, sum(&variances) / x.width() as f64)
}

/// The mean of each cluster's rows, empty clusters provided for.
fn means(x: &Rows, centers: &Rows, labels: &[u32]) -> Rows {
    let k = centers.len();
    let mut sums = Rows::from_values(x.width(), vec![0.0; k * x.width()]);
    let mut counts = vec![0usize; k];
    for (row, &label) in x.iter().zip(labels) {
        counts[label as usize] += 1;
        sums.row_mut(label as usize).iter_mut().zip(row).for_each(|(sum, value)| *sum += value);
    }
    relocate_empty(x, centers, labels, &mut sums, &mut counts);
    let largest = (0..k).rev().max_by_key(|&cluster| counts[cluster]).unwrap_or(0);
    for (cluster, &count) in counts.iter().enumerate() {
        if count > 0 {
            let share = 1.0 / count as f64;
            sums.row_mut(cluster).iter_mut().for_each(|sum| *sum *= share);
        } else {
            // in order, as in the library: an empty cluster before the largest gets its sum, which is not yet a mean
            let stand_in = sums.row(largest).to_vec();
            sums.row_mut(cluster).copy_from_slice(&stand_in);
        }
    }
    sums
}

/// Gives each empty cluster the row that is farthest from its own centre.
fn relocate_empty(x: &Rows, centers: &Rows, labels: &[u32], sums: &mut Rows, counts: &mut [usize]) {
    let empty: Vec<usize> = (0..counts.len()).filter(|&cluster| counts[cluster] == 0).collect();
    if empty.is_empty() {
        return;
    }
    let far: Vec<f64> = x.iter().zip(labels).map(|(row, &l)| squared_distance(row, centers.row(l as usize))).collect();
    if far.iter().all(|&far| far == 0.0) {
        // more clusters than different rows: there is nothing to give
        return;
    }
    let mut farthest: Vec<usize> = (0..x.len()).collect();
    farthest.sort_by(|&a, &b| far[b].total_cmp(&far[a]).then(b.cmp(&a)));
    for (cluster, i) in empty.into_iter().zip(farthest) {
        let old = labels[i] as usize;
        for (axis, &value) in x.row(i).iter().enumerate() {
            sums.row_mut(old)[axis] -= value;
            sums.row_mut(cluster)[axis] = value;
        }
        counts[cluster] = 1;
        counts[old] = counts[old].saturating_sub(1);
    }
}

/// Sum of the squared distances of the rows to their centres.
pub(super) fn inertia(x: &Rows, centers: &Rows, labels: &[u32]) -> f64 {
    sum_in_order(x.iter().zip(labels).map(|(row, &label)| squared_distance(row, centers.row(label as usize))))
}
