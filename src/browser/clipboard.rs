//! Text to the clipboard.

use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// Copies `text`; the error says what to do instead.
pub async fn write_text(text: &str) -> Result<(), String> {
    let refused = || "The browser did not allow copying. Select the text and copy it by hand.".to_owned();
    let clipboard = super::window().ok_or_else(refused)?.navigator().clipboard();
    // Outside a secure context (https or localhost) `navigator.clipboard` does not exist.
    if AsRef::<JsValue>::as_ref(&clipboard).is_undefined() {
        return Err(refused());
    }
    JsFuture::from(clipboard.write_text(text)).await.map(|_| ()).map_err(|_| refused())
}
