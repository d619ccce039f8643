//! Words that are read out, or shown to whoever points at something.

use leptos::prelude::*;

use crate::browser::hold;
use crate::state::put;

/// What `words` says, which is tracked; while something is dragged it follows only when the drag rests.
pub(super) fn at_rest(words: impl Fn() -> String + 'static) -> impl Fn() -> String + Copy + Send + Sync + 'static {
    follow(Box::new(words))
}

fn follow(words: Box<dyn Fn() -> String>) -> impl Fn() -> String + Copy + Send + Sync + 'static {
    let said = RwSignal::new(untrack(&words));
    hold::calm(|| Effect::new(move |_| put(said, words())));
    move || said.get()
}
