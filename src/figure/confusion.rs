//! The confusion matrix as a figure: rows are actual, columns predicted, as scikit-learn prints it.

use plotters::prelude::DrawingBackend;
use plotters::style::Color;

use super::curve::share;
use super::readout::count;
use super::sheet::{Anchor, Label, Sheet};
use super::{FigureError, Frame, Scene, Theme};

/// Two by two cells, right of and below their names.
pub fn frame(width: f64, height: f64, top: f64) -> Frame {
    Frame::new([74.0, top + 30.0], [width - 8.0, height - 8.0], [0.0, 2.0], [0.0, 2.0])
}

/// All of it: every number moves with the threshold.
pub fn draw<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    frame: &Frame,
    scene: &Scene,
    theme: &Theme,
) -> Result<(), FigureError> {
    let matrix = scene.report.sweep.confusion_at(scene.threshold);
    let (negatives, positives) = (matrix.tn + matrix.fp, matrix.fn_ + matrix.tp);
    let cells = [
        ("TN", matrix.tn, negatives, theme.majority.mix(0.16), [0.0, 1.0]),
        ("FP", matrix.fp, negatives, theme.bad.mix(0.09), [1.0, 1.0]),
        ("FN", matrix.fn_, positives, theme.bad.mix(0.09), [0.0, 0.0]),
        ("TP", matrix.tp, positives, theme.minority.mix(0.22), [1.0, 0.0]),
    ];
    for (name, value, row, color, [x, y]) in cells {
        let (from, to) = (frame.spot([x, y + 1.0]), frame.spot([x + 1.0, y]));
        sheet.block([from[0] + 2.0, from[1] + 2.0], [to[0] - 2.0, to[1] - 2.0], color)?;
        let [middle_x, middle_y] = frame.spot([x + 0.5, y + 0.5]);
        sheet.text(&count(value), [middle_x, middle_y - 9.0], Label::new(19.0, theme.ink, Anchor::Middle).bold())?;
        let percent = share(value, row).map_or_else(|| name.to_string(), |s| format!("{name} {:.1}%", s * 100.0));
        sheet.text(&percent, [middle_x, middle_y + 12.0], Label::new(12.0, theme.ink, Anchor::Middle))?;
    }
    let quiet = |anchor| Label::new(12.0, theme.muted, anchor);
    for (sign, at) in [("−", 0.5), ("+", 1.5)] {
        let column = [frame.spot([at, 2.0])[0], frame.from[1] - 12.0];
        sheet.text(&format!("predicted {sign}"), column, quiet(Anchor::Middle))?;
        let row = [frame.from[0] - 10.0, frame.spot([0.0, 2.0 - at])[1]];
        sheet.text(&format!("actual {sign}"), row, quiet(Anchor::End))?;
    }
    Ok(())
}
