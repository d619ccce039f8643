//! What every sampler owes, whatever it does. A new sampler joins with one line in `SAMPLERS`.

mod contract;
mod playing;
mod rules;

use imbalance_lab::dataset::Dataset;
use imbalance_lab::random::RandomState;
use imbalance_lab::resample::{BorderlineKind, Resampled, Sampler, SamplerStage, SamplingStrategy, fit_resample};

/// What a sampler is called with: a strategy and a number of neighbours.
type Make = fn(SamplingStrategy, usize) -> Sampler;

const SAMPLERS: &[Make] = &[
    |sampling_strategy, _| Sampler::RandomOverSampler { sampling_strategy },
    |sampling_strategy, _| Sampler::RandomUnderSampler { sampling_strategy, replacement: false },
    |sampling_strategy, _| Sampler::RandomUnderSampler { sampling_strategy, replacement: true },
    |sampling_strategy, k_neighbors| Sampler::Smote { sampling_strategy, k_neighbors },
    |sampling_strategy, k| borderline(sampling_strategy, k, BorderlineKind::One),
    |sampling_strategy, k| borderline(sampling_strategy, k, BorderlineKind::Two),
    |sampling_strategy, _| Sampler::TomekLinks { sampling_strategy },
];

fn borderline(sampling_strategy: SamplingStrategy, k: usize, kind: BorderlineKind) -> Sampler {
    Sampler::BorderlineSmote { sampling_strategy, k_neighbors: k, m_neighbors: 2 * k, kind }
}

fn samplers() -> impl Iterator<Item = Sampler> {
    SAMPLERS.iter().map(|make| make(SamplingStrategy::Auto, 5))
}

/// Gaussian clouds, one per class, that overlap; classes in random order.
fn clouds(sizes: &[usize], seed: u32) -> Dataset {
    let mut random = RandomState::new(seed);
    let mut y: Vec<u8> = sizes.iter().enumerate().flat_map(|(class, &n)| vec![class as u8; n]).collect();
    random.shuffle(&mut y);
    let mut point = |class: u8| [random.normal(f64::from(class) * 1.1, 1.0), random.normal(f64::from(class % 2), 1.0)];
    Dataset { x: y.iter().map(|&class| point(class)).collect(), y }
}

/// The same, on a coarse grid: many rows at the same place, many equal distances.
fn snapped(sizes: &[usize], seed: u32) -> Dataset {
    let mut data = clouds(sizes, seed);
    data.x.iter_mut().flatten().for_each(|value| *value = (*value * 2.0).round() / 2.0);
    data
}

fn run(sampler: &Sampler, data: &Dataset, seed: u32) -> Resampled {
    fit_resample(sampler, &data.x, &data.y, seed).unwrap_or_else(|error| panic!("{error}"))
}

fn stages(samplers: impl IntoIterator<Item = Sampler>) -> Vec<SamplerStage> {
    samplers.into_iter().map(|sampler| SamplerStage { sampler, seed: None }).collect()
}
