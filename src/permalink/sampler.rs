//! Samplers in a link: `smote.k3.r0.5.s7+tomek.all` is SMOTE with 3 neighbours up to a ratio of 0.5 under its own seed
//! 7, then Tomek links removed at both ends. Names and parameters are those of [`METHODS`].

use super::sampler_words::common_words;
use super::text::{float, or_list, quote, read_number};
use crate::base::Class;
use crate::resample::{
    Domain, Hardness, METHODS, Method, OnlyTypes, Parameter, Sampler, SamplerStage, SamplingStrategy, Value, given,
};

/// More samplers than this in one chain are cut off.
const STAGES_AT_MOST: usize = 8;

/// Strategies that are one word.
pub(super) const STRATEGIES: &[(&str, SamplingStrategy)] = &[
    ("auto", SamplingStrategy::Auto),
    ("minority", SamplingStrategy::Minority),
    ("majority", SamplingStrategy::Majority),
    ("notminority", SamplingStrategy::NotMinority),
    ("notmajority", SamplingStrategy::NotMajority),
    ("all", SamplingStrategy::All),
];

/// How a value of the field is written.
pub(super) const GRAMMAR: &str = "methods joined by +; a method is its name and words joined by dots: of each \
     parameter its name with the number after it (k3), or the word of a flag or a choice; with by_class also the class \
     and - before the number (shrink1-0.5)";

/// A value other than the default, as a word.
fn write_value(parameter: &Parameter, value: Value) -> String {
    match (value, &parameter.domain) {
        (Value::Count(n), _) => format!("{}{n}", parameter.link),
        (Value::Real(v), _) => format!("{}{}", parameter.link, float(v)),
        (Value::ByClass(of), _) => {
            let pairs: Vec<String> =
                given(of).map(|(class, v)| format!("{}{class}-{}", parameter.link, float(v))).collect();
            pairs.join(".")
        }
        (Value::Auto, _) => format!("{}auto", parameter.link),
        (Value::Choice(at), Domain::Choice(choices)) => {
            choices.get(usize::from(at)).map_or(parameter.link, |choice| choice.link).to_string()
        }
        (Value::Flag(_) | Value::Choice(_), _) => parameter.link.to_string(),
    }
}

/// Text of a chain of samplers; empty for an empty chain.
pub fn write_samplers(stages: &[SamplerStage]) -> String {
    stages.iter().map(write_stage).collect::<Vec<_>>().join("+")
}

fn write_stage(stage: &SamplerStage) -> String {
    let mut out = stage.sampler.method().link.to_string();
    for (parameter, value) in stage.sampler.parameters().filter(|(parameter, value)| *value != parameter.default) {
        let text = write_value(parameter, value);
        out.push_str(&format!(".{text}"));
    }
    match &stage.sampler.sampling_strategy {
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
    if let Some(OnlyTypes { types, k }) = &stage.only {
        types.iter().for_each(|hardness| out.push_str(&format!(".{}", hardness.name())));
        if *k != OnlyTypes::DEFAULT_K {
            out.push_str(&format!(".t{k}"));
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
        let Some(method) = METHODS.iter().find(|method| method.link.eq_ignore_ascii_case(&name)) else {
            let names: Vec<&str> = METHODS.iter().map(|method| method.link).collect();
            notes.push(format!("sampler {} is left out; samplers are {}", quote(&name), or_list(&names)));
            continue;
        };
        if stages.len() == STAGES_AT_MOST {
            notes.push(format!("sampler {} is left out; a chain has at most {STAGES_AT_MOST}", quote(part)));
            continue;
        }
        let mut stage = SamplerStage::new(Sampler::new(method));
        for word in words {
            if let Err(reason) = read_word(method, &word, &mut stage, notes) {
                notes.push(format!("sampler {}: {} is ignored; {reason}", method.link, quote(&word)));
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

fn read_word(
    method: &'static Method,
    word: &str,
    stage: &mut SamplerStage,
    notes: &mut Vec<String>,
) -> Result<(), String> {
    if let Some((parameter, value)) = whole_word(method, word) {
        stage.sampler.set(parameter.name, value);
        return Ok(());
    }
    if let Some((_, strategy)) = STRATEGIES.iter().find(|(name, _)| *name == word) {
        stage.sampler.sampling_strategy = strategy.clone();
        return Ok(());
    }
    if let Some(&hardness) = Hardness::ALL.iter().find(|hardness| hardness.name() == word) {
        if !method.takes_types() {
            return Err("only methods that add rows and take none away can be restricted to types of rows".to_string());
        }
        let only = stage.only.get_or_insert(OnlyTypes { types: Vec::new(), k: OnlyTypes::DEFAULT_K });
        only.types.push(hardness);
        only.types.sort_unstable();
        only.types.dedup();
        return Ok(());
    }
    let (letters, value) = word.split_at(word.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(word.len()));
    let parameter = method.parameters.iter().find(|parameter| !letters.is_empty() && parameter.link == letters);
    let (class, value) = match value.split_once('-') {
        Some((class, of_class)) if parameter.is_some_and(takes_classes) => match class.parse::<usize>() {
            Ok(class) => (Some(class), of_class),
            Err(_) => (None, value),
        },
        _ => (None, value),
    };
    let mut number = |whole: bool, [min, max]: [f64; 2]| -> Result<f64, String> {
        let sort = if whole { "a whole number" } else { "a number" };
        let reason = || format!("{letters} is followed by {sort} from {} to {}", float(min), float(max));
        let number = read_number(value, whole, [min, max]).ok_or_else(reason)?;
        if let Some(why) = number.moved {
            let before = class.map_or(letters.to_string(), |class| format!("{letters}{class}-"));
            notes.push(format!("sampler {}: {word} is {why}; {before}{} is used", method.link, float(number.value)));
        }
        Ok(number.value)
    };
    match (parameter.map(|parameter| (parameter.name, &parameter.domain)), letters) {
        (Some((name, Domain::Count { min, max, .. })), _) => {
            let value = number(true, [f64::from(*min), f64::from(*max)])?;
            stage.sampler.set(name, Value::Count(value as u32));
        }
        (Some((name, Domain::Real { min, max, .. })), _) => {
            let value = number(false, [*min, *max])?;
            let Some(class) = class else {
                stage.sampler.set(name, Value::Real(value));
                return Ok(());
            };
            let mut of = if let Some(Value::ByClass(of)) = stage.sampler.get(name) { of } else { [None; 3] };
            *of.get_mut(class).ok_or("classes are 0, 1 and 2")? = Some(value);
            stage.sampler.set(name, Value::ByClass(of));
        }
        (None, "r") => {
            stage.sampler.sampling_strategy = SamplingStrategy::Ratio(number(false, SamplingStrategy::RATIOS)?);
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
            match &mut stage.sampler.sampling_strategy {
                SamplingStrategy::Counts(counts) => counts.extend(pair),
                other => *other = SamplingStrategy::Counts(pair.into_iter().collect()),
            }
        }
        (None, "classes") => {
            let classes: Result<Vec<Class>, _> =
                value.split('-').filter(|c| !c.is_empty()).map(str::parse::<Class>).collect();
            let classes = classes.map_err(|_| "classes is followed by class numbers, as classes0-1")?;
            stage.sampler.sampling_strategy = SamplingStrategy::Classes(classes);
        }
        (None, "t") => {
            let reason = "t, the neighbours that decide a row's type, follows the types and is from 1 to 50";
            let k = value.parse().ok().filter(|k| (1..=OnlyTypes::MOST_K).contains(k)).ok_or(reason)?;
            stage.only.as_mut().ok_or(reason)?.k = k;
        }
        (None, "s") => {
            stage.seed = Some(value.parse().map_err(|_| "s is followed by a seed from 0 to 4294967295")?);
        }
        _ => {
            let mut names: Vec<&str> = method.parameters.iter().flat_map(words_for).collect();
            names.extend(common_words(method).iter().map(|word| word.name));
            return Err(format!("{} takes {}", method.link, or_list(&names)));
        }
    }
    Ok(())
}

/// Whether each class may have a number of its own.
fn takes_classes(parameter: &Parameter) -> bool {
    matches!(parameter.domain, Domain::Real { by_class: true, .. })
}

/// A parameter that is a word by itself: a flag, a choice, or a number left to the library.
fn whole_word(method: &'static Method, word: &str) -> Option<(&'static Parameter, Value)> {
    method.parameters.iter().find_map(|parameter| {
        let value = match &parameter.domain {
            Domain::Flag if word == parameter.link => Value::Flag(true),
            Domain::Choice(choices) => Value::Choice(choices.iter().position(|choice| choice.link == word)? as u8),
            Domain::Real { auto: Some(_), .. } if word.strip_prefix(parameter.link)? == "auto" => Value::Auto,
            _ => return None,
        };
        Some((parameter, value))
    })
}

/// The words that set a parameter.
fn words_for(parameter: &'static Parameter) -> Vec<&'static str> {
    match &parameter.domain {
        Domain::Choice(choices) => choices.iter().map(|choice| choice.link).collect(),
        _ => vec![parameter.link],
    }
}
