//! The stages in words: their names, and what each has chosen, in one line.

use crate::experiment::Spec;
use crate::model::{ClassWeight, Classifier};
use crate::resample::SamplerStage;
use crate::state::{Outcome, Stage};
use crate::ui::text;

/// The stages of the rail, in order.
pub const ALL: [Stage; 5] = [Stage::Data, Stage::Split, Stage::Resample, Stage::Model, Stage::Decide];

/// Its name on screen.
pub fn title(stage: Stage) -> &'static str {
    match stage {
        Stage::Data => "Data",
        Stage::Split => "Split",
        Stage::Resample => "Resample",
        Stage::Model => "Model",
        Stage::Decide => "Decide",
    }
}

/// Its name in errors and test ids.
pub fn id(stage: Stage) -> &'static str {
    match stage {
        Stage::Data => "data",
        Stage::Split => "split",
        Stage::Resample => "resample",
        Stage::Model => "model",
        Stage::Decide => "decide",
    }
}

/// Whether it is switched on; `None` where it cannot be switched off.
pub fn switch(stage: Stage, spec: &Spec) -> Option<bool> {
    match stage {
        Stage::Split => Some(!spec.off.split),
        Stage::Resample => Some(!spec.off.resample),
        Stage::Model => Some(!spec.off.model),
        Stage::Data | Stage::Decide => None,
    }
}

/// Switches it on or off.
pub fn set_switch(stage: Stage, spec: &mut Spec, on: bool) {
    match stage {
        Stage::Split => spec.off.split = !on,
        Stage::Resample => spec.off.resample = !on,
        Stage::Model => spec.off.model = !on,
        Stage::Data | Stage::Decide => {}
    }
}

/// What it has chosen, in one line.
pub fn choice(stage: Stage, spec: &Spec, outcome: Option<&Outcome>, threshold: f64) -> String {
    match stage {
        Stage::Data => {
            let info = spec.data.source.info();
            match outcome {
                Some(outcome) => {
                    let data = &outcome.report.data;
                    format!("{}, {}", info.title, text::ratio(data.count(0) as f64, data.count(1) as f64))
                }
                None if !info.has_ratio() => info.title.to_owned(),
                None => format!("{}, 1 : {}", info.title, text::setting(spec.data.imbalance_ratio, 1)),
            }
        }
        Stage::Split if spec.off.split => "Off: train = test".to_owned(),
        Stage::Split => match outcome {
            Some(outcome) => format!(
                "Train {} · Test {}",
                text::count(outcome.report.train.len() as f64),
                text::count(outcome.report.test.len() as f64)
            ),
            None => format!("Test {}", text::percent(spec.test_size, 1.0)),
        },
        Stage::Resample if spec.off.resample => "Off".to_owned(),
        Stage::Resample => match spec.samplers.as_slice() {
            [] => "None".to_owned(),
            stages => stages.iter().map(short).collect::<Vec<_>>().join(" + "),
        },
        Stage::Model if spec.off.model => "Off: always majority".to_owned(),
        Stage::Model => classifier(&spec.classifier),
        Stage::Decide => format!("Threshold {threshold:.2}"),
    }
}

/// A sampler in a few words, with the number of neighbours where it has one, and what it is restricted to.
fn short(stage: &SamplerStage) -> String {
    let mut words = stage.sampler.method().title.to_owned();
    if let Some((_, k)) = stage.sampler.neighbor_parameters().first() {
        words.push_str(&format!(", k = {k}"));
    }
    if let Some(only) = &stage.only {
        words.push_str(&format!(", {}", only.in_words()));
    }
    words
}

fn classifier(classifier: &Classifier) -> String {
    match classifier {
        Classifier::MajorityDummy => "Always majority".to_owned(),
        Classifier::LogisticRegression { degree, class_weight, .. } => {
            let features = match degree {
                1 => "linear",
                2 => "quadratic",
                _ => "cubic",
            };
            let weight = match class_weight {
                ClassWeight::None => String::new(),
                ClassWeight::Balanced => ", balanced".to_owned(),
                ClassWeight::Ratio(weight) => format!(", 1 : {}", text::setting(*weight, 1)),
            };
            format!("Logistic, {features}{weight}")
        }
    }
}

/// Majority and minority after the stage, and what is counted.
pub fn balance(stage: Stage, outcome: &Outcome, threshold: f64) -> (f64, f64, &'static str) {
    let report = &outcome.report;
    let of = |rows: &mut dyn Iterator<Item = u8>| {
        let (mut all, mut minority) = (0.0, 0.0);
        for class in rows {
            all += 1.0;
            minority += f64::from(class == 1);
        }
        (all - minority, minority)
    };
    match stage {
        Stage::Data => {
            let (a, b) = of(&mut report.data.y.iter().copied());
            (a, b, "rows")
        }
        Stage::Split => {
            let (a, b) = of(&mut report.train.iter().map(|&row| report.data.y[row as usize]));
            (a, b, "training rows")
        }
        Stage::Resample => {
            let chain = &report.chain;
            let (a, b) = of(&mut chain.output.iter().map(|&row| chain.pool_y[row as usize]));
            (a, b, "rows to fit on")
        }
        Stage::Model => {
            let [a, b] = report.chain.class_weights();
            let weight = match (&outcome.spec.classifier, outcome.spec.off.model) {
                (Classifier::LogisticRegression { class_weight, .. }, false) => *class_weight,
                _ => ClassWeight::None,
            };
            match weight {
                ClassWeight::None => (a, b, "weight in the loss"),
                ClassWeight::Balanced => ((a + b) / 2.0, (a + b) / 2.0, "weight in the loss"),
                ClassWeight::Ratio(weight) => (a, b * weight, "weight in the loss"),
            }
        }
        Stage::Decide => {
            let cm = report.sweep.confusion_at(threshold);
            (cm.tn + cm.fn_, cm.tp + cm.fp, "test rows called majority and minority")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_restricted_step_is_told_apart_from_one_that_is_not() {
        let choice = |samplers: &str| {
            let spec = crate::permalink::parse(&format!("sampler={samplers}")).link.spec;
            choice(Stage::Resample, &spec, None, 0.5)
        };
        assert_eq!(choice("smote"), "SMOTE, k = 5");
        assert_eq!(choice("smote.borderline"), "SMOTE, k = 5, borderline only");
        assert_eq!(
            choice("over.rare.borderline.t9+tomek"),
            "Random over-sampling, borderline and rare only by 9 neighbours + Tomek links"
        );
    }
}
