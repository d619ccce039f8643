//! A source at a glance: points of its real generator, which the worker sends once.

use std::sync::Arc;

use leptos::prelude::*;

use super::plane;
use crate::dataset::{Dataset, Source};

/// The samples of the sources; empty until the worker has sent them. Handed around by context.
#[derive(Clone, Copy)]
pub struct Samples(pub RwSignal<Vec<(Source, Arc<Dataset>)>>);

/// A thumbnail of a source.
#[component]
pub fn Thumbnail(
    /// Which.
    source: Source,
) -> impl IntoView {
    let samples = use_context::<Samples>();
    let data = Signal::derive(move || {
        let samples = samples?.0.read();
        samples.iter().find(|(of, _)| *of == source).map(|(_, data)| Arc::clone(data))
    });
    view! { <plane::Thumbnail data=data/> }.into_any()
}
