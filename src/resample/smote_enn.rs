//! SMOTE, then edited nearest neighbours: new minority rows, and then every row removed that is not among its own kind.
//!
//! Rows of all classes are edited, by their three nearest rows, all of which have to agree.
//!
//! G. E. A. P. A. Batista, R. C. Prati, M. C. Monard, "A study of the behavior of several methods for balancing machine
//! learning training data", SIGKDD Explorations 6, 2004.

use super::edited_nearest_neighbours::{self as enn, Rule, edit};
use super::play::words::plural;
use super::play::{Moment, Tally, Told};
use super::smote::Smote;
use super::smote_tomek::with_smote;
use super::strategy::class_counts;
use super::{
    Algorithm, Bench, Family, Fault, Job, K_NEIGHBORS, Method, OutputOrder, Parity, PythonCall, Sampler, SamplingKind,
    Step, Targets, Words,
};

pub(super) struct SmoteEnn;

/// Neighbours that judge: the default of the editing.
const EDITING_NEIGHBORS: usize = 3;

impl Algorithm for SmoteEnn {
    const METHOD: Method = Method {
        name: "SMOTEENN",
        link: "smoteenn",
        title: "SMOTE + edited nearest neighbours",
        family: Family::Combined,
        kind: SamplingKind::Over,
        parameters: &[K_NEIGHBORS],
        random: true,
    };

    const WORDS: Words = Words {
        does: "SMOTE, then every row goes that has a neighbour of another class among its three nearest.",
        used: "When SMOTE's new rows have come too close to the majority, and a deep cut is wanted.",
        paper: "G. Batista, R. Prati, M. Monard, A study of the behavior of several methods for balancing machine \
                learning training data, SIGKDD Explorations 6, 2004",
        also: "SMOTE + ENN",
        parity: Parity::Same,
        phases: &["Generate by SMOTE", "Judge by the neighbours", "Remove the condemned"],
        pseudocode: &[
            "for each minority row i:",
            "    nn[i] = its k nearest minority rows",
            "repeat n times:",
            "    i, nn = a row and one of its neighbours; gap from 0 to 1, at random",
            "    add new = x[i] + gap * (x[nn] - x[i])",
            "for each row i of any class, old or new:",
            "    nn = its 3 nearest rows; others = those of another class",
            "    condemned if there are others",
            "remove the condemned rows",
        ],
    };

    fn fit_resample(bench: &mut Bench, job: &Job) -> Result<(), Fault> {
        bench.phase(0);
        Smote::fit_resample(bench, job)?;
        bench.settle();
        bench.order = OutputOrder::GroupedByClass;
        let everyone: Targets = class_counts(&bench.y).into_iter().collect();
        edit(bench, &everyone, EDITING_NEIGHBORS, Rule::AllHaveToAgree, 1, None).map(|_| ())
    }

    fn tell(moment: &Moment) -> Told {
        match moment.step {
            Step::Add { .. } => Told::new(4, moment.added_between(), moment.between_variables()),
            _ => enn::told(moment, 7, 8),
        }
    }

    fn why_dropped(moment: &Moment) -> String {
        enn::why_removed(moment)
    }

    fn explain(tally: &Tally) -> (String, String) {
        (
            format!(
                "SMOTE adds {} between {} neighbours. Then every point, old or new, of either class is judged by its \
                 *3* nearest points and removed unless all of them are of its class: {} removed.",
                plural(tally.added, "point"),
                tally.class_name(),
                tally.removed_are()
            ),
            "how much goes: in overlap most minority points have a majority neighbour, and go too.".to_string(),
        )
    }

    fn python(sampler: &Sampler, seed: &str) -> PythonCall {
        with_smote(sampler, seed)
    }
}
