//! The canvas as a back end of the plane.

use std::cell::RefCell;

use wasm_bindgen::{Clamped, JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use crate::base::Point;
use crate::browser::canvas::{Surface2d, context_2d, fit, resize};
use crate::figure::plane::{Anchor, Colour, Marks, Painter, Raster, Shape, StampPainter, Stroke};

/// From so many marks on they are stamped into pixels here: a path of a thousand circles takes a browser ten times as
/// long.
pub(super) const STAMPED: usize = 300;

/// Draws on a canvas, in CSS pixels. The canvas is cleared by the first thing that is drawn.
pub(super) struct CanvasPainter<'a> {
    canvas: &'a HtmlCanvasElement,
    /// Of the picture, in CSS pixels.
    size: Point,
    scratch: &'a Scratch,
    /// What is drawn on; none while nothing has been drawn.
    begun: Option<Surface2d>,
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
        become_raster(canvas, raster)?;
        Ok(canvas)
    }
}

/// A canvas that has a few pixels of its own, which the browser stretches.
#[derive(Default)]
pub(super) struct Stretched {
    /// Where it was put.
    place: Option<String>,
}

impl Stretched {
    /// Shows the raster between two corners of the parent, in CSS pixels; hidden without corners.
    pub fn show(&mut self, canvas: &HtmlCanvasElement, raster: &Raster, corners: Option<[Point; 2]>) {
        let shown = corners.filter(|_| !raster.rgba.is_empty() && become_raster(canvas, raster).is_ok());
        let place = match shown {
            Some([[x0, y0], [x1, y1]]) => {
                let (width, height) = (x1 - x0, y1 - y0);
                format!("position:absolute;left:{x0}px;top:{y0}px;width:{width}px;height:{height}px")
            }
            None => {
                resize(canvas, 1, 1);
                "display:none".to_owned()
            }
        };
        if self.place.as_ref() != Some(&place) {
            canvas.style().set_css_text(&place);
            self.place = Some(place);
        }
    }
}

/// Gives a canvas the pixels of the raster and no others.
fn become_raster(canvas: &HtmlCanvasElement, raster: &Raster) -> Result<(), JsValue> {
    resize(canvas, raster.width, raster.height);
    put(&context_2d(canvas).ok_or(JsValue::NULL)?, raster)
}

/// Replaces the pixels of a canvas.
fn put(context: &CanvasRenderingContext2d, raster: &Raster) -> Result<(), JsValue> {
    let pixels = ImageData::new_with_u8_clamped_array_and_sh(Clamped(&raster.rgba), raster.width, raster.height)?;
    context.put_image_data(&pixels, 0.0, 0.0)
}

impl<'a> CanvasPainter<'a> {
    /// A picture of so many CSS pixels in place of what is on the canvas.
    pub fn new(canvas: &'a HtmlCanvasElement, size: Point, scratch: &'a Scratch) -> CanvasPainter<'a> {
        CanvasPainter { canvas, size, scratch, begun: None, lettered: false }
    }

    /// Ends the picture. A canvas on which nothing was drawn gives its pixels back: what a browser hands on with every
    /// frame is all of them, blank or not.
    pub fn finish(self) {
        if self.begun.is_none() {
            resize(self.canvas, 1, 1);
        }
    }

    /// The context, of a canvas that fits and was clear at first; none where the browser gives none.
    fn context(&mut self) -> Option<CanvasRenderingContext2d> {
        if self.begun.is_none() {
            let surface = fit(self.canvas, self.size[0], self.size[1])?;
            surface.context.clear_rect(0.0, 0.0, surface.width, surface.height);
            self.begun = Some(surface);
        }
        self.begun.as_ref().map(|surface| surface.context.clone())
    }

    /// Lays marks that are stamped over what is there.
    pub fn stamped(&mut self, draw: impl FnOnce(&mut StampPainter)) {
        // Nobody stamps within a stamping.
        let scratch = self.scratch;
        let Ok(mut stamps) = scratch.stamps.try_borrow_mut() else { return };
        let is_first = self.begun.is_none();
        let Some(context) = self.context() else { return };
        stamps.clear(self.size[0], self.size[1], self.begun.as_ref().map_or(1.0, |surface| surface.ratio));
        draw(&mut stamps);
        // Onto nothing, replacing is laying over; and it is the shorter way.
        if !(is_first && put(&context, &stamps.raster).is_ok()) {
            self.raster(&stamps.raster, [0.0, 0.0], self.size);
        }
    }
}

fn outline(context: &CanvasRenderingContext2d, stroke: Option<(Colour, f64)>) {
    if let Some((colour, width)) = stroke {
        context.set_stroke_style_str(&colour.css());
        context.set_line_width(width);
        context.stroke();
    }
}

impl Painter for CanvasPainter<'_> {
    fn raster(&mut self, raster: &Raster, [x0, y0]: Point, [x1, y1]: Point) {
        if raster.rgba.is_empty() {
            return;
        }
        let Some(context) = self.context() else { return };
        if let Ok(canvas) = self.scratch.with(raster) {
            context.set_image_smoothing_enabled(true);
            // Refused only for a canvas without pixels, which was ruled out.
            let _ = context.draw_image_with_html_canvas_element_and_dw_and_dh(canvas, x0, y0, x1 - x0, y1 - y0);
        }
    }

    fn marks(&mut self, marks: &Marks) {
        if marks.at.len() >= STAMPED {
            self.stamped(|stamps| stamps.marks(marks));
            return;
        }
        let (Some(context), r) = (self.context(), marks.radius) else { return };
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
        outline(&context, marks.ink.stroke);
    }

    fn line(&mut self, points: &[Point], closed: bool, stroke: Stroke) {
        let [first, rest @ ..] = points else { return };
        let Some(context) = self.context() else { return };
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
        outline(&context, Some((stroke.colour, stroke.width)));
        if dashed {
            let _ = context.set_line_dash(&js_sys::Array::new());
        }
    }

    fn text(&mut self, text: &str, [x, y]: Point, anchor: Anchor, colour: Colour) {
        let Some(context) = self.context() else { return };
        if !std::mem::replace(&mut self.lettered, true) {
            context.set_font("10px system-ui, sans-serif");
        }
        context.set_text_align(match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "center",
            Anchor::End => "end",
        });
        context.set_fill_style_str(&colour.css());
        let _ = context.fill_text(text, x, y);
    }
}
