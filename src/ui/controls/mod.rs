//! Controls: a slider with its number, a select, a switch, a row of choices. They know values and callbacks, no `Spec`.
//!
//! Each has a visible label, works from the keyboard, and says why when it cannot be used.

mod choice;
mod number;
mod scale;
mod select;
mod slider;
mod switch;

pub use choice::Choice;
pub use number::Seed;
pub use scale::Scale;
pub use select::{Entry, Select};
pub use slider::Slider;
pub use switch::Switch;
