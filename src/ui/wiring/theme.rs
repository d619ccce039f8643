//! The theme on screen is that of the lab; the system's wish is followed until the reader chooses.

use leptos::prelude::*;

use super::keep;
use crate::browser::theme;
use crate::state::Lab;

pub(super) fn start(lab: Lab) {
    lab.dark.set(theme::resolved_dark());
    Effect::new(move |_| theme::apply(lab.dark.get()));
    keep(theme::on_system_change(move |dark| lab.dark.set(dark)));
}
