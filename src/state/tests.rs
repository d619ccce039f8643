//! What undo, redo, pin, reset and an opened link do to the signals.

use leptos::prelude::*;

use super::{Highlight, Lab};
use crate::experiment::{Link, Spec};
use crate::model::Classifier;
use crate::resample::{Sampler, SamplerStage};

#[test]
fn undo_and_redo_cover_drawing_and_threshold() {
    Owner::new().with(|| {
        let lab = Lab::new();
        lab.decide(|spec| spec.data.edits.added.push(([1.0, 2.0], 1)));
        lab.set_threshold(0.2);
        lab.set_threshold(0.3);
        lab.commit();
        lab.undo();
        assert_eq!(lab.threshold.get_untracked(), 0.5);
        assert_eq!(lab.spec.get_untracked().data.edits.added.len(), 1);
        lab.undo();
        assert!(lab.spec.get_untracked().data.edits.added.is_empty());
        assert!(!lab.can_undo() && lab.can_redo());
        lab.redo();
        lab.redo();
        assert_eq!(lab.threshold.get_untracked(), 0.3);
        assert_eq!(lab.spec.get_untracked().data.edits.added.len(), 1);
    });
}

#[test]
fn a_drag_makes_one_entry() {
    Owner::new().with(|| {
        let lab = Lab::new();
        for i in 1..100 {
            lab.edit(|spec| spec.data.imbalance_ratio = f64::from(i));
        }
        lab.commit();
        lab.undo();
        assert_eq!(lab.spec.get_untracked(), Spec::default());
        assert!(!lab.can_undo());
    });
}

#[test]
fn undo_takes_a_change_back_that_was_not_yet_committed() {
    Owner::new().with(|| {
        let lab = Lab::new();
        lab.edit(|spec| spec.scale = true);
        assert!(lab.can_undo());
        lab.undo();
        assert!(!lab.spec.get_untracked().scale);
        lab.redo();
        assert!(lab.spec.get_untracked().scale);
    });
}

#[test]
fn reset_keeps_the_seed_and_can_be_undone() {
    Owner::new().with(|| {
        let lab = Lab::new();
        lab.regenerate(7);
        lab.decide(|spec| spec.test_size = 0.5);
        lab.reset();
        assert_eq!(lab.spec.get_untracked(), Spec { seed: 7, ..Spec::default() });
        lab.undo();
        assert_eq!(lab.spec.get_untracked().test_size, 0.5);
    });
}

#[test]
fn an_opened_link_can_be_left_by_undo_and_adds_no_entry_to_the_browsers_history() {
    Owner::new().with(|| {
        let lab = Lab::new();
        let mut link = Link::default();
        link.view.threshold = 0.9;
        lab.open(link.clone(), vec!["a note".to_owned()]);
        assert_eq!(lab.link(), link);
        assert_eq!(lab.notices.get_untracked(), vec!["a note".to_owned()]);
        assert_eq!(lab.commits.get_untracked(), 0);
        lab.undo();
        assert_eq!(lab.link(), Link::default());
    });
}

#[test]
fn a_change_of_rows_lets_go_of_what_named_them() {
    Owner::new().with(|| {
        let lab = Lab::new();
        lab.set_step(Some(12));
        lab.highlight.set(Highlight::Row(3));
        lab.edit(|spec| spec.classifier = Classifier::MajorityDummy);
        assert_eq!(lab.step.get_untracked(), Some(12));
        lab.edit(|spec| spec.seed += 1);
        assert_eq!(lab.step.get_untracked(), None);
        assert_eq!(lab.highlight.get_untracked(), Highlight::None);
    });
}

#[test]
fn going_back_to_a_resampling_keeps_the_threshold_and_is_undone() {
    Owner::new().with(|| {
        let lab = Lab::new();
        let stage = |name| SamplerStage::new(Sampler::named(name).unwrap());
        lab.decide(|spec| spec.samplers = vec![stage("SMOTE")]);
        lab.decide(|spec| spec.samplers = vec![stage("TomekLinks")]);
        lab.set_threshold(0.2);
        let listed = lab.applied();
        assert_eq!(listed.len(), 3);
        lab.go_back(listed[1].clone());
        assert_eq!(lab.spec.get_untracked().samplers, [stage("SMOTE")]);
        assert_eq!(lab.threshold.get_untracked(), 0.2);
        lab.undo();
        assert_eq!(lab.spec.get_untracked().samplers, [stage("TomekLinks")]);
        assert_eq!(lab.threshold.get_untracked(), 0.2);
    });
}

#[test]
fn pinning_keeps_the_spec_and_unpinning_is_undone() {
    Owner::new().with(|| {
        let lab = Lab::new();
        lab.pin();
        lab.decide(|spec| spec.scale = true);
        assert!(!lab.pin.get_untracked().is_some_and(|pin| pin.spec.scale));
        lab.unpin();
        lab.undo();
        assert!(lab.pin.get_untracked().is_some());
    });
}
