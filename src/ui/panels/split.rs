//! Stage 2: how much is held out, and whether both axes are standardised.

use leptos::prelude::*;

use super::{commit, seed, taken};
use crate::state::Lab;
use crate::ui::controls::{Scale, Slider, Switch};
use crate::ui::wiring::drag;

pub(super) fn panel(lab: Lab) -> AnyView {
    let off = move || {
        lab.spec.read().off.split.then(|| "The split is switched off; switch it on in the pipeline.".to_owned())
    };
    view! {
        <Slider
            id="test_size"
            label="Test share"
            hint="test_size: share of the rows that the model never sees"
            value=Signal::derive(move || lab.spec.read().test_size)
            scale=Signal::derive(|| Scale::linear(0.1, 0.9, 0.01))
            range=taken(lab, "test_size")
            disabled=Signal::derive(off)
            set=Callback::new(move |share| drag(lab, |spec| spec.test_size = share))
            commit=commit(lab)
        />
        <Switch
            id="scale"
            label="Standardise both axes"
            hint="StandardScaler, fitted on the training rows only"
            on=Signal::derive(move || lab.spec.read().scale)
            set=Callback::new(move |on| lab.decide(|spec| spec.scale = on))
        />
        {seed::own_seed(lab, "split_seed".to_owned(), |spec| spec.split_seed, |spec, seed| spec.split_seed = seed)}
    }
    .into_any()
}
