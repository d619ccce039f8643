//! What a stage does and did: one sentence of result, and a few sentences of explanation with the present numbers.

use super::words::{self, Sentence, capital, count, plural};
use crate::base::Class;
use crate::resample::{BorderlineKind, Chain, RowId, Sampler, StageTrace, Step};

/// A stage explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// What it does, in two or three sentences.
    pub what: Sentence,
    /// What to look out for.
    pub watch_for: Sentence,
}

/// What the numbers of a stage are.
struct Tally<'a> {
    chain: &'a Chain,
    stage: &'a StageTrace,
    added: usize,
    removed: usize,
    judged: usize,
    in_danger: usize,
    links: usize,
}

impl<'a> Tally<'a> {
    fn new(chain: &'a Chain, stage: &'a StageTrace) -> Self {
        let count = |wanted: &dyn Fn(&Step) -> bool| stage.steps.iter().filter(|&step| wanted(step)).count();
        Self {
            chain,
            stage,
            added: count(&|step| matches!(step, Step::Add { .. })),
            removed: stage.steps.iter().flat_map(|step| step.removed()).flatten().count(),
            judged: count(&|step| matches!(step, Step::Classify { .. })),
            in_danger: count(&|step| matches!(step, Step::Classify { danger: true, .. })),
            links: count(&|step| matches!(step, Step::Link { .. })),
        }
    }

    fn of_class(&self, rows: &[RowId], class: Class) -> usize {
        rows.iter().filter(|&&row| self.chain.pool_y[row as usize] == class).count()
    }

    /// The class whose number changed most, with its numbers before and after.
    fn most_changed(&self) -> (String, usize, usize) {
        let last = self.stage.input.iter().map(|&row| self.chain.pool_y[row as usize]).max().unwrap_or(0);
        let change = |class: Class| {
            let (before, after) = (self.of_class(&self.stage.input, class), self.of_class(&self.stage.output, class));
            (class, before, after)
        };
        let (class, before, after) = (0..=last)
            .map(change)
            .max_by_key(|&(class, before, after)| (before.abs_diff(after), class))
            .unwrap_or((0, 0, 0));
        (words::class(self.chain, class), before, after)
    }
}

/// What the stage at index `stage` of `chain` did, in one sentence; empty when there is no such stage.
pub fn summary(chain: &Chain, stage: usize) -> Sentence {
    let Some(stage) = chain.stages.get(stage) else {
        return Sentence::default();
    };
    let name = stage.sampler.name();
    let tally = Tally::new(chain, stage);
    let (class, before, after) = tally.most_changed();
    let text = match stage.sampler {
        Sampler::RandomOverSampler { .. } | Sampler::Smote { .. } if tally.added == 0 => {
            format!("{name} added nothing: the classes had their counts already.")
        }
        Sampler::RandomOverSampler { .. } => {
            format!("{name} repeated {class} points *{}* times: *{before}* became *{after}*.", tally.added)
        }
        Sampler::Smote { .. } => {
            format!("{name} added {}: {class} *{before}* became *{after}*.", plural(tally.added, "point"))
        }
        Sampler::BorderlineSmote { .. } if tally.judged == 0 => {
            format!("{name} added nothing: the classes had their counts already.")
        }
        Sampler::BorderlineSmote { .. } if tally.in_danger == 0 => {
            format!("{name} found none of {} in danger and added nothing.", plural(tally.judged, "point"))
        }
        Sampler::BorderlineSmote { .. } => format!(
            "{name} found *{}* of {} in danger and added *{}* from there: {class} *{before}* became *{after}*.",
            tally.in_danger,
            plural(tally.judged, "point"),
            tally.added
        ),
        Sampler::RandomUnderSampler { .. } => {
            format!(
                "{name} kept *{after}* of *{before}* {class} points by chance and dropped {}.",
                plural(tally.removed, "row")
            )
        }
        Sampler::TomekLinks { .. } if tally.links == 0 => format!("{name} found no link and removed nothing."),
        Sampler::TomekLinks { .. } => {
            format!("{name} found {} and removed {}.", plural(tally.links, "link"), plural(tally.removed, "point"))
        }
    };
    Sentence::marked(&text)
}

/// What the stage at index `stage` does, with its present numbers; `None` when there is no such stage.
pub fn explain(chain: &Chain, stage: usize) -> Option<Explanation> {
    let tally = Tally::new(chain, chain.stages.get(stage)?);
    let (class, before, after) = tally.most_changed();
    let added = plural(tally.added, "point");
    let (what, watch_for) = match tally.stage.sampler {
        Sampler::RandomOverSampler { .. } => (
            format!(
                "{} points are drawn at random and repeated, *{}* times in all, so that *{before}* count as *{after}*. \
                 No new place is filled. The test set is not touched.",
                capital(&class),
                tally.added
            ),
            format!(
                "a model that leans on few points: each of the *{before}* now counts *{:.1}* times on average.",
                after as f64 / before.max(1) as f64
            ),
        ),
        Sampler::Smote { k_neighbors, .. } => (
            format!(
                "For each new point, take a {class} point, one of its *{k_neighbors}* nearest {class} neighbours, and a \
                 random place on the line between them. {} added. The test set is not touched.",
                are(&added, tally.added)
            ),
            "lines that cross the other class's territory: SMOTE does not look who lives there.".to_string(),
        ),
        Sampler::BorderlineSmote { k_neighbors, m_neighbors, kind, .. } => (
            format!(
                "Each {class} point is judged by its *{m_neighbors}* nearest points: with *{}* or more of another class, \
                 but not all, it is in danger, and *{}* of *{}* are. From these, {} added towards one of the *{k_neighbors}* \
                 nearest {}.",
                m_neighbors.div_ceil(2),
                tally.in_danger,
                tally.judged,
                are(&added, tally.added),
                match kind {
                    BorderlineKind::One => format!("{class} points"),
                    BorderlineKind::Two => "points of any class, at most half-way to another class".to_string(),
                }
            ),
            format!("new points that crowd along the border, all from {} points.", count(tally.in_danger)),
        ),
        Sampler::RandomUnderSampler { replacement, .. } => (
            format!(
                "Of *{before}* {class} points *{after}* are kept by chance{} and {} dropped. The test set is not touched.",
                if replacement { ", the same one perhaps more than once," } else { "" },
                are(&plural(tally.removed, "row"), tally.removed)
            ),
            "what is thrown away: another seed keeps other points, and the boundary moves.".to_string(),
        ),
        Sampler::TomekLinks { .. } => (
            format!(
                "Two points of unlike class that are each other's nearest neighbour are a Tomek link. There {} *{}*, and \
                 {} removed. Nothing is left to chance.",
                if tally.links == 1 { "is" } else { "are" },
                tally.links,
                are(&plural(tally.removed, "point"), tally.removed)
            ),
            format!(
                "how little it changes: it cleans the border and does not balance. {} *{before}* became *{after}*.",
                capital(&class)
            ),
        ),
    };
    Some(Explanation { what: Sentence::marked(&what), watch_for: Sentence::marked(&watch_for) })
}

fn are(what: &str, n: usize) -> String {
    format!("{what} {}", if n == 1 { "is" } else { "are" })
}
