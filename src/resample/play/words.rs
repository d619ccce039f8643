//! Sentences with bold numbers in them, and the words for rows, classes, places and counts.

use std::fmt;

use crate::base::{Class, Point};
use crate::resample::{Chain, Origin, RowId};

/// A stretch of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// What it says.
    pub text: String,
    /// Whether it is a number to be seen at a glance.
    pub strong: bool,
}

/// One or more sentences. `Display` gives the plain text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence(pub Vec<Span>);

impl Sentence {
    /// Reads text in which `*` opens and closes what is strong.
    pub fn marked(text: &str) -> Self {
        let span = |(at, part): (usize, &str)| Span { text: part.to_string(), strong: at % 2 == 1 };
        Self(text.split('*').enumerate().map(span).filter(|span| !span.text.is_empty()).collect())
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|span| f.write_str(&span.text))
    }
}

/// "minority" and "majority" where there are two classes, "class 2" otherwise.
pub fn class(chain: &Chain, class: Class) -> String {
    let binary = chain.pool_y.iter().all(|&y| y < 2);
    match class {
        0 if binary => "majority".to_string(),
        1 if binary => "minority".to_string(),
        _ => format!("class {class}"),
    }
}

/// `#5` for a training row, `s3` for the row that was generated as number 3.
pub fn name(chain: &Chain, row: RowId) -> String {
    match (row as usize).checked_sub(chain.n_train()) {
        None => format!("*#{row}*"),
        Some(made) => format!("*s{made}*"),
    }
}

/// "minority point #5", "synthetic minority point s3", "mixed minority point s3".
pub fn point(chain: &Chain, row: RowId) -> String {
    let adjective = match chain.pool_origin[row as usize] {
        Origin::Original => "",
        Origin::Copy { .. } => "repeated ",
        Origin::Mixed { .. } => "mixed ",
        _ => "synthetic ",
    };
    format!("{adjective}{} point {}", class(chain, chain.pool_y[row as usize]), name(chain, row))
}

/// With a capital first letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Two decimals, with a real minus sign.
pub fn number(value: f64) -> String {
    let text = format!("{value:.2}");
    match text.strip_prefix('-') {
        Some("0.00") => "0.00".to_string(),
        Some(rest) => format!("\u{2212}{rest}"),
        None => text,
    }
}

/// A length: two decimals, or two digits where that would be too few.
pub fn length(value: f64) -> String {
    match value {
        0.1.. => number(value),
        0.01..0.1 => format!("{value:.3}"),
        0.001..0.01 => format!("{value:.4}"),
        0.0 => "0".to_string(),
        _ => format!("{value:.1e}"),
    }
}

/// `(1.31, −0.22)`.
pub fn place([x, y]: Point) -> String {
    format!("({}, {})", number(x), number(y))
}

/// "one" to "ten", then digits.
pub fn count(n: usize) -> String {
    const WORDS: [&str; 11] = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.get(n).map_or_else(|| n.to_string(), |word| (*word).to_string())
}

/// "first" to "tenth", then "11th".
pub fn ordinal(n: usize) -> String {
    const WORDS: [&str; 11] =
        ["0th", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    let ending = match (n % 10, n % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    WORDS.get(n).map_or_else(|| format!("{n}{ending}"), |word| (*word).to_string())
}

/// `n` and the word, with an s unless there is one of it.
pub fn plural(n: usize, word: &str) -> String {
    format!("*{n}* {word}{}", if n == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_between_stars_is_strong() {
        let sentence = Sentence::marked("gap = *0.42* puts it there.");
        assert_eq!(sentence.to_string(), "gap = 0.42 puts it there.");
        assert_eq!(sentence.0[1], Span { text: "0.42".to_string(), strong: true });
    }

    #[test]
    fn numbers_read_as_a_person_writes_them() {
        assert_eq!(place([1.306, -0.222]), "(1.31, \u{2212}0.22)");
        assert_eq!(number(-0.001), "0.00");
        assert_eq!([length(1.234), length(0.0123), length(0.00123), length(0.0)], ["1.23", "0.012", "0.0012", "0"]);
        assert_eq!([ordinal(3), ordinal(11), ordinal(21), ordinal(112)], ["third", "11th", "21st", "112th"]);
        assert_eq!([plural(1, "link"), plural(2, "link")], ["*1* link", "*2* links"]);
    }
}
