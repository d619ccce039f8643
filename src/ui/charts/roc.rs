//! True over false positive rate, with the diagonal as its chance line.

use leptos::prelude::*;

use super::grip::Grip;
use super::menu::FigureMenu;
use super::pointed_at;
use crate::figure::Kind;
use crate::state::Lab;
use crate::ui::figure_view::FigureView;

/// True over false positive rate, with the diagonal as its chance line.
#[component]
pub fn RocChart() -> impl IntoView {
    let lab = expect_context::<Lab>();
    let size = RwSignal::new((0.0, 0.0));
    let hover = RwSignal::new(None);
    let kind = Kind::Roc;
    view! {
        <section class="figure" data-testid="figure-roc" aria-label=kind.title()>
            <header class="figure-head"><h3>{kind.title()}</h3><FigureMenu kind/></header>
            <div class="figure-plot figure-plot-curve">
                <FigureView kind size hover=pointed_at(lab, hover)/>
                <Grip kind size hover slider=true/>
            </div>
        </section>
    }
}
