//! Numbers as words on screen: figures that do not jump, true minus signs, no more digits than can be read.

use crate::figure::whole;

/// Numbers as they are printed, with the minus sign that is as wide as a plus.
pub fn minus(text: &str) -> String {
    text.replace('-', "−")
}

/// A share with three decimals and without its leading zero: `.952`, `1.000`.
pub fn score(value: f64) -> String {
    let text = minus(&format!("{value:.3}"));
    match text.strip_prefix("0.") {
        Some(decimals) => format!(".{decimals}"),
        None => text.replacen("−0.", "−.", 1),
    }
}

/// A change with its sign: `+.42`, `−.03`, `±.00`.
pub fn delta(change: f64) -> String {
    let text = format!("{:.2}", change.abs());
    let text = text.strip_prefix('0').unwrap_or(&text);
    match text {
        ".00" => "±.00".to_owned(),
        _ if change > 0.0 => format!("+{text}"),
        _ => format!("−{text}"),
    }
}

/// A whole number with a thin gap every three digits: `1 905`.
pub fn count(n: f64) -> String {
    let digits = whole(n);
    if digits.len() < 5 {
        return digits;
    }
    let mut out = String::with_capacity(digits.len() * 2);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

/// A share in per cent with one decimal: `8.3%`; a dash where there is nothing to share.
pub fn percent(part: f64, whole: f64) -> String {
    if whole > 0.0 { format!("{:.1}%", 100.0 * part / whole) } else { "–".to_owned() }
}

/// A setting with as many decimals as it needs, at most `decimals`.
pub fn setting(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

/// So many characters fit in the box of a number.
const ROOM: usize = 7;

/// A number as it stands in a box: all its digits where there is room for them, else with `decimals`, and three figures
/// of a small one, so that nothing but zero looks like zero.
pub fn number(value: f64, decimals: usize) -> String {
    let all = value.to_string();
    if all.len() <= ROOM {
        return all;
    }
    let zeros = if value == 0.0 { 0.0 } else { -value.abs().log10().floor() };
    setting(value, decimals.max((zeros + 2.0).max(0.0) as usize))
}

/// How far a value may be off, as it stands behind it: `± 0.0012`, `± below 0.0001`.
pub fn error(by: f64) -> String {
    const LEAST: f64 = 1e-4;
    // Up, so that the error is never said to be smaller than it is.
    if by < LEAST { "± below 0.0001".to_owned() } else { format!("± {:.4}", (by / LEAST).ceil() * LEAST) }
}

/// A ratio as it is said: `1 : 20`, `1 : 4.7`.
pub fn ratio(majority: f64, minority: f64) -> String {
    if minority <= 0.0 {
        return "one class".to_owned();
    }
    let ratio = majority / minority;
    if ratio >= 1.0 { format!("1 : {}", rounded(ratio)) } else { format!("{} : 1", rounded(1.0 / ratio)) }
}

fn rounded(ratio: f64) -> String {
    setting(ratio, if ratio < 10.0 { 1 } else { 0 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_drop_the_leading_zero_only() {
        assert_eq!(score(0.9523), ".952");
        assert_eq!(score(1.0), "1.000");
        assert_eq!(score(-0.25), "−.250");
    }

    #[test]
    fn a_change_too_small_to_show_has_no_direction() {
        assert_eq!(delta(0.004), "±.00");
        assert_eq!(delta(-0.004), "±.00");
        assert_eq!(delta(0.42), "+.42");
        assert_eq!(delta(-1.25), "−1.25");
    }

    #[test]
    fn a_box_shows_all_digits_of_a_number_or_three_figures() {
        assert_eq!(number(0.02, 2), "0.02");
        assert_eq!(number(0.0001, 3), "0.0001");
        assert_eq!(number(0.0123, 2), "0.0123");
        assert_eq!(number(0.048_273_6, 3), "0.0483");
        assert_eq!(number(20.069_444_4, 1), "20.1");
        assert_eq!(number(100_000.0, 0), "100000");
        assert_eq!(number(0.1 + 0.2, 2), "0.3");
    }

    #[test]
    fn an_error_is_rounded_up_and_never_zero() {
        assert_eq!(error(1.2e-6), "± below 0.0001");
        assert_eq!(error(1.01e-4), "± 0.0002");
        assert_eq!(error(0.0312), "± 0.0312");
    }

    #[test]
    fn counts_are_grouped_from_five_digits_on() {
        assert_eq!(count(1905.0), "1905");
        assert_eq!(count(12345.0), "12\u{202f}345");
        assert_eq!(count(100_000.0), "100\u{202f}000");
    }

    #[test]
    fn ratios_are_said_with_the_smaller_class_first() {
        assert_eq!(ratio(100.0, 5.0), "1 : 20");
        assert_eq!(ratio(14.0, 3.0), "1 : 4.7");
        assert_eq!(ratio(2.0, 6.0), "3 : 1");
        assert_eq!(ratio(7.0, 0.0), "one class");
    }
}
