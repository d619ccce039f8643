//! Where the signals meet the world: the address bar, the worker, the theme, the keyboard. All effects of the page
//! that reach outside it start here.

mod address;
mod applied;
mod compute;
mod keyboard;
mod present;
mod status;
mod tables;
mod theme;

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

use crate::browser::hold;
use crate::experiment::Spec;
use crate::permalink::TableStore;
use crate::state::Lab;

pub use address::text_of;
pub use compute::{Ask, Cancel};
pub use keyboard::{SHORTCUTS, something_open, toggle_theme};

/// Tables too large for a link, known to this page.
type Tables = Rc<RefCell<TableStore>>;

/// Connects `lab` to the browser, for as long as the present reactive owner lives.
pub fn start(lab: Lab, help: RwSignal<bool>) {
    theme::start(lab);
    let tables = Tables::default();
    address::start(lab, &tables);
    // Who asks for a result, and who says that one is awaited, must not wait for it.
    hold::exempt(|| {
        status::start(lab);
        compute::start(lab, &tables);
    });
    tables::start(lab);
    applied::start(lab);
    keyboard::start(lab, help);
    present::start(lab);
}

/// [`Lab::edit`] for a control that is dragged: what it changes is shown with the result, if that comes within about a
/// frame.
pub fn drag(lab: Lab, change: impl FnOnce(&mut Spec)) {
    let before = lab.spec.get_untracked();
    hold::begin();
    lab.edit(change);
    // Then nobody will ask for a result.
    if *lab.spec.read_untracked() == before {
        hold::end();
    }
}

/// Keeps something alive until the present owner is gone.
fn keep<T: 'static>(guard: T) {
    StoredValue::new_local(guard);
}
