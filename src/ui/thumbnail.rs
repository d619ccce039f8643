//! A source at a glance: points of its real generator, drawn small.

use std::fmt::Write;

use leptos::prelude::*;

use crate::dataset::{Source, thumbnail};

/// Width and height of the drawing, in its own units.
const SIZE: (f64, f64) = (100.0, 72.0);
const MARGIN: f64 = 6.0;

/// A thumbnail of a source.
#[component]
pub fn Thumbnail(
    /// Which.
    source: Source,
) -> impl IntoView {
    let data = thumbnail(source);
    let dots = |class: u8| {
        let rows = data.x.iter().zip(&data.y).filter(|&(_, &y)| y == class).map(|(&x, _)| x);
        let mut path = String::new();
        let place = fit(&data.x);
        for point in rows {
            let [x, y] = place(point);
            // A line of no length with round ends is a dot: one path for a whole class.
            let _ = write!(path, "M{x:.1} {y:.1}h0");
        }
        path
    };
    view! {
        <svg class="thumbnail" viewBox=format!("0 0 {} {}", SIZE.0, SIZE.1) aria-hidden="true">
            <path class="majority" d=dots(0)/>
            <path class="minority" d=dots(1)/>
        </svg>
    }
    .into_any()
}

/// From data to the drawing, equal axes, y up.
fn fit(points: &[[f64; 2]]) -> impl Fn([f64; 2]) -> [f64; 2] + use<> {
    let mut low = [f64::INFINITY; 2];
    let mut high = [f64::NEG_INFINITY; 2];
    for point in points {
        for axis in 0..2 {
            low[axis] = low[axis].min(point[axis]);
            high[axis] = high[axis].max(point[axis]);
        }
    }
    let inner = [SIZE.0 - 2.0 * MARGIN, SIZE.1 - 2.0 * MARGIN];
    let span = [(high[0] - low[0]).max(1e-9), (high[1] - low[1]).max(1e-9)];
    let scale = (inner[0] / span[0]).min(inner[1] / span[1]);
    let middle = [(low[0] + high[0]) / 2.0, (low[1] + high[1]) / 2.0];
    move |[x, y]| [SIZE.0 / 2.0 + scale * (x - middle[0]), SIZE.1 / 2.0 - scale * (y - middle[1])]
}
