//! SMOTE, then Tomek links: new minority rows, and then the pairs on the border removed, both ends.
//!
//! G. E. A. P. A. Batista, A. L. C. Bazzan, M. C. Monard, "Balancing training data for automated annotation of keywords:
//! a case study", WOB 2003.

use super::play::words::plural;
use super::play::{Moment, Tally, Told};
use super::smote::Smote;
use super::strategy::class_counts;
use super::tomek_links::{remove_links, told_link};
use super::{
    Algorithm, Bench, Family, Fault, Job, K_NEIGHBORS, Method, Parity, PythonCall, Sampler, SamplingKind, Step, Words,
};
use crate::base::Class;

pub(super) struct SmoteTomek;

/// The first phase of every combination that begins with SMOTE.
const GENERATE: u32 = 0;
const CLEAN: u32 = 1;

impl Algorithm for SmoteTomek {
    const METHOD: Method = Method {
        name: "SMOTETomek",
        link: "smotetomek",
        title: "SMOTE + Tomek links",
        family: Family::Combined,
        kind: SamplingKind::Over,
        parameters: &[K_NEIGHBORS],
        random: true,
    };

    const WORDS: Words = Words {
        does: "SMOTE, then both ends of every Tomek link are removed.",
        used: "When SMOTE's new rows have come too close to the majority.",
        paper: "G. Batista, A. Bazzan, M. Monard, Balancing training data for automated annotation of keywords: a \
                case study, WOB 2003",
        also: "SMOTE + Tomek",
        parity: Parity::Same,
        phases: &["Generate by SMOTE", "Remove Tomek links"],
        pseudocode: &[
            "for each minority row i:",
            "    nn[i] = its k nearest minority rows",
            "repeat n times:",
            "    i, nn = a row and one of its neighbours; gap from 0 to 1, at random",
            "    add new = x[i] + gap * (x[nn] - x[i])",
            "for each row i, old or new: nn[i], distance = its nearest row, and how far that is",
            "    if nn[nn[i]] = i and their classes differ: remove both",
        ],
    };

    fn fit_resample(bench: &mut Bench, job: &Job) -> Result<(), Fault> {
        bench.phase(GENERATE);
        Smote::fit_resample(bench, job)?;
        bench.settle();
        bench.phase(CLEAN);
        let classes: Vec<Class> = class_counts(&bench.y).into_keys().collect();
        remove_links(bench, &classes)
    }

    fn tell(moment: &Moment) -> Told {
        match moment.step {
            Step::Link { .. } => told_link(moment, 6),
            _ => Told::new(4, moment.added_between(), moment.between_variables()),
        }
    }

    fn explain(tally: &Tally) -> (String, String) {
        let links = tally.count(|step| matches!(step, Step::Link { .. }));
        (
            format!(
                "SMOTE adds {} between {} neighbours. Then {} found among old and new points, and both ends of each \
                 removed.",
                plural(tally.added, "point"),
                tally.class_name(),
                match links {
                    1 => "*1* Tomek link is".to_string(),
                    n => format!("*{n}* Tomek links are"),
                }
            ),
            "that old minority points go as well: every link costs one of each class.".to_string(),
        )
    }

    fn python(sampler: &Sampler, seed: &str) -> PythonCall {
        with_smote(sampler, seed)
    }
}

/// A combination of imbalanced-learn that begins with SMOTE: other than default neighbours take a SMOTE of their own.
pub(super) fn with_smote(sampler: &Sampler, seed: &str) -> PythonCall {
    let mut imports = vec![(sampler.method().family.module(), sampler.name())];
    let mut arguments = Vec::new();
    let strategy = sampler.python_strategy();
    if sampler.get(K_NEIGHBORS.name) == Some(K_NEIGHBORS.default) {
        arguments.extend(strategy);
    } else {
        imports.push((Family::Over.module(), "SMOTE"));
        let mut smote: Vec<String> = strategy.into_iter().collect();
        smote.push(format!("k_neighbors={}", sampler.count(&K_NEIGHBORS)));
        smote.push(format!("random_state={seed}"));
        arguments.push(format!("smote=SMOTE({})", smote.join(", ")));
    }
    arguments.push(format!("random_state={seed}"));
    PythonCall {
        imports,
        code: Vec::new(),
        call: format!("{}({})", sampler.name(), arguments.join(", ")),
        soft_labels: false,
    }
}
