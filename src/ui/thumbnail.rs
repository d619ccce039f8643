//! A source at a glance: points of its real generator, which the worker sends once.

use std::sync::Arc;

use leptos::prelude::*;

use super::plane;
use super::wiring::Ask;
use crate::dataset::{Dataset, Origin, Source};
use crate::protocol::{Answer, Question};

/// The samples of the sources; empty until the worker has sent them. Handed around by context.
#[derive(Clone, Copy)]
pub struct Samples {
    all: RwSignal<Vec<(Source, Arc<Dataset>)>>,
    ask: Ask,
}

impl Samples {
    /// Asks for all but measured rows, which would have to be loaded.
    pub fn ask(ask: Ask) -> Samples {
        let samples = Samples { all: RwSignal::new(Vec::new()), ask };
        samples.want(Source::ALL.into_iter().filter(|&source| !is_measured(source)).collect());
        samples
    }

    fn want(self, sources: Vec<Source>) {
        self.ask.ask(Question::Thumbnails(sources), move |answer| {
            if let Answer::Thumbnails(new) = answer {
                self.all.update(|all| all.extend(new.into_iter().map(|(source, data)| (source, Arc::new(data)))));
            }
        });
    }

    fn has(self, source: Source) -> bool {
        self.all.with_untracked(|all| all.iter().any(|(of, _)| *of == source))
    }
}

fn is_measured(source: Source) -> bool {
    source.info().origin == Origin::Real
}

/// A thumbnail of a source.
#[component]
pub fn Thumbnail(
    /// Which.
    source: Source,
) -> impl IntoView {
    let samples = use_context::<Samples>();
    if let Some(samples) = samples
        && is_measured(source)
        && !samples.has(source)
    {
        samples.want(vec![source]);
    }
    let data = Signal::derive(move || {
        let samples = samples?.all.read();
        samples.iter().find(|(of, _)| *of == source).map(|(_, data)| Arc::clone(data))
    });
    view! { <plane::Thumbnail data=data/> }.into_any()
}
