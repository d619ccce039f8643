//! Mini-batch k-means (Sculley, Web-scale k-means clustering, WWW 2010): each round looks at a batch of rows only.
//!
//! A centre is the mean of all rows that ever were given to it: with `v` rows so far and `m` new ones it moves to
//! `(v c + sum of the new rows) / (v + m)`, so it moves less and less. The rules around it are scikit-learn's: batches
//! of 1024 rows drawn with replacement (fewer when there are fewer rows); seeds by k-means++ from three batches' worth
//! of rows; a centre with less than a hundredth of the rows of the largest one is put on a row of the batch now and
//! then; it stops when the smoothed inertia of the batches has not fallen for ten rounds, or after a hundred passes.
//!
//! Degenerate cases: fewer rows than clusters is an error. A cluster may end without a row.

use super::assign::Nearest;
use super::box_tree::{BoxTree, ROWS_PER_LEAF};
use super::k_means::inertia;
use super::plus_plus::plus_plus;
use super::{ClusterError, KMeansFit, check, squared_distance};
use crate::base::Rows;
use crate::random::RandomState;

/// Settings; everything but the number of clusters is scikit-learn's default.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MiniBatchKMeans {
    /// Number of centres.
    pub n_clusters: usize,
    /// Rows per round.
    pub batch_size: usize,
    /// Passes over as many rows as there are, at most.
    pub max_iter: usize,
    /// Rounds without improvement after which it stops.
    pub max_no_improvement: usize,
    /// Share of the largest cluster's rows below which a centre is put elsewhere.
    pub reassignment_ratio: f64,
}

/// What one round ended with.
#[derive(Clone, Copy, Debug)]
pub struct MiniBatchRound<'a> {
    /// 0 for the seeds, then counted from 1.
    pub round: usize,
    /// The rows of the batch. Empty for the seeds.
    pub batch: &'a [u32],
    /// The centres after the round.
    pub centers: &'a Rows,
    /// Sum of the squared moves of the centres.
    pub moved: f64,
    /// Which centres were put on a row of the batch because they had too few rows.
    pub reassigned: &'a [u32],
}

impl MiniBatchKMeans {
    /// scikit-learn's defaults.
    pub fn new(n_clusters: usize) -> Self {
        Self { n_clusters, batch_size: 1024, max_iter: 100, max_no_improvement: 10, reassignment_ratio: 0.01 }
    }

    /// Clusters `x`.
    ///
    /// ```
    /// use imbalance_lab::{base::Rows, cluster::MiniBatchKMeans, random::RandomState};
    ///
    /// let x = Rows::from_points(&[[1.0, 2.0], [1.0, 4.0], [1.0, 0.0], [10.0, 2.0], [10.0, 4.0], [10.0, 0.0]]);
    /// let fit = MiniBatchKMeans::new(2).fit(&x, &mut RandomState::new(0))?;
    /// assert_eq!(fit.sizes(), [3, 3]);
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
        watch: &mut dyn FnMut(MiniBatchRound),
    ) -> Result<KMeansFit, ClusterError> {
        check(x, self.n_clusters)?;
        let (n, k) = (x.len(), self.n_clusters);
        let batch_size = self.batch_size.clamp(1, n);
        let mut centers = self.seeds(x, batch_size, random);
        watch(MiniBatchRound { round: 0, batch: &[], centers: &centers, moved: 0.0, reassigned: &[] });

        let rows = EvenDraw::new(n);
        let mut counts = vec![0.0; k];
        let mut progress =
            Progress { share: (2.0 * batch_size as f64 / (n as f64 + 1.0)).min(1.0), ..Progress::default() };
        let (mut since_reassigned, mut n_steps) = (0, 0);
        for round in 1..=self.max_iter * n / batch_size {
            n_steps = round;
            let batch: Vec<u32> = (0..batch_size).map(|_| rows.draw(random)).collect();
            since_reassigned += batch_size;
            let may_reassign = counts.contains(&0.0) || since_reassigned >= 10 * k;
            if may_reassign {
                since_reassigned = 0;
            }

            let drawn = x.take(&batch);
            let mut labels = vec![0; batch_size];
            Nearest::new(&centers).label_all(&drawn, &mut labels);
            let batch_inertia = inertia(&drawn, &centers, &labels) / batch_size as f64;
            let before = centers.clone();
            update(&drawn, &labels, &mut centers, &mut counts);
            let reassigned =
                if may_reassign { self.reassign(&drawn, &mut centers, &mut counts, random) } else { vec![] };
            let moved = centers.iter().zip(before.iter()).map(|(a, b)| squared_distance(a, b)).sum();
            watch(MiniBatchRound { round, batch: &batch, centers: &centers, moved, reassigned: &reassigned });
            if round > 1 && progress.without_improvement(batch_inertia) >= self.max_no_improvement {
                break;
            }
        }

        let mut labels = vec![0; n];
        Nearest::new(&centers).label_all(x, &mut labels);
        let inertia = inertia(x, &centers, &labels);
        Ok(KMeansFit { centers, labels, inertia, n_iter: (n_steps * batch_size).div_ceil(n) })
    }

    fn seeds(&self, x: &Rows, batch_size: usize, random: &mut RandomState) -> Rows {
        let n = x.len();
        let wanted = if 3 * batch_size < self.n_clusters { 3 * self.n_clusters } else { 3 * batch_size };
        let init_size = wanted.min(n);
        let any_rows = |random: &mut RandomState| -> Vec<u32> {
            (0..init_size).map(|_| random.interval(n as u64 - 1) as u32).collect()
        };
        // the library draws rows to compare several seedings by, even when there is only one
        any_rows(random);
        let some = if init_size < n { &x.take(&any_rows(random)) } else { x };
        some.take(&plus_plus(some, &BoxTree::new(some, ROWS_PER_LEAF), self.n_clusters, random))
    }

    /// Puts the centres with too few rows on rows of the batch; tells which.
    fn reassign(&self, batch: &Rows, centers: &mut Rows, counts: &mut [f64], random: &mut RandomState) -> Vec<u32> {
        let enough = self.reassignment_ratio * counts.iter().copied().fold(0.0, f64::max);
        let mut poor: Vec<usize> = (0..counts.len()).filter(|&cluster| counts[cluster] < enough).collect();
        let at_most = batch.len() / 2;
        if 2 * poor.len() > batch.len() {
            let mut by_count: Vec<usize> = (0..counts.len()).collect();
            by_count.sort_by(|&a, &b| counts[a].total_cmp(&counts[b]));
            by_count.truncate(at_most);
            poor.retain(|cluster| by_count.contains(cluster));
        }
        if poor.is_empty() {
            return vec![];
        }
        // there are at most half as many as rows in the batch, so the choice can be made
        let chosen = random.choice(batch.len(), poor.len(), false).unwrap_or_default();
        for (&cluster, row) in poor.iter().zip(chosen) {
            centers.row_mut(cluster).copy_from_slice(batch.row(row));
        }
        let others = (0..counts.len()).filter(|cluster| !poor.contains(cluster));
        let least = others.map(|cluster| counts[cluster]).fold(f64::INFINITY, f64::min);
        poor.iter().for_each(|&cluster| counts[cluster] = least);
        poor.into_iter().map(|cluster| cluster as u32).collect()
    }
}

/// Moves each centre to the mean of all rows it ever had.
fn update(batch: &Rows, labels: &[u32], centers: &mut Rows, counts: &mut [f64]) {
    let mut added = vec![0.0; counts.len()];
    for &label in labels {
        let label = label as usize;
        if added[label] == 0.0 {
            centers.row_mut(label).iter_mut().for_each(|value| *value *= counts[label]);
        }
        added[label] += 1.0;
    }
    for (row, &label) in batch.iter().zip(labels) {
        centers.row_mut(label as usize).iter_mut().zip(row).for_each(|(center, value)| *center += value);
    }
    for (cluster, added) in added.into_iter().enumerate().filter(|&(_, added)| added > 0.0) {
        counts[cluster] += added;
        let share = 1.0 / counts[cluster];
        centers.row_mut(cluster).iter_mut().for_each(|value| *value *= share);
    }
}

/// `choice(n, p=full(n, 1 / n))`, its running sum computed once.
struct EvenDraw {
    cumulated: Vec<f64>,
}

impl EvenDraw {
    fn new(n: usize) -> Self {
        let mut sum = 0.0;
        let mut cumulated: Vec<f64> = Vec::with_capacity(n);
        for _ in 0..n {
            sum += 1.0 / n as f64;
            cumulated.push(sum);
        }
        cumulated.iter_mut().for_each(|c| *c /= sum);
        Self { cumulated }
    }

    fn draw(&self, random: &mut RandomState) -> u32 {
        let u = random.random_sample();
        self.cumulated.partition_point(|&c| c <= u) as u32
    }
}

/// The smoothed inertia of the batches, and for how long it has not fallen.
#[derive(Default)]
struct Progress {
    share: f64,
    smoothed: Option<f64>,
    least: Option<f64>,
    rounds: usize,
}

impl Progress {
    fn without_improvement(&mut self, batch_inertia: f64) -> usize {
        let smoothed = self.smoothed.map_or(batch_inertia, |s| s * (1.0 - self.share) + batch_inertia * self.share);
        self.smoothed = Some(smoothed);
        if self.least.is_none_or(|least| smoothed < least) {
            self.least = Some(smoothed);
            self.rounds = 0;
        } else {
            self.rounds += 1;
        }
        self.rounds
    }
}
