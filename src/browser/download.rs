//! Hands the reader a file that was made in the page.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

use super::timer::Timeout;

/// Offers `bytes` as a download called `name`.
pub fn save(name: &str, mime: &str, bytes: &[u8]) -> Option<()> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let parts = Array::of1(&Uint8Array::from(bytes));
    save_blob(name, &Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?)
}

/// Offers a blob (for example from `HTMLCanvasElement.toBlob`) as a download called `name`.
pub fn save_blob(name: &str, blob: &Blob) -> Option<()> {
    let document = super::window()?.document()?;
    let url = Url::create_object_url_with_blob(blob).ok()?;
    let anchor: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    anchor.set_href(&url);
    anchor.set_download(name);
    // Firefox follows a click only on an anchor that is in the document.
    document.body()?.append_child(&anchor).ok()?;
    anchor.click();
    anchor.remove();
    // The download starts after the click returns, so the address must outlive this call a little.
    std::mem::forget(Timeout::new(10_000, move || {
        let _ = Url::revoke_object_url(&url);
    }));
    Some(())
}
