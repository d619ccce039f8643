//! The size of an element, now and whenever it changes.

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

/// Width and height of the first element that `selector` names, in CSS pixels; `None` while it takes no room.
pub fn size_of(selector: &str) -> Option<[f64; 2]> {
    let place = super::window()?.document()?.query_selector(selector).ok()??.get_bounding_client_rect();
    let size = [place.width(), place.height()];
    (size[0] > 0.0 && size[1] > 0.0).then_some(size)
}

impl Drop for Resize {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
