//! Stage 3: a chain of samplers, each with its parameters.

use leptos::prelude::*;

use super::only_types::only_types;
use super::{by_class, commit, seed, strategy};
use crate::resample::{Domain, METHODS, Method, Parameter, Sampler, SamplerStage, Value};
use crate::state::Lab;
use crate::ui::controls::{Choice, Scale, Slider, Switch};
use crate::ui::picker::{Picker, STEPS_AT_MOST, button_id, note, with_defaults};
use crate::ui::wiring::drag;

/// SMOTE with its defaults, as the invitation applies it.
pub fn smote() -> Option<SamplerStage> {
    with_defaults("SMOTE")
}

pub(super) fn panel(lab: Lab) -> AnyView {
    let picker = Picker::new(lab);
    // The controls are built anew when the methods change, not when a parameter is dragged.
    let methods =
        Memo::new(move |_| lab.spec.read().samplers.iter().map(|stage| stage.sampler.name()).collect::<Vec<_>>());
    let another = move || {
        let n = methods.read().len();
        (n > 0 && n < STEPS_AT_MOST).then(|| picker.button(n, "add-step".to_owned(), "", "+ Add a step after it"))
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
                0 => choose(picker, 0, None),
                n => (0..n).map(|at| one(lab, picker, at, n, methods[at])).collect_view().into_any(),
            }
        }}
        {another}
        {picker.view()}
    }
    .into_any()
}

/// The button that shows the method of the step at `at` and picks another.
fn choose(picker: Picker, at: usize, method: Option<&'static Method>) -> AnyView {
    let label = if at == 0 { "Method" } else { "Then" };
    view! {
        <div class="control">
            <span class="label">{label}</span>
            {picker.button(at, button_id(at), label, method.map_or("None", |method| method.title))}
        </div>
    }
    .into_any()
}

/// What the method is, for who wants to know.
fn about(method: &'static Method) -> AnyView {
    let (parity, why) = note(method).unwrap_or(("same rows, same order, same random stream as imbalanced-learn", ""));
    let words = method.words();
    view! {
        <details class="about" data-testid="about-method">
            <summary>"About this method"</summary>
            <p>{words.does}</p>
            <p>{words.used}</p>
            <p>{words.paper} "."</p>
            <p>{format!("{}: {parity}. {why}", method.name)}</p>
        </details>
    }
    .into_any()
}

/// One step of the chain: its method and parameters, and its place in the chain.
fn one(lab: Lab, picker: Picker, at: usize, n: usize, method: &'static str) -> AnyView {
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
    let Some(method) = METHODS.iter().find(|known| known.name == method) else { return ().into_any() };
    let mut parameters: Vec<AnyView> = method.parameters.iter().map(|parameter| control(lab, at, parameter)).collect();
    parameters.extend(method.takes_types().then(|| only_types(lab, at)));
    let target = strategy::control(lab, at, method.kind);
    let own_seed = method.random.then(|| {
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
            {moves} {choose(picker, at, Some(method))} {about(method)} {parameters} {target} {own_seed}
        </div>
    }
    .into_any()
}

/// What is read from the sampler at `at`.
pub(super) fn read<T: Default + Send + Sync + 'static>(
    lab: Lab,
    at: usize,
    pick: impl Fn(&Sampler) -> T + Send + Sync + 'static,
) -> Signal<T> {
    Signal::derive(move || lab.spec.read().samplers.get(at).map(|stage| pick(&stage.sampler)).unwrap_or_default())
}

/// Changes the sampler at `at`, live.
pub(super) fn change(lab: Lab, at: usize, change: impl FnOnce(&mut Sampler)) {
    drag(lab, |spec| {
        if let Some(stage) = spec.samplers.get_mut(at) {
            change(&mut stage.sampler);
        }
    });
}

/// The control of one parameter.
fn control(lab: Lab, at: usize, parameter: &'static Parameter) -> AnyView {
    let set = move |value: Value| {
        change(lab, at, |sampler| {
            sampler.set(parameter.name, value);
        });
    };
    match &parameter.domain {
        Domain::Count { min, max, slider, .. } => {
            let range = [f64::from(*min), f64::from(*max)];
            let scale = Scale::linear(f64::from(*min), f64::from(*slider), 1.0);
            view! {
                <Slider
                    id=parameter.name
                    label=parameter.label
                    hint=parameter.hint
                    value=read(lab, at, |sampler| sampler.count(parameter) as f64)
                    scale=Signal::derive(move || scale)
                    range=Signal::derive(move || Some(range))
                    set=Callback::new(move |n: f64| set(Value::Count(n as u32)))
                    commit=commit(lab)
                />
            }
            .into_any()
        }
        Domain::Real { by_class: true, .. } => by_class::control(lab, at, parameter),
        Domain::Real { .. } => real(lab, at, parameter),
        Domain::Flag => {
            let choose = move |on: bool| {
                set(Value::Flag(on));
                lab.commit();
            };
            let on = read(lab, at, |sampler| sampler.flag(parameter));
            view! { <Switch id=parameter.name label=parameter.label on=on set=Callback::new(choose)/> }.into_any()
        }
        Domain::Choice(choices) => {
            let choose = move |word: &'static str| {
                let at = choices.iter().position(|choice| choice.link == word).unwrap_or(0);
                set(Value::Choice(at as u8));
                lab.commit();
            };
            let value =
                read(lab, at, |sampler| choices.get(sampler.choice(parameter)).map_or("", |choice| choice.link));
            let entries: Vec<_> = choices.iter().map(|choice| (choice.link, choice.label)).collect();
            view! {
                <Choice
                    id=parameter.name
                    label=parameter.label
                    hint=parameter.hint
                    value=value
                    entries=entries
                    choose=Callback::new(choose)
                />
            }
            .into_any()
        }
    }
}

/// The control of a number that the library may find itself.
pub(super) fn real(lab: Lab, at: usize, parameter: &'static Parameter) -> AnyView {
    let Domain::Real { min, max, step, auto, .. } = &parameter.domain else { return ().into_any() };
    let set = move |value: Value| {
        change(lab, at, |sampler| {
            sampler.set(parameter.name, value);
        });
    };
    let scale = Scale::linear(*min, *max, *step);
    // Where the slider stands while the library finds the number.
    let value = read(lab, at, move |sampler| sampler.real(parameter).unwrap_or(scale.min));
    let is_found = read(lab, at, |sampler| sampler.real(parameter).is_none());
    let slider = view! {
        <Slider
            id=parameter.name
            label=parameter.label
            hint=parameter.hint
            value=value
            scale=Signal::derive(move || scale)
            disabled=Signal::derive(move || is_found.get().then(|| "Found from the data.".to_owned()))
            set=Callback::new(move |v: f64| set(Value::Real(v)))
            commit=commit(lab)
        />
    };
    let auto = auto.map(|word| {
        let choose = move |on: bool| {
            set(if on { Value::Auto } else { Value::Real(scale.min) });
            lab.commit();
        };
        let label = format!("{} = {}", parameter.name, word.trim_matches('"'));
        view! { <Switch id=format!("{}-auto", parameter.name) label=label on=is_found set=Callback::new(choose)/> }
    });
    view! { {auto} {slider} }.into_any()
}
