//! Tries methods in a worker of its own, one at a time, so that the lab's own worker is never kept waiting. What takes
//! too long is stopped with its worker, and another worker goes on with the next.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};
use std::sync::Arc;

use crate::browser::timer::Timeout;
use crate::dataset::Table;
use crate::protocol::{Answer, Question, Trial};
use crate::worker::client::{Activity, Client};

/// A method that takes longer is not waited for.
pub const PATIENCE_MILLIS: i32 = 5000;

/// One thing to try.
#[derive(Clone, Debug)]
pub struct Job {
    /// Which row of the picker.
    pub row: usize,
    /// Whether the rows are wanted, or only the time.
    pub show: bool,
    /// The link to try.
    pub link: String,
    /// A table that is too large for the link.
    pub table: Option<Arc<Table>>,
}

/// What came of it.
pub enum Found {
    /// The time, and perhaps the rows.
    Tried(Box<Trial>),
    /// Why it cannot be done.
    Refused(String),
    /// It was stopped.
    TooLong,
}

type Next = Box<dyn Fn() -> Option<Job>>;
type Done = Box<dyn Fn(&Job, Found)>;

/// The second worker and what it is doing. Dropping it ends the worker.
pub struct Trials {
    next: Next,
    done: Done,
    client: RefCell<Option<Client>>,
    ready: Cell<bool>,
    under_way: RefCell<Option<Job>>,
    deadline: RefCell<Option<Timeout>>,
}

impl Trials {
    /// `next` says what to try next, `done` is told what came of it. The worker starts with the first job.
    pub fn new(next: impl Fn() -> Option<Job> + 'static, done: impl Fn(&Job, Found) + 'static) -> Rc<Trials> {
        Rc::new(Trials {
            next: Box::new(next),
            done: Box::new(done),
            client: RefCell::default(),
            ready: Cell::new(false),
            under_way: RefCell::default(),
            deadline: RefCell::default(),
        })
    }

    /// Goes on with the next job, unless one is under way.
    pub fn go_on(self: &Rc<Self>) {
        if self.under_way.borrow().is_some() {
            return;
        }
        let Some(job) = (self.next)() else { return };
        let question = Question::Trial { link: job.link.clone(), show: job.show };
        let table = job.table.clone();
        self.under_way.replace(Some(job));
        let client = self.client();
        if let Some(table) = table {
            client.put_table(table);
        }
        if self.ready.get() {
            self.start_the_clock();
        }
        let weak = Rc::downgrade(self);
        client.ask(question, move |answer| {
            finish(
                &weak,
                match answer {
                    Answer::Tried(trial) => Found::Tried(trial),
                    Answer::Refused(why) => Found::Refused(why),
                    Answer::Thumbnails(_) | Answer::Text(_) => return,
                },
            );
        });
    }

    fn client(self: &Rc<Self>) -> Client {
        let client = self.client.borrow().clone();
        client.unwrap_or_else(|| {
            self.ready.set(false);
            let weak = Rc::downgrade(self);
            // Loading the worker does not count.
            let on_activity = move |activity| {
                if let (Activity::Idle, Some(trials)) = (activity, weak.upgrade())
                    && !trials.ready.replace(true)
                {
                    trials.start_the_clock();
                }
            };
            let client = Client::new(|_| (), on_activity);
            self.client.replace(Some(client.clone()));
            client
        })
    }

    fn start_the_clock(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        let late = Timeout::new(PATIENCE_MILLIS, move || {
            if let Some(trials) = weak.upgrade() {
                let old = trials.client.borrow_mut().take();
                drop(old);
            }
            finish(&weak, Found::TooLong);
        });
        self.deadline.replace(Some(late));
    }
}

fn finish(trials: &Weak<Trials>, found: Found) {
    let Some(trials) = trials.upgrade() else { return };
    trials.deadline.replace(None);
    let job = trials.under_way.borrow_mut().take();
    if let Some(job) = job {
        (trials.done)(&job, found);
        trials.go_on();
    }
}
