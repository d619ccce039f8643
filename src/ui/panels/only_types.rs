//! Which types of minority rows an over-sampler may start from, and by how many neighbours: the lab's own restriction of
//! any method that adds rows.

use leptos::ev::Event;
use leptos::prelude::*;
use web_sys::HtmlInputElement;

use crate::resample::{Hardness, OnlyTypes};
use crate::state::Lab;

/// Four switches for the stage at `at` of the chain. None on means: all rows. With one on, the neighbours that decide.
pub(super) fn only_types(lab: Lab, at: usize) -> AnyView {
    let has = move |hardness: Hardness| {
        lab.spec.with(|spec| {
            let only = spec.samplers.get(at).and_then(|stage| stage.only.as_ref());
            only.is_some_and(|only| only.types.contains(&hardness))
        })
    };
    let toggle = move |hardness: Hardness| {
        lab.decide(|spec| {
            let Some(stage) = spec.samplers.get_mut(at) else { return };
            let only = stage.only.get_or_insert(OnlyTypes { types: Vec::new(), k: OnlyTypes::DEFAULT_K });
            match only.types.iter().position(|&present| present == hardness) {
                Some(place) => {
                    only.types.remove(place);
                }
                None => {
                    only.types.push(hardness);
                    only.types.sort_unstable();
                }
            }
            if only.types.is_empty() {
                stage.only = None;
            }
        });
    };
    let boxes: Vec<AnyView> = Hardness::ALL
        .map(|hardness| {
            view! {
                <label>
                    <input
                        type="checkbox"
                        data-testid=format!("only-{}-{}", hardness.name(), at + 1)
                        prop:checked=move || has(hardness)
                        on:change=move |_| toggle(hardness)
                    />
                    <span>{hardness.name()}</span>
                </label>
            }
            .into_any()
        })
        .into_iter()
        .collect();
    view! {
        <fieldset
            class="control choice only-types"
            title="The method sees only these minority points, which no class of imbalanced-learn does"
        >
            <legend>"Start only from (none ticked: all), the lab's own"</legend>
            <div class="boxes">{boxes}</div>
            {neighbours(lab, at)}
        </fieldset>
    }
    .into_any()
}

/// How many neighbours decide about the types, as a number, and what that means; only while there is a restriction.
fn neighbours(lab: Lab, at: usize) -> AnyView {
    let only = Memo::new(move |_| lab.spec.read().samplers.get(at).and_then(|stage| stage.only.clone()));
    let is_restricted = Memo::new(move |_| only.read().is_some());
    let k = move || only.read().as_ref().map_or(OnlyTypes::DEFAULT_K, |only| only.k);
    let caption = move || only.read().as_ref().map(|only| only.caption(lab.spec.read().hardness));
    let typed = move |event: Event| {
        let input: HtmlInputElement = event_target(&event);
        if let Ok(wanted) = input.value().trim().parse::<u32>() {
            let wanted = wanted.clamp(1, u32::from(OnlyTypes::MOST_K)) as u8;
            lab.decide(|spec| {
                if let Some(only) = spec.samplers.get_mut(at).and_then(|stage| stage.only.as_mut()) {
                    only.k = wanted;
                }
            });
        }
        // A number that was refused or moved into the range must not stay in the box.
        input.set_value(&untrack(k).to_string());
    };
    let id = format!("only-k-{}", at + 1);
    let shown = move || {
        let id = id.clone();
        is_restricted.get().then(|| {
            view! {
                <div class="only-k">
                    <label for=id.clone()>"Neighbours that decide"</label>
                    <input
                        id=id.clone()
                        class="number"
                        type="number"
                        min="1"
                        max=OnlyTypes::MOST_K.to_string()
                        step="1"
                        autocomplete="off"
                        data-testid=id.clone()
                        prop:value=move || k().to_string()
                        on:change=typed
                    />
                    <small class="quiet">{caption}</small>
                </div>
            }
        })
    };
    shown.into_any()
}
