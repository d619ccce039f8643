//! A curve with the threshold to drag along it: precision over recall, or true over false positive rate.

use leptos::prelude::*;

use super::grip::Grip;
use super::menu::FigureMenu;
use super::pointed_at;
use crate::figure::{Curve, Kind};
use crate::state::Lab;
use crate::ui::figure_view::FigureView;

/// One of the two curves, both of the same size with the same marks.
#[component]
pub fn CurveChart(
    /// Which of them.
    curve: Curve,
) -> impl IntoView {
    let lab = expect_context::<Lab>();
    let size = RwSignal::new((0.0, 0.0));
    let hover = RwSignal::new(None);
    let (kind, id) = match curve {
        Curve::PrecisionRecall => (Kind::PrecisionRecall, "figure-pr"),
        Curve::Roc => (Kind::Roc, "figure-roc"),
    };
    view! {
        <section class="figure" data-testid=id aria-label=kind.title()>
            <header class="figure-head"><h3>{kind.title()}</h3><FigureMenu kind/></header>
            <div class="figure-plot figure-plot-curve">
                <FigureView kind size hover=pointed_at(lab, hover)/>
                <Grip kind size hover slider=true/>
            </div>
        </section>
    }
}
