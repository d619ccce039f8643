//! Numbers that change while something is dragged, each in a frame whose size hangs on how many characters it holds and
//! on nothing else: the browser then lays out the number alone, and not the page around it.

use leptos::prelude::*;

/// `text` in a frame as wide as so many digits; a point or comma takes about half the room of one.
pub(super) fn framed(text: impl Fn() -> String + Send + Sync + 'static) -> AnyView {
    frame(Memo::new(move |_| text()))
}

fn frame(text: Memo<String>) -> AnyView {
    let half_digits = |text: &String| text.chars().map(|c| if matches!(c, '.' | ',') { 1 } else { 2 }).sum::<u32>();
    let width = Memo::new(move |_| text.with(half_digits));
    view! { <span class="framed" style=move || format!("width:{}ch", f64::from(width.get()) / 2.0)>{text}</span> }
        .into_any()
}
