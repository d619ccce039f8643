//! Numbers that change while something is dragged, each in a frame whose size hangs on how many characters it holds and
//! on nothing else: the browser then lays out the number alone, and not the page around it.

use leptos::prelude::*;

/// `text` in a frame as wide as so many digits.
pub(super) fn framed(text: impl Fn() -> String + Send + Sync + 'static) -> AnyView {
    frame(Memo::new(move |_| text()))
}

fn frame(text: Memo<String>) -> AnyView {
    let width = Memo::new(move |_| text.with(|text| text.chars().count()));
    view! { <span class="framed" style=move || format!("width:{}ch", width.get())>{text}</span> }.into_any()
}
