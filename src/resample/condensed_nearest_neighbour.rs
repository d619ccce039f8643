//! Condensed nearest neighbour: keeps only the majority rows that the rows kept so far would misclassify.
//!
//! The store begins with all minority rows and a few seeds of the majority. The majority rows are looked at in order: a
//! row that the nearest rows of the store give another class joins the store, any other is dropped.
//!
//! P. E. Hart, "The condensed nearest neighbor rule", IEEE Transactions on Information Theory 14, 1968.
//!
//! As imbalanced-learn does it: one pass only (Hart goes on until nothing changes), and a row whose position within its
//! class happens to equal the row number of one already kept is passed over. A row drawn twice as a seed is kept and
//! repeated.

use super::growing_store::GrowingStore;
use super::play::words::plural;
use super::play::{Moment, Tally, Told};
use super::vote::rarest_class;
use super::{
    Algorithm, Bench, Domain, Family, Fault, Job, Method, OutputOrder, Parameter, Parity, SamplingKind, Step, TableUse,
    Value, Words,
};
use crate::random::RandomState;

pub(super) struct CondensedNearestNeighbour;

/// Neighbours that classify.
pub(super) const N_NEIGHBORS: Parameter = Parameter {
    link: "k",
    name: "n_neighbors",
    label: "Neighbours k",
    hint: "n_neighbors: how many rows of the store vote about a point",
    domain: Domain::Count { min: 1, max: 1000, slider: 30, neighbors: true },
    default: Value::Count(1),
};

/// Rows that the store begins with.
pub(super) const N_SEEDS: Parameter = Parameter {
    link: "seeds",
    name: "n_seeds_S",
    label: "Seeds",
    hint: "n_seeds_S: how many majority points the store begins with",
    domain: Domain::Count { min: 1, max: 1000, slider: 50, neighbors: false },
    default: Value::Count(1),
};

const DRAW: u32 = 0;
const CONDENSE: u32 = 1;

impl Algorithm for CondensedNearestNeighbour {
    const METHOD: Method = Method {
        name: "CondensedNearestNeighbour",
        link: "cnn",
        title: "Condensed nearest neighbour",
        family: Family::UnderSelect,
        kind: SamplingKind::Clean,
        parameters: &[N_NEIGHBORS, N_SEEDS],
        random: true,
    };

    const WORDS: Words = Words {
        does: "Keeps the majority rows that the rows kept so far would misclassify.",
        used: "To shrink the majority to its border where a nearest-neighbour model follows.",
        paper: "P. E. Hart, The condensed nearest neighbor rule, IEEE Transactions on Information Theory 14, 1968",
        also: "CNN, Hart",
        parity: Parity::Same,
        phases: &["Draw seeds", "Condense"],
        pseudocode: &[
            "store = all minority rows",
            "repeat n_seeds times:",
            "    add a majority row to the store, at random",
            "for each majority row i:",
            "    nn = the k rows of the store nearest to i",
            "    if most of nn are of another class: add i to the store",
            "    else: drop i",
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
            let (seeds, mut store_rows) = begin_store(bench, &members, job, &mut random, &mut kept);
            // The library's set mixes row numbers with positions within the class.
            let mut passed_over = vec![false; bench.y.len()];
            seeds.iter().for_each(|&at| passed_over[members[at] as usize] = true);
            let classes = store_rows.iter().map(|&row| bench.y[row as usize]).collect();
            if k <= store_rows.len() {
                bench.check_neighbors(members.len().saturating_sub(seeds.len()), (N_NEIGHBORS.name, k))?;
            }
            let mut store = GrowingStore::new(bench.x.take(&store_rows), classes, k);

            let (mut joins, mut looked_at, mut table) = (Vec::new(), Vec::new(), Vec::new());
            for (at, &row) in members.iter().enumerate() {
                if passed_over[at] {
                    joins.push(false);
                    continue;
                }
                let x = bench.x.row(row as usize);
                let voted =
                    store.predict(x, &mut table).map_err(|error| Fault::neighbors(error, &N_NEIGHBORS, None))?;
                looked_at.push(row);
                joins.push(voted != class);
                if voted != class {
                    store.push(x, class);
                    store_rows.push(row);
                    passed_over[row as usize] = true;
                }
            }
            table.iter_mut().for_each(|at| *at = store_rows[*at as usize]);
            bench.phase(CONDENSE);
            bench.write_down(TableUse::Judge, &looked_at, &table, (N_NEIGHBORS.name, k))?;
            for (&row, joins) in members.iter().zip(joins) {
                if joins {
                    keep_or_repeat(bench, &mut kept, row);
                } else if !kept[row as usize] {
                    bench.drop(row);
                }
            }
        }
        Ok(())
    }

    fn tell(moment: &Moment) -> Told {
        told_vote(moment, DRAW, [2, 5, 6], "store")
    }

    fn why_dropped(moment: &Moment) -> String {
        vote_about(moment, "store")
    }

    fn explain(tally: &Tally) -> (String, String) {
        let (class, sampler) = (tally.class_name(), &tally.stage.sampler);
        (
            format!(
                "The store begins with the minority and {} of the {class}. Then every {class} point is classified by \
                 its {} in the store: it stays only if that would be wrong. Of *{}* points *{}* stay.",
                plural(sampler.count(&N_SEEDS), "drawn point"),
                plural(sampler.count(&N_NEIGHBORS), "nearest point"),
                tally.before,
                tally.after
            ),
            "what stays: the border, and every noisy point in the minority's territory, for these are what the store \
             gets wrong."
                .to_string(),
        )
    }
}

/// Draws the seeds of a class and keeps them: their positions among its `members`, and the store they begin, which is
/// the minority and they.
pub(super) fn begin_store(
    bench: &mut Bench,
    members: &[u32],
    job: &Job,
    random: &mut RandomState,
    kept: &mut [bool],
) -> (Vec<usize>, Vec<u32>) {
    let last = members.len() as u64 - 1;
    let seeds: Vec<usize> = (0..job.sampler.count(&N_SEEDS)).map(|_| random.interval(last) as usize).collect();
    seeds.iter().for_each(|&at| keep_or_repeat(bench, kept, members[at]));
    let mut store = bench.positions_of(rarest_class(&bench.y));
    store.extend(seeds.iter().map(|&at| members[at]));
    (seeds, store)
}

/// Keeps a row, or repeats it when it is kept already.
pub(super) fn keep_or_repeat(bench: &mut Bench, kept: &mut [bool], row: u32) {
    if std::mem::replace(&mut kept[row as usize], true) {
        bench.add_copy(row);
    } else {
        bench.keep(row);
    }
}

/// What is said when a row is drawn as a seed, or kept or dropped by the vote of its neighbours. `lines` are those of a
/// seed, a row kept, a row dropped.
pub(super) fn told_vote(moment: &Moment, draw: u32, lines: [usize; 3], store: &str) -> Told {
    let row = moment.center();
    let who = moment.who(row);
    let mut variables = vec![("i", moment.name(row))];
    if moment.phase() == draw {
        let again = if let Step::Add { .. } = moment.step { " again" } else { "" };
        return Told::new(lines[0], format!("{who} is drawn{again} as a seed of the {store}."), variables);
    }
    variables.push(("nn", moment.neighbor_names()));
    let found = vote_about(moment, store);
    match moment.step {
        Step::Drop { .. } => Told::new(lines[2], format!("{who} is dropped: {found}."), variables),
        Step::Add { .. } => Told::new(
            lines[1],
            format!("{who} is kept once more: rows at the same place outvote it in the {store}."),
            variables,
        ),
        _ => Told::new(lines[1], format!("{who} is kept: {found}."), variables),
    }
}

/// What the vote about the row in focus was.
pub(super) fn vote_about(moment: &Moment, store: &str) -> String {
    let (row, near) = (moment.center(), &moment.focus.neighbors);
    let others = near.iter().filter(|&&i| moment.class_of(i) != moment.class_of(row)).count();
    match (near.len(), others) {
        (0, _) => "it was passed over without a vote, by a quirk of imbalanced-learn".to_string(),
        (1, 0) => format!("the point of the {store} nearest to it, {}, is of its own class", moment.name(near[0])),
        (1, _) => format!("the point of the {store} nearest to it, {}, is not of its class", moment.name(near[0])),
        (k, _) => format!(
            "*{others}* of the *{k}* points of the {store} nearest to it ({}) are not of its class",
            moment.neighbor_names()
        ),
    }
}
