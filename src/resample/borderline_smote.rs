//! Borderline-SMOTE: SMOTE that starts only from minority rows in danger.
//!
//! Of the `m` nearest rows of a minority row, `m'` are of another class. It is in danger when `m/2 <= m' < m`; safe
//! below, and noise when all are. The first kind goes from a row in danger towards its `k` nearest minority rows, the
//! second towards its `k` nearest rows of any class, at most half-way to those of another class.
//!
//! H. Han, W.-Y. Wang, B.-H. Mao, "Borderline-SMOTE: a new over-sampling method in imbalanced data sets learning",
//! ICIC 2005.
//!
//! A class without a row in danger stays as it is.

use super::interpolate::add_between;
use super::play::words::{count, plural};
use super::play::{Moment, Tally, Told, are};
use super::{
    Algorithm, Bench, Choice, Domain, Family, Fault, Job, K_NEIGHBORS, M_NEIGHBORS, Method, Parameter, Parity,
    SamplingKind, Step, TableUse, Value, Verdict, Words,
};
use crate::base::Class;

pub(super) struct BorderlineSmote;

const KIND: Parameter = Parameter {
    link: "",
    name: "kind",
    label: "Kind",
    hint: "1: towards minority neighbours only; 2: towards any, half-way to the other class",
    domain: Domain::Choice(&[
        Choice { link: "b1", python: "\"borderline-1\"", label: "borderline-1" },
        Choice { link: "b2", python: "\"borderline-2\"", label: "borderline-2" },
    ]),
    default: Value::Choice(0),
};

impl Algorithm for BorderlineSmote {
    const METHOD: Method = Method {
        name: "BorderlineSMOTE",
        link: "borderline",
        title: "Borderline-SMOTE",
        family: Family::Over,
        kind: SamplingKind::Over,
        parameters: &[K_NEIGHBORS, M_NEIGHBORS, KIND],
        random: true,
    };

    const WORDS: Words = Words {
        does: "SMOTE that starts only from minority rows in danger.",
        used: "When the border is what is hard and the inside of the minority needs no help.",
        paper: "H. Han, W.-Y. Wang, B.-H. Mao, Borderline-SMOTE: a new over-sampling method in imbalanced data sets \
                learning, ICIC 2005",
        also: "BLSMOTE",
        parity: Parity::Same,
        phases: &["Find who is in danger", "Generate"],
        pseudocode: &[
            "for each minority row i:",
            "    near = its m nearest rows; m' = those of another class",
            "    verdict = in danger if m/2 <= m' < m, noise if m' = m, else safe",
            "for each row i in danger:",
            "    nn[i] = its k nearest rows (1: minority, 2: any)",
            "repeat n times:",
            "    i, nn = a row in danger and one of its neighbours, at random",
            "    gap = from 0 to 1, at random (2: to 0.5 towards another class)",
            "    add new = x[i] + gap * (x[nn] - x[i])",
        ],
    };

    fn fit_resample(bench: &mut Bench, job: &Job) -> Result<(), Fault> {
        let (k, m) = (job.sampler.count(&K_NEIGHBORS), job.sampler.count(&M_NEIGHBORS));
        for &(class, n) in job.targets.iter().filter(|&&(_, n)| n > 0) {
            let members = bench.positions_of(class);
            bench.phase(0);
            let around = bench.neighbors(TableUse::Judge, &members, None, (M_NEIGHBORS.name, m))?;
            let mut in_danger = Vec::new();
            for (&row, neighbors) in members.iter().zip(around.chunks_exact(m)) {
                let (others, verdict) = danger(bench, class, neighbors);
                bench.judge(row, others, verdict);
                if verdict == Verdict::Danger {
                    in_danger.push(row);
                }
            }
            if in_danger.is_empty() {
                continue;
            }
            bench.phase(1);
            let (among, halved) = match job.sampler.choice(&KIND) {
                0 => (Some(members.as_slice()), None),
                _ => (None, Some(class)),
            };
            let table = bench.neighbors(TableUse::Interpolate, &in_danger, among, (K_NEIGHBORS.name, k))?;
            add_between(bench, &in_danger, (&table, k), n, job.seed, halved);
        }
        Ok(())
    }

    fn tell(moment: &Moment) -> Told {
        match moment.step {
            Step::Judge { others, verdict, .. } => judged(moment, others, verdict, 2, SO),
            _ => Told::new(8, moment.added_between(), moment.between_variables()),
        }
    }

    fn summary(tally: &Tally) -> String {
        let (name, (judged, in_danger)) = (tally.name(), tally.judged(Verdict::Danger));
        let points = plural(judged, "point");
        match (judged, in_danger) {
            (0, _) => format!("{name} added nothing: the classes had their counts already."),
            (_, 0) => format!("{name} found none of {points} in danger and added nothing."),
            _ => format!(
                "{name} found *{in_danger}* of {points} in danger and added *{}* from there: {} *{}* became *{}*.",
                tally.added,
                tally.class_name(),
                tally.before,
                tally.after
            ),
        }
    }

    fn explain(tally: &Tally) -> (String, String) {
        let sampler = &tally.stage.sampler;
        let (class, m) = (tally.class_name(), sampler.count(&M_NEIGHBORS));
        let (judged, in_danger) = tally.judged(Verdict::Danger);
        let towards = match sampler.choice(&KIND) {
            0 => format!("{class} points"),
            _ => "points of any class, at most half-way to another class".to_string(),
        };
        (
            format!(
                "Each {class} point is judged by its *{m}* nearest points: with *{}* or more of another class, but \
                 not all, it is in danger, and *{in_danger}* of *{judged}* are. From these, {} added towards one of \
                 the *{}* nearest {towards}.",
                m.div_ceil(2),
                are(&plural(tally.added, "point"), tally.added),
                sampler.count(&K_NEIGHBORS),
            ),
            format!("new points that crowd along the border, all from {} points.", count(in_danger)),
        )
    }
}

/// How many of `neighbors` are of another class than `class`, and what follows for a row with these neighbours.
pub(super) fn danger(bench: &Bench, class: Class, neighbors: &[u32]) -> (u32, Verdict) {
    let others = neighbors.iter().filter(|&&i| bench.y[i as usize] != class).count();
    let verdict = match others {
        _ if others == neighbors.len() => Verdict::Noise,
        _ if 2 * others >= neighbors.len() => Verdict::Danger,
        _ => Verdict::Safe,
    };
    (others as u32, verdict)
}

/// What follows for a row in danger and for a safe one.
const SO: [&str; 2] = ["and new points start from it", "and no new point starts from it"];

/// What is said at `line` when a row was judged by [`danger`], with what follows when it is in danger, and when safe.
pub(super) fn judged(moment: &Moment, others: u32, verdict: Verdict, line: usize, [risky, calm]: [&str; 2]) -> Told {
    let (row, m) = (moment.center(), moment.focus.neighbors.len());
    let (what, so) = match verdict {
        Verdict::Danger => ("in danger", format!("At least half, but not all: it is *in danger*, {risky}.")),
        Verdict::Noise => ("noise", "All of them: it counts as *noise*, and no new point starts from it.".to_owned()),
        _ => ("safe", format!("Fewer than half: it is *safe*, {calm}.")),
    };
    let (who, other, part) = (moment.who(row), moment.other_class(row), moment.that_take_part());
    Told::new(
        line,
        format!("{who}: *{others}* of its *{m}* nearest points{part} are {other}. {so}"),
        vec![
            ("i", moment.name(row)),
            ("m", m.to_string()),
            ("m'", others.to_string()),
            ("near", moment.neighbor_names()),
            ("verdict", what.to_string()),
        ],
    )
}
