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

use super::clustering::{CENTRES, Rounds, centers_of, fault, tell_move};
use super::interpolate::add_between;
use super::play::words::{length, number, plural};
use super::play::{Moment, Tally, Told, are};
use super::{
    Algorithm, Batch, Bench, Domain, Family, Fault, Job, K_NEIGHBORS, Method, Parameter, Parity, SamplingKind, Step,
    TableUse, Value, Words,
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
            "for round = 1, 2, ...: batch = rows drawn with replacement",
            "    moved = squared ways of centers to the means of all batch rows they were nearest to",
            "    now and then: put a center that got too few on a row of the batch",
            "for each cluster c with minority[c] of rows[c]:",
            "    leave it out if minority[c] / rows[c] < threshold, or minority[c] <= k",
            "    sparsity[c] = (mean distance of its minority rows)^e / minority[c]",
            "for each cluster c that is left:",
            "    n[c] = ceil(n * sparsity[c] / sum(sparsity))",
            "    n[c] times: i, nn = a minority row of c, one of nn[i], its k nearest in c",
            "        add new = x[i] + gap * (x[nn] - x[i]), gap at random",
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
                // of the only cluster no share is asked
                _ if fit.centers.len() == 1 => 0.0,
                Some(threshold) => threshold,
                None => n as f64 / total as f64 / 2.0,
            };
            bench.phase(1);
            bench.threshold(class, least_share);
            let mut valid: Vec<Cluster> = Vec::new();
            for (index, (members, of)) in (0..).zip(by_cluster(bench, class, fit)) {
                let size = members.len() as u32;
                if left_out(size, of, least_share, k).is_some() {
                    bench.measure(index, size, of, 0.0);
                    continue;
                }
                let sparsity = sparsity(&bench.x.take(&members), job.sampler.real(&EXPONENT));
                bench.measure(index, size, of, sparsity);
                valid.push(Cluster { index, members, sparsity });
            }
            if valid.is_empty() {
                return Err(no_cluster(class));
            }
            let sparsities: Vec<f64> = valid.iter().map(|cluster| cluster.sparsity).collect();
            let weights: Vec<f64> = sparsities.iter().map(|sparsity| sparsity / sum(&sparsities)).collect();
            if !weights.iter().all(|weight| weight.is_finite()) {
                return Err(one_place());
            }
            let share = |weight: f64| (n as f64 * weight).ceil() as usize;
            for (Cluster { index, members, .. }, &weight) in valid.iter().zip(&weights) {
                bench.cluster(*index, members.len() as u32, weight, share(weight) as u32);
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
            Step::Measure { cluster, size, of, sparsity } => measured(moment, cluster, (size, of), sparsity),
            Step::Cluster { cluster, size, weight, share } => Told::new(
                8,
                format!(
                    "Cluster *{cluster}*, with {}{}, has *{}* of the sparsity of all clusters that count: {} to be \
                     made in it.",
                    plural(size as usize, "minority point"),
                    moment.that_take_part(),
                    number(weight),
                    are(&plural(share as usize, "point"), share as usize)
                ),
                vec![
                    ("c", cluster.to_string()),
                    ("sparsity[c] / sum(sparsity)", number(weight)),
                    ("n[c]", share.to_string()),
                ],
            ),
            _ => Told::new(10, moment.added_between(), moment.between_variables()),
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

/// Why a cluster gets no rows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum LeftOut {
    /// It has no row at all.
    Empty,
    /// The share of the class in it is too small.
    Share,
    /// It has too few rows of the class to have `k` neighbours.
    Few,
}

/// Whether a cluster with `size` rows of the class among its `of` is left out.
fn left_out(size: u32, of: u32, least_share: f64, k: usize) -> Option<LeftOut> {
    let share = f64::from(size) / f64::from(of);
    match share {
        _ if of == 0 => Some(LeftOut::Empty),
        _ if share < least_share => Some(LeftOut::Share),
        // the library multiplies the share again, and so the last bit of it may decide
        _ if share * f64::from(of) < (k + 1) as f64 => Some(LeftOut::Few),
        _ => None,
    }
}

/// A cluster was measured: line 5 when it is left out, line 6 otherwise.
fn measured(moment: &Moment, cluster: u32, (size, of): (u32, u32), sparsity: f64) -> Told {
    let k = moment.sampler().count(&NEIGHBORS);
    let (class, least) = moment.stage.thresholds.get(moment.round() as usize).copied().unwrap_or((1, 0.0));
    let (class, share) = (moment.class_name(class), f64::from(size) / f64::from(of.max(1)));
    let points = plural(of as usize, "point");
    let has = format!("Cluster *{cluster}* has {points}{}, *{size}* of them {class}", moment.that_take_part());
    let mut variables =
        vec![("c", cluster.to_string()), ("minority[c]", size.to_string()), ("rows[c]", of.to_string())];
    let Some(rule) = left_out(size, of, least, k) else {
        let sparse = length(sparsity);
        variables.push(("sparsity[c]", sparse.clone()));
        let sentence = format!("{has}, a share of *{}*: it counts, and its sparsity is *{sparse}*.", number(share));
        return Told::new(6, sentence, variables);
    };
    variables.extend([("threshold", number(least)), ("k", k.to_string())]);
    let why = match rule {
        LeftOut::Empty if moment.stage.only.is_some() => format!("Cluster *{cluster}* has no point that takes part"),
        LeftOut::Empty => format!("Cluster *{cluster}* has no point"),
        LeftOut::Share => {
            format!("{has}: a share of *{}*, and *{}* is the least that counts", number(share), number(least))
        }
        LeftOut::Few => format!("{has}: too few, for each needs *{k}* neighbours beside itself"),
    };
    Told::new(5, format!("{why}. It gets none."), variables)
}

/// How mini-batch k-means moves its centres, and who was in the batch.
fn batch_rule(moment: &Moment) -> String {
    let Some(Batch { size, first, reassigned }) = centers_of(moment).and_then(|now| now.batch.as_ref()) else {
        return String::new();
    };
    let names: Vec<String> = first.iter().map(|&row| moment.name(row)).collect();
    let more = match (*size as usize).saturating_sub(first.len()) {
        0 => String::new(),
        more => format!(" and *{more}* more"),
    };
    let put = match reassigned.as_slice() {
        [] => String::new(),
        [one] => format!(" Few had joined centre *{one}*: it is put on a point of the batch."),
        many => {
            let names: Vec<String> = many.iter().map(|c| format!("*{c}*")).collect();
            format!(" Few had joined centres {}: they are put on points of the batch.", names.join(", "))
        }
    };
    format!(
        "a batch of {}{} is drawn, with replacement: {}{more}. Each joins the nearest of {CENTRES}, and each centre \
         moves to the mean of all that joined it, in this batch and those before.{put}",
        plural(*size as usize, "point"),
        moment.that_take_part(),
        names.join(" ")
    )
}

/// Clusters, and those of them that got rows.
fn clusters(tally: &Tally) -> (usize, usize) {
    let used = |step: &Step| matches!(step, Step::Cluster { share: 1.., .. });
    (tally.count(|step| matches!(step, Step::Measure { .. })), tally.count(used))
}

fn cluster(bench: &mut Bench, job: &Job) -> Result<KMeansFit, Fault> {
    bench.phase(0);
    let x = bench.x.clone();
    let mut rounds = Rounds::new(bench);
    let fit = MiniBatchKMeans::new(job.sampler.count(&N_CLUSTERS))
        .fit_watched(&x, &mut RandomState::new(job.seed), &mut |round| {
            rounds.ended_with_batch(&round);
        })
        .map_err(fault)?;
    rounds.finish(&fit.centers);
    Ok(fit)
}

/// For each cluster the positions of its rows of `class`, and how many rows it has of any.
fn by_cluster(bench: &Bench, class: Class, fit: &KMeansFit) -> Vec<(Vec<u32>, u32)> {
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
