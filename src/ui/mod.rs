//! The page: components that show a [`crate::state::Lab`] and change it. Nothing here computes a result.

pub mod charts;
pub mod figure_view;
pub mod plane;
mod playback;
pub mod stepper;
