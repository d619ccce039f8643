//! Resampling: each sampler does its work by emitting steps, and its result is what the steps did.
//!
//! [`run_chain`] plays samplers one after the other; [`fit_resample`] plays a single one. Parameters are checked and
//! the strategy is resolved to counts at the door, in imbalanced-learn's order: parameters, data, number of classes,
//! strategy, and only then the algorithm (which may find too few rows for its neighbours). Coordinates must be finite
//! for every sampler, also for those of imbalanced-learn that would let others through: nothing after them would.
//!
//! A new sampler is one file with the algorithm, a variant of [`Sampler`] and a line in `apply`.

mod bench;
mod borderline_smote;
mod error;
mod fold;
mod interpolate;
pub mod play;
mod random_over_sampler;
mod random_under_sampler;
mod smote;
mod spec;
mod step;
mod strategy;
mod tomek_links;

use crate::base::{Class, Point};
use crate::dataset::Dataset;
use bench::{Bench, Played};
pub use error::{Fault, ResampleError};
pub use spec::{BorderlineKind, Sampler, SamplerStage, SamplingStrategy};
pub use step::{Chain, NeighborTable, Origin, OutputOrder, RowId, StageTrace, Step, TableUse};
pub use strategy::SamplingKind;
use strategy::Targets;

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
/// use imbalance_lab::resample::{Sampler, SamplingStrategy, fit_resample};
///
/// let x: Vec<[f64; 2]> = (0..30).map(|i| [f64::from(i), f64::from(i * i % 7)]).collect();
/// let y: Vec<u8> = (0..30).map(|i| u8::from(i % 5 == 0)).collect();
/// let smote = Sampler::Smote { sampling_strategy: SamplingStrategy::Auto, k_neighbors: 5 };
/// let resampled = fit_resample(&smote, &x, &y, 42)?;
/// assert_eq!((resampled.data.count(0), resampled.data.count(1)), (24, 24));
/// # Ok::<(), imbalance_lab::resample::ResampleError>(())
/// ```
pub fn fit_resample(sampler: &Sampler, x: &[Point], y: &[Class], seed: u32) -> Result<Resampled, ResampleError> {
    let stage = SamplerStage { sampler: sampler.clone(), seed: Some(seed) };
    let chain = run_chain(&[stage], &Dataset { x: x.to_vec(), y: y.to_vec() }, seed)?;
    Ok(Resampled { data: chain.output_dataset(), chain })
}

/// Applies samplers one after the other to the training rows. No sampler: the rows as they are.
///
/// A stage without a seed of its own takes `lab_seed`.
pub fn run_chain(stages: &[SamplerStage], train: &Dataset, lab_seed: u32) -> Result<Chain, ResampleError> {
    let mut chain = Chain {
        pool_x: train.x.clone(),
        pool_y: train.y.clone(),
        pool_origin: vec![Origin::Original; train.len()],
        stages: Vec::with_capacity(stages.len()),
        output: (0..train.len() as RowId).collect(),
    };
    for (index, SamplerStage { sampler, seed }) in stages.iter().enumerate() {
        let seed = seed.unwrap_or(lab_seed);
        let input = std::mem::take(&mut chain.output);
        let mut bench = Bench::new(&mut chain, &input);
        check(sampler, &bench.x, &bench.y)
            .and_then(|targets| apply(sampler, &mut bench, &targets, seed))
            .map_err(|fault| ResampleError { stage: index, n_stages: stages.len(), sampler: sampler.name(), fault })?;
        let Played { steps, tables, order, output } = bench.finish();
        chain.output = output.clone();
        chain.stages.push(StageTrace { sampler: sampler.clone(), seed, input, steps, order, output, tables });
    }
    Ok(chain)
}

/// The door: parameters, data, classes, strategy.
fn check(sampler: &Sampler, x: &[Point], y: &[Class]) -> Result<Targets, Fault> {
    if let Some((parameter, _)) = sampler.neighbor_parameters().into_iter().find(|&(_, neighbors)| neighbors == 0) {
        return Err(Fault::NoNeighbors { parameter });
    }
    strategy::check_type(sampler.sampling_strategy(), sampler.kind())?;
    if x.is_empty() {
        return Err(Fault::Empty);
    }
    if let Some(row) = x.iter().position(|point| !point.iter().all(|value| value.is_finite())) {
        return Err(Fault::NotFinite { row, is_nan: x[row].iter().any(|value| value.is_nan()) });
    }
    strategy::resolve(sampler.sampling_strategy(), sampler.kind(), &strategy::class_counts(y))
}

/// The algorithms, one line each.
fn apply(sampler: &Sampler, bench: &mut Bench, targets: &Targets, seed: u32) -> Result<(), Fault> {
    match *sampler {
        Sampler::RandomOverSampler { .. } => random_over_sampler::fit_resample(bench, targets, seed),
        Sampler::RandomUnderSampler { replacement, .. } => {
            random_under_sampler::fit_resample(bench, targets, replacement, seed)
        }
        Sampler::Smote { k_neighbors, .. } => smote::fit_resample(bench, targets, k_neighbors, seed),
        Sampler::BorderlineSmote { k_neighbors, m_neighbors, kind, .. } => {
            borderline_smote::fit_resample(bench, targets, (k_neighbors, m_neighbors), kind, seed)
        }
        Sampler::TomekLinks { .. } => tomek_links::fit_resample(bench, targets),
    }
}

impl Chain {
    /// Number of training rows: the pool rows below it are theirs.
    pub fn n_train(&self) -> usize {
        self.pool_origin.partition_point(|&origin| origin == Origin::Original)
    }

    /// The rows that the model is fitted on, in order.
    pub fn output_dataset(&self) -> Dataset {
        Dataset {
            x: self.output.iter().map(|&row| self.pool_x[row as usize]).collect(),
            y: self.output.iter().map(|&row| self.pool_y[row as usize]).collect(),
        }
    }
}
