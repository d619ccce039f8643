//! The part of the address after `#`: where the lab keeps its link.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsValue;

use super::listener::Listener;
use super::timer::Timeout;

/// Writing the address takes a browser as long as a frame, and Chromium and Safari throttle pages that do it many times a
/// second (100 in 30 seconds): nothing is written while a hand still moves.
const REPLACE_MILLIS: i32 = 400;

/// What stands after `#`, as it stands (not decoded); empty when there is nothing.
pub fn read() -> String {
    let hash = super::window().and_then(|w| w.location().hash().ok()).unwrap_or_default();
    hash.strip_prefix('#').unwrap_or(&hash).to_owned()
}

/// The whole address with `hash` after `#`, for sharing.
pub fn href_with(hash: &str) -> String {
    let href = super::window().and_then(|w| w.location().href().ok()).unwrap_or_default();
    let base = href.split('#').next().unwrap_or_default();
    format!("{base}#{hash}")
}

/// Calls `f` with the new hash on Back, Forward, a pasted address or a clicked `#` link; not on [`Writer`]'s changes.
pub fn on_change(mut f: impl FnMut(String) + 'static) -> Option<Listener> {
    // `popstate` alone: every fragment navigation fires it, and listening to `hashchange` too would report twice.
    let window = super::window()?;
    Some(Listener::new(&window, "popstate", move |_| f(read())))
}

/// Writes the hash: at once with a new entry in the history, or in place once what is dragged has come to rest.
#[derive(Clone, Default)]
pub struct Writer {
    pending: Rc<RefCell<Option<(String, Timeout)>>>,
}

impl Writer {
    /// A new entry in the history (a committed change). A replacement still waiting is dropped.
    pub fn push(&self, hash: &str) {
        self.pending.borrow_mut().take();
        if read() != hash {
            write(hash, true);
        }
    }

    /// Changes the present entry, once no other call has come for 0.4 seconds; the last of many calls wins.
    pub fn replace(&self, hash: &str) {
        let slot = Rc::downgrade(&self.pending);
        let timeout = Timeout::new(REPLACE_MILLIS, move || {
            let taken = slot.upgrade().and_then(|s| s.borrow_mut().take());
            if let Some((hash, _spent)) = taken {
                write(&hash, false);
            }
        });
        self.pending.replace(Some((hash.to_owned(), timeout)));
    }

    /// Writes a waiting replacement at once.
    pub fn flush(&self) {
        let taken = self.pending.borrow_mut().take();
        if let Some((hash, _)) = taken {
            write(&hash, false);
        }
    }
}

fn write(hash: &str, push: bool) {
    let Some(history) = super::window().and_then(|w| w.history().ok()) else { return };
    let url = format!("#{hash}");
    // Refused when there were too many changes: the next one will carry the newer state anyway.
    let _ = match push {
        true => history.push_state_with_url(&JsValue::NULL, "", Some(&url)),
        false => history.replace_state_with_url(&JsValue::NULL, "", Some(&url)),
    };
}
