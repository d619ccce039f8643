//! The page: components that show a [`crate::state::Lab`] and change it. Nothing here computes a result.

mod app;
pub mod charts;
mod controls;
mod dialogs;
mod export_menu;
pub mod figure_view;
mod framed;
mod header;
mod invitation;
mod panels;
pub mod picker;
pub mod plane;
mod playback;
mod progress;
mod quiet;
mod rail;
pub mod results;
mod sheet;
mod stages;
pub mod stepper;
mod text;
mod thumbnail;
mod toasts;
mod wiring;

pub use app::{App, mount};
