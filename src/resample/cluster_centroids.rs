//! Cluster centroids: the rows of a large class are replaced by the centres of as many clusters as rows are wanted.
//!
//! With soft voting the centres themselves are the new rows; they are means, so noise is averaged out and the cloud
//! shrinks a little. With hard voting the row nearest to each centre is kept instead; a row may be kept for two
//! centres. Clustering with thousands of centres is what makes this the slowest of the under-samplers.
//!
//! S.-J. Yen, Y.-S. Lee, "Cluster-based under-sampling approaches for imbalanced data distributions", Expert Systems
//! with Applications 36, 2009. Rows leave grouped by class, in the order of the clusters.

use super::clustering::{k_means, rounds, tell_round};
use super::play::words::plural;
use super::play::{Moment, Tally, Told};
use super::{
    Algorithm, Bench, Choice, Domain, Family, Fault, Job, Method, Origin, OutputOrder, Parameter, Parity, SamplingKind,
    Step, Value, Words,
};
use crate::base::Class;
use crate::base::neighbors::{NearestNeighbors, NeighborsError};

pub(super) struct ClusterCentroids;

const HARD: usize = 1;

const VOTING: Parameter = Parameter {
    link: "",
    name: "voting",
    label: "Voting",
    hint: "voting: soft takes the centres themselves, hard the row nearest to each; auto is soft",
    domain: Domain::Choice(&[
        Choice { link: "vauto", python: "\"auto\"", label: "auto" },
        Choice { link: "hard", python: "\"hard\"", label: "hard" },
        Choice { link: "soft", python: "\"soft\"", label: "soft" },
    ]),
    default: Value::Choice(0),
};

impl Algorithm for ClusterCentroids {
    const METHOD: Method = Method {
        name: "ClusterCentroids",
        link: "centroids",
        title: "Cluster centroids",
        family: Family::UnderGenerate,
        kind: SamplingKind::Under,
        parameters: &[VOTING],
        random: true,
    };

    const WORDS: Words = Words {
        does: "Puts the centres of clusters in the place of the majority's rows.",
        used: "When the majority is large and its shape matters more than its rows.",
        paper: "S.-J. Yen, Y.-S. Lee, Cluster-based under-sampling approaches for imbalanced data distributions, \
                Expert Systems with Applications 36, 2009",
        also: "CC",
        parity: Parity::SameRule(
            "a cluster of two rows has both at the same distance from its centre: with hard voting the last bit of their \
             coordinates decides which is kept",
        ),
        phases: &["Find the centres", "Put them in place of the rows"],
        pseudocode: &[
            "for each class that is too large:",
            "    n = wanted rows; centers = n rows far from each other",
            "    for round = 1, 2, ... until no row changes its center:",
            "        give each row to its nearest center",
            "        move each center to the mean of its rows; moved = squared ways, added up",
            "    for each center:",
            "        soft: add the center as a row",
            "        hard: keep the row nearest to the center",
            "        drop the (other) rows of the center",
        ],
    };

    fn fit_resample(bench: &mut Bench, job: &Job) -> Result<(), Fault> {
        bench.order = OutputOrder::GroupedByClass;
        if let Some((class, _)) = job.targets.iter().find(|&&(_, n)| n == 0) {
            return Err(no_center(*class));
        }
        for &(class, n) in job.targets {
            let members = bench.positions_of(class);
            let x = bench.x.take(&members);
            bench.phase(0);
            let fit = k_means(bench, &x, n, job.seed)?;
            bench.phase(1);
            let nearest = match job.sampler.choice(&VOTING) {
                HARD => Some(nearest_rows(&x, &fit.centers)?),
                _ => None,
            };
            let mut kept = vec![false; members.len()];
            nearest.iter().flatten().for_each(|&at| kept[at as usize] = true);
            let mut named = vec![false; members.len()];
            let mut of_center = vec![Vec::new(); n];
            fit.labels.iter().enumerate().for_each(|(at, &label)| of_center[label as usize].push(at));
            for (cluster, rows) in of_center.into_iter().enumerate() {
                match &nearest {
                    None => bench.add_new(class, fit.centers.row(cluster), Origin::Center { cluster: cluster as u32 }),
                    Some(nearest) => {
                        let at = nearest[cluster] as usize;
                        match std::mem::replace(&mut named[at], true) {
                            false => bench.keep(members[at]),
                            true => bench.add_copy(members[at]),
                        }
                    }
                }
                rows.into_iter().filter(|&at| !kept[at]).for_each(|at| bench.drop(members[at]));
            }
        }
        Ok(())
    }

    fn tell(moment: &Moment) -> Told {
        let row = moment.center();
        match moment.step {
            Step::Iterate { .. } => tell_round(moment, 1, 4, "point of the class"),
            Step::Add { row } => match moment.chain.pool_origin[row as usize] {
                Origin::Center { cluster } => {
                    let text = format!("The centre of cluster *{cluster}* is a new point at *{}*.", moment.place(row));
                    Told::new(6, text, vec![("center", cluster.to_string())])
                }
                _ => {
                    let (who, times) = (moment.who(moment.center()), moment.repetitions());
                    let text = format!("{who} is the nearest to another centre, too: it now counts *{times}* times.");
                    Told::new(7, text, vec![("row", moment.name(moment.center()))])
                }
            },
            Step::Keep { .. } => {
                let text = format!("{} is the nearest to its centre and stays.", moment.who(row));
                Told::new(7, text, vec![("row", moment.name(row))])
            }
            _ => {
                let (at, of) = moment.nth(|step| matches!(step, Step::Drop { .. }));
                let why = Self::why_dropped(moment);
                let text = format!("{} is dropped, *{at}* of *{of}*: {why}.", moment.who(row));
                Told::new(8, text, vec![("row", moment.name(row))])
            }
        }
    }

    fn why_dropped(moment: &Moment) -> String {
        let Some(stands) = moment.focus.chosen else { return "of its class none is to stay".to_string() };
        let name = moment.name(stands);
        match moment.chain.pool_origin[stands as usize] {
            Origin::Center { cluster } => {
                let index = moment.focus.place.index;
                let (before, after) = moment.stage.steps.split_at(index);
                let class = moment.class_of(moment.center());
                let is_drop = |step: &&Step| matches!(**step, Step::Drop { row } if moment.class_of(row) == class);
                let n = before.iter().rev().take_while(is_drop).count() + after.iter().take_while(is_drop).count();
                let points = plural(n, "point");
                format!("the centre of its cluster *{cluster}*, {name}, stands for the {points} there")
            }
            _ => format!("{name}, the point nearest to the centre of its cluster, is kept in its place"),
        }
    }

    fn summary(tally: &Tally) -> String {
        let (name, class) = (tally.name(), tally.class_name());
        match rounds(tally) {
            0 => format!("{name} removed nothing: the classes had their counts already."),
            rounds => format!(
                "{name} let *{}* stand for *{}* {class} points, found in {}.",
                tally.after,
                tally.before,
                plural(rounds, "round")
            ),
        }
    }

    fn explain(tally: &Tally) -> (String, String) {
        let (class, before, after) = (tally.class_name(), tally.before, tally.after);
        let what = match tally.stage.sampler.choice(&VOTING) {
            HARD => "The point nearest to each centre is kept",
            _ => "The centres themselves are the new points",
        };
        (
            format!(
                "*{before}* {class} points are sorted into *{after}* clusters, each around its mean. {what}, and the \
                 rest is dropped."
            ),
            format!(
                "points that are means of others: the {class} cloud shrinks, and places where it is thin count as \
                 much as places where it is dense."
            ),
        )
    }
}

/// k-means cannot be asked for no cluster at all.
fn no_center(class: Class) -> Fault {
    Fault::Algorithm {
        message: format!(
            "of class {class} no row is to be left, and k-means finds one cluster at the least; keep 1 row or more"
        ),
        library: "cannot convert float infinity to integer".to_string(),
        library_type: "OverflowError",
    }
}

/// For each centre the nearest row of `x`.
fn nearest_rows(x: &crate::base::Rows, centers: &crate::base::Rows) -> Result<Vec<u32>, Fault> {
    let search = || NearestNeighbors::fit(x, 1)?.kneighbors(centers, 1);
    let found = search().map_err(|error: NeighborsError| Fault::Algorithm {
        message: error.to_string(),
        library: error.library_message(),
        library_type: "ValueError",
    })?;
    Ok(found.indices)
}
