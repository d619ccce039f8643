//! Which types of minority rows an over-sampler may start from: the lab's own restriction of any method.

use leptos::prelude::*;

use crate::resample::{Hardness, OnlyTypes};
use crate::state::Lab;

/// Four switches for the stage at `at` of the chain. None on means: all rows.
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
            title="The lab's own restriction: the method sees only these minority points; types follow from the 5 nearest neighbours"
        >
            <legend>"Start only from (none ticked: all)"</legend>
            <div class="boxes">{boxes}</div>
        </fieldset>
    }
    .into_any()
}
