//! The control of a number of which each class may have its own.

use leptos::prelude::*;

use super::commit;
use super::resample::{change, read, real};
use crate::base::Class;
use crate::resample::{Domain, Parameter, Sampler, Value};
use crate::state::Lab;
use crate::ui::controls::{Scale, Slider, Switch};

/// The classes of the lab, with the id of each slider and what to say of it.
const CLASSES: [(Class, &str, &str, &str); 2] = [
    (1, "by-class-1", "of the minority", "how far minority rows are moved"),
    (
        0,
        "by-class-0",
        "of the majority",
        "how far majority rows are moved; it counts only where a strategy adds majority rows, too",
    ),
];

/// One number for all, or one for each class.
pub(super) fn control(lab: Lab, at: usize, parameter: &'static Parameter) -> AnyView {
    let apart = read(lab, at, move |sampler| matches!(sampler.get(parameter.name), Some(Value::ByClass(_))));
    let set = move |value: Value| {
        change(lab, at, |sampler| {
            sampler.set(parameter.name, value);
        });
    };
    let choose = move |on: bool| {
        let one = read(lab, at, move |sampler| number(sampler, parameter, 1)).get_untracked();
        set(if on { Value::ByClass([Some(one), Some(one), None]) } else { Value::Real(one) });
        lab.commit();
    };
    let label = format!("{} of each class", parameter.name);
    // The sliders are built anew when the switch is turned, not when they are dragged.
    let turned = Memo::new(move |_| apart.get());
    let sliders = move || match turned.get() {
        true => CLASSES.into_iter().map(|class| of_class(lab, at, parameter, class)).collect_view().into_any(),
        false => real(lab, at, parameter),
    };
    view! {
        <Switch id=format!("{}-by-class", parameter.name) label=label on=apart set=Callback::new(choose)/>
        {sliders}
    }
    .into_any()
}

fn of_class(
    lab: Lab,
    at: usize,
    parameter: &'static Parameter,
    (class, id, whose, hint): (Class, &'static str, &'static str, &'static str),
) -> AnyView {
    let Domain::Real { min, max, step, .. } = parameter.domain else { return ().into_any() };
    let scale = Scale::linear(min, max, step);
    let set = move |value: f64| {
        change(lab, at, |sampler| {
            let mut of = if let Some(Value::ByClass(of)) = sampler.get(parameter.name) { of } else { [None; 3] };
            of[usize::from(class)] = Some(value);
            sampler.set(parameter.name, Value::ByClass(of));
        });
    };
    view! {
        <Slider
            id=id
            label=format!("{} {whose}", parameter.name)
            hint=hint
            value=read(lab, at, move |sampler| number(sampler, parameter, class))
            scale=Signal::derive(move || scale)
            set=Callback::new(set)
            commit=commit(lab)
        />
    }
    .into_any()
}

/// The number of a class, or the one for all.
fn number(sampler: &Sampler, parameter: &Parameter, class: Class) -> f64 {
    match sampler.get(parameter.name) {
        Some(Value::ByClass(of)) => of[usize::from(class)].unwrap_or(0.0),
        _ => sampler.real(parameter).unwrap_or(0.0),
    }
}
