//! A sheet to draw on: any plotters back end, addressed in CSS pixels with fractions.
//!
//! plotters works in whole pixels and knows no device pixel ratio, so a sheet multiplies every length (strokes and
//! fonts too) by a scale first: the ratio on a canvas, [`SVG_SCALE`] in an SVG. It never asks plotters to measure
//! text, which in a browser would insert an element into the page; labels are anchored instead.

use plotters::coord::Shift;
use plotters::element::{Circle, DashedPathElement, PathElement, Polygon, Rectangle};
use plotters::prelude::{DrawingArea, DrawingBackend, IntoDrawingArea};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, FontTransform, RGBAColor, ShapeStyle, TextStyle};

use super::FigureError;

/// Units of an SVG per CSS pixel: whole units are then a tenth of a pixel.
pub const SVG_SCALE: f64 = 10.0;

/// plotters' SVG back end divides font sizes by this; its canvas back end does not.
const SVG_FONT_FACTOR: f64 = 1.24;

/// A point in CSS pixels, y down.
pub type Spot = [f64; 2];

/// Where a text hangs on its spot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The spot is left of the text.
    Start,
    /// The spot is its middle.
    Middle,
    /// The spot is right of it.
    End,
}

/// How a text looks.
#[derive(Clone, Copy)]
pub struct Label {
    /// CSS pixels.
    pub size: f64,
    /// Its colour.
    pub color: RGBAColor,
    /// Horizontal anchor; vertically the spot is the middle.
    pub anchor: Anchor,
    /// Bold.
    pub bold: bool,
    /// Reads upwards.
    pub upwards: bool,
}

impl Label {
    /// Plain text of `size`, anchored at `anchor`.
    pub fn new(size: f64, color: impl Color, anchor: Anchor) -> Label {
        Label { size, color: color.to_rgba(), anchor, bold: false, upwards: false }
    }

    /// About how wide `text` is at `size`: an estimate, because nothing here can measure it.
    pub fn width_of(text: &str, size: f64) -> f64 {
        text.chars().count() as f64 * size * 0.52
    }

    /// The same in bold.
    pub fn bold(self) -> Label {
        Label { bold: true, ..self }
    }

    /// The same, reading upwards.
    pub fn upwards(self) -> Label {
        Label { upwards: true, ..self }
    }
}

/// A plotters back end, addressed in CSS pixels.
pub struct Sheet<DB: DrawingBackend> {
    area: DrawingArea<DB, Shift>,
    scale: f64,
    font_factor: f64,
}

impl<DB: DrawingBackend> Sheet<DB> {
    /// A canvas whose backing store has `device_pixel_ratio` pixels per CSS pixel.
    pub fn canvas(backend: DB, device_pixel_ratio: f64) -> Sheet<DB> {
        Sheet { area: backend.into_drawing_area(), scale: device_pixel_ratio.clamp(0.1, 16.0), font_factor: 1.0 }
    }

    /// An SVG back end whose size is [`SVG_SCALE`] times the size of the figure.
    pub fn svg(backend: DB) -> Sheet<DB> {
        Sheet { area: backend.into_drawing_area(), scale: SVG_SCALE, font_factor: SVG_FONT_FACTOR }
    }

    /// Width and height in CSS pixels.
    pub fn size(&self) -> (f64, f64) {
        let (width, height) = self.area.dim_in_pixel();
        (f64::from(width) / self.scale, f64::from(height) / self.scale)
    }

    /// Device pixels per CSS pixel.
    pub fn scale(&self) -> f64 {
        self.scale
    }

    /// Everything in one colour.
    pub fn fill(&self, color: impl Color) -> Result<(), FigureError> {
        self.area.fill(&color).map_err(FigureError::drawing)
    }

    /// A filled rectangle.
    pub fn block(&self, from: Spot, to: Spot, color: impl Color) -> Result<(), FigureError> {
        let rectangle = Rectangle::new([self.pixel(from), self.pixel(to)], color.to_rgba().filled());
        self.area.draw(&rectangle).map_err(FigureError::drawing)
    }

    /// A horizontal or vertical hairline: a rectangle, which is crisp at every ratio.
    pub fn hairline(&self, from: Spot, to: Spot, color: impl Color) -> Result<(), FigureError> {
        let thin = 1.0 / self.scale.min(1.0);
        let wide = |a: f64, b: f64| if a == b { b + thin } else { b };
        self.block(from, [wide(from[0], to[0]), wide(from[1], to[1])], color)
    }

    /// A line through `spots`.
    pub fn path(&self, spots: &[Spot], width: f64, color: impl Color) -> Result<(), FigureError> {
        self.pixel_path(spots.iter().map(|&spot| self.pixel(spot)).collect(), width, color)
    }

    /// A line through points that are pixels already (see [`Sheet::pixel`]).
    pub fn pixel_path(&self, pixels: Vec<(i32, i32)>, width: f64, color: impl Color) -> Result<(), FigureError> {
        self.area.draw(&PathElement::new(pixels, self.stroke(width, color))).map_err(FigureError::drawing)
    }

    /// A dashed line through points that are pixels already.
    pub fn pixel_dashes(
        &self,
        pixels: Vec<(i32, i32)>,
        (dash, gap): (f64, f64),
        width: f64,
        color: impl Color,
    ) -> Result<(), FigureError> {
        let (dash, gap) = (self.length(dash).max(1), self.length(gap).max(1));
        let path = DashedPathElement::new(pixels, dash, gap, self.stroke(width, color));
        self.area.draw(&path).map_err(FigureError::drawing)
    }

    /// A dashed line through `spots`.
    pub fn dashes(
        &self,
        spots: &[Spot],
        pattern: (f64, f64),
        width: f64,
        color: impl Color,
    ) -> Result<(), FigureError> {
        self.pixel_dashes(spots.iter().map(|&spot| self.pixel(spot)).collect(), pattern, width, color)
    }

    /// A filled polygon.
    pub fn polygon(&self, spots: &[Spot], color: impl Color) -> Result<(), FigureError> {
        let pixels: Vec<_> = spots.iter().map(|&spot| self.pixel(spot)).collect();
        self.area.draw(&Polygon::new(pixels, color.to_rgba())).map_err(FigureError::drawing)
    }

    /// A disc.
    pub fn disc(&self, at: Spot, radius: f64, color: impl Color) -> Result<(), FigureError> {
        let disc = Circle::new(self.pixel(at), self.length(radius), color.to_rgba().filled());
        self.area.draw(&disc).map_err(FigureError::drawing)
    }

    /// A ring.
    pub fn ring(&self, at: Spot, radius: f64, width: f64, color: impl Color) -> Result<(), FigureError> {
        let ring = Circle::new(self.pixel(at), self.length(radius), self.stroke(width, color));
        self.area.draw(&ring).map_err(FigureError::drawing)
    }

    /// A line of text.
    pub fn text(&self, text: &str, at: Spot, label: Label) -> Result<(), FigureError> {
        let style = if label.bold { FontStyle::Bold } else { FontStyle::Normal };
        let size = label.size * self.scale * self.font_factor;
        let mut font = FontDesc::new(FontFamily::Name("system-ui, sans-serif"), size, style);
        if label.upwards {
            font = font.transform(FontTransform::Rotate270);
        }
        let h_pos = match label.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let style = TextStyle::from(font).color(&label.color).pos(Pos::new(h_pos, VPos::Center));
        self.area.draw_text(text, &style, self.pixel(at)).map_err(FigureError::drawing)
    }

    /// Lines of text, centred on `at`, broken so that each is about `width` wide at most. The width of a word is
    /// estimated, because nothing here can measure it.
    pub fn paragraph(&self, text: &str, at: Spot, width: f64, label: Label) -> Result<(), FigureError> {
        let most = ((width / (label.size * 0.52)) as usize).max(8);
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            match lines.last_mut() {
                Some(line) if line.chars().count() + 1 + word.chars().count() <= most => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_string()),
            }
        }
        let leading = label.size * 1.4;
        let first = at[1] - leading * (lines.len().saturating_sub(1)) as f64 / 2.0;
        for (index, line) in lines.iter().enumerate() {
            self.text(line, [at[0], first + leading * index as f64], label)?;
        }
        Ok(())
    }

    /// The device pixel of a spot.
    pub fn pixel(&self, [x, y]: Spot) -> (i32, i32) {
        // `as` saturates and sends NaN to 0: a figure off the sheet is invisible, never a panic.
        ((x * self.scale).round() as i32, (y * self.scale).round() as i32)
    }

    /// Ends the drawing (an SVG writes its closing tag).
    pub fn finish(&self) -> Result<(), FigureError> {
        self.area.present().map_err(FigureError::drawing)
    }

    fn length(&self, css: f64) -> i32 {
        (css * self.scale).round() as i32
    }

    fn stroke(&self, width: f64, color: impl Color) -> ShapeStyle {
        ShapeStyle { color: color.to_rgba(), filled: false, stroke_width: self.length(width).max(1) as u32 }
    }
}
