//! Rows of which nothing can be computed, and are seen all the same.

use leptos::prelude::*;

use crate::dataset::{CLASSES, COLUMNS, Dataset, Source, Table};
use crate::figure::plane::Scene;
use crate::state::Lab;

/// Rows of a specification that cannot be run, drawn, pasted or generated.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sketch {
    pub rows: Dataset,
    pub scene: Scene,
    /// Whether these are all rows that there are. Else they were drawn on top of generated ones.
    pub is_all: bool,
    /// Names of the axes.
    pub columns: [String; 2],
    /// Names of the classes.
    pub classes: [String; 2],
}

/// The rows at hand of a specification that `failed`, when the last result is not of them; those that were generated,
/// when there is no last result.
pub(super) fn sketch(lab: Lab, failed: bool) -> Option<Sketch> {
    let (spec, outcome) = (lab.spec.read(), lab.outcome.read());
    let refused = lab.refused.get().filter(|_| failed && spec.data.source != Source::Table);
    if let Some(Table { x, y, columns, classes }) = refused.as_deref().map(|refused| &refused.rows) {
        let rows = Dataset { x: x.clone(), y: y.clone() };
        let (columns, classes) = (columns.clone(), classes.clone());
        return Some(Sketch { scene: Scene::sketch(&rows), rows, is_all: true, columns, classes });
    }
    if !failed || outcome.as_ref().is_some_and(|outcome| outcome.spec.data == spec.data) {
        return None;
    }
    let (rows, is_all) = (spec.data.rows_at_hand(), spec.data.source == Source::Table);
    let named = |of: fn(&Table) -> &[String; 2], else_: [&str; 2]| {
        spec.data.table.as_deref().filter(|_| is_all).map_or_else(|| else_.map(String::from), |table| of(table).clone())
    };
    (is_all || !rows.is_empty()).then(|| Sketch {
        scene: Scene::sketch(&rows),
        rows,
        is_all,
        columns: named(|table| &table.columns, COLUMNS),
        classes: named(|table| &table.classes, CLASSES),
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::dataset::DataSpec;
    use crate::experiment::Runner;
    use crate::state::{Outcome, Refused};

    fn outcome(lab: Lab) -> Arc<Outcome> {
        let spec = lab.spec.get_untracked();
        let ran = Runner::default().run(&spec).unwrap();
        let (surface, report) = (Arc::new(ran.surface(None, 8)), Arc::new(ran.report));
        Arc::new(Outcome { spec: Arc::new(spec), report, surface, follows: true, timings: Vec::new() })
    }

    #[test]
    fn what_is_drawn_on_data_that_cannot_be_run_is_sketched() {
        Owner::new().with(|| {
            let lab = Lab::new();
            lab.edit(|spec| spec.data = DataSpec { n_samples: 50, ..spec.data.clone() });
            lab.outcome.set(Some(outcome(lab)));
            lab.decide(|spec| spec.data = DataSpec::default_for(Source::Table));
            assert!(lab.awaits_own_data());
            assert_eq!(sketch(lab, true).map(|sketch| sketch.rows.len()), Some(0), "an empty sheet, not the old data");
            for n in 1..4 {
                lab.decide(|spec| spec.data.edits.added.push(([f64::from(n), 0.5], 0)));
                let sketched = sketch(lab, true).unwrap();
                assert!(sketched.is_all && sketched.scene.counts.majority == n as usize);
            }
            assert_eq!(sketch(lab, false), None, "what can be run is not sketched");
            lab.decide(|spec| spec.data.edits.added.extend([([1.0, 2.0], 1), ([2.0, 2.0], 1)]));
            lab.outcome.set(Some(outcome(lab)));
            assert_eq!(sketch(lab, true), None, "the result is of these rows");
            assert!(!lab.awaits_own_data());
        });
    }

    #[test]
    fn a_table_that_cannot_be_run_keeps_its_names() {
        Owner::new().with(|| {
            let lab = Lab::new();
            let names = |names: [&str; 2]| names.map(String::from);
            let (columns, classes) = (names(["age", "dose"]), names(["well", "ill"]));
            let table = Table { x: vec![[1.0, 2.0]], y: vec![1], columns: columns.clone(), classes: classes.clone() };
            lab.decide(|spec| {
                spec.data = DataSpec { table: Some(Arc::new(table)), ..DataSpec::default_for(Source::Table) };
            });
            let sketched = sketch(lab, true).unwrap();
            assert_eq!((sketched.columns, sketched.classes), (columns, classes));
            lab.decide(|spec| spec.data.table = None);
            assert_eq!(sketch(lab, true).unwrap().classes, CLASSES);
        });
    }

    #[test]
    fn generated_rows_that_were_refused_at_once_are_sketched_until_there_is_a_result() {
        Owner::new().with(|| {
            let lab = Lab::new();
            let names = |names: [&str; 2]| names.map(String::from);
            let rows = Table {
                x: vec![[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]],
                y: vec![0, 1, 1],
                columns: names(["x1", "x2"]),
                classes: names(["majority", "minority"]),
            };
            let spec = Arc::new(lab.spec.get_untracked());
            lab.refused.set(Some(Arc::new(Refused { spec, rows: rows.clone() })));
            let sketched = sketch(lab, true).unwrap();
            assert!(sketched.is_all && sketched.rows.x == rows.x && sketched.scene.counts.minority == 2);
            assert_eq!((sketched.columns, sketched.classes), (rows.columns, rows.classes));
            assert_eq!(sketch(lab, false), None, "what can be run is not sketched");
            lab.edit(|spec| spec.data = DataSpec::default_for(Source::Table));
            assert_eq!(sketch(lab, true).map(|sketch| sketch.rows.len()), Some(0), "an empty sheet, not the old rows");
        });
    }

    #[test]
    fn of_generated_data_only_the_drawn_points_are_sketched() {
        Owner::new().with(|| {
            let lab = Lab::new();
            assert_eq!(sketch(lab, true), None);
            lab.decide(|spec| spec.data.edits.added.push(([1.0, 2.0], 1)));
            let sketched = sketch(lab, true).unwrap();
            assert!(!sketched.is_all && sketched.rows.x == [[1.0, 2.0]]);
        });
    }
}
