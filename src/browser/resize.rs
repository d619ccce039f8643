//! Follows the size of an element.

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver, ResizeObserverEntry};

/// Keeps observing for as long as it lives.
#[must_use = "the element is no longer observed when this is dropped"]
pub struct Resize {
    observer: ResizeObserver,
    _callback: Closure<dyn FnMut(Array)>,
}

/// Calls `f` with the width and height of `element`'s content box in CSS pixels: once soon, then at every change.
pub fn on_resize(element: &Element, mut f: impl FnMut(f64, f64) + 'static) -> Option<Resize> {
    let callback = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
        let last = entries.get(entries.length().saturating_sub(1));
        if let Ok(entry) = last.dyn_into::<ResizeObserverEntry>() {
            let rect = entry.content_rect();
            f(rect.width(), rect.height());
        }
    });
    let observer = ResizeObserver::new(callback.as_ref().unchecked_ref()).ok()?;
    observer.observe(element);
    Some(Resize { observer, _callback: callback })
}

impl Drop for Resize {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
