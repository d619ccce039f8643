//! Mixup between classes: a new row is a mixture of a minority row and a row of another class, and so is its label.
//!
//! `x = share * x[a] + (1 - share) * x[b]`, and the label is `share` of the class of `a` and the rest of the class of
//! `b`. SMOTE stays within a class and says "minority" wherever it lands; mixup crosses from one class to the other and
//! says how far it has come. The model sees a slope of labels between the classes instead of a cliff: scores become
//! smoother and less sure of themselves.
//!
//! H. Zhang, M. Cisse, Y. N. Dauphin, D. Lopez-Paz, "mixup: Beyond empirical risk minimization", ICLR 2018. There the
//! pairs are any two rows and `share` is drawn from Beta(alpha, alpha). Here every pair has one row of the class that
//! grows, and the larger part of the mixture is its own (`max(share, 1 - share)`, as in D. Berthelot et al., "MixMatch",
//! NeurIPS 2019): otherwise each new row would add as much to the majority as to the minority.
//!
//! `remix` labels a mixture as wholly minority where the other class has three times the rows or more (H.-P. Chou et
//! al., "Remix: rebalanced mixup", ECCV Workshops 2020, with their kappa = 3 and tau = 0.5).
//!
//! A model that takes one class per row meets a mixed row twice, once per class, with the parts of its label as
//! weights ([`Chain::fit_rows`](super::Chain::fit_rows)): the log loss is linear in the label, so that is the loss of
//! the soft label. No sampler can follow, for none knows what to do with half a class. It is not in imbalanced-learn:
//! the script carries it as a class of its own.

use super::play::words::{number, plural};
use super::play::{Moment, Tally, Told};
use super::strategy::class_counts;
use super::{
    Algorithm, Bench, Domain, Family, Fault, Job, Method, Origin, Parameter, Parity, PythonCall, Sampler, SamplingKind,
    Step, Value, Words,
};
use crate::random::RandomState;

pub(super) struct Mixup;

const ALPHA: Parameter = Parameter {
    link: "a",
    name: "alpha",
    label: "Mixing (alpha)",
    hint: "alpha of Beta(alpha, alpha): small leaves most new rows close to a minority row, large makes halves",
    domain: Domain::Real { min: 0.05, max: 10.0, step: 0.05, auto: None, by_class: false },
    default: Value::Real(1.0),
};

const REMIX: Parameter = Parameter {
    link: "remix",
    name: "remix",
    label: "Label wholly as minority (Remix)",
    hint: "remix: the place is mixed, the label is not, where the other class has three times the rows or more",
    domain: Domain::Flag,
    default: Value::Flag(false),
};

/// Remix applies from this ratio of the two classes on (its kappa).
pub(super) const REMIX_RATIO: usize = 3;

const PYTHON: &str = include_str!("mixup.py");

impl Algorithm for Mixup {
    const METHOD: Method = Method {
        name: "Mixup",
        link: "mixup",
        title: "Mixup between classes",
        family: Family::Beyond,
        kind: SamplingKind::Over,
        parameters: &[ALPHA, REMIX],
        random: true,
    };

    const WORDS: Words = Words {
        does: "Mixes a minority row with a row of the other class, and their labels with them.",
        used: "When scores are too sure of themselves: between the classes the labels slope instead of jumping.",
        paper: "H. Zhang, M. Cisse, Y. Dauphin, D. Lopez-Paz, mixup: Beyond empirical risk minimization, ICLR 2018",
        also: "Remix",
        parity: Parity::Own,
        phases: &[],
        pseudocode: &[
            "n = wanted rows - present rows",
            "repeat n times:",
            "    a, b = a minority row and a row of another class, at random",
            "    lambda = a number of Beta(alpha, alpha); 1 - lambda if that is more",
            "    add new = lambda x[a] + (1 - lambda) x[b]",
            "    its label: lambda minority, 1 - lambda the class of b",
            "    remix: wholly minority, if b's class has 3 times the rows",
            "fit the model: a mixed row counts once per class, by its label",
        ],
    };

    fn fit_resample(bench: &mut Bench, job: &Job) -> Result<(), Fault> {
        let alpha = job.sampler.real(&ALPHA).unwrap_or(1.0);
        let counts = class_counts(&bench.y);
        let mut random = RandomState::new(job.seed);
        for &(class, n) in job.targets.iter().filter(|&&(_, n)| n > 0) {
            let own = bench.positions_of(class);
            let others: Vec<u32> = (0..bench.y.len() as u32).filter(|&i| bench.y[i as usize] != class).collect();
            // all first rows are drawn before the second ones, and those before the shares
            let drawn = [&own, &others].map(|rows| random.randint_many(0, rows.len() as i64, n));
            for (&a, &b) in drawn[0].iter().zip(&drawn[1]) {
                let (a, b) = (own[a as usize], others[b as usize]);
                let lambda = random.beta(alpha, alpha);
                let share = lambda.max(1.0 - lambda);
                let (from, to) = (bench.x.row(a as usize), bench.x.row(b as usize));
                let x: Vec<f64> = from.iter().zip(to).map(|(from, to)| from + (1.0 - share) * (to - from)).collect();
                let rare = counts[&bench.y[b as usize]] >= REMIX_RATIO * own.len();
                let label = if job.sampler.flag(&REMIX) && rare && share > 0.5 { 1.0 } else { share };
                bench.add_mixed(a, b, share, label, &x);
            }
        }
        Ok(())
    }

    fn tell(moment: &Moment) -> Told {
        let Step::Add { row } = moment.step else { return Told::default() };
        let Origin::Mixed { a, b, share, label } = moment.chain.pool_origin[row as usize] else {
            return Told::default();
        };
        let (own, other) = (moment.class_name(moment.class_of(a)), moment.class_name(moment.class_of(b)));
        let (line, labelled) = match moment.chain.soft_label(row) {
            Some(_) => (5, format!("its label is *{}* {own} and *{}* {other}", number(label), number(1.0 - label))),
            None => (6, format!("its label is wholly {own}")),
        };
        Told::new(
            line,
            format!(
                "{} is mixed with {}. lambda = *{}* puts the new point at *{}*; {labelled}.",
                moment.who(a),
                moment.point(b),
                number(share),
                moment.place(row)
            ),
            vec![
                ("a", moment.name(a)),
                ("b", moment.name(b)),
                ("lambda", number(share)),
                ("new", moment.place(row)),
                ("label", number(label)),
            ],
        )
    }

    fn summary(tally: &Tally) -> String {
        match tally.added {
            0 => format!("{} added nothing: the classes had their counts already.", tally.name()),
            added => format!(
                "{} mixed {} points with the other class, {}: *{}* became *{}*, by weight *{:.1}*.",
                tally.name(),
                tally.class_name(),
                plural(added, "time"),
                tally.before,
                tally.after,
                tally.before as f64 + weight(tally)
            ),
        }
    }

    fn explain(tally: &Tally) -> (String, String) {
        let class = tally.class_name();
        (
            format!(
                "Each new point lies between a {class} point and one of the other class, nearer to the first; {} made. \
                 So are the labels: all together the new points are *{:.1}* {class} points and *{:.1}* of the other \
                 class, and the model meets each of them twice, with these weights.",
                tally.added_are(),
                weight(tally),
                tally.added as f64 - weight(tally)
            ),
            format!(
                "{class} labels laid over the other class, however lightly: where the classes are far apart, the points \
                 between them are of no kind that exists."
            ),
        )
    }

    fn python(sampler: &Sampler, seed: &str) -> PythonCall {
        let mut call = sampler.python_call(seed);
        call.imports = vec![
            ("imblearn.over_sampling.base", "BaseOverSampler"),
            ("sklearn.base", "BaseEstimator"),
            ("sklearn.base", "ClassifierMixin"),
            ("sklearn.base", "clone"),
        ];
        call.code = vec![PYTHON];
        call.soft_labels = true;
        call
    }
}

/// How many rows of the class the labels of the new rows come to.
fn weight(tally: &Tally) -> f64 {
    let label = |step: &Step| match *step {
        Step::Add { row } => match tally.chain.pool_origin[row as usize] {
            Origin::Mixed { label, .. } => label,
            _ => 0.0,
        },
        _ => 0.0,
    };
    tally.stage.steps.iter().map(label).sum()
}
