//! Permalink: one table of fields that drives the link, the command line's help and the comments of the export.
//!
//! A link is readable and can be edited by hand: `#/lab?data=moons&ratio=20&seed=42&sampler=smote.k5+tomek`. What has
//! its default value is left out, so a link says what is special about it. Reading never fails and never panics:
//! whatever cannot be used is replaced by the nearest or the default value, and a note says so.
//!
//! ```
//! use imbalance_lab::permalink::{parse, write};
//!
//! let parsed = parse("#/lab?ratio=5000&sampler=smote+tomek&colour=red");
//! assert_eq!(parsed.link.spec.data.imbalance_ratio, 1000.0);
//! assert_eq!(parsed.link.spec.samplers.len(), 2);
//! assert_eq!(parsed.notes.len(), 2); // the ratio was clamped, the colour is unknown
//! assert_eq!(parse(&write(&parsed.link)).link, parsed.link);
//! ```

mod edits;
mod field;
mod fields;
mod hurts;
mod percent;
mod region;
mod sampler;
mod sampler_words;
mod table;
mod text;

use crate::experiment::{Link, Pin};

pub use field::{Field, Kind};
pub use fields::FIELDS;
pub use hurts::{HURTS, Hurt};
pub use sampler::{read_samplers, write_samplers};
pub use sampler_words::{Word, common_words};
pub use table::{TableStore, digest, digest_if_large, pack_table, unpack_table};
pub use text::{Number, float, read_number};

/// The smallest and the largest number that the setting called `name` takes beside the other settings of `link`; `None`
/// when there is no such number.
pub fn range(name: &str, link: &Link) -> Option<[f64; 2]> {
    let field = FIELDS.iter().find(|field| field.name == name)?;
    field.range.map(|range| range(link))
}

/// What a link says, and what the reader should know about how it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// What it says; whatever it does not say has its default.
    pub link: Link,
    /// One sentence for everything that was ignored, clamped or replaced.
    pub notes: Vec<String>,
}

/// More notes than this are only counted: a link of a million unknown keys needs no million sentences.
const NOTES_SHOWN: usize = 20;

/// Reads a link: with or without what stands before `#`, the `#`, the `/lab` and the `?`.
pub fn parse(text: &str) -> Parsed {
    parse_with(text, &TableStore::default())
}

/// Reads a link whose table may be too large for it and be kept in `tables`.
pub fn parse_with(text: &str, tables: &TableStore) -> Parsed {
    let mut parsed = read(text, tables, true);
    if parsed.notes.len() > NOTES_SHOWN {
        let more = parsed.notes.len() - NOTES_SHOWN;
        parsed.notes.truncate(NOTES_SHOWN);
        parsed.notes.push(format!("… and {more} more notes like these"));
    }
    parsed
}

/// The canonical link of `link`: fields in the order of the table, defaults left out.
/// A table too large for a link stands in it as its [`digest`]: keep it in a [`TableStore`].
pub fn write(link: &Link) -> String {
    let mut text = String::from("#/lab");
    let query = write_query(link);
    if !query.is_empty() {
        text.push('?');
        text.push_str(&query);
    }
    text
}

fn write_query(link: &Link) -> String {
    let parts: Vec<String> =
        FIELDS.iter().filter_map(|f| Some(format!("{}={}", f.name, percent::encode(&f.write(link)?)))).collect();
    parts.join("&")
}

/// Fields are read in the order of the table, not of the link, because the ranges of some hang on earlier ones.
fn read(text: &str, tables: &TableStore, with_pin: bool) -> Parsed {
    let (mut link, mut notes) = (Link::default(), Vec::new());
    let mut given: Vec<Option<String>> = vec![None; FIELDS.len()];
    for part in query_of(text).split('&').filter(|p| !p.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let name = percent::decode(name);
        match place_of(&name) {
            None => notes.push(format!("{} is not a setting of the lab; it is ignored", text::quote(&name))),
            Some(i) => {
                if given[i].replace(percent::decode(value)).is_some() {
                    notes.push(format!("{} is given more than once; the last one counts", FIELDS[i].name));
                }
            }
        }
    }
    for (field, value) in FIELDS.iter().zip(&given) {
        if let Some(value) = value
            && (with_pin || field.name != "pin")
        {
            field.read(value, &mut link, tables, &mut notes);
        }
    }
    Parsed { link, notes }
}

/// Which field has this name, in whatever case.
#[inline(never)]
fn place_of(name: &str) -> Option<usize> {
    FIELDS.iter().position(|field| field.name.eq_ignore_ascii_case(name))
}

/// What stands after the question mark, or the whole when there is none.
fn query_of(text: &str) -> &str {
    let text = text.trim();
    let text = text.split_once('#').map_or(text, |(_, after)| after);
    match text.split_once('?') {
        Some((before, after)) if !before.contains('=') => after,
        None if text.starts_with('/') && !text.contains('=') => "",
        _ => text,
    }
}

/// What stands for the pinned first example, whose own link is empty.
const PIN_OF_DEFAULTS: &str = "default";

fn write_pin(pin: &Pin) -> String {
    let mut link = Link { spec: pin.spec.clone(), ..Link::default() };
    link.view.threshold = pin.threshold;
    match write_query(&link) {
        query if query.is_empty() => PIN_OF_DEFAULTS.to_string(),
        query => query,
    }
}

fn read_pin(text: &str, tables: &TableStore, notes: &mut Vec<String>) -> Pin {
    let inner = match text {
        PIN_OF_DEFAULTS => Parsed { link: Link::default(), notes: Vec::new() },
        _ => read(text, tables, false),
    };
    notes.extend(inner.notes.into_iter().map(|n| format!("pinned run: {n}")));
    Pin { spec: inner.link.spec, threshold: inner.link.view.threshold }
}
