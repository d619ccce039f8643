//! One row of the table of fields, and how a row reads and writes its value.

use serde_json::{Map, Value, json};

use super::table::TableStore;
use super::text::{float, or_list, quote, read_float, read_number};
use crate::dataset::{Dial, Source};
use crate::experiment::Link;

/// What sort of value a field has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole number.
    Int,
    /// A number.
    Float,
    /// `on` or `off`.
    Bool,
    /// One of the choices (or a number, where the row has a range).
    Choice,
    /// Choices joined by `+`, or numbers joined by commas.
    List,
    /// Anything.
    Text,
}

impl Kind {
    /// As `fields --json` spells it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Int => "int",
            Kind::Float => "float",
            Kind::Bool => "bool",
            Kind::Choice => "choice",
            Kind::List => "list",
            Kind::Text => "text",
        }
    }
}

/// One setting of the lab.
pub struct Field {
    /// Its name in the link.
    pub name: &'static str,
    /// What it means, one line.
    pub meaning: &'static str,
    /// What sort of value it has.
    pub kind: Kind,
    /// Words that it may be.
    pub choices: fn() -> Vec<&'static str>,
    /// Smallest and largest number, which may hang on fields further up.
    pub range: Option<fn(&Link) -> [f64; 2]>,
    /// The dial of each source that it turns, when it hangs on the source.
    pub dial: Option<fn(Source) -> Option<Dial>>,
    /// Whether it means anything beside the fields further up.
    pub applies: fn(&Link) -> bool,
    pub(super) access: Access,
}

/// How a row reads and writes.
pub(super) enum Access {
    /// A number in the row's range; `None` stands for the word.
    Number { word: Option<&'static str>, get: fn(&Link) -> Option<f64>, set: fn(&mut Link, Option<f64>) },
    /// On or off.
    Switch { get: fn(&Link) -> bool, set: fn(&mut Link, bool) },
    /// One word of the choices.
    Word { get: fn(&Link) -> &'static str, set: fn(&mut Link, &str) },
    /// A text of its own; reading gives the reason when nothing of it can be used.
    Own { write: fn(&Link) -> Option<String>, read: Reader },
}

/// Reads a text into the link. `Err`: why nothing of it could be used.
pub(super) type Reader = fn(&str, &mut Link, &TableStore, &mut Vec<String>) -> Result<(), String>;

impl Field {
    /// The value in `link`, written out even when it is the default. `None`: there is no such thing in this link.
    pub fn value(&self, link: &Link) -> Option<String> {
        match &self.access {
            Access::Number { word, get, .. } => get(link).map(float).or(word.map(str::to_string)),
            Access::Switch { get, .. } => Some(if get(link) { "on" } else { "off" }.to_string()),
            Access::Word { get, .. } => Some(get(link).to_string()),
            Access::Own { write, .. } => write(link),
        }
    }

    /// The value as it stands in a link; `None` when it is the default and left out.
    pub fn write(&self, link: &Link) -> Option<String> {
        self.value(link).filter(|v| Some(v) != self.default().as_ref())
    }

    /// The default value; `None`: nothing.
    pub fn default(&self) -> Option<String> {
        self.value(&Link::default())
    }

    /// Puts the text's value into `link`. What cannot be used leaves the default, with a note.
    #[inline(never)]
    pub fn read(&self, text: &str, link: &mut Link, tables: &TableStore, notes: &mut Vec<String>) {
        let text = text.trim();
        if !(self.applies)(link) {
            notes.push(format!("{}={} is ignored: it means nothing with the other settings", self.name, shown(text)));
            return;
        }
        if let Err(reason) = self.try_read(text, link, tables, notes) {
            let default = self.default().filter(|d| !d.is_empty());
            let instead = default.map_or("nothing is used instead".to_string(), |d| format!("{d} is used instead"));
            notes.push(format!("{}={}: {reason}; {instead}", self.name, shown(text)));
        }
    }

    #[inline(never)]
    fn try_read(
        &self,
        text: &str,
        link: &mut Link,
        tables: &TableStore,
        notes: &mut Vec<String>,
    ) -> Result<(), String> {
        match &self.access {
            Access::Number { word: Some(word), set, .. } if text.eq_ignore_ascii_case(word) => set(link, None),
            Access::Number { set, .. } => set(link, Some(self.number(text, link, notes)?)),
            Access::Switch { set, .. } => match text.to_ascii_lowercase().as_str() {
                "on" | "1" | "true" | "yes" => set(link, true),
                "off" | "0" | "false" | "no" => set(link, false),
                _ => return Err("not on or off".to_string()),
            },
            Access::Word { set, .. } => {
                let choices = (self.choices)();
                let known = choices.iter().find(|c| c.eq_ignore_ascii_case(text));
                set(link, known.ok_or_else(|| format!("not one of {}", or_list(&choices)))?);
            }
            Access::Own { read, .. } => read(text, link, tables, notes)?,
        }
        Ok(())
    }

    /// A number in the row's range; one outside is moved to its end with a note.
    pub(super) fn number(&self, text: &str, link: &Link, notes: &mut Vec<String>) -> Result<f64, String> {
        let range = self.range.map_or([f64::MIN, f64::MAX], |range| range(link));
        let whole = self.kind == Kind::Int;
        let number = read_number(text, whole, range).ok_or_else(|| {
            let what = if whole { "a whole number" } else { "a number" };
            let mut reason = format!("not {what} from {} to {}", float(range[0]), float(range[1]));
            let choices = (self.choices)();
            if !choices.is_empty() {
                reason.push_str(&format!(" and not {}", or_list(&choices)));
            }
            reason
        })?;
        if let Some(why) = number.moved {
            notes.push(format!("{}={} is {why}; {} is used", self.name, shown(text), float(number.value)));
        }
        Ok(number.value)
    }

    /// A value of the field as JSON: numbers as numbers, `on` and `off` as truth values.
    pub fn json_value(&self, text: &str) -> Value {
        match self.kind {
            Kind::Int => read_float(text).map_or(json!(text), |v| json!(v as i64)),
            Kind::Float => read_float(text).map_or(json!(text), |v| json!(v)),
            Kind::Bool => json!(text == "on"),
            _ => json!(text),
        }
    }

    /// The row as one object of `fields --json`; `by_source` holds the dials of a field that hangs on the source, and
    /// `parameters` the words that the methods of the field `sampler` take.
    pub fn to_json(&self) -> Value {
        let link = Link::default();
        let range = self.range.map(|range| range(&link));
        let default = self.default().map(|text| self.json_value(&text));
        let mut row = json!({
            "name": self.name,
            "kind": self.kind.name(),
            "choices": (self.choices)(),
            "min": range.map(|r| self.json_value(&float(r[0]))),
            "max": range.map(|r| self.json_value(&float(r[1]))),
            "default": default,
            "meaning": self.meaning,
        });
        if self.name == "sampler" {
            row["grammar"] = json!(super::sampler::GRAMMAR);
            row["parameters"] = super::sampler_words::parameters();
        }
        if let Some(dial) = self.dial {
            let dials: Map<String, Value> = Source::ALL
                .into_iter()
                .filter_map(|s| Some((s, dial(s)?)))
                .map(|(s, d)| (s.info().id.to_string(), json!({ "min": d.min, "max": d.max, "default": d.default })))
                .collect();
            row["by_source"] = Value::Object(dials);
        }
        row
    }
}

/// A value as a note shows it: bare when it is a plain word.
fn shown(text: &str) -> String {
    let plain = text.len() <= 40 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._+".contains(&b));
    if plain && !text.is_empty() { text.to_string() } else { quote(text) }
}
