//! Where the stepper is: the stage and the phase, what has been found so far, and the ticks on the scrubber.

use leptos::prelude::*;

use crate::experiment::Report;
use crate::resample::play::{Finding, PhaseAt, findings, phase_index, phase_starts};
use crate::resample::{StageTrace, Step, Verdict};
use crate::state::Lab;

/// With more phases than this only the first pass of each has a tick.
const MANY_TICKS: usize = 60;

/// The phases of the chain on screen.
pub(super) fn phases(lab: Lab) -> Memo<Vec<PhaseAt>> {
    Memo::new(move |_| {
        lab.outcome.with(|outcome| outcome.as_ref().map(|o| phase_starts(&o.report.chain)).unwrap_or_default())
    })
}

/// "2 of 2, TomekLinks" where there is more than one stage, "SMOTE, rare only" where it is restricted, and the phase.
fn here(report: &Report, phases: &[PhaseAt], position: u32) -> (Option<String>, Option<String>) {
    let Some(phase) = phase_index(phases, position).and_then(|index| phases.get(index)) else { return (None, None) };
    let stages = &report.chain.stages;
    let name = stages.get(phase.stage).map_or("", |stage| stage.sampler.name());
    let only = stages.get(phase.stage).and_then(|stage| Some(stage.only.as_ref()?.only.in_words()));
    let stage = match (stages.len(), only) {
        (..2, None) => None,
        (..2, Some(only)) => Some(format!("{name}, {only}")),
        (n, None) => Some(format!("{} of {n}, {name}", phase.stage + 1)),
        (n, Some(only)) => Some(format!("{} of {n}, {name}, {only}", phase.stage + 1)),
    };
    (stage, phase.words(&report.chain))
}

/// The name of the phase at the present position, for who cannot see the line.
pub(super) fn spoken(lab: Lab, phases: Memo<Vec<PhaseAt>>, position: u32) -> String {
    let words = lab.outcome.with(|outcome| {
        let report = &outcome.as_ref()?.report;
        phases.with(|phases| here(report, phases, position).1)
    });
    words.map_or_else(String::new, |words| format!(", {words}"))
}

/// Stage and phase in one line.
pub(super) fn line(lab: Lab, phases: Memo<Vec<PhaseAt>>, now: Memo<u32>) -> AnyView {
    let words = Memo::new(move |_| {
        lab.outcome.with(|outcome| {
            let report = &outcome.as_ref()?.report;
            Some(phases.with(|phases| here(report, phases, now.get())))
        })
    });
    let parts = move || {
        let (stage, phase) = words.get()?;
        let stage = stage.map(|stage| view! { <span class="step-stage">{stage}</span> }.into_any());
        Some((stage, phase.map(|phase| view! { <span data-testid="step-phase">{phase}</span> }.into_any())))
    };
    view! { <span class="step-phase">{parts}</span> }.into_any()
}

/// Whether there is never anything to say about the place: one stage of one phase that sees all and finds nothing.
pub(super) fn is_bare(lab: Lab) -> bool {
    let finds = |step: &Step| matches!(step, Step::Judge { .. } | Step::Weigh { .. } | Step::Score { .. });
    let bare = |stages: &[StageTrace]| match stages {
        [stage] => {
            let words = stage.sampler.method().words();
            stage.only.is_none() && words.phases.is_empty() && !stage.steps.iter().any(finds)
        }
        _ => stages.is_empty(),
    };
    lab.outcome.with(|outcome| outcome.as_ref().is_none_or(|outcome| bare(&outcome.report.chain.stages)))
}

/// How a verdict is drawn on the plane, what it is called, in the order of the legend.
const VERDICTS: [(Verdict, &str, &str); 8] = [
    (Verdict::Safe, "safe", "○"),
    (Verdict::Danger, "in danger", "□"),
    (Verdict::Noise, "noise", "×"),
    (Verdict::Agrees, "agree", "○"),
    (Verdict::Disagrees, "disagree", "□"),
    (Verdict::Kept, "kept", "○"),
    (Verdict::Dropped, "dropped", "□"),
    (Verdict::Asked, "asked", "○"),
];

/// What the marks around points mean, and how many there are; nothing while nothing was found.
pub(super) fn legend(lab: Lab) -> AnyView {
    let counts = Memo::new(move |_| {
        let found = lab.outcome.with(|outcome| Some(findings(&outcome.as_ref()?.report.chain, lab.step.get()?)));
        let found = found.unwrap_or_default();
        let of = |wanted| found.iter().filter(|&&(_, finding)| finding == Finding::Verdict(wanted)).count();
        let shares = found.iter().filter(|(_, finding)| matches!(finding, Finding::Share(_))).count();
        (VERDICTS.map(|(verdict, ..)| of(verdict)), shares)
    });
    let items = move || {
        let (counts, shares) = counts.get();
        let mut items: Vec<AnyView> = VERDICTS
            .into_iter()
            .zip(counts)
            .filter(|&(_, n)| n > 0)
            .map(|((verdict, name, sign), n)| {
                let class = match verdict {
                    Verdict::Safe | Verdict::Agrees | Verdict::Kept => "safe",
                    Verdict::Danger | Verdict::Disagrees | Verdict::Dropped => "danger",
                    Verdict::Noise => "noise",
                    Verdict::Asked => "asked",
                };
                view! { <span><i class=class aria-hidden="true">{sign}</i>" "{name}" "<b>{n}</b></span> }.into_any()
            })
            .collect();
        if shares > 0 {
            items.push(view! { <span><i class="share" aria-hidden="true">"◎"</i>" size: share"</span> }.into_any());
        }
        items
    };
    view! { <span class="step-found" data-testid="step-found">{items}</span> }.into_any()
}

/// Ticks where phases begin, larger ones where stages do; the beginning of all has none.
pub(super) fn ticks(phases: Memo<Vec<PhaseAt>>, total: Memo<u32>) -> AnyView {
    let ticks = move || {
        let total = f64::from(total.get().max(1));
        phases.with(|phases| {
            let few = phases.len() <= MANY_TICKS;
            let stage_begins = |i: usize| phases[i].stage != phases[i - 1].stage;
            let shown = (1..phases.len()).filter(|&i| few || phases[i].round == 0 || stage_begins(i)).take(MANY_TICKS);
            let tick = |i: usize| {
                let class = if stage_begins(i) { "stage-begins" } else { "" };
                let share = f64::from(phases[i].position) / total;
                view! { <i class=class style=format!("--at:{share:.4}")></i> }.into_any()
            };
            shown.map(tick).collect::<Vec<AnyView>>()
        })
    };
    view! { <span class="step-ticks" aria-hidden="true" data-testid="step-ticks">{ticks}</span> }.into_any()
}
