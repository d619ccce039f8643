//! Random under-sampling: keeps a drawn part of the larger classes and drops the rest.
//!
//! Cheap, and wasteful: what is dropped is lost. Rows leave grouped by class, drawn rows in the order drawn. A row
//! drawn again (with replacement) is kept once and repeated.

use super::play::words::plural;
use super::play::{Moment, Tally, Told};
use super::{
    Algorithm, Bench, Domain, Family, Fault, Job, Method, OutputOrder, Parameter, Parity, SamplingKind, Step, Value,
    Words,
};
use crate::random::RandomState;

pub(super) struct RandomUnderSampler;

const REPLACEMENT: Parameter = Parameter {
    link: "replacement",
    name: "replacement",
    label: "Draw with replacement",
    hint: "replacement: the same row may be drawn more than once",
    domain: Domain::Flag,
    default: Value::Flag(false),
};

impl Algorithm for RandomUnderSampler {
    const METHOD: Method = Method {
        name: "RandomUnderSampler",
        link: "under",
        title: "Random under-sampling",
        family: Family::UnderSelect,
        kind: SamplingKind::Under,
        parameters: &[REPLACEMENT],
        random: true,
    };

    const WORDS: Words = Words {
        does: "Keeps a random part of the majority and drops the rest.",
        used: "When there are rows enough to throw away, or inside an ensemble.",
        paper: "G. Batista, R. Prati, M. Monard, A study of the behavior of several methods for balancing machine \
                learning training data, SIGKDD Explorations 6, 2004",
        also: "RUS, undersampling",
        parity: Parity::Same,
        phases: &["Draw who stays", "Drop the others"],
        pseudocode: &[
            "for each class that is too large:",
            "    n = wanted rows",
            "    repeat n times:",
            "        keep a row i of the class, at random",
            "    drop the rows that were not drawn",
        ],
    };

    fn fit_resample(bench: &mut Bench, job: &Job) -> Result<(), Fault> {
        let mut random = RandomState::new(job.seed);
        bench.order = OutputOrder::GroupedByClass;
        for &(class, n) in job.targets {
            let positions = bench.positions_of(class);
            let drawn: Vec<usize> = if job.sampler.flag(&REPLACEMENT) {
                (0..n).map(|_| random.interval(positions.len() as u64 - 1) as usize).collect()
            } else {
                // All of them are shuffled, however few are wanted.
                let mut order = random.permutation(positions.len());
                order.truncate(n);
                order
            };
            let mut kept = vec![false; positions.len()];
            bench.phase(0);
            for at in drawn {
                if std::mem::replace(&mut kept[at], true) {
                    bench.add_copy(positions[at]);
                } else {
                    bench.keep(positions[at]);
                }
            }
            bench.phase(1);
            for (&row, _) in positions.iter().zip(&kept).filter(|&(_, &kept)| !kept) {
                bench.drop(row);
            }
        }
        Ok(())
    }

    fn tell(moment: &Moment) -> Told {
        let i = vec![("i", moment.name(moment.center()))];
        match moment.step {
            Step::Keep { .. } => Told::new(3, moment.kept(), i),
            Step::Drop { .. } => Told::new(4, moment.dropped(), i),
            _ => {
                let (who, times) = (moment.who(moment.center()), moment.repetitions());
                Told::new(3, format!("{who} is drawn again: it now counts *{times}* times."), i)
            }
        }
    }

    fn why_dropped(_: &Moment) -> String {
        "it was not drawn".to_string()
    }

    fn summary(tally: &Tally) -> String {
        format!(
            "{} kept *{}* of *{}* {} points by chance and dropped {}.",
            tally.name(),
            tally.after,
            tally.before,
            tally.class_name(),
            plural(tally.removed, "row")
        )
    }

    fn explain(tally: &Tally) -> (String, String) {
        let again = match tally.stage.sampler.flag(&REPLACEMENT) {
            true => ", the same one perhaps more than once,",
            false => "",
        };
        (
            format!(
                "Of *{}* {} points *{}* are kept by chance{again} and {} dropped.",
                tally.before,
                tally.class_name(),
                tally.after,
                tally.removed_are()
            ),
            "what is thrown away: another seed keeps other points, and the boundary moves.".to_string(),
        )
    }
}
