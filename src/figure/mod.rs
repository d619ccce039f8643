//! Figures: a report becomes a drawing, by plotters, on any of its back ends. The canvas of the page and the SVG of
//! the command line are the same drawing.
//!
//! A figure has three layers ([`Layer`]): what is the same for all models of the same test rows, what a move of the
//! threshold leaves alone (curves, bars, the ghosts of the pinned run), and what moves with it, which takes
//! microseconds, so that dragging the threshold redraws a few marks and no curve. [`draw`] is all of them, on a filled
//! ground with a heading. Nothing is computed here: a figure reads the counts of the one sweep.

mod confusion;
pub mod contour;
mod curve;
mod curves;
mod describe;
#[cfg(test)]
mod example;
mod frame;
mod grip;
pub mod plane;
mod readout;
pub mod scores;
pub mod sheet;
mod theme;
mod thin;

use std::fmt;

use plotters::prelude::{DrawingBackend, SVGBackend};

pub use curve::{Curve, neighbor_threshold, short_threshold};
pub use describe::describe;
pub use frame::Frame;
pub use grip::{Move, scores_at, threshold_at, threshold_by_key};
pub use readout::{Readout, count, rate, threshold_text, whole};
pub use sheet::Sheet;
pub use theme::Theme;
pub use thin::{straighten, thin};

use crate::experiment::{Report, View};
use sheet::{Anchor, Label, SVG_SCALE};

/// Room for the heading of a figure that stands alone, CSS pixels.
const HEADING: f64 = 26.0;

/// Which figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Points and decision surface.
    Plane,
    /// Precision over recall.
    PrecisionRecall,
    /// True over false positive rate.
    Roc,
    /// The confusion matrix.
    Confusion,
    /// Scores by class.
    Scores,
}

impl Kind {
    /// Every figure.
    pub const ALL: [Kind; 5] = [Kind::Plane, Kind::PrecisionRecall, Kind::Roc, Kind::Confusion, Kind::Scores];

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Kind::Plane => "The plane",
            Kind::PrecisionRecall => "Precision–recall",
            Kind::Roc => "ROC",
            Kind::Confusion => "Confusion matrix",
            Kind::Scores => "Scores by class",
        }
    }

    /// Its name on the command line and in file names.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Plane => "plane",
            Kind::PrecisionRecall => "pr",
            Kind::Roc => "roc",
            Kind::Confusion => "confusion",
            Kind::Scores => "scores",
        }
    }

    fn title_in_sentence(self) -> &'static str {
        match self {
            Kind::Plane => "plane",
            Kind::PrecisionRecall => "precision-recall curve",
            Kind::Roc => "ROC curve",
            Kind::Confusion => "confusion matrix",
            Kind::Scores => "histogram of scores",
        }
    }

    /// Where its data lie on a sheet of this size, `top` pixels of which are a heading.
    pub fn frame(self, width: f64, height: f64, top: f64) -> Frame {
        match self {
            Kind::Plane | Kind::PrecisionRecall | Kind::Roc => curves::frame(width, height, top),
            Kind::Confusion => confusion::frame(width, height, top),
            Kind::Scores => scores::frame(width, height, top),
        }
    }

    /// The curve, when it is one.
    pub fn curve(self) -> Option<Curve> {
        match self {
            Kind::PrecisionRecall => Some(Curve::PrecisionRecall),
            Kind::Roc => Some(Curve::Roc),
            Kind::Plane | Kind::Confusion | Kind::Scores => None,
        }
    }
}

/// The baseline that a figure is compared with.
#[derive(Clone, Copy)]
pub struct Pinned<'a> {
    /// Its numbers.
    pub report: &'a Report,
    /// Its threshold.
    pub threshold: f64,
}

/// What a figure shows.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The numbers.
    pub report: &'a Report,
    /// The present threshold.
    pub threshold: f64,
    /// The baseline, drawn as a ghost.
    pub pinned: Option<Pinned<'a>>,
}

/// Why a figure could not be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FigureError {
    /// A size that no figure fits in.
    Size {
        /// As asked for, CSS pixels.
        width: u32,
        /// As asked for, CSS pixels.
        height: u32,
    },
    /// The plane has its own drawing, because it needs the scored grid.
    PlaneNeedsSurface,
    /// The back end refused.
    Drawing(String),
}

impl FigureError {
    fn drawing(error: impl fmt::Display) -> FigureError {
        FigureError::Drawing(error.to_string())
    }
}

impl fmt::Display for FigureError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FigureError::Size { width, height } => {
                write!(f, "a figure of {width} x {height} pixels: choose a size from 80 x 60 to 8000 x 8000")
            }
            FigureError::PlaneNeedsSurface => write!(f, "the plane is drawn from a surface: use figure::plane"),
            FigureError::Drawing(message) => write!(f, "the figure could not be drawn: {message}"),
        }
    }
}

impl std::error::Error for FigureError {}

/// A part of a figure that is redrawn by itself.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Layer {
    /// What is the same for all results in which a curve is defined: axes and their names.
    Axes,
    /// The numbers that a move of the threshold leaves alone.
    Still,
    /// What moves with the threshold, and what is hovered.
    Marks {
        /// The threshold under the pointer.
        hover: Option<f64>,
    },
}

/// Draws one layer. `top` pixels are left for a heading.
pub fn draw_layer<DB: DrawingBackend>(
    layer: Layer,
    kind: Kind,
    sheet: &Sheet<DB>,
    scene: &Scene,
    top: f64,
    theme: &Theme,
) -> Result<(), FigureError> {
    let (width, height) = sheet.size();
    let frame = kind.frame(width, height, top);
    match (kind, kind.curve(), layer) {
        (_, Some(curve), Layer::Axes) => curves::draw_axes(curve, sheet, &frame, scene, theme),
        (_, Some(curve), Layer::Still) => curves::draw_still(curve, sheet, &frame, scene, theme),
        (_, Some(curve), Layer::Marks { hover }) => curves::draw_marks(curve, sheet, &frame, scene, hover, theme),
        (Kind::Scores, _, Layer::Axes) => scores::draw_axes(sheet, &frame, theme),
        (Kind::Scores, _, Layer::Still) => scores::draw_still(sheet, &frame, scene, theme),
        (Kind::Scores, _, Layer::Marks { hover }) => scores::draw_marks(sheet, &frame, scene, hover, theme),
        (Kind::Confusion, _, Layer::Marks { .. }) => confusion::draw(sheet, &frame, scene, theme),
        (Kind::Confusion, _, _) => Ok(()),
        _ => Err(FigureError::PlaneNeedsSurface),
    }
}

/// Draws the whole figure as it stands alone: ground, heading, every layer.
pub fn draw<DB: DrawingBackend>(
    kind: Kind,
    sheet: &Sheet<DB>,
    scene: &Scene,
    theme: &Theme,
) -> Result<(), FigureError> {
    sheet.fill(theme.card)?;
    sheet.text(kind.title(), [10.0, HEADING / 2.0 + 2.0], Label::new(13.0, theme.ink, Anchor::Start).bold())?;
    for layer in [Layer::Axes, Layer::Still, Layer::Marks { hover: None }] {
        draw_layer(layer, kind, sheet, scene, HEADING, theme)?;
    }
    Ok(())
}

/// The figure as an SVG document of `size` CSS pixels, with a title and a text alternative. The plane has its own.
pub fn svg(
    kind: Kind,
    report: &Report,
    pinned: Option<Pinned<'_>>,
    view: &View,
    size: (u32, u32),
    theme: &Theme,
) -> Result<String, FigureError> {
    let (width, height) = size;
    if !(80..=8000).contains(&width) || !(60..=8000).contains(&height) {
        return Err(FigureError::Size { width, height });
    }
    let scene = Scene { report, threshold: view.threshold, pinned };
    let mut body = String::new();
    let units = (width * SVG_SCALE as u32, height * SVG_SCALE as u32);
    {
        let sheet = Sheet::svg(SVGBackend::with_string(&mut body, units));
        draw(kind, &sheet, &scene, theme)?;
        sheet.finish()?;
    }
    Ok(with_header(&body, kind.title(), &describe(kind, &scene), size, units))
}

/// Replaces the opening tag, whose size is in units, by one in CSS pixels with a title and a description.
fn with_header(body: &str, title: &str, description: &str, size: (u32, u32), units: (u32, u32)) -> String {
    let rest = body.split_once('>').map_or("", |(_, rest)| rest);
    let escape = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {} {}\" role=\"img\">\n\
         <title>{}</title>\n<desc>{}</desc>{rest}",
        size.0,
        size.1,
        units.0,
        units.1,
        escape(title),
        escape(description)
    )
}

#[cfg(test)]
mod tests;
