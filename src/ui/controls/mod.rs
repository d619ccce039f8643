//! Controls: a slider with its number, a select, a switch, a row of choices. They know values and callbacks, no `Spec`.
//!
//! Each has a visible label, works from the keyboard, and says why when it cannot be used.

mod choice;
mod number;
mod scale;
mod select;
mod slider;
mod switch;
mod typed;
mod way;

use std::sync::atomic::{AtomicUsize, Ordering};

pub use choice::Choice;
pub use number::Whole;
pub use scale::Scale;
pub use select::{Entry, Select};
pub use slider::Slider;
pub use switch::Switch;

/// A name of its own for an element of the page: two steps of a chain have parameters of the same name, and a label or
/// a group of radio buttons must not reach over to the other step.
fn own_name(id: &str) -> String {
    static NAMED: AtomicUsize = AtomicUsize::new(0);
    format!("{id}-{}", NAMED.fetch_add(1, Ordering::Relaxed))
}
