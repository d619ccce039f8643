//! From an SVG text to a PNG file, by the browser's own drawing.

use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlImageElement;

use super::{canvas, picture};

/// Offers an SVG as a PNG file of `width` x `height` pixels; the error says what to do instead.
pub async fn save_as_png(name: &str, svg: &str, width: u32, height: u32) -> Result<(), String> {
    let refused = || "This browser could not turn the picture into a PNG. Take the SVG instead.".to_owned();
    let image = HtmlImageElement::new().map_err(|_| refused())?;
    let encoded: String = js_sys::encode_uri_component(svg).into();
    image.set_src(&format!("data:image/svg+xml;charset=utf-8,{encoded}"));
    JsFuture::from(image.decode()).await.map_err(|_| refused())?;
    let target = picture::blank(width, height).ok_or_else(refused)?;
    let context = canvas::context_2d(&target).ok_or_else(refused)?;
    context
        .draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, f64::from(width), f64::from(height))
        .map_err(|_| refused())?;
    picture::save_png(name, &target).ok_or_else(refused)
}
