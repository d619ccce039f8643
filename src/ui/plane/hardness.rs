//! The types of the training rows: how many neighbours decide, what the marks mean, how many there are of each.

use leptos::prelude::*;

use super::model::PlaneModel;
use crate::figure::plane::hardness_counts;
use crate::resample::Hardness;

/// Neighbours when the layer is switched on.
const USUAL: u8 = 5;
/// Neighbours at most on the slider.
const MOST: u8 = 25;

/// The button that switches the layer on and off.
#[component]
pub(super) fn HardnessButton(model: PlaneModel) -> impl IntoView {
    let lab = model.lab;
    let on = move || lab.spec.with(|spec| spec.hardness.is_some());
    view! {
        <button
            type="button"
            data-testid="plane-hardness"
            aria-pressed=move || on().to_string()
            title="How hard each training point is, by the classes of its nearest neighbours"
            on:click=move |_| {
                lab.decide(|spec| spec.hardness = if spec.hardness.is_some() { None } else { Some(USUAL) });
            }
        >
            "Hardness"
        </button>
    }
    .into_any()
}

/// The legend and the number of neighbours, while the layer is on.
#[component]
pub(super) fn HardnessLegend(model: PlaneModel) -> impl IntoView {
    let lab = model.lab;
    let k = move || lab.spec.with(|spec| spec.hardness);
    let count = move |class: u8, hardness: Hardness| {
        model.report.with(|r| r.as_ref().and_then(|r| hardness_counts(r, class)).map_or(0, |c| c[hardness as usize]))
    };
    let legend = move || {
        Hardness::ALL
            .map(|hardness| {
                let sign = match hardness {
                    Hardness::Safe => "",
                    Hardness::Borderline => "□",
                    Hardness::Rare => "◇",
                    Hardness::Outlier => "×",
                };
                let title = move || format!("Of the majority {} are {}", count(0, hardness), hardness.name());
                view! {
                    <span class="chip legend" title=title data-testid=format!("hardness-{}", hardness.name())>
                        <span aria-hidden="true">{sign}</span>
                        <span>
                            {hardness.name()} " " <b class="num">{move || count(1, hardness)}</b>
                        </span>
                    </span>
                }
                .into_any()
            })
            .into_iter()
            .collect::<Vec<AnyView>>()
    };
    view! {
        <Show when=move || k().is_some()>
            <div class="plane-tools hardness-tools" role="group" aria-label="How hard the training points are">
                <span class="chip legend">
                    "Of " <b class="num">{move || Hardness::ALL.iter().map(|&h| count(1, h)).sum::<usize>()}</b>
                    " minority points"
                </span>
                {legend()}
                <label class="brush">
                    "Neighbours "
                    <input
                        type="range"
                        min="1"
                        max=MOST.to_string()
                        step="1"
                        data-testid="hardness-k"
                        prop:value=move || k().unwrap_or(USUAL).to_string()
                        aria-valuetext=move || format!("{} neighbours", k().unwrap_or(USUAL))
                        on:input=move |event| {
                            if let Ok(k) = event_target_value(&event).parse::<u8>() {
                                lab.edit(|spec| spec.hardness = Some(k));
                            }
                        }
                        on:change=move |_| lab.commit()
                    />
                    <b class="num">{move || k().unwrap_or(USUAL)}</b>
                </label>
            </div>
        </Show>
    }
    .into_any()
}
