//! Work for the next frame, and at most once per frame.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::clock::now_millis;
use super::timer::Timeout;

/// A call that will be made before the next paint, unless this is dropped before.
#[must_use = "the call is cancelled when this is dropped"]
pub struct Frame {
    handle: Option<i32>,
    _callback: Closure<dyn FnMut(f64)>,
}

/// Calls `f` with the frame's time (milliseconds) before the next paint.
pub fn on_next_frame(f: impl FnOnce(f64) + 'static) -> Frame {
    let callback = Closure::once(f);
    let handle = super::window().and_then(|w| w.request_animation_frame(callback.as_ref().unchecked_ref()).ok());
    Frame { handle, _callback: callback }
}

impl Drop for Frame {
    fn drop(&mut self) {
        if let (Some(handle), Some(window)) = (self.handle, super::window()) {
            let _ = window.cancel_animation_frame(handle);
        }
    }
}

/// Runs one piece of work at most once per frame, however often it is asked for. Pointer moves come faster than
/// frames; only the last one before a paint can be seen.
///
/// The first request of a frame is served as soon as the browser has nothing else to do, at the latest before the
/// paint: an answer that comes in the middle of a frame is then drawn while the frame is waited for, not after.
#[derive(Clone)]
pub struct OncePerFrame {
    inner: Rc<Inner>,
}

struct Inner {
    work: RefCell<Box<dyn FnMut(f64)>>,
    asked: Cell<bool>,
    /// Whether this frame has had its work, or will have it as soon as the browser has time.
    taken: Cell<bool>,
    frame: RefCell<Option<Frame>>,
    soon: RefCell<Option<Timeout>>,
}

impl OncePerFrame {
    /// The work, given the time in milliseconds.
    pub fn new(work: impl FnMut(f64) + 'static) -> Self {
        let inner = Inner {
            work: RefCell::new(Box::new(work)),
            asked: Cell::new(false),
            taken: Cell::new(false),
            frame: RefCell::new(None),
            soon: RefCell::new(None),
        };
        OncePerFrame { inner: Rc::new(inner) }
    }

    /// Asks for the work before the next paint. May be called from within the work itself: the frame after, then.
    pub fn request(&self) {
        let inner = &self.inner;
        if inner.asked.replace(true) || inner.taken.get() {
            return;
        }
        inner.take_frame();
        let weak = Rc::downgrade(inner);
        inner.soon.replace(Some(Timeout::new(0, move || {
            if let Some(inner) = weak.upgrade() {
                inner.work(now_millis());
            }
        })));
    }
}

impl Inner {
    fn take_frame(self: &Rc<Self>) {
        self.taken.set(true);
        // Weak: a dropped owner must not be kept alive by its own pending frame.
        let weak = Rc::downgrade(self);
        let frame = on_next_frame(move |time| {
            let Some(inner) = weak.upgrade() else { return };
            inner.taken.set(false);
            if inner.asked.get() {
                inner.take_frame();
                inner.work(time);
            }
        });
        // Inside the work this replaces the frame that is running: a closure stays alive until its call returns.
        self.frame.replace(Some(frame));
    }

    fn work(&self, time_millis: f64) {
        if self.asked.get()
            && let Ok(mut work) = self.work.try_borrow_mut()
        {
            self.asked.set(false);
            work(time_millis);
        }
    }
}
