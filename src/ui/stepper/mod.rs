//! The stepper under the plane: first, back, play, forward, last, a scrubber, three speeds, steps by point or by phase,
//! one sentence for the present step, and the algorithm with its present line. The steps are in the report already, so
//! nothing here waits for the worker.

mod beat;
mod code;
mod place;
mod player;

use leptos::prelude::*;

pub use beat::Speed;

use super::playback;
use super::quiet::at_rest;
use crate::base::Point;
use crate::experiment::Report;
use crate::resample::play::{Sentence, Span, sentence, summary};
use crate::state::Lab;
use crate::ui::framed::framed;

/// What is said when there is nothing to step through.
const NO_SAMPLER: &str = "No resampling: choose a method to see its steps.";

/// From the sampler's space to the axes of the plane.
fn in_data(report: &Report) -> impl Fn(Point) -> Point + '_ {
    |point| report.scaler.map_or(point, |scaler| scaler.inverse_transform(point))
}

/// The sentence for a position (`None`: the end, which adds what every stage did).
fn words(report: &Report, step: Option<u32>) -> Sentence {
    let chain = &report.chain;
    let total = chain.total_steps();
    let position = step.unwrap_or(total).min(total);
    let mut words = sentence(chain, position, in_data(report));
    if position == total {
        for stage in 0..chain.stages.len() {
            words.0.push(Span { text: " ".to_string(), strong: false });
            words.0.extend(summary(chain, stage).0);
        }
    }
    words
}

/// The stepper.
#[component]
pub fn Stepper() -> impl IntoView {
    let lab = expect_context::<Lab>();
    let speed = RwSignal::new(Speed::default());
    player::play_when_asked(lab, speed);

    let total = Memo::new(move |_| playback::total(lab));
    let now = Memo::new(move |_| lab.step.get().unwrap_or(u32::MAX).min(total.get()));
    // Memos, so that what hangs on them is not built anew with every run.
    let idle = Memo::new(move |_| total.get() == 0);
    let at_start = Memo::new(move |_| now.get() == 0);
    let at_end = Memo::new(move |_| now.get() >= total.get());
    let unsaid = Memo::new(move |_| place::is_bare(lab));
    let most_lines = Memo::new(move |_| code::most_lines(lab));
    let bare = Memo::new(move |_| {
        lab.outcome.with(|outcome| outcome.as_ref().is_none_or(|outcome| outcome.report.chain.stages.is_empty()))
    });
    let no_stage = move || bare.get();
    // What a button does, or why it cannot.
    let title = move |usual: &'static str, there: bool, why: &'static str| match (idle.get(), there) {
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
    let (phases, line, open) = (place::phases(lab), code::present(lab), code::opened());
    let coded = Memo::new(move |_| open.get() && !no_stage());
    let stride = move |by_phase: bool, name: &'static str, title: &'static str| {
        view! {
            <button
                type="button" title=title data-testid=if by_phase { "stride-phase" } else { "stride-point" }
                aria-pressed=move || (lab.by_phase.get() == by_phase).to_string()
                on:click=move |_| lab.by_phase.set(by_phase)
            >{name}</button>
        }
        .into_any()
    };
    let position =
        at_rest(move || format!("step {} of {}{}", now.get(), total.get(), place::spoken(lab, phases, now.get())));
    let usual = move |point: &'static str, phase: &'static str| if lab.by_phase.get() { phase } else { point };
    view! {
        <section class="stepper" aria-label="Steps of the resampling">
            <div class="step-controls">
                <button
                    type="button" data-testid="step-first" aria-label="First"
                    title=move || title("First (Home)", at_start.get(), "This is the beginning")
                    disabled=move || idle.get() || at_start.get()
                    on:click=move |_| playback::to(lab, Some(0))
                >"|◀"</button>
                <button
                    type="button" data-testid="step-back" aria-label="Back"
                    title=move || title(usual("Back (left arrow)", "Back to the beginning of the phase (left arrow)"), at_start.get(), "This is the beginning")
                    disabled=move || idle.get() || at_start.get()
                    on:click=move |_| playback::step(lab, false)
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
                    title=move || title(usual("Forward (right arrow)", "Forward to the end of the phase (right arrow)"), at_end.get(), "This is the end")
                    disabled=move || idle.get() || at_end.get()
                    on:click=move |_| playback::step(lab, true)
                >"▶"</button>
                <button
                    type="button" data-testid="step-last" aria-label="Last"
                    title=move || title("Last (End)", at_end.get(), "This is the end")
                    disabled=move || idle.get() || at_end.get()
                    on:click=move |_| playback::to(lab, None)
                >"▶|"</button>
                <span class="step-track">
                {place::ticks(phases, total)}
                // What is moved by itself is laid out by itself.
                <span class="step-scrubber">
                <input
                    type="range" class="step-scrub" data-testid="step-scrub" aria-label="Position among the steps"
                    min="0" step="1"
                    max=move || total.get().to_string()
                    prop:value=move || now.get().to_string()
                    aria-valuetext=position
                    style=move || format!("--fill:{:.2}%", f64::from(now.get()) / f64::from(total.get().max(1)) * 100.0)
                    disabled=idle
                    on:input=move |event| {
                        if let Ok(step) = event_target_value(&event).parse() {
                            playback::to(lab, Some(step));
                        }
                    }
                />
                </span>
                </span>
                <span class="step-position" data-testid="step-position">
                    {framed(move || format!("{} / {}", now.get(), total.get()))}
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
            <div class="step-where" hidden=no_stage>
                <span class="step-stride" role="group" aria-label="Step by">
                    {stride(false, "By point", "Back, forward and play go from point to point")}
                    {stride(true, "By phase", "Back, forward and play go from phase to phase (always with Shift and an arrow)")}
                </span>
                <span class="step-here" class:bare=move || unsaid.get()>
                    {place::line(lab, phases, now)}
                    {place::legend(lab)}
                </span>
                <button
                    type="button" class="step-fold" data-testid="step-fold" aria-controls="step-code"
                    title="Show or hide the algorithm, line by line"
                    aria-expanded=move || open.get().to_string()
                    on:click=move |_| code::fold(open)
                >"Pseudocode"</button>
            </div>
            <div class="step-body" class:coded=move || coded.get()
                style=move || format!("--lines:{}", most_lines.get())>
                <div class="step-said">
                    <p
                        // Scrolls where it is long and the screen is narrow, so it must be within reach of the keyboard.
                        class="step-sentence" data-testid="step-sentence" tabindex="0"
                        aria-live=move || if lab.playing.get() { "off" } else { "polite" }
                    >{spoken}</p>
                    {move || coded.get().then(|| code::variables(line))}
                </div>
                {move || coded.get().then(|| code::lines(line))}
            </div>
        </section>
    }
    .into_any()
}
