//! Tasks that wait, so that what belongs together is shown together.
//!
//! A control that is dragged changes the specification up to sixty times a second, and most results are there before the
//! next frame. Were the page to show the new setting at once and the result when it comes, it would be laid out, painted
//! and composed twice for each move; and the first time would take from the worker the very time in which the result
//! could have been in the same frame. So for the length of about one frame all tasks wait, which is what the effects of
//! the page are, except those that ask for the result.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
use wasm_bindgen_futures::spawn_local;

use super::clock::now_millis;
use super::frame::{Frame, on_next_frame};

/// The hold ends with the first frame that comes so long after its begin: browsers hand out moves of the pointer right
/// before a frame, and that one comes too soon.
const SHORTEST_MILLIS: f64 = 14.0;

#[derive(Default)]
struct Hold {
    /// When it began, milliseconds.
    since: Cell<Option<f64>>,
    waiting: RefCell<Vec<Waker>>,
    frame: RefCell<Option<Frame>>,
    exempting: Cell<bool>,
}

thread_local!(static HOLD: Hold = Hold::default());

/// Makes the tasks of the page such that can be held. To be called before anything is spawned.
pub fn install() {
    // Refused when there is another executor, under which nothing waits.
    let _ = Executor::init_local_custom_executor(HoldableTasks);
}

/// What is spawned while `f` runs never waits.
pub fn exempt<T>(f: impl FnOnce() -> T) -> T {
    let before = HOLD.with(|hold| hold.exempting.replace(true));
    let result = f();
    HOLD.with(|hold| hold.exempting.set(before));
    result
}

/// From now on tasks wait: until [`end`], and no longer than to the frame after the coming one.
pub fn begin() {
    HOLD.with(|hold| {
        if hold.since.get().is_none() {
            hold.since.set(Some(now_millis()));
            end_with_a_frame(hold);
        }
    });
}

/// Tasks go on.
pub fn end() {
    HOLD.with(|hold| {
        if hold.since.take().is_some() {
            hold.frame.take();
            hold.waiting.take().into_iter().for_each(Waker::wake);
        }
    });
}

fn end_with_a_frame(hold: &Hold) {
    // This may replace the frame that is running: a closure stays alive until its call returns.
    hold.frame.replace(Some(on_next_frame(|_| {
        HOLD.with(|hold| match hold.since.get() {
            Some(since) if now_millis() - since < SHORTEST_MILLIS => end_with_a_frame(hold),
            _ => end(),
        });
    })));
}

/// The executor of the page.
struct HoldableTasks;

impl CustomExecutor for HoldableTasks {
    fn spawn(&self, task: PinnedFuture<()>) {
        self.spawn_local(task);
    }

    fn spawn_local(&self, task: PinnedLocalFuture<()>) {
        if HOLD.with(|hold| hold.exempting.get()) {
            spawn_local(task);
        } else {
            spawn_local(Holdable(task));
        }
    }

    // The browser polls.
    fn poll_local(&self) {}
}

/// A task that does not go on while there is a hold.
struct Holdable(PinnedLocalFuture<()>);

impl Future for Holdable {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let held = HOLD.with(|hold| {
            let held = hold.since.get().is_some();
            if held {
                hold.waiting.borrow_mut().push(context.waker().clone());
            }
            held
        });
        if held { Poll::Pending } else { self.0.as_mut().poll(context) }
    }
}
