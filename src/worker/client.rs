//! The page's end of the worker: spawns it, keeps one run under way and the newest waiting, replaces it when it dies.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{ErrorEvent, MessageEvent, Worker};

use super::questions::Questions;
use super::queue::{Queue, Verdict};
use crate::browser::clock::now_millis;
use crate::browser::listener::Listener;
use crate::browser::timer::Timeout;
use crate::dataset::Table;
use crate::experiment::Extras;
use crate::protocol::{self, Answer, Lane, Order, PROTOCOL_VERSION, Question, Reply, Request};

/// A worker that fails to start so often in a row is not tried again by itself.
const STARTS_AT_MOST: u32 = 3;
/// How often the clock is looked at while something is under way.
const LOOK_MILLIS: i32 = 250;
/// A table is kept for workers to come, but not without end.
const TABLES_AT_MOST: usize = 8;

/// What the worker is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Activity {
    /// Nothing is under way and nothing waits.
    Idle,
    /// A run is under way or waits.
    Working {
        /// The stage a long run has reached.
        stage: Option<String>,
    },
    /// The worker died and is being replaced.
    Restarting {
        /// What happened.
        message: String,
    },
    /// The worker cannot be started; the next [`Client::run`] tries again.
    Broken {
        /// What happened and what to do.
        message: String,
    },
}

/// The page's end of the worker. Cloning gives another handle on the same worker.
#[derive(Clone)]
pub struct Client {
    inner: Rc<Inner>,
}

struct Inner {
    script: String,
    on_reply: Box<dyn Fn(Reply)>,
    on_activity: Box<dyn Fn(Activity)>,
    queue: RefCell<Queue>,
    questions: RefCell<Questions>,
    /// Writes files; started by the first question for one.
    clerk: RefCell<Option<Client>>,
    tables: RefCell<Vec<Arc<Table>>>,
    worker: RefCell<Option<Live>>,
    watchdog: RefCell<Option<Timeout>>,
    failed_starts: Cell<u32>,
    /// What a dying worker said before its error event.
    last_words: RefCell<Option<String>>,
}

/// A worker and what hangs on it.
struct Live {
    worker: Worker,
    started_millis: f64,
    _listeners: [Listener; 3],
}

impl Drop for Live {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

impl Client {
    /// Starts a worker. `on_reply` gets [`Reply::Done`] and [`Reply::Failed`] of the runs that are still wanted;
    /// `on_activity` gets every change of what the worker is doing. Both may call back into the client.
    pub fn new(on_reply: impl Fn(Reply) + 'static, on_activity: impl Fn(Activity) + 'static) -> Self {
        Self::with_script(&script("worker"), on_reply, on_activity)
    }

    /// As [`Client::new`] with another worker script.
    pub fn with_script(
        script: &str,
        on_reply: impl Fn(Reply) + 'static,
        on_activity: impl Fn(Activity) + 'static,
    ) -> Self {
        let client = Client {
            inner: Rc::new(Inner {
                script: script.to_owned(),
                on_reply: Box::new(on_reply),
                on_activity: Box::new(on_activity),
                queue: RefCell::default(),
                questions: RefCell::default(),
                clerk: RefCell::new(None),
                tables: RefCell::default(),
                worker: RefCell::new(None),
                watchdog: RefCell::new(None),
                failed_starts: Cell::new(0),
                last_words: RefCell::new(None),
            }),
        };
        client.inner.spawn();
        client
    }

    /// Runs a link and scores a part of the plane. Returns the id that the reply will carry. A run of the same lane that
    /// still waits is replaced.
    pub fn run(&self, lane: Lane, order: Order) -> u64 {
        let inner = &self.inner;
        let id = inner.queue.borrow_mut().submit(lane, order);
        if inner.worker.borrow().is_none() {
            inner.failed_starts.set(0);
            inner.spawn();
        }
        inner.send_next();
        inner.report_activity(None);
        id
    }

    /// What runs of the present compute, from now on, of what not every reader sees.
    pub fn want(&self, extras: Extras) {
        self.inner.queue.borrow_mut().want(extras);
    }

    /// Asks a question beside the runs; `then` gets the answer, which may be that there is none.
    pub fn ask(&self, question: Question, then: impl FnOnce(Answer) + 'static) {
        let answering = if matches!(question, Question::File { .. }) { self.clerk() } else { self.clone() };
        let inner = &answering.inner;
        let id = inner.questions.borrow_mut().ask(question.clone(), Box::new(then));
        if inner.worker.borrow().is_none() {
            inner.failed_starts.set(0);
            inner.spawn();
        } else if inner.queue.borrow().is_ready() {
            inner.send(&Request::Ask { id, question });
        }
    }

    /// The client of the clerk, who knows the same tables.
    fn clerk(&self) -> Client {
        let clerk = self.inner.clerk.borrow().clone();
        clerk.unwrap_or_else(|| {
            // Nothing is run there, and what becomes of a question its answer says.
            let clerk = Client::with_script(&script("clerk"), |_| (), |_| ());
            self.inner.tables.borrow().iter().for_each(|table| clerk.put_table(Arc::clone(table)));
            self.inner.clerk.replace(Some(clerk.clone()));
            clerk
        })
    }

    /// Makes a table known that is too large for a link; must come before the link that names it.
    pub fn put_table(&self, table: Arc<Table>) {
        let inner = &self.inner;
        {
            let mut tables = inner.tables.borrow_mut();
            if tables.iter().any(|t| Arc::ptr_eq(t, &table)) {
                return;
            }
            if tables.len() == TABLES_AT_MOST {
                tables.remove(0);
            }
            tables.push(Arc::clone(&table));
        }
        if let Some(clerk) = &*inner.clerk.borrow() {
            clerk.put_table(Arc::clone(&table));
        }
        // Before the handshake there is no need to send: `on_ready` sends all tables.
        inner.send(&Request::Table { table });
    }

    /// Stops what is under way and forgets what waits. The last result stays; no reply comes for what was stopped.
    pub fn cancel(&self) {
        let must_stop = self.inner.queue.borrow_mut().cancel();
        if must_stop {
            self.inner.replace();
        }
        self.inner.report_activity(None);
    }
}

/// Where the script of the worker or of the clerk lies, relative to the page, as `index.html` says.
fn script(name: &str) -> String {
    let meta = crate::browser::window()
        .and_then(|w| w.document())
        .and_then(|d| d.query_selector(&format!("meta[name={name}-script]")).ok().flatten());
    meta.and_then(|m| m.get_attribute("content")).unwrap_or_else(|| format!("./{name}_loader.js"))
}

impl Inner {
    fn spawn(self: &Rc<Self>) {
        let Ok(worker) = Worker::new(&self.script) else {
            self.broken("This browser does not allow web workers, which do the computing. Try another browser.");
            return;
        };
        let weak = Rc::downgrade(self);
        let on_message = Listener::new(&worker, "message", move |event| {
            if let Some(inner) = weak.upgrade() {
                inner.on_message(event.unchecked_ref());
            }
        });
        let fail = |name| {
            let weak = Rc::downgrade(self);
            Listener::new(&worker, name, move |event| {
                // The page reports it in its own words.
                event.prevent_default();
                let message = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).unwrap_or_default();
                if let Some(inner) = weak.upgrade() {
                    inner.on_death(&message);
                }
            })
        };
        let listeners = [on_message, fail("error"), fail("messageerror")];
        let live = Live { started_millis: now_millis(), _listeners: listeners, worker };
        *self.worker.borrow_mut() = Some(live);
        self.watch();
    }

    fn on_message(self: &Rc<Self>, event: &MessageEvent) {
        let bytes = event.data().dyn_into::<ArrayBuffer>().map(|b| Uint8Array::new(&b).to_vec()).unwrap_or_default();
        match protocol::decode::<Reply>(&bytes) {
            Some(Reply::Ready { version }) => self.on_ready(version),
            Some(Reply::Progress { id, stage }) => {
                if self.queue.borrow().is_under_way(id) {
                    self.report_activity(Some(stage));
                }
            }
            Some(Reply::Answered { id, answer }) => {
                let then = self.questions.borrow_mut().answered(id);
                if let Some(then) = then {
                    then(answer);
                }
            }
            Some(Reply::Died { message }) => *self.last_words.borrow_mut() = Some(message),
            Some(reply) => {
                let wanted = reply.id().is_some_and(|id| self.queue.borrow_mut().answered(id));
                if wanted {
                    // The next run starts before this reply is shown, so that worker and page work side by side.
                    self.send_next();
                    (self.on_reply)(reply);
                    self.report_activity(None);
                }
            }
            None => self.broken("The page and its worker are of different versions. Reload the page."),
        }
    }

    fn on_ready(self: &Rc<Self>, version: u32) {
        if version != PROTOCOL_VERSION {
            self.broken("The page and its worker are of different versions. Reload the page.");
            return;
        }
        self.failed_starts.set(0);
        let tables = self.tables.borrow().clone();
        for table in tables {
            self.send(&Request::Table { table });
        }
        self.queue.borrow_mut().worker_ready();
        self.send_next();
        // After the run, which is what the page waits for.
        for (id, question) in self.questions.borrow().all() {
            self.send(&Request::Ask { id, question: question.clone() });
        }
        self.report_activity(None);
    }

    /// The worker is gone by itself: say so, report the run that went with it, start another.
    fn on_death(self: &Rc<Self>, event_message: &str) {
        let said = self.last_words.borrow_mut().take();
        let reason = said.unwrap_or_else(|| event_message.to_owned());
        let message = match reason.is_empty() {
            true => "The computation stopped and was started again.".to_owned(),
            false => format!("The computation stopped and was started again ({reason})."),
        };
        self.lose(message);
    }

    fn lose(self: &Rc<Self>, message: String) {
        // Dropped after the borrow has ended: its listeners may be the ones that are running.
        let old = self.worker.borrow_mut().take();
        drop(old);
        let lost = self.queue.borrow_mut().worker_lost();
        let starts = self.failed_starts.get() + 1;
        self.failed_starts.set(starts);
        if starts < STARTS_AT_MOST {
            (self.on_activity)(Activity::Restarting { message: message.clone() });
            self.spawn();
        } else {
            self.broken("The part of the page that computes does not start. Reload the page.");
        }
        // Not asked again: a question may be what the worker died of.
        let given_up = self.questions.borrow_mut().give_up();
        for then in given_up {
            then(Answer::Refused(message.clone()));
        }
        if let Some(id) = lost {
            (self.on_reply)(Reply::Failed { id, stage: "worker".to_owned(), message, rows: None });
        }
    }

    /// Another worker for the same work, without a word: the run under way is not wanted any more.
    fn replace(self: &Rc<Self>) {
        let old = self.worker.borrow_mut().take();
        drop(old);
        self.queue.borrow_mut().worker_lost();
        self.spawn();
    }

    fn broken(&self, message: &str) {
        let old = self.worker.borrow_mut().take();
        drop(old);
        self.queue.borrow_mut().worker_lost();
        (self.on_activity)(Activity::Broken { message: message.to_owned() });
    }

    fn send_next(self: &Rc<Self>) {
        let next = self.queue.borrow_mut().next_to_send(now_millis());
        if let Some(run) = next {
            self.send(&Request::Run(run));
            self.watch();
        }
    }

    fn send(&self, request: &Request) {
        let Some(worker) = self.worker.borrow().as_ref().map(|live| live.worker.clone()) else { return };
        let buffer = Uint8Array::from(protocol::encode(request).as_slice()).buffer();
        // Refused only for a buffer that was transferred already.
        let _ = worker.post_message_with_transfer(&buffer, &Array::of1(&buffer));
    }

    /// Looks at the clock now and then while there is something to wait for.
    fn watch(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        let timeout = Timeout::new(LOOK_MILLIS, move || {
            if let Some(inner) = weak.upgrade() {
                inner.look();
            }
        });
        self.watchdog.replace(Some(timeout));
    }

    fn look(self: &Rc<Self>) {
        let Some(started) = self.worker.borrow().as_ref().map(|live| live.started_millis) else { return };
        let verdict = self.queue.borrow().look(now_millis(), started);
        match verdict {
            Verdict::Wait => {
                if !self.queue.borrow().is_idle() {
                    self.watch();
                }
            }
            Verdict::Overtake => self.replace(),
            Verdict::Hung(Some(_)) => {
                self.lose("The computation took longer than three minutes and was stopped. Use fewer rows.".to_owned());
            }
            Verdict::Hung(None) => self.lose("The part of the page that computes did not start in time.".to_owned()),
        }
    }

    fn report_activity(&self, stage: Option<String>) {
        if self.worker.borrow().is_none() {
            return; // Broken: said already.
        }
        let idle = self.queue.borrow().is_idle();
        (self.on_activity)(if idle { Activity::Idle } else { Activity::Working { stage } });
    }
}
