//! A restriction of the lab's own: of the classes that grow, an over-sampler sees only the rows of some types.
//!
//! The types are those of [`hardness`](super::hardness()). Rows of other types stay in the data and take part in
//! nothing: they are no parents, no neighbours and no rows of a cluster. What the sampler makes is what it would make of
//! the data without them.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::play::words::{self, Sentence};
use super::{Chain, Fault, Hardness, PythonCall, hardness};
use crate::base::{Class, Rows};

/// Which types of rows an over-sampler sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnlyTypes {
    /// The types it sees, ascending.
    pub types: Vec<Hardness>,
    /// Neighbours that decide the type.
    pub k: u8,
}

impl OnlyTypes {
    /// Neighbours unless said otherwise.
    pub const DEFAULT_K: u8 = 5;
    /// Neighbours at most.
    pub const MOST_K: u8 = 50;

    /// What decides about the types, for who sets it; with the number of the layer that shows types, if it is another.
    pub fn caption(&self, layer: Option<u8>) -> String {
        let neighbours = match self.k {
            1 => "nearest neighbour".to_owned(),
            k => format!("{k} nearest neighbours"),
        };
        let layer = layer.filter(|&k| k != self.k).map(|k| format!(" The marks in the plane go by {k}."));
        format!("A point's type follows from its {neighbours}.{}", layer.unwrap_or_default())
    }

    /// The types in a sentence: "borderline and rare".
    pub fn types_in_words(&self) -> String {
        and(&self.types.iter().map(|hardness| hardness.name().to_owned()).collect::<Vec<_>>())
    }

    /// The restriction in a few words: "borderline and rare only".
    pub fn in_words(&self) -> String {
        let by = match self.k {
            Self::DEFAULT_K => String::new(),
            1 => " by 1 neighbour".to_owned(),
            k => format!(" by {k} neighbours"),
        };
        format!("{} only{by}", self.types_in_words())
    }

    /// Positions of the rows that an over-sampler for `growing` classes sees.
    pub(super) fn seen(&self, x: &Rows, y: &[Class], growing: &[Class]) -> Result<Vec<u32>, Fault> {
        let types = hardness(x, y, usize::from(self.k)).map_err(|fault| match fault {
            Fault::TooFewRows { neighbors, itself, rows, queries, class, .. } => {
                Fault::TooFewRows { parameter: "k of the types", neighbors, itself, rows, queries, class }
            }
            Fault::TooManyNeighbors { neighbors, rows, remembered, .. } => {
                Fault::TooManyNeighbors { parameter: "k of the types", neighbors, rows, remembered }
            }
            other => other,
        })?;
        let seen = |row: &usize| !growing.contains(&y[*row]) || self.types.contains(&types[*row]);
        let seen: Vec<u32> = (0..y.len()).filter(seen).map(|row| row as u32).collect();
        for &class in growing {
            if !seen.iter().any(|&row| y[row as usize] == class) {
                let of = |hardness| (0..y.len()).filter(|&row| y[row] == class && types[row] == hardness).count();
                let counts: Vec<String> = Hardness::ALL.iter().map(|&h| format!("{} {}", of(h), h.name())).collect();
                let wanted: Vec<&str> = self.types.iter().map(|hardness| hardness.name()).collect();
                let message = format!(
                    "no row to start from is {}: there are {}; choose a type that occurs",
                    wanted.join(" or "),
                    counts.join(", ")
                );
                let library = format!("no row of class {class} is of the chosen types");
                return Err(Fault::Algorithm { message, library, library_type: "ValueError" });
            }
        }
        Ok(seen)
    }

    /// The sampler of `call`, wrapped.
    pub fn python(&self, call: PythonCall) -> PythonCall {
        let types: Vec<String> = self.types.iter().map(|hardness| format!("\"{}\"", hardness.name())).collect();
        let k = if self.k == Self::DEFAULT_K { String::new() } else { format!(", k={}", self.k) };
        let mut imports = call.imports;
        imports.extend([
            ("imblearn.utils", "check_sampling_strategy"),
            ("sklearn.base", "BaseEstimator"),
            ("sklearn.base", "clone"),
            ("sklearn.neighbors", "NearestNeighbors"),
        ]);
        let wrapped = format!("OnlyTypes({}, [{}]{k})", call.call, types.join(", "));
        let code = call.code.into_iter().chain([ONLY_TYPES]).collect();
        PythonCall { imports, code, call: wrapped, soft_labels: call.soft_labels }
    }
}

/// What a restriction came to in one stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restriction {
    /// What was asked for.
    pub only: OnlyTypes,
    /// The classes that grow, ascending.
    pub classes: Vec<Class>,
    /// Their rows that take part.
    pub seen: usize,
    /// All their rows.
    pub of: usize,
}

impl Restriction {
    /// "Only the borderline minority points (12 of 70) take part, by their 5 nearest neighbours."
    pub fn told(&self, chain: &Chain) -> Sentence {
        let classes: Vec<String> = self.classes.iter().map(|&class| words::class(chain, class)).collect();
        let neighbours = match self.only.k {
            1 => "nearest neighbour".to_owned(),
            k => format!("*{k}* nearest neighbours"),
        };
        Sentence::marked(&format!(
            "Only the {} {} points (*{}* of *{}*) take part, by their {neighbours}.",
            self.only.types_in_words(),
            and(&classes),
            self.seen,
            self.of
        ))
    }

    /// A fault of the sampler, which saw but the rows that were left to it: what is wrong, and that more types help.
    pub(super) fn write_fault(&self, fault: &Fault, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // More types would be more of what is too much.
        if let Fault::TooManyNeighbors { .. } = fault {
            return write!(f, "{fault}");
        }
        let class = match self.classes.as_slice() {
            [class] => class_word(Some(*class)),
            _ => "",
        };
        let (types, seen, of) = (self.only.types_in_words(), self.seen, self.of);
        let leaves = format!("the restriction to {types} leaves {seen} of {of} {class}rows");
        let Fault::TooFewRows { parameter, neighbors, itself, rows, class, .. } = fault else {
            return write!(f, "{fault} ({leaves}; allow more types)");
        };
        let itself = usize::from(*itself);
        let (needed, verb) = (neighbors.saturating_add(itself), if *rows == 1 { "is" } else { "are" });
        write!(
            f,
            "{neighbors} neighbours ({parameter}) need at least {needed} {}rows, there {verb} {rows}: {leaves}; ",
            class_word(*class)
        )?;
        match rows.saturating_sub(itself) {
            0 => write!(f, "allow more types"),
            most => write!(f, "allow more types or lower {parameter} to {most}"),
        }
    }
}

/// The word for a class before "rows" in an error.
pub(super) fn class_word(class: Option<Class>) -> &'static str {
    match class {
        Some(0) => "majority ",
        Some(1) => "minority ",
        _ => "",
    }
}

/// "a", "a and b", "a, b and c".
fn and(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

const ONLY_TYPES: &str = include_str!("only_types.py");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caption_tells_the_neighbours_that_decide_and_when_the_layer_goes_by_others() {
        let caption = |k, layer| OnlyTypes { types: vec![Hardness::Rare], k }.caption(layer);
        assert_eq!(caption(9, None), "A point's type follows from its 9 nearest neighbours.");
        assert_eq!(caption(9, Some(9)), caption(9, None));
        assert_eq!(
            caption(1, Some(5)),
            "A point's type follows from its nearest neighbour. The marks in the plane go by 5."
        );
    }
}
