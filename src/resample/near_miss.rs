//! NearMiss: keeps the majority rows that lie close to the minority, by one of three measures of close.
//!
//! 1. The smallest sum of distances to the `n_neighbors` nearest minority rows.
//! 2. The smallest sum of distances to the `n_neighbors` farthest minority rows.
//! 3. Of the majority rows that are among the `n_neighbors_ver3` nearest of any minority row, those with the *largest*
//!    sum of distances to their nearest minority rows. When there are fewer of them than wanted, all are kept.
//!
//! J. Mani, I. Zhang, "kNN approach to unbalanced data distributions: a case study involving information extraction",
//! ICML workshop on learning from imbalanced data sets, 2003.
//!
//! Rows leave grouped by class, kept rows in the order of their sums; equal sums keep the order of the rows.

use super::play::words::{length, plural};
use super::play::{Moment, Tally, Told};
use super::vote::rarest_class;
use super::{
    Algorithm, Bench, Choice, Domain, Family, Fault, Job, Method, OutputOrder, Parameter, Parity, SamplingKind, Step,
    TableUse, Value, Verdict, Words,
};
use crate::base::neighbors::{NearestNeighbors, Neighbors};
use crate::base::{Class, math};

pub(super) struct NearMiss;

const VERSION: Parameter = Parameter {
    link: "",
    name: "version",
    label: "Version",
    hint: "version: 1 nearest, 2 farthest minority points decide; 3 short-lists around each minority point first",
    domain: Domain::Choice(&[
        Choice { link: "v1", python: "1", label: "1: close to the nearest" },
        Choice { link: "v2", python: "2", label: "2: close to the farthest" },
        Choice { link: "v3", python: "3", label: "3: around every minority point" },
    ]),
    default: Value::Choice(0),
};

const N_NEIGHBORS: Parameter = Parameter {
    link: "k",
    name: "n_neighbors",
    label: "Minority neighbours k",
    hint: "n_neighbors: to how many minority points the distances are summed",
    domain: Domain::Count { min: 1, max: 1000, slider: 30, neighbors: true },
    default: Value::Count(3),
};

const N_NEIGHBORS_VER3: Parameter = Parameter {
    link: "m",
    name: "n_neighbors_ver3",
    label: "Short list m (version 3)",
    hint: "n_neighbors_ver3: how many majority points around each minority point are short-listed; version 3 only",
    domain: Domain::Count { min: 1, max: 1000, slider: 30, neighbors: false },
    default: Value::Count(3),
};

const SHORT_LIST: u32 = 0;
const SCORE: u32 = 1;
const CHOOSE: u32 = 2;

impl Algorithm for NearMiss {
    const METHOD: Method = Method {
        name: "NearMiss",
        link: "nearmiss",
        title: "NearMiss",
        family: Family::UnderSelect,
        kind: SamplingKind::Under,
        parameters: &[VERSION, N_NEIGHBORS, N_NEIGHBORS_VER3],
        random: false,
    };

    const WORDS: Words = Words {
        does: "Keeps the majority rows that lie close to the minority.",
        used: "To study the border only; with noisy rows it keeps the wrong ones.",
        paper: "J. Mani, I. Zhang, kNN approach to unbalanced data distributions: a case study involving information \
                extraction, ICML workshop on learning from imbalanced data sets, 2003",
        also: "",
        parity: Parity::Same,
        phases: &["Short-list around the minority", "Sum distances", "Choose who stays"],
        pseudocode: &[
            "3: for each minority row p:",
            "3:     short-list nn[p], its m nearest majority rows; drop the rest",
            "for each majority row i (3: on the short list):",
            "    nn = its k nearest minority rows (2: its k farthest)",
            "    sum[i] = distances from i to nn, added up",
            "keep the n rows with the smallest sum (3: with the largest)",
            "drop the others",
        ],
    };

    fn fit_resample(bench: &mut Bench, job: &Job) -> Result<(), Fault> {
        bench.order = OutputOrder::GroupedByClass;
        let (version, k) = (job.sampler.choice(&VERSION) + 1, job.sampler.count(&N_NEIGHBORS));
        let rarest = rarest_class(&bench.y);
        let minority = bench.positions_of(rarest);
        // Version 2 looks at all of the minority, however small it is; the others insist on k.
        let summed = if version == 2 { k.min(minority.len()) } else { k };
        let fitted = NearestNeighbors::fit(&bench.x.take(&minority), k)
            .map_err(|e| Fault::neighbors(e, &N_NEIGHBORS, Some(rarest)))?;
        for &(class, n) in job.targets {
            let mut rows = bench.positions_of(class);
            if version == 3 {
                rows = short_list(bench, &minority, (class, &rows), job.sampler.count(&N_NEIGHBORS_VER3))?;
            }
            bench.phase(SCORE);
            if summed <= minority.len() {
                bench.check_neighbors(rows.len(), (N_NEIGHBORS.name, summed))?;
            }
            let queries = bench.x.take(&rows);
            let found =
                if version == 2 { fitted.farthest(&queries, summed) } else { fitted.kneighbors(&queries, summed) };
            let Neighbors { indices, distances, .. } =
                found.map_err(|e| Fault::neighbors(e, &N_NEIGHBORS, Some(rarest)))?;
            let near: Vec<u32> = indices.iter().map(|&i| minority[i as usize]).collect();
            bench.write_down(TableUse::Judge, &rows, &near, (N_NEIGHBORS.name, summed))?;
            let sums: Vec<f64> = distances.chunks_exact(summed).map(math::sum).collect();
            let mut order: Vec<usize> = (0..rows.len()).collect();
            let before = |&a: &usize, &b: &usize| {
                let by_sum = sums[a].total_cmp(&sums[b]);
                (if version == 3 { by_sum.reverse() } else { by_sum }).then(a.cmp(&b))
            };
            let kept = n.min(rows.len());
            // Nobody asks for the order of those that go.
            if kept < order.len() {
                order.select_nth_unstable_by(kept, before);
            }
            order[..kept].sort_unstable_by(before);
            let mut stays = vec![Verdict::Dropped; rows.len()];
            order[..kept].iter().for_each(|&at| stays[at] = Verdict::Kept);
            bench.expect_steps(2 * rows.len());
            for ((&row, &sum), &verdict) in rows.iter().zip(&sums).zip(&stays) {
                bench.score(row, sum, verdict);
            }
            bench.phase(CHOOSE);
            order[..kept].iter().for_each(|&at| bench.keep(rows[at]));
            rows.iter()
                .zip(stays)
                .filter(|(_, stays)| *stays == Verdict::Dropped)
                .for_each(|(&row, _)| bench.drop(row));
        }
        Ok(())
    }

    fn tell(moment: &Moment) -> Told {
        let (row, version) = (moment.center(), moment.sampler().choice(&VERSION) + 1);
        let (who, near) = (moment.who(row), moment.neighbor_names());
        let mut variables = vec![("i", moment.name(row)), ("nn", near.clone())];
        match moment.step {
            Step::Judge { .. } => {
                let class = moment.focus.neighbors.first().map_or(0, |&near| moment.class_of(near));
                let points = plural(moment.focus.neighbors.len(), &format!("{} point", moment.class_name(class)));
                Told::new(
                    1,
                    format!("{who} puts the {points} nearest to it on the short list: {near}."),
                    vec![("p", moment.name(row)), ("nn[p]", near)],
                )
            }
            Step::Score { score, .. } => {
                variables.push(("sum[i]", length(score)));
                let which = if version == 2 { "farthest" } else { "nearest" };
                let to = plural(moment.focus.neighbors.len(), "minority point");
                Told::new(
                    4,
                    format!("{who}: the distances to its {which} {to} add up to *{}*.", length(score)),
                    variables,
                )
            }
            Step::Keep { .. } => {
                let (at, of) = moment.nth(
                    |step| matches!(*step, Step::Keep { row: other } if moment.class_of(other) == moment.class_of(row)),
                );
                Told::new(
                    5,
                    format!("{who} stays: its sum is one of the {} ones, *{at}* of *{of}*.", extreme(version)),
                    variables,
                )
            }
            _ => {
                let line = if moment.phase() == SHORT_LIST { 1 } else { 6 };
                Told::new(line, format!("{who} is dropped: {}.", Self::why_dropped(moment)), variables)
            }
        }
    }

    fn why_dropped(moment: &Moment) -> String {
        let (row, sampler) = (moment.center(), moment.sampler());
        let version = sampler.choice(&VERSION) + 1;
        if moment.phase() == SHORT_LIST {
            let m = sampler.count(&N_NEIGHBORS_VER3);
            return format!("it is on no short list, for it is among the *{m}* nearest of no minority point");
        }
        let class = moment.class_of(row);
        let kept = moment.stage.steps.iter().filter_map(|step| match *step {
            Step::Score { row, score, verdict: Verdict::Kept } if moment.class_of(row) == class => Some(score),
            _ => None,
        });
        let (mut n, mut last) = (0, f64::NAN);
        for sum in kept {
            n += 1;
            last = if version == 3 { last.min(sum) } else { last.max(sum) };
        }
        let which = if version == 2 { "farthest" } else { "nearest" };
        let (to, sum) = (plural(moment.focus.neighbors.len(), "minority point"), moment.score_of(row));
        let mut why = format!(
            "the distances to its {which} {to} ({}) add up to *{}*",
            moment.neighbor_names(),
            length(sum.unwrap_or(f64::NAN))
        );
        let (reach, stay) = (if version == 3 { "down" } else { "up" }, if n == 1 { "stays" } else { "stay" });
        why += &match n {
            0 => "; of its class none is to stay".to_string(),
            _ => format!("; the *{n}* {} of its class {stay}, {reach} to *{}*", extreme(version), length(last)),
        };
        why
    }

    fn explain(tally: &Tally) -> (String, String) {
        let sampler = &tally.stage.sampler;
        let (version, k, class) = (sampler.choice(&VERSION) + 1, sampler.count(&N_NEIGHBORS), tally.class_name());
        let how = match version {
            1 => format!("closest to their *{k}* nearest minority points"),
            2 => format!("closest to their *{k}* farthest minority points"),
            _ => format!(
                "farthest from their *{k}* nearest minority points, of those that are among the *{}* nearest of any",
                sampler.count(&N_NEIGHBORS_VER3)
            ),
        };
        (
            format!(
                "Of *{}* {class} points the *{}* stay that are {how}. The others are dropped.",
                tally.before, tally.after
            ),
            "what is left of the majority: it no longer lies where the majority lies, and a model ranks by it."
                .to_string(),
        )
    }
}

fn extreme(version: usize) -> &'static str {
    if version == 3 { "largest" } else { "smallest" }
}

/// The rows of a class among the `m` nearest of any minority row, in the order of the rows; the others are dropped.
fn short_list(
    bench: &mut Bench,
    minority: &[u32],
    (class, rows): (Class, &[u32]),
    m: usize,
) -> Result<Vec<u32>, Fault> {
    bench.phase(SHORT_LIST);
    if m <= rows.len() {
        bench.check_neighbors(minority.len(), (N_NEIGHBORS_VER3.name, m))?;
    }
    let found = NearestNeighbors::fit(&bench.x.take(rows), m)
        .and_then(|fitted| fitted.kneighbors(&bench.x.take(minority), m))
        .map_err(|error| Fault::neighbors(error, &N_NEIGHBORS_VER3, Some(class)))?;
    let near: Vec<u32> = found.indices.iter().map(|&i| rows[i as usize]).collect();
    bench.write_down(TableUse::Judge, minority, &near, (N_NEIGHBORS_VER3.name, m))?;
    let mut listed = vec![false; rows.len()];
    found.indices.iter().for_each(|&i| listed[i as usize] = true);
    for (&row, near) in minority.iter().zip(near.chunks_exact(m)) {
        let own: Class = bench.y[row as usize];
        let others = near.iter().filter(|&&i| bench.y[i as usize] != own).count();
        bench.judge(row, others as u32, Verdict::Asked);
    }
    let (candidates, dropped): (Vec<_>, Vec<_>) = rows.iter().zip(&listed).partition(|&(_, &listed)| listed);
    dropped.into_iter().for_each(|(&row, _)| bench.drop(row));
    Ok(candidates.into_iter().map(|(&row, _)| row).collect())
}
