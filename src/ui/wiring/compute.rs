//! Asks the worker for what is on screen, and shows what it answers.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use super::{Tables, keep};
use crate::browser::resize::size_of;
use crate::experiment::{Extras, Link, Spec, Window};
use crate::permalink;
use crate::protocol::{Answer, Part, Question, Reply};
use crate::state::{Lab, Outcome, Status};
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
    pinned: bool,
}

type Ledger = Rc<RefCell<Vec<Asked>>>;

pub(super) fn start(lab: Lab, tables: &Tables) {
    let ledger = Ledger::default();
    let answered = ledger.clone();
    let client = Client::new(
        move |reply| show(lab, &answered, reply),
        move |activity| match activity {
            Activity::Idle => lab.progress.set(None),
            Activity::Working { stage } => lab.progress.set(stage),
            Activity::Restarting { message } => lab.notify(message),
            Activity::Broken { message } => lab.status.set(Status::Failed { stage: "worker".to_owned(), message }),
        },
    );

    let (present, asked, store) = (client.clone(), ledger.clone(), tables.clone());
    let shown = Memo::new(move |_| lab.extras());
    Effect::new(move |before: Option<Extras>| {
        let extras = shown.get();
        let spec = Arc::new(lab.spec.get());
        let window = lab.window.get();
        // Less is shown than before, or what is shown is there already: nothing is to be computed.
        if before.is_some_and(|before| before != extras) && untrack(|| lab.is_fresh()) {
            return extras;
        }
        // The plane has taken the window of the result that it shows: nothing is to be computed.
        let is_quiet = asked.borrow().iter().all(|asked| asked.pinned) && *lab.status.read_untracked() == Status::Fresh;
        if is_quiet && untrack(|| lab.is_fresh()) && shown_window(lab) == window {
            return extras;
        }
        present.want(extras);
        let link = prepare(&present, &store, &spec);
        if !untrack(|| lab.is_fresh()) {
            lab.status.set(Status::Working);
        }
        let id = present.run(link, part(window), CELLS);
        asked.borrow_mut().push(Asked { id, spec, pinned: false });
        extras
    });

    let (baseline, asked, store) = (client.clone(), ledger, tables.clone());
    Effect::new(move |asked_last: Option<(Option<Spec>, Option<Window>)>| {
        let wanted = lab.pin.read().as_ref().map(|pin| pin.spec.clone());
        let window = lab.window.get();
        let known = lab.pinned.with_untracked(|pinned| pinned.as_ref().map(|outcome| (*outcome.spec).clone()));
        let moved = asked_last.as_ref().is_some_and(|(_, before)| *before != window);
        if let Some(spec) = &wanted
            && (known.as_ref() != Some(spec) || moved)
        {
            let spec = Arc::new(spec.clone());
            let id = baseline.run_pinned(prepare(&baseline, &store, &spec), part(window), CELLS);
            asked.borrow_mut().push(Asked { id, spec, pinned: true });
        }
        (wanted, window)
    });

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

/// The part of the plane to score: where nobody has chosen one, what fits data and plane, so that one run is enough.
fn part(window: Option<Window>) -> Part {
    let aspect = || size_of(".plane-stage").map(|[width, height]| width / height);
    window.map_or_else(|| Part::Data(aspect()), Part::Window)
}

/// The window of the surface on screen.
fn shown_window(lab: Lab) -> Option<Window> {
    lab.outcome.with_untracked(|outcome| outcome.as_ref().map(|outcome| outcome.surface.window))
}

/// The link to run; a table too large for it is handed over first.
fn prepare(client: &Client, tables: &Tables, spec: &Spec) -> String {
    if let Some(table) = &spec.data.table {
        let known = tables.borrow().get(&permalink::digest(table)).is_some();
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
            ledger.retain(|asked| asked.id > id || asked.pinned != found.pinned);
        }
        found
    };
    let Some(Asked { spec, pinned, .. }) = asked else { return };
    match reply {
        Reply::Done { report, surface, timings, .. } => {
            let outcome = Arc::new(Outcome { spec, report: Arc::from(report), surface: Arc::new(surface), timings });
            if pinned {
                if lab.pin.read_untracked().as_ref().is_some_and(|pin| pin.spec == *outcome.spec) {
                    lab.pinned.set(Some(outcome));
                }
            } else {
                lab.outcome.set(Some(outcome));
                let fresh = untrack(|| lab.is_fresh());
                lab.status.set(if fresh { Status::Fresh } else { Status::Working });
            }
        }
        Reply::Failed { message, .. } if pinned => lab.notify(format!("The baseline cannot be computed. {message}")),
        Reply::Failed { stage, message, .. } => {
            if *spec == *lab.spec.read_untracked() {
                lab.status.set(Status::Failed { stage, message });
            }
        }
        Reply::Ready { .. } | Reply::Progress { .. } | Reply::Answered { .. } | Reply::Died { .. } => {}
    }
}
