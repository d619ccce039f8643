//! The chips over the plane: what the marks mean and how many there are, what is shown, and the drawing tools.

use leptos::prelude::*;

use super::hardness::HardnessLegend;
use super::model::PlaneModel;
use super::table::PlaneMenu;
use crate::dataset::Edits;
use crate::experiment::Layers;
use crate::state::Tool;
use crate::ui::framed::framed;

/// Smallest and largest brush, in pixels.
const BRUSH: (f64, f64) = (4.0, 48.0);

#[component]
pub(super) fn Toolbar(model: PlaneModel) -> impl IntoView {
    let lab = model.lab;
    // Memos, so that a run touches only what it changes.
    let all_counts = Memo::new(move |_| model.scene.with(|scene| scene.counts));
    let counts = move || all_counts.get();
    let has_synthetic = move || counts().synthetic > 0;
    // The ring in the colour that most of them have.
    let ring = move || {
        let counts = counts();
        if 2 * counts.synthetic_minority >= counts.synthetic { "ring minor" } else { "ring major" }
    };
    let has_removed = move || counts().removed > 0;
    let names = [0, 1].map(|class| Memo::new(move |_| model.class_name(class)));
    let name = move |class: usize| names[class].get();
    let layers = move |change: fn(&mut Layers)| {
        let mut layers = lab.layers.get_untracked();
        change(&mut layers);
        lab.set_layers(layers);
    };
    let has = move |pick: fn(&Layers) -> bool| lab.layers.with(pick);
    let bayes_unknown = Memo::new(move |_| model.surface.with(|s| s.as_ref().is_some_and(|s| s.bayes.is_empty())));
    let no_bayes = move || bayes_unknown.get();
    let drawing = move || matches!(lab.tool.get(), Tool::Draw(_) | Tool::Erase);
    let lassoing = move || lab.tool.get() == Tool::Lasso;
    view! {
        <div class="plane-tools" role="group" aria-label="What the plane shows">
            <span class="chip legend" title=move || name(0)>
                <i class="dot major" aria-hidden="true"></i>
                <span><span class="word">{move || name(0)} " "</span><b class="num" data-testid="count-majority">{framed(move || counts().majority.to_string())}</b></span>
            </span>
            <span class="chip legend" title=move || name(1)>
                <i class="dot minor" aria-hidden="true"></i>
                <span><span class="word">{move || name(1)} " "</span><b class="num" data-testid="count-minority">{framed(move || counts().minority.to_string())}</b></span>
            </span>
            <Show when=has_synthetic>
                <button
                    type="button"
                    class="chip toggle"
                    aria-pressed=move || has(|l| l.synthetic).to_string()
                    title="Show or hide synthetic points"
                    on:click=move |_| layers(|l| l.synthetic = !l.synthetic)
                >
                    <i class=ring aria-hidden="true"></i>
                    <span><span class="word">"synthetic "</span><b class="num" data-testid="count-synthetic">{framed(move || counts().synthetic.to_string())}</b></span>
                </button>
            </Show>
            <Show when=has_removed>
                <button
                    type="button"
                    class="chip toggle"
                    aria-pressed=move || has(|l| l.removed).to_string()
                    title="Show or hide removed points"
                    on:click=move |_| layers(|l| l.removed = !l.removed)
                >
                    <i class="ghost" aria-hidden="true"></i>
                    <span><span class="word">"removed "</span><b class="num" data-testid="count-removed">{framed(move || counts().removed.to_string())}</b></span>
                </button>
            </Show>
            <span class="grow"></span>
            <select
                class="chip part"
                aria-label="Rows shown"
                data-testid="plane-part"
                prop:value=move || part(&lab.layers.get())
                on:change=move |event| {
                    match event_target_value(&event).as_str() {
                        "test" => layers(|l| (l.train, l.test) = (false, true)),
                        "both" => layers(|l| (l.train, l.test) = (true, true)),
                        "none" => layers(|l| (l.train, l.test) = (false, false)),
                        _ => layers(|l| (l.train, l.test) = (true, false)),
                    }
                }
            >
                <option value="train" selected=move || part(&lab.layers.get()) == "train">"Train"</option>
                <option value="test" selected=move || part(&lab.layers.get()) == "test">"Test"</option>
                <option value="both" selected=move || part(&lab.layers.get()) == "both">"Both"</option>
                <option value="none" selected=move || part(&lab.layers.get()) == "none">"None"</option>
            </select>
            <button
                type="button"
                class="chip toggle"
                aria-pressed=move || has(|l| l.surface).to_string()
                title="Show or hide the predicted probability"
                on:click=move |_| layers(|l| l.surface = !l.surface)
            >
                "Heatmap"
            </button>
            <button
                type="button"
                class="chip toggle"
                aria-pressed=move || has(|l| l.bayes).to_string()
                aria-disabled=move || no_bayes().to_string()
                title=move || if no_bayes() {
                    "The density of these data is not known, so neither is the best possible boundary"
                } else {
                    "Show or hide the best possible boundary, from the known density (dotted)"
                }
                on:click=move |_| if !untrack(no_bayes) {
                    layers(|l| l.bayes = !l.bayes);
                }
            >
                "Bayes"
            </button>
            <button
                type="button"
                class="chip toggle"
                data-testid="plane-draw"
                aria-pressed=move || drawing().to_string()
                aria-expanded=move || drawing().to_string()
                title="Draw points on top of the data"
                on:click=move |_| {
                    let next = if untrack(drawing) { Tool::Look } else { Tool::Draw(0) };
                    lab.tool.set(next);
                    model.let_go();
                }
            >
                "Draw"
            </button>
            <button
                type="button"
                class="chip toggle lasso"
                data-testid="plane-lasso"
                aria-pressed=move || lassoing().to_string()
                title="Draw a line around points to see how the model does among them (L)"
                on:click=move |_| model.toggle_lasso()
            >
                "Lasso"
            </button>
            <PlaneMenu model/>
        </div>
        <HardnessLegend model/>
        <Show when=drawing>
            <DrawTools model/>
        </Show>
        <Show when=lassoing>
            <div class="plane-tools draw-tools">
                <small class="hint">
                    "Drag around points. By keyboard: arrows move, Enter sets a corner, Space closes. A click lets go."
                </small>
            </div>
        </Show>
    }
}

/// Class picker, eraser, brush, clear.
#[component]
fn DrawTools(model: PlaneModel) -> impl IntoView {
    let lab = model.lab;
    let tool = move |this: Tool, class: &'static str, label: &'static str| {
        view! {
            <button
                type="button"
                class="chip toggle"
                data-testid=format!("draw-{label}")
                aria-pressed=move || (lab.tool.get() == this).to_string()
                on:click=move |_| lab.tool.set(this)
            >
                <i class=class aria-hidden="true"></i>
                {label}
            </button>
        }
    };
    let clean = move || lab.spec.with(|spec| spec.data.edits == Edits::default());
    view! {
        <div class="plane-tools draw-tools" role="group" aria-label="Drawing tools">
            {tool(Tool::Draw(0), "dot major", "majority")}
            {tool(Tool::Draw(1), "dot minor", "minority")}
            {tool(Tool::Erase, "ghost", "eraser")}
            <label class="brush">
                "Brush "
                <input
                    type="range"
                    min=BRUSH.0
                    max=BRUSH.1
                    step="1"
                    data-testid="draw-brush"
                    prop:value=move || lab.brush.get().to_string()
                    aria-valuetext=move || format!("{} pixels", lab.brush.get())
                    on:input=move |event| {
                        if let Ok(size) = event_target_value(&event).parse::<f64>() {
                            lab.brush.set(size.clamp(BRUSH.0, BRUSH.1));
                        }
                    }
                />
            </label>
            <button
                type="button"
                class="chip"
                data-testid="draw-clear"
                aria-disabled=move || clean().to_string()
                title=move || if clean() { "Nothing has been drawn or erased" } else { "Take back all drawing" }
                on:click=move |_| if !untrack(clean) {
                    lab.decide(|spec| spec.data.edits = Edits::default());
                }
            >
                "Clear drawing"
            </button>
            <small class="hint">"Click adds, Shift-click adds minority, Ctrl-click erases"</small>
        </div>
    }
}

fn part(layers: &Layers) -> &'static str {
    match (layers.train, layers.test) {
        (true, true) => "both",
        (false, true) => "test",
        (true, false) => "train",
        (false, false) => "none",
    }
}
