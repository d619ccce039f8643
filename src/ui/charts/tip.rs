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

/// No read-out is wider or higher than this, CSS pixels.
const LARGEST: [f64; 2] = [310.0, 110.0];

fn window_size() -> (f64, f64) {
    let window = leptos::prelude::window();
    let number = |value: Result<leptos::wasm_bindgen::JsValue, _>| value.ok().and_then(|v| v.as_f64()).unwrap_or(0.0);
    (number(window.inner_width()), number(window.inner_height()))
}

/// The read-out, on the side of the pointer where there is room.
#[component]
pub fn Tip(
    /// Which chart.
    kind: Kind,
    /// Where the pointer is in the window.
    spot: RwSignal<[f64; 2]>,
    /// The threshold under the pointer.
    hover: RwSignal<Option<f64>>,
) -> impl IntoView {
    let lab = expect_context::<Lab>();
    // In the browser's top layer, so that no column cuts it off, on the side where it fits.
    let tip = NodeRef::<leptos::html::Div>::new();
    Effect::new(move |_| {
        if let Some(tip) = tip.get() {
            // Refused only for what is shown already.
            let _ = tip.show_popover();
        }
    });
    let style = move || {
        let ([x, y], (width, height)) = (spot.get(), window_size());
        let across = match (x + LARGEST[0] > width, x < LARGEST[0]) {
            (false, _) => format!("left:{}px", x + 12.0),
            (true, false) => format!("right:{}px", width - x + 12.0),
            // A phone: above or below is room enough.
            (true, true) => "left:6px".to_owned(),
        };
        let down = if y + LARGEST[1] > height {
            format!("bottom:{}px", height - y + 12.0)
        } else {
            format!("top:{}px", y + 14.0)
        };
        format!("{across};{down}")
    };
    move || {
        let lines = lines(lab, kind, hover.get()?)?;
        Some(view! {
            <div class="figure-tip" node_ref=tip popover="manual" style=style aria-hidden="true">
                {lines.into_iter().map(|line| view! { <span>{line}</span> }).collect_view()}
            </div>
        })
    }
}
