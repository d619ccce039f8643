//! Every kind is said where it is true, with numbers that can be counted by hand, and not said where it is not.

use super::islands::islands;
use super::*;
use crate::base::Rows;
use crate::dataset::{DataSpec, Dataset, Source, generate};
use crate::experiment::{Spec, run};
use crate::random::RandomState;
use crate::resample::{K_NEIGHBORS, Sampler, SamplerStage, Value, run_wide_chain};

fn stage(method: &str, k: u32) -> SamplerStage {
    SamplerStage::new(Sampler::named(method).unwrap().with(&K_NEIGHBORS, Value::Count(k)))
}

/// Samples in rounds around each centre, so far out as `spread`.
fn cloud(random: &mut RandomState, centers: &[Point], n: usize, spread: f64) -> Vec<Point> {
    let mut normal = || spread * random.standard_normal();
    centers.iter().flat_map(|c| (0..n).map(|_| [c[0] + normal(), c[1] + normal()]).collect::<Vec<_>>()).collect()
}

fn data(majority: Vec<Point>, minority: Vec<Point>) -> Dataset {
    let y = [vec![0; majority.len()], vec![1; minority.len()]].concat();
    Dataset { x: [majority, minority].concat(), y }
}

fn diagnosed(data: &Dataset, hidden: &Rows, stage: SamplerStage) -> Vec<Diagnosis> {
    let chain = run_wide_chain(&[stage], data, hidden, 1).unwrap();
    diagnose(&chain, None, None, &["width".into(), "height".into()])
}

fn text(found: &[Diagnosis], kind: DiagnosisKind) -> Option<&str> {
    found.iter().find(|diagnosis| diagnosis.kind == kind).map(|diagnosis| diagnosis.text.as_str())
}

fn of_spec(data: DataSpec, method: &str, k: u32) -> Vec<Diagnosis> {
    run(&Spec { data, samplers: vec![stage(method, k)], ..Spec::default() }).unwrap().diagnosis.unwrap()
}

#[test]
fn of_a_harmless_chain_nothing_is_said() {
    let mut random = RandomState::new(1);
    let [majority, minority] = [[0.0, 0.0], [9.0, 0.0]].map(|center| cloud(&mut random, &[center], 120, 1.0));
    let harmless = data(majority, minority[..40].to_vec());
    for method in ["SMOTE", "RandomOverSampler", "RandomUnderSampler", "TomekLinks", "SMOTEENN"] {
        assert_eq!(diagnosed(&harmless, &Rows::default(), stage(method, 5)), [], "{method}");
    }
    let blobs = DataSpec { distance: Some(5.0), imbalance_ratio: 4.0, ..DataSpec::default_for(Source::Blobs) };
    assert_eq!(of_spec(blobs.clone(), "SMOTE", 5), []);
    let none = run(&Spec { data: blobs, ..Spec::default() }).unwrap();
    assert_eq!(none.diagnosis, Some(Vec::new()));
}

#[test]
fn bridges_are_new_points_between_islands() {
    let mut random = RandomState::new(2);
    let majority = cloud(&mut random, &[[0.0, 0.0]], 300, 1.0);
    let two = data(majority, cloud(&mut random, &[[-9.0, 0.0], [9.0, 0.0]], 12, 0.4));
    assert_eq!(text(&diagnosed(&two, &Rows::default(), stage("SMOTE", 5)), DiagnosisKind::Bridges), None);
    let smote = stage("SMOTE", 20);
    let found = diagnosed(&two, &Rows::default(), smote.clone());
    // both islands reach from their centre by far less than 4
    let chain = run_wide_chain(&[smote], &two, &Rows::default(), 1).unwrap();
    let between = |row: &&u32| {
        matches!(chain.pool_origin[**row as usize], Origin::Between { base, neighbor, .. }
        if (chain.pool_x[base as usize][0] < 0.0) != (chain.pool_x[neighbor as usize][0] < 0.0))
    };
    let bridges = chain.output.iter().filter(between).count();
    let said = text(&found, DiagnosisKind::Bridges).unwrap();
    assert!(said.contains("2 islands") && said.contains(&format!("{bridges} of the 276 new points")), "{said}");
}

#[test]
fn islands_are_what_hangs_together() {
    let line = |from: f64, n: u32| (0..n).map(move |i| [from + f64::from(i), 0.0]);
    // the gap of 6 is still a step, that of 7 is not; three points alone are no island
    let points: Vec<Point> = line(0.0, 5).chain(line(10.0, 5)).chain(line(21.0, 6)).chain(line(60.0, 3)).collect();
    let found = islands(&points).unwrap();
    let expected = [vec![Some(0); 10], vec![Some(1); 6], vec![None; 3]].concat();
    assert_eq!(found, expected);
    let mut reversed = islands(&points.iter().rev().copied().collect::<Vec<_>>()).unwrap();
    reversed.reverse();
    let swapped: Vec<_> = expected.iter().map(|island| island.map(|at| 1 - at)).collect();
    assert_eq!(reversed, swapped);
    assert_eq!(islands(&points[..1]), None);
}

#[test]
fn children_of_lonely_points_are_amplified_noise() {
    let mut random = RandomState::new(3);
    let majority = cloud(&mut random, &[[0.0, 0.0]], 200, 1.0);
    let own = cloud(&mut random, &[[12.0, 0.0]], 16, 0.5);
    let strays = vec![[0.1, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]];
    let noisy = data(majority.clone(), [own.clone(), strays].concat());
    for method in ["SMOTE", "RandomOverSampler"] {
        let found = diagnosed(&noisy, &Rows::default(), stage(method, 5));
        let said = text(&found, DiagnosisKind::AmplifiedNoise).unwrap();
        assert!(said.contains("of the 180 new points") && said.contains("the 4 minority points"), "{method}: {said}");
    }
    let clean = diagnosed(&data(majority, own), &Rows::default(), stage("SMOTE", 5));
    assert_eq!(text(&clean, DiagnosisKind::AmplifiedNoise), None);
    // where the classes overlap many are alone without being noise, unless there is noise for certain
    let overlapping =
        |label_noise| of_spec(DataSpec { label_noise, ..DataSpec::default_for(Source::Blobs) }, "SMOTE", 5);
    assert_eq!(text(&overlapping(0.0), DiagnosisKind::AmplifiedNoise), None);
    assert!(text(&overlapping(0.05), DiagnosisKind::AmplifiedNoise).is_some());
}

#[test]
fn territory_and_support_are_judged_by_the_true_density() {
    let spec = DataSpec { n_samples: 400, ..DataSpec::default_for(Source::IslandsFar) };
    let found = of_spec(spec.clone(), "SMOTE", 12);
    let ran = run(&Spec { data: spec.clone(), samplers: vec![stage("SMOTE", 12)], ..Spec::default() }).unwrap();
    let density = generate(&spec, 42).unwrap().density.unwrap();
    let share = |rows: &mut dyn Iterator<Item = Point>, bad: &dyn Fn(Point) -> bool| {
        let bad: Vec<bool> = rows.map(bad).collect();
        100.0 * bad.iter().filter(|bad| **bad).count() as f64 / bad.len() as f64
    };
    let chain = &ran.chain;
    let made = || chain.pool_x[chain.n_train()..].iter().copied();
    let real = || (0..chain.n_train()).filter(|&row| chain.pool_y[row] == 1).map(|row| chain.pool_x[row]);
    let foreign = |p: Point| density.class_density(1, p) < density.class_density(0, p);
    let (of_made, of_real) = (share(&mut made(), &foreign), share(&mut real(), &foreign));
    let said = text(&found, DiagnosisKind::MajorityTerritory).unwrap();
    assert!(said.starts_with(&format!("{of_made:.1} %")) && said.contains(&format!("{of_real:.1} % do")), "{said}");
    let lowest = real().map(|p| density.class_density(1, p)).fold(f64::INFINITY, f64::min);
    let outside = share(&mut made(), &|p| density.class_density(1, p) < lowest);
    let said = text(&found, DiagnosisKind::OutsideSupport).unwrap();
    assert!(said.starts_with(&format!("{outside:.1} %")), "{said}");
    // the same points in other coordinates are as bad
    let scaled = run(&Spec { data: spec, scale: true, samplers: vec![stage("SMOTE", 12)], ..Spec::default() });
    assert!(text(&scaled.unwrap().diagnosis.unwrap(), DiagnosisKind::OutsideSupport).is_some());
}

#[test]
fn as_many_neighbours_as_points_is_no_neighbourhood() {
    let mut random = RandomState::new(4);
    let few = data(cloud(&mut random, &[[0.0, 0.0]], 60, 1.0), cloud(&mut random, &[[5.0, 0.0]], 8, 1.0));
    let said = |k| {
        let found = diagnosed(&few, &Rows::default(), stage("SMOTE", k));
        text(&found, DiagnosisKind::EveryoneANeighbour).map(str::to_owned)
    };
    assert!(said(7).unwrap().contains("There are 8 minority points and SMOTE looks at 7 neighbours of each: all of"));
    assert!(said(6).unwrap().contains("all but one of"));
    assert_eq!(said(5), None);
}

#[test]
fn an_axis_in_other_units_is_named_unless_it_is_scaled_or_nobody_asks() {
    let mut random = RandomState::new(5);
    let mut wide = data(cloud(&mut random, &[[0.0, 0.0]], 90, 1.0), cloud(&mut random, &[[5.0, 0.0]], 30, 1.0));
    let said = |data: &Dataset, method| {
        let found = diagnosed(data, &Rows::default(), stage(method, 5));
        text(&found, DiagnosisKind::Unscaled).map(str::to_owned)
    };
    assert_eq!(said(&wide, "SMOTE"), None);
    wide.x.iter_mut().for_each(|p| p[1] *= 1000.0);
    assert!(said(&wide, "SMOTE").unwrap().starts_with("height spreads "));
    assert!(said(&wide, "TomekLinks").is_some());
    assert_eq!(said(&wide, "RandomOverSampler"), None);
    let scaler = StandardScaler::fit(&wide.x);
    let scaled = Dataset { x: scaler.transform_all(&wide.x), y: wide.y };
    assert_eq!(said(&scaled, "SMOTE"), None);
}

#[test]
fn hidden_columns_take_the_neighbours_away() {
    let mut random = RandomState::new(6);
    let cloud = data(cloud(&mut random, &[[0.0, 0.0]], 90, 1.0), cloud(&mut random, &[[5.0, 0.0]], 40, 1.0));
    let mut columns =
        |n: usize, spread: f64| Rows::from_values(n, (0..130 * n).map(|_| spread * random.standard_normal()).collect());
    let (noise, faint) = (columns(60, 1.0), columns(60, 0.001));
    let said = |hidden: &Rows, method| {
        let found = diagnosed(&cloud, hidden, stage(method, 5));
        text(&found, DiagnosisKind::LostNeighbours).map(str::to_owned)
    };
    assert!(said(&noise, "SMOTE").unwrap().starts_with("60 hidden columns decide who is near"));
    assert_eq!(said(&faint, "SMOTE"), None);
    assert_eq!(said(&noise, "RandomOverSampler"), None);
}
