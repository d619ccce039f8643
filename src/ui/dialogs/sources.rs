//! The list of sources: each with a thumbnail of its real generator and its story.

use leptos::prelude::*;

use super::{Dialog, Open};
use crate::dataset::{Origin, Source};
use crate::state::Lab;
use crate::ui::panels::choose_source;
use crate::ui::thumbnail::Thumbnail;

/// A heading, and which sources stand under it.
type Group = (&'static str, fn(Origin) -> bool);

const GROUPS: [Group; 3] = [
    ("Known densities", |origin| matches!(origin, Origin::Mixture)),
    ("scikit-learn's generators", |origin| matches!(origin, Origin::ScikitLearn)),
    ("Real and own data", |origin| matches!(origin, Origin::Real | Origin::Own)),
];

/// The list of sources.
#[component]
pub fn Sources() -> impl IntoView {
    let open = expect_context::<Open>();
    view! { <Dialog id="sources" title="Choose data" open=open.sources content=content/> }
}

fn content() -> AnyView {
    GROUPS
        .into_iter()
        .map(|(title, belongs)| {
            let cards = Source::ALL.into_iter().filter(|source| belongs(source.info().origin)).map(card);
            view! {
                <h3>{title}</h3>
                <div class="sources">{cards.collect_view()}</div>
            }
        })
        .collect_view()
        .into_any()
}

fn card(source: Source) -> AnyView {
    let lab = expect_context::<Lab>();
    let open = expect_context::<Open>();
    let info = source.info();
    view! {
        <button
            type="button"
            class="source"
            class:on=lab.spec.read_untracked().data.source == source
            data-testid=format!("source-{}", info.id)
            on:click=move |_| {
                choose_source(lab, source);
                open.sources.set(false);
            }
        >
            <Thumbnail source=source/>
            <span>
                <b>{info.title}</b>
                <small>{info.story}</small>
            </span>
        </button>
    }
    .into_any()
}
