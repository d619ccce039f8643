//! Scores, curves, areas, losses, reports, McNemar's test, bootstrap intervals.

use imbalance_lab::base::math::percentile;
use imbalance_lab::metrics::{
    Average, Bootstrap, ClassReport, ConfusionMatrix, ConfusionTable, Curve, ImbalancedReport, Resampling, Score,
    Sweep, brier_score_loss, det_curve, log_loss, log_loss_of_seen_labels, mcnemar, precision_recall_curve, roc_curve,
};
use imbalance_lab::random::RandomState;
use serde_json::{Map, Value, json};

use super::Area;
use super::case::{Answer, Case, as_f64, number, numbers};

pub const AREA: Area = Area { name: "metrics", answer, left_out: &[] };

fn answer(case: &Case) -> Option<Answer> {
    match case.family() {
        "scores" => scores(case),
        "multiclass" => multiclass(case),
        "bootstrap_percentile_ci" | "bootstrap_stratified_ci" => bootstrap(case),
        "prf" => {
            let matrix = confusion(case)?;
            let zero_division = match case.param("zero_division") {
                Value::String(text) if text == "'warn'" => 0.0,
                Value::String(text) if text == "np.nan" => f64::NAN,
                Value::String(text) => text.parse().ok()?,
                value => as_f64(&value)?,
            };
            let with = |score: Score| number(score.or(zero_division));
            Some(Answer::named([
                ("precision", with(matrix.precision_score())),
                ("recall", with(matrix.recall_score())),
                ("f1", with(matrix.f1_score())),
            ]))
        }
        _ => by_function(case),
    }
}

fn by_function(case: &Case) -> Option<Answer> {
    let call = case.call.trim_start_matches("[a for a in ").trim_start_matches("(lambda r: ");
    let function = call.split('(').next()?;
    let y = || case.labels("y_true");
    let s = || case.floats("y_score");
    let drop = case.param("drop_intermediate").as_bool();
    Some(match function {
        "roc_curve" => curve(case, roc_curve(&sweep(case)?, drop.unwrap_or(true)), ["fpr", "tpr"], false),
        "precision_recall_curve" => {
            let points = precision_recall_curve(&sweep(case)?, drop.unwrap_or(false));
            curve(case, points, ["recall", "precision"], true)
        }
        "det_curve" => {
            let as_json =
                |c: &Curve| [("fpr", numbers(&c.x)), ("fnr", numbers(&c.y)), ("thresholds", numbers(&c.thresholds))];
            match (det_curve(&sweep(case)?, false), det_curve(&sweep(case)?, true)) {
                (Ok(all), Ok(dropped)) => {
                    let [a, b, c] = as_json(&all);
                    let dropped: Map<String, Value> =
                        as_json(&dropped).into_iter().map(|(k, v)| (k.into(), v)).collect();
                    Answer::named([a, b, c, ("dropped", dropped.into())])
                }
                (Err(error), _) | (_, Err(error)) => Answer::value_error(error),
            }
        }
        "classification_report_imbalanced" => {
            let report = ImbalancedReport::new(&y()?, &case.labels("y_pred")?);
            Answer::named([("dict", report_dict(&report)), ("text", json!(format!("{report:.4}")))])
        }
        "balanced_accuracy_score" => Answer::value(number(confusion(case)?.balanced_accuracy_score().value)),
        "matthews_corrcoef" => Answer::value(number(confusion(case)?.matthews_corrcoef().value)),
        "cohen_kappa_score" => Answer::value(number(confusion(case)?.cohen_kappa_score().value)),
        "geometric_mean_score" if case.param("average") == "binary" => {
            let matrix = confusion(case)?;
            Answer::value(number((matrix.recall_score().value * matrix.specificity_score().value).sqrt()))
        }
        "geometric_mean_score" => Answer::value(number(confusion(case)?.geometric_mean_score().value)),
        "confusion_matrix" if case.param("labels").is_array() => Answer::value(table(&confusion(case)?)),
        "confusion_matrix" => {
            let table = ConfusionTable::new(&y()?, &case.labels("y_pred")?);
            Answer::value(table.counts.iter().map(numbers).collect::<Value>())
        }
        "roc_auc_score" => Answer::value(number(sweep(case)?.roc_auc_score().value)),
        "average_precision_score" => Answer::value(number(sweep(case)?.average_precision_score().value)),
        "log_loss" if case.param("labels").is_array() => Answer::value(number(log_loss(&y()?, &s()?, None))),
        "log_loss" => log_loss_of_seen_labels(&y()?, &s()?, None)
            .map_or_else(Answer::value_error, |loss| Answer::value(number(loss))),
        "brier_score_loss" => {
            brier_score_loss(&y()?, &s()?, None).map_or_else(Answer::value_error, |loss| Answer::value(number(loss)))
        }
        "resample" => {
            let n = case.arguments("arange")?.get(0, "stop").as_u64()? as usize;
            Answer::value(RandomState::new(case.seed()?).choice(n, n, true).ok()?)
        }
        "np.percentile" => {
            let arguments = case.arguments("np.percentile")?;
            let values: Vec<f64> =
                arguments.positional.first()?.as_array()?.iter().map(as_f64).collect::<Option<_>>()?;
            let at = |q: &Value| as_f64(q).map(|q| percentile(&values, q));
            Answer::value(numbers(
                &arguments.positional.get(1)?.as_array()?.iter().map(at).collect::<Option<Vec<_>>>()?,
            ))
        }
        _ if case.family() == "mcnemar" => {
            let table: [[u32; 2]; 2] = serde_json::from_value(case.param("table")).ok()?;
            let test = mcnemar(table, case.param("exact").as_bool()?, case.param("correction").as_bool()?);
            Answer::named([("statistic", number(test.statistic)), ("pvalue", number(test.pvalue))])
        }
        _ => return None,
    })
}

fn sweep(case: &Case) -> Option<Sweep> {
    Some(Sweep::new(&case.labels("y_true")?, &case.floats("y_score")?, None))
}

fn confusion(case: &Case) -> Option<ConfusionMatrix> {
    Some(ConfusionMatrix::new(&case.labels("y_true")?, &case.labels("y_pred")?, None))
}

fn table(matrix: &ConfusionMatrix) -> Value {
    json!([[matrix.tn, matrix.fp], [matrix.fn_, matrix.tp]])
}

/// Named, or as the tuple that the function returns.
fn curve(case: &Case, points: Curve, [x, y]: [&str; 2], y_first: bool) -> Answer {
    let (a, b, c) = (numbers(&points.x), numbers(&points.y), numbers(&points.thresholds));
    if case.call.starts_with('[') {
        Answer::value(Value::Array(if y_first { vec![b, a, c] } else { vec![a, b, c] }))
    } else {
        Answer::named([(x, a), (y, b), ("thresholds", c)])
    }
}

fn report_dict(report: &ImbalancedReport) -> Value {
    let mut dict = Map::new();
    let line = |class: &ClassReport| -> Map<String, Value> {
        class.scores().into_iter().map(|(name, score)| (name.to_owned(), number(score))).collect()
    };
    for (label, class) in &report.classes {
        let mut entry = line(class);
        entry.insert("sup".into(), number(class.sup));
        dict.insert(label.to_string(), entry.into());
    }
    dict.extend(line(&report.average).into_iter().map(|(name, score)| (format!("avg_{name}"), score)));
    dict.insert("total_support".into(), number(report.average.sup));
    dict.into()
}

fn scores(case: &Case) -> Option<Answer> {
    let (y, s, w) = (case.labels("y_true")?, case.floats("y_score")?, case.floats("sample_weight")?);
    let p = case.labels("y_pred")?;
    let (matrix, weighted) = (ConfusionMatrix::new(&y, &p, None), ConfusionMatrix::new(&y, &p, Some(&w)));
    let (sweep, weighted_sweep) = (Sweep::new(&y, &s, None), Sweep::new(&y, &s, Some(&w)));
    assert_eq!(sweep.confusion_at(0.5), matrix, "the sweep knows the counts at the threshold of the labels");
    let both = ConfusionTable::new(&y, &p);
    let value = |score: Score| number(score.value);
    let average = |average| both.averaged(average, ConfusionMatrix::f1_score);
    Some(Answer::named([
        ("confusion_matrix", table(&matrix)),
        ("accuracy", value(matrix.accuracy_score())),
        ("precision", value(matrix.precision_score())),
        ("recall", value(matrix.recall_score())),
        ("f1", value(matrix.f1_score())),
        ("f2", value(matrix.fbeta_score(2.0))),
        ("f05", value(matrix.fbeta_score(0.5))),
        ("balanced_accuracy", value(matrix.balanced_accuracy_score())),
        ("balanced_accuracy_adjusted", value(matrix.balanced_accuracy_adjusted())),
        ("mcc", value(matrix.matthews_corrcoef())),
        ("kappa", value(matrix.cohen_kappa_score())),
        ("gmean", value(matrix.geometric_mean_score())),
        ("gmean_corr", value(matrix.geometric_mean_score_corrected(0.001))),
        ("specificity", value(matrix.specificity_score())),
        ("sensitivity", value(matrix.recall_score())),
        ("roc_auc", value(sweep.roc_auc_score())),
        ("ap", value(sweep.average_precision_score())),
        ("brier", number(brier_score_loss(&y, &s, None).ok()?)),
        ("log_loss", number(log_loss(&y, &s, None))),
        ("f1_macro", number(average(Average::Macro))),
        ("f1_weighted", number(average(Average::Weighted))),
        ("pr_auc_trapezoid", value(sweep.pr_auc_trapezoid())),
        ("roc_auc_max_fpr_0.2", value(sweep.partial_roc_auc_score(0.2))),
        (
            "weighted",
            json!({
                "confusion_matrix": table(&weighted),
                "roc_auc": value(weighted_sweep.roc_auc_score()),
                "ap": value(weighted_sweep.average_precision_score()),
                "f1": value(weighted.f1_score()),
                "brier": number(brier_score_loss(&y, &s, Some(&w)).ok()?),
                "log_loss": number(log_loss(&y, &s, Some(&w))),
                "mcc": value(weighted.matthews_corrcoef()),
            }),
        ),
    ]))
}

fn multiclass(case: &Case) -> Option<Answer> {
    let (y, p) = (case.labels("y_true")?, case.labels("y_pred")?);
    let table = ConfusionTable::new(&y, &p);
    let each = |score: fn(&ConfusionMatrix) -> f64| -> Value { table.one_vs_rest().iter().map(score).collect() };
    let prf = |average| {
        numbers(&[
            table.averaged(average, ConfusionMatrix::precision_score),
            table.averaged(average, ConfusionMatrix::recall_score),
            table.averaged(average, ConfusionMatrix::f1_score),
        ])
    };
    let gmean = |average| number(table.geometric_mean_averaged(average));
    let step = |i: usize, j: usize| (i as f64 - j as f64).powi(2);
    Some(Answer::named([
        ("confusion_matrix", table.counts.iter().map(numbers).collect()),
        ("gmean", number(table.geometric_mean_score())),
        ("gmean_macro", gmean(Average::Macro)),
        ("gmean_weighted", gmean(Average::Weighted)),
        ("gmean_micro", gmean(Average::Micro)),
        ("gmean_none", each(|m| m.geometric_mean_score().value)),
        ("balanced_accuracy", number(table.balanced_accuracy_score())),
        ("mcc", number(table.matthews_corrcoef().value)),
        ("kappa", number(table.cohen_kappa_score(|i, j| f64::from(i != j)).value)),
        ("kappa_quadratic", number(table.cohen_kappa_score(step).value)),
        ("prf_macro", prf(Average::Macro)),
        ("prf_weighted", prf(Average::Weighted)),
        ("prf_micro", prf(Average::Micro)),
        (
            "prf_none",
            json!([
                each(|m| m.precision_score().value),
                each(|m| m.recall_score().value),
                each(|m| m.f1_score().value),
                table.support()
            ]),
        ),
        ("report", report_dict(&ImbalancedReport::new(&y, &p))),
        ("iba_gmean", number(table.index_balanced_accuracy(0.1, Average::Macro))),
    ]))
}

fn bootstrap(case: &Case) -> Option<Answer> {
    let (y, s) = (case.labels("y_true")?, case.floats("y_score")?);
    let n_resamples = case.param("B").as_u64()? as usize;
    let mut random = RandomState::new(case.seed()?);
    let plain = case.family() == "bootstrap_percentile_ci";
    let resampling = if plain { Resampling::Plain } else { Resampling::Stratified };
    let metric = if plain { Sweep::average_precision_score } else { Sweep::roc_auc_score };
    let bootstrap = Bootstrap::new(&y, &s, resampling, n_resamples, &mut random, metric);
    let [low, high] = bootstrap.interval(0.95);
    Some(Answer::named([
        ("first5", numbers(&bootstrap.values[..5])),
        ("lo", number(low)),
        ("hi", number(high)),
        ("ci", numbers(&[low, high])),
        ("n_nan", json!(bootstrap.n_undefined())),
        ("std", number(bootstrap.std())),
    ]))
}
