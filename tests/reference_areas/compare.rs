//! How near is near enough: the tolerances that the reference data carry.

use serde_json::{Value, json};

use super::case::{Answer, as_f64};

/// `Ok` when the answer is what was expected. Warnings are informative and not compared.
pub fn compare(answer: &Answer, expected: &Value, tolerance: &Value) -> Result<(), String> {
    let wanted_error = expected.get("error");
    let values = match (answer, wanted_error) {
        (Answer::Error { kind, message }, Some(wanted)) => {
            let wanted_message = wanted["message"].as_str().unwrap_or_default();
            return if wanted["type"] == *kind && without_sets(message) == without_sets(wanted_message) {
                Ok(())
            } else {
                Err(format!("refused with {kind}: {message}\n      instead of {wanted}"))
            };
        }
        (Answer::Error { kind, message }, None) => return Err(format!("refused with {kind}: {message}")),
        (Answer::Values(_), Some(wanted)) => return Err(format!("answered, but should have refused with {wanted}")),
        (Answer::Values(values), None) => values,
    };
    for (name, wanted) in expected.as_object().ok_or("no expected results")? {
        let tolerance = match tolerance {
            Value::Object(by_name) => by_name.get(name).or_else(|| by_name.get("*")).ok_or("no tolerance")?,
            all => all,
        };
        if name == "warnings" || tolerance == "skip" {
            continue;
        }
        let got = values.get(name).ok_or_else(|| format!("{name} is missing from the answer"))?;
        check(got, wanted, tolerance).map_err(|difference| format!("{name}{difference}"))?;
    }
    Ok(())
}

/// Python prints sets in the order of their hashes.
fn without_sets(message: &str) -> String {
    let mut depth = 0;
    message
        .chars()
        .filter(|&c| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            depth == 0 && c != '}'
        })
        .collect()
}

fn check(got: &Value, wanted: &Value, tolerance: &Value) -> Result<(), String> {
    if let Some(rule) = tolerance.as_str().and_then(|t| t.strip_prefix("most:")) {
        let (share, within) = rule.split_once(':').ok_or("a rule most:share:tolerance")?;
        let (share, within): (f64, f64) = (parse(share)?, parse(within)?);
        let (mut total, mut differences) = (0, vec![]);
        walk(got, wanted, &mut String::new(), within, &mut total, &mut differences);
        let near = 1.0 - differences.len() as f64 / f64::from(total).max(1.0);
        return if near >= share { Ok(()) } else { Err(format!(": only {near} of the entries are within {within}")) };
    }
    let within = match tolerance {
        Value::String(s) if s == "exact" => -1.0,
        other => other.as_f64().ok_or_else(|| format!(": unknown tolerance {other}"))?,
    };
    let (mut total, mut differences) = (0, vec![]);
    walk(got, wanted, &mut String::new(), within, &mut total, &mut differences);
    match differences.first() {
        None => Ok(()),
        Some(first) => Err(format!("{first} ({} of {total} entries differ)", differences.len())),
    }
}

fn parse(text: &str) -> Result<f64, String> {
    text.parse().map_err(|_| format!(": not a number: {text}"))
}

/// Compares leaf by leaf. `within < 0` is exact.
fn walk(got: &Value, wanted: &Value, path: &mut String, within: f64, total: &mut u32, differences: &mut Vec<String>) {
    let length = path.len();
    match (got, wanted) {
        (Value::Array(got), Value::Array(wanted)) if got.len() == wanted.len() => {
            for (i, (got, wanted)) in got.iter().zip(wanted).enumerate() {
                path.push_str(&format!("[{i}]"));
                walk(got, wanted, path, within, total, differences);
                path.truncate(length);
            }
        }
        (Value::Object(got), Value::Object(wanted)) if got.len() == wanted.len() => {
            for (key, wanted) in wanted {
                path.push_str(&format!(".{key}"));
                walk(got.get(key).unwrap_or(&Value::Null), wanted, path, within, total, differences);
                path.truncate(length);
            }
        }
        _ => {
            *total += 1;
            if !leaf_is_near(got, wanted, within) {
                let brief = |v: &Value| v.to_string().chars().take(200).collect::<String>();
                differences.push(format!("{path}: {} instead of {}", brief(got), brief(wanted)));
            }
        }
    }
}

fn leaf_is_near(got: &Value, wanted: &Value, within: f64) -> bool {
    match (as_f64(got), as_f64(wanted)) {
        (Some(a), Some(b)) if a.is_nan() || b.is_nan() => a.is_nan() && b.is_nan(),
        (Some(a), Some(b)) if within < 0.0 || a.is_infinite() || b.is_infinite() => a == b,
        (Some(a), Some(b)) => (a - b).abs() <= within * b.abs().max(1.0),
        _ => got == wanted,
    }
}

/// A comparison that lets everything pass would be worth nothing, so it is tried on differences first.
pub fn self_check() {
    let near = |got: Value, wanted: Value, tolerance: Value| {
        compare(&Answer::value(got), &json!({ "value": wanted }), &tolerance).is_ok()
    };
    assert!(near(json!([1.0, "nan", "inf"]), json!([1, "nan", "inf"]), json!("exact")));
    assert!(!near(json!([1.0000000000000002]), json!([1]), json!("exact")));
    assert!(!near(json!(["nan"]), json!([1.0]), json!(0.5)));
    assert!(!near(json!([1.0]), json!([1.0, 2.0]), json!(0.5)));
    assert!(near(json!(100.1), json!(100.0), json!(0.01)) && !near(json!(102.0), json!(100.0), json!(0.01)));
    assert!(!near(json!("inf"), json!(1e300), json!(0.5)));
    assert!(near(json!([1, 2, 3, 9]), json!([1, 2, 3, 4]), json!("most:0.7:1e-9")));
    assert!(!near(json!([1, 2, 8, 9]), json!([1, 2, 3, 4]), json!("most:0.7:1e-9")));
    assert!(!near(json!({"a": 1}), json!({"b": 1}), json!(0.5)));
    let refused = json!({"error": {"type": "ValueError", "message": "bad {1, 2} seed"}});
    assert!(compare(&Answer::value_error("bad {2, 1} seed"), &refused, &json!("exact")).is_ok());
    assert!(compare(&Answer::value_error("bad {2, 1} need"), &refused, &json!("exact")).is_err());
    assert!(compare(&Answer::value(1), &refused, &json!("exact")).is_err());
    assert!(compare(&Answer::value_error("x"), &json!({"value": 1}), &json!("exact")).is_err());
    assert!(compare(&Answer::named([("other", json!(1))]), &json!({"value": 1}), &json!("exact")).is_err());
}
