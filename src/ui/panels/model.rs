//! Stage 4: what to fit, how curved it may be, how strongly it is held back, what each class counts.

use leptos::prelude::*;

use super::{commit, taken};
use crate::model::{ClassWeight, Classifier};
use crate::state::Lab;
use crate::ui::controls::{Choice, Entry, Scale, Select, Slider, Switch};
use crate::ui::wiring::drag;

const LOGISTIC: &str = "logistic";
const DUMMY: &str = "dummy";

/// Where a class weight of the learner's own starts.
const FIRST_RATIO: f64 = 10.0;

pub(super) fn panel(lab: Lab) -> AnyView {
    let kind = Signal::derive(move || {
        match lab.spec.read().classifier {
            Classifier::MajorityDummy => DUMMY,
            Classifier::LogisticRegression { .. } => LOGISTIC,
        }
        .to_owned()
    });
    let choose = move |kind: String| {
        lab.decide(|spec| {
            spec.classifier = if kind == DUMMY { Classifier::MajorityDummy } else { Classifier::default() };
        });
    };
    let is_logistic = Memo::new(move |_| kind.with(|kind| kind == LOGISTIC));
    view! {
        {move || {
            lab.spec.read().off.model.then(|| {
                view! { <p class="quiet">"The model is switched off: everything is called majority."</p> }
            })
        }}
        <Select
            id="model-select"
            label="Model"
            value=kind
            entries=vec![
                Entry::new(LOGISTIC, "Logistic regression", ""),
                Entry::new(DUMMY, "Always the majority (dummy)", ""),
            ]
            choose=Callback::new(choose)
        />
        {move || is_logistic.get().then(|| logistic(lab))}
    }
    .into_any()
}

fn logistic(lab: Lab) -> AnyView {
    let read = move |pick: fn(f64, u8, ClassWeight) -> f64| {
        Signal::derive(move || match lab.spec.read().classifier {
            Classifier::LogisticRegression { c, degree, class_weight } => pick(c, degree, class_weight),
            Classifier::MajorityDummy => f64::NAN,
        })
    };
    let (c, degree) = (read(|c, _, _| c), read(|_, degree, _| f64::from(degree)));
    let ratio = read(|_, _, weight| match weight {
        ClassWeight::Ratio(weight) => weight,
        ClassWeight::None | ClassWeight::Balanced => FIRST_RATIO,
    });
    let unpenalised = Signal::derive(move || c.get().is_infinite());
    let weight = Signal::derive(move || match lab.spec.read().classifier {
        Classifier::LogisticRegression { class_weight: ClassWeight::Balanced, .. } => "balanced",
        Classifier::LogisticRegression { class_weight: ClassWeight::Ratio(_), .. } => "ratio",
        _ => "none",
    });
    // A memo: while its own slider is dragged the slider has to stay the same element.
    let own_weight = Memo::new(move |_| weight.get() == "ratio");
    let weigh = move |chosen: &'static str| {
        let chosen = match chosen {
            "balanced" => ClassWeight::Balanced,
            "ratio" => ClassWeight::Ratio(ratio.get_untracked()),
            _ => ClassWeight::None,
        };
        change(lab, |_, _, weight| *weight = chosen);
        lab.commit();
    };
    view! {
        <Choice
            id="degree"
            label="Boundary"
            hint="Degree of the polynomial features"
            value=Signal::derive(move || ["1", "2", "3"][(degree.get() as usize).clamp(1, 3) - 1])
            entries=&[("1", "Line"), ("2", "Quadratic"), ("3", "Cubic")]
            choose=Callback::new(move |degree: &'static str| {
                change(lab, |_, at, _| *at = degree.parse().unwrap_or(1));
                lab.commit();
            })
        />
        <Slider
            id="c"
            label="C"
            hint="Inverse strength of the L2 penalty: weak to the right"
            value=Signal::derive(move || if unpenalised.get() { 1000.0 } else { c.get() })
            scale=Signal::derive(|| Scale::log(0.001, 1000.0, 0.0))
            range=taken(lab, "C")
            disabled=Signal::derive(move || unpenalised.get().then(|| "No penalty, so there is no C.".to_owned()))
            set=Callback::new(move |c| change(lab, |at, _, _| *at = c))
            commit=commit(lab)
        />
        <Switch
            id="penalty"
            label="L2 penalty"
            hint="Off: maximum likelihood, as with C = infinity"
            on=Signal::derive(move || !unpenalised.get())
            set=Callback::new(move |on| {
                change(lab, |c, _, _| *c = if on { 1.0 } else { f64::INFINITY });
                lab.commit();
            })
        />
        <Choice
            id="class_weight"
            label="Class weight"
            hint="How much each class counts in the loss"
            value=weight
            entries=&[("none", "None"), ("balanced", "Balanced"), ("ratio", "Own")]
            choose=Callback::new(weigh)
        />
        {move || own_weight.get().then(|| view! {
            <Slider
                id="weight"
                label="A minority point counts"
                value=ratio
                scale=Signal::derive(|| Scale::log(0.1, 1000.0, 0.0))
                range=taken(lab, "class_weight")
                set=Callback::new(move |value| change(lab, |_, _, weight| *weight = ClassWeight::Ratio(value)))
                commit=commit(lab)
            />
        })}
    }
    .into_any()
}

/// Changes the settings of the logistic regression, live.
fn change(lab: Lab, change: impl FnOnce(&mut f64, &mut u8, &mut ClassWeight)) {
    drag(lab, |spec| {
        if let Classifier::LogisticRegression { c, degree, class_weight } = &mut spec.classifier {
            change(c, degree, class_weight);
        }
    });
}
