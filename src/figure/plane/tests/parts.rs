//! Which rows are on the plane: of which part, and drawn by whom.

use super::*;

#[test]
fn a_layer_that_is_off_hides_its_rows_but_the_legend_still_counts_what_could_be_shown() {
    let report = report();
    let layers = Layers { synthetic: false, removed: false, test: false, ..ALL };
    let scene = Scene::new(&report, None, layers);
    assert_eq!((scene.counts.synthetic, scene.counts.removed), (1, 1));
    assert_eq!(scene.dots.len(), 5);
    assert_eq!((scene.counts.majority, scene.counts.minority), (3, 2));
    let none = Layers { train: false, ..layers };
    assert!(Scene::new(&report, None, none).dots.is_empty());
}

#[test]
fn what_was_drawn_by_hand_is_seen_in_whichever_part_it_fell() {
    let mut report = report();
    // The last row drawn fell into the test part, the one before into the training part.
    (report.train, report.test, report.drawn) = (vec![1, 2, 3, 4, 5, 6], vec![0, 7], 2);
    let rows = |layers| -> Vec<(u32, Kind)> {
        let scene = Scene::new(&report, Some(0), layers);
        let mut rows: Vec<_> = scene.dots.iter().map(|dot| (dot.row.unwrap(), dot.kind)).collect();
        rows.sort_by_key(|row| row.0);
        rows
    };
    let (train, test) = (Layers { test: false, ..ALL }, Layers { train: false, ..ALL });
    assert_eq!(rows(train).last(), Some(&(7, Kind::Test)));
    assert_eq!(rows(train).len(), 7);
    assert_eq!(rows(test), [(0, Kind::Test), (6, Kind::Train), (7, Kind::Test)]);
    assert_eq!(rows(ALL).len(), 8);
}

#[test]
fn without_a_split_no_row_is_drawn_twice() {
    let mut report = report();
    report.train = (0..8).collect();
    report.test = (0..8).collect();
    report.chain = Chain {
        pool_x: report.data.x.clone(),
        pool_hidden: Rows::default(),
        pool_y: report.data.y.clone(),
        pool_origin: vec![Origin::Original; 8],
        stages: Vec::new(),
        output: (0..8).collect(),
    };
    report.scaler = None;
    let scene = Scene::new(&report, None, ALL);
    assert_eq!(scene.dots.len(), 8);
    report.drawn = 2;
    for (train, test, expected) in [(true, true, 8), (true, false, 8), (false, true, 8), (false, false, 0)] {
        let layers = Layers { train, test, ..ALL };
        assert_eq!(Scene::new(&report, None, layers).dots.len(), expected, "{layers:?}");
    }
    let wrong: usize = scene.errors(&report, 0.5, &Look::LIGHT).iter().map(|g| g.at.len()).sum();
    assert_eq!(wrong, 1, "row 7 is majority with score 0.8");
}
