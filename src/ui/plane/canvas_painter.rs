//! The canvas as a back end of the plane.

use std::cell::RefCell;

use wasm_bindgen::{Clamped, JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use crate::base::Point;
use crate::browser::canvas::{Surface2d, context_2d};
use crate::figure::plane::{Anchor, Colour, Marks, Painter, Raster, Shape, StampPainter, Stroke};

/// From so many marks on they are stamped into pixels here: a path of a thousand circles takes a browser ten times as
/// long.
pub(super) const STAMPED: usize = 300;

/// Draws on a canvas, in CSS pixels.
pub(super) struct CanvasPainter<'a> {
    target: &'a Surface2d,
    context: &'a CanvasRenderingContext2d,
    scratch: &'a Scratch,
    /// Whether nothing has been drawn yet.
    blank: bool,
    /// Whether the font is set: browsers look it up again every time that they are told.
    lettered: bool,
}

/// What drawing needs beside the canvas that is seen, kept from one picture to the next.
pub(super) struct Scratch {
    /// A canvas that nobody sees: pixels go through it, because `putImageData` knows neither stretching nor blending.
    canvas: Option<HtmlCanvasElement>,
    /// The sheet for stamps.
    stamps: RefCell<StampPainter>,
}

impl Scratch {
    pub fn new() -> Scratch {
        let element = web_sys::window().and_then(|w| w.document()?.create_element("canvas").ok());
        Scratch { canvas: element.and_then(|element| element.dyn_into().ok()), stamps: RefCell::default() }
    }

    /// A place to leave one that is lent out.
    pub fn none() -> Scratch {
        Scratch { canvas: None, stamps: RefCell::default() }
    }

    /// The raster as a canvas.
    fn with(&self, raster: &Raster) -> Result<&HtmlCanvasElement, JsValue> {
        let canvas = self.canvas.as_ref().ok_or(JsValue::NULL)?;
        if canvas.width() != raster.width {
            canvas.set_width(raster.width);
        }
        if canvas.height() != raster.height {
            canvas.set_height(raster.height);
        }
        put(&context_2d(canvas).ok_or(JsValue::NULL)?, raster)?;
        Ok(canvas)
    }
}

/// Replaces the pixels of a canvas.
fn put(context: &CanvasRenderingContext2d, raster: &Raster) -> Result<(), JsValue> {
    let pixels = ImageData::new_with_u8_clamped_array_and_sh(Clamped(&raster.rgba), raster.width, raster.height)?;
    context.put_image_data(&pixels, 0.0, 0.0)
}

impl<'a> CanvasPainter<'a> {
    /// On a canvas that was cleared.
    pub fn new(target: &'a Surface2d, scratch: &'a Scratch) -> CanvasPainter<'a> {
        CanvasPainter { target, context: &target.context, scratch, blank: true, lettered: false }
    }

    /// Whether nothing has been drawn.
    pub fn is_blank(&self) -> bool {
        self.blank
    }

    /// Lays marks that are stamped over what is there.
    pub fn stamped(&mut self, draw: impl FnOnce(&mut StampPainter)) {
        // Nobody stamps within a stamping.
        let scratch = self.scratch;
        let Ok(mut stamps) = scratch.stamps.try_borrow_mut() else { return };
        stamps.clear(self.target.width, self.target.height, self.target.ratio);
        draw(&mut stamps);
        // Onto nothing, replacing is laying over; and it is the shorter way.
        if self.blank && put(self.context, &stamps.raster).is_ok() {
            self.blank = false;
        } else {
            self.raster(&stamps.raster, [0.0, 0.0], [self.target.width, self.target.height]);
        }
    }

    fn outline(&self, stroke: Option<(Colour, f64)>) {
        if let Some((colour, width)) = stroke {
            self.context.set_stroke_style_str(&colour.css());
            self.context.set_line_width(width);
            self.context.stroke();
        }
    }
}

impl Painter for CanvasPainter<'_> {
    fn raster(&mut self, raster: &Raster, [x0, y0]: Point, [x1, y1]: Point) {
        if raster.rgba.is_empty() {
            return;
        }
        self.blank = false;
        if let Ok(canvas) = self.scratch.with(raster) {
            self.context.set_image_smoothing_enabled(true);
            // Refused only for a canvas without pixels, which was ruled out.
            let _ = self.context.draw_image_with_html_canvas_element_and_dw_and_dh(canvas, x0, y0, x1 - x0, y1 - y0);
        }
    }

    fn marks(&mut self, marks: &Marks) {
        if marks.at.len() >= STAMPED {
            self.stamped(|stamps| stamps.marks(marks));
            return;
        }
        self.blank = false;
        let (context, r) = (self.context, marks.radius);
        context.begin_path();
        for &[x, y] in &marks.at {
            match marks.shape {
                Shape::Disc => {
                    context.move_to(x + r, y);
                    // Refused only for a negative radius.
                    let _ = context.arc(x, y, r, 0.0, std::f64::consts::TAU);
                }
                Shape::Diamond => {
                    context.move_to(x - r, y);
                    context.line_to(x, y + r);
                    context.line_to(x + r, y);
                    context.line_to(x, y - r);
                    context.close_path();
                }
                Shape::Slash => {
                    context.move_to(x - r, y + r);
                    context.line_to(x + r, y - r);
                }
                Shape::Square => context.rect(x - r, y - r, 2.0 * r, 2.0 * r),
                Shape::Cross => {
                    context.move_to(x - r, y + r);
                    context.line_to(x + r, y - r);
                    context.move_to(x - r, y - r);
                    context.line_to(x + r, y + r);
                }
                Shape::Plus => {
                    context.move_to(x - r, y);
                    context.line_to(x + r, y);
                    context.move_to(x, y - r);
                    context.line_to(x, y + r);
                }
            }
        }
        if let Some(fill) = marks.ink.fill {
            context.set_fill_style_str(&fill.css());
            context.fill();
        }
        self.outline(marks.ink.stroke);
    }

    fn line(&mut self, points: &[Point], closed: bool, stroke: Stroke) {
        let [first, rest @ ..] = points else { return };
        self.blank = false;
        let context = self.context;
        context.begin_path();
        context.move_to(first[0], first[1]);
        for p in rest {
            context.line_to(p[0], p[1]);
        }
        if closed {
            context.close_path();
        }
        let dashed = !stroke.dash.is_empty();
        if dashed {
            let dash: js_sys::Array = stroke.dash.iter().map(|&length| JsValue::from_f64(length)).collect();
            let _ = context.set_line_dash(&dash);
        }
        self.outline(Some((stroke.colour, stroke.width)));
        if dashed {
            let _ = context.set_line_dash(&js_sys::Array::new());
        }
    }

    fn text(&mut self, text: &str, [x, y]: Point, anchor: Anchor, colour: Colour) {
        self.blank = false;
        if !std::mem::replace(&mut self.lettered, true) {
            self.context.set_font("10px system-ui, sans-serif");
        }
        self.context.set_text_align(match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "center",
            Anchor::End => "end",
        });
        self.context.set_fill_style_str(&colour.css());
        let _ = self.context.fill_text(text, x, y);
    }
}
