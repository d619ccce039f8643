//! What the picker looks like.

use leptos::ev::{Event, PointerEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{Entry, ID, Picker, Timing, short_paper};
use crate::resample::Family;
use crate::resample::play::Sentence;
use crate::ui::text::count;

impl Picker {
    /// A button that opens it for the step at `at`. What it shows may be no more than a name: then `purpose` is said
    /// before it.
    pub fn button(self, at: usize, id: String, purpose: &'static str, words: &'static str) -> AnyView {
        let (class, label) = match purpose {
            "" => ("wide", words.to_owned()),
            _ => ("select", format!("{purpose}: {words}")),
        };
        view! {
            <button
                type="button"
                class=class
                data-testid=id.clone()
                id=id
                popovertarget=ID
                aria-haspopup="dialog"
                aria-label=label
                on:click=move |_| self.aim(at)
            >
                <span>{words}</span>
            </button>
        }
        .into_any()
    }

    /// The popover; its list exists only while it is open. The search is always there, so that the browser gives it the
    /// focus in the moment of opening and no key typed at once is lost.
    pub fn view(self) -> AnyView {
        let follow = move |event: Event| {
            let body = event.target().and_then(|target| target.dyn_into::<Element>().ok());
            match body.is_some_and(|body| body.matches(":popover-open").unwrap_or(false)) {
                true => self.open(),
                false => self.closed(),
            }
        };
        view! {
            <div
                id=ID
                class="picker"
                popover="auto"
                role="dialog"
                aria-label="Choose a method"
                data-testid=ID
                node_ref=self.popover
                on:toggle=follow
            >
                {self.head()} {move || self.open.get().then(|| self.content())}
            </div>
        }
        .into_any()
    }

    fn head(self) -> AnyView {
        view! {
            <div class="picker-head">
                <input
                    type="text"
                    autofocus
                    prop:value=move || self.query.get()
                    role="combobox"
                    data-testid="picker-search"
                    placeholder="Search by name, purpose, author"
                    aria-label="Search methods"
                    aria-expanded="true"
                    aria-controls="picker-list"
                    aria-activedescendant=move || format!("pick-{}", self.active.get())
                    autocomplete="off"
                    spellcheck="false"
                    on:input=move |event| self.search(event_target_value(&event))
                    on:keydown=move |event| self.key(&event)
                />
                <button type="button" class="icon" aria-label="Close" popovertarget=ID popovertargetaction="hide">
                    "×"
                </button>
            </div>
        }
        .into_any()
    }

    fn content(self) -> AnyView {
        // A finger points and presses at once: its first touch shows, and the second, or the button, applies.
        let finger = StoredValue::new(false);
        let moved = move |event: PointerEvent| {
            let row = row_of(&event);
            if let Some(row) = row.filter(|&row| event.pointer_type() != "touch" && row != self.active.get_untracked())
            {
                self.point_at(row);
            }
        };
        let pressed = move |event: web_sys::MouseEvent| match row_of(&event) {
            Some(row) if finger.get_value() && row != self.active.get_untracked() => self.point_at(row),
            Some(row) => self.apply(row),
            None => {}
        };
        let none = move || self.shown.with(|shown| !shown.contains(&true));
        view! {
            <div
                id="picker-list"
                class="picker-list"
                role="listbox"
                aria-label="Methods"
                node_ref=self.list
                on:scroll=move |_| self.go_on()
                on:pointerdown=move |event| finger.set_value(event.pointer_type() == "touch")
                on:pointermove=moved
                on:click=pressed
            >
                {self.groups()}
                <p class="quiet" hidden=move || !none()>"No method has all these words."</p>
            </div>
            <div class="picker-foot">
                <p aria-live="polite" data-testid="picker-preview">{move || spans(self.said.get())}</p>
                <button
                    type="button"
                    class="primary"
                    data-testid="picker-apply"
                    disabled=none
                    on:click=move |_| self.apply(self.active.get_untracked())
                >
                    "Apply"
                </button>
            </div>
        }
        .into_any()
    }

    fn groups(self) -> Vec<AnyView> {
        let now = self.present();
        self.entries.with_value(|all| {
            let mut start = 0;
            let groups = all.chunk_by(|a, b| a.family == b.family);
            groups
                .map(|group| {
                    let rows = start..start + group.len();
                    start = rows.end;
                    let lines: Vec<AnyView> =
                        rows.clone().zip(group).map(|(row, entry)| self.line(row, entry, now == Some(row))).collect();
                    let empty = move || self.shown.with(|shown| !shown[rows.clone()].contains(&true));
                    let heading = group[0].family.map(Family::title);
                    view! {
                        <div role="group" aria-label=heading.unwrap_or("No resampling") hidden=empty>
                            {heading.map(|words| view! { <h3 aria-hidden="true">{words}</h3> })}
                            {lines}
                        </div>
                    }
                    .into_any()
                })
                .collect()
        })
    }

    fn line(self, row: usize, entry: &Entry, now: bool) -> AnyView {
        let on = Memo::new(move |_| self.active.get() == row);
        let timing = Memo::new(move |_| self.timings.with(|all| all.get(row).cloned().flatten()));
        let paper = (!entry.paper.is_empty()).then(|| {
            view! { <span title=entry.paper>{format!(" {}.", short_paper(entry.paper))}</span> }
        });
        let stages = &self.lab.spec.read_untracked().samplers;
        let restriction = entry.restriction(stages, self.at.get_untracked()).map(|words| format!(", {words}"));
        let note = entry.note.map(|(words, why)| view! { " " <em title=why>{words}</em> });
        view! {
            <div
                id=format!("pick-{row}")
                class="pick"
                class:on=move || on.get()
                role="option"
                data-row=row
                data-testid=format!("pick-{}", entry.id)
                aria-selected=move || on.get().to_string()
                hidden=move || self.shown.with(|shown| shown.get(row) != Some(&true))
            >
                <b>{entry.title} {restriction} {now.then_some(" ✓")}</b>
                <span class="num" data-testid=format!("time-{}", entry.id) title=move || why(timing.get())>
                    {move || time(timing.get())}
                </span>
                <span>{entry.does}</span>
                <small>{entry.used} {paper} {note}</small>
            </div>
        }
        .into_any()
    }
}

/// The row under an event.
fn row_of(event: &Event) -> Option<usize> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    target.closest("[data-row]").ok()??.get_attribute("data-row")?.parse().ok()
}

/// A time as it is read at a glance; browsers measure no finer than a tenth of a millisecond.
fn millis(millis: f64) -> String {
    match millis {
        t if t < 0.1 => "< 0.1 ms".to_owned(),
        t if t < 10.0 => format!("{t:.1} ms"),
        t if t < 1000.0 => format!("{t:.0} ms"),
        t => format!("{:.1} s", t / 1000.0),
    }
}

fn time(timing: Option<Timing>) -> String {
    match timing {
        None => String::new(),
        Some(Timing::Took(t, [majority, minority])) => {
            format!("{} · {} : {}", millis(t), count(majority.into()), count(minority.into()))
        }
        Some(Timing::Refused(_)) => "not possible".to_owned(),
        Some(Timing::TooLong) => "> 5 s".to_owned(),
    }
}

fn why(timing: Option<Timing>) -> String {
    match timing {
        None => String::new(),
        Some(Timing::Took(..)) => {
            "Its time on the present data (in a chain, with the steps before it), and majority : minority afterwards"
                .to_owned()
        }
        Some(Timing::Refused(why)) => why,
        Some(Timing::TooLong) => "Stopped after 5 seconds".to_owned(),
    }
}

/// A sentence with its numbers in bold.
fn spans(sentence: Sentence) -> Vec<AnyView> {
    let bold = |text: String| view! { <b>{text}</b> }.into_any();
    sentence.0.into_iter().map(|span| if span.strong { bold(span.text) } else { span.text.into_any() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_the_digits_that_can_be_trusted() {
        assert_eq!(millis(0.0), "< 0.1 ms");
        assert_eq!(millis(0.42), "0.4 ms");
        assert_eq!(millis(12.3), "12 ms");
        assert_eq!(millis(2345.0), "2.3 s");
    }
}
