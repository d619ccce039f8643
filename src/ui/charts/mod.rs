//! The charts of the results: precision-recall, ROC and scores by class, each with the one threshold to drag, a
//! read-out under the pointer, and its numbers as a table.

mod curve;
mod grip;
mod menu;
mod scores;
mod tip;

pub use curve::CurveChart;
pub use scores::ScoreHistogram;

use leptos::prelude::*;

use crate::figure::{self, Kind};
use crate::state::{Highlight, Lab};

/// The threshold that a chart should show as pointed at: its own, or what another view has lit up.
fn pointed_at(lab: Lab, own: RwSignal<Option<f64>>) -> Signal<Option<f64>> {
    Signal::derive(move || {
        own.get().or_else(|| match lab.highlight.get() {
            Highlight::Scores { low, .. } if low.is_finite() => Some(low),
            Highlight::Row(row) => {
                lab.outcome.with(|outcome| outcome.as_ref()?.report.scores.get(row as usize).copied())
            }
            _ => None,
        })
    })
}

/// Lights up the rows that a threshold points at in a chart; `None` lets go.
fn light_up(lab: Lab, kind: Kind, threshold: Option<f64>) {
    let scores = threshold.and_then(|threshold| {
        let outcome = lab.outcome.get_untracked()?;
        figure::scores_at(kind, &outcome.report, threshold)
    });
    let highlight = scores.map_or(Highlight::None, |(low, high)| Highlight::Scores { low, high });
    if lab.highlight.get_untracked() != highlight {
        lab.highlight.set(highlight);
    }
}
