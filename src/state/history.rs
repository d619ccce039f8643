//! Undo and redo: the links that were committed, the one that stands, and those that were undone.
//!
//! The past is a list of whole links. They are small (the one large part, a table, is shared), so nothing has to be
//! replayed backwards and nothing can be forgotten: drawing, threshold and baseline are undone like any dial. Only
//! the position of the stepper is no decision, so it makes no entry.

use crate::experiment::{Link, Spec};
use crate::resample::SamplerStage;

/// More steps than anybody counts; a limit so that a long afternoon of drawing does not grow without end.
const MAX_PAST: usize = 500;

/// So many resamplings are listed.
const LISTED: usize = 8;

/// The committed links around the present one.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    past: Vec<Link>,
    present: Link,
    future: Vec<Link>,
}

impl History {
    /// A history that begins at `present`.
    pub fn new(present: Link) -> History {
        History { past: Vec::new(), present, future: Vec::new() }
    }

    /// The link committed last.
    pub fn present(&self) -> &Link {
        &self.present
    }

    /// Whether `link` says something else than the present entry (the stepper's position aside).
    pub fn differs(&self, link: &Link) -> bool {
        self.present.spec != link.spec
            || self.present.pin != link.pin
            || self.present.view.threshold != link.view.threshold
            || self.present.view.layers != link.view.layers
            || self.present.view.region != link.view.region
    }

    /// Makes `link` the present entry. Returns whether that was news; what had been undone is then forgotten.
    pub fn commit(&mut self, link: Link) -> bool {
        if !self.differs(&link) {
            return false;
        }
        self.past.push(std::mem::replace(&mut self.present, link));
        if self.past.len() > MAX_PAST {
            self.past.remove(0);
        }
        self.future.clear();
        true
    }

    /// The specifications with different resamplings that led here, newest first, each as it stood last. The present one
    /// comes first; what was undone is not among them.
    pub fn applied(&self) -> Vec<&Spec> {
        fn samplers(spec: &Spec) -> &[SamplerStage] {
            if spec.off.resample { &[] } else { &spec.samplers }
        }
        let mut listed = vec![&self.present.spec];
        let mut after = samplers(&self.present.spec);
        for link in self.past.iter().rev() {
            let these = samplers(&link.spec);
            let changed = these != after;
            after = these;
            if changed && !listed.contains(&&link.spec) {
                listed.push(&link.spec);
                if listed.len() == LISTED {
                    break;
                }
            }
        }
        listed
    }

    /// Steps back; the link to show, or `None` at the beginning.
    pub fn undo(&mut self) -> Option<&Link> {
        let earlier = self.past.pop()?;
        self.future.push(std::mem::replace(&mut self.present, earlier));
        Some(&self.present)
    }

    /// Steps forward again; the link to show, or `None` at the end.
    pub fn redo(&mut self) -> Option<&Link> {
        let later = self.future.pop()?;
        self.past.push(std::mem::replace(&mut self.present, later));
        Some(&self.present)
    }

    /// Whether there is something to undo when `current` is on screen: a change not yet committed counts.
    pub fn can_undo(&self, current: &Link) -> bool {
        !self.past.is_empty() || self.differs(current)
    }

    /// Whether there is something to redo when `current` is on screen.
    pub fn can_redo(&self, current: &Link) -> bool {
        !self.future.is_empty() && !self.differs(current)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resample::Sampler;

    fn at(threshold: f64) -> Link {
        let mut link = Link::default();
        link.view.threshold = threshold;
        link
    }

    #[test]
    fn undo_then_redo_returns_to_the_same_link() {
        let mut history = History::new(at(0.5));
        assert!(history.commit(at(0.4)));
        assert!(history.commit(at(0.3)));
        assert_eq!(history.undo(), Some(&at(0.4)));
        assert_eq!(history.undo(), Some(&at(0.5)));
        assert_eq!(history.undo(), None);
        assert_eq!(history.redo(), Some(&at(0.4)));
        assert_eq!(history.redo(), Some(&at(0.3)));
        assert_eq!(history.redo(), None);
    }

    #[test]
    fn a_new_commit_forgets_what_was_undone() {
        let mut history = History::new(at(0.5));
        history.commit(at(0.4));
        history.undo();
        history.commit(at(0.7));
        assert!(!history.can_redo(&at(0.7)));
        assert_eq!(history.undo(), Some(&at(0.5)));
    }

    #[test]
    fn committing_the_same_link_twice_makes_one_entry() {
        let mut history = History::new(at(0.5));
        assert!(history.commit(at(0.4)));
        assert!(!history.commit(at(0.4)));
        assert_eq!(history.undo(), Some(&at(0.5)));
        assert_eq!(history.undo(), None);
    }

    #[test]
    fn the_position_of_the_stepper_makes_no_entry() {
        let mut history = History::new(at(0.5));
        let mut stepped = at(0.5);
        stepped.view.step = Some(7);
        assert!(!history.commit(stepped));
    }

    #[test]
    fn a_change_not_yet_committed_can_be_undone() {
        let history = History::new(at(0.5));
        assert!(history.can_undo(&at(0.2)));
        assert!(!history.can_undo(&at(0.5)));
    }

    fn with(method: Option<&str>, seed: u32) -> Link {
        let mut link = Link::default();
        link.spec.samplers = method.and_then(Sampler::named).map(SamplerStage::new).into_iter().collect();
        link.spec.seed = seed;
        link
    }

    fn listed(history: &History) -> Vec<(Vec<&'static str>, u32)> {
        let names = |spec: &&Spec| spec.samplers.iter().map(|stage| stage.sampler.name()).collect();
        history.applied().iter().map(|spec| (names(spec), spec.seed)).collect()
    }

    #[test]
    fn resamplings_are_listed_newest_first_each_as_it_stood_last() {
        let mut history = History::new(with(None, 1));
        for (method, seed) in [(Some("SMOTE"), 1), (Some("SMOTE"), 2), (Some("TomekLinks"), 2)] {
            history.commit(with(method, seed));
        }
        assert_eq!(listed(&history), [(vec!["TomekLinks"], 2), (vec!["SMOTE"], 2), (vec![], 1)]);
    }

    #[test]
    fn a_resampling_gone_back_to_is_listed_once_and_one_undone_is_not() {
        let mut history = History::new(with(None, 1));
        history.commit(with(Some("SMOTE"), 1));
        history.commit(with(None, 1));
        assert_eq!(listed(&history), [(vec![], 1), (vec!["SMOTE"], 1)]);
        history.undo();
        assert_eq!(listed(&history), [(vec!["SMOTE"], 1), (vec![], 1)]);
        history.undo();
        assert_eq!(listed(&history), [(vec![], 1)]);
    }

    #[test]
    fn not_more_resamplings_are_listed_than_can_be_looked_over() {
        let mut history = History::new(with(None, 0));
        for seed in 1..30 {
            history.commit(with((seed % 2 == 0).then_some("SMOTE"), seed));
        }
        assert_eq!(history.applied().len(), LISTED);
    }

    #[test]
    fn the_past_is_bounded() {
        let mut history = History::new(at(0.0));
        for i in 1..=(2 * MAX_PAST) {
            history.commit(at(i as f64 / 1e4));
        }
        let mut undone = 0;
        while history.undo().is_some() {
            undone += 1;
        }
        assert_eq!(undone, MAX_PAST);
    }
}
