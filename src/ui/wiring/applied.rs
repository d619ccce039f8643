//! Keeps what every resampling led to, for the list in its panel.

use leptos::prelude::*;

use crate::state::Lab;

pub(super) fn start(lab: Lab) {
    Effect::new(move |_| lab.keep_result());
}
