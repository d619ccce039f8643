//! Numbers of a run at a threshold, read from its sweep.

use crate::experiment::PopulationAt;
use crate::metrics::{ConfusionMatrix, Metric, Score, Scored};
use crate::state::Outcome;
use crate::ui::text::setting;

/// The metric of a run at a threshold.
pub fn evaluate(metric: &Metric, outcome: &Outcome, threshold: f64) -> Score {
    let report = &outcome.report;
    (metric.evaluate)(&Scored {
        confusion: report.sweep.confusion_at(threshold),
        sweep: &report.sweep,
        brier_score_loss: report.brier_score_loss,
        log_loss: report.log_loss,
    })
}

/// The metric of the whole population at a threshold; `None` for those that need rows (the losses).
pub fn evaluate_population(metric: &Metric, population: &PopulationAt, threshold: f64) -> Option<Score> {
    match metric.id {
        "roc_auc_score" => return Some(Score::defined(population.areas.roc_auc)),
        "average_precision_score" => return Some(Score::defined(population.areas.average_precision)),
        "brier_score_loss" | "log_loss" | "auc" => return None,
        _ => {}
    }
    Some((metric.evaluate)(&Scored {
        confusion: population.confusion(threshold),
        sweep: &population.sweep,
        brier_score_loss: f64::NAN,
        log_loss: f64::NAN,
    }))
}

/// TN, FP, FN and TP.
pub type Outcomes = [f64; 4];

/// How many of 1000 rows have which outcome; `None` when there is no row.
pub fn per_thousand(confusion: &ConfusionMatrix) -> Option<Outcomes> {
    let total = confusion.total();
    let of = |part: f64| 1000.0 * part / total;
    (total > 0.0).then(|| [of(confusion.tn), of(confusion.fp), of(confusion.fn_), of(confusion.tp)])
}

/// What scikit-learn prints of a metric that is undefined.
pub fn prints(score: Score) -> String {
    let number = if score.value.is_nan() { "nan".to_owned() } else { setting(score.value, 3) };
    format!("scikit-learn prints {number}")
}

/// Share of right answers of "always majority" on the rows scored.
pub fn always_majority(outcome: &Outcome) -> f64 {
    let sweep = &outcome.report.sweep;
    sweep.n_neg.max(sweep.n_pos) / (sweep.n_pos + sweep.n_neg).max(1.0)
}

/// Accuracy, minority points missed and minority points in all, at a threshold.
pub fn misses(outcome: &Outcome, threshold: f64) -> (f64, f64, f64) {
    let cm = outcome.report.sweep.confusion_at(threshold);
    let all = cm.tp + cm.fp + cm.fn_ + cm.tn;
    ((cm.tp + cm.tn) / all.max(1.0), cm.fn_, cm.tp + cm.fn_)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::experiment::{Extras, Runner};
    use crate::metrics;
    use crate::permalink;

    /// Classes overlap and no cell of the matrix is like another, so that nothing that is mixed up goes unnoticed.
    fn outcome() -> Outcome {
        let spec = permalink::parse("#/lab?data=blobs&distance=1.5&n=400&ratio=4&class_weight=balanced").link.spec;
        let ran = Runner::default().run(&spec).unwrap();
        let surface = Arc::new(ran.surface(None, 4));
        let (spec, report) = (Arc::new(spec), Arc::new(ran.report));
        assert!(report.extras().covers(Extras::ALL));
        Outcome { spec, report, surface, follows: true, timings: Vec::new() }
    }

    const THRESHOLDS: [f64; 6] = [0.0, 0.2, 0.5, 0.55, 0.8, 1.0];

    /// Counted row by row, without the sweep.
    fn counted(outcome: &Outcome, threshold: f64) -> ConfusionMatrix {
        let report = &outcome.report;
        let of = |pick: fn(&(u8, u8)) -> u8| -> Vec<u8> {
            let rows = report.test.iter().map(|&row| row as usize);
            rows.map(|row| pick(&(report.data.y[row], u8::from(report.scores[row] >= threshold)))).collect()
        };
        ConfusionMatrix::new(&of(|row| row.0), &of(|row| row.1), None)
    }

    #[test]
    fn every_metric_is_that_of_the_rows_counted_one_by_one() {
        let outcome = outcome();
        let report = &outcome.report;
        for threshold in THRESHOLDS {
            let confusion = counted(&outcome, threshold);
            for metric in metrics::ALL {
                let expected = (metric.evaluate)(&Scored {
                    confusion,
                    sweep: &report.sweep,
                    brier_score_loss: report.brier_score_loss,
                    log_loss: report.log_loss,
                });
                // As text: an undefined one may be no number, which is not equal to itself.
                let said = format!("{:?}", evaluate(metric, &outcome, threshold));
                assert_eq!(said, format!("{expected:?}"), "{} at {threshold}", metric.id);
            }
            let (accuracy, missed, minority) = misses(&outcome, threshold);
            assert_eq!(missed, confusion.fn_);
            assert_eq!(minority, confusion.fn_ + confusion.tp);
            assert_eq!(accuracy, (confusion.tn + confusion.tp) / confusion.total());
        }
        let confusion = counted(&outcome, 0.5);
        assert!(confusion.fp != confusion.fn_ && confusion.fn_ > 0.0, "{confusion:?}");
    }

    #[test]
    fn always_majority_is_right_wherever_the_majority_is() {
        let outcome = outcome();
        let nothing = counted(&outcome, 2.0);
        assert_eq!(always_majority(&outcome), nothing.tn / nothing.total());
    }

    #[test]
    fn of_a_population_everything_is_known_but_what_needs_rows() {
        let outcome = outcome();
        let scorers = outcome.report.population.as_ref().unwrap().scorers.as_ref().unwrap();
        let of = |id: &str, at: &PopulationAt| {
            evaluate_population(metrics::metric(id).unwrap(), at, 0.5).and_then(Score::get)
        };
        for at in [&scorers.model, &scorers.bayes] {
            let confusion = at.confusion(0.5);
            assert_eq!(of("recall_score", at), Some(confusion.tp / (confusion.tp + confusion.fn_)));
            assert_eq!(of("roc_auc_score", at), Some(at.areas.roc_auc));
            assert_eq!(of("average_precision_score", at), Some(at.areas.average_precision));
            assert_eq!(of("log_loss", at), None);
            assert_eq!(of("brier_score_loss", at), None);
        }
        let silent = evaluate_population(metrics::metric("precision_score").unwrap(), &scorers.bayes, 2.0);
        assert!(silent.is_some_and(|score| score.undefined.is_some()), "undefined, not absent");
    }

    #[test]
    fn outcomes_are_shares_of_a_thousand() {
        let outcome = outcome();
        let confusion = ConfusionMatrix { tp: 9.0, fp: 15.0, fn_: 6.0, tn: 170.0 };
        assert_eq!(per_thousand(&confusion), Some([850.0, 75.0, 30.0, 45.0]));
        assert_eq!(per_thousand(&ConfusionMatrix::default()), None);
        let scorers = outcome.report.population.as_ref().unwrap().scorers.as_ref().unwrap();
        for threshold in THRESHOLDS {
            let [tn, fp, fn_, tp] = per_thousand(&scorers.model.confusion(threshold)).unwrap();
            assert!((tn + fp + fn_ + tp - 1000.0).abs() < 1e-6);
            assert!((fn_ + tp - 200.0).abs() < 1e-6, "one in five is minority");
        }
    }

    #[test]
    fn what_the_library_prints_of_an_undefined_metric_is_said() {
        let silent = ConfusionMatrix { tp: 0.0, fp: 0.0, fn_: 3.0, tn: 40.0 };
        let of = |id: &str, confusion| {
            let sweep = Default::default();
            let scored = Scored { confusion, sweep: &sweep, brier_score_loss: 0.0, log_loss: 0.0 };
            prints((metrics::metric(id).unwrap().evaluate)(&scored))
        };
        assert_eq!(of("precision_score", silent), "scikit-learn prints 0");
        assert_eq!(of("roc_auc_score", silent), "scikit-learn prints nan");
    }
}
