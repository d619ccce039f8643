//! One-sided selection: a condensed majority, cleaned of Tomek links.
//!
//! All minority rows and a few seeds of the majority classify the rest of the majority, once. Rows classified right are
//! redundant and dropped; of what is left the majority ends of Tomek links are removed.
//!
//! M. Kubat, S. Matwin, "Addressing the curse of imbalanced training sets: one-sided selection", ICML 1997.
//!
//! A row drawn twice as a seed is kept and repeated, as in imbalanced-learn.

use super::condensed_nearest_neighbour::{N_NEIGHBORS, N_SEEDS, begin_store, keep_or_repeat, told_vote, vote_about};
use super::play::words::plural;
use super::play::{Moment, Tally, Told};
use super::tomek_links::{remove_links, told_link};
use super::vote::majority_vote;
use super::{Algorithm, Bench, Family, Fault, Job, Method, OutputOrder, Parity, SamplingKind, Step, TableUse, Words};
use crate::base::Class;
use crate::base::neighbors::NearestNeighbors;
use crate::random::RandomState;

pub(super) struct OneSidedSelection;

const DRAW: u32 = 0;
const SELECT: u32 = 1;
const CLEAN: u32 = 2;

impl Algorithm for OneSidedSelection {
    const METHOD: Method = Method {
        name: "OneSidedSelection",
        link: "oss",
        title: "One-sided selection",
        family: Family::UnderSelect,
        kind: SamplingKind::Clean,
        parameters: &[N_NEIGHBORS, N_SEEDS],
        random: true,
    };

    const WORDS: Words = Words {
        does: "Drops majority rows that a few seeds classify right, then cleans Tomek links.",
        used: "To drop the majority's inside and its noisy border at the same time.",
        paper: "M. Kubat, S. Matwin, Addressing the curse of imbalanced training sets: one-sided selection, ICML 1997",
        also: "OSS",
        parity: Parity::Same,
        phases: &["Draw seeds", "Classify the rest", "Remove Tomek links"],
        pseudocode: &[
            "store = all minority rows",
            "repeat n_seeds times:",
            "    add a majority row to the store, at random",
            "for each other majority row i:",
            "    nn = the k rows of the store nearest to i",
            "    if most of nn are of another class: keep i",
            "    else: drop i",
            "for each row i that is left: nn[i], distance = the nearest, and how far that is",
            "    if (i, nn[i]) is a Tomek link: remove its majority end",
        ],
    };

    fn fit_resample(bench: &mut Bench, job: &Job) -> Result<(), Fault> {
        bench.order = OutputOrder::GroupedByClass;
        let mut random = RandomState::new(job.seed);
        let k = job.sampler.count(&N_NEIGHBORS);
        let mut kept = vec![false; bench.y.len()];
        for &(class, _) in job.targets {
            let members = bench.positions_of(class);
            bench.phase(DRAW);
            let (seeds, store) = begin_store(bench, &members, job, &mut random, &mut kept);
            let rest: Vec<u32> =
                members.iter().enumerate().filter(|(at, _)| !seeds.contains(at)).map(|(_, &row)| row).collect();
            if rest.is_empty() {
                return Err(no_rest(bench.x.width()));
            }
            bench.phase(SELECT);
            if k <= store.len() {
                bench.check_neighbors(rest.len(), (N_NEIGHBORS.name, k))?;
            }
            let found = NearestNeighbors::fit(&bench.x.take(&store), k)
                .and_then(|fitted| fitted.kneighbors(&bench.x.take(&rest), k))
                .map_err(|error| Fault::neighbors(error, &N_NEIGHBORS, None))?;
            let near: Vec<u32> = found.indices.iter().map(|&at| store[at as usize]).collect();
            bench.write_down(TableUse::Judge, &rest, &near, (N_NEIGHBORS.name, k))?;
            for (&row, near) in rest.iter().zip(near.chunks_exact(k)) {
                if majority_vote(near.iter().map(|&i| bench.y[i as usize])) != class {
                    keep_or_repeat(bench, &mut kept, row);
                } else if !kept[row as usize] {
                    bench.drop(row);
                }
            }
        }
        bench.phase(CLEAN);
        bench.settle();
        let targeted: Vec<Class> = job.targets.iter().map(|&(class, _)| class).collect();
        remove_links(bench, &targeted)
    }

    fn tell(moment: &Moment) -> Told {
        match moment.step {
            Step::Link { .. } => told_link(moment, 8),
            _ => told_vote(moment, DRAW, [2, 5, 6], "store"),
        }
    }

    fn why_dropped(moment: &Moment) -> String {
        vote_about(moment, "store")
    }

    fn explain(tally: &Tally) -> (String, String) {
        let (class, sampler) = (tally.class_name(), &tally.stage.sampler);
        let dropped = tally.count(|step| matches!(step, Step::Drop { .. }));
        let links = tally.count(|step| matches!(step, Step::Link { .. }));
        (
            format!(
                "The minority and {} of the {class} classify all other {class} points: *{dropped}* of these are \
                 classified right, and dropped. Then {} cleaned.",
                plural(sampler.count(&N_SEEDS), "drawn point"),
                match links {
                    1 => "*1* Tomek link is".to_string(),
                    n => format!("*{n}* Tomek links are"),
                }
            ),
            "the seed: which points are redundant hangs on the few that were drawn.".to_string(),
        )
    }
}

fn no_rest(width: usize) -> Fault {
    Fault::Algorithm {
        message: "every row of a class was drawn as a seed, so that none is left to classify; lower n_seeds_S"
            .to_string(),
        library: format!(
            "Found array with 0 sample(s) (shape=(0, {width})) while a minimum of 1 is required by KNeighborsClassifier."
        ),
        library_type: "ValueError",
    }
}
