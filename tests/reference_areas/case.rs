//! A case of the reference data: what was called, on what, and what came out.

#![allow(dead_code, reason = "each area uses the readers it needs")]

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// What this crate has to say to a case.
pub enum Answer {
    /// Named results.
    Values(Map<String, Value>),
    /// A refusal: the type of the Python exception it stands for, and our message.
    Error {
        /// `ValueError` and the like.
        kind: &'static str,
        /// In full.
        message: String,
    },
}

impl Answer {
    /// A bare result.
    pub fn value(value: impl Into<Value>) -> Self {
        Self::named([("value", value.into())])
    }

    /// Named results.
    pub fn named<const N: usize>(values: [(&str, Value); N]) -> Self {
        Self::Values(values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
    }

    /// A `ValueError`.
    pub fn value_error(error: impl ToString) -> Self {
        Self::Error { kind: "ValueError", message: error.to_string() }
    }
}

/// A number as the reference data write it: what JSON cannot say is a string.
pub fn number(x: f64) -> Value {
    if x.is_nan() {
        json!("nan")
    } else if x.is_infinite() {
        json!(if x > 0.0 { "inf" } else { "-inf" })
    } else {
        json!(x)
    }
}

/// Numbers.
pub fn numbers<'a>(xs: impl IntoIterator<Item = &'a f64>) -> Value {
    Value::Array(xs.into_iter().map(|&x| number(x)).collect())
}

/// Points.
pub fn points<'a>(xs: impl IntoIterator<Item = &'a [f64; 2]>) -> Value {
    Value::Array(xs.into_iter().map(numbers).collect())
}

/// Reads a number as the reference data write it.
pub fn as_f64(value: &Value) -> Option<f64> {
    match value {
        Value::String(s) => match s.as_str() {
            "nan" => Some(f64::NAN),
            "inf" => Some(f64::INFINITY),
            "-inf" => Some(f64::NEG_INFINITY),
            _ => None,
        },
        other => other.as_f64(),
    }
}

/// One case.
pub struct Case<'a> {
    /// Unique in its file.
    pub name: &'a str,
    /// Python.
    pub call: &'a str,
    /// Named results, or an error.
    pub expected: &'a Value,
    /// How near they must be.
    pub tolerance: &'a Value,
    pub inputs: &'a Value,
    data: &'a Value,
}

impl<'a> Case<'a> {
    /// A case of a file with these shared data.
    pub fn new(case: &'a Value, data: &'a Value) -> Self {
        Self {
            name: case["name"].as_str().expect("a name"),
            call: case["call"].as_str().expect("a call"),
            expected: &case["expected"],
            tolerance: &case["tolerance"],
            inputs: &case["inputs"],
            data,
        }
    }

    /// The name up to the first slash.
    pub fn family(&self) -> &'a str {
        self.name.split('/').next().unwrap_or(self.name)
    }

    /// An input, looked up in the shared data when it is a reference. Null when there is none.
    pub fn input(&self, name: &str) -> &'a Value {
        match &self.inputs[name] {
            Value::String(s) if s.starts_with('@') => {
                let (key, name) = s[1..].split_once('.').expect("a reference @key.name");
                &self.data[key][name]
            }
            other => other,
        }
    }

    /// An array of numbers; `None` when the case has no such input.
    pub fn floats(&self, name: &str) -> Option<Vec<f64>> {
        self.input(name).as_array()?.iter().map(as_f64).collect()
    }

    /// An array of points; `None` when the case has no such input.
    pub fn points(&self, name: &str) -> Option<Vec<[f64; 2]>> {
        let point = |p: &Value| Some([as_f64(&p[0])?, as_f64(&p[1])?]);
        self.input(name).as_array()?.iter().map(point).collect()
    }

    /// An array of labels; `None` when the case has no such input.
    pub fn labels(&self, name: &str) -> Option<Vec<u8>> {
        let label = |v: &Value| v.as_u64().and_then(|v| u8::try_from(v).ok());
        self.input(name).as_array()?.iter().map(label).collect()
    }

    /// A keyword argument, from `params` or else from the call's text. Null when there is none.
    pub fn param(&self, name: &str) -> Value {
        match &self.inputs["params"][name] {
            Value::Null => self.keyword(name),
            value => value.clone(),
        }
    }

    fn keyword(&self, name: &str) -> Value {
        let key = format!("{name}=");
        let boundary = |at: usize| self.call[..at].ends_with(['(', ' ', ',']);
        let at = self.call.match_indices(&key).map(|(at, _)| at).find(|&at| boundary(at));
        at.map_or(Value::Null, |at| {
            let rest = &self.call[at + key.len()..];
            literal(&rest[..end_of_argument(rest)])
        })
    }

    /// The seed of the case.
    pub fn seed(&self) -> Option<u32> {
        let seed = self.param("random_state");
        let seed = if seed.is_null() { self.param("seed") } else { seed };
        seed.as_u64().and_then(|seed| u32::try_from(seed).ok())
    }

    /// The arguments of the first call of `function` in the text.
    pub fn arguments(&self, function: &str) -> Option<Arguments> {
        let key = format!("{function}(");
        Some(Arguments::read(&self.call[self.call.find(&key)? + key.len()..]))
    }
}

/// What stands between the parentheses of a Python call.
#[derive(Debug, Default, PartialEq)]
pub struct Arguments {
    /// In order.
    pub positional: Vec<Value>,
    /// By name.
    pub keyword: BTreeMap<String, Value>,
}

impl Arguments {
    /// Reads what follows an opening parenthesis.
    pub fn read(mut rest: &str) -> Self {
        let mut arguments = Self::default();
        loop {
            rest = rest.trim_start();
            let end = end_of_argument(rest);
            let argument = rest[..end].trim();
            let name_end = argument.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(argument.len());
            if argument[name_end..].starts_with('=') && !argument[name_end..].starts_with("==") {
                arguments.keyword.insert(argument[..name_end].to_owned(), literal(&argument[name_end + 1..]));
            } else if !argument.is_empty() {
                arguments.positional.push(literal(argument));
            }
            match rest[end..].strip_prefix(',') {
                Some(next) => rest = next,
                None => return arguments,
            }
        }
    }

    /// The argument called `name`, or else the one at `position`. Null when there is none.
    pub fn get(&self, position: usize, name: &str) -> Value {
        self.keyword.get(name).or_else(|| self.positional.get(position)).cloned().unwrap_or(Value::Null)
    }
}

/// Where the argument that `text` begins with ends: at a comma or a closing bracket of its own depth.
fn end_of_argument(text: &str) -> usize {
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            ',' | ')' | ']' | '}' if depth == 0 => return at,
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
    }
    text.len()
}

/// A Python literal as JSON (tuples are arrays, powers are computed, the keys of a dict become strings); anything else
/// stays the text it is.
pub fn literal(text: &str) -> Value {
    let text = text.trim();
    if let Some((power, less)) = text.split_once('-')
        && let (Some(power), Ok(less)) = (literal(power).as_i64(), less.trim().parse::<i64>())
    {
        return json!(power - less);
    }
    if let Some((base, power)) = text.split_once("**")
        && let (Ok(base), Ok(power)) = (base.trim().parse::<i64>(), power.trim().parse::<u32>())
    {
        return json!(base.pow(power));
    }
    let text = text.strip_prefix("np.array(").and_then(|t| t.strip_suffix(')')).unwrap_or(text);
    let mut out = text.replace("True", "true").replace("False", "false").replace("None", "null").replace('\'', "\"");
    out = out.replace("np.nan", "\"nan\"").replace("np.inf", "\"inf\"");
    if out.starts_with('(') && out.ends_with(')') {
        out = format!("[{}]", out[1..out.len() - 1].trim_end_matches(','));
    }
    if out.starts_with('{') {
        out = quote_keys(&out);
    }
    serde_json::from_str(&out).unwrap_or_else(|_| json!(text))
}

/// `{0: 1.0, 1: 5.0}` with its keys in quotes.
fn quote_keys(dict: &str) -> String {
    let entries = dict.trim_matches(['{', '}']).split(',').filter_map(|entry| entry.split_once(':'));
    let quoted: Vec<String> = entries.map(|(k, v)| format!("\"{}\":{v}", k.trim().trim_matches('"'))).collect();
    format!("{{{}}}", quoted.join(","))
}
