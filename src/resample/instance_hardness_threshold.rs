//! Instance hardness threshold: removes the rows of a class that a model finds hardest to recognise.
//!
//! The rows are dealt into `cv` folds. A model fitted on the other folds says how probable a row's own class is; of
//! every targeted class those rows are kept whose probability reaches the percentile that leaves the wanted number.
//! Rows with the same probability stay or go together, so that more may stay than wanted.
//!
//! M. Smith, T. Martinez, C. Giraud-Carrier, "An instance level analysis of data complexity", Machine Learning 95, 2014.
//!
//! One stream deals the folds. A forest of the usual hundred trees is the library's own and takes the sampler's seed;
//! any other model is given to it, and its seed is drawn from the stream before the folds are dealt.

use super::play::words::{number, plural};
use super::play::{Moment, Tally, Told, are};
use super::{
    Algorithm, Bench, Choice, Domain, Family, Fault, Job, Method, OutputOrder, Parameter, Parity, PythonCall, RowId,
    Sampler, SamplingKind, StageTrace, Step, Value, Verdict, Words,
};
use crate::base::math::percentile;
use crate::base::{Class, Rows};
use crate::model::tree::{DecisionTreeClassifier, RandomForestClassifier, TreeError, TreeParameters};
use crate::model::{GaussianNaiveBayes, ModelError};
use crate::random::{RandomState, sub_estimator_seed};
use crate::split::{SplitError, stratified_test_folds};

pub(super) struct InstanceHardnessThreshold;

const ESTIMATOR: Parameter = Parameter {
    link: "",
    name: "estimator",
    label: "Model that judges",
    hint: "estimator: what has to recognise the points it was not fitted on",
    domain: Domain::Choice(&[
        Choice { link: "forest", python: "None", label: "Random forest" },
        Choice { link: "tree", python: "DecisionTreeClassifier(max_depth=3)", label: "Tree of depth 3" },
        Choice { link: "bayes", python: "GaussianNB()", label: "Gaussian naive Bayes" },
    ]),
    default: Value::Choice(0),
};

const N_ESTIMATORS: Parameter = Parameter {
    link: "n",
    name: "n_estimators",
    label: "Trees in the forest",
    hint: "n_estimators: how many trees vote; for the random forest only",
    domain: Domain::Count { min: 1, max: 1000, slider: 200, neighbors: false },
    default: Value::Count(100),
};

const CV: Parameter = Parameter {
    link: "cv",
    name: "cv",
    label: "Folds",
    hint: "cv: into how many parts the rows are dealt, each judged by a model of the others",
    domain: Domain::Count { min: 2, max: 50, slider: 10, neighbors: false },
    default: Value::Count(5),
};

const JUDGE: u32 = 0;
const REMOVE: u32 = 1;

impl Algorithm for InstanceHardnessThreshold {
    const METHOD: Method = Method {
        name: "InstanceHardnessThreshold",
        link: "hardness",
        title: "Instance hardness threshold",
        family: Family::UnderSelect,
        kind: SamplingKind::Under,
        parameters: &[ESTIMATOR, N_ESTIMATORS, CV],
        random: true,
    };

    const WORDS: Words = Words {
        does: "Removes the majority rows that a model finds hardest to recognise.",
        used: "When the majority is large and its rows among the minority are mostly noise.",
        paper: "M. Smith, T. Martinez, C. Giraud-Carrier, An instance level analysis of data complexity, Machine \
                Learning 95, 2014",
        also: "IHT",
        parity: Parity::SameRule(
            "with naive Bayes probabilities near 1 differ in their last bit only, and where they lie at the threshold that \
             bit decides who goes",
        ),
        phases: &["Judge out of fold", "Remove the hard ones"],
        pseudocode: &[
            "deal the rows of each class into cv folds, at random",
            "for each fold:",
            "    fit the model on the other folds",
            "    for each row i of the fold:",
            "        p[i] = its probability of the class that i has",
            "for each class that is too large:",
            "    t = the value that the n largest p of the class reach",
            "    remove every row i of the class with p[i] < t",
        ],
    };

    fn fit_resample(bench: &mut Bench, job: &Job) -> Result<(), Fault> {
        let mut random = RandomState::new(job.seed);
        bench.order = OutputOrder::GroupedByClass;
        let judge = Judge::new(job, &mut random);
        let folds = stratified_test_folds(&bench.y, job.sampler.count(&CV), Some(&mut random)).map_err(no_folds)?;
        let own = judge.out_of_fold(&bench.x, &bench.y, &folds)?;

        let (mut judged, mut hard) = (Vec::new(), Vec::new());
        for &(class, n) in job.targets {
            let rows = bench.positions_of(class);
            let t = threshold(&rows.iter().map(|&row| own[row as usize]).collect::<Vec<_>>(), n);
            bench.threshold(class, t);
            for row in rows {
                let p = own[row as usize];
                let verdict = if p >= t { Verdict::Kept } else { Verdict::Dropped };
                judged.push((row, p, verdict));
                if verdict == Verdict::Dropped {
                    hard.push(row);
                }
            }
        }
        bench.phase(JUDGE);
        judged.sort_by_key(|&(row, ..)| folds[row as usize]);
        for fold in 0..folds.iter().max().map_or(0, |&last| last + 1) {
            let held_out = folds.iter().filter(|&&of| of == fold).count();
            bench.fold(fold, held_out as u32, (folds.len() - held_out) as u32);
            for &(row, p, verdict) in judged.iter().filter(|&&(row, ..)| folds[row as usize] == fold) {
                bench.score(row, p, verdict);
            }
        }
        bench.phase(REMOVE);
        hard.into_iter().for_each(|row| bench.drop(row));
        Ok(())
    }

    fn tell(moment: &Moment) -> Told {
        if let Step::Fold { fold, held_out, fitted } = moment.step {
            return told_fold(moment, fold, held_out, fitted);
        }
        let row = moment.center();
        let (who, class) = (moment.who(row), moment.class_of(row));
        let (p, t) = (moment.score_of(row).unwrap_or(f64::NAN), threshold_of(moment.stage, class));
        let fold = fold_of(moment.stage, row);
        let variables =
            vec![("fold", fold.to_string()), ("i", moment.name(row)), ("p[i]", probability(p)), ("t", probability(t))];
        match moment.step {
            Step::Score { verdict, .. } => {
                let outcome = match verdict {
                    Verdict::Kept => "it stays",
                    _ => "it will go",
                };
                let (p, t) = (probability(p), probability(t));
                let class = moment.class_name(class);
                Told::new(
                    4,
                    format!(
                        "{who}, held out in fold *{fold}*: a model of the other folds gives {class} *{p}*. The \
                         threshold is *{t}*, so {outcome}."
                    ),
                    variables,
                )
            }
            _ => {
                let same = |step: &Step| matches!(*step, Step::Drop { row } if moment.class_of(row) == class);
                let (at, of) = moment.nth(same);
                let why = Self::why_dropped(moment);
                Told::new(
                    7,
                    format!("{who} is too hard to recognise and is removed, *{at}* of *{of}*: {why}."),
                    variables,
                )
            }
        }
    }

    fn why_dropped(moment: &Moment) -> String {
        let (row, class) = (moment.center(), moment.class_of(moment.center()));
        let p = moment.score_of(row).unwrap_or(f64::NAN);
        let t = threshold_of(moment.stage, class);
        format!(
            "held out in fold *{}*, a model of the other folds gives its class, {}, *{}*, and the threshold is *{}*",
            fold_of(moment.stage, row),
            moment.class_name(class),
            probability(p),
            probability(t)
        )
    }

    fn explain(tally: &Tally) -> (String, String) {
        let sampler = &tally.stage.sampler;
        let model = match sampler.choice(&ESTIMATOR) {
            0 => format!("a random forest of {}", plural(sampler.count(&N_ESTIMATORS), "tree")),
            1 => "a tree of depth 3".to_string(),
            _ => "Gaussian naive Bayes".to_string(),
        };
        let t = probability(threshold_of(tally.stage, tally.class));
        (
            format!(
                "The rows are dealt into *{}* folds, and {model}, fitted on the others, judges each. {} removed to \
                 which it gives their own class less than *{t}*.",
                sampler.count(&CV),
                tally.removed_are()
            ),
            format!(
                "how clean the rest looks: what lay among the other class is gone, so scores on resampled rows flatter. \
                 Equal probabilities stay together, which can leave more than asked: {} *{}* became *{}*.",
                tally.class_name(),
                tally.before,
                tally.after
            ),
        )
    }

    fn python(sampler: &Sampler, seed: &str) -> PythonCall {
        let trees = sampler.count(&N_ESTIMATORS);
        let plain = sampler.clone().with(&N_ESTIMATORS, N_ESTIMATORS.default);
        let mut python = plain.python_call(seed);
        match sampler.choice(&ESTIMATOR) {
            0 if N_ESTIMATORS.default != Value::Count(trees as u32) => {
                python.imports.push(("sklearn.ensemble", "RandomForestClassifier"));
                let forest = format!("(estimator=RandomForestClassifier(n_estimators={trees}), ");
                python.call = python.call.replacen('(', &forest, 1);
            }
            1 => python.imports.push(("sklearn.tree", "DecisionTreeClassifier")),
            2 => python.imports.push(("sklearn.naive_bayes", "GaussianNB")),
            _ => {}
        }
        python
    }
}

/// The model that judges.
enum Judge {
    Forest(RandomForestClassifier),
    Tree(DecisionTreeClassifier),
    Bayes(GaussianNaiveBayes),
}

impl Judge {
    fn new(job: &Job, random: &mut RandomState) -> Self {
        let n_estimators = job.sampler.count(&N_ESTIMATORS);
        match job.sampler.choice(&ESTIMATOR) {
            0 => {
                let is_library_own = N_ESTIMATORS.default == Value::Count(n_estimators as u32);
                let random_state = if is_library_own { job.seed } else { sub_estimator_seed(random) };
                Self::Forest(RandomForestClassifier { n_estimators, random_state, ..Default::default() })
            }
            1 => {
                let parameters = TreeParameters { max_depth: Some(3), ..TreeParameters::default() };
                let random_state = sub_estimator_seed(random);
                Self::Tree(DecisionTreeClassifier { parameters, random_state, ..Default::default() })
            }
            _ => Self::Bayes(GaussianNaiveBayes::default()),
        }
    }

    /// For every row the probability of its own class, by the model of the folds it is not in.
    fn out_of_fold(&self, x: &Rows, y: &[Class], folds: &[u32]) -> Result<Vec<f64>, Fault> {
        let mut own = vec![0.0; y.len()];
        for fold in 0..folds.iter().max().map_or(0, |&last| last + 1) {
            let (tested, fitted): (Vec<u32>, Vec<u32>) = (0..y.len() as u32).partition(|&i| folds[i as usize] == fold);
            let labels: Vec<Class> = fitted.iter().map(|&i| y[i as usize]).collect();
            let mut classes = labels.clone();
            classes.sort_unstable();
            classes.dedup();
            let probabilities = self.predict_proba(&x.take(&fitted), &labels, &x.take(&tested))?;
            for (&row, of_classes) in tested.iter().zip(probabilities.chunks_exact(classes.len())) {
                // a class that the other folds lack has the probability 0
                let at = classes.binary_search(&y[row as usize]);
                own[row as usize] = at.map_or(0.0, |at| of_classes[at]);
            }
        }
        Ok(own)
    }

    /// The probabilities of the classes of `y`, one row of `queries` after the other.
    fn predict_proba(&self, x: &Rows, y: &[Class], queries: &Rows) -> Result<Vec<f64>, Fault> {
        match self {
            Self::Forest(forest) => forest.fit_predict_proba(x, y, None, queries).map_err(no_tree),
            Self::Tree(tree) => {
                let tree = tree.fit(x, y, None).map_err(no_tree)?;
                Ok(queries.iter().flat_map(|row| tree.predict_proba(row)).copied().collect())
            }
            Self::Bayes(bayes) => {
                let refused = |error: ModelError| Fault::Algorithm {
                    message: format!("the model that judges cannot be fitted. {} {}", error.plainly(), error.advice()),
                    library: error.to_string(),
                    library_type: error.python_type(),
                };
                let model = bayes.fit(x, y, None).map_err(refused)?;
                Ok(queries.iter().flat_map(|row| model.predict_proba(row)).collect())
            }
        }
    }
}

fn no_tree(error: TreeError) -> Fault {
    Fault::Algorithm {
        message: format!("the model that judges cannot be fitted. {error} {}", error.advice()),
        library: error.to_string(),
        library_type: error.python_type(),
    }
}

fn no_folds(error: SplitError) -> Fault {
    Fault::Algorithm {
        message: format!("the rows cannot be dealt into folds. {} {}", error.plainly(), error.advice()),
        library: error.to_string(),
        library_type: error.python_type(),
    }
}

/// What `n` of the probabilities of a class reach: their percentile. Not a number when one of them is none.
fn threshold(own: &[f64], n: usize) -> f64 {
    if own.iter().any(|p| p.is_nan()) {
        return f64::NAN;
    }
    percentile(own, (1.0 - n as f64 / own.len() as f64) * 100.0)
}

/// A fold was held out of a fit: line 2.
fn told_fold(moment: &Moment, fold: u32, held_out: u32, fitted: u32) -> Told {
    let (number, of) = (fold + 1, moment.sampler().count(&CV));
    let sentence = format!(
        "Fold *{number}* of *{of}*: {} held out, and the model is fitted on the other *{fitted}*.",
        are(&plural(held_out as usize, "row"), held_out as usize)
    );
    Told::new(2, sentence, vec![("fold", number.to_string()), ("cv", of.to_string())])
}

/// The fold in which a row was held out, from 1.
fn fold_of(stage: &StageTrace, row: RowId) -> u32 {
    let mut present = 0;
    for step in &stage.steps {
        match *step {
            Step::Fold { fold, .. } => present = fold + 1,
            Step::Score { row: scored, .. } if scored == row => return present,
            _ => {}
        }
    }
    present
}

/// The threshold of a class in a stage that was played; not a number for a class that was not to shrink.
fn threshold_of(stage: &StageTrace, class: Class) -> f64 {
    stage.thresholds.iter().find(|(of, _)| *of == class).map_or(f64::NAN, |&(_, t)| t)
}

/// Two decimals, or as many as it takes not to round a doubt away.
fn probability(p: f64) -> String {
    match p {
        p if p.is_nan() => "undefined".to_string(),
        0.0 | 0.01..=0.99 | 1.0 => number(p),
        0.001..=0.999 => format!("{p:.3}"),
        0.0..0.5 => format!("{p:.0e}"),
        _ => format!("1 \u{2212} {:.0e}", 1.0 - p),
    }
}
