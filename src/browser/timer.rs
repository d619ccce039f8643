//! `setTimeout` that is cancelled on `Drop`, in a window or in a worker.

use js_sys::{Function, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// A call that will be made once, unless this is dropped before.
#[must_use = "the call is cancelled when this is dropped"]
pub struct Timeout {
    handle: JsValue,
    _callback: Closure<dyn FnMut()>,
}

impl Timeout {
    /// Calls `f` once, `millis` from now.
    pub fn new(millis: i32, f: impl FnOnce() + 'static) -> Self {
        let callback = Closure::once(f);
        let handle = call("setTimeout", callback.as_ref(), &JsValue::from(millis));
        Timeout { handle, _callback: callback }
    }
}

impl Drop for Timeout {
    fn drop(&mut self) {
        call("clearTimeout", &self.handle, &JsValue::UNDEFINED);
    }
}

/// Calls a global function by name: `window` and the worker's scope share no type in web-sys that has timers.
fn call(name: &str, first: &JsValue, second: &JsValue) -> JsValue {
    let global = js_sys::global();
    Reflect::get(&global, &JsValue::from_str(name))
        .ok()
        .and_then(|f| f.dyn_into::<Function>().ok())
        .and_then(|f| f.call2(&global, first, second).ok())
        .unwrap_or(JsValue::UNDEFINED)
}
