//! The text alternative of a figure: what a reader would see in it, in sentences with the present numbers.

use super::curve::{Curve, share};
use super::readout::{Readout, count, rate};
use super::{Kind, Scene};

/// What the figure shows, in sentences.
pub fn describe(kind: Kind, scene: &Scene) -> String {
    let sweep = &scene.report.sweep;
    let rows = format!("{} test rows, {} of them minority", count(sweep.n_pos + sweep.n_neg), count(sweep.n_pos));
    if let Some(reason) = kind.undefined(scene.report) {
        return format!("No {}: {reason}. Try a larger test set or a smaller imbalance.", kind.title_in_sentence());
    }
    let now = Readout::at(sweep, scene.threshold);
    let pinned = scene.pinned.map(|pinned| Readout::at(&pinned.report.sweep, pinned.threshold));
    let was = |words: &dyn Fn(&Readout) -> String| {
        pinned.as_ref().map_or_else(String::new, |p| format!(" Pinned run at {}: {}.", p.threshold_text(), words(p)))
    };
    let at = now.threshold_text();
    match kind {
        Kind::Plane => format!("The plane of {rows}. At threshold {at}: {}.{}", now.counts(), was(&Readout::counts)),
        Kind::PrecisionRecall => {
            let words = |r: &Readout| format!("precision {}, recall {}", rate(r.precision), rate(r.recall));
            format!(
                "Precision-recall curve of {rows}. At threshold {at}: {} ({}). Chance is the prevalence, {}.{}",
                words(&now),
                now.counts(),
                rate(share(sweep.n_pos, sweep.n_pos + sweep.n_neg)),
                was(&words)
            )
        }
        Kind::Roc => {
            let words = |r: &Readout| {
                format!("true positive rate {}, false positive rate {}", rate(r.recall), rate(r.false_positive_rate))
            };
            format!(
                "ROC curve of {rows}. At threshold {at}: {} ({}). Chance is the diagonal.{}",
                words(&now),
                now.counts(),
                was(&words)
            )
        }
        Kind::Confusion => format!(
            "Confusion matrix of {rows}, rows actual, columns predicted. At threshold {at}: {}.{}",
            now.counts(),
            was(&Readout::counts)
        ),
        Kind::Scores => format!(
            "Predicted probabilities by class, {rows}. At or above the threshold {at} lie {} of {} majority rows and {} \
             of {} minority rows.{}",
            count(now.matrix.fp),
            count(sweep.n_neg),
            count(now.matrix.tp),
            count(sweep.n_pos),
            was(&Readout::counts)
        ),
    }
}

impl Kind {
    /// Why there is no such figure of the report, as a clause.
    pub fn undefined(self, report: &crate::experiment::Report) -> Option<&'static str> {
        match self {
            Kind::PrecisionRecall => Curve::PrecisionRecall.undefined(&report.sweep),
            Kind::Roc => Curve::Roc.undefined(&report.sweep),
            Kind::Scores => super::scores::undefined(report),
            Kind::Plane | Kind::Confusion => report.test.is_empty().then_some("there is no test row"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{Pinned, example};

    #[test]
    fn the_words_hold_the_numbers_of_the_sweep() {
        let report = example::report(300, 17);
        let base = example::report(200, 40);
        let matrix = report.sweep.confusion_at(0.37);
        let before = base.sweep.confusion_at(0.5);
        let scene = Scene { report: &report, threshold: 0.37, pinned: Some(Pinned { report: &base, threshold: 0.5 }) };
        let pr = describe(Kind::PrecisionRecall, &scene);
        assert!(pr.contains("300 test rows, 17 of them minority"), "{pr}");
        assert!(pr.contains(&format!("precision {:.3}, recall", matrix.tp / (matrix.tp + matrix.fp))), "{pr}");
        assert!(pr.contains(&format!("recall {:.3} (TP {}", matrix.tp / 17.0, matrix.tp)), "{pr}");
        assert!(pr.contains("Chance is the prevalence, 0.057"), "{pr}");
        assert!(pr.contains(&format!("Pinned run at 0.50: precision {:.3}", before.tp / (before.tp + before.fp))));
        let roc = describe(Kind::Roc, &scene);
        assert!(roc.contains(&format!("false positive rate {:.3} (", matrix.fp / 283.0)), "{roc}");
        let scores = describe(Kind::Scores, &scene);
        assert!(scores.contains(&format!("{} of 283 majority rows", matrix.fp)), "{scores}");
        let confusion = describe(Kind::Confusion, &scene);
        assert!(confusion.contains(&format!("FN {}, TN {}", matrix.fn_, matrix.tn)), "{confusion}");
    }

    #[test]
    fn an_undefined_curve_says_what_is_missing() {
        let report = example::report(40, 0);
        let scene = Scene { report: &report, threshold: 0.5, pinned: None };
        let words = describe(Kind::PrecisionRecall, &scene);
        assert!(words.starts_with("No precision-recall curve: the test rows hold no minority row."), "{words}");
    }
}
