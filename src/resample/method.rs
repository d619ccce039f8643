//! What a method is: its names, its parameters, its paper, and what it has to be able to do.
//!
//! A [`Method`] is a row of facts, [`Words`] are what people read about it; an [`Algorithm`] is both and the three
//! things that are code: the resampling itself, the words for its steps, and its line in a Python script. Each of the
//! five is asked for by a function or list of its own, so that a program that only tells carries no solver, and one
//! that only computes no words.

use serde::{Deserialize, Serialize};

use super::bench::{Bench, Job};
use super::play::{Moment, Tally, Told};
use super::{Fault, Sampler, SamplingKind};
use crate::base::Class;

/// A resampling method: everything about it that decides a result, and its names.
#[derive(Debug)]
pub struct Method {
    /// Class name in Python.
    pub name: &'static str,
    /// Name in a link: lower-case letters and digits.
    pub link: &'static str,
    /// Name on screen.
    pub title: &'static str,
    /// Where it stands in the picker.
    pub family: Family,
    /// What its target counts mean.
    pub kind: SamplingKind,
    /// Its parameters beside strategy and seed.
    pub parameters: &'static [Parameter],
    /// Whether it draws (and takes a `random_state`).
    pub random: bool,
}

impl Method {
    /// Whether it can be restricted to types of rows: it adds rows and takes none away. A method that cleans afterwards
    /// would clean the rows it sees alone, and those it does not see would stay whatever the rule says of them.
    pub fn takes_types(&self) -> bool {
        self.kind == SamplingKind::Over && self.family != Family::Combined
    }
}

/// Methods are told apart by their names.
impl PartialEq for Method {
    fn eq(&self, other: &Self) -> bool {
        self.link == other.link
    }
}

/// What people read about a method. No result depends on it, and the worker does without it.
#[derive(Debug)]
pub struct Words {
    /// What it does, one line.
    pub does: &'static str,
    /// When it is used, one line.
    pub used: &'static str,
    /// Authors, title, place, year.
    pub paper: &'static str,
    /// What else it is called, between commas, for who looks for it.
    pub also: &'static str,
    /// How far its numbers are those of the library.
    pub parity: Parity,
    /// Names of its phases, in the order they are first entered. Empty: one phase without a name.
    pub phases: &'static [&'static str],
    /// The algorithm in five to twelve lines. A step says which line it belongs to.
    pub pseudocode: &'static [&'static str],
}

/// Headings of the picker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Adds minority rows.
    Over,
    /// Keeps some rows of the majority.
    UnderSelect,
    /// Puts new rows in the place of the majority's.
    UnderGenerate,
    /// Both.
    Combined,
    /// Not in imbalanced-learn.
    Beyond,
}

impl Family {
    /// All of them, in the order of the picker.
    pub const ALL: [Self; 5] = [Self::Over, Self::UnderSelect, Self::UnderGenerate, Self::Combined, Self::Beyond];

    /// The module of imbalanced-learn.
    pub fn module(self) -> &'static str {
        match self {
            Self::Over => "imblearn.over_sampling",
            Self::UnderSelect | Self::UnderGenerate => "imblearn.under_sampling",
            Self::Combined | Self::Beyond => "imblearn.combine",
        }
    }

    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Self::Over => "Over-sample the minority",
            Self::UnderSelect => "Under-sample: choose rows to keep",
            Self::UnderGenerate => "Under-sample: make new rows",
            Self::Combined => "Combine",
            Self::Beyond => "Beyond imbalanced-learn",
        }
    }
}

/// How far the numbers are those of the Python library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parity {
    /// Same rows, same order, same random stream.
    Same,
    /// Same rule; the reason why a last bit may decide otherwise.
    SameRule(&'static str),
    /// No class of the library: the script carries the method itself.
    Own,
}

/// One parameter of a method.
#[derive(Debug)]
pub struct Parameter {
    /// Its name in a link: letters, followed by the number when it has one. A choice writes its own words.
    pub link: &'static str,
    /// The library's name.
    pub name: &'static str,
    /// Its label on screen.
    pub label: &'static str,
    /// What it means, one line.
    pub hint: &'static str,
    /// What it may be.
    pub domain: Domain,
    /// What it is unless said otherwise.
    pub default: Value,
}

/// What a parameter may be.
#[derive(Debug)]
pub enum Domain {
    /// A whole number.
    Count {
        /// Smallest value.
        min: u32,
        /// Largest value.
        max: u32,
        /// Right end of the slider.
        slider: u32,
        /// Whether it is a number of neighbours (which must not be more than there are rows).
        neighbors: bool,
    },
    /// A number.
    Real {
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
        /// Step of the slider.
        step: f64,
        /// What Python calls the value [`Value::Auto`] (`None`, `"auto"`), where it is allowed.
        auto: Option<&'static str>,
        /// Whether each class may have one of its own ([`Value::ByClass`]).
        by_class: bool,
    },
    /// Present or absent; absent by default.
    Flag,
    /// One of these; the first by default.
    Choice(&'static [Choice]),
}

/// One of the values of a parameter.
#[derive(Debug)]
pub struct Choice {
    /// Its word in a link: letters and digits that begin with a letter.
    pub link: &'static str,
    /// As Python writes it.
    pub python: &'static str,
    /// Its label on screen.
    pub label: &'static str,
}

/// What a parameter is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// A whole number.
    Count(u32),
    /// A number.
    Real(f64),
    /// A number for each of the classes 0, 1, 2 that has one: a dict in Python.
    ByClass([Option<f64>; 3]),
    /// What the library finds itself.
    Auto,
    /// Present or absent.
    Flag(bool),
    /// Index of a choice.
    Choice(u8),
}

/// The classes that have a number of their own, with it.
pub fn given(by_class: [Option<f64>; 3]) -> impl Iterator<Item = (Class, f64)> {
    (0..).zip(by_class).filter_map(|(class, value)| Some((class, value?)))
}

/// Neighbours to interpolate towards: SMOTE's `k_neighbors`.
pub const K_NEIGHBORS: Parameter = Parameter {
    link: "k",
    name: "k_neighbors",
    label: "Neighbours k",
    hint: "k_neighbors: how many neighbours a new point can lie towards",
    domain: Domain::Count { min: 1, max: 1000, slider: 30, neighbors: true },
    default: Value::Count(5),
};

/// Neighbours that decide who is in danger: Borderline-SMOTE's `m_neighbors`.
pub const M_NEIGHBORS: Parameter = Parameter {
    link: "m",
    name: "m_neighbors",
    label: "Neighbours m (who is in danger)",
    hint: "m_neighbors: a minority point is in danger when at least half of these, but not all, are majority",
    domain: Domain::Count { min: 1, max: 1000, slider: 50, neighbors: true },
    default: Value::Count(10),
};

impl Domain {
    /// Whether `value` is of this sort. Its range is looked at when it is used.
    pub fn takes(&self, value: Value) -> bool {
        match (self, value) {
            (Self::Count { .. }, Value::Count(_)) | (Self::Real { .. }, Value::Real(_)) => true,
            (Self::Real { auto, .. }, Value::Auto) => auto.is_some(),
            (Self::Real { by_class, .. }, Value::ByClass(_)) => *by_class,
            (Self::Flag, Value::Flag(_)) => true,
            (Self::Choice(choices), Value::Choice(index)) => usize::from(index) < choices.len(),
            _ => false,
        }
    }
}

impl Parameter {
    /// `value` as Python writes it.
    pub fn python(&self, value: Value) -> String {
        match (value, &self.domain) {
            (Value::Count(n), _) => n.to_string(),
            (Value::Real(v), _) => format!("{v:?}"),
            (Value::ByClass(of), _) => {
                let pairs: Vec<String> = given(of).map(|(class, v)| format!("{class}: {v:?}")).collect();
                format!("{{{}}}", pairs.join(", "))
            }
            (Value::Auto, Domain::Real { auto: Some(text), .. }) => (*text).to_owned(),
            (Value::Auto, _) => "None".to_owned(),
            (Value::Flag(on), _) => if on { "True" } else { "False" }.to_owned(),
            (Value::Choice(at), Domain::Choice(choices)) => {
                choices.get(usize::from(at)).map_or("None", |choice| choice.python).to_owned()
            }
            (Value::Choice(_), _) => "None".to_owned(),
        }
    }
}

/// A sampler in a Python script.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PythonCall {
    /// What is imported: module and name.
    pub imports: Vec<(&'static str, &'static str)>,
    /// Classes that the script has to carry, where no library has them. They use `np`.
    pub code: Vec<&'static str>,
    /// The expression that makes the sampler.
    pub call: String,
    /// Whether its labels lie between 0 and 1, so that the model has to be wrapped by the `SoftLabels` of its code.
    pub soft_labels: bool,
}

/// What every method is able to do.
pub trait Algorithm {
    /// Its facts.
    const METHOD: Method;

    /// What people read about it.
    const WORDS: Words;

    /// Resamples: looks at the rows on the bench and changes them through it, which leaves the steps behind.
    fn fit_resample(bench: &mut Bench, job: &Job) -> Result<(), Fault>;

    /// What to say about one step, which line of the pseudocode it is, and the variables of that line.
    fn tell(moment: &Moment) -> Told;

    /// Why the row in focus is dropped or removed, with the rule and the numbers that decided: what follows on "is
    /// dropped:".
    fn why_dropped(_: &Moment) -> String {
        "it was not chosen".to_string()
    }

    /// What the whole stage did, in one sentence; `*` opens and closes what is strong.
    fn summary(tally: &Tally) -> String {
        tally.summary()
    }

    /// What the stage does with its present numbers in two or three sentences, and what to watch out for.
    fn explain(tally: &Tally) -> (String, String);

    /// The expression that makes the sampler in Python; `seed` is the text of its `random_state`.
    fn python(sampler: &Sampler, seed: &str) -> PythonCall {
        sampler.python_call(seed)
    }
}
