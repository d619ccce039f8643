//! Draws precision-recall and ROC: the same frame, the same marks, so that side by side they can be compared.

use plotters::prelude::DrawingBackend;
use plotters::style::Color;

use super::curve::{Curve, share};
use super::sheet::{Anchor, Label, Sheet, Spot};
use super::{FigureError, Frame, Scene, Theme, thin};
use crate::metrics::Sweep;

/// From this width on there is room for a grid and its numbers.
const ROOMY: f64 = 300.0;

/// Where the unit square lies.
pub fn frame(width: f64, height: f64, top: f64) -> Frame {
    let (left, bottom) = if width >= ROOMY { (52.0, 44.0) } else { (22.0, 20.0) };
    Frame::new([left, top + 8.0], [width - 8.0, height - bottom], [0.0, 1.0], [0.0, 1.0])
}

/// Ghost, curve and, where it hangs on the rows, the chance line: what does not move with the threshold.
#[inline(never)]
pub fn draw_still<DB: DrawingBackend>(
    curve: Curve,
    sheet: &Sheet<DB>,
    frame: &Frame,
    scene: &Scene,
    theme: &Theme,
) -> Result<(), FigureError> {
    let sweep = &scene.report.sweep;
    if let Some(reason) = curve.undefined(sweep) {
        let label = Label::new(11.0, theme.muted, Anchor::Middle);
        return sheet.paragraph(&format!("Undefined: {reason}."), frame.spot([0.5, 0.5]), frame.width() - 8.0, label);
    }
    if curve == Curve::PrecisionRecall {
        chance_line(curve, sweep, sheet, frame, theme)?;
    }
    if let Some(pinned) = scene.pinned {
        let ghost = pixels(curve, sheet, frame, &pinned.report.sweep);
        sheet.pixel_dashes(ghost, (5.0, 3.0), 1.25, theme.muted)?;
    }
    sheet.pixel_path(pixels(curve, sheet, frame, sweep), 2.0, theme.ink)
}

/// The marks of the pinned and the present threshold and, when something is hovered, of that.
#[inline(never)]
pub fn draw_marks<DB: DrawingBackend>(
    curve: Curve,
    sheet: &Sheet<DB>,
    frame: &Frame,
    scene: &Scene,
    hover: Option<f64>,
    theme: &Theme,
) -> Result<(), FigureError> {
    if let Some(pinned) = scene.pinned.filter(|pinned| curve.undefined(&pinned.report.sweep).is_none()) {
        let at = frame.spot(curve.point(&pinned.report.sweep.confusion_at(pinned.threshold)));
        sheet.disc(at, 4.5, theme.card)?;
        sheet.ring(at, 4.5, 1.5, theme.muted)?;
    }
    let sweep = &scene.report.sweep;
    if curve.undefined(sweep).is_some() {
        return Ok(());
    }
    if let Some(hover) = hover {
        let at = frame.spot(curve.point(&sweep.confusion_at(hover)));
        sheet.hairline([at[0], frame.from[1]], [at[0], frame.to[1]], theme.muted.mix(0.5))?;
        sheet.hairline([frame.from[0], at[1]], [frame.to[0], at[1]], theme.muted.mix(0.5))?;
        sheet.ring(at, 5.0, 2.0, theme.minority)?;
    }
    mark(sheet, frame.spot(curve.point(&sweep.confusion_at(scene.threshold))), theme)
}

/// The one mark of the threshold, the same in every figure.
pub fn mark<DB: DrawingBackend>(sheet: &Sheet<DB>, at: Spot, theme: &Theme) -> Result<(), FigureError> {
    sheet.disc(at, 7.0, theme.card)?;
    sheet.disc(at, 5.5, theme.ink)
}

fn pixels<DB: DrawingBackend>(curve: Curve, sheet: &Sheet<DB>, frame: &Frame, sweep: &Sweep) -> Vec<(i32, i32)> {
    let path: Vec<_> = curve.path(sweep).into_iter().map(|point| sheet.pixel(frame.spot(point))).collect();
    thin(&path)
}

/// Axes, with a grid where there is room, and the chance line that is the same for all rows.
#[inline(never)]
pub fn draw_axes<DB: DrawingBackend>(
    curve: Curve,
    sheet: &Sheet<DB>,
    frame: &Frame,
    scene: &Scene,
    theme: &Theme,
) -> Result<(), FigureError> {
    let ([left, top], [right, bottom]) = (frame.from, frame.to);
    let roomy = sheet.size().0 >= ROOMY;
    let (size, ticks): (f64, &[f64]) =
        if roomy { (12.0, &[0.0, 0.2, 0.4, 0.6, 0.8, 1.0]) } else { (10.0, &[0.0, 1.0]) };
    for &tick in ticks {
        let (label, [x, y]) = (super::readout::tick_text(tick), frame.spot([tick, tick]));
        if roomy {
            sheet.hairline([x, top], [x, bottom], theme.line.mix(0.6))?;
            sheet.hairline([left, y], [right, y], theme.line.mix(0.6))?;
        }
        sheet.text(&label, [x, bottom + size], Label::new(size - 1.0, theme.muted, Anchor::Middle))?;
        sheet.text(&label, [left - 6.0, y], Label::new(size - 1.0, theme.muted, Anchor::End))?;
    }
    sheet.hairline([left, top], [left, bottom], theme.line)?;
    sheet.hairline([left, bottom], [right, bottom], theme.line)?;
    // In a small figure the titles share a line with the two numbers; in a roomy one they have their own.
    let gap = if roomy { size * 2.6 } else { size };
    let between = if roomy { 0.0 } else { 3.0 * size };
    let title = |long, short, room: f64| if Label::width_of(long, size) + between <= room { long } else { short };
    let (x_title, y_title) = match curve {
        Curve::PrecisionRecall => ("Recall", title("Precision", "Prec.", bottom - top)),
        Curve::Roc => {
            (title("False positive rate", "FPR", right - left), title("True positive rate", "TPR", bottom - top))
        }
    };
    let (x_title_at, y_title_at) = ([(left + right) / 2.0, bottom + gap], [left - gap, (top + bottom) / 2.0]);
    sheet.text(x_title, x_title_at, Label::new(size, theme.muted, Anchor::Middle))?;
    sheet.text(y_title, y_title_at, Label::new(size, theme.muted, Anchor::Middle).upwards())?;
    let sweep = &scene.report.sweep;
    match curve {
        Curve::Roc if curve.undefined(sweep).is_none() => chance_line(curve, sweep, sheet, frame, theme),
        _ => Ok(()),
    }
}

/// Where a model that knows nothing lies.
fn chance_line<DB: DrawingBackend>(
    curve: Curve,
    sweep: &Sweep,
    sheet: &Sheet<DB>,
    frame: &Frame,
    theme: &Theme,
) -> Result<(), FigureError> {
    let chance = match curve {
        Curve::PrecisionRecall => {
            let prevalence = share(sweep.n_pos, sweep.n_pos + sweep.n_neg).unwrap_or(0.0);
            [[0.0, prevalence], [1.0, prevalence]]
        }
        Curve::Roc => [[0.0, 0.0], [1.0, 1.0]],
    };
    sheet.dashes(&chance.map(|point| frame.spot(point)), (1.5, 3.0), 1.0, theme.muted)
}
