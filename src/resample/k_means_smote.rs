//! K-means SMOTE: SMOTE inside those clusters of all rows in which the minority is at home.
//!
//! All rows, of every class, are sorted into clusters. A cluster counts when the minority's share in it reaches a
//! threshold and it has more than `k` minority rows; where the minority is sparse there, more new rows are made. The
//! sparsity of a cluster with `m` minority rows at a mean distance `d` from each other is `d^e / m`, where the exponent
//! `e` is `0.16 log(m, 1.6)^1.8` unless it is given. Each cluster's part of the `n` rows is rounded up, so the counts
//! may be passed by as many rows as there are clusters.
//!
//! G. Douzas, F. Bacao, F. Last, "Improving imbalanced learning through a heuristic oversampling method based on
//! k-means and SMOTE", Information Sciences 465, 2018.
//!
//! Without any cluster that counts the stage is refused, as it is when all minority rows of the clusters that count lie
//! at one place. Every cluster starts again with the same seed, as in imbalanced-learn.

use super::clustering::{CENTRES, Rounds, fault, tell_move};
use super::interpolate::add_between;
use super::play::words::{number, plural};
use super::play::{Moment, Tally, Told};
use super::{
    Algorithm, Bench, Domain, Family, Fault, Job, K_NEIGHBORS, Method, Parameter, Parity, SamplingKind, Step, TableUse,
    Value, Words,
};
use crate::base::math::{ln, pow, sum};
use crate::base::{Class, Rows};
use crate::cluster::{KMeansFit, MiniBatchKMeans};
use crate::random::RandomState;

pub(super) struct KMeansSmote;

/// Not a number of neighbours that the data may be too small for: clusters with fewer rows are left out.
const NEIGHBORS: Parameter = Parameter {
    domain: Domain::Count { min: 1, max: 1000, slider: 30, neighbors: false },
    default: Value::Count(2),
    ..K_NEIGHBORS
};

const N_CLUSTERS: Parameter = Parameter {
    link: "c",
    name: "kmeans_estimator",
    label: "Clusters",
    hint: "kmeans_estimator: how many clusters all rows are sorted into",
    domain: Domain::Count { min: 1, max: 200, slider: 30, neighbors: false },
    default: Value::Count(8),
};

const THRESHOLD: Parameter = Parameter {
    link: "share",
    name: "cluster_balance_threshold",
    label: "Minority share a cluster needs",
    hint: "cluster_balance_threshold: clusters with a smaller share of the minority get no new points; auto is a half",
    domain: Domain::Real { min: 0.0, max: 1.0, step: 0.05, auto: Some("\"auto\""), by_class: false },
    default: Value::Auto,
};

const EXPONENT: Parameter = Parameter {
    link: "e",
    name: "density_exponent",
    label: "Exponent of the distance",
    hint: "density_exponent: the larger, the more new points go to sparse clusters; auto grows with the cluster",
    domain: Domain::Real { min: 0.0, max: 10.0, step: 0.1, auto: Some("\"auto\""), by_class: false },
    default: Value::Auto,
};

/// A cluster that may get new rows.
struct Cluster {
    index: u32,
    members: Vec<u32>,
    sparsity: f64,
}

impl Algorithm for KMeansSmote {
    const METHOD: Method = Method {
        name: "KMeansSMOTE",
        link: "kmeanssmote",
        title: "K-means SMOTE",
        family: Family::Over,
        kind: SamplingKind::Over,
        parameters: &[NEIGHBORS, N_CLUSTERS, THRESHOLD, EXPONENT],
        random: true,
    };

    const WORDS: Words = Words {
        does: "SMOTE inside the clusters where the minority is at home.",
        used: "When the minority lives in several places and noise between them must not be fed.",
        paper: "G. Douzas, F. Bacao, F. Last, Improving imbalanced learning through a heuristic oversampling method \
                based on k-means and SMOTE, Information Sciences 465, 2018",
        also: "K-means SMOTE",
        parity: Parity::SameRule("where rows lie at equal distances, the last bit of a matrix product decides"),
        phases: &["Cluster all rows", "Weigh the clusters", "Generate"],
        pseudocode: &[
            "centers = rows far from each other",
            "repeat, each time with a batch of rows drawn with replacement:",
            "    move each center to the mean of all batch rows it was nearest to, ever",
            "    now and then: put a center that got too few on a row of the batch",
            "for each cluster c:",
            "    leave it out if too few of its rows are minority",
            "    sparsity[c] = (mean distance of its minority rows)^e / their number",
            "for each cluster c that is left:",
            "    n[c] = ceil(n * sparsity[c] / sum(sparsity))",
            "    repeat n[c] times:",
            "        i, nn = a minority row of c and one of its k nearest in c",
            "        add x[i] + gap * (x[nn] - x[i]), gap at random",
        ],
    };

    fn fit_resample(bench: &mut Bench, job: &Job) -> Result<(), Fault> {
        let k = job.sampler.count(&NEIGHBORS);
        let total: usize = job.targets.iter().map(|&(_, n)| n).sum();
        let mut fit = None;
        for &(class, n) in job.targets.iter().filter(|&&(_, n)| n > 0) {
            // the library clusters again for every class, with the same seed and so to the same end
            let fit = match &fit {
                Some(fit) => fit,
                None => fit.insert(cluster(bench, job)?),
            };
            let least_share = match job.sampler.real(&THRESHOLD) {
                _ if fit.centers.len() == 1 => f64::NEG_INFINITY,
                Some(threshold) => threshold,
                None => n as f64 / total as f64 / 2.0,
            };
            bench.phase(1);
            let all = by_cluster(bench, class, fit);
            let counts = |members: &[u32], size: usize| {
                let share = members.len() as f64 / size as f64;
                share >= least_share && share * size as f64 >= (k + 1) as f64
            };
            let valid: Vec<Cluster> = all
                .iter()
                .enumerate()
                .filter(|(_, (members, size))| *size > 0 && counts(members, *size))
                .map(|(index, (members, _))| Cluster {
                    index: index as u32,
                    members: members.clone(),
                    sparsity: sparsity(&bench.x.take(members), job.sampler.real(&EXPONENT)),
                })
                .collect();
            if valid.is_empty() {
                return Err(no_cluster(class));
            }
            let sparsities: Vec<f64> = valid.iter().map(|cluster| cluster.sparsity).collect();
            let weights: Vec<f64> = sparsities.iter().map(|sparsity| sparsity / sum(&sparsities)).collect();
            if !weights.iter().all(|weight| weight.is_finite()) {
                return Err(one_place());
            }
            let share = |weight: f64| (n as f64 * weight).ceil() as usize;
            let weight_of = |index: usize| valid.iter().position(|cluster| cluster.index as usize == index);
            for (index, (members, _)) in all.iter().enumerate() {
                let weight = weight_of(index).map_or(0.0, |at| weights[at]);
                bench.cluster(index as u32, members.len() as u32, weight, share(weight) as u32);
            }
            bench.phase(2);
            for (Cluster { members, .. }, weight) in valid.iter().zip(weights) {
                let table = bench.neighbors(TableUse::Interpolate, members, Some(members), (NEIGHBORS.name, k))?;
                add_between(bench, members, (&table, k), share(weight), job.seed, None);
            }
        }
        Ok(())
    }

    fn tell(moment: &Moment) -> Told {
        match moment.step {
            Step::Iterate { .. } => tell_move(moment, 0, 2, "point", &batch_rule(moment)),
            Step::Cluster { cluster, size, weight, share } => {
                let points = plural(size as usize, "minority point") + moment.that_take_part();
                let variables =
                    vec![("c", cluster.to_string()), ("weight", number(weight)), ("n[c]", share.to_string())];
                match share {
                    0 => Told::new(
                        5,
                        format!("Cluster *{cluster}* has {points}: too few, or too small a share. It gets none."),
                        variables,
                    ),
                    _ => Told::new(
                        8,
                        format!(
                            "Cluster *{cluster}* has {points} and a weight of *{}*: {} are to be made in it.",
                            number(weight),
                            plural(share as usize, "point")
                        ),
                        variables,
                    ),
                }
            }
            _ => Told::new(11, moment.added_between(), moment.between_variables()),
        }
    }

    fn summary(tally: &Tally) -> String {
        match clusters(tally) {
            (0, _) => format!("{} added nothing: the classes had their counts already.", tally.name()),
            (all, used) => format!(
                "{} added *{}* points in *{used}* of {}: {} *{}* became *{}*.",
                tally.name(),
                tally.added,
                plural(all, "cluster"),
                tally.class_name(),
                tally.before,
                tally.after
            ),
        }
    }

    fn explain(tally: &Tally) -> (String, String) {
        let (class, (all, used)) = (tally.class_name(), clusters(tally));
        (
            format!(
                "All points are sorted into *{all}* clusters; in *{used}* the {class} is at home. There, and only \
                 there, {} added between {class} neighbours, more where they are far apart.",
                tally.added_are()
            ),
            format!("{class} points outside of these clusters: they count as noise and get no company."),
        )
    }
}

/// How mini-batch k-means moves its centres.
fn batch_rule(moment: &Moment) -> String {
    format!(
        "a batch of points{} is drawn, with replacement. Each joins the nearest of {CENTRES}, and each centre moves to \
         the mean of all that joined it, in this batch and those before; one that few have joined may be put on a point \
         of the batch instead.",
        moment.that_take_part()
    )
}

/// Clusters, and those of them that got rows.
fn clusters(tally: &Tally) -> (usize, usize) {
    let used = |step: &Step| matches!(step, Step::Cluster { share: 1.., .. });
    (tally.count(|step| matches!(step, Step::Cluster { .. })), tally.count(used))
}

fn cluster(bench: &mut Bench, job: &Job) -> Result<KMeansFit, Fault> {
    bench.phase(0);
    let x = bench.x.clone();
    let mut rounds = Rounds::new(bench);
    let fit = MiniBatchKMeans::new(job.sampler.count(&N_CLUSTERS))
        .fit_watched(&x, &mut RandomState::new(job.seed), &mut |round| {
            rounds.ended(round.round, round.moved, || round.centers.clone());
        })
        .map_err(fault)?;
    rounds.finish(&fit.centers);
    Ok(fit)
}

/// For each cluster the positions of its rows of `class`, and how many rows it has of any.
fn by_cluster(bench: &Bench, class: Class, fit: &KMeansFit) -> Vec<(Vec<u32>, usize)> {
    let mut clusters = vec![(Vec::new(), 0); fit.centers.len()];
    for (row, &label) in fit.labels.iter().enumerate() {
        let (members, size) = &mut clusters[label as usize];
        *size += 1;
        if bench.y[row] == class {
            members.push(row as u32);
        }
    }
    clusters
}

/// `d^e / m`: the mean distance of `m` rows from each other to a power, over their number.
fn sparsity(x: &Rows, exponent: Option<f64>) -> f64 {
    let m = x.len() as f64;
    let distance = |a: &[f64], b: &[f64]| a.iter().zip(b).fold(0.0, |sum, (a, b)| sum + (a - b) * (a - b)).sqrt();
    let mut row = Vec::with_capacity(x.len());
    let mut total = 0.0;
    for a in x.iter() {
        row.clear();
        row.extend(x.iter().map(|b| distance(a, b)));
        total += sum(&row);
    }
    let exponent = exponent.unwrap_or_else(|| pow(ln(m) / ln(1.6), 1.8) * 0.16);
    pow(total / (m * m - m), exponent) / m
}

fn no_cluster(class: Class) -> Fault {
    Fault::Algorithm {
        message: format!(
            "in no cluster are there enough rows of class {class}; lower cluster_balance_threshold or change the \
             number of clusters"
        ),
        library: format!(
            "No clusters found with sufficient samples of class {class}. Try lowering the cluster_balance_threshold or \
             increasing the number of clusters."
        ),
        library_type: "RuntimeError",
    }
}

fn one_place() -> Fault {
    Fault::Algorithm {
        message: "in every cluster that counts all rows of the class lie at one place; use RandomOverSampler"
            .to_string(),
        library: "cannot convert float NaN to integer".to_string(),
        library_type: "ValueError",
    }
}
