//! The state of the page: ground signals that a link can carry, results that arrive from the worker, and what is
//! only about looking. Components get a [`Lab`] from context and never compute.
//!
//! While a control is dragged it calls [`Lab::edit`] (sliders through `ui::wiring::drag`) or [`Lab::set_threshold`];
//! when it is let go, [`Lab::commit`]. What reaches the address bar and the worker follows from the signals (`ui::app`
//! wires them up), so everything here runs without a browser.

mod applied;
mod history;
mod lab;
#[cfg(test)]
mod tests;
mod types;

use leptos::prelude::*;

pub use applied::Applied;
pub use history::History;
pub use lab::Lab;
pub use types::{Highlight, Outcome, Refused, Stage, Status, Tool};

/// Sets a signal that says something else: one that is set tells everybody, even what they know.
pub fn put<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if *signal.read_untracked() != value {
        signal.set(value);
    }
}
