//! A number as it is typed. It is read as a link reads it, so that a box takes what a link takes and says the same of
//! what neither can take.

use crate::permalink::{float, read_number};

/// What became of a typed text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Typed {
    /// The number; `None` when the text is none.
    pub value: Option<f64>,
    /// What the reader should know: that it is not what was typed, or why it is not taken.
    pub note: Option<String>,
}

/// Reads a typed text into a range. A comma may stand for the decimal point.
pub(super) fn read(text: &str, whole: bool, range: [f64; 2]) -> Typed {
    let text = text.trim();
    match read_number(&text.replace(',', "."), whole, range) {
        Some(number) => {
            let note = number.moved.map(|why| format!("{text} is {why}; {} is used.", float(number.value)));
            Typed { value: Some(number.value), note }
        }
        None => {
            let what = if whole { "a whole number" } else { "a number" };
            let note = format!("“{text}” is not {what} from {} to {}.", float(range[0]), float(range[1]));
            Typed { value: None, note: Some(note) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_in_range_is_taken_as_it_is() {
        for (text, value) in [("0.02", 0.02), (" 0,02 ", 0.02), ("1e-4", 1e-4)] {
            assert_eq!(read(text, false, [1e-5, 1.0]), Typed { value: Some(value), note: None });
        }
    }

    #[test]
    fn what_is_out_of_range_is_moved_with_a_word() {
        let moved = |text, whole, range| {
            let typed = read(text, whole, range);
            (typed.value.unwrap(), typed.note.unwrap())
        };
        assert_eq!(moved("5000", true, [1.0, 1000.0]), (1000.0, "5000 is above 1000; 1000 is used.".to_owned()));
        assert_eq!(moved("0", false, [1e-4, 1e4]), (1e-4, "0 is below 0.0001; 0.0001 is used.".to_owned()));
        assert_eq!(moved("2.6", true, [1.0, 9.0]), (3.0, "2.6 is not a whole number; 3 is used.".to_owned()));
    }

    #[test]
    fn what_is_no_number_is_refused_with_a_word() {
        for text in ["many", "", "1e999", "NaN"] {
            let typed = read(text, false, [0.0, 1.0]);
            assert_eq!(typed.value, None);
            assert_eq!(typed.note, Some(format!("“{text}” is not a number from 0 to 1.")));
        }
    }
}
