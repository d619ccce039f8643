//! The scores of the test rows by class, cut by the threshold. The handle on the line is a native slider, so that it
//! has a name, a focus and keys without further ado; the rest of the chart can be dragged as well.

use leptos::prelude::*;

use super::grip::{Grip, on_key};
use super::menu::FigureMenu;
use super::{light_up, pointed_at};
use crate::figure::{Kind, Readout};
use crate::state::Lab;
use crate::ui::figure_view::FigureView;

/// Scores by class.
#[component]
pub fn ScoreHistogram() -> impl IntoView {
    let lab = expect_context::<Lab>();
    let size = RwSignal::new((0.0, 0.0));
    let hover = RwSignal::new(None);
    let kind = Kind::Scores;
    let value_text = move || {
        lab.outcome.with(|outcome| {
            let readout = Readout::at(&outcome.as_ref()?.report.sweep, lab.threshold.get());
            Some(format!("{}, {}", readout.threshold_text(), readout.counts()))
        })
    };
    view! {
        <section class="figure" data-testid="figure-scores" aria-label=kind.title()>
            <header class="figure-head"><h3>"Scores by class: drag the threshold"</h3><FigureMenu kind/></header>
            <div class="figure-plot figure-plot-scores">
                <FigureView kind size hover=pointed_at(lab, hover)/>
                <Grip kind size hover slider=false/>
                <input
                    class="figure-handle"
                    type="range"
                    min="0"
                    max="1"
                    step="0.001"
                    aria-label="Threshold"
                    aria-valuetext=value_text
                    data-testid="threshold"
                    prop:value=move || lab.threshold.get().to_string()
                    on:input=move |event| {
                        if let Ok(threshold) = event_target_value(&event).parse() {
                            lab.set_threshold(threshold);
                        }
                    }
                    on:change=move |_| lab.commit()
                    on:keydown=move |event| on_key(lab, kind, &event)
                    on:keyup=move |_| lab.commit()
                    on:blur=move |_| light_up(lab, kind, None)
                />
            </div>
        </section>
    }
}
