//! Edited nearest neighbours: removes rows that their own neighbours speak against.
//!
//! Of each row of a targeted class the `k` nearest rows of any class are looked up. With `kind_sel = "all"` a single
//! neighbour of another class condemns it, with `"mode"` the most frequent class among them has to be another one
//! (equally frequent: the smallest label). All rows are judged before any is removed.
//!
//! D. L. Wilson, "Asymptotic properties of nearest neighbor rules using edited data", IEEE Transactions on Systems, Man
//! and Cybernetics 2, 1972.
//!
//! Rows that have no neighbour of another class stay, and leave no step: there is nothing to tell about them.

use super::passes::Passes;
use super::play::words::plural;
use super::play::{Moment, Tally, Told};
use super::vote::majority_vote;
use super::{
    Algorithm, Bench, Choice, Domain, Family, Fault, Job, Method, OutputOrder, Parameter, Parity, SamplingKind, Step,
    TableUse, Targets, Value, Verdict, Words,
};
use crate::base::Class;

pub(super) struct EditedNearestNeighbours;

/// Neighbours that judge.
pub(super) const N_NEIGHBORS: Parameter = Parameter {
    link: "k",
    name: "n_neighbors",
    label: "Neighbours k",
    hint: "n_neighbors: how many neighbours are asked about each point",
    domain: Domain::Count { min: 1, max: 1000, slider: 30, neighbors: true },
    default: Value::Count(3),
};

/// How many of them have to agree.
pub(super) const KIND_SEL: Parameter = Parameter {
    link: "",
    name: "kind_sel",
    label: "A point stays if",
    hint: "kind_sel: all neighbours have to be of the point's class, or most of them",
    domain: Domain::Choice(&[
        Choice { link: "every", python: "\"all\"", label: "all neighbours agree" },
        Choice { link: "mode", python: "\"mode\"", label: "most neighbours agree" },
    ]),
    default: Value::Choice(0),
};

/// Phases of every method that edits.
pub(super) const PHASES: &[&str] = &["Judge by the neighbours", "Remove the condemned"];

impl Algorithm for EditedNearestNeighbours {
    const METHOD: Method = Method {
        name: "EditedNearestNeighbours",
        link: "enn",
        title: "Edited nearest neighbours",
        family: Family::UnderSelect,
        kind: SamplingKind::Clean,
        parameters: &[N_NEIGHBORS, KIND_SEL],
        random: false,
    };

    const WORDS: Words = Words {
        does: "Removes majority rows that their nearest neighbours speak against.",
        used: "To clear the majority out of the overlap; with all neighbours asked it cuts deep.",
        paper: "D. L. Wilson, Asymptotic properties of nearest neighbor rules using edited data, IEEE Transactions on \
                Systems, Man and Cybernetics 2, 1972",
        also: "ENN, Wilson editing",
        parity: Parity::Same,
        phases: PHASES,
        pseudocode: &[
            "for each majority row i:",
            "    nn = its k nearest rows of any class; others = those of another class",
            "    all: condemned if there are others",
            "    mode: condemned if most of nn are of another class (tie: smallest label)",
            "for each condemned row i:",
            "    remove i",
        ],
    };

    fn fit_resample(bench: &mut Bench, job: &Job) -> Result<(), Fault> {
        bench.order = OutputOrder::GroupedByClass;
        let k = job.sampler.count(&N_NEIGHBORS);
        edit(bench, job.targets, k, rule(job), 0, None).map(|_| ())
    }

    fn tell(moment: &Moment) -> Told {
        let judged = 2 + moment.sampler().choice(&KIND_SEL);
        told(moment, judged, 5)
    }

    fn why_dropped(moment: &Moment) -> String {
        why_removed(moment)
    }

    fn explain(tally: &Tally) -> (String, String) {
        (rule_in_words(tally) + &format!(" {} removed.", tally.removed_are()), WATCH_FOR.to_string())
    }
}

/// What to watch out for with every method that edits.
pub(super) const WATCH_FOR: &str = "where the boundary slides to: among the points removed there are many that lie \
                                    where the majority truly is more likely.";

/// When a row is condemned.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// A single neighbour of another class is enough.
    AllHaveToAgree,
    /// The most frequent class among the neighbours counts.
    MostHaveToAgree,
}

/// The rule that the job asks for.
pub(super) fn rule(job: &Job) -> Rule {
    if job.sampler.choice(&KIND_SEL) == 0 { Rule::AllHaveToAgree } else { Rule::MostHaveToAgree }
}

/// Judges the rows of the targeted classes by their `k` neighbours, then removes those condemned, and says which. The
/// two phases are those from `first_phase` on. `passes` remember neighbours, if there are several.
pub(super) fn edit(
    bench: &mut Bench,
    targets: &Targets,
    k: usize,
    rule: Rule,
    first_phase: u32,
    mut passes: Option<&mut Passes>,
) -> Result<Vec<u32>, Fault> {
    let mut condemned: Vec<(u32, u32)> = Vec::new();
    bench.phase(first_phase);
    for &(class, _) in targets {
        let members = bench.positions_of(class);
        let around = match &mut passes {
            Some(passes) => passes.look_up(bench, &members, k)?,
            None => bench.look_up(&members, None, (N_NEIGHBORS.name, k))?,
        };
        let of_others = |near: &[u32]| near.iter().filter(|&&i| bench.y[i as usize] != class).count() as u32;
        let doubtful: Vec<(u32, u32, &[u32])> = members
            .iter()
            .zip(around.chunks_exact(k))
            .map(|(&row, near)| (row, of_others(near), near))
            .filter(|&(_, others, _)| others > 0)
            .collect();
        let rows: Vec<u32> = doubtful.iter().map(|&(row, ..)| row).collect();
        let table: Vec<u32> = doubtful.iter().flat_map(|&(.., near)| near).copied().collect();
        bench.write_down(TableUse::Judge, &rows, &table, (N_NEIGHBORS.name, k))?;
        for (row, others, near) in doubtful {
            let verdict = match rule {
                Rule::MostHaveToAgree if winner(bench, near) == class => Verdict::Agrees,
                _ => Verdict::Disagrees,
            };
            bench.judge(row, others, verdict);
            if verdict == Verdict::Disagrees {
                condemned.push((row, others));
            }
        }
    }
    bench.phase(first_phase + 1);
    for &(row, others) in &condemned {
        bench.remove(row, others, row);
    }
    Ok(condemned.into_iter().map(|(row, _)| row).collect())
}

fn winner(bench: &Bench, near: &[u32]) -> Class {
    majority_vote(near.iter().map(|&i| bench.y[i as usize]))
}

/// What is said about a step of [`edit`]: a row judged, a row removed. The lines are those of the pseudocode.
pub(super) fn told(moment: &Moment, judged: usize, removed: usize) -> Told {
    let (row, k) = (moment.center(), moment.focus.neighbors.len());
    let (Step::Judge { others, .. } | Step::Remove { others, .. }) = moment.step else { return Told::default() };
    let (who, other) = (moment.who(row), moment.other_class(row));
    let variables = vec![("i", moment.name(row)), ("nn", moment.neighbor_names()), ("others", others.to_string())];
    let tie = tie(moment).unwrap_or_default();
    match moment.step {
        Step::Judge { verdict, .. } => {
            let so = match verdict {
                Verdict::Agrees => "It is not outvoted and stays.",
                _ => "That condemns it.",
            };
            Told::new(
                judged,
                format!("{who}: *{others}* of its *{k}* nearest points are {other}{tie}. {so}"),
                variables,
            )
        }
        _ => Told::new(
            removed,
            format!("{who} is removed: *{others}* of its *{k}* neighbours are {other}{tie}."),
            variables,
        ),
    }
}

/// Why [`edit`] removed the row in focus: its neighbours, how many of them spoke against it, and by which rule.
pub(super) fn why_removed(moment: &Moment) -> String {
    let Step::Remove { others, .. } = moment.step else { return String::new() };
    let k = moment.focus.neighbors.len();
    let found = format!("*{others}* of its {} ({})", plural(k, "nearest point"), moment.neighbor_list());
    let (is, other) = (if others == 1 { "is" } else { "are" }, moment.other_class(moment.center()));
    let rule = match (is_vote(moment), tie(moment)) {
        (false, _) => ", and all have to be of its class".to_string(),
        (true, None) => ", and most of them decide".to_string(),
        (true, Some(tie)) => tie,
    };
    format!("{found} {is} {other}{rule}")
}

/// Whether most of the neighbours decide, and not all of them.
fn is_vote(moment: &Moment) -> bool {
    match moment.sampler().get(KIND_SEL.name) {
        Some(kind) => kind == Value::Choice(1),
        // Without the choice it is the cleaning rule, which edits by vote; SMOTEENN has no count of neighbours.
        None => moment.sampler().get(N_NEIGHBORS.name).is_some(),
    }
}

/// Says that the vote about the row in focus was tied between its class and another, and who won; `None` when it was
/// not, or when no vote is held.
fn tie(moment: &Moment) -> Option<String> {
    let (own, near) = (moment.class_of(moment.center()), &moment.focus.neighbors);
    let votes = |class: Class| near.iter().filter(|&&i| moment.class_of(i) == class).count();
    let most = near.iter().map(|&i| votes(moment.class_of(i))).max()?;
    let winner = majority_vote(near.iter().map(|&i| moment.class_of(i)));
    let tied = near.iter().any(|&i| moment.class_of(i) != own && votes(moment.class_of(i)) == most);
    (is_vote(moment) && tied && votes(own) == most).then(|| match winner == own {
        true => ": a tie, and the smallest label, its own, wins it".to_string(),
        false => format!(": a tie, and the smallest label wins it: {}", moment.class_name(winner)),
    })
}

/// Who is removed by the rule of the stage.
pub(super) fn rule_in_words(tally: &Tally) -> String {
    let sampler = &tally.stage.sampler;
    let (class, k) = (tally.class_name(), sampler.count(&N_NEIGHBORS));
    let condemned = match sampler.choice(&KIND_SEL) {
        0 => "is removed unless all of them are of its own class",
        _ if k % 2 == 0 => "is removed if most of them are of another class, where the smallest label wins a tie",
        _ => "is removed if most of them are of another class",
    };
    format!("Each {class} point is judged by its {}, and {condemned}.", plural(k, "nearest point"))
}
