//! Stage 1: which data, how many, how rare, how far apart, how noisy; own data; the lab seed, and one for the data alone.

use std::sync::Arc;

use leptos::prelude::*;

use super::{commit, seed, taken};
use crate::dataset::{
    DataSpec, Dial, MAX_HIDDEN, MAX_NOISE, MAX_RATIO, MAX_ROWS, MAX_UNITS, MIN_ROWS, Origin, Source, Table,
    breast_cancer,
};
use crate::state::Lab;
use crate::ui::controls::{Choice, Entry, Scale, Select, Slider};
use crate::ui::dialogs::Open;
use crate::ui::thumbnail::Thumbnail;
use crate::ui::wiring::drag;

pub(super) fn panel(lab: Lab) -> AnyView {
    let open = expect_context::<Open>();
    // The controls are built anew when the source changes, not when a dial is dragged.
    let source = Memo::new(move |_| lab.spec.read().data.source);
    let drawn = Memo::new(move |_| {
        let edits = &lab.spec.read().data.edits;
        (edits.added.len(), edits.erased.len())
    });
    view! {
        <button
            type="button"
            class="source"
            data-testid="source"
            aria-haspopup="dialog"
            title="Choose other data"
            on:click=move |_| open.sources.set(true)
        >
            {move || {
                let info = source.get().info();
                view! {
                    <Thumbnail source=info.source/>
                    <span>
                        <b>{info.title}</b>
                        <small>{info.story}</small>
                    </span>
                }
            }}
        </button>
        {move || dials(lab, source.get())}
        {seed::lab_seed(lab)}
        {seed::data_seed(lab)}
        <div class="buttons">
            {seed::roll_and_reset(lab)}
            <button
                type="button"
                data-testid="open-table"
                title="Paste or upload a CSV table"
                on:click=move |_| open.table.set(true)
            >
                "Own data"
            </button>
            {move || {
                let (added, erased) = drawn.get();
                (added + erased > 0).then(|| view! {
                    <button
                        type="button"
                        data-testid="clear-drawing"
                        title=format!("{added} drawn, {erased} erased")
                        on:click=move |_| lab.decide(|spec| spec.data.edits = Default::default())
                    >
                        "Clear drawing"
                    </button>
                })
            }}
        </div>
        {move || (source.get() == Source::BreastCancer).then(|| view! {
            <p class="quiet attribution">{breast_cancer::ATTRIBUTION}</p>
        })}
    }
    .into_any()
}

/// How a dial is read and set.
type Access = (fn(&DataSpec) -> f64, fn(&mut DataSpec, f64));

fn dials(lab: Lab, source: Source) -> AnyView {
    let info = source.info();
    let number = move |id: &'static str,
                       label: &'static str,
                       hint: &'static str,
                       scale: Scale,
                       get: fn(&DataSpec) -> f64,
                       set: fn(&mut DataSpec, f64)| {
        view! {
            <Slider
                id=id
                label=label
                hint=hint
                value=Signal::derive(move || get(&lab.spec.read().data))
                scale=Signal::derive(move || scale)
                range=taken(lab, id)
                set=Callback::new(move |value| drag(lab, |spec| set(&mut spec.data, value)))
                commit=commit(lab)
            />
        }
        .into_any()
    };
    let of_dial = |dial: Dial| Scale::linear(dial.min, dial.max, dial.step);
    let mut controls = Vec::new();
    if info.has_size() {
        controls.push(number(
            "n",
            "Points",
            "Total number of points, both classes",
            Scale::log(MIN_ROWS as f64, MAX_ROWS as f64, 1.0),
            |data| data.n_samples as f64,
            |data, n| data.n_samples = n as usize,
        ));
    }
    if info.has_ratio() {
        controls.push(number(
            "ratio",
            "Imbalance 1 :",
            "Majority points per minority point, 1 to 1000",
            Scale::log(1.0, MAX_RATIO, 0.0),
            |data| data.imbalance_ratio,
            |data, ratio| data.imbalance_ratio = ratio,
        ));
    }
    if let Some(dial) = info.distance {
        let (get, set): Access = (DataSpec::distance, |data, value| data.distance = Some(value));
        controls.push(number("distance", dial.label, "How far apart the classes lie", of_dial(dial), get, set));
    }
    if let Some(dial) = info.spread {
        let (get, set): Access = (DataSpec::spread, |data, value| data.spread = Some(value));
        controls.push(number("spread", dial.label, "How wide the classes are", of_dial(dial), get, set));
    }
    if let Some(dial) = info.factor {
        controls.push(number(
            "factor",
            dial.label,
            "Radius of the inner circle over that of the outer",
            of_dial(dial),
            |data| data.factor,
            |data, value| data.factor = value,
        ));
    }
    if info.has_clusters {
        controls.push(clusters(lab));
    }
    if info.has_noise() {
        let share = Scale::linear(0.0, MAX_NOISE, 0.01);
        controls.push(number(
            "label_noise",
            "Label noise",
            match source {
                // flip_y: one in two comes out as it was.
                Source::MakeClassification => "Share of points whose label is drawn anew, right or wrong",
                _ => "Share of points whose label is wrong",
            },
            share,
            |data| data.label_noise,
            |data, value| data.label_noise = value,
        ));
        controls.push(number(
            "outliers",
            "Outliers",
            "Share of points moved to random places",
            share,
            |data| data.outliers,
            |data, value| data.outliers = value,
        ));
    }
    controls.push(number(
        "hidden",
        "Hidden noise columns",
        "Numbers that no plane shows but every distance counts: near and far lose their meaning",
        Scale::linear(0.0, f64::from(MAX_HIDDEN), 1.0),
        |data| f64::from(data.hidden),
        |data, value| data.hidden = value as u8,
    ));
    if info.has_units() {
        controls.push(number(
            "units",
            "Second axis times",
            "As if it were measured in a smaller unit: what asks for neighbours and is not scaled sees little else",
            Scale::log(1.0, MAX_UNITS, 0.0),
            |data| data.units,
            |data, value| data.units = value,
        ));
    }
    if info.has_features() {
        controls.push(features(lab));
    }
    if info.origin == Origin::Own {
        controls.push(own(lab));
    }
    controls.into_any()
}

fn clusters(lab: Lab) -> AnyView {
    view! {
        <Choice
            id="clusters"
            label="Clusters per class"
            value=Signal::derive(move || if lab.spec.read().data.clusters >= 2 { "2" } else { "1" })
            entries=&[("1", "One"), ("2", "Two")]
            choose=Callback::new(move |chosen: &'static str| {
                lab.decide(|spec| spec.data.clusters = if chosen == "2" { 2 } else { 1 });
            })
        />
    }
    .into_any()
}

fn features(lab: Lab) -> AnyView {
    let entries: Vec<Entry> =
        breast_cancer::FEATURES.iter().enumerate().map(|(i, name)| Entry::new(i.to_string(), *name, "")).collect();
    let axis = |axis: usize, id: &'static str, label: &'static str| {
        let entries = entries.clone();
        view! {
            <Select
                id=id
                label=label
                value=Signal::derive(move || lab.spec.read().data.features[axis].to_string())
                entries=entries
                choose=Callback::new(move |chosen: String| {
                    if let Ok(feature) = chosen.parse() {
                        lab.decide(|spec| spec.data.features[axis] = feature);
                    }
                })
            />
        }
        .into_any()
    };
    (axis(0, "feature-x", "Across"), axis(1, "feature-y", "Up")).into_any()
}

fn own(lab: Lab) -> AnyView {
    let rows = move || {
        let spec = lab.spec.read();
        match &spec.data.table {
            Some(table) => format!(
                "{} rows of {} and {}; minority is “{}”.",
                table.y.len(),
                table.columns[0],
                table.columns[1],
                table.classes[1]
            ),
            None => "An empty sheet: choose Draw above the plane and click to add points.".to_owned(),
        }
    };
    view! { <p class="quiet">{rows}</p> }.into_any()
}

/// Shows other data: its own dials begin at their defaults, size and ratio stay.
pub fn choose(lab: Lab, source: Source) {
    lab.decide(|spec| {
        if spec.data.source == source {
            return;
        }
        spec.data = DataSpec {
            n_samples: spec.data.n_samples,
            imbalance_ratio: spec.data.imbalance_ratio,
            seed: spec.data.seed,
            table: spec.data.table.take(),
            ..DataSpec::default_for(source)
        };
    });
}

/// Shows an imported table.
pub fn show_table(lab: Lab, table: Table) {
    lab.decide(|spec| {
        spec.data = DataSpec {
            n_samples: spec.data.n_samples,
            imbalance_ratio: spec.data.imbalance_ratio,
            table: Some(Arc::new(table)),
            ..DataSpec::default_for(Source::Table)
        };
    });
}
