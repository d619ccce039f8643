//! A source at a glance: points of its real generator.

use std::sync::Arc;

use leptos::prelude::*;

use super::plane;
use crate::dataset::{Source, thumbnail};

/// A thumbnail of a source.
#[component]
pub fn Thumbnail(
    /// Which.
    source: Source,
) -> impl IntoView {
    let data = Signal::stored(Some(Arc::new(thumbnail(source))));
    view! { <plane::Thumbnail data=data/> }.into_any()
}
