//! The picker: every method with what it does, when it is used, its paper and its time on the present data. While a row
//! is pointed at, the plane shows as ghosts what the method would do; nothing of the result changes before it is applied.
//!
//! It is the browser's popover, so Escape or a click elsewhere closes it and the focus returns. The focus stays in the
//! search; arrows walk the list, Enter applies.

mod entries;
mod trials;
mod view;

use std::rc::Rc;
use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use crate::browser::timer::Timeout;
use crate::experiment::{Link, Spec};
use crate::figure::plane::Ghosts;
use crate::permalink;
use crate::protocol::Trial;
use crate::resample::play::{Sentence, Span, summary};
use crate::state::Lab;
pub use entries::{Entry, entries, note, short_paper, with_defaults};
use trials::{Found, Job, Trials};

/// Its id in the page.
pub const ID: &str = "picker";
/// Longer chains teach nothing new.
pub const STEPS_AT_MOST: usize = 4;
/// So long a row is pointed at before the plane shows it.
const PAUSE_MILLIS: i32 = 150;
/// Rows that Page Up and Page Down pass over.
const PAGE: i32 = 5;

/// What is known about a method on the present data.
#[derive(Clone, Debug, PartialEq)]
enum Timing {
    /// Milliseconds, and majority and minority rows afterwards.
    Took(f64, [u32; 2]),
    /// Why it cannot be done.
    Refused(String),
    /// Longer than anybody waits.
    TooLong,
}

/// What the picker knows. `Copy`.
#[derive(Clone, Copy)]
pub struct Picker {
    lab: Lab,
    entries: StoredValue<Vec<Entry>>,
    /// The step that is picked for; as many as there are: one more.
    at: RwSignal<usize>,
    open: RwSignal<bool>,
    query: RwSignal<String>,
    /// The row pointed at.
    active: RwSignal<usize>,
    timings: RwSignal<Vec<Option<Timing>>>,
    said: RwSignal<Sentence>,
    /// Rows that suit the step and answer the search.
    shown: Memo<Vec<bool>>,
    /// The row whose ghosts are wanted.
    wanted: StoredValue<Option<usize>>,
    popover: NodeRef<html::Div>,
    list: NodeRef<html::Div>,
    pause: StoredValue<Option<Timeout>, LocalStorage>,
    trials: StoredValue<Option<Rc<Trials>>, LocalStorage>,
}

impl Picker {
    /// A closed one. It ends its worker and takes its ghosts away with the reactive owner.
    pub fn new(lab: Lab) -> Picker {
        let entries = StoredValue::new(entries());
        let (at, query) = (RwSignal::new(0), RwSignal::new(String::new()));
        let shown = Memo::new(move |_| {
            let (at, query) = (at.get(), query.read());
            entries.with_value(|all| all.iter().map(|entry| entry.suits(at) && entry.answers(&query)).collect())
        });
        on_cleanup(move || {
            // Gone already when the whole page goes.
            let _ = lab.preview.try_set(None);
        });
        Picker {
            lab,
            entries,
            at,
            open: RwSignal::new(false),
            query,
            active: RwSignal::new(0),
            timings: RwSignal::new(Vec::new()),
            said: RwSignal::new(Sentence::default()),
            shown,
            wanted: StoredValue::new(None),
            popover: NodeRef::new(),
            list: NodeRef::new(),
            pause: StoredValue::new_local(None),
            trials: StoredValue::new_local(None),
        }
    }

    /// Says which step is picked for; called when its button is pressed, before the popover shows.
    fn aim(self, at: usize) {
        if !self.open.get_untracked() {
            self.at.set(at);
            self.open();
        }
    }

    fn open(self) {
        if self.open.get_untracked() {
            return;
        }
        let now = self.present();
        self.active.set(now.unwrap_or_else(|| self.shown.with_untracked(|s| s.iter().position(|&s| s)).unwrap_or(0)));
        self.timings.set(vec![None; self.entries.with_value(Vec::len)]);
        self.wanted.set_value(None);
        self.say("Point at a method, or walk with the arrow keys, to see in the plane what it would do.");
        self.trials.set_value(Some(Trials::new(move || self.next_job(), move |job, found| self.found(job.row, found))));
        self.open.set(true);
        request_animation_frame(move || {
            self.bring_into_view();
            self.go_on();
        });
    }

    fn closed(self) {
        self.open.set(false);
        self.query.set(String::new());
        self.pause.set_value(None);
        self.trials.set_value(None);
        self.lab.preview.set(None);
    }

    /// The row that is applied now.
    fn present(self) -> Option<usize> {
        let at = self.at.get_untracked();
        let spec = self.lab.spec.read_untracked();
        let methods: Vec<&str> = spec.samplers.iter().map(|stage| stage.sampler.name()).collect();
        self.entries.with_value(|all| {
            let is = |wanted: &[&str]| all.iter().position(|entry| entry.suits(at) && entry.methods == wanted);
            // A chain with a name is recognised as a whole.
            is(&methods).filter(|_| at == 0).or_else(|| is(methods.get(at..=at)?))
        })
    }

    /// The specification with the row's methods.
    fn spec_with(self, row: usize) -> Option<Spec> {
        let mut spec = self.lab.spec.get_untracked();
        let at = self.at.get_untracked();
        spec.samplers = self.entries.with_value(|all| Some(all.get(row)?.applied(&spec.samplers, at)))?;
        spec.off.resample = false;
        Some(spec)
    }

    /// Points at a row; after a short pause the plane shows what it would do.
    fn point_at(self, row: usize) {
        self.active.set(row);
        self.pause.set_value(Some(Timeout::new(PAUSE_MILLIS, move || self.preview(row))));
    }

    fn preview(self, row: usize) {
        let same = self.spec_with(row).is_none_or(|spec| spec == *self.lab.spec.read_untracked());
        let timing = self.timings.with_untracked(|all| all.get(row).cloned().flatten());
        let refused = match timing {
            _ if same => Some("This is what is applied now.".to_owned()),
            Some(Timing::Refused(why)) => Some(why),
            Some(Timing::TooLong) => Some("This takes more than 5 seconds, too long to show beforehand.".to_owned()),
            _ => None,
        };
        self.wanted.set_value(refused.is_none().then_some(row));
        if let Some(words) = refused {
            self.lab.preview.set(None);
            self.say(&words);
        }
        self.go_on();
    }

    fn go_on(self) {
        // Handed out, not lent: what it calls comes back here.
        let trials = self.trials.try_get_value().flatten();
        if let Some(trials) = trials {
            trials.go_on();
        }
    }

    /// What to try next: the row pointed at, then the rows in view from top to bottom.
    fn next_job(self) -> Option<Job> {
        let job = |row: usize, show: bool| {
            let spec = self.spec_with(row)?;
            let table = spec.data.table.clone();
            Some(Job { row, show, link: permalink::write(&Link { spec, ..Link::default() }), table })
        };
        if let Some(row) = self.wanted.get_value() {
            return job(row, true);
        }
        let untried = self.timings.with_untracked(|all| {
            let rows = all.iter().enumerate().filter(|(_, timing)| timing.is_none());
            rows.map(|(row, _)| row).find(|&row| self.is_in_view(row))
        });
        job(untried?, false)
    }

    fn found(self, row: usize, found: Found) {
        let wanted = self.wanted.get_value() == Some(row);
        let timing = match found {
            Found::Tried(trial) => {
                let timing = Timing::Took(trial.millis, trial.balance);
                if let (true, Some(_)) = (wanted, &trial.chain) {
                    self.wanted.set_value(None);
                    self.show(&trial);
                }
                timing
            }
            Found::Refused(why) => Timing::Refused(why),
            Found::TooLong => Timing::TooLong,
        };
        let in_vain = !matches!(timing, Timing::Took(..));
        self.timings.update(|all| {
            if let Some(known) = all.get_mut(row) {
                *known = Some(timing);
            }
        });
        if wanted && in_vain {
            self.preview(row);
        }
    }

    /// Shows what a trial did: as ghosts, and in a sentence for every step from the one picked for.
    fn show(self, trial: &Trial) {
        let Some(chain) = &trial.chain else { return };
        self.lab.preview.set(Some(Arc::new(Ghosts::new(chain, trial.scaler.as_ref()))));
        let mut words = Sentence::default();
        for stage in self.at.get_untracked()..chain.stages.len() {
            if !words.0.is_empty() {
                words.0.push(Span { text: " ".to_owned(), strong: false });
            }
            if let Some(restriction) = &chain.stages[stage].only {
                words.0.extend(restriction.told(chain).0);
                words.0.push(Span { text: " ".to_owned(), strong: false });
            }
            words.0.extend(summary(chain, stage).0);
        }
        if words.0.is_empty() {
            words = Sentence::marked("Nothing is added and nothing removed.");
        }
        self.said.set(words);
    }

    fn say(self, words: &str) {
        self.said.set(Sentence(vec![Span { text: words.to_owned(), strong: false }]));
    }

    /// Applies a row and closes.
    fn apply(self, row: usize) {
        let Some(spec) = self.spec_with(row) else { return };
        let at = self.at.get_untracked();
        if let Some(popover) = self.popover.get_untracked() {
            // Refused only for one that is closed.
            let _ = popover.hide_popover();
        }
        self.lab.preview.set(None);
        self.lab.decide(|now| *now = spec);
        // The button that opened it may have been built anew.
        request_animation_frame(move || refocus(at));
    }

    fn key(self, event: &KeyboardEvent) {
        match event.key().as_str() {
            "ArrowDown" => self.walk(1),
            "ArrowUp" => self.walk(-1),
            "PageDown" => self.walk(PAGE),
            "PageUp" => self.walk(-PAGE),
            "Enter" => {
                let row = self.active.get_untracked();
                if self.shown.with_untracked(|shown| shown.get(row) == Some(&true)) {
                    self.apply(row);
                }
            }
            _ => return,
        }
        event.prevent_default();
    }

    /// Moves on by so many of the rows shown, as far as they go.
    fn walk(self, by: i32) {
        let rows: Vec<usize> = self.shown.with_untracked(|shown| (0..shown.len()).filter(|&i| shown[i]).collect());
        let now = self.active.get_untracked();
        let place = rows.iter().position(|&row| row == now).map_or(if by > 0 { -1 } else { 0 }, |place| place as i32);
        let last = rows.len().saturating_sub(1) as i32;
        if let Some(&row) = rows.get((place + by).clamp(0, last) as usize) {
            self.point_at(row);
            self.bring_into_view();
        }
    }

    fn search(self, query: String) {
        self.query.set(query);
        let query = self.query.get_untracked();
        let best = self.entries.with_value(|all| {
            let shown = self.shown.get_untracked();
            let rows = (0..all.len()).filter(|&row| shown.get(row) == Some(&true));
            rows.min_by_key(|&row| if query.trim().is_empty() { 0 } else { all[row].rank(&query) })
        });
        if let Some(row) = best {
            self.point_at(row);
        }
        request_animation_frame(move || {
            self.bring_into_view();
            self.go_on();
        });
    }

    fn row(self, row: usize) -> Option<Element> {
        self.list.try_get_untracked().flatten()?.query_selector(&format!("#pick-{row}")).ok()?
    }

    /// Upper and lower end of a row, from the upper end of the list, and the height of the list.
    fn extent(self, row: usize) -> Option<[f64; 3]> {
        let list = self.list.try_get_untracked().flatten()?.get_bounding_client_rect();
        let row = self.row(row)?.get_bounding_client_rect();
        // What is filtered out has no extent.
        (row.height() > 0.0).then(|| [row.top() - list.top(), row.bottom() - list.top(), list.height()])
    }

    fn is_in_view(self, row: usize) -> bool {
        self.extent(row).is_some_and(|[top, bottom, height]| bottom > 0.0 && top < height)
    }

    fn bring_into_view(self) {
        let Some(list) = self.list.try_get_untracked().flatten() else { return };
        let Some([top, bottom, height]) = self.extent(self.active.get_untracked()) else { return };
        let by = if top < 0.0 { top } else { (bottom - height).max(0.0) };
        list.set_scroll_top(list.scroll_top() + by.round() as i32);
    }
}

/// Gives the focus to the button of the step that was picked for, unless it is somewhere already.
fn refocus(at: usize) {
    let document = document();
    let lost = document.active_element().is_none_or(|element| element.tag_name() == "BODY");
    let buttons = [format!("#{}", button_id(at)), format!("#{}", button_id(0))];
    let found = buttons.iter().find_map(|id| document.query_selector(id).ok().flatten());
    if let (true, Some(Ok(button))) = (lost, found.map(JsCast::dyn_into::<HtmlElement>)) {
        // Refused only by an element that takes no focus.
        let _ = button.focus();
    }
}

/// Id of the button that picks for a step.
pub fn button_id(at: usize) -> String {
    if at == 0 { "sampler-select".to_owned() } else { format!("sampler-select-{}", at + 1) }
}
