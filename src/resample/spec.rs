//! Which sampler, with which parameters. Names and defaults are imbalanced-learn's.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::method::{Domain, Method, Parameter, PythonCall, Value};
use super::{Fault, OnlyTypes, SamplingKind, methods, strategy};
use crate::base::Class;

/// How many rows each class should have afterwards (imbalanced-learn's `sampling_strategy`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum SamplingStrategy {
    /// `"auto"`: "not majority" when over-sampling, "not minority" when under-sampling or cleaning.
    Auto,
    /// `"minority"`.
    Minority,
    /// `"majority"`.
    Majority,
    /// `"not minority"`.
    NotMinority,
    /// `"not majority"`.
    NotMajority,
    /// `"all"`.
    All,
    /// A float in (0, 1]: minority / majority after resampling, two classes only.
    Ratio(f64),
    /// A dict: class to number of rows afterwards.
    Counts(Vec<(Class, usize)>),
    /// A list of classes (cleaning only).
    Classes(Vec<Class>),
}

impl SamplingStrategy {
    /// The ratios that can be asked for: of as many rows as data may have, a smaller one is less than a row.
    pub const RATIOS: [f64; 2] = [1e-5, 1.0];

    /// A dict from class to number of rows, refused when a number is negative.
    pub fn counts(wanted: &[(Class, i64)]) -> Result<Self, Fault> {
        let count = |&(class, asked): &(Class, i64)| match usize::try_from(asked) {
            Ok(count) => Ok((class, count)),
            Err(_) => Err(Fault::CountNegative { class, asked }),
        };
        wanted.iter().map(count).collect::<Result<_, _>>().map(Self::Counts)
    }

    /// Whether a sampler of this kind takes it.
    pub fn fits(&self, kind: SamplingKind) -> bool {
        strategy::check_type(self, kind).is_ok()
    }

    /// As Python writes it.
    pub fn python(&self) -> String {
        match self {
            Self::Auto => "'auto'".to_string(),
            Self::Minority => "'minority'".to_string(),
            Self::Majority => "'majority'".to_string(),
            Self::NotMinority => "'not minority'".to_string(),
            Self::NotMajority => "'not majority'".to_string(),
            Self::All => "'all'".to_string(),
            Self::Ratio(ratio) => format!("{ratio:?}"),
            Self::Counts(counts) => {
                let pairs: Vec<String> = counts.iter().map(|(class, count)| format!("{class}: {count}")).collect();
                format!("{{{}}}", pairs.join(", "))
            }
            Self::Classes(classes) => format!("{classes:?}"),
        }
    }
}

/// A method with its parameters.
///
/// ```
/// use imbalance_lab::resample::{K_NEIGHBORS, Sampler, Value};
///
/// let smote = Sampler::named("SMOTE").unwrap().with(&K_NEIGHBORS, Value::Count(3));
/// assert_eq!(smote.count(&K_NEIGHBORS), 3);
/// assert_eq!(smote.python_call("42").call, "SMOTE(k_neighbors=3, random_state=42)");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Sampler {
    method: &'static Method,
    /// Target counts.
    pub sampling_strategy: SamplingStrategy,
    /// In the order of the method's parameters.
    values: Vec<Value>,
}

impl Sampler {
    /// A method with its defaults.
    pub fn new(method: &'static Method) -> Self {
        let values = method.parameters.iter().map(|parameter| parameter.default).collect();
        Self { method, sampling_strategy: SamplingStrategy::Auto, values }
    }

    /// The method of this class name, with its defaults.
    pub fn named(name: &str) -> Option<Self> {
        methods::METHODS.iter().find(|method| method.name == name).map(Self::new)
    }

    /// With another target.
    pub fn to(mut self, sampling_strategy: SamplingStrategy) -> Self {
        self.sampling_strategy = sampling_strategy;
        self
    }

    /// With another value of a parameter; one it does not have, or a value of another sort, changes nothing.
    pub fn with(mut self, parameter: &Parameter, value: Value) -> Self {
        self.set(parameter.name, value);
        self
    }

    /// The method.
    pub fn method(&self) -> &'static Method {
        self.method
    }

    /// Class name in Python.
    pub fn name(&self) -> &'static str {
        self.method.name
    }

    /// What its target counts mean.
    pub fn kind(&self) -> SamplingKind {
        self.method.kind
    }

    /// Its parameters with what they are.
    pub fn parameters(&self) -> impl Iterator<Item = (&'static Parameter, Value)> + '_ {
        self.method.parameters.iter().zip(self.values.iter().copied())
    }

    /// Its numbers of neighbours with their names.
    pub fn neighbor_parameters(&self) -> Vec<(&'static str, usize)> {
        let of = |(parameter, value): (&'static Parameter, Value)| match (&parameter.domain, value) {
            (Domain::Count { neighbors: true, .. }, Value::Count(n)) => Some((parameter.name, n as usize)),
            _ => None,
        };
        self.parameters().filter_map(of).collect()
    }

    /// What the parameter called `name` is.
    pub fn get(&self, name: &str) -> Option<Value> {
        self.parameters().find(|(parameter, _)| parameter.name == name).map(|(_, value)| value)
    }

    /// Changes the parameter called `name`; `false` when there is none, or it cannot be that.
    pub fn set(&mut self, name: &str, value: Value) -> bool {
        let Some(at) = self.method.parameters.iter().position(|parameter| parameter.name == name) else {
            return false;
        };
        let taken = self.method.parameters[at].domain.takes(value);
        if taken {
            self.values[at] = value;
        }
        taken
    }

    /// A parameter that the method may lack: then its default.
    fn value(&self, parameter: &Parameter) -> Value {
        self.get(parameter.name).unwrap_or(parameter.default)
    }

    /// A whole number.
    pub fn count(&self, parameter: &Parameter) -> usize {
        if let Value::Count(n) = self.value(parameter) { n as usize } else { 0 }
    }

    /// A number; `None` when the library is to find it.
    pub fn real(&self, parameter: &Parameter) -> Option<f64> {
        if let Value::Real(value) = self.value(parameter) { Some(value) } else { None }
    }

    /// Whether a flag is set.
    pub fn flag(&self, parameter: &Parameter) -> bool {
        self.value(parameter) == Value::Flag(true)
    }

    /// Index of the choice made.
    pub fn choice(&self, parameter: &Parameter) -> usize {
        if let Value::Choice(at) = self.value(parameter) { usize::from(at) } else { 0 }
    }

    /// The keyword argument `sampling_strategy`, unless it is the default.
    pub fn python_strategy(&self) -> Option<String> {
        let strategy = self.sampling_strategy.python().replace('\'', "\"");
        Some(format!("sampling_strategy={strategy}")).filter(|_| self.sampling_strategy != SamplingStrategy::Auto)
    }

    /// The keyword arguments that differ from the defaults, `sampling_strategy` first.
    pub fn python_arguments(&self) -> Vec<String> {
        let mut arguments: Vec<String> = self.python_strategy().into_iter().collect();
        let changed = self.parameters().filter(|(parameter, value)| *value != parameter.default);
        arguments.extend(changed.map(|(parameter, value)| format!("{}={}", parameter.name, parameter.python(value))));
        arguments
    }

    /// The call of a class of imbalanced-learn whose arguments are the parameters; defaults are left out.
    pub fn python_call(&self, seed: &str) -> PythonCall {
        let mut arguments = self.python_arguments();
        if self.method.random {
            arguments.push(format!("random_state={seed}"));
        }
        let call = format!("{}({})", self.name(), arguments.join(", "));
        PythonCall {
            imports: vec![(self.method.family.module(), self.name())],
            code: Vec::new(),
            call,
            soft_labels: false,
        }
    }
}

/// What is sent: the method by its name.
#[derive(Serialize, Deserialize)]
struct Sent {
    method: String,
    sampling_strategy: SamplingStrategy,
    values: Vec<Value>,
}

impl Serialize for Sampler {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (method, sampling_strategy) = (self.method.link.to_owned(), self.sampling_strategy.clone());
        Sent { method, sampling_strategy, values: self.values.clone() }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Sampler {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let sent = Sent::deserialize(deserializer)?;
        let method = methods::METHODS.iter().find(|method| method.link == sent.method);
        let mut sampler = method.map(Self::new).ok_or_else(|| D::Error::custom("unknown sampler"))?;
        sampler.sampling_strategy = sent.sampling_strategy;
        for (parameter, value) in sampler.method.parameters.iter().zip(sent.values) {
            sampler.set(parameter.name, value);
        }
        Ok(sampler)
    }
}

/// One stage of a chain of samplers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SamplerStage {
    /// What to do.
    pub sampler: Sampler,
    /// Overrides the lab seed for this stage.
    pub seed: Option<u32>,
    /// An over-sampler may be restricted to some types of rows.
    pub only: Option<OnlyTypes>,
}

impl SamplerStage {
    /// A sampler with the lab seed, on all rows.
    pub fn new(sampler: Sampler) -> Self {
        Self { sampler, seed: None, only: None }
    }
}
