//! Stage 3: a chain of samplers, each with its parameters.

use leptos::prelude::*;

use super::{commit, seed};
use crate::resample::{BorderlineKind, Sampler, SamplerStage, SamplingStrategy};
use crate::state::Lab;
use crate::ui::controls::{Choice, Entry, Scale, Select, Slider, Switch};
use crate::ui::stages;

/// Longer chains teach nothing new.
const STAGES_AT_MOST: usize = 4;

const NONE: &str = "none";

/// What can be chosen, with its heading. Values are imbalanced-learn's class names.
const METHODS: [(&str, &str, &str); 5] = [
    ("RandomOverSampler", "Random over-sampling", "Over-sample the minority"),
    ("SMOTE", "SMOTE", "Over-sample the minority"),
    ("BorderlineSMOTE", "Borderline-SMOTE", "Over-sample the minority"),
    ("RandomUnderSampler", "Random under-sampling", "Under-sample the majority"),
    ("TomekLinks", "Tomek links", "Clean the boundary"),
];

/// Combinations that have a name of their own.
const SMOTE_TOMEK: &str = "SMOTETomek";

fn method(sampler: &Sampler) -> &'static str {
    match sampler {
        Sampler::RandomOverSampler { .. } => "RandomOverSampler",
        Sampler::RandomUnderSampler { .. } => "RandomUnderSampler",
        Sampler::Smote { .. } => "SMOTE",
        Sampler::BorderlineSmote { .. } => "BorderlineSMOTE",
        Sampler::TomekLinks { .. } => "TomekLinks",
    }
}

/// A method with its defaults, keeping of `before` what both have.
fn sampler(method: &str, before: Option<&Sampler>) -> Option<Sampler> {
    let k = match before {
        Some(Sampler::Smote { k_neighbors, .. } | Sampler::BorderlineSmote { k_neighbors, .. }) => *k_neighbors,
        _ => 5,
    };
    let sampling_strategy = match before.map(stages::strategy) {
        Some(SamplingStrategy::Ratio(ratio)) if method != "TomekLinks" => SamplingStrategy::Ratio(*ratio),
        _ => SamplingStrategy::Auto,
    };
    Some(match method {
        "RandomOverSampler" => Sampler::RandomOverSampler { sampling_strategy },
        "RandomUnderSampler" => Sampler::RandomUnderSampler { sampling_strategy, replacement: false },
        "SMOTE" => Sampler::Smote { sampling_strategy, k_neighbors: k },
        "BorderlineSMOTE" => {
            Sampler::BorderlineSmote { sampling_strategy, k_neighbors: k, m_neighbors: 10, kind: BorderlineKind::One }
        }
        "TomekLinks" => Sampler::TomekLinks { sampling_strategy },
        _ => return None,
    })
}

/// SMOTE with its defaults, as the invitation applies it.
pub fn smote() -> SamplerStage {
    stage(Sampler::Smote { sampling_strategy: SamplingStrategy::Auto, k_neighbors: 5 })
}

fn tomek() -> SamplerStage {
    stage(Sampler::TomekLinks { sampling_strategy: SamplingStrategy::Auto })
}

fn stage(sampler: Sampler) -> SamplerStage {
    SamplerStage { sampler, seed: None }
}

pub(super) fn panel(lab: Lab) -> AnyView {
    // The controls are built anew when the methods change, not when a parameter is dragged.
    let methods =
        Memo::new(move |_| lab.spec.read().samplers.iter().map(|stage| method(&stage.sampler)).collect::<Vec<_>>());
    let cleaning = move || {
        let methods = methods.read();
        let full = methods.len() >= STAGES_AT_MOST;
        (!methods.is_empty()).then(|| {
            view! {
                <button
                    type="button"
                    class="wide"
                    data-testid="add-step"
                    disabled=full
                    title=if full { "Four steps are the most a chain can have" } else { "Applied to what the step before leaves" }
                    on:click=move |_| lab.decide(|spec| spec.samplers.push(tomek()))
                >
                    "+ Add a cleaning step (Tomek links)"
                </button>
            }
        })
    };
    view! {
        {move || {
            lab.spec.read().off.resample.then(|| {
                view! { <p class="quiet">"Resampling is switched off; its settings are kept."</p> }
            })
        }}
        {move || {
            let methods = methods.get();
            match methods.len() {
                0 => choose(lab, 0),
                n => (0..n).map(|at| one(lab, at, n, methods[at])).collect_view().into_any(),
            }
        }}
        {cleaning}
    }
    .into_any()
}

/// The method of the step at `at`; the first can be none or a combination.
fn choose(lab: Lab, at: usize) -> AnyView {
    let value = Signal::derive(move || {
        let spec = lab.spec.read();
        spec.samplers.get(at).map_or(NONE, |stage| method(&stage.sampler)).to_owned()
    });
    let mut entries = Vec::new();
    if at == 0 {
        entries.push(Entry::new(NONE, "None", ""));
    }
    entries.extend(METHODS.iter().map(|&(value, label, group)| Entry::new(value, label, group)));
    if at == 0 {
        entries.push(Entry::new(SMOTE_TOMEK, "SMOTE, then Tomek links", "Combine"));
    }
    let set = move |chosen: String| {
        lab.decide(|spec| {
            spec.off.resample = false;
            if chosen == SMOTE_TOMEK {
                spec.samplers = vec![smote(), tomek()];
                return;
            }
            let before = spec.samplers.get(at).map(|stage| stage.sampler.clone());
            match (sampler(&chosen, before.as_ref()), spec.samplers.get_mut(at)) {
                (Some(sampler), Some(stage)) => stage.sampler = sampler,
                (Some(sampler), None) => spec.samplers.push(stage(sampler)),
                (None, _) => spec.samplers.clear(),
            }
        });
    };
    let id = if at == 0 { "sampler-select".to_owned() } else { format!("sampler-select-{}", at + 1) };
    let label = if at == 0 { "Method" } else { "Then" };
    view! { <Select id=id label=label value=value entries=entries choose=Callback::new(set)/> }.into_any()
}

/// One step of the chain: its method and parameters, and its place in the chain.
fn one(lab: Lab, at: usize, n: usize, method: &'static str) -> AnyView {
    let moves = (n > 1).then(|| {
        let button =
            move |words: &'static str, title: &'static str, off: bool, act: fn(&mut Vec<SamplerStage>, usize)| {
                view! {
                    <button
                        type="button"
                        class="icon"
                        title=title
                        aria-label=format!("{title} (step {})", at + 1)
                        disabled=off
                        on:click=move |_| lab.decide(|spec| act(&mut spec.samplers, at))
                    >
                        {words}
                    </button>
                }
            };
        view! {
            <div class="moves">
                {button("↑", "Earlier", at == 0, |stages, at| stages.swap(at - 1, at))}
                {button("↓", "Later", at + 1 == n, |stages, at| stages.swap(at, at + 1))}
                {button("×", "Remove", false, |stages, at| {
                    stages.remove(at);
                })}
            </div>
        }
    });
    let borderline = method == "BorderlineSMOTE";
    let neighbors = (method == "SMOTE" || borderline).then(|| neighbors(lab, at));
    let danger = borderline.then(|| danger(lab, at));
    let ratio = (method != "TomekLinks").then(|| ratio(lab, at));
    let replacement = (method == "RandomUnderSampler").then(|| replacement(lab, at));
    let both_ends = (method == "TomekLinks").then(|| both_ends(lab, at));
    let own_seed = (method != "TomekLinks").then(|| {
        seed::own_seed(
            lab,
            format!("sampler-seed-{}", at + 1),
            move |spec| spec.samplers.get(at).and_then(|stage| stage.seed),
            move |spec, seed| {
                if let Some(stage) = spec.samplers.get_mut(at) {
                    stage.seed = seed;
                }
            },
        )
    });
    view! {
        <div class="link-of-chain" class:chained=(n > 1)>
            {moves} {choose(lab, at)} {neighbors} {danger} {ratio} {replacement} {both_ends} {own_seed}
        </div>
    }
    .into_any()
}

/// A number read from the sampler at `at`.
fn read(lab: Lab, at: usize, pick: fn(&Sampler) -> Option<f64>) -> Signal<f64> {
    Signal::derive(move || lab.spec.read().samplers.get(at).and_then(|stage| pick(&stage.sampler)).unwrap_or_default())
}

/// Changes the sampler at `at`, live.
fn change(lab: Lab, at: usize, change: impl FnOnce(&mut Sampler)) {
    lab.edit(|spec| {
        if let Some(stage) = spec.samplers.get_mut(at) {
            change(&mut stage.sampler);
        }
    });
}

fn neighbors(lab: Lab, at: usize) -> AnyView {
    let value = read(lab, at, |sampler| match sampler {
        Sampler::Smote { k_neighbors, .. } | Sampler::BorderlineSmote { k_neighbors, .. } => Some(*k_neighbors as f64),
        _ => None,
    });
    let set = move |k: f64| {
        change(lab, at, |sampler| {
            if let Sampler::Smote { k_neighbors, .. } | Sampler::BorderlineSmote { k_neighbors, .. } = sampler {
                *k_neighbors = k as usize;
            }
        });
    };
    view! {
        <Slider
            id="k_neighbors"
            label="Neighbours k"
            hint="k_neighbors: how many minority neighbours a new point can lie towards"
            value=value
            scale=Signal::derive(|| Scale::linear(1.0, 30.0, 1.0))
            set=Callback::new(set)
            commit=commit(lab)
        />
    }
    .into_any()
}

fn danger(lab: Lab, at: usize) -> AnyView {
    let m = read(lab, at, |sampler| match sampler {
        Sampler::BorderlineSmote { m_neighbors, .. } => Some(*m_neighbors as f64),
        _ => None,
    });
    let kind = read(lab, at, |sampler| match sampler {
        Sampler::BorderlineSmote { kind: BorderlineKind::Two, .. } => Some(2.0),
        _ => Some(1.0),
    });
    let set_m = move |m: f64| {
        change(lab, at, |sampler| {
            if let Sampler::BorderlineSmote { m_neighbors, .. } = sampler {
                *m_neighbors = m as usize;
            }
        });
    };
    let set_kind = move |chosen: &'static str| {
        change(lab, at, |sampler| {
            if let Sampler::BorderlineSmote { kind, .. } = sampler {
                *kind = if chosen == "2" { BorderlineKind::Two } else { BorderlineKind::One };
            }
        });
        lab.commit();
    };
    view! {
        <Slider
            id="m_neighbors"
            label="Neighbours m (who is in danger)"
            hint="m_neighbors: a minority point is in danger when at least half of these, but not all, are majority"
            value=m
            scale=Signal::derive(|| Scale::linear(1.0, 50.0, 1.0))
            set=Callback::new(set_m)
            commit=commit(lab)
        />
        <Choice
            id="kind"
            label="Kind"
            hint="1: towards minority neighbours only; 2: towards any, half-way to the other class"
            value=Signal::derive(move || if kind.get() > 1.5 { "2" } else { "1" })
            entries=&[("1", "borderline-1"), ("2", "borderline-2")]
            choose=Callback::new(set_kind)
        />
    }
    .into_any()
}

/// Below this a target ratio asks for hardly anything.
const LEAST_RATIO: f64 = 0.05;

fn ratio(lab: Lab, at: usize) -> AnyView {
    let value = read(lab, at, |sampler| match stages::strategy(sampler) {
        SamplingStrategy::Ratio(ratio) => Some(*ratio),
        _ => Some(1.0),
    });
    let set = move |ratio: f64| {
        change(lab, at, |sampler| {
            // 1 is what "auto" means for two classes, and the shorter link.
            let strategy = if ratio >= 1.0 { SamplingStrategy::Auto } else { SamplingStrategy::Ratio(ratio) };
            *stages::strategy_mut(sampler) = strategy;
        });
    };
    view! {
        <Slider
            id="target_ratio"
            label="Target minority : majority"
            hint="sampling_strategy: minority over majority afterwards"
            value=value
            scale=Signal::derive(|| Scale::linear(LEAST_RATIO, 1.0, 0.01))
            set=Callback::new(set)
            commit=commit(lab)
        />
    }
    .into_any()
}

fn replacement(lab: Lab, at: usize) -> AnyView {
    let value = read(lab, at, |sampler| match sampler {
        Sampler::RandomUnderSampler { replacement: true, .. } => Some(1.0),
        _ => Some(0.0),
    });
    let set = move |on: bool| {
        change(lab, at, |sampler| {
            if let Sampler::RandomUnderSampler { replacement, .. } = sampler {
                *replacement = on;
            }
        });
        lab.commit();
    };
    view! {
        <Switch
            id="replacement"
            label="Draw with replacement"
            on=Signal::derive(move || value.get() > 0.5)
            set=Callback::new(set)
        />
    }
    .into_any()
}

fn both_ends(lab: Lab, at: usize) -> AnyView {
    let value = read(lab, at, |sampler| match stages::strategy(sampler) {
        SamplingStrategy::All => Some(1.0),
        _ => Some(0.0),
    });
    let set = move |chosen: &'static str| {
        change(lab, at, |sampler| {
            *stages::strategy_mut(sampler) =
                if chosen == "all" { SamplingStrategy::All } else { SamplingStrategy::Auto };
        });
        lab.commit();
    };
    view! {
        <Choice
            id="tomek_strategy"
            label="Remove"
            hint="sampling_strategy: auto or all"
            value=Signal::derive(move || if value.get() > 0.5 { "all" } else { "auto" })
            entries=&[("auto", "Majority end"), ("all", "Both ends")]
            choose=Callback::new(set)
        />
    }
    .into_any()
}
