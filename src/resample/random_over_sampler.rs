//! Random over-sampling: repeats rows of the smaller classes, drawn with replacement, until the counts are reached.
//!
//! Adds no new place to the plane; it only makes the rows that are there weigh more.

use super::play::{Moment, Tally, Told};
use super::{Algorithm, Bench, Family, Fault, Job, Method, Parity, SamplingKind};
use crate::random::RandomState;

pub(super) struct RandomOverSampler;

impl Algorithm for RandomOverSampler {
    const METHOD: Method = Method {
        name: "RandomOverSampler",
        link: "over",
        title: "Random over-sampling",
        family: Family::Over,
        kind: SamplingKind::Over,
        does: "Repeats minority rows, drawn with replacement.",
        used: "The plain first try: nothing new is invented, but the same few rows count many times.",
        paper: "G. Batista, R. Prati, M. Monard, A study of the behavior of several methods for balancing machine \
                learning training data, SIGKDD Explorations 6, 2004",
        parameters: &[],
        random: true,
        parity: Parity::Same,
        phases: &[],
        pseudocode: &[
            "n = wanted rows - present rows",
            "repeat n times:",
            "    i = a minority row, each as likely",
            "    add row i once more",
        ],
    };

    fn fit_resample(bench: &mut Bench, job: &Job) -> Result<(), Fault> {
        let mut random = RandomState::new(job.seed);
        for &(class, n) in job.targets {
            let positions = bench.positions_of(class);
            for _ in 0..n {
                bench.add_copy(positions[random.interval(positions.len() as u64 - 1) as usize]);
            }
        }
        Ok(())
    }

    fn tell(moment: &Moment) -> Told {
        let (who, times) = (moment.who(moment.center()), moment.repetitions());
        Told::new(
            3,
            format!("{who} is drawn and repeated: it now counts *{times}* times."),
            vec![("i", moment.name(moment.center())), ("counts", times.to_string())],
        )
    }

    fn summary(tally: &Tally) -> String {
        match tally.added {
            0 => format!("{} added nothing: the classes had their counts already.", tally.name()),
            added => format!(
                "{} repeated {} points *{added}* times: *{}* became *{}*.",
                tally.name(),
                tally.class_name(),
                tally.before,
                tally.after
            ),
        }
    }

    fn explain(tally: &Tally) -> (String, String) {
        let Tally { added, before, after, .. } = *tally;
        (
            format!(
                "{} points are drawn at random and repeated, *{added}* times in all, so that *{before}* count as \
                 *{after}*. No new place is filled.",
                tally.class_name()
            ),
            format!(
                "a model that leans on few points: each of the *{before}* now counts *{:.1}* times on average.",
                after as f64 / before.max(1) as f64
            ),
        )
    }
}
