//! The scores of the test rows by class: majority upwards, minority downwards, from one axis.
//!
//! Each class is normalised by itself (the height is the share of the class in the bin, over the largest such share of
//! that class), because with counts a rare class is invisible: compare shapes, not heights. The threshold then cuts the picture into the four cells of the confusion matrix: upper left
//! true negatives, upper right false positives, lower left false negatives, lower right true positives. A bin that
//! holds any row is at least [`LEAST_HEIGHT`] high, so that one false positive among a thousand can be seen.

use plotters::prelude::DrawingBackend;
use plotters::style::{Color, RGBColor};

use super::curves::mark;
use super::readout::count;
use super::sheet::{Anchor, Label, Sheet, Spot};
use super::{FigureError, Frame, Scene, Theme};
use crate::experiment::Report;

/// Bins over `[0, 1]`.
pub const BINS: usize = 40;

/// Least height of a bar, CSS pixels.
pub const LEAST_HEIGHT: f64 = 1.5;

/// Size of the names of the classes.
const NAME_SIZE: f64 = 11.0;

/// Which way the bars of the majority and of the minority go.
const UP: [f64; 2] = [1.0, -1.0];

/// Test rows per bin and class.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    /// Majority rows per bin.
    pub majority: [u32; BINS],
    /// Minority rows per bin.
    pub minority: [u32; BINS],
}

impl Histogram {
    /// Counts the test rows. The last bin holds the score 1; a score that is not a number is in no bin.
    pub fn of(report: &Report) -> Histogram {
        let mut histogram = Histogram { majority: [0; BINS], minority: [0; BINS] };
        for &row in &report.test {
            let (Some(&score), Some(&class)) = (report.scores.get(row as usize), report.data.y.get(row as usize))
            else {
                continue;
            };
            if (0.0..=1.0).contains(&score) {
                let bins = if class == 1 { &mut histogram.minority } else { &mut histogram.majority };
                bins[bin_of(score)] += 1;
            }
        }
        histogram
    }

    /// The largest share in a bin of the majority and of the minority.
    fn largest_shares(&self) -> [f64; 2] {
        [&self.majority, &self.minority].map(|bins| shares(bins).into_iter().fold(0.0, f64::max))
    }
}

/// The bin of a score in `[0, 1]`.
pub fn bin_of(score: f64) -> usize {
    ((score * BINS as f64) as usize).min(BINS - 1)
}

/// The scores `[low, high)` of a bin; the last one holds 1 too.
pub fn bin_range(bin: usize) -> (f64, f64) {
    let high = if bin + 1 >= BINS { 1.0_f64.next_up() } else { (bin + 1) as f64 / BINS as f64 };
    (bin as f64 / BINS as f64, high)
}

fn shares(bins: &[u32; BINS]) -> [f64; BINS] {
    let total: u32 = bins.iter().sum();
    bins.map(|rows| if total == 0 { 0.0 } else { f64::from(rows) / f64::from(total) })
}

/// Why there is no histogram.
pub fn undefined(report: &Report) -> Option<&'static str> {
    let histogram = Histogram::of(report);
    (histogram.largest_shares() == [0.0, 0.0]).then_some("no test row has a score")
}

/// Scores to the right, shares up (majority, positive) and down (minority, negative).
pub fn frame(width: f64, height: f64, top: f64) -> Frame {
    Frame::new([8.0, top + 15.0], [width - 8.0, height - 16.0], [0.0, 1.0], [-1.0, 1.0])
}

/// The middle line and what the axis means.
#[inline(never)]
pub fn draw_axes<DB: DrawingBackend>(sheet: &Sheet<DB>, frame: &Frame, theme: &Theme) -> Result<(), FigureError> {
    let ([left, top], [right, bottom]) = (frame.from, frame.to);
    let middle = (top + bottom) / 2.0;
    let small = |anchor| Label::new(10.0, theme.muted, anchor);
    sheet.hairline([left, middle - 0.5], [right, middle - 0.5], theme.line)?;
    let below = bottom + 9.0;
    sheet.text("0", [left, below], small(Anchor::Start))?;
    sheet.text("predicted probability of the minority class", [(left + right) / 2.0, below], small(Anchor::Middle))?;
    sheet.text("1", [right, below], small(Anchor::End))
}

/// Bars, names of the classes and the ghost of the pinned run.
#[inline(never)]
pub fn draw_still<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    frame: &Frame,
    scene: &Scene,
    theme: &Theme,
) -> Result<(), FigureError> {
    let ([left, top], [right, bottom]) = (frame.from, frame.to);
    let middle = (top + bottom) / 2.0;
    let histogram = Histogram::of(scene.report);
    let ghost = scene.pinned.map(|pinned| Histogram::of(pinned.report));
    let ghosts = ghost.as_ref().map_or([0.0, 0.0], Histogram::largest_shares);
    let own = histogram.largest_shares();
    let largest = [own[0].max(ghosts[0]), own[1].max(ghosts[1])];
    if own == [0.0, 0.0] {
        let at = [(left + right) / 2.0, middle];
        return sheet.paragraph(
            "Undefined: no test row has a score.",
            at,
            right - left,
            Label::new(10.0, theme.muted, Anchor::Middle),
        );
    }
    let half = (bottom - top) / 2.0 - 1.0;
    let height = |share: f64, class: usize| match share > 0.0 {
        true => (share / largest[class] * half).max(LEAST_HEIGHT),
        false => 0.0,
    };
    let bar = |bin: usize, share: f64, class: usize, color: RGBColor| {
        let up = UP[class];
        let (x0, x1) = (frame.spot([edge(bin), 0.0])[0] + 0.5, frame.spot([edge(bin + 1), 0.0])[0] - 0.5);
        let (y0, y1) = (middle - up * 0.5, middle - up * (0.5 + height(share, class)));
        sheet.block([x0, y0.min(y1)], [x1, y0.max(y1)], color)
    };
    for (bin, share) in shares(&histogram.majority).into_iter().enumerate().filter(|bar| bar.1 > 0.0) {
        bar(bin, share, 0, theme.majority)?;
    }
    for (bin, share) in shares(&histogram.minority).into_iter().enumerate().filter(|bar| bar.1 > 0.0) {
        bar(bin, share, 1, theme.minority)?;
    }
    if let Some(ghost) = ghost {
        for (class, bins) in [&ghost.majority, &ghost.minority].into_iter().enumerate() {
            let outline = outline(&shares(bins), |bin, share| {
                [frame.spot([edge(bin), 0.0])[0], middle - UP[class] * (0.5 + height(share, class))]
            });
            sheet.dashes(&outline, (4.0, 2.5), 1.0, theme.muted)?;
        }
    }
    let sweep = &scene.report.sweep;
    let class = |name: &str, n: f64| format!("{name} {}", count(n));
    // Each class is named where its bars leave room, nearest to the side on which a good model has none of its rows.
    for (name, rows, bins, colour) in [
        ("majority", sweep.n_neg, &histogram.majority, theme.majority_text),
        ("minority", sweep.n_pos, &histogram.minority, theme.minority_text),
    ] {
        let of = usize::from(name == "minority");
        let (text, bars) = (class(name, rows), shares(bins).map(|share| height(share, of)));
        let width = Label::width_of(&text, NAME_SIZE) + 6.0;
        let room = free_place(&bars, width / frame.width(), half - NAME_SIZE - 3.0, of == 0);
        let x = frame.spot([room, 0.0])[0] + width / 2.0;
        let y = if of == 0 { top + NAME_SIZE / 2.0 } else { bottom - NAME_SIZE / 2.0 };
        sheet.text(&text, [x, y], Label::new(NAME_SIZE, colour, Anchor::Middle))?;
    }
    Ok(())
}

/// Where on `[0, 1]` a label as wide as `width` begins, so that no bar under it is higher than `most`: the place
/// nearest to the right end (or the left); if there is none, the one with the lowest bars.
fn free_place(bars: &[f64; BINS], width: f64, most: f64, from_right: bool) -> f64 {
    let last = (1.0 - width).max(0.0);
    let places = (0..=BINS).map(|i| i as f64 / BINS as f64 * last);
    let places: Vec<f64> = if from_right { places.rev().collect() } else { places.collect() };
    let highest = |place: f64| {
        let (from, to) = (bin_of(place.clamp(0.0, 1.0)), bin_of((place + width).clamp(0.0, 1.0)));
        bars[from..=to].iter().copied().fold(0.0, f64::max)
    };
    let free = places.iter().copied().find(|&place| highest(place) <= most);
    let lowest = || places.iter().copied().min_by(|&a, &b| highest(a).total_cmp(&highest(b)));
    free.or_else(lowest).unwrap_or(0.0)
}

/// The two sides of the threshold, its line and its handle; the hovered bin.
#[inline(never)]
pub fn draw_marks<DB: DrawingBackend>(
    sheet: &Sheet<DB>,
    frame: &Frame,
    scene: &Scene,
    hover: Option<f64>,
    theme: &Theme,
) -> Result<(), FigureError> {
    let ([left, top], [right, bottom]) = (frame.from, frame.to);
    let x_of = |score: f64| frame.spot([score.clamp(0.0, 1.0), 0.0])[0];
    if let Some(hover) = hover {
        let bin = bin_of(hover.clamp(0.0, 1.0));
        sheet.block([x_of(edge(bin)), top], [x_of(edge(bin + 1)), bottom], theme.ink.mix(0.12))?;
    }
    if let Some(pinned) = scene.pinned {
        let x = x_of(pinned.threshold);
        sheet.dashes(&[[x, top], [x, bottom]], (4.0, 2.5), 1.25, theme.muted)?;
    }
    let x = x_of(scene.threshold);
    sheet.block([left, top], [x, bottom], theme.majority.mix(0.09))?;
    sheet.block([x, top], [right, bottom], theme.minority.mix(0.09))?;
    sheet.block([x - 1.0, top - 6.0], [x + 1.0, bottom], theme.ink)?;
    mark(sheet, [x, top - 7.0], theme)
}

fn edge(bin: usize) -> f64 {
    bin as f64 / BINS as f64
}

/// The outline of bars, from the axis and back to it.
fn outline(shares: &[f64; BINS], spot: impl Fn(usize, f64) -> Spot) -> Vec<Spot> {
    let mut corners = vec![spot(0, 0.0)];
    for (bin, &share) in shares.iter().enumerate() {
        corners.push(spot(bin, share));
        corners.push(spot(bin + 1, share));
    }
    corners.push(spot(BINS, 0.0));
    corners
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::example;

    #[test]
    fn every_test_row_is_in_one_bin_of_its_class() {
        let report = example::report(500, 31);
        let histogram = Histogram::of(&report);
        assert_eq!(histogram.majority.iter().sum::<u32>(), 469);
        assert_eq!(histogram.minority.iter().sum::<u32>(), 31);
    }

    #[test]
    fn the_ranges_of_the_bins_hold_exactly_their_scores() {
        for step in 0..=4_000 {
            let score = f64::from(step) / 4_000.0;
            let (low, high) = bin_range(bin_of(score));
            assert!(low <= score && score < high, "{score} not in [{low}, {high})");
        }
    }

    #[test]
    fn a_name_stands_where_no_bar_reaches_it() {
        let mut bars = [0.0; BINS];
        (bars[0], bars[BINS - 1], bars[BINS / 2]) = (50.0, 50.0, 50.0);
        let right = free_place(&bars, 0.2, 30.0, true);
        assert!(right > 0.7 && right + 0.2 < 0.976, "{right}: clear of the last bar, as far right as can be");
        let left = free_place(&bars, 0.2, 30.0, false);
        assert!((0.025..0.06).contains(&left), "{left}: clear of the first bar, as far left as can be");
        let full = free_place(&[50.0; BINS], 0.2, 30.0, true);
        assert!((0.0..=0.8).contains(&full), "somewhere on the sheet even where there is no room");
    }

    #[test]
    fn a_score_that_is_not_a_number_is_in_no_bin() {
        let mut report = example::report(20, 4);
        report.scores[0] = f64::NAN;
        let histogram = Histogram::of(&report);
        assert_eq!(histogram.majority.iter().chain(&histogram.minority).sum::<u32>(), 19);
    }
}
