//! The read-out beside the pointer: threshold, counts, rates.

use leptos::prelude::*;

use crate::figure::scores::{Histogram, bin_of, bin_range};
use crate::figure::{Kind, Readout};
use crate::state::Lab;

/// Lines of the read-out at `threshold`.
fn lines(lab: Lab, kind: Kind, threshold: f64) -> Option<Vec<String>> {
    let outcome = lab.outcome.get()?;
    let readout = Readout::at(&outcome.report.sweep, threshold);
    let mut lines = vec![format!("threshold {}", readout.threshold_text()), readout.counts(), readout.rates()];
    if kind == Kind::Scores {
        let bin = bin_of(threshold.clamp(0.0, 1.0));
        let histogram = Histogram::of(&outcome.report);
        let (low, high) = bin_range(bin);
        lines.push(format!(
            "{} majority and {} minority rows from {low} to {}",
            histogram.majority[bin],
            histogram.minority[bin],
            high.min(1.0)
        ));
    }
    Some(lines)
}

/// The read-out, on the side of the pointer where there is room.
#[component]
pub fn Tip(
    /// Which chart.
    kind: Kind,
    /// Its size in CSS pixels.
    size: RwSignal<(f64, f64)>,
    /// Where the pointer is.
    spot: RwSignal<[f64; 2]>,
    /// The threshold under the pointer.
    hover: RwSignal<Option<f64>>,
) -> impl IntoView {
    let lab = expect_context::<Lab>();
    let style = move || {
        let ([x, y], (width, _)) = (spot.get(), size.get());
        let side =
            if x > width / 2.0 { format!("right:{}px", width - x + 12.0) } else { format!("left:{}px", x + 12.0) };
        format!("{side};top:{}px", y + 14.0)
    };
    move || {
        let lines = lines(lab, kind, hover.get()?)?;
        Some(view! {
            <div class="figure-tip" style=style aria-hidden="true">
                {lines.into_iter().map(|line| view! { <span>{line}</span> }).collect_view()}
            </div>
        })
    }
}
