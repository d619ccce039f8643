//! The table: every setting of the lab, in the order in which a link is written and read.

use super::edits::{read_points, read_rows, write_points, write_rows};
use super::field::{Access, Field, Kind};
use super::sampler::{read_samplers, write_samplers};
use super::table::{read_table, write_table};
use super::text::{float, or_list, quote, read_number};
use super::{read_pin, write_pin};
use crate::dataset::{Dial, MAX_HIDDEN, MAX_UNITS, Source};
use crate::experiment::{Layers, Link, Off};
use crate::model::{ClassWeight, Classifier};
use crate::resample::METHODS;

const SEED_RANGE: fn(&Link) -> [f64; 2] = |_| [0.0, u32::MAX as f64];
const SHARE_RANGE: fn(&Link) -> [f64; 2] = |_| [0.0, 0.5];
/// For a source without the dial: its value is kept while another source is looked at.
const ANY_DIAL: [f64; 2] = [0.0, 10.0];
const AUTO: &str = "auto";
const WEIGHT_RANGE: [f64; 2] = [0.001, 1000.0];

/// What most rows share.
const ROW: Field = Field {
    name: "",
    meaning: "",
    kind: Kind::Text,
    choices: Vec::new,
    range: None,
    dial: None,
    applies: |_| true,
    access: Access::Own { write: |_| None, read: |_, _, _, _| Ok(()) },
};

const ONLY_AUTO: fn() -> Vec<&'static str> = || vec![AUTO];
const ON_OFF: fn() -> Vec<&'static str> = || vec!["off", "on"];

/// Every setting of the lab.
pub const FIELDS: &[Field] = &[
    Field {
        name: "data",
        meaning: "where the rows come from",
        kind: Kind::Choice,
        choices: || Source::ALL.iter().map(|s| s.info().id).collect(),
        access: Access::Word {
            get: |l| l.spec.data.source.info().id,
            set: |l, id| l.spec.data.source = Source::from_id(id).unwrap_or(l.spec.data.source),
        },
        ..ROW
    },
    Field {
        name: "n",
        meaning: "number of rows in all, both classes together",
        kind: Kind::Int,
        range: Some(|_| [50.0, 100_000.0]),
        access: Access::Number {
            word: None,
            get: |l| Some(l.spec.data.n_samples as f64),
            set: |l, v| l.spec.data.n_samples = v.unwrap_or_default() as usize,
        },
        ..ROW
    },
    Field {
        name: "ratio",
        meaning: "majority rows per minority row",
        kind: Kind::Float,
        range: Some(|_| [1.0, 1000.0]),
        access: Access::Number {
            word: None,
            get: |l| Some(l.spec.data.imbalance_ratio),
            set: |l, v| l.spec.data.imbalance_ratio = v.unwrap_or_default(),
        },
        ..ROW
    },
    Field {
        name: "distance",
        meaning: "how far apart the classes lie, in the units of the source",
        kind: Kind::Float,
        choices: ONLY_AUTO,
        range: Some(|l| dial_range(DISTANCE, l)),
        dial: Some(DISTANCE),
        access: Access::Number {
            word: Some(AUTO),
            get: |l| l.spec.data.distance,
            set: |l, v| l.spec.data.distance = v,
        },
        ..ROW
    },
    Field {
        name: "spread",
        meaning: "how wide the classes are: scikit-learn's noise or cluster_std, else a factor on every standard deviation",
        kind: Kind::Float,
        choices: ONLY_AUTO,
        range: Some(|l| dial_range(SPREAD, l)),
        dial: Some(SPREAD),
        access: Access::Number { word: Some(AUTO), get: |l| l.spec.data.spread, set: |l, v| l.spec.data.spread = v },
        ..ROW
    },
    Field {
        name: "label_noise",
        meaning: "share of generated rows whose label is flipped; make_classification draws it anew, so that half keep it",
        kind: Kind::Float,
        range: Some(SHARE_RANGE),
        access: Access::Number {
            word: None,
            get: |l| Some(l.spec.data.label_noise),
            set: |l, v| l.spec.data.label_noise = v.unwrap_or_default(),
        },
        ..ROW
    },
    Field {
        name: "outliers",
        meaning: "share of generated rows moved to random places",
        kind: Kind::Float,
        range: Some(SHARE_RANGE),
        access: Access::Number {
            word: None,
            get: |l| Some(l.spec.data.outliers),
            set: |l, v| l.spec.data.outliers = v.unwrap_or_default(),
        },
        ..ROW
    },
    Field {
        name: "hidden",
        meaning: "columns of noise that no plane shows: samplers that measure distances measure them too",
        kind: Kind::Int,
        range: Some(|_| [0.0, f64::from(MAX_HIDDEN)]),
        access: Access::Number {
            word: None,
            get: |l| Some(f64::from(l.spec.data.hidden)),
            set: |l, v| l.spec.data.hidden = v.unwrap_or_default() as u8,
        },
        ..ROW
    },
    Field {
        name: "units",
        meaning: "factor on the second axis, as if it were measured in a smaller unit",
        kind: Kind::Float,
        range: Some(|_| [1.0, MAX_UNITS]),
        access: Access::Number {
            word: None,
            get: |l| Some(l.spec.data.units),
            set: |l, v| l.spec.data.units = v.unwrap_or_default(),
        },
        ..ROW
    },
    Field {
        name: "factor",
        meaning: "make_circles: radius of the inner circle over that of the outer",
        kind: Kind::Float,
        range: Some(|_| [0.0, 0.99]),
        access: Access::Number {
            word: None,
            get: |l| Some(l.spec.data.factor),
            set: |l, v| l.spec.data.factor = v.unwrap_or_default(),
        },
        ..ROW
    },
    Field {
        name: "clusters",
        meaning: "make_classification: clusters per class",
        kind: Kind::Int,
        range: Some(|_| [1.0, 2.0]),
        access: Access::Number {
            word: None,
            get: |l| Some(f64::from(l.spec.data.clusters)),
            set: |l, v| l.spec.data.clusters = v.unwrap_or_default() as u8,
        },
        ..ROW
    },
    Field {
        name: "features",
        meaning: "breast-cancer: numbers of the two features on the axes, joined by a comma",
        kind: Kind::List,
        range: Some(|_| [0.0, 29.0]),
        access: Access::Own {
            write: |l| Some(format!("{},{}", l.spec.data.features[0], l.spec.data.features[1])),
            read: |text, l, _, notes| {
                let reason = "not two whole numbers from 0 to 29, joined by a comma";
                let (a, b) = text.split_once(',').ok_or(reason)?;
                for (axis, part) in [a, b].into_iter().enumerate() {
                    let number = read_number(part, true, [0.0, 29.0]).ok_or(reason)?;
                    if let Some(why) = number.moved {
                        notes.push(format!("features: {} is {why}; {} is used", quote(part), float(number.value)));
                    }
                    l.spec.data.features[axis] = number.value as u8;
                }
                Ok(())
            },
        },
        ..ROW
    },
    Field {
        name: "csv",
        meaning: "table: the rows themselves, packed; or @ and the digest of a table too large for a link",
        access: Access::Own {
            write: |l| l.spec.data.table.as_ref().map(write_table),
            read: |text, l, tables, _| {
                l.spec.data.table = Some(read_table(text, tables)?);
                Ok(())
            },
        },
        ..ROW
    },
    Field {
        name: "points",
        meaning: "points drawn by hand, as class:x,y;x,y",
        access: Access::Own {
            write: |l| Some(&l.spec.data.edits.added).filter(|p| !p.is_empty()).map(|p| write_points(p)),
            read: |text, l, _, notes| {
                l.spec.data.edits.added = read_points(text, notes);
                Ok(())
            },
        },
        ..ROW
    },
    Field {
        name: "erase",
        meaning: "rows of the source erased by hand, as 3,7-12, counted from 0",
        access: Access::Own {
            write: |l| Some(&l.spec.data.edits.erased).filter(|r| !r.is_empty()).map(|r| write_rows(r)),
            read: |text, l, _, notes| {
                l.spec.data.edits.erased = read_rows(text, notes);
                Ok(())
            },
        },
        ..ROW
    },
    Field {
        name: "seed",
        meaning: "the lab seed: every stage passes it as random_state",
        kind: Kind::Int,
        range: Some(SEED_RANGE),
        access: Access::Number {
            word: None,
            get: |l| Some(f64::from(l.spec.seed)),
            set: |l, v| l.spec.seed = v.unwrap_or_default() as u32,
        },
        ..ROW
    },
    Field {
        name: "data_seed",
        meaning: "a seed of its own for the data; auto is the lab seed",
        kind: Kind::Int,
        choices: ONLY_AUTO,
        range: Some(SEED_RANGE),
        access: Access::Number {
            word: Some(AUTO),
            get: |l| l.spec.data.seed.map(f64::from),
            set: |l, v| l.spec.data.seed = v.map(|v| v as u32),
        },
        ..ROW
    },
    Field {
        name: "split_seed",
        meaning: "a seed of its own for the split; auto is the lab seed",
        kind: Kind::Int,
        choices: ONLY_AUTO,
        range: Some(SEED_RANGE),
        access: Access::Number {
            word: Some(AUTO),
            get: |l| l.spec.split_seed.map(f64::from),
            set: |l, v| l.spec.split_seed = v.map(|v| v as u32),
        },
        ..ROW
    },
    Field {
        name: "test_size",
        meaning: "share of the rows held out for the test, stratified",
        kind: Kind::Float,
        range: Some(|_| [0.1, 0.9]),
        access: Access::Number {
            word: None,
            get: |l| Some(l.spec.test_size),
            set: |l, v| l.spec.test_size = v.unwrap_or_default(),
        },
        ..ROW
    },
    Field {
        name: "scale",
        meaning: "standardise both axes, fitted on the training rows",
        kind: Kind::Bool,
        choices: ON_OFF,
        access: Access::Switch { get: |l| l.spec.scale, set: |l, v| l.spec.scale = v },
        ..ROW
    },
    Field {
        name: "sampler",
        meaning: "samplers joined by +, each with its parameters after dots: smote.k3.r0.5.s7+tomek.all",
        kind: Kind::List,
        choices: || METHODS.iter().map(|method| method.link).collect(),
        access: Access::Own {
            write: |l| Some(write_samplers(&l.spec.samplers)).filter(|t| !t.is_empty()),
            read: |text, l, _, notes| {
                l.spec.samplers = read_samplers(text, notes);
                Ok(())
            },
        },
        ..ROW
    },
    Field {
        name: "hardness",
        meaning: "neighbours that tell how hard each training row is: safe, borderline, rare or an outlier; off by default",
        kind: Kind::Int,
        choices: || vec!["off"],
        range: Some(|_| [1.0, 50.0]),
        access: Access::Number {
            word: Some("off"),
            get: |l| l.spec.hardness.map(f64::from),
            set: |l, v| l.spec.hardness = v.map(|v| v as u8),
        },
        ..ROW
    },
    Field {
        name: "model",
        meaning: "what is fitted: logistic regression, or the dummy that always predicts the majority",
        kind: Kind::Choice,
        choices: || vec!["logistic", "majority"],
        access: Access::Word {
            get: |l| match l.spec.classifier {
                Classifier::LogisticRegression { .. } => "logistic",
                Classifier::MajorityDummy => "majority",
            },
            set: |l, word| match word {
                "majority" => l.spec.classifier = Classifier::MajorityDummy,
                _ => l.spec.classifier = Classifier::default(),
            },
        },
        ..ROW
    },
    Field {
        name: "C",
        meaning: "logistic: inverse strength of the L2 penalty; none is no penalty",
        kind: Kind::Float,
        choices: || vec!["none"],
        range: Some(|_| [0.0001, 10_000.0]),
        applies: is_logistic,
        access: Access::Number {
            word: Some("none"),
            get: |l| Some(logistic(l).0).filter(|c| c.is_finite()),
            set: |l, v| {
                if let Classifier::LogisticRegression { c, .. } = &mut l.spec.classifier {
                    *c = v.unwrap_or(f64::INFINITY);
                }
            },
        },
        ..ROW
    },
    Field {
        name: "degree",
        meaning: "logistic: degree of the polynomial features",
        kind: Kind::Int,
        range: Some(|_| [1.0, 3.0]),
        applies: is_logistic,
        access: Access::Number {
            word: None,
            get: |l| Some(f64::from(logistic(l).1)),
            set: |l, v| {
                if let Classifier::LogisticRegression { degree, .. } = &mut l.spec.classifier {
                    *degree = v.unwrap_or_default() as u8;
                }
            },
        },
        ..ROW
    },
    Field {
        name: "class_weight",
        meaning: "logistic: none, balanced, or how much a minority row counts beside a majority row",
        kind: Kind::Choice,
        choices: || vec!["none", "balanced"],
        range: Some(|_| WEIGHT_RANGE),
        applies: is_logistic,
        access: Access::Own {
            write: |l| {
                Some(match logistic(l).2 {
                    ClassWeight::None => "none".to_string(),
                    ClassWeight::Balanced => "balanced".to_string(),
                    ClassWeight::Ratio(ratio) => float(ratio),
                })
            },
            read: |text, l, _, notes| {
                let weight = match text.to_ascii_lowercase().as_str() {
                    "none" => ClassWeight::None,
                    "balanced" => ClassWeight::Balanced,
                    _ => {
                        let [min, max] = WEIGHT_RANGE;
                        let reason = || format!("not none, balanced or a number from {} to {}", float(min), float(max));
                        let number = read_number(text, false, WEIGHT_RANGE).ok_or_else(reason)?;
                        if let Some(why) = number.moved {
                            notes.push(format!(
                                "class_weight: {} is {why}; {} is used",
                                quote(text),
                                float(number.value)
                            ));
                        }
                        ClassWeight::Ratio(number.value)
                    }
                };
                if let Classifier::LogisticRegression { class_weight, .. } = &mut l.spec.classifier {
                    *class_weight = weight;
                }
                Ok(())
            },
        },
        ..ROW
    },
    Field {
        name: "off",
        meaning: "stages switched off, joined by +",
        kind: Kind::List,
        choices: || OFF.iter().map(|(name, ..)| *name).collect(),
        access: Access::Own {
            write: |l| Some(write_flags(OFF, &l.spec.off)).filter(|t| t != NOTHING),
            read: |text, l, _, notes| {
                l.spec.off = Off::default();
                read_flags("off", OFF, text, &mut l.spec.off, notes);
                Ok(())
            },
        },
        ..ROW
    },
    Field {
        name: "threshold",
        meaning: "a row is called positive when its score is at least this",
        kind: Kind::Float,
        range: Some(|_| [0.0, 1.0]),
        access: Access::Number {
            word: None,
            get: |l| Some(l.view.threshold),
            set: |l, v| l.view.threshold = v.unwrap_or_default(),
        },
        ..ROW
    },
    Field {
        name: "step",
        meaning: "position of the stepper: steps of the samplers played so far",
        kind: Kind::Int,
        choices: || vec!["end"],
        range: Some(SEED_RANGE),
        access: Access::Number {
            word: Some("end"),
            get: |l| l.view.step.map(f64::from),
            set: |l, v| l.view.step = v.map(|v| v as u32),
        },
        ..ROW
    },
    Field {
        name: "layers",
        meaning: "what the plane shows, joined by +, or none",
        kind: Kind::List,
        choices: || LAYERS.iter().map(|(name, ..)| *name).collect(),
        access: Access::Own {
            write: |l| Some(write_flags(LAYERS, &l.view.layers)),
            read: |text, l, _, notes| {
                read_flags("layers", LAYERS, text, &mut l.view.layers, notes);
                Ok(())
            },
        },
        ..ROW
    },
    Field {
        name: "pin",
        meaning: "the run pinned as baseline: a link of its own, percent-encoded, or default",
        access: Access::Own {
            write: |l| l.pin.as_deref().map(write_pin),
            read: |text, l, tables, notes| {
                l.pin = Some(Box::new(read_pin(text, tables, notes)));
                Ok(())
            },
        },
        ..ROW
    },
];

const DISTANCE: fn(Source) -> Option<Dial> = |source| source.info().distance;
const SPREAD: fn(Source) -> Option<Dial> = |source| source.info().spread;

fn dial_range(dial: fn(Source) -> Option<Dial>, link: &Link) -> [f64; 2] {
    dial(link.spec.data.source).map_or(ANY_DIAL, |d| [d.min, d.max])
}

fn is_logistic(link: &Link) -> bool {
    matches!(link.spec.classifier, Classifier::LogisticRegression { .. })
}

/// C, degree and class weight; scikit-learn's defaults for a model without them.
fn logistic(link: &Link) -> (f64, u8, ClassWeight) {
    match link.spec.classifier {
        Classifier::LogisticRegression { c, degree, class_weight } => (c, degree, class_weight),
        Classifier::MajorityDummy => (1.0, 1, ClassWeight::None),
    }
}

/// A switch of a set: its name, and how to look at it and change it.
type Flag<T> = (&'static str, fn(&T) -> bool, fn(&mut T, bool));

const OFF: &[Flag<Off>] = &[
    ("split", |o| o.split, |o, v| o.split = v),
    ("resample", |o| o.resample, |o, v| o.resample = v),
    ("model", |o| o.model, |o, v| o.model = v),
];

const LAYERS: &[Flag<Layers>] = &[
    ("train", |l| l.train, |l, v| l.train = v),
    ("test", |l| l.test, |l, v| l.test = v),
    ("synthetic", |l| l.synthetic, |l, v| l.synthetic = v),
    ("removed", |l| l.removed, |l, v| l.removed = v),
    ("surface", |l| l.surface, |l, v| l.surface = v),
    ("bayes", |l| l.bayes, |l, v| l.bayes = v),
];

/// An empty set.
const NOTHING: &str = "none";

fn write_flags<T>(flags: &[Flag<T>], of: &T) -> String {
    let names: Vec<&str> = flags.iter().filter(|(_, get, _)| get(of)).map(|(name, ..)| *name).collect();
    if names.is_empty() { NOTHING.to_string() } else { names.join("+") }
}

/// Sets exactly the named switches; unknown names are left out with a note.
fn read_flags<T>(field: &str, flags: &[Flag<T>], text: &str, into: &mut T, notes: &mut Vec<String>) {
    flags.iter().for_each(|(_, _, set)| set(into, false));
    for word in text.split('+').map(str::trim).filter(|w| !w.is_empty() && !w.eq_ignore_ascii_case(NOTHING)) {
        match flags.iter().find(|(name, ..)| name.eq_ignore_ascii_case(word)) {
            Some((_, _, set)) => set(into, true),
            None => {
                let names: Vec<&str> = flags.iter().map(|(name, ..)| *name).collect();
                notes.push(format!("{field}: {} is left out; there are {}", quote(word), or_list(&names)));
            }
        }
    }
}
