//! The lab seed, and the seed that a stage may have instead.

use leptos::prelude::*;

use crate::browser::seed;
use crate::experiment::Spec;
use crate::state::Lab;
use crate::ui::controls::Whole;

const HINT: &str = "random_state: a whole number from 0 to 4294967295";

/// The lab seed.
pub fn lab_seed(lab: Lab) -> AnyView {
    let value = Signal::derive(move || Some(lab.spec.read().seed));
    view! {
        <Whole
            id="seed"
            label="Seed"
            value=value
            hint=HINT
            empty=Signal::derive(|| None::<String>)
            set=Callback::new(move |seed: Option<u32>| {
                if let Some(seed) = seed {
                    lab.decide(|spec| spec.seed = seed);
                }
            })
        />
    }
    .into_any()
}

/// Regenerate (a new seed) and Reset (the same seed).
pub fn roll_and_reset(lab: Lab) -> AnyView {
    let regenerate = move |_| match seed::roll() {
        Some(seed) => lab.regenerate(seed),
        None => lab.notify("This browser gives no randomness; type a seed instead."),
    };
    view! {
            <button type="button" data-testid="regenerate" title="New data from a new seed" on:click=regenerate>
                "Regenerate"
            </button>
            <button
                type="button"
                data-testid="reset"
                title="Back to the first example; the seed stays"
                on:click=move |_| lab.reset()
            >
                "Reset"
            </button>
    }
    .into_any()
}

/// A seed of a stage's own.
pub fn own_seed(
    lab: Lab,
    id: String,
    get: impl Fn(&Spec) -> Option<u32> + Send + Sync + 'static,
    set: impl Fn(&mut Spec, Option<u32>) + Send + Sync + 'static,
) -> AnyView {
    own_seed_called(lab, id, "Own seed", get, set)
}

/// The seed that the data have instead of the lab's, which stands beside it.
pub fn data_seed(lab: Lab) -> AnyView {
    own_seed_called(lab, "data_seed".to_owned(), "Seed of the data", |s| s.data.seed, |s, seed| s.data.seed = seed)
}

fn own_seed_called(
    lab: Lab,
    id: String,
    label: &'static str,
    get: impl Fn(&Spec) -> Option<u32> + Send + Sync + 'static,
    set: impl Fn(&mut Spec, Option<u32>) + Send + Sync + 'static,
) -> AnyView {
    view! {
        <Whole
            id=id
            label=label
            value=Signal::derive(move || get(&lab.spec.read()))
            hint=HINT
            empty=Signal::derive(move || Some(format!("lab seed {}", lab.spec.read().seed)))
            set=Callback::new(move |seed: Option<u32>| lab.decide(|spec| set(spec, seed)))
        />
    }
    .into_any()
}
