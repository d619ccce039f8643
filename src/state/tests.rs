//! What undo, redo, pin, reset and an opened link do to the signals.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Highlight, Lab};
use crate::dataset::{DataSpec, Source, Table};
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

/// A lab in which rows 3 and 8 of the source were erased and a point was drawn.
fn edited(data: DataSpec) -> Lab {
    let lab = Lab::new();
    lab.decide(|spec| spec.data = data);
    lab.decide(|spec| spec.data.edits.erased = vec![3, 8]);
    lab.decide(|spec| spec.data.edits.added.push(([1.0, 2.0], 1)));
    lab
}

#[test]
fn erased_rows_are_back_when_their_index_would_name_others() {
    let changes: [fn(&Lab); 5] = [
        |lab| lab.decide(|spec| spec.data.imbalance_ratio = 7.0),
        |lab| lab.decide(|spec| spec.data.n_samples = 300),
        |lab| lab.decide(|spec| spec.data.seed = Some(7)),
        |lab| lab.decide(|spec| spec.seed = 7),
        |lab| lab.regenerate(7),
    ];
    for (at, change) in changes.into_iter().enumerate() {
        Owner::new().with(|| {
            let lab = edited(DataSpec::default());
            change(&lab);
            let edits = lab.spec.get_untracked().data.edits;
            assert_eq!((edits.erased.len(), edits.added.len()), (0, 1), "change {at}");
            let said = lab.notices.get_untracked();
            assert_eq!(said, ["The 2 erased points are back, because the data were drawn anew."], "change {at}");
            lab.undo();
            assert_eq!(lab.spec.get_untracked().data.edits.erased, [3, 8], "change {at}");
            lab.redo();
            assert!(lab.spec.get_untracked().data.edits.erased.is_empty(), "change {at}");
        });
    }
}

#[test]
fn erased_rows_stay_erased_as_long_as_their_index_names_them() {
    let table = Table { x: vec![[0.5, 1.5]; 20], y: vec![0; 20], ..Table::default() };
    let own = DataSpec { table: Some(Arc::new(table)), ..DataSpec::default_for(Source::Table) };
    for data in [own.clone(), DataSpec::default()] {
        Owner::new().with(|| {
            let lab = edited(data);
            lab.decide(|spec| spec.test_size = 0.5);
            lab.decide(|spec| spec.data.hidden = 4);
            lab.decide(|spec| spec.data.edits.added.clear());
            assert_eq!(lab.spec.get_untracked().data.edits.erased, [3, 8]);
            assert!(lab.notices.get_untracked().is_empty());
        });
    }
    Owner::new().with(|| {
        let lab = edited(own);
        lab.regenerate(7);
        assert_eq!(lab.spec.get_untracked().data.edits.erased, [3, 8]);
        assert!(lab.notices.get_untracked().is_empty());
    });
}

#[test]
fn going_back_to_a_resampling_brings_its_own_erased_rows() {
    Owner::new().with(|| {
        let lab = edited(DataSpec::default());
        lab.decide(|spec| spec.samplers = vec![SamplerStage::new(Sampler::named("SMOTE").unwrap())]);
        lab.decide(|spec| spec.data.n_samples = 300);
        lab.decide(|spec| spec.samplers.clear());
        lab.decide(|spec| spec.data.edits.erased = vec![3, 8]);
        let was = lab.applied()[1].clone();
        lab.go_back(Spec { data: DataSpec { n_samples: 400, ..lab.spec.get_untracked().data }, ..was });
        assert_eq!(lab.spec.get_untracked().data.edits.erased, [3, 8]);
    });
}

#[test]
fn regenerating_changes_the_seed_that_the_data_are_drawn_with() {
    let seeds = |lab: &Lab| lab.spec.with_untracked(|spec| (spec.data.seed, spec.seed));
    Owner::new().with(|| {
        let lab = Lab::new();
        lab.regenerate(7);
        assert_eq!(seeds(&lab), (None, 7));
        lab.decide(|spec| spec.data.seed = Some(1));
        lab.regenerate(9);
        assert_eq!(seeds(&lab), (Some(9), 7), "the split and the samplers keep theirs");
        // Of an own table the seed draws nothing but the split.
        lab.decide(|spec| spec.data.source = Source::Table);
        lab.regenerate(11);
        assert_eq!(seeds(&lab), (Some(9), 11));
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
