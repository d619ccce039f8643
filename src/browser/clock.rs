//! Milliseconds since the page (or the worker) started, and named moments for whoever measures the page.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Performance;

/// `performance.now()`, in a window or in a worker; 0 where there is no clock.
pub fn now_millis() -> f64 {
    performance().map_or(0.0, |p| p.now())
}

/// Leaves a named moment in the browser's timeline (`performance.mark`).
pub fn mark(name: &str) {
    if let Some(p) = performance() {
        // A full buffer only loses a measurement.
        let _ = p.mark(name);
    }
}

fn performance() -> Option<Performance> {
    // Read from the global object: a worker has no `window`.
    Reflect::get(&js_sys::global(), &JsValue::from_str("performance")).ok()?.dyn_into().ok()
}
