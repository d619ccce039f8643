//! Asks the worker for what is on screen, and shows what it answers.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use super::{Tables, keep};
use crate::browser::hold;
use crate::browser::resize::size_of;
use crate::experiment::{Extras, Link, Report, Spec, Window};
use crate::figure::plane::Frame;
use crate::permalink;
use crate::protocol::{Answer, Lane, Order, Part, Question, Reply};
use crate::state::{Lab, Outcome, Refused, Status, put};
use crate::ui::thumbnail::Samples;
use crate::worker::client::{Activity, Client};

/// Cells of the decision surface along the longer side of the plane.
const CELLS: u32 = 112;

/// Stops a long run. Handed around by context.
#[derive(Clone, Copy)]
pub struct Cancel(pub Callback<()>);

/// Asks the worker for something beside the runs. Handed around by context.
#[derive(Clone, Copy)]
pub struct Ask(StoredValue<Client, LocalStorage>);

impl Ask {
    /// Asks; `then` gets the answer.
    pub fn ask(self, question: Question, then: impl FnOnce(Answer) + 'static) {
        self.0.with_value(|client| client.ask(question, then));
    }
}

/// A run that was asked for.
struct Asked {
    id: u64,
    spec: Arc<Spec>,
    lane: Lane,
    /// Whether what part of the plane it scores was left to it.
    follows: bool,
    /// The numbers, where they are known and only another part of the plane is asked for.
    known: Option<Arc<Report>>,
}

type Ledger = Rc<RefCell<Vec<Asked>>>;

/// What part of the plane is looked at.
#[derive(Clone, Copy, PartialEq)]
enum Sight {
    /// This one, as the reader has chosen.
    Chosen(Window),
    /// All data, on a plane so many times as wide as it is high, where that is known.
    Data(Option<f64>),
}

pub(super) fn start(lab: Lab, tables: &Tables) {
    let ledger = Ledger::default();
    let answered = ledger.clone();
    let client = Client::new(
        move |reply| show(lab, &answered, reply),
        move |activity| match activity {
            Activity::Idle => put(lab.progress, None),
            Activity::Working { stage } => put(lab.progress, stage),
            Activity::Restarting { message } => lab.notify(message),
            Activity::Broken { message } => lab.status.set(Status::Failed { stage: "worker".to_owned(), message }),
        },
    );
    keep_present(lab, &client, &ledger, tables);
    keep_pinned(lab, &client, &ledger, tables);

    let stopping = StoredValue::new_local(client.clone());
    let ask = Ask(stopping);
    provide_context(ask);
    provide_context(Samples::ask(ask));
    provide_context(Cancel(Callback::new(move |()| {
        stopping.with_value(Client::cancel);
        lab.status.set(Status::Failed {
            stage: "worker".to_owned(),
            message: "Stopped. Change a setting to compute again.".to_owned(),
        });
    })));
    keep(client);
}

/// Asks for the present specification whenever it, the view or what else is looked at has changed.
fn keep_present(lab: Lab, client: &Client, ledger: &Ledger, tables: &Tables) {
    let (client, ledger, tables) = (client.clone(), ledger.clone(), tables.clone());
    let extras = Memo::new(move |_| lab.extras());
    Effect::new(move |before: Option<(Arc<Spec>, Extras, Sight)>| {
        let (spec, extras, sight) = (Arc::new(lab.spec.get()), extras.get(), sight(lab));
        let known = untrack(|| lab.outcome.get().filter(|_| lab.is_fresh()));
        let is_quiet = ledger.borrow().iter().all(|asked| asked.lane != Lane::Present);
        // All that is looked at is there already: less of it than before, or the view that it came with.
        let is_there = is_quiet && known.as_ref().is_some_and(|outcome| shows(outcome, sight));
        if is_there {
            // Perhaps something else was asked for in between, and refused.
            put(lab.status, Status::Fresh);
            put(lab.refused, None);
            hold::end();
        } else if before.as_ref() == Some(&(spec.clone(), extras, sight)) {
            hold::end();
        } else {
            client.want(extras);
            if known.is_none() {
                put(lab.status, Status::Working);
            }
            let part = match sight {
                Sight::Chosen(window) => Part::Window(window),
                Sight::Data(aspect) => Part::Data { aspect, shown: followed(lab, &spec) },
            };
            let known = known.map(|outcome| Arc::clone(&outcome.report)).filter(|_| is_quiet);
            let order = Order { link: prepare(&client, &tables, &spec), part, cells: CELLS, report: known.is_none() };
            let id = client.run(Lane::Present, order);
            let follows = matches!(sight, Sight::Data(_));
            ledger.borrow_mut().push(Asked { id, spec: spec.clone(), lane: Lane::Present, follows, known });
        }
        (spec, extras, sight)
    });
}

/// Asks for the pinned specification over the window on screen whenever one of them has changed.
fn keep_pinned(lab: Lab, client: &Client, ledger: &Ledger, tables: &Tables) {
    let (client, ledger, tables) = (client.clone(), ledger.clone(), tables.clone());
    let window = Memo::new(move |_| match sight(lab) {
        Sight::Chosen(window) => Some(window),
        Sight::Data(_) => lab.outcome.read().as_ref().map(|outcome| outcome.surface.window),
    });
    Effect::new(move |_| {
        let Some(spec) = lab.pin.read().as_ref().map(|pin| pin.spec.clone()) else { return };
        let window = window.get();
        let known = lab.pinned.get_untracked().filter(|outcome| *outcome.spec == spec);
        let fits = |outcome: &Arc<Outcome>| window.is_none_or(|window| outcome.surface.window.is_nearly(&window));
        if known.as_ref().is_some_and(fits) {
            return;
        }
        let (spec, known) = (Arc::new(spec), known.map(|outcome| Arc::clone(&outcome.report)));
        let part = window.map_or(Part::ALL, Part::Window);
        let order = Order { link: prepare(&client, &tables, &spec), part, cells: CELLS, report: known.is_none() };
        let id = client.run(Lane::Pinned, order);
        ledger.borrow_mut().push(Asked { id, spec, lane: Lane::Pinned, follows: false, known });
    });
}

/// What part of the plane is looked at. Tracked.
fn sight(lab: Lab) -> Sight {
    let size = lab.plane_size.get();
    // Before the browser has told it, it can be asked for, once.
    let size = Some(size).filter(|size| size[0] > 0.0 && size[1] > 0.0).or_else(|| size_of(".plane-stage"));
    let seen = |window| size.map_or(window, |[width, height]| Frame::fit(window, width, height).visible());
    match lab.window.get() {
        Some(window) => Sight::Chosen(seen(window)),
        None => Sight::Data(size.map(|[width, height]| width / height)),
    }
}

/// Whether an outcome's surface is what is looked at.
fn shows(outcome: &Outcome, sight: Sight) -> bool {
    let window = &outcome.surface.window;
    match sight {
        Sight::Chosen(chosen) => window.is_nearly(&chosen),
        Sight::Data(aspect) => outcome.follows && aspect.is_none_or(|aspect| window.is_as_wide(aspect)),
    }
}

/// The window on screen, if it follows data of the same source.
fn followed(lab: Lab, spec: &Spec) -> Option<Window> {
    lab.outcome.with_untracked(|outcome| {
        let outcome = outcome.as_ref().filter(|outcome| outcome.follows)?;
        (outcome.spec.data.source == spec.data.source).then_some(outcome.surface.window)
    })
}

/// The link to run; a table too large for it is handed over first.
fn prepare(client: &Client, tables: &Tables, spec: &Spec) -> String {
    if let Some(table) = &spec.data.table {
        let known = tables.borrow().holds(table);
        if !known {
            tables.borrow_mut().insert(Arc::clone(table));
        }
        client.put_table(Arc::clone(table));
    }
    permalink::write(&Link { spec: spec.clone(), ..Link::default() })
}

fn show(lab: Lab, ledger: &Ledger, reply: Reply) {
    let Some(id) = reply.id() else { return };
    let asked = {
        let mut ledger = ledger.borrow_mut();
        let found = ledger.iter().position(|asked| asked.id == id).map(|at| ledger.swap_remove(at));
        // Runs that were replaced while they waited are never answered.
        if let Some(found) = &found {
            ledger.retain(|asked| asked.id > id || asked.lane != found.lane);
        }
        found
    };
    let Some(Asked { spec, lane, follows, known, .. }) = asked else { return };
    let pinned = lane == Lane::Pinned;
    match reply {
        Reply::Done { report, surface, timings, .. } => {
            // A run brings the numbers unless they are known.
            let Some(report) = report.map(Arc::from).or(known) else { return };
            let outcome = Arc::new(Outcome { spec, report, surface: Arc::new(surface), follows, timings });
            if pinned {
                if lab.pin.read_untracked().as_ref().is_some_and(|pin| pin.spec == *outcome.spec) {
                    lab.pinned.set(Some(outcome));
                }
            } else {
                lab.outcome.set(Some(outcome));
                put(lab.refused, None);
                let fresh = untrack(|| lab.is_fresh());
                put(lab.status, if fresh { Status::Fresh } else { Status::Working });
            }
        }
        Reply::Failed { message, .. } if pinned => lab.notify(format!("The baseline cannot be computed. {message}")),
        Reply::Failed { stage, message, rows, .. } => {
            if *spec == *lab.spec.read_untracked() {
                let refused = rows.filter(|_| lab.outcome.with_untracked(Option::is_none));
                put(lab.refused, refused.map(|rows| Arc::new(Refused { spec, rows: *rows })));
                lab.status.set(Status::Failed { stage, message });
            }
        }
        Reply::Ready { .. } | Reply::Progress { .. } | Reply::Answered { .. } | Reply::Died { .. } => {}
    }
    if !pinned {
        hold::end();
    }
}
