//! Reads a file of the site at once. A worker may wait for it; a window must not and is refused.

use web_sys::XmlHttpRequest;

/// The text of a file, its address relative to the worker's script; the error says why there is none.
pub fn read_text(address: &str) -> Result<String, String> {
    let refused = |_| "the browser refuses or is offline".to_owned();
    let request = XmlHttpRequest::new().map_err(refused)?;
    request.open_with_async("GET", address, false).map_err(refused)?;
    request.send().map_err(refused)?;
    match request.status() {
        Ok(200) => Ok(request.response_text().map_err(refused)?.unwrap_or_default()),
        Ok(status) => Err(format!("the server answers {status}")),
        Err(error) => Err(refused(error)),
    }
}
