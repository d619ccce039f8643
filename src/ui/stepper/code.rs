//! The algorithm in a few lines, the present one marked, with its variables: it follows the stepper like the sentence.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::in_data;
use crate::browser::storage;
use crate::resample::StageTrace;
use crate::resample::play::{CodeLine, code_line};
use crate::state::Lab;

/// Where it is kept whether the lines are shown: "open" or "folded".
const STORAGE_KEY: &str = "imbalance-lab.pseudocode";

/// Below this width (and height) of the page the lines are folded until somebody asks for them.
const ROOMY: (f64, f64) = (900.0, 700.0);

/// Whether the lines are shown: as they were left, else where there is room.
pub(super) fn opened() -> RwSignal<bool> {
    let size = |value: Result<wasm_bindgen::JsValue, _>| value.ok().and_then(|value| value.as_f64()).unwrap_or(0.0);
    let roomy = || size(window().inner_width()) >= ROOMY.0 && size(window().inner_height()) >= ROOMY.1;
    RwSignal::new(storage::get(STORAGE_KEY).map_or_else(roomy, |kept| kept == "open"))
}

/// Shows or folds the lines, and remembers it.
pub(super) fn fold(open: RwSignal<bool>) {
    open.update(|open| *open = !*open);
    storage::set(STORAGE_KEY, if open.get_untracked() { "open" } else { "folded" });
}

/// The line at the present position; `None` without a sampler.
pub(super) fn present(lab: Lab) -> Memo<Option<CodeLine>> {
    Memo::new(move |_| {
        lab.outcome.with(|outcome| {
            let report = &outcome.as_ref()?.report;
            code_line(&report.chain, lab.step.get().unwrap_or(u32::MAX), in_data(report))
        })
    })
}

fn lines_of(stage: &StageTrace) -> usize {
    stage.sampler.method().words().pseudocode.len() + usize::from(stage.only.is_some())
}

/// Most lines of any stage: the room for them is the same throughout a chain, so that nothing moves while it plays.
pub(super) fn most_lines(lab: Lab) -> usize {
    lab.outcome.with(|outcome| {
        let stages = outcome.as_ref().map_or(&[][..], |outcome| &outcome.report.chain.stages);
        stages.iter().map(lines_of).max().unwrap_or(0)
    })
}

/// The lines.
pub(super) fn lines(now: Memo<Option<CodeLine>>) -> AnyView {
    let list = NodeRef::<html::Ol>::new();
    let text = Memo::new(move |_| now.with(|now| now.as_ref().map_or_else(Vec::new, |now| now.lines.clone())));
    let line = Memo::new(move |_| now.with(|now| now.as_ref()?.line));
    // Where there are more lines than room, the present one stays in sight. Only the list scrolls, never the page.
    Effect::new(move |_| {
        let (Some(list), Some(line)) = (list.get(), line.get()) else { return };
        let Some(at) = list.children().item(line as u32).and_then(|line| line.dyn_into::<HtmlElement>().ok()) else {
            return;
        };
        let (top, bottom) = (at.offset_top(), at.offset_top() + at.offset_height());
        if top < list.scroll_top() {
            list.set_scroll_top(top);
        } else if bottom > list.scroll_top() + list.client_height() {
            list.set_scroll_top(bottom - list.client_height());
        }
    });
    let rows = move || {
        let row = |(i, text): (usize, &'static str)| {
            let words = text.trim_start();
            let indent = text.len() - words.len();
            let current = move || (line.get() == Some(i)).then_some("step");
            view! { <li style=format!("--indent:{indent}ch") aria-current=current>{words}</li> }.into_any()
        };
        text.get().into_iter().enumerate().map(row).collect::<Vec<AnyView>>()
    };
    view! {
        <ol
            class="step-code" id="step-code" data-testid="step-code" node_ref=list
            tabindex="0" role="list" aria-label="The algorithm, line by line"
        >{rows}</ol>
    }
    .into_any()
}

/// The variables of the present line.
pub(super) fn variables(now: Memo<Option<CodeLine>>) -> AnyView {
    let pairs = move || {
        let variables = now.with(|now| now.as_ref().map(|now| now.variables.clone()).unwrap_or_default());
        let pair = |(name, value): (&'static str, crate::resample::play::Sentence)| {
            view! { <div><dt>{name}" = "</dt><dd>{value.to_string()}</dd></div> }.into_any()
        };
        variables.into_iter().map(pair).collect::<Vec<AnyView>>()
    };
    view! { <dl class="step-variables" data-testid="step-variables" aria-label="Variables of this line">{pairs}</dl> }
        .into_any()
}
