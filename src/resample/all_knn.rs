//! All k-NN: editing with one neighbour, then with two, and so on up to `k`.
//!
//! Every pass is [`super::edited_nearest_neighbours`] with one neighbour more, on what the last pass left. It stops
//! early when a class vanishes or, unless `allow_minority` is set, becomes smaller than the minority was.
//!
//! I. Tomek, "An experiment with the edited nearest-neighbor rule", IEEE Transactions on Systems, Man and Cybernetics 6,
//! 1976.

use super::edited_nearest_neighbours::{KIND_SEL, N_NEIGHBORS, PHASES, WATCH_FOR, edit, rule, told, why_removed};
use super::passes::Passes;
use super::play::{Moment, Tally, Told};
use super::repeated_edited_nearest_neighbours::{Floor, in_pass};
use super::strategy::{class_counts, resolve};
use super::{
    Algorithm, Bench, Domain, Family, Fault, Job, Method, OutputOrder, Parameter, Parity, SamplingKind, Value, Words,
};

pub(super) struct AllKnn;

const ALLOW_MINORITY: Parameter = Parameter {
    link: "below",
    name: "allow_minority",
    label: "Let the majority become the minority",
    hint: "allow_minority: go on even when the majority has become smaller than the minority",
    domain: Domain::Flag,
    default: Value::Flag(false),
};

impl Algorithm for AllKnn {
    const METHOD: Method = Method {
        name: "AllKNN",
        link: "allknn",
        title: "All k-NN",
        family: Family::UnderSelect,
        kind: SamplingKind::Clean,
        parameters: &[N_NEIGHBORS, KIND_SEL, ALLOW_MINORITY],
        random: false,
    };

    const WORDS: Words = Words {
        does: "Edits the majority with one neighbour, then with two, up to k.",
        used: "A gentler start than editing with k at once, and a deeper end.",
        paper: "I. Tomek, An experiment with the edited nearest-neighbor rule, IEEE Transactions on Systems, Man and \
                Cybernetics 6, 1976",
        also: "All k-NN",
        parity: Parity::Same,
        phases: PHASES,
        pseudocode: &[
            "for q = 1 to k:",
            "    for each majority row i that is left:",
            "        nn = its q nearest rows of those that are left; others = those of another class",
            "        condemned if any (mode: most; tie: smallest label) of nn is of another class",
            "    remove the condemned rows",
            "    stop if the majority is gone, or below the minority (unless allow_minority)",
        ],
    };

    fn fit_resample(bench: &mut Bench, job: &Job) -> Result<(), Fault> {
        bench.order = OutputOrder::GroupedByClass;
        let floor = Floor::of(&bench.y);
        let k = job.sampler.count(&N_NEIGHBORS);
        let mut passes = Passes::new((N_NEIGHBORS.name, k));
        for q in 1..=k {
            let targets = resolve(&job.sampler.sampling_strategy, SamplingKind::Clean, &class_counts(&bench.y))?;
            edit(bench, &targets, q, rule(job), 0, Some(&mut passes))?;
            bench.settle();
            let fell_below = !job.sampler.flag(&ALLOW_MINORITY) && floor.fell_below(&bench.y);
            if fell_below || floor.lost_a_class(&bench.y) {
                break;
            }
        }
        Ok(())
    }

    fn tell(moment: &Moment) -> Told {
        in_pass(moment, "q", told(moment, 3, 4))
    }

    fn why_dropped(moment: &Moment) -> String {
        format!("in pass *{}*, {}", moment.round() + 1, why_removed(moment))
    }

    fn explain(tally: &Tally) -> (String, String) {
        let sampler = &tally.stage.sampler;
        let condemned = match (sampler.choice(&KIND_SEL), sampler.count(&N_NEIGHBORS)) {
            (0, _) => "any of them is of another class",
            (_, 1) => "most of them are of another class",
            _ => "most of them are of another class, where the smallest label wins a tie",
        };
        (
            format!(
                "Each {} point is judged by its nearest point, then by its two nearest, up to *{}*, and removed if \
                 {condemned}. {} removed.",
                tally.class_name(),
                sampler.count(&N_NEIGHBORS),
                tally.removed_are()
            ),
            WATCH_FOR.to_string(),
        )
    }
}
