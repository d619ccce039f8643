//! [`Lab`]: all signals of the page, and the verbs that change them.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Applied, Highlight, History, Outcome, Refused, Stage, Status, Tool, put};
use crate::dataset::Source;
use crate::experiment::{Extras, Layers, Link, Pin, Region, Spec, View, Window};
use crate::figure::plane::Ghosts;

/// All signals of the page. `Copy`, handed around by context (`expect_context::<Lab>()`).
#[derive(Clone, Copy)]
pub struct Lab {
    // in the link
    /// What decides the result.
    pub spec: RwSignal<Spec>,
    /// The one threshold.
    pub threshold: RwSignal<f64>,
    /// Steps played over all stages; `None`: all.
    pub step: RwSignal<Option<u32>>,
    /// What the plane shows.
    pub layers: RwSignal<Layers>,
    /// The part of the plane that is asked about.
    pub region: RwSignal<Option<Region>>,
    /// The baseline.
    pub pin: RwSignal<Option<Pin>>,
    // from the worker
    /// The last good outcome.
    pub outcome: RwSignal<Option<Arc<Outcome>>>,
    /// The outcome of the pinned run.
    pub pinned: RwSignal<Option<Arc<Outcome>>>,
    /// The rows of the present data while there is no outcome, because a run of them was refused.
    pub refused: RwSignal<Option<Arc<Refused>>>,
    /// What the worker is doing.
    pub status: RwSignal<Status>,
    // only about looking
    /// The stage that a long run has reached.
    pub progress: RwSignal<Option<String>>,
    /// What is lit up.
    pub highlight: RwSignal<Highlight>,
    /// The stage whose controls are shown.
    pub stage: RwSignal<Stage>,
    /// The part of the plane that the reader has chosen; `None`: what shows the data.
    pub window: RwSignal<Option<Window>>,
    /// Width and height of the plane in CSS pixels; zeros until it is laid out.
    pub plane_size: RwSignal<[f64; 2]>,
    /// What the pointer does on the plane.
    pub tool: RwSignal<Tool>,
    /// Radius of brush and eraser, CSS pixels.
    pub brush: RwSignal<f64>,
    /// Whether the dark theme is on (resolved: never "system").
    pub dark: RwSignal<bool>,
    /// What a resampling would do that is only pointed at; while it stands the plane shows the training rows with it.
    pub preview: RwSignal<Option<Arc<Ghosts>>>,
    /// What the last resamplings led to.
    pub results: RwSignal<Vec<Arc<Applied>>>,
    /// Sentences for the reader (notes of the link, of the clipboard, ...); each can be dismissed.
    pub notices: RwSignal<Vec<String>>,
    /// Whether the stepper plays.
    pub playing: RwSignal<bool>,
    /// Whether the stepper goes from phase to phase instead of from point to point.
    pub by_phase: RwSignal<bool>,
    /// Whether the table of all metrics is open: only then the model is scored over the whole population.
    pub all_metrics: RwSignal<bool>,
    /// Whether the page is shown to an audience: larger, and without what only its reader needs.
    pub presenting: RwSignal<bool>,
    /// Grows with every decision of the reader that belongs in the browser's history as an entry of its own.
    pub commits: RwSignal<u64>,
    pub(super) history: RwSignal<History>,
}

impl Default for Lab {
    fn default() -> Lab {
        Lab::new()
    }
}

impl Lab {
    /// The default example, nothing computed yet.
    pub fn new() -> Lab {
        let link = Link::default();
        Lab {
            spec: RwSignal::new(link.spec.clone()),
            threshold: RwSignal::new(link.view.threshold),
            step: RwSignal::new(link.view.step),
            layers: RwSignal::new(link.view.layers),
            region: RwSignal::new(None),
            pin: RwSignal::new(None),
            outcome: RwSignal::new(None),
            pinned: RwSignal::new(None),
            refused: RwSignal::new(None),
            status: RwSignal::new(Status::Working),
            progress: RwSignal::new(None),
            highlight: RwSignal::new(Highlight::None),
            stage: RwSignal::new(Stage::Data),
            window: RwSignal::new(None),
            plane_size: RwSignal::new([0.0; 2]),
            tool: RwSignal::new(Tool::Look),
            brush: RwSignal::new(14.0),
            dark: RwSignal::new(false),
            preview: RwSignal::new(None),
            results: RwSignal::new(Vec::new()),
            notices: RwSignal::new(Vec::new()),
            playing: RwSignal::new(false),
            by_phase: RwSignal::new(false),
            all_metrics: RwSignal::new(false),
            presenting: RwSignal::new(false),
            commits: RwSignal::new(0),
            history: RwSignal::new(History::new(link)),
        }
    }

    /// All that is on screen, as a link says it. Tracks every part.
    pub fn link(&self) -> Link {
        Link {
            spec: self.spec.get(),
            view: View {
                threshold: self.threshold.get(),
                step: self.step.get(),
                layers: self.layers.get(),
                region: self.region.get(),
            },
            pin: self.pin.get().map(Box::new),
        }
    }

    /// [`Lab::link`], tracking nothing.
    pub fn link_untracked(&self) -> Link {
        untrack(|| self.link())
    }

    /// Changes the specification, live: no entry in the history until [`Lab::commit`]. Rows that were erased by their
    /// index are back, with a word, once the index would name other rows.
    pub fn edit(&self, change: impl FnOnce(&mut Spec)) {
        let before = self.spec.get_untracked();
        let mut spec = before.clone();
        change(&mut spec);
        let n_erased = spec.data.edits.erased.len();
        // A change that brings a list of its own knows its rows.
        let is_old_list = n_erased > 0 && spec.data.edits.erased == before.data.edits.erased;
        if is_old_list && !spec.data.has_rows_of(spec.seed, &before.data, before.seed) {
            spec.data.edits.erased.clear();
            self.notify(match n_erased {
                1 => "The erased point is back, because the data were drawn anew.".to_owned(),
                _ => format!("The {n_erased} erased points are back, because the data were drawn anew."),
            });
        }
        self.replace(spec);
    }

    /// Shows another specification, whole. What named rows of the old result (a highlight, a position of the stepper) is
    /// let go.
    pub(super) fn replace(&self, spec: Spec) {
        let before = self.spec.get_untracked();
        if spec == before {
            return;
        }
        let same_rows = spec.data == before.data
            && spec.test_size == before.test_size
            && spec.split_seed == before.split_seed
            && spec.scale == before.scale
            && spec.samplers == before.samplers
            && spec.seed == before.seed
            && (spec.off.split, spec.off.resample) == (before.off.split, before.off.resample);
        if !same_rows {
            put(self.playing, false);
            put(self.step, None);
            put(self.highlight, Highlight::None);
        }
        if spec.data.source != before.data.source {
            put(self.window, None);
            put(self.region, None);
        }
        self.spec.set(spec);
    }

    /// Asks about a part of the plane, or no longer; an entry of the history.
    pub fn ask_about(&self, region: Option<Region>) {
        if *self.region.read_untracked() != region {
            self.region.set(region);
            self.commit();
        }
    }

    /// [`Lab::edit`] and [`Lab::commit`] in one: for a control that is clicked, not dragged.
    pub fn decide(&self, change: impl FnOnce(&mut Spec)) {
        self.edit(change);
        self.commit();
    }

    /// Moves the threshold, live.
    pub fn set_threshold(&self, threshold: f64) {
        let threshold = if threshold.is_finite() { threshold.clamp(0.0, 1.0) } else { 0.5 };
        put(self.threshold, threshold);
    }

    /// Moves the stepper; `None` is the end. Never an entry in the history.
    pub fn set_step(&self, step: Option<u32>) {
        put(self.step, step);
    }

    /// Shows other layers.
    pub fn set_layers(&self, layers: Layers) {
        self.layers.set(layers);
        self.commit();
    }

    /// Makes what is on screen an entry of the history: Undo and the browser's Back return to the one before.
    pub fn commit(&self) {
        let link = self.link_untracked();
        if self.history.try_update(|history| history.commit(link)).unwrap_or(false) {
            self.commits.update(|n| *n += 1);
        }
    }

    /// Returns to the entry before; a change not yet committed is the first to go.
    pub fn undo(&self) {
        self.commit();
        if let Some(link) = self.history.try_update(|history| history.undo().cloned()).flatten() {
            self.show(link);
            self.commits.update(|n| *n += 1);
        }
    }

    /// Takes the last undo back.
    pub fn redo(&self) {
        if self.history.read_untracked().differs(&self.link_untracked()) {
            return;
        }
        if let Some(link) = self.history.try_update(|history| history.redo().cloned()).flatten() {
            self.show(link);
            self.commits.update(|n| *n += 1);
        }
    }

    /// Whether there is something to undo. Tracked.
    pub fn can_undo(&self) -> bool {
        self.history.read().can_undo(&self.link())
    }

    /// Whether there is something to redo. Tracked.
    pub fn can_redo(&self) -> bool {
        self.history.read().can_redo(&self.link())
    }

    /// Whether everything on screen is committed: nothing is being dragged. Tracked.
    pub fn is_settled(&self) -> bool {
        !self.history.read().differs(&self.link())
    }

    /// The link committed last.
    pub fn committed(&self) -> Link {
        self.history.read_untracked().present().clone()
    }

    /// Whether the outcome on screen belongs to the present specification and holds all that is shown. Tracked.
    pub fn is_fresh(&self) -> bool {
        let extras = self.extras();
        let outcome = self.outcome.read();
        outcome
            .as_ref()
            .is_some_and(|outcome| *outcome.spec == *self.spec.read() && outcome.report.extras().covers(extras))
    }

    /// Whether the data are the reader's own and nothing was computed of them yet: what is on screen is of others.
    /// Tracked.
    pub fn awaits_own_data(&self) -> bool {
        let (spec, outcome) = (self.spec.read(), self.outcome.read());
        let is_of_them = |of: &Arc<Outcome>| of.spec.data.has_rows_of(of.spec.seed, &spec.data, spec.seed);
        spec.data.source == Source::Table && !outcome.as_ref().is_some_and(is_of_them)
    }

    /// What the page shows of what not every reader sees. Tracked.
    pub fn extras(&self) -> Extras {
        Extras { population: self.all_metrics.get(), diagnosis: self.stage.get() == Stage::Resample }
    }

    /// Freezes what is on screen as the baseline.
    pub fn pin(&self) {
        let spec = self.spec.get_untracked();
        let outcome = self.outcome.get_untracked().filter(|outcome| *outcome.spec == spec);
        self.pinned.set(outcome);
        self.pin.set(Some(Pin { spec, threshold: self.threshold.get_untracked() }));
        self.commit();
    }

    /// Lets the baseline go.
    pub fn unpin(&self) {
        self.pin.set(None);
        self.pinned.set(None);
        self.commit();
    }

    /// Everything back to the first example, with the present seed.
    pub fn reset(&self) {
        let mut link = Link::default();
        link.spec.seed = self.spec.read_untracked().seed;
        self.show(link);
        self.commit();
    }

    /// Draws the data anew with `seed`: it takes the place of the data's own seed where they have one, else of the lab
    /// seed. Rows of a table are not drawn, so there it is the lab seed in any case. What was drawn by hand stays.
    pub fn regenerate(&self, seed: u32) {
        self.decide(|spec| match &mut spec.data.seed {
            Some(own) if spec.data.source != Source::Table => *own = seed,
            _ => spec.seed = seed,
        });
    }

    /// Shows what a link says, as a step that Undo takes back. Its notes join the notices.
    pub fn open(&self, link: Link, notes: Vec<String>) {
        self.show(link);
        let link = self.link_untracked();
        self.history.update(|history| {
            history.commit(link);
        });
        for note in notes {
            self.notify(note);
        }
    }

    /// Like [`Lab::open`], but as the beginning: there is nothing before it to return to.
    pub fn begin(&self, link: Link, notes: Vec<String>) {
        self.open(link, notes);
        self.history.set(History::new(self.link_untracked()));
    }

    /// Shows the controls of a stage. What was being dragged is let go: its control goes away.
    pub fn select_stage(&self, stage: Stage) {
        self.commit();
        self.stage.set(stage);
    }

    /// Tells the reader something, once.
    pub fn notify(&self, sentence: impl Into<String>) {
        let sentence = sentence.into();
        self.notices.update(|notices| {
            if !notices.contains(&sentence) {
                notices.push(sentence);
            }
        });
    }

    /// Takes the notice at `index` away.
    pub fn dismiss(&self, index: usize) {
        self.notices.update(|notices| {
            if index < notices.len() {
                notices.remove(index);
            }
        });
    }

    fn show(&self, link: Link) {
        let Link { spec, view, pin } = link;
        let pin = pin.map(|pin| *pin);
        if self.spec.read_untracked().data.source != spec.data.source {
            put(self.window, None);
        }
        put(self.playing, false);
        put(self.highlight, Highlight::None);
        if self.pin.read_untracked().as_ref().map(|pin| &pin.spec) != pin.as_ref().map(|pin| &pin.spec) {
            self.pinned.set(None);
        }
        put(self.spec, spec);
        put(self.threshold, view.threshold);
        put(self.step, view.step);
        put(self.layers, view.layers);
        put(self.region, view.region);
        put(self.pin, pin);
    }
}
