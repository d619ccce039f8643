//! Samplers in a link: `smote.k3.r0.5.s7+tomek.all` is SMOTE with 3 neighbours up to a ratio of 0.5 under its own seed
//! 7, then Tomek links removed at both ends. One row of [`SAMPLERS`] per sampler; a new sampler is a new row.

use std::mem::discriminant;

use super::text::{float, or_list, quote, read_float, read_number};
use crate::base::Class;
use crate::resample::{BorderlineKind, Sampler, SamplerStage, SamplingStrategy};

/// More samplers than this in one chain are cut off.
const STAGES_AT_MOST: usize = 8;

/// One sampler of the lab.
pub struct SamplerRow {
    /// Its name in the link.
    pub name: &'static str,
    /// What it does, one line.
    pub meaning: &'static str,
    /// It with its defaults.
    pub default: fn() -> Sampler,
    /// Its parameters beside strategy and seed, which every sampler has.
    pub parameters: &'static [Parameter],
}

/// One parameter of a sampler.
pub struct Parameter {
    /// Its name in the link: letters, followed by the number when it has one.
    pub name: &'static str,
    /// imbalanced-learn's name.
    pub full_name: &'static str,
    /// What sort of value it has.
    pub kind: ParameterKind,
}

/// How a parameter is read and written.
pub enum ParameterKind {
    /// A whole number from 1 to the limit.
    Count {
        /// Largest value.
        max: usize,
        /// Present value, when the sampler has the parameter.
        get: fn(&Sampler) -> Option<usize>,
        /// Changes it.
        set: fn(&mut Sampler, usize),
    },
    /// Present or absent; absent by default.
    Flag {
        /// Present value.
        get: fn(&Sampler) -> bool,
        /// Changes it.
        set: fn(&mut Sampler, bool),
    },
}

const K_NEIGHBORS: Parameter = Parameter {
    name: "k",
    full_name: "k_neighbors",
    kind: ParameterKind::Count {
        max: 1000,
        get: |s| match s {
            Sampler::Smote { k_neighbors, .. } | Sampler::BorderlineSmote { k_neighbors, .. } => Some(*k_neighbors),
            _ => None,
        },
        set: |s, v| match s {
            Sampler::Smote { k_neighbors, .. } | Sampler::BorderlineSmote { k_neighbors, .. } => *k_neighbors = v,
            _ => {}
        },
    },
};

const M_NEIGHBORS: Parameter = Parameter {
    name: "m",
    full_name: "m_neighbors",
    kind: ParameterKind::Count {
        max: 1000,
        get: |s| match s {
            Sampler::BorderlineSmote { m_neighbors, .. } => Some(*m_neighbors),
            _ => None,
        },
        set: |s, v| {
            if let Sampler::BorderlineSmote { m_neighbors, .. } = s {
                *m_neighbors = v;
            }
        },
    },
};

const REPLACEMENT: Parameter = Parameter {
    name: "replacement",
    full_name: "replacement",
    kind: ParameterKind::Flag {
        get: |s| matches!(s, Sampler::RandomUnderSampler { replacement: true, .. }),
        set: |s, v| {
            if let Sampler::RandomUnderSampler { replacement, .. } = s {
                *replacement = v;
            }
        },
    },
};

fn borderline(kind: BorderlineKind) -> Sampler {
    Sampler::BorderlineSmote { sampling_strategy: SamplingStrategy::Auto, k_neighbors: 5, m_neighbors: 10, kind }
}

/// Every sampler of the lab.
pub const SAMPLERS: &[SamplerRow] = &[
    SamplerRow {
        name: "over",
        meaning: "RandomOverSampler: repeats minority rows",
        default: || Sampler::RandomOverSampler { sampling_strategy: SamplingStrategy::Auto },
        parameters: &[],
    },
    SamplerRow {
        name: "under",
        meaning: "RandomUnderSampler: drops majority rows",
        default: || Sampler::RandomUnderSampler { sampling_strategy: SamplingStrategy::Auto, replacement: false },
        parameters: &[REPLACEMENT],
    },
    SamplerRow {
        name: "smote",
        meaning: "SMOTE: new rows between minority neighbours",
        default: || Sampler::Smote { sampling_strategy: SamplingStrategy::Auto, k_neighbors: 5 },
        parameters: &[K_NEIGHBORS],
    },
    SamplerRow {
        name: "borderline1",
        meaning: "BorderlineSMOTE, kind borderline-1: SMOTE from minority rows in danger",
        default: || borderline(BorderlineKind::One),
        parameters: &[K_NEIGHBORS, M_NEIGHBORS],
    },
    SamplerRow {
        name: "borderline2",
        meaning: "BorderlineSMOTE, kind borderline-2: the same, half-way towards majority neighbours too",
        default: || borderline(BorderlineKind::Two),
        parameters: &[K_NEIGHBORS, M_NEIGHBORS],
    },
    SamplerRow {
        name: "tomek",
        meaning: "TomekLinks: removes the majority end of mutual nearest pairs of unlike class",
        default: || Sampler::TomekLinks { sampling_strategy: SamplingStrategy::Auto },
        parameters: &[],
    },
];

/// Strategies that are one word.
const STRATEGIES: &[(&str, SamplingStrategy)] = &[
    ("auto", SamplingStrategy::Auto),
    ("minority", SamplingStrategy::Minority),
    ("majority", SamplingStrategy::Majority),
    ("notminority", SamplingStrategy::NotMinority),
    ("notmajority", SamplingStrategy::NotMajority),
    ("all", SamplingStrategy::All),
];

fn strategy_mut(sampler: &mut Sampler) -> &mut SamplingStrategy {
    match sampler {
        Sampler::RandomOverSampler { sampling_strategy }
        | Sampler::RandomUnderSampler { sampling_strategy, .. }
        | Sampler::Smote { sampling_strategy, .. }
        | Sampler::BorderlineSmote { sampling_strategy, .. }
        | Sampler::TomekLinks { sampling_strategy } => sampling_strategy,
    }
}

/// The row that a sampler belongs to.
fn row_of(sampler: &Sampler) -> Option<&'static SamplerRow> {
    SAMPLERS.iter().find(|row| match (sampler, (row.default)()) {
        (Sampler::BorderlineSmote { kind: a, .. }, Sampler::BorderlineSmote { kind: b, .. }) => *a == b,
        (sampler, default) => discriminant(sampler) == discriminant(&default),
    })
}

/// Text of a chain of samplers; empty for an empty chain.
pub fn write_samplers(stages: &[SamplerStage]) -> String {
    stages.iter().map(write_stage).collect::<Vec<_>>().join("+")
}

fn write_stage(stage: &SamplerStage) -> String {
    let Some(row) = row_of(&stage.sampler) else { return String::new() };
    let mut out = row.name.to_string();
    for parameter in row.parameters {
        match &parameter.kind {
            ParameterKind::Count { get, .. } => {
                if let Some(value) = get(&stage.sampler)
                    && get(&(row.default)()) != Some(value)
                {
                    out.push_str(&format!(".{}{value}", parameter.name));
                }
            }
            ParameterKind::Flag { get, .. } => {
                if get(&stage.sampler) {
                    out.push_str(&format!(".{}", parameter.name));
                }
            }
        }
    }
    match strategy_mut(&mut stage.sampler.clone()) {
        SamplingStrategy::Auto => {}
        SamplingStrategy::Ratio(ratio) => out.push_str(&format!(".r{}", float(*ratio))),
        // An empty list says something else than no list, so it needs a mark of its own.
        SamplingStrategy::Counts(counts) if counts.is_empty() => out.push_str(".rows"),
        SamplingStrategy::Counts(counts) => {
            counts.iter().for_each(|(class, rows)| out.push_str(&format!(".rows{class}-{rows}")));
        }
        SamplingStrategy::Classes(classes) => {
            let classes: Vec<String> = classes.iter().map(Class::to_string).collect();
            out.push_str(&format!(".classes{}", classes.join("-")));
        }
        word => {
            let found = STRATEGIES.iter().find(|(_, strategy)| strategy == word);
            found.iter().for_each(|(name, _)| out.push_str(&format!(".{name}")));
        }
    }
    if let Some(seed) = stage.seed {
        out.push_str(&format!(".s{seed}"));
    }
    out
}

/// Reads a chain; a sampler that is unknown is left out, a parameter that is unknown or out of range has its default
/// or nearest value, each with a note.
pub fn read_samplers(text: &str, notes: &mut Vec<String>) -> Vec<SamplerStage> {
    let mut stages = Vec::new();
    for part in text.split('+').map(str::trim).filter(|p| !p.is_empty() && !p.eq_ignore_ascii_case("none")) {
        let mut words = words_of(part).into_iter();
        let name = words.next().unwrap_or_default();
        let Some(row) = SAMPLERS.iter().find(|r| r.name.eq_ignore_ascii_case(&name)) else {
            let names: Vec<&str> = SAMPLERS.iter().map(|r| r.name).collect();
            notes.push(format!("sampler {} is left out; samplers are {}", quote(&name), or_list(&names)));
            continue;
        };
        if stages.len() == STAGES_AT_MOST {
            notes.push(format!("sampler {} is left out; a chain has at most {STAGES_AT_MOST}", quote(part)));
            continue;
        }
        let mut stage = SamplerStage { sampler: (row.default)(), seed: None };
        for word in words {
            if let Err(reason) = read_word(row, &word, &mut stage, notes) {
                notes.push(format!("sampler {}: {} is ignored; {reason}", row.name, quote(&word)));
            }
        }
        stages.push(stage);
    }
    stages
}

/// Splits at dots, except where the dot is a decimal point: a word starts with a letter.
fn words_of(part: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for piece in part.split('.') {
        match words.last_mut() {
            Some(word) if piece.starts_with(|c: char| c.is_ascii_digit()) => {
                word.push('.');
                word.push_str(piece);
            }
            _ => words.push(piece.to_ascii_lowercase()),
        }
    }
    words
}

fn read_word(row: &SamplerRow, word: &str, stage: &mut SamplerStage, notes: &mut Vec<String>) -> Result<(), String> {
    if let Some((_, strategy)) = STRATEGIES.iter().find(|(name, _)| *name == word) {
        *strategy_mut(&mut stage.sampler) = strategy.clone();
        return Ok(());
    }
    let (letters, value) = word.split_at(word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len()));
    let mut count = |max: usize| -> Result<f64, String> {
        let reason = || format!("{letters} is followed by a whole number from 1 to {max}");
        let number = read_number(value, true, [1.0, max as f64]).ok_or_else(reason)?;
        if let Some(why) = number.moved {
            notes.push(format!("sampler {}: {word} is {why}; {letters}{} is used", row.name, float(number.value)));
        }
        Ok(number.value)
    };
    match (row.parameters.iter().find(|p| p.name == letters), letters) {
        (Some(Parameter { kind: ParameterKind::Count { max, set, .. }, .. }), _) => {
            let value = count(*max)?;
            set(&mut stage.sampler, value as usize);
        }
        (Some(Parameter { kind: ParameterKind::Flag { set, .. }, .. }), _) if value.is_empty() => {
            set(&mut stage.sampler, true);
        }
        (None, "r") => {
            let ratio = read_float(value).filter(|r| *r > 0.0).ok_or("r is followed by a ratio above 0, at most 1")?;
            if ratio > 1.0 {
                notes.push(format!("sampler {}: {word} is above 1; r1 is used", row.name));
            }
            *strategy_mut(&mut stage.sampler) = SamplingStrategy::Ratio(ratio.min(1.0));
        }
        (None, "rows") => {
            let reason = "rows is followed by a class and its number of rows, as rows1-300";
            let pair = match value {
                "" => None,
                pair => {
                    let (class, rows) = pair.split_once('-').ok_or(reason)?;
                    let class: Class = class.parse().map_err(|_| reason)?;
                    Some((class, rows.parse::<u32>().map_err(|_| reason)? as usize))
                }
            };
            match strategy_mut(&mut stage.sampler) {
                SamplingStrategy::Counts(counts) => counts.extend(pair),
                other => *other = SamplingStrategy::Counts(pair.into_iter().collect()),
            }
        }
        (None, "classes") => {
            let classes: Result<Vec<Class>, _> =
                value.split('-').filter(|c| !c.is_empty()).map(str::parse::<Class>).collect();
            let classes = classes.map_err(|_| "classes is followed by class numbers, as classes0-1")?;
            *strategy_mut(&mut stage.sampler) = SamplingStrategy::Classes(classes);
        }
        (None, "s") => {
            stage.seed = Some(value.parse().map_err(|_| "s is followed by a seed from 0 to 4294967295")?);
        }
        _ => {
            let mut names: Vec<&str> = row.parameters.iter().map(|p| p.name).collect();
            names.extend(["r", "s"]);
            names.extend(STRATEGIES.iter().map(|(name, _)| *name));
            return Err(format!("{} takes {}", row.name, or_list(&names)));
        }
    }
    Ok(())
}
