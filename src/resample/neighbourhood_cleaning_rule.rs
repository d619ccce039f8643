//! Neighbourhood cleaning rule: edits the majority, then clears it away around misclassified minority rows.
//!
//! First the targeted classes are edited by the vote of their `k` neighbours. Then every minority row is classified by
//! its `k` nearest rows (itself among them); where that is wrong, its `k` nearest rows of a targeted class go too, if
//! that class has more than `threshold_cleaning` times the rows of the minority. Both parts look at all rows.
//!
//! J. Laurikkala, "Improving identification of difficult small classes by balancing class distribution", AIME 2001.

use super::edited_nearest_neighbours::{N_NEIGHBORS, Rule, edit, told, why_removed};
use super::play::words::{number, plural};
use super::play::{Moment, Tally, Told};
use super::strategy::class_counts;
use super::vote::{majority_vote, rarest_class};
use super::{
    Algorithm, Bench, Domain, Family, Fault, Job, Method, Parameter, Parity, SamplingKind, Step, TableUse, Value,
    Verdict, Words,
};
use crate::base::Class;
use crate::base::neighbors::{NearestNeighbors, Neighbors};

pub(super) struct NeighbourhoodCleaningRule;

const THRESHOLD_CLEANING: Parameter = Parameter {
    link: "t",
    name: "threshold_cleaning",
    label: "Clean classes above (× minority)",
    hint: "threshold_cleaning: only classes with more rows than this times the minority's are cleared away around it",
    domain: Domain::Real { min: 0.1, max: 1000.0, step: 0.1, auto: None, by_class: false },
    default: Value::Real(0.5),
};

const CLEAR: u32 = 2;

impl Algorithm for NeighbourhoodCleaningRule {
    const METHOD: Method = Method {
        name: "NeighbourhoodCleaningRule",
        link: "ncr",
        title: "Neighbourhood cleaning rule",
        family: Family::UnderSelect,
        kind: SamplingKind::Clean,
        parameters: &[N_NEIGHBORS, THRESHOLD_CLEANING],
        random: false,
    };

    const WORDS: Words = Words {
        does: "Edits the majority, then clears it away around misclassified minority rows.",
        used: "To make room for the minority without touching the majority far away from it.",
        paper: "J. Laurikkala, Improving identification of difficult small classes by balancing class distribution, \
                AIME 2001",
        also: "NCR, NCL",
        parity: Parity::Same,
        phases: &["Judge by the neighbours", "Remove the condemned", "Clear around the minority"],
        pseudocode: &[
            "for each majority row i:",
            "    nn = its k nearest rows; others = those of another class",
            "    condemned if most of nn are of another class (tie: smallest label)",
            "for each condemned row i:",
            "    remove i",
            "for each minority row p:",
            "    if most of its k nearest rows, itself among them, are majority:",
            "        remove each majority row i of nn, its k nearest others",
            "        (of classes with more than threshold_cleaning * minority rows)",
        ],
    };

    fn fit_resample(bench: &mut Bench, job: &Job) -> Result<(), Fault> {
        let k = job.sampler.count(&N_NEIGHBORS);
        let edited = edit(bench, job.targets, k, Rule::MostHaveToAgree, 0, None)?;
        let mut gone = vec![false; bench.y.len()];
        edited.iter().for_each(|&row| gone[row as usize] = true);

        bench.phase(CLEAR);
        let minority = rarest_class(&bench.y);
        let counts = class_counts(&bench.y);
        let threshold = counts[&minority] as f64 * job.sampler.real(&THRESHOLD_CLEANING).unwrap_or(0.0);
        let cleaned = |class: Class| {
            job.targets.iter().any(|&(targeted, _)| targeted == class) && counts[&class] as f64 > threshold
        };
        let rows = bench.positions_of(minority);
        if k < bench.x.len() {
            bench.check_neighbors(rows.len(), (N_NEIGHBORS.name, k))?;
        }
        // The library chooses the way of searching by k, and then asks for one neighbour more.
        let queries = bench.x.take(&rows);
        let fitted = NearestNeighbors::fit(&bench.x, k);
        let search = |k: usize| fitted.clone().and_then(|fitted| fitted.kneighbors(&queries, k));
        let fault = |error| Fault::neighbors(error, &N_NEIGHBORS, None);
        let (Neighbors { indices: voters, .. }, around) = (search(k).map_err(fault)?, search(k + 1).map_err(fault)?);
        let wrong: Vec<usize> = (0..rows.len())
            .filter(|&at| majority_vote(voters[at * k..][..k].iter().map(|&i| bench.y[i as usize])) != minority)
            .collect();
        let bases: Vec<u32> = wrong.iter().map(|&at| rows[at]).collect();
        let table: Vec<u32> = wrong.iter().flat_map(|&at| &around.row(at)[1..]).copied().collect();
        bench.write_down(TableUse::Judge, &bases, &table, (N_NEIGHBORS.name, k))?;
        for (&row, near) in bases.iter().zip(table.chunks_exact(k)) {
            let others = near.iter().filter(|&&i| bench.y[i as usize] != minority).count() as u32;
            bench.judge(row, others, Verdict::Disagrees);
            for &neighbor in near {
                if cleaned(bench.y[neighbor as usize]) && !std::mem::replace(&mut gone[neighbor as usize], true) {
                    bench.remove(neighbor, others, row);
                }
            }
        }
        Ok(())
    }

    fn tell(moment: &Moment) -> Told {
        let row = moment.center();
        let (who, near, k) = (moment.who(row), moment.neighbor_names(), moment.focus.neighbors.len());
        match moment.step {
            Step::Judge { others, .. } if moment.phase() == CLEAR => Told::new(
                6,
                format!(
                    "{who} is misclassified by its neighbours: *{others}* of its *{k}* nearest points are {}.",
                    moment.other_class(row)
                ),
                vec![("p", moment.name(row)), ("nn", near)],
            ),
            Step::Remove { because, .. } if because != row => Told::new(
                7,
                format!(
                    "{who} is removed: it is one of the *{k}* points nearest to {}, which is misclassified.",
                    moment.point(because)
                ),
                vec![("p", moment.name(because)), ("nn", near), ("i", moment.name(row))],
            ),
            _ => told(moment, 2, 4),
        }
    }

    fn why_dropped(moment: &Moment) -> String {
        match moment.step {
            Step::Remove { row, because, .. } if because != row => format!(
                "it is one of the *{}* points nearest to {} ({}), which is misclassified",
                moment.focus.neighbors.len(),
                moment.point(because),
                moment.neighbor_list()
            ),
            _ => why_removed(moment),
        }
    }

    fn explain(tally: &Tally) -> (String, String) {
        let (class, sampler) = (tally.class_name(), &tally.stage.sampler);
        let k = sampler.count(&N_NEIGHBORS);
        let tie = if k % 2 == 0 { " (a tie goes to the smallest label)" } else { "" };
        let around = tally.count(|step| matches!(step, Step::Remove { row, because, .. } if because != row));
        (
            format!(
                "Each {class} point is removed if most of its {} are of another class{tie}: *{}* are. Then minority \
                 points that are misclassified by their neighbours lose the {class} points among these, if there are \
                 more than *{}* times as many of that class as of the minority: *{around}* more.",
                plural(k, "nearest point"),
                tally.removed - around,
                number(sampler.real(&THRESHOLD_CLEANING).unwrap_or(0.0))
            ),
            "how much room the minority gets: around its outliers, too, which may be noise.".to_string(),
        )
    }
}
