//! What the samplers that cluster share: rounds written down as steps, and the words for them.

use super::bench::Bench;
use super::play::words::{number, plural};
use super::play::{Moment, Told};
use super::{Fault, Step};
use crate::base::Rows;
use crate::cluster::{ClusterError, KMeans, KMeansFit};
use crate::random::RandomState;

/// Centres that a stage writes down at most, over all rounds: enough to play small things round by round, and no more
/// memory than the rows of large ones.
const MOST_CENTERS: usize = 100_000;

/// Rounds that become steps.
pub(super) struct Rounds<'b, 'a> {
    bench: &'b mut Bench<'a>,
    centers: usize,
    written: Option<u32>,
    /// The last one, whether written down or not.
    last: (u32, f64),
}

impl<'b, 'a> Rounds<'b, 'a> {
    pub(super) fn new(bench: &'b mut Bench<'a>) -> Self {
        Self { bench, centers: 0, written: None, last: (0, 0.0) }
    }

    /// A round ended; `centers` is asked for only if it is written down.
    pub(super) fn ended(&mut self, round: usize, moved: f64, centers: impl FnOnce() -> Rows) {
        self.last = (round as u32, moved);
        if self.centers < MOST_CENTERS {
            let centers = centers();
            self.centers += centers.len();
            self.write(&centers);
        }
    }

    /// No round follows: where the centres are now is written down in any case.
    pub(super) fn finish(mut self, centers: &Rows) {
        if self.written != Some(self.last.0) {
            self.write(centers);
        }
    }

    fn write(&mut self, centers: &Rows) {
        self.bench.iterate(self.last.0, self.last.1, centers);
        self.written = Some(self.last.0);
    }
}

/// k-means over `x`, its rounds written down.
pub(super) fn k_means(bench: &mut Bench, x: &Rows, n_clusters: usize, seed: u32) -> Result<KMeansFit, Fault> {
    let mut rounds = Rounds::new(bench);
    let fit = KMeans::new(n_clusters)
        .fit_watched(x, &mut RandomState::new(seed), &mut |round| {
            rounds.ended(round.round, round.moved, || round.centers());
        })
        .map_err(fault)?;
    rounds.finish(&fit.centers);
    Ok(fit)
}

pub(super) fn fault(error: ClusterError) -> Fault {
    Fault::Algorithm { message: error.to_string(), library: error.library_message(), library_type: "ValueError" }
}

/// A round of k-means over `what` (singular): the seeds stand in line `seeded` of the pseudocode, the moves in line
/// `moved`.
pub(super) fn tell_round(moment: &Moment, seeded: usize, moved: usize, what: &str) -> Told {
    let Step::Iterate { iteration, moved: distance } = moment.step else { return Told::default() };
    let since = moment.focus.place.index as u32 + 1;
    let centers = moment.stage.centers.iter().find(|centers| centers.since == since).map_or(0, |c| c.at.len());
    let n = plural(centers, "centre");
    match iteration {
        0 => Told::new(
            seeded,
            format!("{n} to start from, each on a {what}, far from each other."),
            vec![("centers", centers.to_string())],
        ),
        _ => Told::new(
            moved,
            format!(
                "Round *{iteration}*: every {what} joins the nearest of {n}, and each centre moves to the mean \
                 of its points."
            ),
            vec![("round", iteration.to_string()), ("moved", number(distance))],
        ),
    }
}
