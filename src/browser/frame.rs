//! Work for the next frame, and at most once per frame.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

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
}

/// One call of the browser serves all: a dozen canvases that are drawn anew ask it once, not a dozen times.
#[derive(Default)]
struct Bell {
    /// Work that this frame has had or will have soon. Weak: a dropped owner must not be kept alive by its frame.
    taken: RefCell<Vec<Weak<Inner>>>,
    frame: RefCell<Option<Frame>>,
    /// Work to be done as soon as the browser has time.
    soon: RefCell<Vec<Weak<Inner>>>,
    idle: RefCell<Option<Timeout>>,
}

thread_local!(static BELL: Bell = Bell::default());

impl OncePerFrame {
    /// The work, given the time in milliseconds.
    pub fn new(work: impl FnMut(f64) + 'static) -> Self {
        let work = RefCell::new(Box::new(work) as Box<dyn FnMut(f64)>);
        OncePerFrame { inner: Rc::new(Inner { work, asked: Cell::new(false), taken: Cell::new(false) }) }
    }

    /// Asks for the work before the next paint. May be called from within the work itself: the frame after, then.
    pub fn request(&self) {
        let inner = &self.inner;
        if inner.asked.replace(true) || inner.taken.get() {
            return;
        }
        BELL.with(|bell| {
            bell.take_frame(inner);
            let mut soon = bell.soon.borrow_mut();
            if soon.is_empty() {
                bell.idle.replace(Some(Timeout::new(0, || {
                    let asked = BELL.with(|bell| bell.soon.take());
                    let now = now_millis();
                    asked.iter().filter_map(Weak::upgrade).for_each(|inner| inner.work(now));
                })));
            }
            soon.push(Rc::downgrade(inner));
        });
    }
}

impl Bell {
    fn take_frame(&self, inner: &Rc<Inner>) {
        inner.taken.set(true);
        let mut taken = self.taken.borrow_mut();
        if taken.is_empty() {
            // In a frame this replaces the one that is running: a closure stays alive until its call returns.
            self.frame.replace(Some(on_next_frame(|time| {
                let over = BELL.with(|bell| bell.taken.take());
                for inner in over.iter().filter_map(Weak::upgrade) {
                    inner.taken.set(false);
                    if inner.asked.get() {
                        BELL.with(|bell| bell.take_frame(&inner));
                        inner.work(time);
                    }
                }
            })));
        }
        taken.push(Rc::downgrade(inner));
    }
}

impl Inner {
    fn work(&self, time_millis: f64) {
        if self.asked.get()
            && let Ok(mut work) = self.work.try_borrow_mut()
        {
            self.asked.set(false);
            work(time_millis);
        }
    }
}
