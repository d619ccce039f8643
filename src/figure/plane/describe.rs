//! The plane in words: what a point is, what the whole picture shows.

use super::scene::{Dot, Kind, Scene};
use crate::experiment::Report;
use crate::resample::Hardness;
use crate::resample::play::{Timeline, provenance};

/// What a point is, for the card beside the pointer and for who cannot see it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// One short line.
    pub title: String,
    /// Facts, one per line.
    pub facts: Vec<String>,
    /// Steps that made it what it is: the position to go to, and what happened there.
    pub steps: Vec<(u32, &'static str)>,
}

impl Card {
    /// All in one sentence.
    pub fn sentence(&self) -> String {
        format!("{}. {}.", self.title, self.facts.join(". "))
    }
}

/// Decimals of a number that is compared with 1.
const USUAL_DECIMALS: usize = 3;
/// More than this, and a float has no such digits.
const MOST_DECIMALS: usize = 17;

/// A number as the page writes it: three decimals, a real minus.
pub fn number(v: f64) -> String {
    with_decimals(v, USUAL_DECIMALS)
}

fn with_decimals(v: f64, decimals: usize) -> String {
    format!("{v:.decimals$}").replace('-', "\u{2212}")
}

/// Decimals that tell points of each axis apart: three, and more where all of the data lie within a small part of 1.
pub fn decimals(report: &Report) -> [usize; 2] {
    [0, 1].map(|axis| {
        let (low, high) = (report.data.x.iter())
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), p| (low.min(p[axis]), high.max(p[axis])));
        let order = (high - low).log10().floor();
        // None of no points, or of points in one place.
        if order.is_finite() { (USUAL_DECIMALS as f64 - order) as usize } else { USUAL_DECIMALS }
            .clamp(USUAL_DECIMALS, MOST_DECIMALS)
    })
}

fn class_name(report: &Report, class: u8) -> &str {
    &report.classes[usize::from(class != 0)]
}

/// How hard a training row is, where the report knows.
fn hardness(report: &Report, dot: &Dot) -> Option<Hardness> {
    let types = report.hardness.as_ref().filter(|_| matches!(dot.kind, Kind::Train | Kind::Removed))?;
    types.get(dot.pool? as usize).copied()
}

/// What a dot is, its class, how hard it is, its score and where it stands.
pub fn card(report: &Report, dot: &Dot) -> Card {
    let (mut facts, mut steps) = (Vec::new(), Vec::new());
    let class = class_name(report, dot.class);
    let title = match dot.kind {
        Kind::Train => format!("Training row, {class}"),
        Kind::Test => format!("Test row, {class}"),
        Kind::Synthetic if dot.other > 0 => format!("Mixed row, mostly {class}"),
        Kind::Synthetic => format!("Synthetic row, {class}"),
        Kind::Removed => format!("Removed row, {class}"),
    };
    if let Some(id) = dot.pool.filter(|&id| (id as usize) < report.chain.pool_origin.len()) {
        let timeline = Timeline::new(&report.chain);
        let story = provenance(&report.chain, &timeline, id).to_string();
        facts.push(story.trim_end_matches('.').to_owned());
        steps.extend(timeline.made(id).map(|position| (position, "made")));
        steps.extend(timeline.gone(id).map(|position| (position, "removed")));
    }
    if let Some(hardness) = hardness(report, dot) {
        facts.push(format!("by its neighbours: {}", hardness.name()));
    }
    if let Some(&score) = dot.row.and_then(|row| report.scores.get(row as usize)) {
        facts.push(format!("score {}", number(score)));
    }
    let ([x, y], digits) = (&report.columns, decimals(report));
    facts.push(format!("{x} = {}, {y} = {}", with_decimals(dot.at[0], digits[0]), with_decimals(dot.at[1], digits[1])));
    if let Some(row) = dot.row {
        facts.push(format!("row {row} of the data"));
    }
    Card { title, facts, steps }
}

/// The same of a row that nothing was computed of yet.
pub fn sketch_card(columns: &[String; 2], classes: &[String; 2], dot: &Dot) -> Card {
    let ([x, y], [at_x, at_y]) = (columns, dot.at.map(number));
    let title = format!("Point, {}", classes[usize::from(dot.class != 0)]);
    Card { title, facts: vec![format!("{x} = {at_x}, {y} = {at_y}")], steps: Vec::new() }
}

/// The whole picture in two sentences: its text alternative.
pub fn summary(report: &Report, scene: &Scene, threshold: f64) -> String {
    let counts = scene.counts;
    let [majority, minority] = &report.classes;
    let mut parts =
        vec![format!("{} points of {majority}", counts.majority), format!("{} of {minority}", counts.minority)];
    if counts.synthetic > 0 {
        parts.push(format!("{} synthetic", counts.synthetic));
    }
    if counts.removed > 0 {
        parts.push(format!("{} removed", counts.removed));
    }
    let at = report.sweep.confusion_at(threshold);
    format!(
        "The plane of {} and {}: {}. At threshold {} the boundary leaves {} of {} test rows of {minority} and {} of {} \
         of {majority} on the wrong side.",
        report.columns[0],
        report.columns[1],
        parts.join(", "),
        number(threshold),
        at.fn_,
        at.fn_ + at.tp,
        at.fp,
        at.fp + at.tn
    )
}

/// One line of the table that stands beside the picture: id, what it is and how hard, class, both coordinates, score, and where it
/// comes from. `digits` are the [`decimals`] of the coordinates.
pub fn table_row(report: &Report, timeline: &Timeline, digits: [usize; 2], dot: &Dot) -> [String; 7] {
    let kind = match dot.kind {
        Kind::Train => "training",
        Kind::Test => "test",
        Kind::Synthetic if dot.other > 0 => "mixed",
        Kind::Synthetic => "synthetic",
        Kind::Removed => "removed",
    };
    let kind = match hardness(report, dot) {
        Some(hardness) => format!("{kind}, {}", hardness.name()),
        None => kind.to_owned(),
    };
    let id = match (dot.pool, dot.row) {
        (Some(id), _) => format!("#{id}"),
        (None, Some(row)) => format!("row {row}"),
        (None, None) => String::new(),
    };
    let score =
        dot.row.and_then(|row| report.scores.get(row as usize)).map_or_else(|| "\u{2013}".into(), |&s| number(s));
    let known = dot.pool.filter(|&id| (id as usize) < report.chain.pool_origin.len());
    let story = known.map_or_else(String::new, |id| provenance(&report.chain, timeline, id).to_string());
    let [x, y] = [0, 1].map(|axis| with_decimals(dot.at[axis], digits[axis]));
    [id, kind, class_name(report, dot.class).into(), x, y, score, story]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::example;

    #[test]
    fn a_point_that_nothing_was_computed_of_has_a_card_with_its_class_and_place() {
        let names = |names: [&str; 2]| names.map(String::from);
        let dot = Dot { at: [-0.25, 3.0], class: 1, other: 0, kind: Kind::Train, row: Some(0), pool: None };
        let said = sketch_card(&names(["age", "dose"]), &names(["well", "ill"]), &dot).sentence();
        assert_eq!(said, "Point, ill. age = \u{2212}0.250, dose = 3.000.");
    }

    #[test]
    fn a_card_has_the_digits_that_tell_points_apart_and_says_how_hard_a_row_is() {
        let mut report = example::report(3, 1);
        assert_eq!(decimals(&report), [3, 3], "all points in one place");
        report.data.x = vec![[0.003_532, 1200.0], [0.029_84, -500.0], [0.000_895, 0.5]];
        assert_eq!(decimals(&report), [5, 3]);
        let dot = Dot { at: report.data.x[0], class: 0, other: 0, kind: Kind::Test, row: Some(0), pool: None };
        let said = card(&report, &dot).sentence();
        assert!(said.contains("x = 0.00353, y = 1200.000"), "{said}");
        report.hardness = Some(vec![Hardness::Rare]);
        let train = Dot { kind: Kind::Train, pool: Some(0), ..dot };
        assert!(card(&report, &train).facts.contains(&"by its neighbours: rare".to_owned()));
        assert!(!card(&report, &dot).sentence().contains("rare"), "a test row has no type");
        assert_eq!(table_row(&report, &Timeline::new(&report.chain), [3, 3], &train)[1], "training, rare");
        report.data = Default::default();
        assert_eq!(decimals(&report), [3, 3], "no points");
    }
}
