//! Gaussian mixture sampling: a density is fitted to the minority, and new rows are drawn from it.
//!
//! New rows lie wherever the fitted density says, not between two rows: the simplest of the generative samplers, and
//! on the plane a stand-in for what GAN and CTGAN do with wide tables (a density is learned, then sampled). It shows
//! their promise and their trouble: a component fitted to a handful of rows invents a cloud around them.
//!
//! The mixture is scikit-learn's: normal densities with full covariances, fitted by expectation-maximisation
//! (A. P. Dempster, N. M. Laird, D. B. Rubin, "Maximum likelihood from incomplete data via the EM algorithm", Journal
//! of the Royal Statistical Society B 39, 1977). The draws are this lab's own, so that they are the same with every
//! linear algebra library: the components first, by their weights, then `mean + L z` with the Cholesky factor `L` of
//! the covariance. A column that is constant in the class stays so. It is not in imbalanced-learn: the script carries
//! it as a class of its own.
//!
//! At most as many components as rows are fitted; a class of a single row is refused.

use super::clustering::{Rounds, fault, left_out};
use super::play::words::{number, place, plural};
use super::play::{Moment, Tally, Told};
use super::{
    Algorithm, Bench, Domain, Family, Fault, Job, Method, Origin, Parameter, Parity, PythonCall, RowId, Sampler,
    SamplingKind, Step, Value, Words,
};
use crate::base::{Class, Rows};
use crate::cluster::{GaussianMixture, MixtureFit};
use crate::random::RandomState;

pub(super) struct GaussianMixtureSampler;

const N_COMPONENTS: Parameter = Parameter {
    link: "c",
    name: "n_components",
    label: "Components",
    hint: "n_components: how many normal densities are fitted to the minority",
    domain: Domain::Count { min: 1, max: 50, slider: 10, neighbors: false },
    default: Value::Count(3),
};

const PYTHON: &str = include_str!("gaussian_mixture_sampler.py");

impl Algorithm for GaussianMixtureSampler {
    const METHOD: Method = Method {
        name: "GaussianMixtureSampler",
        link: "mixture",
        title: "Gaussian mixture sampling",
        family: Family::Beyond,
        kind: SamplingKind::Over,
        parameters: &[N_COMPONENTS],
        random: true,
    };

    const WORDS: Words = Words {
        does: "Fits a density to the minority and draws new rows from it.",
        used: "To see on the plane what GAN and CTGAN synthesis does: learn a density, then sample it.",
        paper: "A. Dempster, N. Laird, D. Rubin, Maximum likelihood from incomplete data via the EM algorithm, \
                JRSS B 39, 1977",
        also: "GMM, GAN, CTGAN",
        parity: Parity::Own,
        phases: &["Fit the density", "Draw components", "Generate"],
        pseudocode: &[
            "components = a normal density for each k-means cluster of the minority",
            "for round = 1, 2, ... until the log-likelihood stands still:",
            "    p[i, c] = how much of row i belongs to component c",
            "    weight[c], mean[c], covariance[c] = those of the rows weighted by p[., c]",
            "repeat n times:",
            "    c = a component, by the weights",
            "    z = normal numbers, one per column",
            "    add new = mean[c] + L[c] z, where L[c] L[c]' = covariance[c]",
        ],
    };

    fn fit_resample(bench: &mut Bench, job: &Job) -> Result<(), Fault> {
        for &(class, n) in job.targets.iter().filter(|&&(_, n)| n > 0) {
            let x = bench.x.take(&bench.positions_of(class));
            if x.len() < 2 {
                return Err(single_row(class));
            }
            bench.phase(0);
            let fit = fit(bench, &x, job)?;
            bench.phase(1);
            // weights of a fitted mixture are probabilities
            let (rows, drawn) = fit.sample(n, &mut RandomState::new(job.seed)).map_err(|error| Fault::Algorithm {
                message: format!("no component can be drawn: {error}; ask for fewer components"),
                library: error.to_string(),
                library_type: "ValueError",
            })?;
            let number_of = |of: &[u32], c: usize| of.iter().filter(|&&other| other as usize == c).count() as u32;
            for (c, &weight) in fit.components.weights.iter().enumerate() {
                bench.cluster(c as u32, number_of(&fit.labels, c), weight, number_of(&drawn, c));
            }
            bench.phase(2);
            let fixed: Vec<Option<f64>> = (0..x.width()).map(|axis| constant(&x, axis)).collect();
            for (row, component) in rows.iter().zip(drawn) {
                let row: Vec<f64> = row.iter().zip(&fixed).map(|(&value, fixed)| fixed.unwrap_or(value)).collect();
                bench.add_new(class, &row, Origin::Component { component });
            }
        }
        Ok(())
    }

    fn tell(moment: &Moment) -> Told {
        match moment.step {
            Step::Iterate { iteration: 0, .. } => {
                let is_component = |step: &&Step| matches!(step, Step::Cluster { .. });
                let components = moment.stage.steps.iter().filter(is_component).count();
                Told::new(
                    0,
                    format!("k-means makes a first guess of *{components}* clusters: a normal density for each."),
                    vec![("round", "0".to_string()), ("components", components.to_string())],
                )
            }
            Step::Iterate { iteration, moved } => Told::new(
                3,
                format!(
                    "Round *{iteration}*: the densities are fitted to their shares of the points. The mean \
                     log-likelihood before it was *{}*.{}",
                    number(moved),
                    left_out(moment)
                ),
                vec![("round", iteration.to_string()), ("log-likelihood", number(moved))],
            ),
            Step::Cluster { cluster, size, weight, share } => Told::new(
                5,
                format!(
                    "Component *{cluster}* holds {}{} and weighs *{}*: it is drawn *{share}* times.",
                    plural(size as usize, "point"),
                    moment.that_take_part(),
                    number(weight)
                ),
                vec![("c", cluster.to_string()), ("weight[c]", number(weight))],
            ),
            Step::Add { row } => match moment.chain.pool_origin[row as usize] {
                Origin::Component { component } => drawn(moment, row, component),
                _ => Told::default(),
            },
            _ => Told::default(),
        }
    }

    fn summary(tally: &Tally) -> String {
        match components(tally) {
            0 => format!("{} added nothing: the classes had their counts already.", tally.name()),
            components => format!(
                "{} drew *{}* points from {}: {} *{}* became *{}*.",
                tally.name(),
                tally.added,
                plural(components, "fitted component"),
                tally.class_name(),
                tally.before,
                tally.after
            ),
        }
    }

    fn explain(tally: &Tally) -> (String, String) {
        let class = tally.class_name();
        let fitted = tally.stage.only.as_ref().map_or(tally.before, |restriction| restriction.seen);
        (
            format!(
                "A density of {} is fitted to the *{}* {class} points, and {} drawn from it. This is the plane's \
                 stand-in for GAN and CTGAN synthesis: learn a density, then sample it.",
                plural(components(tally), "normal component"),
                fitted,
                tally.added_are()
            ),
            format!(
                "points where no {class} point ever was: a density fitted to few points is sure of itself all the same."
            ),
        )
    }

    fn python(sampler: &Sampler, seed: &str) -> PythonCall {
        let mut call = sampler.python_call(seed);
        call.imports = vec![("imblearn.over_sampling.base", "BaseOverSampler"), ("sklearn.mixture", "GaussianMixture")];
        call.code = vec![PYTHON];
        call
    }
}

/// A point was drawn from a component: its mean, and what the normal numbers added to that.
fn drawn(moment: &Moment, row: RowId, component: u32) -> Told {
    let played = moment.focus.place.index;
    let means = moment.stage.centers.iter().rev().find(|centers| centers.since as usize <= played);
    let mut variables = vec![("c", component.to_string())];
    let mut sentence = format!("Component *{component}* gives a new point at *{}*", moment.place(row));
    if let Some(&mean) = means.and_then(|means| means.at.get(component as usize)) {
        let (mean, new) = (moment.in_data(mean), moment.in_data(moment.chain.pool_x[row as usize]));
        let off = place([new[0] - mean[0], new[1] - mean[1]]);
        sentence += &format!(": normal numbers put it *{off}* off its mean, *{}*", place(mean));
        variables.extend([("mean[c]", place(mean)), ("L[c] z", off)]);
    }
    variables.push(("new", moment.place(row)));
    Told::new(7, sentence + ".", variables)
}

fn components(tally: &Tally) -> usize {
    tally.count(|step| matches!(step, Step::Cluster { .. }))
}

fn fit(bench: &mut Bench, x: &Rows, job: &Job) -> Result<MixtureFit, Fault> {
    let mixture = GaussianMixture::new(job.sampler.count(&N_COMPONENTS).min(x.len()));
    let mut rounds = Rounds::new(bench);
    let fit = mixture
        .fit_watched(x, &mut RandomState::new(job.seed), &mut |round| {
            let likelihood = if round.round == 0 { 0.0 } else { round.lower_bound };
            rounds.ended(round.round, likelihood, || round.components.means.clone());
        })
        .map_err(fault)?;
    rounds.finish(&fit.components.means);
    Ok(fit)
}

/// What a column is everywhere, if it is the same everywhere.
fn constant(x: &Rows, axis: usize) -> Option<f64> {
    let first = x.row(0)[axis];
    x.iter().all(|row| row[axis] == first).then_some(first)
}

fn single_row(class: Class) -> Fault {
    Fault::Algorithm {
        message: format!("class {class} has a single row, and no density can be fitted to it; add rows of that class"),
        library: "Found array with 1 sample(s) while a minimum of 2 is required by GaussianMixture.".to_string(),
        library_type: "ValueError",
    }
}
