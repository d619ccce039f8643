//! How many rows of each class a sampler leaves: the control of `sampling_strategy`. It shows what is set, whatever it
//! is, and goes from one form to another only when the reader chooses one.

use leptos::prelude::*;

use super::commit;
use super::resample::{change, read};
use crate::base::Class;
use crate::resample::{RowId, SamplingKind, SamplingStrategy};
use crate::state::Lab;
use crate::ui::controls::{Entry, Scale, Select, Slider, Whole};

/// Below this a target ratio asks for hardly anything: it can be typed.
const HANDY_RATIO: f64 = 0.05;

/// The forms of a strategy as links name them, each with an example.
static FORMS: [(&str, SamplingStrategy); 9] = [
    ("auto", SamplingStrategy::Auto),
    ("ratio", SamplingStrategy::Ratio(1.0)),
    ("rows", SamplingStrategy::Counts(Vec::new())),
    ("classes", SamplingStrategy::Classes(Vec::new())),
    ("all", SamplingStrategy::All),
    ("minority", SamplingStrategy::Minority),
    ("majority", SamplingStrategy::Majority),
    ("notminority", SamplingStrategy::NotMinority),
    ("notmajority", SamplingStrategy::NotMajority),
];

/// The form of a strategy.
fn form(strategy: &SamplingStrategy) -> &'static str {
    let same =
        |(_, example): &&(&str, SamplingStrategy)| std::mem::discriminant(example) == std::mem::discriminant(strategy);
    FORMS.iter().find(same).map_or("auto", |(form, _)| form)
}

/// Words for a form, by what the sampler does.
fn words(form: &str, kind: SamplingKind) -> &'static str {
    match (form, kind) {
        ("auto", SamplingKind::Over) => "auto: up to the majority",
        ("auto", SamplingKind::Under) => "auto: down to the minority",
        ("auto", SamplingKind::Clean) => "auto: majority rows",
        ("all", SamplingKind::Clean) => "all: rows of both classes",
        ("ratio", _) => "A ratio, minority : majority",
        ("rows", _) => "A number of rows for each class",
        ("classes", _) => "Rows of the classes in a list",
        ("all", _) => "all",
        ("minority", _) => "minority",
        ("majority", _) => "majority",
        ("notminority", _) => "not minority",
        _ => "not majority",
    }
}

/// The forms that can be chosen, and `set` where the sampler does not take what is set.
fn entries(kind: SamplingKind, set: Option<&'static str>) -> Vec<Entry> {
    let taken = FORMS.iter().filter(|(_, example)| kind.takes(example)).map(|(form, _)| *form);
    let entry = |form: &'static str| Entry::new(form, words(form, kind), "");
    let odd = set.map(|form| Entry::new(form, format!("{}: not for this method", words(form, kind)), ""));
    taken.map(entry).chain(odd).collect()
}

/// What a form begins with. `rows` are the present ones of each class, before and after the sampler: a dict begins with
/// what there is, so that choosing it changes nothing yet.
fn begin(form: &str, kind: SamplingKind, rows: Option<[[usize; 2]; 2]>) -> SamplingStrategy {
    match form {
        "rows" => {
            let [before, after] = rows.unwrap_or_default();
            let changed = |class: &usize| match kind {
                SamplingKind::Over => after[*class] > before[*class],
                _ => after[*class] < before[*class],
            };
            let counts = [0, 1].into_iter().filter(changed).map(|class| (class as Class, after[class]));
            SamplingStrategy::Counts(counts.collect())
        }
        // The majority is what "auto" cleans.
        "classes" => SamplingStrategy::Classes(vec![0]),
        _ => FORMS.iter().find(|(known, _)| *known == form).map_or(SamplingStrategy::Auto, |(_, of)| of.clone()),
    }
}

/// The number of rows that a dict gives a class; of several the last one counts.
fn count_of(strategy: &SamplingStrategy, class: Class) -> Option<usize> {
    match strategy {
        SamplingStrategy::Counts(counts) => counts.iter().rfind(|(of, _)| *of == class).map(|(_, rows)| *rows),
        _ => None,
    }
}

/// Gives a class a number of rows in a dict, or leaves the class as it is; the others keep theirs.
fn set_count(strategy: &mut SamplingStrategy, class: Class, rows: Option<usize>) {
    if let SamplingStrategy::Counts(counts) = strategy {
        let place = counts.iter().position(|(of, _)| *of == class).unwrap_or(counts.len());
        counts.retain(|(of, _)| *of != class);
        rows.iter().for_each(|&rows| counts.insert(place.min(counts.len()), (class, rows)));
    }
}

/// Puts a class on the list or takes it off; the others stay.
fn toggle(strategy: &mut SamplingStrategy, class: Class) {
    if let SamplingStrategy::Classes(classes) = strategy {
        match classes.contains(&class) {
            true => classes.retain(|of| *of != class),
            false => classes.push(class),
        }
    }
}

/// The two classes of the lab, and any that a link names besides.
fn classes(strategy: &SamplingStrategy) -> Vec<Class> {
    let mut all: Vec<Class> = vec![1, 0];
    let named: Vec<Class> = match strategy {
        SamplingStrategy::Counts(counts) => counts.iter().map(|(class, _)| *class).collect(),
        SamplingStrategy::Classes(classes) => classes.clone(),
        _ => Vec::new(),
    };
    for class in named {
        if !all.contains(&class) {
            all.push(class);
        }
    }
    all
}

fn name(class: Class) -> String {
    match class {
        1 => "minority".to_owned(),
        0 => "majority".to_owned(),
        class => format!("class {class}"),
    }
}

/// The control for the sampler at `at` of the chain.
pub(super) fn control(lab: Lab, at: usize, kind: SamplingKind) -> AnyView {
    let strategy = Memo::new(move |_| {
        let spec = lab.spec.read();
        spec.samplers.get(at).map_or(SamplingStrategy::Auto, |stage| stage.sampler.sampling_strategy.clone())
    });
    let of = Memo::new(move |_| strategy.with(form));
    // Once it is among the choices it stays there: a list that is built anew loses the focus.
    let odd = Memo::new(move |before: Option<&Option<&'static str>>| {
        let odd = strategy.with(|strategy| (!kind.takes(strategy)).then(|| form(strategy)));
        odd.or(before.copied().flatten())
    });
    let choose = move |form: String| {
        let rows = rows_around(lab, at);
        change(lab, at, |sampler| sampler.sampling_strategy = begin(&form, kind, rows));
        lab.commit();
    };
    let select = move || {
        view! {
            <Select
                id=format!("strategy-{}", at + 1)
                label=if kind == SamplingKind::Clean { "Remove" } else { "Target" }
                hint="sampling_strategy: which classes, and how many rows of each afterwards"
                value=Signal::derive(move || of.get().to_owned())
                entries=entries(kind, odd.get())
                choose=Callback::new(choose)
            />
        }
    };
    // The slider stays the same element while it is dragged away from "auto", which is a ratio of 1 for two classes.
    let part = Memo::new(move |_| match of.get() {
        "auto" | "ratio" if kind != SamplingKind::Clean => "ratio",
        other => other,
    });
    let details = move || match part.get() {
        "ratio" if kind != SamplingKind::Clean => ratio(lab, at),
        "rows" => rows(lab, at, strategy),
        "classes" => list(lab, at, strategy),
        _ => ().into_any(),
    };
    view! { {select} {details} }.into_any()
}

/// Rows of both classes before and after the sampler, in the result that is shown, if it is of the sampler as it stands.
fn rows_around(lab: Lab, at: usize) -> Option<[[usize; 2]; 2]> {
    let outcome = lab.outcome.get_untracked()?;
    let chain = &outcome.report.chain;
    let stage = chain.stages.get(at)?;
    let present = lab.spec.with_untracked(|spec| spec.samplers.get(at).is_some_and(|now| now.sampler == stage.sampler));
    let count = |rows: &[RowId]| {
        [0, 1].map(|class: Class| rows.iter().filter(|&&row| chain.pool_y[row as usize] == class).count())
    };
    present.then(|| [count(&stage.input), count(&stage.output)])
}

fn ratio(lab: Lab, at: usize) -> AnyView {
    let value = read(lab, at, |sampler| match sampler.sampling_strategy {
        SamplingStrategy::Ratio(ratio) => ratio,
        _ => 1.0,
    });
    let set = move |ratio: f64| {
        change(lab, at, |sampler| {
            if sampler.sampling_strategy != SamplingStrategy::Auto || ratio < 1.0 {
                sampler.sampling_strategy = SamplingStrategy::Ratio(ratio);
            }
        });
    };
    view! {
        <Slider
            id="target_ratio"
            label="Target minority : majority"
            hint="sampling_strategy: minority over majority afterwards"
            value=value
            scale=Signal::derive(|| Scale::linear(HANDY_RATIO, 1.0, 0.01))
            range=Signal::derive(|| Some(SamplingStrategy::RATIOS))
            set=Callback::new(set)
            commit=commit(lab)
        />
    }
    .into_any()
}

/// A box for every class of a dict. Empty: the class is not in it, and stays as it is.
fn rows(lab: Lab, at: usize, strategy: Memo<SamplingStrategy>) -> AnyView {
    let shown = Memo::new(move |_| strategy.with(classes));
    let row = move |class: Class| {
        let set = move |rows: Option<u32>| {
            change(lab, at, |sampler| {
                set_count(&mut sampler.sampling_strategy, class, rows.map(|rows| rows as usize));
            });
            lab.commit();
        };
        let value = move || {
            let rows = strategy.with(|strategy| count_of(strategy, class));
            rows.map(|rows| u32::try_from(rows).unwrap_or(u32::MAX))
        };
        view! {
            <Whole
                id=format!("rows-{class}-{}", at + 1)
                label=format!("Rows of the {}", name(class))
                hint="sampling_strategy: rows of this class afterwards; empty: as many as there are"
                value=Signal::derive(value)
                empty=Signal::derive(|| Some("as they are".to_owned()))
                set=Callback::new(set)
            />
        }
    };
    (move || shown.get().into_iter().map(row).collect_view()).into_any()
}

/// A box to tick for every class of a list.
fn list(lab: Lab, at: usize, strategy: Memo<SamplingStrategy>) -> AnyView {
    let shown = Memo::new(move |before: Option<&Vec<Class>>| {
        // What a link names besides stays on the page when it is no longer ticked, to be ticked again.
        let now = strategy.with(classes);
        let gone = before.into_iter().flatten().filter(|class| !now.contains(class)).copied();
        let gone: Vec<Class> = gone.collect();
        now.into_iter().chain(gone).collect()
    });
    let has = move |class: Class| {
        strategy.with(|strategy| matches!(strategy, SamplingStrategy::Classes(classes) if classes.contains(&class)))
    };
    let tick = move |class: Class| {
        change(lab, at, |sampler| toggle(&mut sampler.sampling_strategy, class));
        lab.commit();
    };
    let row = move |class: Class| {
        view! {
            <label>
                <input
                    type="checkbox"
                    data-testid=format!("classes-{class}-{}", at + 1)
                    prop:checked=move || has(class)
                    on:change=move |_| tick(class)
                />
                <span>{name(class)}</span>
            </label>
        }
    };
    view! {
        <fieldset class="control choice only-types" title="sampling_strategy: the classes to take rows from">
            <legend>"Take rows from"</legend>
            <div class="boxes">{move || shown.get().into_iter().map(row).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_strategy_has_its_own_form_and_each_kind_offers_what_it_takes() {
        for (known, example) in &FORMS {
            assert_eq!(form(example), *known);
        }
        assert_eq!(form(&SamplingStrategy::Counts(vec![(1, 300)])), "rows");
        let offered = |kind| entries(kind, None).into_iter().map(|entry| entry.value).collect::<Vec<_>>();
        assert_eq!(
            offered(SamplingKind::Over),
            ["auto", "ratio", "rows", "all", "minority", "notminority", "notmajority"]
        );
        assert_eq!(offered(SamplingKind::Clean), ["auto", "classes", "all", "majority", "notminority", "notmajority"]);
        let odd = entries(SamplingKind::Over, Some("majority")).pop().unwrap();
        assert_eq!((odd.value.as_str(), odd.label.as_str()), ("majority", "majority: not for this method"));
    }

    #[test]
    fn a_dict_begins_with_the_rows_there_are() {
        let rows = Some([[90, 10], [90, 45]]);
        assert_eq!(begin("rows", SamplingKind::Over, rows), SamplingStrategy::Counts(vec![(1, 45)]));
        let rows = Some([[90, 10], [20, 10]]);
        assert_eq!(begin("rows", SamplingKind::Under, rows), SamplingStrategy::Counts(vec![(0, 20)]));
        assert_eq!(begin("rows", SamplingKind::Over, None), SamplingStrategy::Counts(Vec::new()));
        assert_eq!(begin("classes", SamplingKind::Clean, None), SamplingStrategy::Classes(vec![0]));
        assert_eq!(begin("notminority", SamplingKind::Over, None), SamplingStrategy::NotMinority);
    }

    #[test]
    fn the_rows_of_a_class_are_set_beside_those_of_the_others() {
        let mut strategy = SamplingStrategy::Counts(vec![(2, 9), (1, 5), (0, 7), (1, 6)]);
        assert_eq!(count_of(&strategy, 1), Some(6), "the last one counts");
        assert_eq!(classes(&strategy), [1, 0, 2]);
        set_count(&mut strategy, 1, Some(300));
        assert_eq!(strategy, SamplingStrategy::Counts(vec![(2, 9), (1, 300), (0, 7)]));
        set_count(&mut strategy, 0, None);
        assert_eq!(strategy, SamplingStrategy::Counts(vec![(2, 9), (1, 300)]));
        set_count(&mut strategy, 0, Some(8));
        assert_eq!(strategy, SamplingStrategy::Counts(vec![(2, 9), (1, 300), (0, 8)]));
    }

    #[test]
    fn ticking_a_class_keeps_the_others() {
        let mut strategy = SamplingStrategy::Classes(vec![2, 0]);
        toggle(&mut strategy, 1);
        assert_eq!(strategy, SamplingStrategy::Classes(vec![2, 0, 1]));
        toggle(&mut strategy, 0);
        assert_eq!(strategy, SamplingStrategy::Classes(vec![2, 1]));
    }
}
