//! The words that each sampler takes in a link, for programs and for people: the table that help, error messages and the
//! command line read.

use serde_json::{Value as Json, json};

use super::sampler::STRATEGIES;
use crate::resample::{Domain, Hardness, METHODS, Method, OnlyTypes, Parameter, SamplingKind, Value};

/// The words that each method takes, by its name in a link: those of its own parameters, of its target, of its
/// restriction and of its seed.
pub(super) fn parameters() -> Json {
    let of = |method: &Method| {
        let own = method.parameters.iter().map(describe);
        let all: Vec<Json> = own.chain(common_words(method).iter().map(Word::to_json)).collect();
        (method.link.to_string(), Json::Array(all))
    };
    Json::Object(METHODS.iter().map(of).collect())
}

/// A word that is no parameter of the method's own.
pub struct Word {
    /// The word, or the letters before its number.
    pub name: &'static str,
    /// What follows it: nothing, a number, or something that only its meaning says.
    follows: Follows,
    /// What it means, one line.
    pub meaning: String,
}

enum Follows {
    Nothing,
    Whole { min: u32, max: u32, default: Option<u8> },
    Ratio,
    Text(&'static str),
}

impl Word {
    fn new(name: &'static str, follows: Follows, meaning: impl Into<String>) -> Self {
        Self { name, follows, meaning: meaning.into() }
    }

    /// As it may stand in a link: `.r0.5`, `.rows1-300`.
    pub fn example(&self) -> String {
        match self.follows {
            Follows::Nothing => format!(".{}", self.name),
            Follows::Whole { .. } => format!(".{}7", self.name),
            Follows::Ratio => format!(".{}0.5", self.name),
            Follows::Text(example) => format!(".{}{example}", self.name),
        }
    }

    fn to_json(&self) -> Json {
        let mut row = json!({ "name": self.name, "meaning": self.meaning, "default": null });
        match self.follows {
            Follows::Nothing => (row["kind"], row["default"]) = (json!("bool"), json!(false)),
            Follows::Whole { min, max, default } => {
                row["kind"] = json!("int");
                (row["min"], row["max"], row["default"]) = (json!(min), json!(max), json!(default));
                // A default of its own has only what something else brings with it.
                if default.is_some() {
                    row["after"] = json!(Hardness::ALL.map(Hardness::name));
                }
            }
            Follows::Ratio => {
                row["kind"] = json!("float");
                (row["min"], row["max"]) = (json!(0.0), json!(1.0));
            }
            Follows::Text(example) => {
                row["kind"] = json!("text");
                row["example"] = json!(format!("{}{example}", self.name));
            }
        }
        row
    }
}

/// The words for target, restriction and seed that `method` takes: those of its kind and no others.
pub fn common_words(method: &Method) -> Vec<Word> {
    let mut words = Vec::new();
    let strategy = "sampling_strategy";
    if method.kind == SamplingKind::Clean {
        let meaning = format!("{strategy}: the classes that rows are taken from, - between them, as classes0-1");
        words.push(Word::new("classes", Follows::Text("0-1"), meaning));
    } else {
        let ratio = format!("{strategy}: minority rows per majority row afterwards, above 0");
        let rows = format!("{strategy}: a class, - and its rows afterwards, as rows1-300; once for each class");
        words.push(Word::new("r", Follows::Ratio, ratio));
        words.push(Word::new("rows", Follows::Text("1-300"), rows));
    }
    let fits = STRATEGIES.iter().filter(|(_, strategy)| strategy.fits(method.kind));
    words.extend(
        fits.map(|(name, found)| Word::new(name, Follows::Nothing, format!("{strategy} = {}", found.python()))),
    );
    if method.takes_types() {
        words.extend(Hardness::ALL.map(|hardness| {
            let meaning = format!(
                "the lab's own: sees only minority rows that are {}, or of a type named beside",
                hardness.name()
            );
            Word::new(hardness.name(), Follows::Nothing, meaning)
        }));
        let (max, default) = (u32::from(OnlyTypes::MOST_K), Some(OnlyTypes::DEFAULT_K));
        let meaning = "the neighbours that decide a row's type; after one of the types";
        words.push(Word::new("t", Follows::Whole { min: 1, max, default }, meaning));
    }
    if method.random {
        let follows = Follows::Whole { min: 0, max: u32::MAX, default: None };
        words.push(Word::new("s", follows, "a random_state of its own"));
    }
    words
}

fn describe(parameter: &Parameter) -> Json {
    let mut row = json!({ "name": parameter.link, "meaning": parameter.hint });
    match &parameter.domain {
        Domain::Count { min, max, .. } => {
            row["kind"] = json!("int");
            (row["min"], row["max"]) = (json!(min), json!(max));
        }
        Domain::Real { min, max, auto, by_class, .. } => {
            row["kind"] = json!("float");
            (row["min"], row["max"]) = (json!(min), json!(max));
            row["by_class"] = json!(by_class);
            row["choices"] = auto.map_or(json!([]), |_| json!(["auto"]));
        }
        Domain::Flag => row["kind"] = json!("bool"),
        Domain::Choice(choices) => {
            row["kind"] = json!("choice");
            row["choices"] = choices.iter().map(|choice| json!(choice.link)).collect();
        }
    }
    row["default"] = match (parameter.default, &parameter.domain) {
        (Value::Count(n), _) => json!(n),
        (Value::Real(v), _) => json!(v),
        (Value::Flag(on), _) => json!(on),
        (Value::Choice(at), Domain::Choice(choices)) => json!(choices.get(usize::from(at)).map(|choice| choice.link)),
        _ => json!("auto"),
    };
    row
}
