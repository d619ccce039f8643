//! What a stage does and did: one sentence of result, and a few sentences of explanation with the present numbers.

use super::words::{self, Sentence, capital, plural};
use crate::base::Class;
use crate::resample::{Chain, RowId, SamplingKind, StageTrace, Step, Verdict, methods};

/// A stage explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What it does, in two or three sentences.
    pub what: Sentence,
    /// What to look out for.
    pub watch_for: Sentence,
}

/// The numbers of a stage.
pub struct Tally<'a> {
    /// The chain it belongs to.
    pub chain: &'a Chain,
    /// The stage.
    pub stage: &'a StageTrace,
    /// Rows added.
    pub added: usize,
    /// Rows removed.
    pub removed: usize,
    /// The class whose number changed most.
    pub class: Class,
    /// Its rows before.
    pub before: usize,
    /// Its rows afterwards.
    pub after: usize,
}

impl<'a> Tally<'a> {
    fn new(chain: &'a Chain, stage: &'a StageTrace) -> Self {
        let of_class =
            |rows: &[RowId], class: Class| rows.iter().filter(|&&row| chain.pool_y[row as usize] == class).count();
        let last = stage.input.iter().map(|&row| chain.pool_y[row as usize]).max().unwrap_or(0);
        let (class, before, after) = (0..=last)
            .map(|class| (class, of_class(&stage.input, class), of_class(&stage.output, class)))
            .max_by_key(|&(class, before, after)| (before.abs_diff(after), class))
            .unwrap_or((0, 0, 0));
        let added = stage.steps.iter().filter(|step| matches!(step, Step::Add { .. })).count();
        let removed = stage.steps.iter().flat_map(Step::removed).flatten().count();
        Self { chain, stage, added, removed, class, before, after }
    }

    /// Steps that satisfy `wanted`.
    pub fn count(&self, wanted: impl Fn(&Step) -> bool) -> usize {
        self.stage.steps.iter().filter(|&step| wanted(step)).count()
    }

    /// Rows that were judged, and those of them with this verdict.
    pub fn judged(&self, verdict: Verdict) -> (usize, usize) {
        let found = |step: &Step| matches!(step, Step::Judge { verdict: found, .. } if *found == verdict);
        (self.count(|step| matches!(step, Step::Judge { .. })), self.count(found))
    }

    /// "minority", "majority": the class whose number changed most.
    pub fn class_name(&self) -> String {
        words::class(self.chain, self.class)
    }

    /// Class name of the method.
    pub fn name(&self) -> &'static str {
        self.stage.sampler.name()
    }

    /// "3 points are", "1 point is": for the rows added.
    pub fn added_are(&self) -> String {
        are(&plural(self.added, "point"), self.added)
    }

    /// The same for the rows removed.
    pub fn removed_are(&self) -> String {
        are(&plural(self.removed, "point"), self.removed)
    }

    /// The usual sentence: what was added and removed, and what became of the class that changed most.
    pub fn summary(&self) -> String {
        let (name, class) = (self.name(), self.class_name());
        let became = format!("{class} *{}* became *{}*", self.before, self.after);
        match (self.added, self.removed) {
            (0, 0) => format!("{name} changed nothing."),
            (added, 0) => format!("{name} added {}: {became}.", plural(added, "point")),
            (0, removed) => format!("{name} removed {}: {became}.", plural(removed, "point")),
            (added, removed) => {
                format!("{name} added {} and removed {}: {became}.", plural(added, "point"), plural(removed, "point"))
            }
        }
    }
}

/// What the stage at index `stage` of `chain` did, in one sentence; empty when there is no such stage.
pub fn summary(chain: &Chain, stage: usize) -> Sentence {
    let Some(stage) = chain.stages.get(stage) else {
        return Sentence::default();
    };
    Sentence::marked(&methods::summary(&stage.sampler, &Tally::new(chain, stage)))
}

/// What the stage at index `stage` does, with its present numbers; `None` when there is no such stage.
pub fn explain(chain: &Chain, stage: usize) -> Option<Explanation> {
    let stage = chain.stages.get(stage)?;
    // An over-sampler without a step was asked for no row: it has fitted, judged and clustered nothing.
    let (what, watch_for) = match (stage.sampler.kind(), stage.steps.is_empty()) {
        (SamplingKind::Over, true) => (
            format!("The classes have the counts asked for already, so {} makes nothing.", stage.sampler.name()),
            "what happens when the classes differ more, or another ratio is asked for.".to_string(),
        ),
        _ => methods::explain(&stage.sampler, &Tally::new(chain, stage)),
    };
    Some(Explanation { what: Sentence::marked(&capital(&what)), watch_for: Sentence::marked(&watch_for) })
}

/// "3 points are", "1 point is".
pub fn are(what: &str, n: usize) -> String {
    format!("{what} {}", if n == 1 { "is" } else { "are" })
}
