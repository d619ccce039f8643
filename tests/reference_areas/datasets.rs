//! scikit-learn's generators and imbalanced-learn's `make_imbalance`.

use imbalance_lab::dataset::{
    Centers, ClusterStd, Dataset, GeneratorError, MakeClassification, NSamples, make_blobs, make_circles,
    make_classification, make_imbalance, make_moons,
};
use imbalance_lab::random::RandomState;
use serde_json::{Value, json};

use super::Area;
use super::case::{Answer, Arguments, Case, as_f64, points};

pub const AREA: Area = Area { name: "datasets", answer, left_out: &[] };

fn answer(case: &Case) -> Option<Answer> {
    let function = case.call.split('(').next()?;
    let arguments = case.arguments(function)?;
    // a case that is refused before anything is drawn has no seed
    let mut random = RandomState::new(case.seed().unwrap_or(0));
    Some(match function {
        "make_moons" => {
            let noise = as_f64(&arguments.get(2, "noise"));
            rows(make_moons(&n_samples(&arguments)?, shuffle(&arguments), noise, &mut random))
        }
        "make_circles" => {
            let noise = as_f64(&arguments.get(2, "noise"));
            let factor = as_f64(&arguments.get(4, "factor")).unwrap_or(0.8);
            rows(make_circles(&n_samples(&arguments)?, shuffle(&arguments), noise, factor, &mut random))
        }
        "make_blobs" => blobs(&arguments, &mut random)?,
        "make_classification" => {
            let call = classification(&arguments)?;
            rows(make_classification(&call, &mut random).map(|(data, _)| data))
        }
        "make_imbalance" => {
            let strategy = arguments.get(2, "sampling_strategy");
            let kept = strategy.as_object()?.iter().map(|(class, n)| Some((class.parse().ok()?, n.as_i64()?)));
            let y = case.labels("y")?;
            match make_imbalance(&y, &kept.collect::<Option<Vec<(i64, i64)>>>()?, &mut random) {
                Ok(kept) => {
                    let labels: Vec<u8> = kept.iter().map(|&row| y[row as usize]).collect();
                    Answer::named([("indices", json!(kept)), ("y", json!(labels))])
                }
                Err(error) => refused(&error),
            }
        }
        _ => return None,
    })
}

fn blobs(arguments: &Arguments, random: &mut RandomState) -> Option<Answer> {
    let centers = match arguments.get(2, "centers") {
        Value::Null => Centers::Auto,
        Value::Array(at) => {
            let point = |p: &Value| Some([as_f64(&p[0])?, as_f64(&p[1])?]);
            Centers::At(at.iter().map(point).collect::<Option<_>>()?)
        }
        count => Centers::Count(count.as_u64()? as usize),
    };
    let std = match arguments.get(3, "cluster_std") {
        Value::Null => ClusterStd::All(1.0),
        Value::Array(each) => ClusterStd::Each(each.iter().map(as_f64).collect::<Option<_>>()?),
        all => ClusterStd::All(as_f64(&all)?),
    };
    let center_box = match arguments.get(4, "center_box") {
        Value::Null => (-10.0, 10.0),
        bounds => (as_f64(&bounds[0])?, as_f64(&bounds[1])?),
    };
    Some(rows(make_blobs(&n_samples(arguments)?, &centers, &std, center_box, shuffle(arguments), random)))
}

fn classification(arguments: &Arguments) -> Option<MakeClassification> {
    for (name, value) in [("n_features", 2), ("n_informative", 2), ("n_redundant", 0)] {
        assert_eq!(arguments.get(usize::MAX, name), json!(value), "the lab makes two informative features");
    }
    let default = MakeClassification::default();
    let count = |name, default| arguments.get(usize::MAX, name).as_u64().map_or(default, |n| n as usize);
    let real = |name, default| as_f64(&arguments.get(usize::MAX, name)).unwrap_or(default);
    let weights = match arguments.get(usize::MAX, "weights") {
        Value::Array(weights) => Some(weights.iter().map(as_f64).collect::<Option<_>>()?),
        _ => None,
    };
    Some(MakeClassification {
        n_samples: count("n_samples", default.n_samples),
        n_classes: count("n_classes", default.n_classes),
        n_clusters_per_class: count("n_clusters_per_class", default.n_clusters_per_class),
        weights,
        flip_y: real("flip_y", default.flip_y),
        class_sep: real("class_sep", default.class_sep),
        shuffle: shuffle(arguments),
    })
}

fn n_samples(arguments: &Arguments) -> Option<NSamples> {
    Some(match arguments.get(0, "n_samples") {
        Value::Array(each) => {
            NSamples::Each(each.iter().map(|n| n.as_u64().map(|n| n as usize)).collect::<Option<_>>()?)
        }
        total => NSamples::Total(total.as_u64()? as usize),
    })
}

fn shuffle(arguments: &Arguments) -> bool {
    arguments.get(usize::MAX, "shuffle").as_bool().unwrap_or(true)
}

fn rows(made: Result<Dataset, GeneratorError>) -> Answer {
    match made {
        Ok(data) => Answer::named([("X", points(&data.x)), ("y", json!(data.y))]),
        Err(error) => refused(&error),
    }
}

fn refused(error: &GeneratorError) -> Answer {
    Answer::Error { kind: error.python_type(), message: error.to_string() }
}
