//! NumPy's `RandomState` and scikit-learn's draws.

use imbalance_lab::base::Point;
use imbalance_lab::random::{OurRandR, RandomError, RandomState, sample_without_replacement, sub_estimator_seed};
use serde_json::{Value, json};

use super::Area;
use super::case::{Answer, Arguments, Case, as_f64, number, numbers, points};

pub const AREA: Area = Area { name: "rng", answer, left_out: &[] };

fn answer(case: &Case) -> Option<Answer> {
    if let Some(state) = case.param("state").as_u64() {
        let mut random = OurRandR::new(u32::try_from(state).ok()?);
        return Some(Answer::named([("values", (0..8).map(|_| random.next_value()).collect())]));
    }
    if case.family() == "sample_without_replacement" {
        let mut random = RandomState::new(case.seed()?);
        let (n, m) = (case.param("n").as_u64()? as usize, case.param("m").as_u64()? as usize);
        return Some(result(sample_without_replacement(n, m, &mut random).map(|drawn| json!(drawn))));
    }
    let seed = match case.arguments("RandomState") {
        Some(arguments) => arguments.get(0, "seed").as_i64()?,
        None => i64::from(case.seed()?),
    };
    let mut random = match RandomState::try_from(seed) {
        Ok(random) => random,
        Err(error) => return Some(Answer::value_error(error)),
    };
    draw(case, &mut random)
}

fn draw(case: &Case, random: &mut RandomState) -> Option<Answer> {
    let call = case.call.split_once(").").map_or(case.call, |(_, call)| call);
    Some(match call.split('(').next().unwrap_or(call) {
        "_bit_generator.random_raw" => {
            let words: Vec<u32> = (0..630).map(|_| random.word()).collect();
            Answer::named([("first12", json!(words[..12])), ("at_618_to_629", json!(words[618..]))])
        }
        "random_sample" => {
            let size = case.arguments("random_sample")?.get(0, "size").as_u64()?;
            Answer::value(numbers(&(0..size).map(|_| random.random_sample()).collect::<Vec<f64>>()))
        }
        "uniform" => {
            let arguments = case.arguments("uniform")?;
            let (low, high) = (as_f64(&arguments.get(0, "low"))?, as_f64(&arguments.get(1, "high"))?);
            let rows = arguments.get(2, "size")[0].as_u64()?;
            let row = |_| [random.uniform(low, high), random.uniform(low, high)];
            Answer::value(points(&(0..rows).map(row).collect::<Vec<Point>>()))
        }
        "standard_normal" => {
            let size = case.arguments("standard_normal")?.get(0, "size").as_u64()?;
            Answer::value(numbers(&(0..size).map(|_| random.standard_normal()).collect::<Vec<f64>>()))
        }
        "randint" if case.family() == "seeds_for_sub_estimators" => {
            let size = case.arguments("randint")?.get(2, "size").as_u64()?;
            Answer::value((0..size).map(|_| sub_estimator_seed(random)).collect::<Value>())
        }
        "randint" => {
            let arguments = case.arguments("randint")?;
            let (low, high) = match arguments.positional[..] {
                [ref high] => (0, high.as_i64()?),
                [ref low, ref high, ..] => (low.as_i64()?, high.as_i64()?),
                [] => return None,
            };
            let size = arguments.get(2, "size").as_u64().unwrap_or(1);
            result((0..size).map(|_| random.try_randint(low, high)).collect::<Result<Vec<i64>, _>>().map(|v| json!(v)))
        }
        "shuffle" => {
            let mut items: Vec<u64> = (0..case.param("n").as_u64()?).collect();
            random.shuffle(&mut items);
            Answer::value(items)
        }
        "permutation" => Answer::value(random.permutation(case.param("n").as_u64()? as usize)),
        "choice" => choice(case, random)?,
        "binomial" => {
            let arguments = case.arguments("binomial")?;
            let n = u32::try_from(arguments.get(0, "n").as_u64()?).ok()?;
            let (p, size) = (as_f64(&arguments.get(1, "p"))?, arguments.get(2, "size").as_u64()?);
            result((0..size).map(|_| random.binomial(n, p)).collect::<Result<Vec<u32>, _>>().map(|drawn| json!(drawn)))
        }
        "multivariate_normal" => {
            let arguments = case.arguments("multivariate_normal")?;
            let pair = |value: &Value| Some([as_f64(&value[0])?, as_f64(&value[1])?]);
            let (mean, cov) = (arguments.get(0, "mean"), arguments.get(1, "cov"));
            let size = arguments.get(2, "size").as_u64()? as usize;
            Answer::value(points(&random.multivariate_normal(pair(&mean)?, [pair(&cov[0])?, pair(&cov[1])?], size)))
        }
        _ if case.family() == "gamma_beta" => gamma_beta(case, random)?,
        _ if case.family() == "interleaved" => interleaved(case, random)?,
        _ => return None,
    })
}

fn result(drawn: Result<Value, RandomError>) -> Answer {
    drawn.map_or_else(Answer::value_error, Answer::value)
}

fn choice(case: &Case, random: &mut RandomState) -> Option<Answer> {
    let arguments = case.arguments("choice")?;
    let from = arguments.get(0, "a");
    let n = from.as_u64().map_or_else(|| from.as_array().map(Vec::len), |n| Some(n as usize))?;
    let replace = arguments.get(2, "replace").as_bool().unwrap_or(true);
    let size = arguments.get(1, "size").as_u64();
    let many = size.unwrap_or(1) as usize;
    let drawn = match arguments.get(3, "p").as_array() {
        None => random.choice(n, many, replace),
        Some(p) => random.choice_p(n, many, replace, &p.iter().map(as_f64).collect::<Option<Vec<f64>>>()?),
    };
    Some(result(drawn.map(|indices| match (size, from.as_array()) {
        (None, _) => json!(indices[0]),
        (_, Some(items)) => indices.iter().map(|&i| items[i].clone()).collect(),
        _ => json!(indices),
    })))
}

fn gamma_beta(case: &Case, random: &mut RandomState) -> Option<Answer> {
    let mut out = vec![];
    for step in case.param("program").as_array()? {
        let argument = |i: usize| as_f64(&step[1][i]);
        out.push(match step[0].as_str()? {
            "standard_gamma" => random.standard_gamma(argument(0)?),
            "beta" => random.beta(argument(0)?, argument(1)?),
            "standard_exponential" => random.standard_exponential(),
            _ => return None,
        });
    }
    Some(Answer::named([("out", numbers(&out))]))
}

/// The steps are named in the results; what each gives is drawn here.
fn interleaved(case: &Case, random: &mut RandomState) -> Option<Answer> {
    let mut steps = vec![];
    for step in case.expected["steps"].as_array()? {
        let name = step[0].as_str()?;
        let arguments = Arguments::read(name.split_once('(').map_or("", |(_, rest)| rest));
        let at = |i: usize| as_f64(&arguments.positional[i]);
        let count = |i: usize| arguments.positional[i].as_u64().map(|n| n as usize);
        let value = match name.split(['(', ' ']).next()? {
            "random_sample" => number(random.random_sample()),
            "standard_normal" => number(random.standard_normal()),
            "randint" => json!(random.randint(0, arguments.positional[0].as_i64()?)),
            "permutation" => json!(random.permutation(count(0)?)),
            "normal" => {
                numbers(&(0..count(2)?).map(|_| Some(random.normal(at(0)?, at(1)?))).collect::<Option<Vec<f64>>>()?)
            }
            "choice" => json!(random.choice(count(0)?, count(1)?, false).ok()?),
            "uniform" => number(random.uniform(at(0)?, at(1)?)),
            _ => return None,
        };
        steps.push(json!([name, value]));
    }
    Some(Answer::named([("steps", Value::Array(steps))]))
}
