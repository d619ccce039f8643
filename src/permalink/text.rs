//! Numbers and words as they stand in a link.

/// The shortest digits that read back as the same number, with an exponent where plain digits would be many zeros.
pub fn float(value: f64) -> String {
    let (plain, exponent) = (format!("{value}"), format!("{value:e}"));
    if exponent.len() + 5 < plain.len() { exponent } else { plain }
}

/// A finite number.
pub(super) fn read_float(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|v| v.is_finite())
}

/// What a number of a link turned into.
pub struct Number {
    /// In range, and whole when it has to be.
    pub value: f64,
    /// Set when it is not what was asked for: "above 1000", "not a whole number".
    pub moved: Option<String>,
}

/// Reads a number into a range; `None`: no number at all.
pub fn read_number(text: &str, whole: bool, [min, max]: [f64; 2]) -> Option<Number> {
    let asked = read_float(text)?;
    let (mut value, mut moved) = (asked, None);
    if whole && value.fract() != 0.0 {
        value = value.round();
        moved = Some("not a whole number".to_string());
    }
    if value < min {
        moved = Some(format!("below {}", float(min)));
    } else if value > max {
        moved = Some(format!("above {}", float(max)));
    }
    Some(Number { value: value.clamp(min, max), moved })
}

/// The text in quotation marks, cut when it is long: a note is a sentence.
pub(super) fn quote(text: &str) -> String {
    const SHOWN: usize = 40;
    let mut shown: String = text.chars().filter(|c| !c.is_control()).take(SHOWN).collect();
    if text.chars().count() > SHOWN {
        shown.push('…');
    }
    format!("\"{shown}\"")
}

/// "a, b or c".
pub(super) fn or_list<S: AsRef<str>>(words: &[S]) -> String {
    match words {
        [] => String::new(),
        [one] => one.as_ref().to_string(),
        [head @ .., last] => {
            let head: Vec<&str> = head.iter().map(AsRef::as_ref).collect();
            format!("{} or {}", head.join(", "), last.as_ref())
        }
    }
}
