//! SVM-SMOTE: SMOTE that starts from the support vectors of the class.
//!
//! A support vector classifier finds the rows near the border. Those of the class that grows are judged by their `m`
//! nearest rows: noise when all are of another class, and dropped; in danger when at least half are; safe otherwise.
//! From rows in danger new ones lie between them and a neighbour of the class, which strengthens the border; from safe
//! ones they lie on the far side, away from the neighbour, which moves the border outwards.
//!
//! H. M. Nguyen, E. W. Cooper, K. Kamei, "Borderline over-sampling for imbalanced data classification", International
//! Journal of Knowledge Engineering and Soft Data Paradigms 3, 2011.
//!
//! How many of the new rows start in danger is drawn: a share around one half. When one of the two groups is empty its
//! part is not made, so the classes end up unequal; that is imbalanced-learn's behaviour.

use super::borderline_smote::{danger, judged};
use super::interpolate::add_with_step;
use super::play::words::{number, plural};
use super::play::{Moment, Tally, Told};
use super::{
    Algorithm, Bench, Domain, Family, Fault, Job, K_NEIGHBORS, M_NEIGHBORS, Method, Parameter, Parity, SamplingKind,
    Step, TableUse, Value, Verdict, Words,
};
use crate::model::svm::{FittedSvc, SupportVectorClassifier};
use crate::random::RandomState;

pub(super) struct SvmSmote;

const OUT_STEP: Parameter = Parameter {
    link: "out",
    name: "out_step",
    label: "Longest step outwards",
    hint: "out_step: how far a safe point's new points may lie beyond it, as a share of the way to the neighbour",
    domain: Domain::Real { min: 0.0, max: 1.0, step: 0.05, auto: None, by_class: false },
    default: Value::Real(0.5),
};

impl Algorithm for SvmSmote {
    const METHOD: Method = Method {
        name: "SVMSMOTE",
        link: "svmsmote",
        title: "SVM-SMOTE",
        family: Family::Over,
        kind: SamplingKind::Over,
        parameters: &[K_NEIGHBORS, M_NEIGHBORS, OUT_STEP],
        random: true,
    };

    const WORDS: Words = Words {
        does: "SMOTE that starts from support vectors, outwards where it is safe.",
        used: "When a smooth border separates most of the classes and should move towards the majority.",
        paper: "H. M. Nguyen, E. W. Cooper, K. Kamei, Borderline over-sampling for imbalanced data classification, \
                IJKESDP 3, 2011",
        also: "SVM SMOTE",
        parity: Parity::Same,
        phases: &[
            "Find the support vectors",
            "Find who is in danger",
            "Share out",
            "Generate inwards, from those in danger",
            "Generate outwards, from the safe ones",
        ],
        pseudocode: &[
            "alpha = weights in a support vector classifier of all rows (C = 1, RBF kernel)",
            "for each minority support vector i, that is with alpha[i] > 0:",
            "    near = its m nearest rows; m' = those of another class",
            "    verdict = noise if m' = m, in danger if m/2 <= m' < m, else safe",
            "g = n times a share around one half, at random",
            "repeat g times: i in danger, nn one of nn[i], its k nearest of the class",
            "    add new = x[i] + gap * (x[nn] - x[i]), gap from 0 to 1 at random",
            "repeat n - g times: i safe, nn one of nn[i], its k nearest of the class",
            "    the same, gap from 0 to -out_step at random: away from nn",
        ],
    };

    fn fit_resample(bench: &mut Bench, job: &Job) -> Result<(), Fault> {
        let k = job.sampler.count(&K_NEIGHBORS);
        let out_step = job.sampler.real(&OUT_STEP).unwrap_or(0.5);
        let mut random = RandomState::new(job.seed);
        let mut machine: Option<FittedSvc> = None;
        for &(class, n) in job.targets.iter().filter(|&&(_, n)| n > 0) {
            // the machine sees the same rows for every class: one fit is enough
            let machine = match &mut machine {
                Some(machine) => machine,
                none => none.insert(fit(bench)?),
            };
            let support = support_of(bench, machine, class);
            let Judged { in_danger, safe } = judge(bench, job, class, &support)?;

            let members = bench.positions_of(class);
            let n_inwards = (random.beta(10.0, 10.0) * (n as f64 + 1.0)) as usize;
            bench.phase(2);
            bench.split(n_inwards as u32, n as u32);
            let groups = [(3, in_danger, n_inwards, 1.0), (4, safe, n.saturating_sub(n_inwards), -out_step)];
            for (phase, bases, n, step) in groups.into_iter().filter(|(_, bases, ..)| !bases.is_empty()) {
                bench.phase(phase);
                let table = bench.neighbors(TableUse::Interpolate, &bases, Some(&members), (K_NEIGHBORS.name, k))?;
                add_with_step(bench, &bases, (&table, k), n, job.seed, step, None);
            }
        }
        Ok(())
    }

    fn tell(moment: &Moment) -> Told {
        match moment.step {
            Step::Score { score, verdict, .. } => found(moment, score, verdict),
            Step::Judge { others, verdict, .. } => judged(moment, others, verdict, 3, SO),
            Step::Split { first, of } => split(moment, first, of),
            _ => added(moment),
        }
    }

    fn summary(tally: &Tally) -> String {
        let (name, class) = (tally.name(), tally.class_name());
        let (support, in_danger) = tally.judged(Verdict::Danger);
        if support == 0 {
            return format!("{name} added nothing: the classes had their counts already.");
        }
        format!(
            "{name} found {}, *{in_danger}* of them in danger and *{}* safe, and added *{}*: {class} *{}* became *{}*.",
            plural(support, &format!("{class} support vector")),
            tally.judged(Verdict::Safe).1,
            tally.added,
            tally.before,
            tally.after
        )
    }

    fn explain(tally: &Tally) -> (String, String) {
        let (class, sampler) = (tally.class_name(), &tally.stage.sampler);
        let (support, in_danger) = tally.judged(Verdict::Danger);
        let (safe, noise) = (tally.judged(Verdict::Safe).1, tally.judged(Verdict::Noise).1);
        let lost = match (support, in_danger, safe) {
            (0, ..) => String::new(),
            (_, 0, _) => " None is in danger, so the points that would start there are not made.".to_string(),
            (.., 0) => " None is safe, so the points that would start there are not made.".to_string(),
            _ => String::new(),
        };
        (
            format!(
                "A support vector machine marks the points near the border: *{support}* of the {class}. Their *{}* \
                 nearest points tell *{in_danger}* in danger, *{safe}* safe and *{noise}* noise. New points lie \
                 between those in danger and a {class} neighbour, or beyond the safe ones, up to *{}* of the way to \
                 the neighbour.{lost}",
                sampler.count(&M_NEIGHBORS),
                number(sampler.real(&OUT_STEP).unwrap_or(0.5)),
            ),
            "points outside the cloud: a step away from the neighbour may lead into the other class.".to_string(),
        )
    }
}

/// scikit-learn's `SVC(gamma="scale")` on all rows.
fn fit(bench: &Bench) -> Result<FittedSvc, Fault> {
    SupportVectorClassifier::default().fit(&bench.x, &bench.y, None).map_err(|error| Fault::Algorithm {
        message: format!("the support vector machine cannot be fitted; {}", error.advice()),
        library: error.to_string(),
        library_type: error.python_type(),
    })
}

/// The support vectors of `class`, written down with their coefficients.
fn support_of(bench: &mut Bench, machine: &FittedSvc, class: u8) -> Vec<u32> {
    bench.phase(0);
    let mut support = Vec::new();
    for (at, &row) in machine.support.iter().enumerate() {
        if bench.y[row as usize] != class {
            continue;
        }
        let largest = machine.dual_coef.iter().fold(0.0_f64, |largest, line| largest.max(line[at].abs()));
        let agrees = machine.predict(bench.x.row(row as usize)) == class;
        bench.score(row, largest, if agrees { Verdict::Agrees } else { Verdict::Disagrees });
        support.push(row);
    }
    support
}

/// Support vectors to start from.
struct Judged {
    in_danger: Vec<u32>,
    safe: Vec<u32>,
}

fn judge(bench: &mut Bench, job: &Job, class: u8, support: &[u32]) -> Result<Judged, Fault> {
    let m = job.sampler.count(&M_NEIGHBORS);
    bench.phase(1);
    let around = bench.neighbors(TableUse::Judge, support, None, (M_NEIGHBORS.name, m))?;
    let mut judged = Judged { in_danger: Vec::new(), safe: Vec::new() };
    for (&row, neighbors) in support.iter().zip(around.chunks_exact(m)) {
        let (others, verdict) = danger(bench, class, neighbors);
        bench.judge(row, others, verdict);
        match verdict {
            Verdict::Danger => judged.in_danger.push(row),
            Verdict::Noise => {}
            _ => judged.safe.push(row),
        }
    }
    if judged.in_danger.is_empty() && judged.safe.is_empty() {
        return Err(Fault::Algorithm {
            message: format!(
                "every support vector of class {class} is noise: its {m} nearest rows are all of another class; raise \
                 m_neighbors or use another sampler"
            ),
            library: "All support vectors are considered as noise. SVM-SMOTE is not adapted to your dataset. Try \
                      another SMOTE variant."
                .to_string(),
            library_type: "ValueError",
        });
    }
    Ok(judged)
}

/// A support vector is found: line 0.
fn found(moment: &Moment, coefficient: f64, verdict: Verdict) -> Told {
    let row = moment.center();
    let side = match verdict {
        Verdict::Agrees => "on the right side of the border, but near it",
        _ => "on the wrong side of the border",
    };
    let (at, of) = moment.nth(|step| matches!(step, Step::Score { .. }));
    Told::new(
        0,
        format!(
            "{} is a support vector, *{at}* of *{of}*: it lies {side}, and counts *{}* in the decision, where *1.00* \
             is the most.",
            moment.who(row),
            number(coefficient)
        ),
        vec![("i", moment.name(row)), ("alpha[i]", number(coefficient))],
    )
}

/// What follows for a support vector in danger and for a safe one.
const SO: [&str; 2] = ["new points go inwards from it", "new points go outwards from it"];

/// The rows to be made are shared out between those in danger and the safe ones: line 4. What falls to a group without
/// a row is not made.
fn split(moment: &Moment, g: u32, n: u32) -> Told {
    let begins = moment.phase_start().map_or(0, |start| start.at as usize);
    let judged = moment.stage.steps[..begins].iter().rev().take_while(|step| matches!(step, Step::Judge { .. }));
    let (mut in_danger, mut safe) = (0, 0);
    for step in judged {
        match step {
            Step::Judge { verdict: Verdict::Danger, .. } => in_danger += 1,
            Step::Judge { verdict: Verdict::Safe, .. } => safe += 1,
            _ => {}
        }
    }
    let rest = n.saturating_sub(g);
    let lost = match (in_danger, safe) {
        (0, _) => format!(" None is in danger, so *{g}* of them are not made."),
        (_, 0) => format!(" None is safe, so *{rest}* of them are not made."),
        _ => String::new(),
    };
    let sentence = format!(
        "A share around one half is drawn: g = *{g}* of {} are to start from those in danger, the other *{rest}* from \
         the safe ones.{lost}",
        plural(n as usize, "new point")
    );
    Told::new(4, sentence, vec![("n", n.to_string()), ("g", g.to_string()), ("n - g", rest.to_string())])
}

/// A point is added: line 6 between base and neighbour, line 8 away from the neighbour.
fn added(moment: &Moment) -> Told {
    let (Some(neighbor), Some(gap), Some(row)) = (moment.focus.chosen, moment.focus.gap, moment.focus.made) else {
        return Told::default();
    };
    if gap.is_sign_positive() {
        return Told::new(6, moment.added_between(), moment.between_variables());
    }
    let rank = moment.rank(neighbor).map_or_else(String::new, |rank| format!(", {rank}"));
    let sentence = format!(
        "{} draws neighbour {}{rank}, and turns away from it. gap = *{}* puts the new point at *{}*.",
        moment.who(moment.center()),
        moment.name(neighbor),
        number(gap),
        moment.place(row)
    );
    Told::new(8, sentence, moment.between_variables())
}
