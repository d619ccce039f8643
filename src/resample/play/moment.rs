//! One step with all that can be said about it: what the methods put their words together from.

use super::words::{self, Sentence, capital, count, number, ordinal};
use super::{Focus, focus};
use crate::base::{Class, Point};
use crate::resample::{Chain, Origin, PhaseStart, RowId, Sampler, StageTrace, Step, methods};

/// Two lengths of the same two columns differ by no larger share than this: by the order of their sums at most.
const SAME_LENGTH: f64 = 1e-9;

/// Neighbours that a card names at most.
const MOST_NAMES: usize = 12;

/// The line before those of a restricted sampler.
const ONLY: &str = "rows = minority rows of the chosen types, all others";

/// What a method says about a step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// One or two sentences with real indices and numbers; `*` opens and closes what is strong.
    pub sentence: String,
    /// Index of the line of the pseudocode.
    pub line: usize,
    /// The variables of that line: name and value.
    pub variables: Vec<(&'static str, String)>,
}

impl Told {
    /// A sentence at a line, with its variables.
    pub fn new(line: usize, sentence: String, variables: Vec<(&'static str, String)>) -> Self {
        Self { sentence, line, variables }
    }
}

/// A step of a stage, to be told.
pub struct Moment<'a> {
    /// The chain it belongs to.
    pub chain: &'a Chain,
    /// Its stage.
    pub stage: &'a StageTrace,
    /// The step.
    pub step: Step,
    /// What it looks at.
    pub focus: Focus,
    /// From the sampler's space to the axes of the plane.
    in_data: &'a dyn Fn(Point) -> Point,
}

/// The line of a method's pseudocode that a step belongs to, and the variables it has there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CodeLine {
    /// All lines; in a restricted stage one more, the first, says which rows take part.
    pub lines: Vec<&'static str>,
    /// Index of the present one; `None` before the first step.
    pub line: Option<usize>,
    /// Its variables: name and value.
    pub variables: Vec<(&'static str, Sentence)>,
}

/// What the method says about the step played last at `position`; `None` at 0.
pub(super) fn told(chain: &Chain, position: u32, in_data: &dyn Fn(Point) -> Point) -> Option<Told> {
    let moment = Moment::at(chain, position, in_data)?;
    Some(methods::tell(moment.sampler(), &moment))
}

/// Why the row is dropped or removed that goes with the step played last at `position`; `None` at 0.
pub(super) fn why_dropped(chain: &Chain, position: u32) -> Option<String> {
    // No reason names a place.
    let moment = Moment::at(chain, position, &|point| point)?;
    Some(methods::why_dropped(moment.sampler(), &moment))
}

/// The pseudocode of the stage that is playing at `position`, with its present line and variables; `None` without a
/// stage.
pub fn code_line(chain: &Chain, position: u32, in_data: impl Fn(Point) -> Point) -> Option<CodeLine> {
    let told = told(chain, position, &in_data);
    let stage = chain.locate(position).map_or(0, |place| place.stage);
    let stage = chain.stages.get(stage)?;
    let before = stage.only.as_ref().map(|_| ONLY);
    let lines = before.into_iter().chain(stage.sampler.method().words().pseudocode.iter().copied()).collect();
    let place = |told: Told| (Some(told.line + usize::from(before.is_some())), told.variables);
    let (line, variables) = told.map_or((None, Vec::new()), place);
    let variables = variables.into_iter().map(|(name, value)| (name, Sentence::marked(&value))).collect();
    Some(CodeLine { lines, line, variables })
}

impl<'a> Moment<'a> {
    fn at(chain: &'a Chain, position: u32, in_data: &'a dyn Fn(Point) -> Point) -> Option<Self> {
        let focus = focus(chain, position)?;
        let stage = &chain.stages[focus.place.stage];
        Some(Moment { chain, stage, step: focus.step, focus, in_data })
    }
}

impl Moment<'_> {
    /// The sampler with its parameters.
    pub fn sampler(&self) -> &Sampler {
        &self.stage.sampler
    }

    /// The row the step is about; row 0 where it is about none.
    pub fn center(&self) -> RowId {
        self.focus.center.unwrap_or(0)
    }

    /// Index of the phase that is playing, 0 where the method has none.
    pub fn phase(&self) -> u32 {
        self.phase_start().map_or(0, |start| start.phase)
    }

    /// Which time that phase is played, from 0.
    pub fn round(&self) -> u32 {
        self.phase_start().map_or(0, |start| start.round)
    }

    /// Where that phase begins.
    pub fn phase_start(&self) -> Option<&PhaseStart> {
        self.stage.phases.iter().rev().find(|start| start.at as usize <= self.focus.place.index)
    }

    /// Class of a row.
    pub fn class_of(&self, row: RowId) -> Class {
        self.chain.pool_y[row as usize]
    }

    /// `*#5*`, or `*s3*` for a generated row.
    pub fn name(&self, row: RowId) -> String {
        words::name(self.chain, row)
    }

    /// "minority point #5".
    pub fn point(&self, row: RowId) -> String {
        words::point(self.chain, row)
    }

    /// The same at the beginning of a sentence.
    pub fn who(&self, row: RowId) -> String {
        capital(&self.point(row))
    }

    /// "minority", "majority", "class 2".
    pub fn class_name(&self, class: Class) -> String {
        words::class(self.chain, class)
    }

    /// What is not of the row's class: "majority" for a minority row of two classes, otherwise "of another class".
    pub fn other_class(&self, row: RowId) -> String {
        match self.class_of(row) {
            own @ 0..=1 if self.chain.pool_y.iter().all(|&y| y < 2) => self.class_name(1 - own),
            _ => "of another class".to_string(),
        }
    }

    /// A point of the sampler's space in the axes of the plane.
    pub fn in_data(&self, point: Point) -> Point {
        (self.in_data)(point)
    }

    /// Where a row lies, in the axes of the plane: `(1.31, −0.22)`.
    pub fn place(&self, row: RowId) -> String {
        words::place(self.in_data(self.chain.pool_x[row as usize]))
    }

    /// How far apart the ends of a link are, as the sampler measured it: "0.12", with what the plane does not show.
    fn apart(&self, a: RowId, b: RowId, distance: f64) -> String {
        let [p, q] = [a, b].map(|row| self.chain.pool_x[row as usize]);
        let in_plane = ((p[0] - q[0]) * (p[0] - q[0]) + (p[1] - q[1]) * (p[1] - q[1])).sqrt();
        let scaled = [[0.0, 0.0], [1.0, 1.0]].iter().any(|&corner| (self.in_data)(corner) != corner);
        let units = if scaled { " in scaled units" } else { "" };
        let hidden = if distance > in_plane * (1.0 + SAME_LENGTH) { ", the hidden columns counted" } else { "" };
        format!("*{}* apart{units}{hidden}", words::length(distance))
    }

    /// Which of how many steps of the stage that satisfy `same` the present one is, from 1.
    pub fn nth(&self, same: impl Fn(&Step) -> bool) -> (usize, usize) {
        let steps = &self.stage.steps;
        let at = steps[..=self.focus.place.index].iter().filter(|&step| same(step)).count();
        (at, at + steps[self.focus.place.index + 1..].iter().filter(|&step| same(step)).count())
    }

    /// The number that the stage gave a row; `None` when it gave none.
    pub fn score_of(&self, row: RowId) -> Option<f64> {
        self.stage.steps.iter().find_map(|step| match *step {
            Step::Score { row: scored, score, .. } if scored == row => Some(score),
            _ => None,
        })
    }

    /// "second of its five" when `row` is among the neighbours looked up.
    pub fn rank(&self, row: RowId) -> Option<String> {
        let at = self.focus.neighbors.iter().position(|&neighbor| neighbor == row)?;
        let nearest = if self.stage.only.is_some() { " nearest" } else { "" };
        let part = self.that_take_part();
        Some(format!("{} of its {}{nearest}{part}", ordinal(at + 1), count(self.focus.neighbors.len())))
    }

    /// What goes behind "nearest points" and the like: a restricted sampler does not see the others.
    pub fn that_take_part(&self) -> &'static str {
        if self.stage.only.is_some() { " that take part" } else { "" }
    }

    /// The neighbours looked up, as a list of names: `#3 #17 #20`.
    pub fn neighbor_names(&self) -> String {
        let names: Vec<String> = self.focus.neighbors.iter().map(|&row| self.name(row).replace('*', "")).collect();
        match names.len() {
            0..=8 => names.join(" "),
            n => format!("{} and {} more", names[..7].join(" "), n - 7),
        }
    }

    /// The same for a card, which has more room: `#3, #17, #20`.
    pub fn neighbor_list(&self) -> String {
        let names: Vec<String> = self.focus.neighbors.iter().map(|&row| self.name(row)).collect();
        match names.len().saturating_sub(MOST_NAMES) {
            0 => names.join(", "),
            more => format!("{} and *{more}* more", names[..MOST_NAMES].join(", ")),
        }
    }

    /// A point set between two rows: "Minority point #5 draws neighbour #8, second of its five. gap = 0.42 puts ...".
    pub fn added_between(&self) -> String {
        let (Step::Add { row }, Some(neighbor), Some(gap)) = (self.step, self.focus.chosen, self.focus.gap) else {
            return String::new();
        };
        let base = self.who(self.center());
        let rank = self.rank(neighbor).map_or_else(String::new, |rank| format!(", {rank}"));
        let other = self.class_of(neighbor);
        let (whom, way) = if other == self.class_of(self.center()) {
            (format!("neighbour {}", self.name(neighbor)), "gap")
        } else {
            (format!("{} neighbour {}", self.class_name(other), self.name(neighbor)), "Half-way at most: gap")
        };
        format!("{base} draws {whom}{rank}. {way} = *{}* puts the new point at *{}*.", number(gap), self.place(row))
    }

    /// The variables of such a step: i, its neighbours `nn[i]`, the one drawn, the gap, the new place.
    pub fn between_variables(&self) -> Vec<(&'static str, String)> {
        let (Step::Add { row }, Some(neighbor), Some(gap)) = (self.step, self.focus.chosen, self.focus.gap) else {
            return Vec::new();
        };
        vec![
            ("i", self.name(self.center())),
            ("nn[i]", self.neighbor_names()),
            ("nn", self.name(neighbor)),
            ("gap", number(gap)),
            ("new", self.place(row)),
        ]
    }

    /// How often the row in the centre counts after the present step, when it was repeated.
    pub fn repetitions(&self) -> usize {
        let copy = Origin::Copy { of: self.center() };
        self.nth(|step| matches!(*step, Step::Add { row } if self.chain.pool_origin[row as usize] == copy)).0 + 1
    }

    /// "Majority point #3 is drawn and stays: 4 of 20."
    pub fn kept(&self) -> String {
        let class = self.class_of(self.center());
        let (at, of) = self.nth(|step| matches!(*step, Step::Keep { row } if self.class_of(row) == class));
        format!("{} is drawn and stays: *{at}* of *{of}*.", self.who(self.center()))
    }

    /// "Majority point #3 was not drawn and is dropped: 4 of 20."
    pub fn dropped(&self) -> String {
        let class = self.class_of(self.center());
        let (at, of) = self.nth(|step| matches!(*step, Step::Drop { row } if self.class_of(row) == class));
        format!("{} was not drawn and is dropped: *{at}* of *{of}*.", self.who(self.center()))
    }

    /// A Tomek link and what becomes of its ends.
    pub fn linked(&self) -> String {
        let Step::Link { a, b, remove_a, remove_b, distance } = self.step else { return String::new() };
        let verdict = match (remove_a, remove_b) {
            (true, true) => "Both are removed.".to_string(),
            (true, false) => format!("{} is removed.", self.name(a)),
            (false, true) => format!("{} is removed.", self.name(b)),
            (false, false) => "Neither class is to be cleaned, so both stay.".to_string(),
        };
        format!(
            "{} and {} are each other's nearest neighbours, {}: a Tomek link. {verdict}",
            self.who(a),
            self.point(b),
            self.apart(a, b, distance)
        )
    }
}
