//! Canvases that are not on the page, and what is drawn on them as a PNG file.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Blob, HtmlCanvasElement};

use super::download;

/// A canvas of `width` x `height` pixels that is on no page.
pub fn blank(width: u32, height: u32) -> Option<HtmlCanvasElement> {
    let element = super::window()?.document()?.create_element("canvas").ok()?;
    let canvas: HtmlCanvasElement = element.dyn_into().ok()?;
    canvas.set_width(width);
    canvas.set_height(height);
    Some(canvas)
}

/// Offers what stands on `canvas` as a PNG called `name`.
pub fn save_png(name: &str, canvas: &HtmlCanvasElement) -> Option<()> {
    let name = name.to_string();
    let callback = Closure::once_into_js(move |blob: Option<Blob>| {
        if let Some(blob) = blob {
            download::save_blob(&name, &blob);
        }
    });
    canvas.to_blob(callback.unchecked_ref()).ok()
}
