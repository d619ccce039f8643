//! Quiet axes: short ticks and numbers along the lower and the left edge, inside the picture. Where a unit is not as
//! long on both, they say so.

use super::frame::Frame;
use super::look::Look;
use super::painter::{Anchor, Painter, Stroke};

/// What is said beside the name of the second axis.
const NOT_TO_SCALE: &str = " (axes not to the same scale)";

/// Round numbers that divide `low..high` into about `n` parts.
pub fn ticks(low: f64, high: f64, n: usize) -> Vec<f64> {
    let rough = (high - low) / n.max(1) as f64;
    if !(rough.is_finite() && rough > 0.0) {
        return Vec::new();
    }
    let decade = 10_f64.powf(rough.log10().floor());
    let step = decade * [1.0, 2.0, 5.0, 10.0].into_iter().find(|f| f * decade >= rough).unwrap_or(10.0);
    let first = (low / step).ceil();
    (0..=2 * n + 2).map(|i| (first + i as f64) * step).take_while(|&v| v <= high).collect()
}

/// A tick's number, as short as its distance to the next tick allows.
fn label(value: f64, step: f64) -> String {
    let digits = (-step.log10().floor()).clamp(0.0, 9.0) as usize;
    let text = format!("{value:.digits$}");
    let is_zero = text.bytes().all(|b| matches!(b, b'-' | b'0' | b'.'));
    if is_zero { "0".to_owned() } else { text.replace('-', "\u{2212}") }
}

/// The axes; `columns` are their names.
pub fn paint_axes<P: Painter>(painter: &mut P, frame: &Frame, look: &Look, columns: &[String; 2]) {
    let seen = frame.visible();
    let stroke = Stroke { colour: look.ink.with_alpha(0.45), width: 1.0, dash: &[] };
    let colour = look.ink.with_alpha(0.8);
    let (width, height) = (frame.width, frame.height);
    let along_x = ticks(seen.x0, seen.x1, (width / 110.0) as usize);
    for &value in &along_x {
        let x = frame.canvas_from_data([value, 0.0])[0].round() + 0.5;
        painter.line(&[[x, height], [x, height - 4.0]], false, stroke);
        if x > 40.0 && x < width - 50.0 {
            painter.text(&label(value, step(&along_x)), [x, height - 7.0], Anchor::Middle, colour);
        }
    }
    let along_y = ticks(seen.y0, seen.y1, (height / 90.0) as usize);
    for &value in &along_y {
        let y = frame.canvas_from_data([0.0, value])[1].round() + 0.5;
        painter.line(&[[0.0, y], [4.0, y]], false, stroke);
        if y > 34.0 && y < height - 24.0 {
            painter.text(&label(value, step(&along_y)), [7.0, y + 3.5], Anchor::Start, colour);
        }
    }
    painter.text(&columns[0], [width - 8.0, height - 7.0], Anchor::End, colour);
    let note = if frame.is_to_scale() { "" } else { NOT_TO_SCALE };
    painter.text(&format!("{}{note}", columns[1]), [7.0, 15.0], Anchor::Start, colour);
}

fn step(ticks: &[f64]) -> f64 {
    match ticks {
        [a, b, ..] => b - a,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_inside() {
        assert_eq!(ticks(-1.2, 2.9, 4), vec![0.0, 2.0]);
        assert_eq!(ticks(-1.2, 2.9, 5), vec![-1.0, 0.0, 1.0, 2.0]);
        assert_eq!(label(0.1 + 0.2, 0.1), "0.3");
        assert_eq!(label(-0.25, 0.05), "\u{2212}0.25");
        assert_eq!(label(-1e-17, 0.5), "0");
        assert_eq!(label(2000.0, 500.0), "2000");
    }

    #[test]
    fn impossible_ranges_have_no_ticks() {
        for (low, high) in [(1.0, 1.0), (2.0, 1.0), (f64::NAN, 1.0), (0.0, f64::INFINITY)] {
            assert!(ticks(low, high, 5).is_empty());
        }
        assert!(ticks(1e15, 1e15 + 0.001, 5).len() < 20);
    }
}
