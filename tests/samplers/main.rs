//! What every sampler owes, whatever it does. A new sampler joins by standing in the list of methods.

mod cluster_rules;
mod contract;
mod dropped;
mod hardness;
mod limits;
mod mixup;
mod neighbor_rules;
mod playing;
mod restricted;
mod rules;
mod store_rules;
mod told;

use imbalance_lab::dataset::Dataset;
use imbalance_lab::random::RandomState;
use imbalance_lab::resample::{Domain, METHODS, Resampled, Sampler, SamplerStage, SamplingKind, Value, fit_resample};

/// Every method with every choice of its parameters: a new one joins by standing in the list of methods.
fn samplers() -> impl Iterator<Item = Sampler> {
    METHODS.iter().flat_map(|method| {
        let mut plain = Sampler::new(method);
        // With the default of a half it would find no cluster to work in among clouds that overlap as these do.
        plain.set("cluster_balance_threshold", Value::Real(0.05));
        let mut variants = vec![plain.clone()];
        for parameter in method.parameters {
            let other = match &parameter.domain {
                Domain::Flag => vec![Value::Flag(true)],
                Domain::Choice(choices) => (1..choices.len() as u8).map(Value::Choice).collect(),
                _ => Vec::new(),
            };
            variants.extend(other.into_iter().map(|value| plain.clone().with(parameter, value)));
        }
        variants
    })
}

/// `sampler` with all its numbers of neighbours at `k`.
fn with_neighbors(mut sampler: Sampler, k: usize) -> Sampler {
    for (name, _) in sampler.neighbor_parameters() {
        sampler.set(name, Value::Count(k as u32));
    }
    sampler
}

/// Methods that bring the classes to the counts asked for, to the row.
fn is_exact(sampler: &Sampler) -> bool {
    let rounds_or_skips = ["SVMSMOTE", "ADASYN", "KMeansSMOTE", "SMOTETomek", "SMOTEENN", "InstanceHardnessThreshold"];
    let short_list = sampler.get("version") == Some(Value::Choice(2));
    sampler.kind() != SamplingKind::Clean && !rounds_or_skips.contains(&sampler.name()) && !short_list
}

fn named(name: &str) -> Sampler {
    Sampler::named(name).unwrap_or_else(|| panic!("no method {name}"))
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
    samplers.into_iter().map(SamplerStage::new).collect()
}
