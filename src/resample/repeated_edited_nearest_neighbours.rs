//! Repeated edited nearest neighbours: editing the survivors again and again.
//!
//! Every pass is [`super::edited_nearest_neighbours`] on what the last one left. It stops when a pass removes nothing,
//! when a class becomes smaller than the minority was, when a class vanishes, or after `max_iter` passes; what the last
//! pass removed stays removed.
//!
//! I. Tomek, "An experiment with the edited nearest-neighbor rule", IEEE Transactions on Systems, Man and Cybernetics 6,
//! 1976.
//!
//! imbalanced-learn's `sample_indices_` (not its rows) are wrong when the very first pass removes nothing: the order by
//! class is applied twice to them. The rows here are those that it returns.

use super::edited_nearest_neighbours::{
    KIND_SEL, N_NEIGHBORS, PHASES, WATCH_FOR, edit, rule, rule_in_words, told, why_removed,
};
use super::passes::Passes;
use super::play::{Moment, Tally, Told};
use super::strategy::{class_counts, resolve};
use super::vote::rarest_class;
use super::{
    Algorithm, Bench, Domain, Family, Fault, Job, Method, OutputOrder, Parameter, Parity, SamplingKind, Value, Words,
};
use crate::base::Class;

pub(super) struct RepeatedEditedNearestNeighbours;

const MAX_ITER: Parameter = Parameter {
    link: "iter",
    name: "max_iter",
    label: "Passes at most",
    hint: "max_iter: how often the editing is repeated at most",
    domain: Domain::Count { min: 1, max: 1000, slider: 100, neighbors: false },
    default: Value::Count(100),
};

impl Algorithm for RepeatedEditedNearestNeighbours {
    const METHOD: Method = Method {
        name: "RepeatedEditedNearestNeighbours",
        link: "renn",
        title: "Repeated edited nearest neighbours",
        family: Family::UnderSelect,
        kind: SamplingKind::Clean,
        parameters: &[N_NEIGHBORS, MAX_ITER, KIND_SEL],
        random: false,
    };

    const WORDS: Words = Words {
        does: "Edits the majority again and again until nothing is left to remove.",
        used: "To clear the overlap thoroughly where one pass leaves its second row standing.",
        paper: "I. Tomek, An experiment with the edited nearest-neighbor rule, IEEE Transactions on Systems, Man and \
                Cybernetics 6, 1976",
        also: "RENN",
        parity: Parity::Same,
        phases: PHASES,
        pseudocode: &[
            "for pass = 1 to max_iter:",
            "    for each majority row i that is left:",
            "        nn = its k nearest rows of those that are left; others = those of another class",
            "        condemned if any (mode: most; tie: smallest label) of nn is of another class",
            "    remove the condemned rows",
            "    stop if none was, or the majority is below the minority",
        ],
    };

    fn fit_resample(bench: &mut Bench, job: &Job) -> Result<(), Fault> {
        bench.order = OutputOrder::GroupedByClass;
        let floor = Floor::of(&bench.y);
        let k = job.sampler.count(&N_NEIGHBORS);
        let mut passes = Passes::new((N_NEIGHBORS.name, k));
        for _ in 0..job.sampler.count(&MAX_ITER) {
            let targets = resolve(&job.sampler.sampling_strategy, SamplingKind::Clean, &class_counts(&bench.y))?;
            let removed = edit(bench, &targets, k, rule(job), 0, Some(&mut passes))?;
            bench.settle();
            if removed.is_empty() || floor.lost_a_class(&bench.y) || floor.fell_below(&bench.y) {
                break;
            }
        }
        Ok(())
    }

    fn tell(moment: &Moment) -> Told {
        in_pass(moment, "pass", told(moment, 3, 4))
    }

    fn why_dropped(moment: &Moment) -> String {
        format!("in pass *{}*, {}", moment.round() + 1, why_removed(moment))
    }

    fn explain(tally: &Tally) -> (String, String) {
        let passes = match tally.stage.phases.iter().filter(|start| start.phase == 0).count() {
            1 => "one pass".to_string(),
            n => format!("*{n}* passes"),
        };
        let removed = format!(" What is left is judged again: in {passes} {} removed.", tally.removed_are());
        (rule_in_words(tally) + &removed, WATCH_FOR.to_string())
    }
}

/// The pass, which the pseudocode calls `name`, goes before what is said about a step.
pub(super) fn in_pass(moment: &Moment, name: &'static str, told: Told) -> Told {
    let pass = moment.round() + 1;
    let mut variables = vec![(name, pass.to_string())];
    variables.extend(told.variables);
    Told::new(told.line, format!("Pass *{pass}*. {}", told.sentence), variables)
}

/// What was there before the first pass: nothing may fall below it.
pub(super) struct Floor {
    minority: Class,
    count: usize,
    n_classes: usize,
}

impl Floor {
    pub(super) fn of(y: &[Class]) -> Self {
        let (minority, counts) = (rarest_class(y), class_counts(y));
        Self { minority, count: counts.get(&minority).copied().unwrap_or(0), n_classes: counts.len() }
    }

    /// Whether a class has no row any more.
    pub(super) fn lost_a_class(&self, y: &[Class]) -> bool {
        class_counts(y).len() < self.n_classes
    }

    /// Whether another class has fewer rows than the minority had.
    pub(super) fn fell_below(&self, y: &[Class]) -> bool {
        class_counts(y).iter().any(|(&class, &count)| class != self.minority && count < self.count)
    }
}
