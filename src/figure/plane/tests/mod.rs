//! The plane of a made-up report whose chain is SMOTE-like and then Tomek-like, played by hand.

mod parts;

use super::*;
use crate::base::Rows;
use crate::dataset::Dataset;
use crate::experiment::{Layers, Report, Surface, View, Window};
use crate::metrics::Sweep;
use crate::model::Model;
use crate::resample::{
    Centers, Chain, NeighborTable, Origin, OutputOrder, Sampler, StageTrace, Step, TableUse, Verdict,
};
use crate::split::StandardScaler;

const ALL: Layers = Layers { train: true, test: true, synthetic: true, removed: true, surface: true, bayes: true };

/// Six training rows (four majority), two test rows; one row generated between 4 and 5, then a link (3, 4) that
/// removes 3. The scaler halves and shifts.
fn report() -> Report {
    let x = vec![[9.0, 9.0], [0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [2.0, 2.0], [3.0, 2.0], [3.0, 4.0], [-1.0, 5.0]];
    let y = vec![1, 0, 0, 0, 0, 1, 1, 0];
    let train = vec![1, 2, 3, 4, 5, 6];
    let scaler = StandardScaler { mean: [1.0, -1.0], var: [4.0, 16.0], scale: [2.0, 4.0] };
    let scaled = |p: [f64; 2]| [(p[0] - 1.0) / 2.0, (p[1] + 1.0) / 4.0];
    let mut pool_x: Vec<_> = train.iter().map(|&r| scaled(x[r as usize])).collect();
    pool_x.push(scaled([3.0, 2.5]));
    let mut pool_origin = vec![Origin::Original; 6];
    pool_origin.push(Origin::Between { base: 4, neighbor: 5, gap: 0.25 });
    let chain = Chain {
        pool_x,
        pool_hidden: Rows::default(),
        pool_y: vec![0, 0, 0, 0, 1, 1, 1],
        pool_origin,
        stages: vec![
            StageTrace {
                sampler: Sampler::named("SMOTE").unwrap(),
                seed: 42,
                only: None,
                input: (0..6).collect(),
                steps: vec![Step::Add { row: 6 }],
                order: OutputOrder::AsGiven,
                output: (0..7).collect(),
                tables: vec![NeighborTable {
                    purpose: TableUse::Interpolate,
                    bases: vec![4, 5],
                    neighbors: vec![5, 4],
                    width: 1,
                    since: 0,
                }],
                phases: Vec::new(),
                centers: Vec::new(),
                thresholds: Vec::new(),
            },
            StageTrace {
                sampler: Sampler::named("TomekLinks").unwrap(),
                seed: 42,
                only: None,
                input: (0..7).collect(),
                steps: vec![Step::Link { a: 3, b: 4, remove_a: true, remove_b: false, distance: 1.0 }],
                order: OutputOrder::AsGiven,
                output: vec![0, 1, 2, 4, 5, 6],
                tables: Vec::new(),
                phases: Vec::new(),
                centers: Vec::new(),
                thresholds: Vec::new(),
            },
        ],
        output: vec![0, 1, 2, 4, 5, 6],
    };
    let scores = vec![0.7, 0.1, 0.2, 0.3, 0.4, 0.6, 0.9, 0.8];
    Report {
        data: Dataset { x, y },
        drawn: 0,
        columns: ["width".into(), "height".into()],
        classes: ["majority".into(), "minority".into()],
        train,
        test: vec![0, 7],
        scaler: Some(scaler),
        chain,
        model: Model::MajorityDummy { probability: 0.0 },
        scores,
        sweep: Sweep { thresholds: vec![0.8, 0.7], tps: vec![0.0, 1.0], fps: vec![1.0, 1.0], n_pos: 1.0, n_neg: 1.0 },
        brier_score_loss: 0.0,
        log_loss: 0.0,
        hardness: None,
        relative_contrast: None,
        diagnosis: Some(Vec::new()),
        population: None,
        notes: Vec::new(),
    }
}

fn surface(n: u32) -> Surface {
    let window = Window { x0: -3.0, y0: -2.0, x1: 11.0, y1: 11.0 };
    let at = |i: u32, low: f64, high: f64| low + (f64::from(i) + 0.5) * (high - low) / f64::from(n);
    let cells = || (0..n * n).map(|i| (at(i % n, -3.0, 11.0), at(i / n, -2.0, 11.0)));
    let sigmoid = |v: f64| (1.0 / (1.0 + (-v).exp())) as f32;
    Surface {
        window,
        nx: n,
        ny: n,
        model: cells().map(|(x, y)| sigmoid(2.0 - ((x - 4.0) / 2.0).powi(2) - ((y - 4.0) / 3.0).powi(2))).collect(),
        bayes: cells().map(|(x, y)| sigmoid(x + y - 8.0)).collect(),
    }
}

fn of_kind(scene: &Scene, kind: Kind) -> Vec<Dot> {
    scene.dots.iter().copied().filter(|dot| dot.kind == kind).collect()
}

#[test]
fn the_scene_at_every_step_holds_what_the_chain_holds() {
    let report = report();
    let expected = [(0, 0, 6), (1, 0, 6), (1, 1, 5)];
    for (step, (synthetic, removed, train)) in expected.into_iter().enumerate() {
        let scene = Scene::new(&report, Some(step as u32), ALL);
        assert_eq!((scene.counts.synthetic, scene.counts.removed), (synthetic, removed), "step {step}");
        assert_eq!(of_kind(&scene, Kind::Train).len(), train);
        assert_eq!(of_kind(&scene, Kind::Test).len(), 2);
        assert_eq!(scene.counts.majority + scene.counts.minority, train + 2);
    }
    let end = Scene::new(&report, None, ALL);
    assert_eq!(end, Scene::new(&report, Some(2), ALL));
    let mut present: Vec<u32> =
        end.dots.iter().filter(|dot| dot.kind != Kind::Removed).filter_map(|dot| dot.pool).collect();
    present.sort_unstable();
    assert_eq!(present, report.chain.output);
}

#[test]
fn generated_rows_stand_in_the_data_space_and_originals_exactly_where_the_data_says() {
    let report = report();
    let scene = Scene::new(&report, None, ALL);
    let synthetic = of_kind(&scene, Kind::Synthetic);
    assert_eq!(synthetic.len(), 1);
    assert!((synthetic[0].at[0] - 3.0).abs() < 1e-12 && (synthetic[0].at[1] - 2.5).abs() < 1e-12);
    for dot in &scene.dots {
        if let Some(row) = dot.row {
            assert_eq!(dot.at, report.data.x[row as usize]);
            assert_eq!(dot.class, report.data.y[row as usize]);
        }
    }
}

#[test]
fn test_rows_on_the_wrong_side_are_outlined_and_follow_the_threshold() {
    let report = report();
    let scene = Scene::new(&report, None, ALL);
    let wrong = |t: f64| -> Vec<[f64; 2]> {
        scene.errors(&report, t, &Look::LIGHT).into_iter().flat_map(|group| group.at).collect()
    };
    assert_eq!(wrong(0.5), vec![[-1.0, 5.0]]);
    assert_eq!(wrong(0.75).len(), 2);
    assert_eq!(wrong(0.7), vec![[-1.0, 5.0]], "a score equal to the threshold is called positive");
    assert_eq!(wrong(0.95), vec![[9.0, 9.0]]);
}

#[test]
fn the_marks_carry_every_dot_and_removed_rows_a_stroke_as_well() {
    let report = report();
    let scene = Scene::new(&report, None, ALL);
    let marks = scene.marks(&Look::LIGHT);
    let count = |shape: Shape| marks.iter().filter(|m| m.shape == shape).map(|m| m.at.len()).sum::<usize>();
    assert_eq!(count(Shape::Disc), 7);
    assert_eq!(count(Shape::Diamond), 2);
    assert_eq!(count(Shape::Slash), 1);
    let rings = marks.iter().find(|m| m.ink.fill.is_none() && m.shape == Shape::Disc).unwrap();
    assert_eq!(rings.ink.stroke.unwrap().0.rgb, Look::LIGHT.minority.rgb, "the minority's hue, never a third colour");
}

#[test]
fn the_step_in_focus_shows_base_neighbours_choice_and_what_came_of_it() {
    let report = report();
    assert_eq!(Focus::new(&report, 0), None);
    let added = Focus::new(&report, 1).unwrap();
    assert_eq!(added.ringed, vec![[3.0, 2.0]]);
    assert_eq!(added.dotted, vec![[[3.0, 2.0], [3.0, 4.0]]]);
    let ([from, to], class) = added.arrival.unwrap();
    assert_eq!((from, class), ([3.0, 2.0], 1));
    assert!((to[1] - 2.5).abs() < 1e-12);
    let link = Focus::new(&report, 2).unwrap();
    assert_eq!(link.removed, vec![([2.0, 2.0], 0)]);
    assert_eq!(link.kept, vec![([3.0, 2.0], 1)]);
}

/// The same, but the rows that SMOTE starts from are judged first, and centres move.
fn judging() -> Report {
    let mut report = report();
    let stage = &mut report.chain.stages[0];
    let judge = |row, verdict| Step::Judge { row, others: 1, verdict };
    stage.steps.splice(0..0, [judge(4, Verdict::Danger), judge(5, Verdict::Safe)]);
    let at = |since, x| Centers { since, at: vec![[x, 0.0], [0.0, x]], batch: None };
    stage.centers = vec![at(1, 0.0), at(2, 1.0)];
    report
}

fn strokes(marks: &[Marks], shape: Shape, colour: Colour) -> usize {
    let wanted = |m: &&Marks| m.shape == shape && m.ink.stroke.is_some_and(|(stroke, _)| stroke == colour);
    marks.iter().filter(wanted).map(|m| m.at.len()).sum()
}

#[test]
fn verdicts_stand_around_their_rows_while_the_stage_plays_each_in_its_own_form() {
    let report = judging();
    let look = Look::LIGHT;
    let at = |step: Option<u32>| {
        let marks = Scene::new(&report, step, ALL).marks(&look);
        (strokes(&marks, Shape::Square, look.danger), strokes(&marks, Shape::Disc, look.safe))
    };
    assert_eq!([at(Some(0)), at(Some(1)), at(Some(2)), at(Some(3))], [(0, 0), (1, 0), (1, 1), (1, 1)]);
    assert_eq!(at(Some(4)), (0, 0), "the next stage has judged nobody");
    assert_eq!(at(None), (0, 0), "the end shows the result");
    let none = Layers { train: false, ..ALL };
    assert!(Scene::new(&report, Some(2), none).found.is_empty(), "no mark without its row");
}

#[test]
fn a_mixed_row_is_a_square_between_the_colours_of_its_classes() {
    let mut report = report();
    let marks = |label, report: &mut Report| {
        report.chain.pool_origin[6] = Origin::Mixed { a: 4, b: 0, share: 0.7, label };
        let scene = Scene::new(report, None, ALL);
        let made = of_kind(&scene, Kind::Synthetic)[0];
        let title = card(report, &made).title;
        let hollow = scene.marks(&Look::LIGHT).into_iter().find(|m| m.ink.fill.is_none() && m.at == [made.at]);
        let marks = hollow.expect("hollow");
        (marks.shape, marks.ink.stroke.expect("an outline").0.rgb, title.contains("Mixed"))
    };
    let Look { majority, minority, .. } = Look::LIGHT;
    assert_eq!(marks(0.7, &mut report), (Shape::Square, minority.mix(majority, 0.3).rgb, true));
    assert_eq!(marks(0.52, &mut report), (Shape::Square, minority.mix(majority, 0.5).rgb, true));
    assert_eq!(marks(1.0, &mut report), (Shape::Disc, minority.rgb, false), "wholly of one class");
}

#[test]
fn the_ring_of_a_repeated_row_grows_with_every_repetition() {
    let mut report = report();
    let chain = &mut report.chain;
    chain.pool_origin[6] = Origin::Copy { of: 4 };
    // A repetition of the repetition.
    chain.pool_origin.push(Origin::Copy { of: 6 });
    chain.pool_x.push(chain.pool_x[4]);
    chain.pool_y.push(1);
    chain.stages[0].steps.push(Step::Add { row: 7 });
    let copies = |step| Scene::new(&report, Some(step), ALL).copies;
    assert_eq!(copies(0), []);
    assert_eq!(copies(1), [([3.0, 2.0], 1, 1)]);
    assert_eq!(copies(2), [([3.0, 2.0], 1, 2)]);
    let largest = |step| {
        let marks = Scene::new(&report, Some(step), ALL).marks(&Look::LIGHT);
        marks.iter().filter(|m| m.shape == Shape::Disc).map(|m| m.radius).fold(0.0, f64::max)
    };
    assert!(largest(2) > largest(1) && largest(1) > largest(0));
}

#[test]
fn centres_stand_in_data_coordinates_with_the_way_they_came() {
    let report = judging();
    let focus = |position| Focus::new(&report, position).unwrap();
    assert_eq!(focus(1).centers, [[1.0, -1.0], [1.0, -1.0]], "out of the scaler's space");
    assert!(focus(1).ways.is_empty());
    assert_eq!(focus(3).centers, [[3.0, -1.0], [1.0, 3.0]]);
    assert_eq!(focus(3).ways[0], [[1.0, -1.0], [3.0, -1.0]]);
    assert!(focus(4).centers.is_empty(), "they belong to their stage");
}

#[test]
fn a_row_pointed_at_shows_parents_children_and_who_condemned_it() {
    let report = report();
    let dot = |pool: u32| Dot { at: [0.0, 0.0], class: 1, other: 0, kind: Kind::Train, row: None, pool: Some(pool) };
    let of = |pool, step| Relatives::new(&report, &dot(pool), step).unwrap();
    assert_eq!(of(6, None).parents, [[3.0, 2.0], [3.0, 4.0]]);
    assert_eq!(of(4, None).children, [[3.0, 2.5]]);
    assert!(of(4, Some(0)).children.is_empty(), "not made yet");
    assert_eq!(of(3, None).because, Some([3.0, 2.0]));
    assert_eq!(of(3, Some(1)).because, None, "not gone yet");
    assert_eq!(Relatives::new(&report, &Dot { pool: None, ..dot(0) }, None), None);
}

#[test]
fn the_svg_of_a_step_shows_the_marks_of_that_step() {
    let report = judging();
    let draw = |step| {
        let view = View { threshold: 0.5, step, layers: ALL, region: None };
        svg(&report, &surface(8), None, &view, &Look::LIGHT, (620.0, 520.0))
    };
    let danger = format!("stroke=\"{}\"", Look::LIGHT.danger.css());
    let [before, during, end] = [Some(0), Some(2), None].map(draw);
    assert!(!before.contains(&danger) && during.contains(&danger) && !end.contains(&danger));
    assert!(!during.contains("NaN"));
}

#[test]
fn the_card_says_where_a_point_comes_from_and_why_it_went() {
    let report = report();
    let scene = Scene::new(&report, None, ALL);
    let synthetic = card(&report, &of_kind(&scene, Kind::Synthetic)[0]);
    assert!(synthetic.sentence().contains("on the way from #4 to minority point #5, gap = 0.25"), "{synthetic:?}");
    let removed = card(&report, &of_kind(&scene, Kind::Removed)[0]);
    assert!(removed.sentence().contains("it and minority point #4 are each other's nearest neighbours"), "{removed:?}");
    let test = card(&report, &of_kind(&scene, Kind::Test)[0]);
    assert!(test.facts.contains(&"score 0.800".to_owned()), "{test:?}");
    assert_eq!(synthetic.steps, [(1, "made")]);
    assert_eq!((removed.steps, test.steps), (vec![(2, "removed")], Vec::new()));
}

#[test]
fn the_svg_holds_surface_three_kinds_of_lines_and_all_marks() {
    let report = report();
    let view = View { threshold: 0.5, step: Some(1), layers: ALL, region: None };
    let surface = surface(48);
    let text = svg(&report, &surface, Some((&surface, 0.8)), &view, &Look::LIGHT, (620.0, 520.0));
    assert_eq!(text.matches("<image").count(), 1);
    assert_eq!(text.matches("stroke-dasharray=\"6 5\"").count(), 1, "the pinned run's line");
    assert!(text.contains("stroke-dasharray=\"1.5 4\""), "the Bayes boundary");
    assert!(text.starts_with("<svg") && text.ends_with("</svg>\n"));
    assert!(!text.contains("NaN") && !text.contains("inf"));
    assert!(text.contains("<title>The plane of width and height"));
    assert!(!text.contains("not to the same scale"));
    let tall = Surface { window: Window { y0: -4000.0, y1: 4000.0, ..surface.window }, ..surface.clone() };
    let text = svg(&report, &tall, None, &view, &Look::LIGHT, (620.0, 520.0));
    assert!(text.contains("height (axes not to the same scale)"));
    let mut hostile = report.clone();
    hostile.columns[0] = "<script>\"&".into();
    let text = svg(&hostile, &surface, None, &view, &Look::DARK, (620.0, 520.0));
    assert!(!text.contains("<script>") && text.contains("&lt;script&gt;"));
}

#[test]
fn degenerate_reports_and_windows_draw_without_a_panic() {
    let mut empty = report();
    empty.data = Dataset::default();
    empty.train.clear();
    empty.test.clear();
    empty.scores.clear();
    empty.chain = Chain::default();
    let mut torn = report();
    torn.scores.clear();
    torn.data.x.truncate(3);
    let nowhere = Surface {
        window: Window { x0: f64::NAN, y0: 0.0, x1: 0.0, y1: 0.0 },
        nx: 0,
        ny: 7,
        model: Vec::new(),
        bayes: Vec::new(),
    };
    for report in [&empty, &torn] {
        for step in [None, Some(0), Some(1), Some(2), Some(u32::MAX)] {
            for threshold in [0.0, 0.5, 1.0, f64::NAN] {
                let view = View { threshold, step, layers: ALL, region: None };
                for surface in [&nowhere, &surface(3)] {
                    assert!(svg(report, surface, None, &view, &Look::LIGHT, (0.0, 10.0)).ends_with("</svg>\n"));
                }
            }
        }
    }
    assert!(thumbnail_svg(&Dataset { x: vec![[f64::NAN, 1.0]], y: vec![1] }, true).ends_with("</svg>"));
}
