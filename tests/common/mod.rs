//! Random links for the tests, over the whole table of fields.
#![allow(dead_code)] // every test file takes what it needs

use std::sync::Arc;

use imbalance_lab::dataset::{Source, Table};
use imbalance_lab::experiment::{Layers, Link, Off, Pin, Region, Spec};
use imbalance_lab::model::{ClassWeight, Classifier};
use imbalance_lab::random::RandomState;
use imbalance_lab::resample::{Domain, Hardness, METHODS, OnlyTypes, Sampler, SamplerStage, SamplingStrategy, Value};

/// Seeded chance.
pub struct Dice(RandomState);

impl Dice {
    pub fn new(seed: u32) -> Dice {
        Dice(RandomState::new(seed))
    }

    /// Uniform in [0, 1).
    pub fn unit(&mut self) -> f64 {
        self.0.random_sample()
    }

    /// One of `0..n`.
    pub fn below(&mut self, n: usize) -> usize {
        ((self.unit() * n as f64) as usize).min(n.saturating_sub(1))
    }

    /// True that often.
    pub fn chance(&mut self, share: f64) -> bool {
        self.unit() < share
    }

    /// One of `of`.
    pub fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    /// In a range, sometimes round and sometimes with all its digits, sometimes at the ends.
    pub fn number(&mut self, low: f64, high: f64) -> f64 {
        let value = low + self.unit() * (high - low);
        match self.below(10) {
            0 => low,
            1 => high,
            2..6 => ((value * 100.0).round() / 100.0).clamp(low, high),
            _ => value,
        }
    }

    fn seed(&mut self) -> Option<u32> {
        match self.below(5) {
            0 => Some(self.below(100) as u32),
            1 => Some((self.unit() * 4294967296.0) as u32),
            _ => None,
        }
    }
}

/// Any link at all: every field anywhere in its range, whether or not its parts can go together.
pub fn random_link(dice: &mut Dice) -> Link {
    let mut link = Link { spec: random_spec(dice), ..Link::default() };
    if dice.chance(0.5) {
        link.view.threshold = dice.number(0.0, 1.0);
    }
    link.view.step = dice.chance(0.3).then(|| dice.below(5000) as u32);
    if dice.chance(0.4) {
        let mut flag = || dice.chance(0.5);
        link.view.layers =
            Layers { train: flag(), test: flag(), synthetic: flag(), removed: flag(), surface: flag(), bayes: flag() };
    }
    if dice.chance(0.2) {
        let corners = (0..3 + dice.below(8)).map(|_| [dice.number(-9.0, 9.0), dice.number(-9.0, 9.0)]).collect();
        link.view.region = Region::new(corners);
    }
    if dice.chance(0.3) {
        let spec = if dice.chance(0.1) { Spec::default() } else { random_spec(dice) };
        let threshold = if dice.chance(0.5) { 0.5 } else { dice.number(0.0, 1.0) };
        link.pin = Some(Box::new(Pin { spec, threshold }));
    }
    link
}

pub fn random_spec(dice: &mut Dice) -> Spec {
    let mut spec = Spec::default();
    let data = &mut spec.data;
    data.source = dice.pick(&Source::ALL);
    let info = data.source.info();
    data.n_samples = if dice.chance(0.2) { 50 + dice.below(99_951) } else { 50 + dice.below(600) };
    let highest = if dice.chance(0.2) { 1000.0 } else { 20.0 };
    data.imbalance_ratio = dice.number(1.0, highest);
    let dial = |dice: &mut Dice, d: Option<imbalance_lab::dataset::Dial>| {
        let (low, high) = d.map_or((0.0, 10.0), |d| (d.min, d.max));
        dice.chance(0.4).then(|| dice.number(low, high))
    };
    data.distance = dial(dice, info.distance);
    data.spread = dial(dice, info.spread);
    if dice.chance(0.2) {
        data.label_noise = dice.number(0.0, 0.5);
    }
    if dice.chance(0.2) {
        data.outliers = dice.number(0.0, 0.5);
    }
    if dice.chance(0.15) {
        data.hidden = dice.pick(&[1, 3, 14, 60]);
    }
    if dice.chance(0.15) {
        data.units = if dice.chance(0.5) { dice.pick(&[10.0, 100.0, 1000.0]) } else { dice.number(1.0, 1000.0) };
    }
    if dice.chance(0.3) {
        data.factor = dice.number(0.0, 0.99);
    }
    if dice.chance(0.3) {
        data.clusters = 1 + dice.below(2) as u8;
    }
    if dice.chance(0.3) {
        data.features = [dice.below(30) as u8, dice.below(30) as u8];
    }
    if data.source == Source::Table && dice.chance(0.9) || dice.chance(0.05) {
        data.table = Some(Arc::new(random_table(dice)));
    }
    if dice.chance(0.3) {
        let rows = 1 + dice.below(30);
        data.edits.added = (0..rows).map(|_| ([coordinate(dice), coordinate(dice)], dice.below(2) as u8)).collect();
    }
    if dice.chance(0.2) {
        let mut erased: Vec<u32> = (0..1 + dice.below(20)).map(|_| dice.below(60) as u32).collect();
        erased.sort_unstable();
        erased.dedup();
        data.edits.erased = erased;
    }
    data.seed = dice.seed();
    spec.split_seed = dice.seed();
    spec.seed = dice.seed().unwrap_or(42);
    if dice.chance(0.4) {
        spec.test_size = dice.number(0.1, 0.9);
    }
    spec.scale = dice.chance(0.4);
    spec.hardness = dice.chance(0.2).then(|| dice.pick(&[5, 5, 1, 12]));
    spec.samplers = (0..dice.pick(&[0, 1, 1, 1, 2, 2, 3])).map(|_| random_stage(dice)).collect();
    spec.classifier = match dice.below(8) {
        0 => Classifier::MajorityDummy,
        _ => Classifier::LogisticRegression {
            c: match dice.below(4) {
                0 => 1.0,
                1 => f64::INFINITY,
                _ => 10f64.powf(dice.number(-4.0, 4.0)).clamp(0.0001, 10_000.0),
            },
            degree: 1 + dice.below(3) as u8,
            class_weight: match dice.below(3) {
                0 => ClassWeight::None,
                1 => ClassWeight::Balanced,
                _ => ClassWeight::Ratio(dice.number(0.1, 100.0)),
            },
        },
    };
    if dice.chance(0.15) {
        spec.off = Off { split: dice.chance(0.4), resample: dice.chance(0.4), model: dice.chance(0.4) };
    }
    spec
}

fn coordinate(dice: &mut Dice) -> f64 {
    match dice.below(6) {
        0 => dice.number(-3.0, 3.0) * 10f64.powi(dice.below(60) as i32 - 30),
        1..4 => (dice.number(-3.0, 3.0) * 1000.0).round() / 1000.0,
        _ => dice.number(-3.0, 3.0),
    }
}

/// A table of measurements, one axis in the units, the other in the hundreds.
pub fn table(dice: &mut Dice) -> Arc<Table> {
    Arc::new(random_table(dice))
}

fn random_table(dice: &mut Dice) -> Table {
    let words = ["x", "", "radius (mean)", "a,b\"c", "größe", "two\nlines", "1"];
    let rows = 40 + dice.below(80);
    Table {
        x: (0..rows).map(|_| [dice.number(-5.0, 5.0), dice.number(0.0, 1000.0)]).collect(),
        y: (0..rows).map(|i| u8::from(i % 7 == 0 || dice.chance(0.05))).collect(),
        columns: [dice.pick(&words).to_string(), dice.pick(&words).to_string()],
        classes: [dice.pick(&words).to_string(), dice.pick(&words).to_string()],
    }
}

fn random_stage(dice: &mut Dice) -> SamplerStage {
    let mut sampler = Sampler::new(&METHODS[dice.below(METHODS.len())]);
    for parameter in sampler.method().parameters {
        let value = match &parameter.domain {
            Domain::Count { min, max, .. } => Value::Count((min + dice.below(12) as u32).min(*max)),
            Domain::Real { auto: Some(_), .. } if dice.chance(0.3) => Value::Auto,
            Domain::Real { by_class: true, min, max, .. } if dice.chance(0.4) => {
                Value::ByClass([dice.chance(0.5).then_some(0.3), Some(dice.number(*min, *max)), None])
            }
            Domain::Real { min, max, .. } => Value::Real(dice.number(*min, *max)),
            Domain::Flag => Value::Flag(true),
            Domain::Choice(choices) => Value::Choice(dice.below(choices.len()) as u8),
        };
        if dice.chance(0.5) {
            sampler.set(parameter.name, value);
        }
    }
    if dice.chance(0.4) {
        sampler.sampling_strategy = random_strategy(dice);
    }
    let only = (sampler.method().takes_types() && dice.chance(0.2)).then(|| OnlyTypes {
        types: Hardness::ALL.into_iter().filter(|_| dice.chance(0.6)).collect(),
        k: dice.pick(&[5, 5, 3, 7, 10]),
    });
    SamplerStage { sampler, seed: dice.seed(), only: only.filter(|only| !only.types.is_empty()) }
}

fn random_strategy(dice: &mut Dice) -> SamplingStrategy {
    match dice.below(9) {
        0..3 => SamplingStrategy::Ratio(dice.number(0.05, 1.0)),
        3 => SamplingStrategy::All,
        4 => dice.pick(&[SamplingStrategy::Minority, SamplingStrategy::Majority]),
        5 => dice.pick(&[SamplingStrategy::NotMinority, SamplingStrategy::NotMajority]),
        6 => SamplingStrategy::Counts(vec![(0, 1 + dice.below(500)), (1, 1 + dice.below(500))]),
        7 => SamplingStrategy::Counts(vec![(1, 1 + dice.below(500))]),
        _ => SamplingStrategy::Classes(vec![dice.below(2) as u8]),
    }
}
