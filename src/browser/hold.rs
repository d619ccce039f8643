//! Tasks that wait, so that what belongs together is shown together.
//!
//! A control that is dragged changes the specification up to sixty times a second, and most results are there before the
//! next frame. Were the page to show the new setting at once and the result when it comes, it would be laid out, painted
//! and composed twice for each move; and the first time would take from the worker the very time in which the result
//! could have been in the same frame. So for a little longer than a frame all tasks wait, which is what the effects of
//! the page are, except those that ask for the result.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use any_spawner::{CustomExecutor, Executor, PinnedFuture, PinnedLocalFuture};
use wasm_bindgen_futures::spawn_local;

use super::timer::Timeout;

/// After so long without a move a drag rests.
const REST_MILLIS: i32 = 150;

/// The longest hold. By a timer and not by a frame: a result that is a little late for a frame is shown by the browser
/// as soon as it is there if nobody has asked for that frame, and only by the one after it otherwise.
const LONGEST_MILLIS: i32 = 24;

/// How a task behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Manner {
    /// Waits while there is a hold.
    #[default]
    Held,
    /// Waits until the drag rests.
    Calm,
    /// Never waits.
    Exempt,
}

/// Tasks that wait, until what ends the wait.
#[derive(Default)]
struct Room {
    end: RefCell<Option<Timeout>>,
    waiting: RefCell<Vec<Waker>>,
}

impl Room {
    fn open(&self) {
        // This may be the timer's own call: a closure stays alive until its call returns.
        if self.end.take().is_some() {
            self.waiting.take().into_iter().for_each(Waker::wake);
        }
    }
}

#[derive(Default)]
struct Hold {
    held: Room,
    calm: Room,
    /// Of the tasks that are spawned at the moment.
    manner: Cell<Manner>,
}

thread_local!(static HOLD: Hold = Hold::default());

/// Makes the tasks of the page such that can be held. To be called before anything is spawned.
pub fn install() {
    // Refused when there is another executor, under which nothing waits.
    let _ = Executor::init_local_custom_executor(HoldableTasks);
}

/// What is spawned while `f` runs never waits.
pub fn exempt<T>(f: impl FnOnce() -> T) -> T {
    spawning(Manner::Exempt, f)
}

/// What is spawned while `f` runs waits until a drag rests: for words that nobody can see, so that nobody need have
/// them for every move.
pub fn calm<T>(f: impl FnOnce() -> T) -> T {
    spawning(Manner::Calm, f)
}

fn spawning<T>(manner: Manner, f: impl FnOnce() -> T) -> T {
    let before = HOLD.with(|hold| hold.manner.replace(manner));
    let result = f();
    HOLD.with(|hold| hold.manner.set(before));
    result
}

/// From now on tasks wait: until [`end`], and no longer than about one frame and a half.
pub fn begin() {
    HOLD.with(|hold| {
        hold.held.end.borrow_mut().get_or_insert_with(|| Timeout::new(LONGEST_MILLIS, end));
        hold.calm.end.replace(Some(Timeout::new(REST_MILLIS, || HOLD.with(|hold| hold.calm.open()))));
    });
}

/// Tasks go on.
pub fn end() {
    HOLD.with(|hold| hold.held.open());
}

/// The executor of the page.
struct HoldableTasks;

impl CustomExecutor for HoldableTasks {
    fn spawn(&self, task: PinnedFuture<()>) {
        self.spawn_local(task);
    }

    fn spawn_local(&self, task: PinnedLocalFuture<()>) {
        match HOLD.with(|hold| hold.manner.get()) {
            Manner::Exempt => spawn_local(task),
            Manner::Held => spawn_local(Holdable(task, |hold| &hold.held)),
            Manner::Calm => spawn_local(Holdable(task, |hold| &hold.calm)),
        }
    }

    // The browser polls.
    fn poll_local(&self) {}
}

/// A task that does not go on before its room is opened.
struct Holdable(PinnedLocalFuture<()>, fn(&Hold) -> &Room);

impl Future for Holdable {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let waits = HOLD.with(|hold| {
            let room = self.1(hold);
            let waits = room.end.borrow().is_some();
            if waits {
                room.waiting.borrow_mut().push(context.waker().clone());
            }
            waits
        });
        if waits { Poll::Pending } else { self.0.as_mut().poll(context) }
    }
}
