//! What the samplers that cluster share: rounds written down as steps, and the words for them.

use super::bench::Bench;
use super::play::words::{number, plural};
use super::play::{Moment, Tally, Told};
use super::{Batch, Centers, Fault, Step};
use crate::base::Rows;
use crate::cluster::{ClusterError, KMeans, KMeansFit, MiniBatchRound};
use crate::random::RandomState;

/// Centres that a stage writes down at most, over all rounds: enough to play small things round by round, and no more
/// memory than the rows of large ones.
const MOST_CENTERS: usize = 100_000;

/// Rounds that become steps.
pub(super) struct Rounds<'b, 'a> {
    bench: &'b mut Bench<'a>,
    centers: usize,
    written: Option<u32>,
    /// The last one, whether written down or not: its number, by how much the centres moved, its batch.
    last: (u32, f64, Option<Batch>),
}

impl<'b, 'a> Rounds<'b, 'a> {
    pub(super) fn new(bench: &'b mut Bench<'a>) -> Self {
        Self { bench, centers: 0, written: None, last: (0, 0.0, None) }
    }

    /// A round ended; `centers` is asked for only if it is written down.
    pub(super) fn ended(&mut self, round: usize, moved: f64, centers: impl FnOnce() -> Rows) {
        self.keep((round as u32, moved, None), centers);
    }

    /// The same of a round of mini-batch k-means.
    pub(super) fn ended_with_batch(&mut self, round: &MiniBatchRound) {
        let ids = self.bench.row_ids();
        let first = round.batch.iter().take(Batch::NAMED).map(|&row| ids[row as usize]).collect();
        let batch = Batch { size: round.batch.len() as u32, first, reassigned: round.reassigned.to_vec() };
        let batch = (round.round > 0).then_some(batch);
        self.keep((round.round as u32, round.moved, batch), || round.centers.clone());
    }

    fn keep(&mut self, round: (u32, f64, Option<Batch>), centers: impl FnOnce() -> Rows) {
        self.last = round;
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
        let (round, moved, batch) = &self.last;
        self.bench.iterate(*round, *moved, centers, batch.clone());
        self.written = Some(*round);
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
    let takes_part = if moment.stage.only.is_some() { " that takes part" } else { "" };
    let what = format!("{what}{takes_part}");
    let rule = format!("every {what} joins the nearest of {CENTRES}, and each centre moves to the mean of its points.");
    tell_move(moment, seeded, moved, &what, &rule)
}

/// Stands in a rule for "8 centres".
pub(super) const CENTRES: &str = "{centres}";

/// The same for any `rule` by which the centres move.
pub(super) fn tell_move(moment: &Moment, seeded: usize, moved: usize, what: &str, rule: &str) -> Told {
    let Step::Iterate { iteration, moved: distance } = moment.step else { return Told::default() };
    let centers = centers_of(moment).map_or(0, |centers| centers.at.len());
    let n = plural(centers, "centre");
    match iteration {
        0 => Told::new(
            seeded,
            format!("{n} to start from, each on a {what}, far from each other."),
            vec![("centers", centers.to_string())],
        ),
        _ => Told::new(
            moved,
            format!("Round *{iteration}*: {}{}", rule.replace(CENTRES, &n), left_out(moment)),
            vec![("round", iteration.to_string()), ("moved", number(distance))],
        ),
    }
}

/// The centres that the present round ended with.
pub(super) fn centers_of<'a>(moment: &'a Moment) -> Option<&'a Centers> {
    let since = moment.focus.place.index as u32 + 1;
    moment.stage.centers.iter().find(|centers| centers.since == since)
}

/// Says which rounds before the present one were not written down; nothing when all were.
pub(super) fn left_out(moment: &Moment) -> String {
    let Step::Iterate { iteration, .. } = moment.step else { return String::new() };
    let before = moment.stage.steps[..moment.focus.place.index].last();
    match before {
        Some(&Step::Iterate { iteration: last, .. }) if last + 2 == iteration => {
            format!(" Round *{}* is not shown.", last + 1)
        }
        Some(&Step::Iterate { iteration: last, .. }) if last + 1 < iteration => {
            format!(" Rounds *{}* to *{}* are not shown: there are too many centres.", last + 1, iteration - 1)
        }
        _ => String::new(),
    }
}

/// Rounds until the centres stood, over all classes, whether shown or not.
pub(super) fn rounds(tally: &Tally) -> usize {
    let steps = &tally.stage.steps;
    let last_of_run = |at: usize| match steps[at] {
        Step::Iterate { iteration, .. } => match steps.get(at + 1) {
            Some(Step::Iterate { iteration: 1.., .. }) => 0,
            _ => iteration as usize,
        },
        _ => 0,
    };
    (0..steps.len()).map(last_of_run).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Rows;
    use crate::resample::play::{sentence, summary};
    use crate::resample::{Chain, Origin, Sampler};

    #[test]
    fn rounds_that_are_not_written_down_are_counted_and_named() {
        const N: usize = 60_000;
        let mut chain = Chain {
            pool_x: vec![[0.0, 0.0]; 2],
            pool_hidden: Rows::new(0),
            pool_y: vec![0, 1],
            pool_origin: vec![Origin::Original; 2],
            stages: Vec::new(),
            output: Vec::new(),
        };
        let centers = || Rows::from_values(2, vec![0.0; 2 * N]);
        let mut bench = Bench::new(&mut chain, vec![0, 1]);
        let mut watched = Rounds::new(&mut bench);
        (0..=7).for_each(|round| watched.ended(round, 0.5, centers));
        watched.finish(&centers());
        let trace = bench.finish(&Sampler::named("ClusterCentroids").unwrap(), 0);
        assert_eq!(trace.centers.len(), 3, "the seeds, the first round and the last");
        chain.stages.push(trace);
        let said = sentence(&chain, 3, |p| p).to_string();
        assert!(said.starts_with("Round 7: every point of the class joins"), "{said}");
        assert!(said.ends_with("Rounds 2 to 6 are not shown: there are too many centres."), "{said}");
        assert!(!sentence(&chain, 2, |p| p).to_string().contains("not shown"));
        let said = summary(&chain, 0).to_string();
        assert!(said.ends_with("found in 7 rounds."), "{said}");
    }
}
