//! A canvas that is sharp: its pixels follow the device pixel ratio while drawing stays in CSS pixels.

use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// A canvas ready to be drawn on in CSS pixels.
#[derive(Clone)]
pub struct Surface2d {
    /// The context, scaled so that one unit is one CSS pixel.
    pub context: CanvasRenderingContext2d,
    /// Width in CSS pixels.
    pub width: f64,
    /// Height in CSS pixels.
    pub height: f64,
    /// Canvas pixels per CSS pixel (as rounded by the canvas size).
    pub ratio: f64,
}

/// Device pixels per CSS pixel, 1 where unknown.
pub fn device_pixel_ratio() -> f64 {
    let ratio = super::window().map_or(1.0, |w| w.device_pixel_ratio());
    if ratio.is_finite() && ratio > 0.0 { ratio } else { 1.0 }
}

/// The 2-D context, or `None` when the canvas already has another kind.
pub fn context_2d(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok()??.dyn_into().ok()
}

/// Gives the canvas `width` x `height` CSS pixels at the device's resolution and scales its context to CSS pixels.
///
/// The caller clears.
pub fn fit(canvas: &HtmlCanvasElement, width: f64, height: f64) -> Option<Surface2d> {
    let ratio = device_pixel_ratio();
    let (w, h) = ((width * ratio).round().max(1.0) as u32, (height * ratio).round().max(1.0) as u32);
    resize(canvas, w, h);
    let context = context_2d(canvas)?;
    context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0).ok()?;
    Some(Surface2d { context, width, height, ratio })
}

/// Gives the canvas that many pixels. Setting a size clears a canvas and is slow, so one that has it already is left
/// alone.
pub fn resize(canvas: &HtmlCanvasElement, width: u32, height: u32) {
    if canvas.width() != width {
        canvas.set_width(width);
    }
    if canvas.height() != height {
        canvas.set_height(height);
    }
}
