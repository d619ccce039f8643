//! Reads a file that the reader chose or dropped.

use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

/// The largest file read: 100,000 rows of a wide table fit, a film does not.
pub const MAX_BYTES: f64 = 64.0 * 1024.0 * 1024.0;

/// The text of `file`; the error says what to change.
pub async fn read_text(file: &File) -> Result<String, String> {
    let blob: &Blob = file.as_ref();
    if blob.size() > MAX_BYTES {
        return Err(format!(
            "{} is larger than 64 MB. Keep the rows and columns that matter and try again.",
            file.name()
        ));
    }
    let text = JsFuture::from(blob.text()).await.map_err(|_| format!("{} could not be read.", file.name()))?;
    text.as_string().ok_or_else(|| format!("{} is not a text file.", file.name()))
}
