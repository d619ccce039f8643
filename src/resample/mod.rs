//! Resampling: each sampler does its work by emitting steps, and its result is what the steps did.
//!
//! [`run_chain`] plays samplers one after the other; [`fit_resample`] plays a single one. Parameters are checked and
//! the strategy is resolved to counts at the door, in imbalanced-learn's order: parameters, data, number of classes,
//! strategy, and only then the algorithm (which may find too few rows for its neighbours). Coordinates must be finite
//! for every sampler, also for those of imbalanced-learn that would let others through: nothing after them would.
//!
//! A new sampler is one file that implements [`Algorithm`] (facts, resampling, words, line in Python) and one line in
//! the list of `methods.rs`; picker, link, export, command line and the contract tests read that list.

mod adasyn;
mod all_knn;
mod bench;
mod borderline_smote;
mod cluster_centroids;
mod clustering;
mod condensed_nearest_neighbour;
mod edited_nearest_neighbours;
mod error;
mod fold;
mod gaussian_mixture_sampler;
mod growing_store;
mod hardness;
mod instance_hardness_threshold;
mod interpolate;
mod island_smote;
mod k_means_smote;
mod library_message;
mod limits;
mod method;
mod methods;
mod mixup;
mod near_miss;
mod neighbourhood_cleaning_rule;
mod one_sided_selection;
mod only_types;
mod passes;
pub mod play;
mod random_over_sampler;
mod random_under_sampler;
mod repeated_edited_nearest_neighbours;
mod smote;
mod smote_enn;
mod smote_tomek;
mod spec;
mod step;
mod strategy;
mod stretches;
mod svm_smote;
mod tomek_links;
mod vote;

use crate::base::{Class, Point, Rows};
use crate::dataset::Dataset;
pub use bench::{Bench, Job};
pub use error::{Fault, ResampleError};
pub use hardness::{Hardness, hardness};
pub use limits::{NEIGHBORS_AT_MOST, NUMBERS_AT_MOST, ROWS_AT_MOST};
pub use method::{
    Algorithm, Choice, Domain, Family, K_NEIGHBORS, M_NEIGHBORS, Method, Parameter, Parity, PythonCall, Value, Words,
    given,
};
pub use methods::METHODS;
pub use only_types::{OnlyTypes, Restriction};
pub use spec::{Sampler, SamplerStage, SamplingStrategy};
pub use step::{
    Batch, Centers, Chain, NeighborTable, Origin, OutputOrder, PhaseStart, RowId, StageTrace, Step, TableUse, Verdict,
};
pub use strategy::{SamplingKind, Targets};

/// What one sampler made of a data set.
#[derive(Clone, Debug, PartialEq)]
pub struct Resampled {
    /// The rows afterwards, in the library's order.
    pub data: Dataset,
    /// A chain of one stage that tells how it came about.
    pub chain: Chain,
}

/// Applies one sampler.
///
/// ```
/// use imbalance_lab::resample::{Sampler, fit_resample};
///
/// let x: Vec<[f64; 2]> = (0..30).map(|i| [f64::from(i), f64::from(i * i % 7)]).collect();
/// let y: Vec<u8> = (0..30).map(|i| u8::from(i % 5 == 0)).collect();
/// let smote = Sampler::named("SMOTE").unwrap();
/// let resampled = fit_resample(&smote, &x, &y, 42)?;
/// assert_eq!((resampled.data.count(0), resampled.data.count(1)), (24, 24));
/// # Ok::<(), imbalance_lab::resample::ResampleError>(())
/// ```
pub fn fit_resample(sampler: &Sampler, x: &[Point], y: &[Class], seed: u32) -> Result<Resampled, ResampleError> {
    let stage = SamplerStage { seed: Some(seed), ..SamplerStage::new(sampler.clone()) };
    let chain = run_chain(&[stage], &Dataset { x: x.to_vec(), y: y.to_vec() }, seed)?;
    Ok(Resampled { data: chain.output_dataset(), chain })
}

/// Applies samplers one after the other to the training rows. No sampler: the rows as they are.
///
/// A stage without a seed of its own takes `lab_seed`.
pub fn run_chain(stages: &[SamplerStage], train: &Dataset, lab_seed: u32) -> Result<Chain, ResampleError> {
    run_wide_chain(stages, train, &Rows::new(0), lab_seed)
}

/// The same with further columns for every training row, which take part in all that samplers do.
pub fn run_wide_chain(
    stages: &[SamplerStage],
    train: &Dataset,
    hidden: &Rows,
    lab_seed: u32,
) -> Result<Chain, ResampleError> {
    let mut chain = Chain {
        pool_x: train.x.clone(),
        pool_hidden: hidden.clone(),
        pool_y: train.y.clone(),
        pool_origin: vec![Origin::Original; train.len()],
        stages: Vec::with_capacity(stages.len()),
        output: (0..train.len() as RowId).collect(),
    };
    for (index, SamplerStage { sampler, seed, only }) in stages.iter().enumerate() {
        let seed = seed.unwrap_or(lab_seed);
        let input = std::mem::take(&mut chain.output);
        let error = |fault| ResampleError { stage: index, n_stages: stages.len(), sampler: sampler.name(), fault };
        if chain.any_soft(&input) {
            return Err(error(Fault::SoftLabels));
        }
        let mut bench = Bench::new(&mut chain, input);
        let targets = check(sampler, &bench.x, &bench.y).map_err(error)?;
        bench.check_rows(sampler, &targets).map_err(error)?;
        let only =
            only.as_ref().map(|only| restrict(sampler, only, &mut bench, &targets)).transpose().map_err(error)?;
        methods::fit_resample(sampler, &mut bench, &Job { sampler, targets: &targets, seed }).map_err(|fault| {
            error(match &only {
                Some(restriction) => Fault::Restricted { restriction: restriction.clone(), fault: Box::new(fault) },
                None => fault,
            })
        })?;
        let trace = StageTrace { only, ..bench.finish(sampler, seed) };
        chain.output = trace.output.clone();
        chain.stages.push(trace);
    }
    Ok(chain)
}

/// Leaves on the bench only the rows that a restricted over-sampler sees.
fn restrict(sampler: &Sampler, only: &OnlyTypes, bench: &mut Bench, targets: &Targets) -> Result<Restriction, Fault> {
    if !sampler.method().takes_types() {
        let message = "only methods that add rows and take none away can be restricted to types of rows; take the \
                       types away, or clean in a step after it"
            .to_owned();
        let library = message.clone();
        return Err(Fault::Algorithm { message, library, library_type: "ValueError" });
    }
    let growing: Vec<Class> = targets.iter().filter(|&&(_, n)| n > 0).map(|&(class, _)| class).collect();
    let seen = only.seen(&bench.x, &bench.y, &growing)?;
    let grows = |y: &[Class]| y.iter().filter(|class| growing.contains(class)).count();
    let of = grows(&bench.y);
    bench.leave_only(&seen);
    Ok(Restriction { only: only.clone(), seen: grows(&bench.y), of, classes: growing })
}

/// How a stage is written in Python; `seed` is the text of its `random_state`.
pub fn python(stage: &SamplerStage, seed: &str) -> PythonCall {
    let call = methods::python(&stage.sampler, seed);
    match &stage.only {
        Some(only) => only.python(call),
        None => call,
    }
}

/// The door: parameters, data, classes, strategy.
#[inline(never)]
fn check(sampler: &Sampler, x: &Rows, y: &[Class]) -> Result<Targets, Fault> {
    for (parameter, value) in sampler.parameters() {
        match (&parameter.domain, value) {
            (Domain::Count { neighbors: true, .. }, Value::Count(0)) => {
                return Err(Fault::NoNeighbors { parameter: parameter.name });
            }
            (Domain::Count { min, .. }, Value::Count(n)) if n < *min => {
                return Err(Fault::Parameter { parameter: parameter.name, value: n.to_string(), min: f64::from(*min) });
            }
            (Domain::Real { min, .. }, Value::Real(v)) if v.is_nan() || v < *min => {
                return Err(Fault::Parameter { parameter: parameter.name, value: v.to_string(), min: *min });
            }
            _ => {}
        }
    }
    strategy::check_type(&sampler.sampling_strategy, sampler.kind())?;
    if x.is_empty() {
        return Err(Fault::Empty);
    }
    if let Some(row) = x.iter().position(|point| !point.iter().all(|value| value.is_finite())) {
        return Err(Fault::NotFinite { row, is_nan: x.row(row).iter().any(|value| value.is_nan()) });
    }
    strategy::resolve(&sampler.sampling_strategy, sampler.kind(), &strategy::class_counts(y))
}

impl Chain {
    /// Number of training rows: the pool rows below it are theirs.
    pub fn n_train(&self) -> usize {
        self.pool_origin.partition_point(|&origin| origin == Origin::Original)
    }

    /// Coordinates of rows of the pool in the samplers' space, hidden columns too.
    #[inline(never)]
    pub fn rows(&self, rows: &[RowId]) -> Rows {
        Rows::joined(&self.points(rows), &self.pool_hidden.take(rows))
    }

    /// The same in the plane alone.
    #[inline(never)]
    pub fn points(&self, rows: &[RowId]) -> Vec<Point> {
        rows.iter().map(|&row| self.pool_x[row as usize]).collect()
    }

    /// The class that a mixed row has beside its own, and how much of its label that is; `None` for a row of one class.
    pub fn soft_label(&self, row: RowId) -> Option<(Class, f64)> {
        match self.pool_origin[row as usize] {
            Origin::Mixed { b, label, .. } if label < 1.0 => Some((self.pool_y[b as usize], 1.0 - label)),
            _ => None,
        }
    }

    #[inline(never)]
    fn any_soft(&self, rows: &[RowId]) -> bool {
        rows.iter().any(|&row| self.soft_label(row).is_some())
    }

    /// The rows for a model that takes one class per row: where labels are soft, with weights. A mixed row stands in
    /// its place with its own class, and once more behind all rows with the other one, each weighed by its label.
    #[inline(never)]
    pub fn fit_rows(&self) -> (Dataset, Option<Vec<f64>>) {
        let mut data = self.output_dataset();
        let soft: Vec<(usize, RowId, Class, f64)> = (0..).zip(&self.output).filter_map(|at| self.soft_at(at)).collect();
        if soft.is_empty() {
            return (data, None);
        }
        let mut weights = vec![1.0; data.len()];
        for (place, row, class, rest) in soft {
            weights[place] -= rest;
            weights.push(rest);
            data.x.push(self.pool_x[row as usize]);
            data.y.push(class);
        }
        (data, Some(weights))
    }

    fn soft_at(&self, (place, &row): (usize, &RowId)) -> Option<(usize, RowId, Class, f64)> {
        self.soft_label(row).map(|(class, rest)| (place, row, class, rest))
    }

    /// What majority and minority weigh among the rows that the model is fitted on.
    pub fn class_weights(&self) -> [f64; 2] {
        let mut sums = [0.0; 2];
        for &row in &self.output {
            let (other, rest) = self.soft_label(row).unwrap_or((0, 0.0));
            sums[usize::from(self.pool_y[row as usize] == 1)] += 1.0 - rest;
            sums[usize::from(other == 1)] += rest;
        }
        sums
    }

    /// The rows that the chain ends with, in order; a mixed row with the class that is the larger part of it.
    #[inline(never)]
    pub fn output_dataset(&self) -> Dataset {
        Dataset { x: self.points(&self.output), y: self.output.iter().map(|&row| self.pool_y[row as usize]).collect() }
    }
}
