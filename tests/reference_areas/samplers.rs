//! The samplers of imbalanced-learn: rows kept, points generated, their order, refusals.

use imbalance_lab::dataset::Dataset;
use imbalance_lab::resample::{
    self, Chain, Domain, Fault, Origin, Parameter, ResampleError, Resampled, Sampler, SamplingStrategy, Step, Verdict,
    fit_resample,
};
use serde_json::{Map, Value, json};

use super::Area;
use super::case::{Answer, Case, points};

pub const AREA: Area = Area { name: "samplers", answer, left_out: &[] };

fn answer(case: &Case) -> Option<Answer> {
    let strategy = match strategy(&case.param("sampling_strategy"))? {
        Ok(strategy) => strategy,
        Err(fault) => {
            let error = ResampleError { stage: 0, n_stages: 1, sampler: "", fault };
            return Some(Answer::Error { kind: error.library_type(), message: error.library_message() });
        }
    };
    let sampler = sampler(case, strategy)?;
    let (x, y) = (case.points("X")?, case.labels("y")?);
    let resampled = match fit_resample(&sampler, &x, &y, case.seed().unwrap_or(0)) {
        Ok(resampled) => resampled,
        Err(error) => return Some(Answer::Error { kind: error.library_type(), message: error.library_message() }),
    };
    let Resampled { data, chain } = &resampled;
    let new = Dataset {
        x: data.x.iter().skip(x.len()).copied().collect(),
        y: data.y.iter().skip(x.len()).copied().collect(),
    };
    let (indices, disagree) = sample_indices(&sampler, chain);
    Some(Answer::named([
        ("n_out", json!(data.len())),
        ("counts", counts(data)),
        ("sample_indices", json!(indices)),
        ("sample_indices_disagree_with_X_res", json!(disagree)),
        ("X_new", points(&new.x)),
        ("y_new", json!(new.y)),
        ("X_res", points(&data.x)),
        ("y_res", json!(data.y)),
        ("n_iter", json!(chain.stages[0].phases.iter().filter(|start| start.phase == 0).count())),
        ("in_danger_indices", in_danger(chain)),
    ]))
}

/// The training rows that leave, in order; and whether the library's `sample_indices_` are others than its rows.
///
/// That is so after repeated editing of which the first pass removed nothing: the order by class is applied twice.
fn sample_indices(sampler: &Sampler, chain: &Chain) -> (Vec<u32>, bool) {
    let rows: Vec<u32> = chain.output.iter().map(|&row| root(chain, row)).collect();
    let removed = chain.stages[0].steps.iter().flat_map(Step::removed).flatten().count();
    if sampler.name() != "RepeatedEditedNearestNeighbours" || removed > 0 {
        return (rows, false);
    }
    let twice: Vec<u32> = rows.iter().map(|&row| rows[row as usize]).collect();
    let disagree = twice != rows;
    (twice, disagree)
}

/// The sampler of a case; `None` when the lab lacks the method, or a parameter of it.
fn sampler(case: &Case, sampling_strategy: SamplingStrategy) -> Option<Sampler> {
    let mut sampler = Sampler::named(case.call.split('(').next()?)?.to(sampling_strategy);
    let given = case.inputs["params"].as_object().cloned().unwrap_or_default();
    for (name, value) in &given {
        if ["sampling_strategy", "random_state", "n_jobs"].contains(&name.as_str()) {
            continue;
        }
        let parameter = sampler.method().parameters.iter().find(|parameter| parameter.name == name)?;
        if !sampler.set(name, read(parameter, value)?) {
            return None;
        }
    }
    // without a list of parameters they stand in the call alone
    for parameter in sampler.method().parameters.iter().filter(|_| given.is_empty()) {
        let value = case.param(parameter.name);
        if !value.is_null() && !sampler.set(parameter.name, read(parameter, &value)?) {
            return None;
        }
    }
    Some(sampler)
}

/// A parameter as Python has it.
fn read(parameter: &Parameter, value: &Value) -> Option<resample::Value> {
    let text = match value {
        Value::Null => "None".to_string(),
        value => value.to_string(),
    };
    match &parameter.domain {
        Domain::Count { .. } => value.as_u64().map(|n| resample::Value::Count(n as u32)),
        Domain::Real { auto: Some(auto), .. } if *auto == text => Some(resample::Value::Auto),
        Domain::Real { by_class: true, .. } if value.is_object() => {
            let mut of = [None; 3];
            for (class, value) in value.as_object()? {
                *of.get_mut(class.parse::<usize>().ok()?)? = value.as_f64();
            }
            Some(resample::Value::ByClass(of))
        }
        Domain::Real { .. } => value.as_f64().map(resample::Value::Real),
        Domain::Flag => value.as_bool().map(resample::Value::Flag),
        Domain::Choice(choices) => {
            let at = choices.iter().position(|choice| choice.python == text || value == choice.python)?;
            Some(resample::Value::Choice(at as u8))
        }
    }
}

fn strategy(value: &Value) -> Option<Result<SamplingStrategy, Fault>> {
    Some(Ok(match value {
        Value::Null => SamplingStrategy::Auto,
        Value::String(name) => match name.as_str() {
            "auto" => SamplingStrategy::Auto,
            "minority" => SamplingStrategy::Minority,
            "majority" => SamplingStrategy::Majority,
            "not minority" => SamplingStrategy::NotMinority,
            "not majority" => SamplingStrategy::NotMajority,
            "all" => SamplingStrategy::All,
            _ => return None,
        },
        Value::Number(ratio) => SamplingStrategy::Ratio(ratio.as_f64()?),
        Value::Array(classes) => SamplingStrategy::Classes(classes.iter().map(class).collect::<Option<_>>()?),
        Value::Object(dict) => {
            let wanted: Option<Vec<_>> = dict.iter().map(|(c, n)| Some((c.parse().ok()?, n.as_i64()?))).collect();
            return Some(SamplingStrategy::counts(&wanted?));
        }
        Value::Bool(_) => return None,
    }))
}

fn class(value: &Value) -> Option<u8> {
    value.as_u64().and_then(|class| u8::try_from(class).ok())
}

fn counts(data: &Dataset) -> Value {
    let classes = (0..=u8::MAX).filter(|&class| data.count(class) > 0);
    Value::Object(classes.map(|class| (class.to_string(), json!(data.count(class)))).collect::<Map<_, _>>())
}

/// The training row that a row repeats.
fn root(chain: &Chain, row: u32) -> u32 {
    match chain.pool_origin[row as usize] {
        Origin::Copy { of } | Origin::Jittered { of } => root(chain, of),
        _ => row,
    }
}

fn in_danger(chain: &Chain) -> Value {
    let mut by_class = Map::new();
    for step in &chain.stages[0].steps {
        if let &Step::Judge { row, verdict: Verdict::Danger, .. } = step {
            let class = chain.pool_y[row as usize].to_string();
            if let Value::Array(rows) = by_class.entry(class).or_insert_with(|| json!([])) {
                rows.push(json!(row));
            }
        }
    }
    Value::Object(by_class)
}
