//! The stepper under the plane: first, back, play, forward, last, a scrubber, three speeds, and one sentence for the
//! present step. The steps are in the report already, so nothing here waits for the worker.

mod beat;
mod player;

use leptos::prelude::*;

pub use beat::Speed;

use super::playback;
use crate::experiment::Report;
use crate::resample::play::{Sentence, sentence, summary};
use crate::state::Lab;

/// What is said when there is nothing to step through.
const NO_SAMPLER: &str = "No resampling: choose a method to see its steps.";

/// The sentence for a position (`None`: the end, which adds what every stage did).
fn words(report: &Report, step: Option<u32>) -> Sentence {
    let chain = &report.chain;
    let total = chain.total_steps();
    let in_data = |point| report.scaler.map_or(point, |scaler| scaler.inverse_transform(point));
    let position = step.unwrap_or(total).min(total);
    let mut words = sentence(chain, position, in_data);
    if position == total {
        for stage in 0..chain.stages.len() {
            words.0.push(crate::resample::play::Span { text: " ".to_string(), strong: false });
            words.0.extend(summary(chain, stage).0);
        }
    }
    words
}

/// Which stage a position belongs to, for chains of more than one: "2 of 2, TomekLinks".
fn stage_name(report: &Report, step: Option<u32>) -> Option<String> {
    let chain = &report.chain;
    let place = chain.locate(step.unwrap_or_else(|| chain.total_steps()).max(1))?;
    let name = chain.stages.get(place.stage)?.sampler.name();
    (chain.stages.len() > 1).then(|| format!("{} of {}, {name}", place.stage + 1, chain.stages.len()))
}

/// The stepper.
#[component]
pub fn Stepper() -> impl IntoView {
    let lab = expect_context::<Lab>();
    let speed = RwSignal::new(Speed::default());
    player::play_when_asked(lab, speed);

    let total = Memo::new(move |_| playback::total(lab));
    let now = Memo::new(move |_| lab.step.get().unwrap_or(u32::MAX).min(total.get()));
    let idle = move || total.get() == 0;
    let at_start = move || now.get() == 0;
    let at_end = move || now.get() >= total.get();
    let no_stage = move || {
        lab.outcome.with(|outcome| outcome.as_ref().is_none_or(|outcome| outcome.report.chain.stages.is_empty()))
    };
    // What a button does, or why it cannot.
    let title = move |usual: &'static str, there: bool, why: &'static str| match (idle(), there) {
        (true, _) if no_stage() => NO_SAMPLER,
        (true, _) => "No steps: nothing had to be done.",
        (false, true) => why,
        (false, false) => usual,
    };

    let spoken = move || {
        lab.outcome.with(|outcome| match outcome {
            Some(outcome) if !outcome.report.chain.stages.is_empty() => {
                let spans = words(&outcome.report, lab.step.get()).0.into_iter();
                spans.map(|s| if s.strong { view! { <b>{s.text}</b> }.into_any() } else { s.text.into_any() }).collect()
            }
            Some(_) => vec![NO_SAMPLER.into_any()],
            None => Vec::new(),
        })
    };
    let stage = move || {
        let name = lab.outcome.with(|outcome| stage_name(&outcome.as_ref()?.report, lab.step.get()));
        name.map(|name| view! { <span class="step-stage">{name}</span>" " })
    };
    view! {
        <section class="stepper" aria-label="Steps of the resampling">
            <div class="step-controls">
                <button
                    type="button" data-testid="step-first" aria-label="First"
                    title=move || title("First (Home)", at_start(), "This is the beginning")
                    disabled=move || idle() || at_start()
                    on:click=move |_| playback::to(lab, Some(0))
                >"|◀"</button>
                <button
                    type="button" data-testid="step-back" aria-label="Back"
                    title=move || title("Back (left arrow)", at_start(), "This is the beginning")
                    disabled=move || idle() || at_start()
                    on:click=move |_| playback::by(lab, -1)
                >"◀"</button>
                <button
                    type="button" class="step-play" data-testid="step-play"
                    aria-pressed=move || lab.playing.get().to_string()
                    title=move || title("Play or pause (space)", false, "")
                    disabled=idle
                    on:click=move |_| playback::toggle(lab)
                >{move || if lab.playing.get() { "❚❚ Pause" } else { "▶ Play" }}</button>
                <button
                    type="button" data-testid="step-forward" aria-label="Forward"
                    title=move || title("Forward (right arrow)", at_end(), "This is the end")
                    disabled=move || idle() || at_end()
                    on:click=move |_| playback::by(lab, 1)
                >"▶"</button>
                <button
                    type="button" data-testid="step-last" aria-label="Last"
                    title=move || title("Last (End)", at_end(), "This is the end")
                    disabled=move || idle() || at_end()
                    on:click=move |_| playback::to(lab, None)
                >"▶|"</button>
                <input
                    type="range" class="step-scrub" data-testid="step-scrub" aria-label="Position among the steps"
                    min="0" step="1"
                    max=move || total.get().to_string()
                    prop:value=move || now.get().to_string()
                    aria-valuetext=move || format!("step {} of {}", now.get(), total.get())
                    disabled=idle
                    on:input=move |event| {
                        if let Ok(step) = event_target_value(&event).parse() {
                            playback::to(lab, Some(step));
                        }
                    }
                />
                <span class="step-position" data-testid="step-position">
                    {move || format!("{} / {}", now.get(), total.get())}
                </span>
                <select
                    class="step-speed" data-testid="step-speed" aria-label="Speed" title="Speed"
                    on:change=move |event| {
                        let name = event_target_value(&event);
                        speed.set(Speed::ALL.into_iter().find(|s| s.name() == name).unwrap_or_default());
                    }
                >
                    {Speed::ALL.into_iter().map(|choice| view! {
                        <option selected=choice == Speed::default()>{choice.name()}</option>
                    }).collect_view()}
                </select>
            </div>
            <p
                // Scrolls where it is long and the screen is narrow, so it must be within reach of the keyboard.
                class="step-sentence" data-testid="step-sentence" tabindex="0"
                aria-live=move || if lab.playing.get() { "off" } else { "polite" }
            >{stage}{spoken}</p>
        </section>
    }
}
