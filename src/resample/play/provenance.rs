//! Where a row comes from and where it went.

use super::Timeline;
use super::moment::why_dropped;
use super::words::{Sentence, capital, class, name, number, plural, point};
use crate::resample::{Chain, Origin, RowId, Step};

/// Tells how a row of the pool came about, what came of it, and by what rule it went.
pub fn provenance(chain: &Chain, timeline: &Timeline, row: RowId) -> Sentence {
    let mut text = match chain.pool_origin[row as usize] {
        Origin::Original => format!("{} of the training rows.", capital(&point(chain, row))),
        Origin::Copy { of } => {
            format!(
                "{}: a repetition of {}{}.",
                capital(&point(chain, row)),
                name(chain, of),
                made(chain, timeline, row)
            )
        }
        Origin::Between { base, neighbor, gap } => format!(
            "{}: on the way from {} to {}, gap = *{}*{}.",
            capital(&point(chain, row)),
            name(chain, base),
            point(chain, neighbor),
            number(gap),
            made(chain, timeline, row)
        ),
        Origin::Jittered { of } => format!(
            "{}: {} with noise added{}.",
            capital(&point(chain, row)),
            name(chain, of),
            made(chain, timeline, row)
        ),
        Origin::Center { cluster } => {
            format!("{}: the centre of cluster *{cluster}*{}.", capital(&point(chain, row)), made(chain, timeline, row))
        }
        Origin::Component { component } => format!(
            "{}: drawn from component *{component}* of the fitted density{}.",
            capital(&point(chain, row)),
            made(chain, timeline, row)
        ),
        Origin::Mixed { a, b, share, .. } => format!(
            "{}: *{}* of {} and the rest of {}{}{}.",
            capital(&point(chain, row)),
            number(share),
            point(chain, a),
            point(chain, b),
            made(chain, timeline, row),
            labelled(chain, row)
        ),
    };
    text += &children(chain, row);
    text += &end(chain, timeline, row);
    Sentence::marked(&text)
}

fn made(chain: &Chain, timeline: &Timeline, row: RowId) -> String {
    let position = timeline.born(row);
    chain.locate(position).map_or_else(String::new, |place| {
        let sampler = chain.stages[place.stage].sampler.name();
        format!(", made by {sampler} in step *{position}* of *{}*", chain.total_steps())
    })
}

/// The label of a row that belongs to two classes.
fn labelled(chain: &Chain, row: RowId) -> String {
    let own = class(chain, chain.pool_y[row as usize]);
    match chain.soft_label(row) {
        None => format!(". Its label is wholly {own}"),
        Some((other, rest)) => {
            let other = class(chain, other);
            format!(". Its label is *{}* {own} and *{}* {other}", number(1.0 - rest), number(rest))
        }
    }
}

fn children(chain: &Chain, row: RowId) -> String {
    let (mut from, mut towards, mut copies) = (0, 0, 0);
    for origin in &chain.pool_origin {
        match *origin {
            Origin::Between { base, neighbor, .. } => {
                from += usize::from(base == row);
                towards += usize::from(neighbor == row);
            }
            Origin::Mixed { a, b, .. } => {
                from += usize::from(a == row);
                towards += usize::from(b == row);
            }
            Origin::Jittered { of } => from += usize::from(of == row),
            Origin::Copy { of } => copies += usize::from(of == row),
            Origin::Original | Origin::Center { .. } | Origin::Component { .. } => {}
        }
    }
    let mut text = String::new();
    if from > 0 {
        text += &format!(" {} from it.", plural_verb(from, "new point", "starts", "start"));
    }
    if towards > 0 {
        text += &format!(" {} towards it.", plural_verb(towards, "new point", "goes", "go"));
    }
    if copies > 0 {
        text += &format!(" It is repeated {}.", plural(copies, "time"));
    }
    text
}

fn plural_verb(n: usize, what: &str, one: &str, many: &str) -> String {
    format!("{} {}", plural(n, what), if n == 1 { one } else { many })
}

fn end(chain: &Chain, timeline: &Timeline, row: RowId) -> String {
    let Some(position) = timeline.gone(row) else { return String::new() };
    let Some(place) = chain.locate(position) else { return String::new() };
    let sampler = chain.stages[place.stage].sampler.name();
    match chain.step(place) {
        Step::Link { a, b, .. } => {
            let other = if a == row { b } else { a };
            format!(" Removed by {sampler}: it and {} are each other's nearest neighbours.", point(chain, other))
        }
        Step::Drop { .. } => {
            format!(" Dropped by {sampler}: {}.", why_dropped(chain, position).unwrap_or_default())
        }
        Step::Remove { .. } => {
            format!(" Removed by {sampler}: {}.", why_dropped(chain, position).unwrap_or_default())
        }
        _ => String::new(),
    }
}
