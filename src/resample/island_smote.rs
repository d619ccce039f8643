//! Island SMOTE: the minority is sorted into islands first, and SMOTE never builds a bridge between two of them.
//!
//! k-means runs over the rows of one class alone; each cluster is an island. New rows go to the smallest island first,
//! so that islands end up as equal as the wanted number allows: a small disjunct is lifted like a large one. Inside an
//! island SMOTE works as always, with at most as many neighbours as the island has to offer; an island of a single row
//! repeats it.
//!
//! The idea to over-sample every cluster of a class by itself, so that within-class imbalance goes, too, is that of
//! T. Jo, N. Japkowicz, "Class imbalances versus small disjuncts", SIGKDD Explorations 6, 2004. Their cluster-based
//! over-sampling repeats rows and treats the majority's clusters as well; SMOTE in place of repetition, and leaving the
//! majority alone, are this lab's. It is not in imbalanced-learn: the script carries it as a class of its own.
//!
//! The islands start from the seed; the draws are one more stream from the same seed, over all islands in order.

use super::clustering::{k_means, tell_round};
use super::play::words::plural;
use super::play::{Moment, Tally, Told};
use super::{
    Algorithm, Bench, Domain, Family, Fault, Job, K_NEIGHBORS, Method, Origin, Parameter, Parity, PythonCall, Sampler,
    SamplingKind, Step, TableUse, Value, Words,
};
use crate::random::RandomState;

pub(super) struct IslandSmote;

const N_CLUSTERS: Parameter = Parameter {
    link: "c",
    name: "n_clusters",
    label: "Islands",
    hint: "n_clusters: how many islands the minority is sorted into",
    domain: Domain::Count { min: 1, max: 100, slider: 10, neighbors: false },
    default: Value::Count(3),
};

/// Not a number of neighbours that the data may be too small for: an island offers what it has.
const NEIGHBORS: Parameter =
    Parameter { domain: Domain::Count { min: 1, max: 1000, slider: 30, neighbors: false }, ..K_NEIGHBORS };

const PYTHON: &str = include_str!("island_smote.py");

impl Algorithm for IslandSmote {
    const METHOD: Method = Method {
        name: "IslandSMOTE",
        link: "island",
        title: "Island SMOTE",
        family: Family::Beyond,
        kind: SamplingKind::Over,
        parameters: &[N_CLUSTERS, NEIGHBORS],
        random: true,
    };

    const WORDS: Words = Words {
        does: "SMOTE inside each cluster of the minority by itself; the smallest island first.",
        used: "When the minority lives in separate places and no new row may lie between them.",
        paper: "T. Jo, N. Japkowicz, Class imbalances versus small disjuncts, SIGKDD Explorations 6, 2004",
        also: "CBO, cluster-based over-sampling",
        parity: Parity::Own,
        phases: &["Find the islands", "Share out", "Generate"],
        pseudocode: &[
            "centers = minority rows far from each other",
            "for round = 1, 2, ... until no row changes its island:",
            "    move each center to the mean of its rows; moved = squared ways, added up",
            "repeat n times:",
            "    the island with the fewest rows, old and to come, gets one more",
            "for each island, as often as it got:",
            "    i, nn = a row of it and one of nn[i], its k nearest in the island, at random",
            "    gap = a number from 0 to 1, at random",
            "    add new = x[i] + gap * (x[nn] - x[i])",
        ],
    };

    fn fit_resample(bench: &mut Bench, job: &Job) -> Result<(), Fault> {
        let k = job.sampler.count(&NEIGHBORS);
        for &(class, n) in job.targets.iter().filter(|&&(_, n)| n > 0) {
            let members = bench.positions_of(class);
            let x = bench.x.take(&members);
            bench.phase(0);
            let fit = k_means(bench, &x, job.sampler.count(&N_CLUSTERS).min(members.len()), job.seed)?;
            let mut islands = vec![Vec::new(); fit.centers.len()];
            members.iter().zip(&fit.labels).for_each(|(&row, &label)| islands[label as usize].push(row));
            bench.phase(1);
            let shares = level(&islands.iter().map(Vec::len).collect::<Vec<_>>(), n);
            for (index, (island, &share)) in islands.iter().zip(&shares).enumerate() {
                bench.cluster(index as u32, island.len() as u32, share as f64 / n as f64, share as u32);
            }
            bench.phase(2);
            let mut random = RandomState::new(job.seed);
            for (island, share) in islands.iter().zip(shares).filter(|&(_, share)| share > 0) {
                fill(bench, island, k.min(island.len() - 1), share, &mut random)?;
            }
        }
        Ok(())
    }

    fn tell(moment: &Moment) -> Told {
        match moment.step {
            Step::Iterate { .. } => tell_round(moment, 0, 2, "point of the class"),
            Step::Cluster { cluster, size, share, .. } => Told::new(
                4,
                format!(
                    "Island *{cluster}* has {}{} and gets *{share}* more: *{}* in the end.",
                    plural(size as usize, "point"),
                    moment.that_take_part(),
                    size + share
                ),
                vec![("island", cluster.to_string()), ("rows", size.to_string()), ("more", share.to_string())],
            ),
            Step::Add { row } if matches!(moment.chain.pool_origin[row as usize], Origin::Copy { .. }) => Told::new(
                8,
                format!("{} is alone on its island and is repeated.", moment.who(moment.center())),
                vec![("i", moment.name(moment.center()))],
            ),
            _ => Told::new(8, moment.added_between(), moment.between_variables()),
        }
    }

    fn summary(tally: &Tally) -> String {
        match islands(tally) {
            (0, _) => format!("{} added nothing: the classes had their counts already.", tally.name()),
            (all, used) => format!(
                "{} added *{}* points on *{used}* of {}: {} *{}* became *{}*.",
                tally.name(),
                tally.added,
                plural(all, "island"),
                tally.class_name(),
                tally.before,
                tally.after
            ),
        }
    }

    fn explain(tally: &Tally) -> (String, String) {
        let (class, (all, _)) = (tally.class_name(), islands(tally));
        (
            format!(
                "The {class} points are sorted into {}, and every new point lies between two points of the same \
                 island. The smallest island is filled first, so that they end up as equal as *{}* new points allow.",
                plural(all, "island"),
                tally.added
            ),
            "the number of islands: too few, and one island holds two places with a bridge between them.".to_string(),
        )
    }

    fn python(sampler: &Sampler, seed: &str) -> PythonCall {
        let mut call = sampler.python_call(seed);
        call.imports = vec![
            ("imblearn.over_sampling.base", "BaseOverSampler"),
            ("sklearn.cluster", "KMeans"),
            ("sklearn.neighbors", "NearestNeighbors"),
        ];
        call.code = vec![PYTHON];
        call
    }
}

/// Islands, and those of them that got rows.
fn islands(tally: &Tally) -> (usize, usize) {
    let used = |step: &Step| matches!(step, Step::Cluster { share: 1.., .. });
    (tally.count(|step| matches!(step, Step::Cluster { .. })), tally.count(used))
}

/// How many of `n` rows each island gets when always the smallest (of equal ones the first) gets the next. An island
/// without a row gets none.
fn level(sizes: &[usize], n: usize) -> Vec<usize> {
    let mut shares = vec![0; sizes.len()];
    for _ in 0..n {
        let present = (0..sizes.len()).filter(|&island| sizes[island] > 0);
        let Some(smallest) = present.min_by_key(|&island| sizes[island] + shares[island]) else { break };
        shares[smallest] += 1;
    }
    shares
}

/// SMOTE on one island: all cells of the neighbour table are drawn before all gaps.
fn fill(bench: &mut Bench, island: &[u32], k: usize, n: usize, random: &mut RandomState) -> Result<(), Fault> {
    if k == 0 {
        (0..n).for_each(|_| bench.add_copy(island[0]));
        return Ok(());
    }
    let table = bench.neighbors(TableUse::Interpolate, island, Some(island), (NEIGHBORS.name, k))?;
    let cells = random.randint_many(0, table.len() as i64, n);
    for cell in cells {
        let gap = random.random_sample();
        let (base, neighbor) = (island[cell as usize / k], table[cell as usize]);
        let (from, to) = (bench.x.row(base as usize), bench.x.row(neighbor as usize));
        let x: Vec<f64> = from.iter().zip(to).map(|(from, to)| from + gap * (to - from)).collect();
        bench.add_between(base, neighbor, gap, &x);
    }
    Ok(())
}
