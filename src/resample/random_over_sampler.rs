//! Random over-sampling: repeats rows of the smaller classes, drawn with replacement, until the counts are reached.
//!
//! Adds no new place to the plane; it only makes the rows that are there weigh more. With `shrinkage` every repetition
//! is moved a little (smoothed bootstrap, ROSE): by normal noise of standard deviation
//! `shrinkage * (4 / ((d + 2) N))^(1 / (d + 4)) * s` in each of the `d` columns, where `N` counts all rows and `s` is the
//! standard deviation of the class. That is a draw from a kernel density estimate of the class. Each class may have a
//! shrinkage of its own; then every class that is resampled must have one.
//!
//! G. Menardi, N. Torelli, "Training and assessing classification rules with imbalanced data", Data Mining and Knowledge
//! Discovery 28, 2014.

use super::play::words::number;
use super::play::{Moment, Tally, Told};
use super::{
    Algorithm, Bench, Domain, Family, Fault, Job, Method, Parameter, Parity, Sampler, SamplingKind, Step, Value, Words,
    given,
};
use crate::base::{Class, Rows, math};
use crate::random::RandomState;

pub(super) struct RandomOverSampler;

const SHRINKAGE: Parameter = Parameter {
    link: "h",
    name: "shrinkage",
    label: "Noise (shrinkage)",
    hint: "shrinkage: how wide the noise is that moves every repetition; none repeats the points as they are",
    domain: Domain::Real { min: 0.0, max: 10.0, step: 0.1, auto: Some("None"), by_class: true },
    default: Value::Auto,
};

impl Algorithm for RandomOverSampler {
    const METHOD: Method = Method {
        name: "RandomOverSampler",
        link: "over",
        title: "Random over-sampling",
        family: Family::Over,
        kind: SamplingKind::Over,
        parameters: &[SHRINKAGE],
        random: true,
    };

    const WORDS: Words = Words {
        does: "Repeats minority rows, drawn with replacement; with shrinkage, each with some noise.",
        used: "The plain first try: nothing new is invented, but the same few rows count many times. Shrinkage makes it \
               ROSE, the smoothed bootstrap (Menardi and Torelli 2014).",
        paper: "G. Batista, R. Prati, M. Monard, A study of the behavior of several methods for balancing machine \
                learning training data, SIGKDD Explorations 6, 2004",
        also: "ROS, ROSE, smoothed bootstrap, oversampling",
        parity: Parity::Same,
        phases: &[],
        pseudocode: &[
            "n = wanted rows - present rows",
            "repeat n times:",
            "    i = a minority row, each as likely",
            "    add row i once more: counts[i] grows by one",
            "    shrinkage: new = x[i] + normal noise as wide as the class allows, instead",
        ],
    };

    fn fit_resample(bench: &mut Bench, job: &Job) -> Result<(), Fault> {
        check(job)?;
        let mut random = RandomState::new(job.seed);
        for &(class, n) in job.targets {
            let positions = bench.positions_of(class);
            let draws = (0..n).map(|_| positions[random.interval(positions.len() as u64 - 1) as usize]);
            let drawn: Vec<u32> = draws.collect();
            let Some(shrinkage) = shrinkage(job.sampler, class) else {
                drawn.into_iter().for_each(|row| bench.add_copy(row));
                continue;
            };
            // All rows of a class are drawn before the noise of any.
            let widths = bandwidths(&bench.x, &positions, shrinkage);
            for row in drawn {
                let noise = widths.iter().map(|width| random.standard_normal() * width);
                let x: Vec<f64> = noise.zip(bench.x.row(row as usize)).map(|(noise, value)| noise + value).collect();
                bench.add_jittered(row, &x);
            }
        }
        Ok(())
    }

    fn tell(moment: &Moment) -> Told {
        let (who, times) = (moment.who(moment.center()), moment.repetitions());
        let shrinkage = shrinkage(moment.sampler(), moment.class_of(moment.center()));
        if let (Some(shrinkage), Step::Add { row }) = (shrinkage, moment.step) {
            return Told::new(
                4,
                format!("{who} is drawn and repeated, moved by noise to *{}*.", moment.place(row)),
                vec![("i", moment.name(moment.center())), ("shrinkage", number(shrinkage)), ("new", moment.place(row))],
            );
        }
        Told::new(
            3,
            format!("{who} is drawn and repeated: it now counts *{times}* times."),
            vec![("i", moment.name(moment.center())), ("counts[i]", times.to_string())],
        )
    }

    fn summary(tally: &Tally) -> String {
        match tally.added {
            0 => format!("{} added nothing: the classes had their counts already.", tally.name()),
            added => format!(
                "{} repeated {} points *{added}* times: *{}* became *{}*.",
                tally.name(),
                tally.class_name(),
                tally.before,
                tally.after
            ),
        }
    }

    fn explain(tally: &Tally) -> (String, String) {
        let Tally { added, before, after, .. } = *tally;
        if let Some(shrinkage) = shrinkage(&tally.stage.sampler, tally.class) {
            return (
                format!(
                    "{} points are drawn at random and repeated, *{added}* times in all, each moved by normal noise; \
                     shrinkage = *{}* says how wide. *{before}* become *{after}*.",
                    tally.class_name(),
                    number(shrinkage)
                ),
                "the noise knows no border: it puts points among the other class as readily as among their own."
                    .to_string(),
            );
        }
        (
            format!(
                "{} points are drawn at random and repeated, *{added}* times in all, so that *{before}* count as \
                 *{after}*. No new place is filled.",
                tally.class_name()
            ),
            format!(
                "a model that leans on few points: each of the *{before}* now counts *{:.1}* times on average.",
                after as f64 / before.max(1) as f64
            ),
        )
    }
}

/// The shrinkage of a class; `None`: its rows are repeated as they are.
fn shrinkage(sampler: &Sampler, class: Class) -> Option<f64> {
    match sampler.get(SHRINKAGE.name) {
        Some(Value::ByClass(of)) => given(of).find(|&(of, _)| of == class).map(|(_, shrinkage)| shrinkage),
        _ => sampler.real(&SHRINKAGE),
    }
}

/// Where each class has its own shrinkage: all that are resampled have one, and none is negative.
fn check(job: &Job) -> Result<(), Fault> {
    let Some(Value::ByClass(of)) = job.sampler.get(SHRINKAGE.name) else { return Ok(()) };
    let fault = |message: String, library: String| Fault::Algorithm { message, library, library_type: "ValueError" };
    let has_one = |class: Class| given(of).any(|(of, _)| of == class);
    let missing: Vec<Class> = job.targets.iter().map(|&(class, _)| class).filter(|&class| !has_one(class)).collect();
    if !missing.is_empty() {
        let list = missing.iter().map(Class::to_string).collect::<Vec<_>>().join(", ");
        return Err(fault(
            format!("no shrinkage is given for class {list}, which is resampled, too; give it one"),
            format!(
                "`shrinkage` should contain a shrinkage factor for each class that will be resampled. The missing \
                 classes are: {{{list}}}"
            ),
        ));
    }
    if let Some((class, factor)) = given(of).find(|&(_, factor)| factor.is_nan() || factor < 0.0) {
        return Err(fault(
            format!("shrinkage = {factor} for class {class} is too small; give it at least 0"),
            format!("The shrinkage factor needs to be >= 0. Got {factor:?} for class {class}."),
        ));
    }
    Ok(())
}

/// Standard deviations of the noise for the rows at `positions`, column by column (Silverman's rule).
fn bandwidths(x: &Rows, positions: &[u32], shrinkage: f64) -> Vec<f64> {
    let (d, n) = (x.width() as f64, x.len() as f64);
    let smoothing = shrinkage * math::pow(4.0 / ((d + 2.0) * n), 1.0 / (d + 4.0));
    let members = positions.len() as f64;
    let of_column = |column: usize| {
        let values = || positions.iter().map(|&i| x.row(i as usize)[column]);
        let mean = math::sum_in_order(values()) / members;
        smoothing * (math::sum_in_order(values().map(|value| (value - mean) * (value - mean))) / members).sqrt()
    };
    (0..x.width()).map(of_column).collect()
}
