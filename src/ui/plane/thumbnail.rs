//! A data set as a small picture, in the colours of the theme.

use std::sync::Arc;

use leptos::prelude::*;

use crate::dataset::Dataset;
use crate::figure::plane::{THUMBNAIL, thumbnail_svg};
use crate::state::Lab;

/// A thumbnail of `data`; an empty box of the same size until there are any.
#[component]
pub fn Thumbnail(
    /// What to draw.
    #[prop(into)]
    data: Signal<Option<Arc<Dataset>>>,
) -> impl IntoView {
    let lab = expect_context::<Lab>();
    let (width, height) = THUMBNAIL;
    let svg =
        move || data.with(|data| data.as_ref().map(|data| thumbnail_svg(data, lab.dark.get())).unwrap_or_default());
    view! {
        <span
            class="thumbnail"
            aria-hidden="true"
            style=format!("display:block;width:{width}px;height:{height}px")
            inner_html=svg
        ></span>
    }
}
