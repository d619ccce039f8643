//! One sentence for the step played last, with its real indices and numbers.

use super::words::{self, Sentence, capital, count, name, number, ordinal, place, point};
use super::{Focus, focus};
use crate::base::Point;
use crate::resample::{Chain, Origin, RowId, Step};

/// What happened with the last of the `position` steps played.
///
/// Rows are called by their number in the training set, generated rows `s0`, `s1`, ... in the order they were made.
/// `in_data` takes a point from the sampler's space to the axes of the plane (the scaler's inverse, when there is one).
pub fn sentence(chain: &Chain, position: u32, in_data: impl Fn(Point) -> Point) -> Sentence {
    let text = match focus(chain, position) {
        None => beginning(chain),
        Some(focus) => match focus.step {
            Step::Add { row } => added(chain, &focus, row, &in_data),
            Step::Keep { row } => kept(chain, &focus, row),
            Step::Drop { row } => dropped(chain, &focus, row),
            Step::Classify { row, other_class, danger } => judged(chain, &focus, row, other_class as usize, danger),
            Step::Link { a, b, remove_a, remove_b } => linked(chain, (a, b), (remove_a, remove_b)),
        },
    };
    Sentence::marked(&text)
}

fn beginning(chain: &Chain) -> String {
    let (n_train, total) = (chain.n_train(), chain.total_steps());
    match (chain.stages.len(), total) {
        (0, _) => format!("No sampler is at work: the model is fitted on the *{n_train}* training rows as they are."),
        (_, 0) => format!("Nothing has to be done: the *{n_train}* training rows stay as they are."),
        _ => format!("The *{n_train}* training rows, before the first of *{total}* steps."),
    }
}

fn added(chain: &Chain, focus: &Focus, row: RowId, in_data: &dyn Fn(Point) -> Point) -> String {
    let base = capital(&point(chain, focus.center));
    let (Some(neighbor), Some(gap)) = (focus.chosen, focus.gap) else {
        let copies = position_among(chain, focus, |step| is_copy_of(chain, step, focus.center)).0;
        return format!("{base} is drawn and repeated: it now counts *{}* times.", copies + 1);
    };
    let rank = focus.neighbors.iter().position(|&row| row == neighbor);
    let rank =
        rank.map_or_else(String::new, |at| format!(", {} of its {}", ordinal(at + 1), count(focus.neighbors.len())));
    let other = chain.pool_y[neighbor as usize];
    let (whom, way) = if other == chain.pool_y[focus.center as usize] {
        (format!("neighbour {}", name(chain, neighbor)), "gap")
    } else {
        let class = words::class(chain, other);
        (format!("{class} neighbour {}", name(chain, neighbor)), "Half-way at most: gap")
    };
    let (gap, at) = (number(gap), place(in_data(chain.pool_x[row as usize])));
    format!("{base} draws {whom}{rank}. {way} = *{gap}* puts the new point at *{at}*.")
}

fn kept(chain: &Chain, focus: &Focus, row: RowId) -> String {
    let class = chain.pool_y[row as usize];
    let same = |step: Step| matches!(step, Step::Keep { row } if chain.pool_y[row as usize] == class);
    let (at, of) = position_among(chain, focus, same);
    format!("{} is drawn and stays: *{at}* of *{of}*.", capital(&point(chain, row)))
}

fn dropped(chain: &Chain, focus: &Focus, row: RowId) -> String {
    let class = chain.pool_y[row as usize];
    let same = |step: Step| matches!(step, Step::Drop { row } if chain.pool_y[row as usize] == class);
    let (at, of) = position_among(chain, focus, same);
    format!("{} was not drawn and is dropped: *{at}* of *{of}*.", capital(&point(chain, row)))
}

fn judged(chain: &Chain, focus: &Focus, row: RowId, others: usize, danger: bool) -> String {
    let m = focus.neighbors.len();
    let (who, other) = (capital(&point(chain, row)), other_class(chain, row));
    let verdict = if danger {
        "At least half, but not all: it is *in danger*, and new points start from it."
    } else if others == m {
        "All of them: it counts as *noise*, and no new point starts from it."
    } else {
        "Fewer than half: it is *safe*, and no new point starts from it."
    };
    format!("{who}: *{others}* of its *{m}* nearest points are {other}. {verdict}")
}

fn linked(chain: &Chain, (a, b): (RowId, RowId), removed: (bool, bool)) -> String {
    let ([x0, y0], [x1, y1]) = (chain.pool_x[a as usize], chain.pool_x[b as usize]);
    let distance = words::length(((x1 - x0) * (x1 - x0) + (y1 - y0) * (y1 - y0)).sqrt());
    let (who_a, who_b) = (capital(&point(chain, a)), point(chain, b));
    let verdict = match removed {
        (true, true) => "Both are removed.".to_string(),
        (true, false) => format!("{} is removed.", name(chain, a)),
        (false, true) => format!("{} is removed.", name(chain, b)),
        (false, false) => "Neither class is to be cleaned, so both stay.".to_string(),
    };
    format!("{who_a} and {who_b} are each other's nearest neighbours, *{distance}* apart: a Tomek link. {verdict}")
}

/// "majority" for a minority row of two classes, "of another class" where there are more.
fn other_class(chain: &Chain, row: RowId) -> String {
    match chain.pool_y[row as usize] {
        own @ 0..=1 if chain.pool_y.iter().all(|&y| y < 2) => words::class(chain, 1 - own),
        _ => "of another class".to_string(),
    }
}

fn is_copy_of(chain: &Chain, step: Step, of: RowId) -> bool {
    matches!(step, Step::Add { row } if chain.pool_origin[row as usize] == Origin::Copy { of })
}

/// Which of how many steps of its stage that satisfy `same` the present one is.
fn position_among(chain: &Chain, focus: &Focus, same: impl Fn(Step) -> bool) -> (usize, usize) {
    let steps = &chain.stages[focus.place.stage].steps;
    let at = steps[..=focus.place.index].iter().filter(|&&step| same(step)).count();
    (at, at + steps[focus.place.index + 1..].iter().filter(|&&step| same(step)).count())
}
