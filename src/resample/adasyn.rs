//! ADASYN: SMOTE that makes more new rows where the minority is hard to learn.
//!
//! Of the `k` nearest rows of minority row `i`, the share `r[i]` is of another class. Row `i` gets the part
//! `r[i] / sum(r)` of the rows to be made, rounded; they lie between `i` and its `k` nearest minority rows. As every
//! part is rounded, the counts are met only nearly.
//!
//! H. He, Y. Bai, E. A. Garcia, S. Li, "ADASYN: adaptive synthetic sampling approach for imbalanced learning",
//! IJCNN 2008.
//!
//! Where no minority row has a neighbour of another class there are no parts, and the stage is refused.

use super::play::words::{number, plural};
use super::play::{Moment, Tally, Told};
use super::{
    Algorithm, Bench, Domain, Family, Fault, Job, Method, Parameter, Parity, SamplingKind, Step, TableUse, Value, Words,
};
use crate::base::math;
use crate::random::RandomState;

pub(super) struct Adasyn;

const N_NEIGHBORS: Parameter = Parameter {
    link: "k",
    name: "n_neighbors",
    label: "Neighbours k",
    hint: "n_neighbors: how many neighbours say how hard a point is, and how many a new point can lie towards",
    domain: Domain::Count { min: 1, max: 1000, slider: 30, neighbors: true },
    default: Value::Count(5),
};

impl Algorithm for Adasyn {
    const METHOD: Method = Method {
        name: "ADASYN",
        link: "adasyn",
        title: "ADASYN",
        family: Family::Over,
        kind: SamplingKind::Over,
        parameters: &[N_NEIGHBORS],
        random: true,
    };

    const WORDS: Words = Words {
        does: "SMOTE that makes most new rows around minority rows with majority neighbours.",
        used: "To press on the border where labels can be trusted; mislabelled rows get the most.",
        paper: "H. He, Y. Bai, E. A. Garcia, S. Li, ADASYN: adaptive synthetic sampling approach for imbalanced \
                learning, IJCNN 2008",
        also: "",
        parity: Parity::Same,
        phases: &["Weigh by the neighbours", "Generate"],
        pseudocode: &[
            "for each minority row i:",
            "    near = its k nearest rows; r[i] = share of other classes among them",
            "for each minority row i:",
            "    g[i] = round(n * r[i] / sum(r))",
            "for each minority row i, g[i] times:",
            "    nn = one of nn[i], its k nearest minority rows, at random",
            "    gap = a number from 0 to 1, at random",
            "    add new = x[i] + gap * (x[nn] - x[i])",
        ],
    };

    fn fit_resample(bench: &mut Bench, job: &Job) -> Result<(), Fault> {
        let mut random = RandomState::new(job.seed);
        let k = job.sampler.count(&N_NEIGHBORS);
        for &(class, n) in job.targets.iter().filter(|&&(_, n)| n > 0) {
            let members = bench.positions_of(class);
            bench.phase(0);
            let around = bench.neighbors(TableUse::Judge, &members, None, (N_NEIGHBORS.name, k))?;
            let of_others = |near: &[u32]| near.iter().filter(|&&i| bench.y[i as usize] != class).count() as u32;
            let others: Vec<u32> = around.chunks_exact(k).map(of_others).collect();
            let ratios: Vec<f64> = others.iter().map(|&others| f64::from(others) / k as f64).collect();
            let sum = math::sum(&ratios);
            if sum == 0.0 {
                return Err(no_neighbors());
            }
            let weights: Vec<f64> = ratios.iter().map(|ratio| ratio / sum).collect();
            let shares: Vec<usize> = weights.iter().map(|w| (w * n as f64).round_ties_even() as usize).collect();
            let total: usize = shares.iter().sum();
            if total == 0 {
                return Err(no_samples());
            }
            for (((&row, &others), &weight), &share) in members.iter().zip(&others).zip(&weights).zip(&shares) {
                bench.weigh(row, others, weight, share as u32);
            }

            bench.phase(1);
            let table = bench.neighbors(TableUse::Interpolate, &members, Some(&members), (N_NEIGHBORS.name, k))?;
            // All neighbours are drawn before all gaps.
            let columns: Vec<usize> = (0..total).map(|_| random.interval(k as u64 - 1) as usize).collect();
            let bases = shares.iter().enumerate().flat_map(|(at, &share)| std::iter::repeat_n(at, share));
            for (at, column) in bases.zip(columns) {
                let gap = random.random_sample();
                let (base, neighbor) = (members[at], table[at * k + column]);
                let (from, to) = (bench.x.row(base as usize), bench.x.row(neighbor as usize));
                let x: Vec<f64> = from.iter().zip(to).map(|(from, to)| from + gap * (to - from)).collect();
                bench.add_between(base, neighbor, gap, &x);
            }
        }
        Ok(())
    }

    fn tell(moment: &Moment) -> Told {
        let Step::Weigh { row, others, weight, share } = moment.step else {
            return Told::new(7, moment.added_between(), moment.between_variables());
        };
        let k = moment.focus.neighbors.len();
        Told::new(
            3,
            format!(
                "{}: *{others}* of its *{k}* nearest points{} are {}, so {} made from it.",
                moment.who(row),
                moment.that_take_part(),
                moment.other_class(row),
                match share {
                    0 => "no point is".to_string(),
                    1 => "*1* point is".to_string(),
                    n => format!("*{n}* points are"),
                }
            ),
            vec![
                ("i", moment.name(row)),
                ("near", moment.neighbor_names()),
                ("r[i]", number(f64::from(others) / k.max(1) as f64)),
                ("r[i] / sum(r)", format!("{weight:.3}")),
                ("g[i]", share.to_string()),
            ],
        )
    }

    fn explain(tally: &Tally) -> (String, String) {
        let (class, k) = (tally.class_name(), tally.stage.sampler.count(&N_NEIGHBORS));
        let most = tally.stage.steps.iter().filter_map(|step| match *step {
            Step::Weigh { share, .. } => Some(share),
            _ => None,
        });
        (
            format!(
                "Each {class} point gets a share of the new points, the larger the more of its *{k}* nearest points \
                 are of another class; the largest share is {}. They lie towards its *{k}* nearest {class} points. \
                 {} added.",
                plural(most.max().unwrap_or(0) as usize, "point"),
                tally.added_are()
            ),
            "points with a wrong label: all their neighbours are of another class, so they get the most.".to_string(),
        )
    }
}

fn no_neighbors() -> Fault {
    Fault::Algorithm {
        message: "no minority row has a neighbour of another class, so there is nothing to weigh by; use SMOTE, or \
                  raise n_neighbors"
            .to_string(),
        library: "Not any neigbours belong to the majority class. This case will induce a NaN case with a division by \
                  zero. ADASYN is not suited for this specific dataset. Use SMOTE instead."
            .to_string(),
        library_type: "RuntimeError",
    }
}

fn no_samples() -> Fault {
    Fault::Algorithm {
        message: "every share is rounded to no row at all; ask for more rows, or use SMOTE".to_string(),
        library: "No samples will be generated with the provided ratio settings.".to_string(),
        library_type: "ValueError",
    }
}
