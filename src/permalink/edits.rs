//! Drawn points (`0:1.5,2;1.6,2.2;1:3,4`: a class and a colon switch the class of what follows) and erased rows
//! (`3,7-12`).

use super::text::{float, quote, read_float};
use crate::base::{Class, Point};

/// More rows than a data set may have cannot be drawn or erased.
const ROWS_AT_MOST: usize = 100_000;

/// Text of drawn points, in order.
pub(super) fn write_points(points: &[(Point, Class)]) -> String {
    let mut out = String::new();
    let mut class = None;
    for (i, (point, c)) in points.iter().enumerate() {
        if i > 0 {
            out.push(';');
        }
        if class != Some(*c) {
            out.push_str(&format!("{c}:"));
            class = Some(*c);
        }
        out.push_str(&format!("{},{}", float(point[0]), float(point[1])));
    }
    out
}

/// Reads drawn points; what is no point is left out, with one note that counts.
pub(super) fn read_points(text: &str, notes: &mut Vec<String>) -> Vec<(Point, Class)> {
    let (mut points, mut class) = (Vec::new(), Some(0));
    let (mut wrong, mut first_wrong, mut too_many) = (0, "", 0);
    for part in text.split(';').filter(|p| !p.is_empty()) {
        let mut coordinates = part;
        if let Some((head, tail)) = part.split_once(':') {
            class = head.trim().parse::<Class>().ok().filter(|c| *c <= 1);
            coordinates = tail;
        }
        let point = coordinates.split_once(',').and_then(|(x, y)| Some([read_float(x)?, read_float(y)?]));
        match (point, class) {
            (Some(_), Some(_)) if points.len() == ROWS_AT_MOST => too_many += 1,
            (Some(point), Some(class)) => points.push((point, class)),
            _ => {
                if wrong == 0 {
                    first_wrong = part;
                }
                wrong += 1;
            }
        }
    }
    if wrong > 0 {
        notes.push(format!(
            "points: {wrong} left out, the first is {}; a point is x,y, with 0: or 1: before it for its class",
            quote(first_wrong)
        ));
    }
    if too_many > 0 {
        notes.push(format!("points: {too_many} left out, at most {ROWS_AT_MOST} can be drawn"));
    }
    points
}

/// Text of ascending row numbers, runs as `first-last`.
pub(super) fn write_rows(rows: &[u32]) -> String {
    let mut runs: Vec<[u32; 2]> = Vec::new();
    for &row in rows {
        match runs.last_mut() {
            Some(run) if row.checked_sub(1) == Some(run[1]) => run[1] = row,
            _ => runs.push([row, row]),
        }
    }
    let text: Vec<String> = runs.iter().map(|[a, b]| if a == b { a.to_string() } else { format!("{a}-{b}") }).collect();
    text.join(",")
}

/// Reads row numbers, sorted and without repetition.
pub(super) fn read_rows(text: &str, notes: &mut Vec<String>) -> Vec<u32> {
    let last_row = ROWS_AT_MOST as u32 - 1;
    let mut rows = Vec::new();
    for part in text.split(',').filter(|p| !p.is_empty()) {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        match (first.trim().parse::<u32>(), last.trim().parse::<u32>()) {
            // Bounding the total keeps a short text of overlapping runs from asking for endless memory.
            (Ok(a), Ok(b)) if a <= b && b <= last_row && rows.len() <= 2 * ROWS_AT_MOST => rows.extend(a..=b),
            _ => notes.push(format!("erase: {} is left out; rows are numbers up to {last_row} or a-b", quote(part))),
        }
    }
    rows.sort_unstable();
    rows.dedup();
    rows
}
