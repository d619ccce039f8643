//! What every source promises; a new one joins by being in [`Source::ALL`].

use super::*;
use crate::random::RandomState;

/// Sources whose rows are generated, so that sizes, ratios and densities apply.
fn generators() -> impl Iterator<Item = Source> {
    Source::ALL.into_iter().filter(|source| source.info().has_size())
}

fn made(spec: &DataSpec, seed: u32) -> Generated {
    match generate(spec, seed) {
        Ok(made) => made,
        Err(error) => panic!("{:?}: {error}", spec.source),
    }
}

#[test]
fn ids_and_titles_are_unique_and_read_back() {
    for (i, source) in Source::ALL.into_iter().enumerate() {
        assert_eq!(Source::from_id(source.info().id), Some(source));
        assert!(Source::ALL[..i].iter().all(|other| other.info().title != source.info().title));
    }
    assert_eq!(Source::from_id("no such data"), None);
}

#[test]
fn every_dial_starts_within_its_range() {
    for info in Source::ALL.map(Source::info) {
        for dial in [info.distance, info.spread, info.factor].into_iter().flatten() {
            assert!((dial.min..=dial.max).contains(&dial.default) && dial.step > 0.0, "{info:?}");
        }
    }
}

#[test]
fn class_counts_are_exact_for_every_size_and_ratio() {
    for source in generators() {
        for n_samples in [50, 51, 97, 300, 1001, 2000] {
            for imbalance_ratio in [1.0, 1.7, 5.0, 19.0, 20.0, 99.0, 1000.0] {
                for clusters in [1, 2] {
                    let spec = DataSpec { n_samples, imbalance_ratio, clusters, ..DataSpec::default_for(source) };
                    let data = made(&spec, 3).data;
                    let share = (n_samples as f64 / (1.0 + imbalance_ratio)).round() as usize;
                    let minority = share.clamp(2, n_samples / 2);
                    let counts = (data.len(), data.count(1));
                    assert_eq!(counts, (n_samples, minority), "{source:?} 1:{imbalance_ratio} x{clusters}");
                }
            }
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_rows_and_another_seed_others() {
    for source in Source::ALL.into_iter().filter(|&source| source != Source::Table) {
        let spec = DataSpec { label_noise: 0.1, outliers: 0.1, ..DataSpec::default_for(source) };
        assert_eq!(made(&spec, 5), made(&spec, 5), "{source:?}");
        assert_ne!(made(&spec, 5).data, made(&spec, 6).data, "{source:?}");
        let own_seed = DataSpec { seed: Some(6), ..spec.clone() };
        assert_eq!(made(&own_seed, 5), made(&spec, 6), "{source:?}");
    }
}

#[test]
fn all_rows_are_finite_over_the_whole_range_of_every_dial() {
    for source in generators() {
        let info = source.info();
        let values = |dial: Option<Dial>| match dial {
            Some(dial) => vec![Some(dial.min), None, Some(dial.max)],
            None => vec![None],
        };
        for distance in values(info.distance) {
            for spread in values(info.spread) {
                for factor in values(info.factor) {
                    let default = DataSpec::default_for(source);
                    let factor = factor.unwrap_or(default.factor);
                    let spec = DataSpec { n_samples: 200, distance, spread, factor, outliers: 0.2, ..default };
                    let made = made(&spec, 1);
                    assert!(made.data.x.iter().flatten().all(|v| v.is_finite()), "{spec:?}");
                    if let Some(density) = made.density {
                        let sure = |p: &f64| (0.0..=1.0).contains(p);
                        assert!(density.posteriors(&made.data.x).iter().all(sure), "{spec:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn the_posterior_is_a_probability_even_far_away_from_everything() {
    for source in generators() {
        for noise in [0.0, 0.1] {
            let spec = DataSpec { label_noise: noise, outliers: noise, ..DataSpec::default_for(source) };
            let density = made(&spec, 2).density.expect("default dials have a density");
            for point in [[0.0, 0.0], [30.0, -40.0], [-1e3, 1e3], [1e6, 0.0]] {
                let p = density.posterior(point);
                assert!((0.0..=1.0).contains(&p), "{source:?} at {point:?}: {p}");
            }
        }
    }
}

#[test]
fn rows_are_as_often_of_the_minority_as_the_posterior_says() {
    for source in generators() {
        for (label_noise, outliers) in [(0.0, 0.0), (0.1, 0.15)] {
            let default = DataSpec::default_for(source);
            let spec = DataSpec { n_samples: 20_000, imbalance_ratio: 3.0, label_noise, outliers, ..default };
            let Generated { data, density, .. } = made(&spec, 11);
            let density = density.expect("default dials have a density");
            // over the points of each tenth of the posterior, labels average to it within five standard errors
            let mut bins = [(0.0, 0.0, 0.0, 0.0); 10];
            for (&point, &label) in data.x.iter().zip(&data.y) {
                let p = density.posterior(point);
                let bin = &mut bins[((p * 10.0) as usize).min(9)];
                *bin = (bin.0 + 1.0, bin.1 + p, bin.2 + f64::from(label), bin.3 + p * (1.0 - p));
            }
            for (n, expected, seen, variance) in bins {
                let error = 5.0 * f64::sqrt(variance) + 3.0;
                assert!((expected - seen).abs() < error, "{source:?}: {seen} of {n}, not {expected} (±{error})");
            }
        }
    }
}

#[test]
fn the_density_integrates_to_one_and_to_the_prevalence() {
    for source in generators() {
        let spec = DataSpec { label_noise: 0.05, outliers: 0.1, ..DataSpec::default_for(source) };
        let density = made(&spec, 4).density.expect("default dials have a density");
        let Bounds { low, high } = density.bounds(7.0);
        let cells = 400;
        let step = [0, 1].map(|axis| (high[axis] - low[axis]) / f64::from(cells));
        let mut mass = [0.0; 2];
        for i in 0..cells {
            for j in 0..cells {
                let at = [low[0] + (f64::from(i) + 0.5) * step[0], low[1] + (f64::from(j) + 0.5) * step[1]];
                let joint = density.joint(at);
                mass[0] += joint[0] * step[0] * step[1];
                mass[1] += joint[1] * step[0] * step[1];
            }
        }
        // the edge of the outliers' box cuts through cells, which costs more than the smooth part
        assert!((mass[0] + mass[1] - 1.0).abs() < 2e-3, "{source:?}: {mass:?}");
        assert!((mass[1] - density.prevalence()).abs() < 1e-3, "{source:?}: {mass:?}");
    }
}

#[test]
fn noise_moves_no_other_point() {
    for source in generators() {
        let clean = DataSpec { n_samples: 1000, ..DataSpec::default_for(source) };
        // make_classification draws its labels anew before it shuffles, from the stream that shuffles
        let label_noise = if source == Source::MakeClassification { 0.0 } else { 0.2 };
        let noisy = DataSpec { label_noise, outliers: 0.1, ..clean.clone() };
        let (clean, noisy) = (made(&clean, 8).data, made(&noisy, 8).data);
        let moved = clean.x.iter().zip(&noisy.x).filter(|(a, b)| a != b).count();
        let swapped = clean.y.iter().zip(&noisy.y).filter(|(a, b)| a != b).count();
        let expected = if label_noise > 0.0 { 150..250 } else { 0..1 };
        assert!((60..140).contains(&moved), "{source:?} moved {moved}");
        assert!(expected.contains(&swapped), "{source:?} swapped {swapped}");
    }
}

#[test]
fn label_noise_flips_labels_and_in_make_classification_draws_them_anew() {
    for source in generators() {
        let default = DataSpec::default_for(source);
        let spec = DataSpec { n_samples: 20_000, imbalance_ratio: 9.0, label_noise: 0.4, ..default };
        let minority_when_hit = |was: f64| if source == Source::MakeClassification { 0.5 } else { 1.0 - was };
        let expected = 0.6 * 0.1 + 0.4 * (0.9 * minority_when_hit(0.0) + 0.1 * minority_when_hit(1.0));
        let share = made(&spec, 5).data.count(1) as f64 / 20_000.0;
        assert!((share - expected).abs() < 0.015, "{source:?}: {share}, not {expected}");
    }
}

#[test]
fn edits_erase_by_index_then_add_in_order() {
    let spec = DataSpec { n_samples: 1000, ..DataSpec::default_for(Source::Blobs) };
    let plain = made(&spec, 1);
    let edits = Edits { added: vec![([9.0, 8.0], 1), ([7.0, 6.0], 0)], erased: vec![0, 2, 999, 1000, 70_000] };
    let edited = made(&DataSpec { edits, ..spec }, 1);
    assert_eq!((edited.source_len, edited.data.len()), (1000, 1000 - 3 + 2));
    assert_eq!(edited.data.x[0], plain.data.x[1]);
    assert_eq!(edited.data.x[1], plain.data.x[3]);
    assert_eq!(edited.data.x[997..], [[9.0, 8.0], [7.0, 6.0]]);
    assert_eq!(edited.data.y[997..], [1, 0]);
    assert_eq!(edited.density, None);
    assert!(edited.notes.iter().any(|note| note.starts_with("2 of the rows to erase")), "{:?}", edited.notes);
}

#[test]
fn an_empty_sheet_takes_drawn_points() {
    let empty = made(&DataSpec::default_for(Source::Table), 1);
    assert!(empty.data.is_empty());
    let edits = Edits { added: vec![([1.0, 2.0], 0)], erased: vec![] };
    let drawn = made(&DataSpec { edits, ..DataSpec::default_for(Source::Table) }, 1);
    assert_eq!(drawn.data, Dataset { x: vec![[1.0, 2.0]], y: vec![0] });
}

#[test]
fn breast_cancer_keeps_all_benign_rows_and_thins_the_malignant_ones() {
    for (imbalance_ratio, malignant) in [(1.0, 212), (1.684, 212), (2.0, 179), (20.0, 18), (1000.0, 2)] {
        let spec = DataSpec { imbalance_ratio, ..DataSpec::default_for(Source::BreastCancer) };
        let made = made(&spec, 42);
        assert_eq!((made.data.count(0), made.data.count(1)), (357, malignant));
        assert_eq!(made.notes.is_empty(), imbalance_ratio > 1.0, "{:?}", made.notes);
        assert_eq!(made.columns, ["mean radius", "mean texture"]);
    }
}

#[test]
fn what_cannot_be_made_says_what_to_change() {
    let of = DataSpec::default_for;
    let cases = [
        (
            DataSpec { n_samples: 49, ..of(Source::Blobs) },
            "The number of rows is 49; choose a value from 50 to 100000.",
        ),
        (
            DataSpec { imbalance_ratio: 0.5, ..of(Source::BreastCancer) },
            "The imbalance ratio is 0.5; choose a value from 1 to 1000.",
        ),
        (DataSpec { spread: Some(f64::NAN), ..of(Source::MakeMoons) }, "Noise is NaN; choose a value from 0 to 1."),
        (
            DataSpec { features: [0, 30], ..of(Source::BreastCancer) },
            "The index of the feature is 30; choose a value from 0 to 29.",
        ),
        (
            DataSpec { clusters: 3, ..of(Source::MakeClassification) },
            "The number of clusters per class is 3; choose a value from 1 to 2.",
        ),
        (
            DataSpec { edits: Edits { added: vec![([0.0, f64::INFINITY], 0)], erased: vec![] }, ..of(Source::Ring) },
            "Drawn point 1 is not a finite number; erase it.",
        ),
    ];
    for (spec, message) in cases {
        assert_eq!(generate(&spec, 1).map_err(|error| error.to_string()), Err(message.to_string()));
    }
}

#[test]
fn curves_without_noise_have_no_density_and_say_so() {
    for source in [Source::MakeMoons, Source::MakeCircles] {
        let made = made(&DataSpec { spread: Some(0.0), ..DataSpec::default_for(source) }, 1);
        assert_eq!(made.density, None);
        assert_eq!(made.notes.len(), 1);
    }
}

#[test]
fn thumbnails_show_both_classes() {
    for source in Source::ALL.into_iter().filter(|&source| source != Source::Table) {
        let data = thumbnail(source);
        assert!(data.count(0) > 20 && data.count(1) > 20, "{source:?}");
    }
}

#[test]
fn the_boundary_of_two_blobs_is_the_line_of_the_closed_form() {
    let mut random = RandomState::new(7);
    for (delta, ratio) in [(2.0, 99.0), (3.0, 4.0), (4.0, 1.0)] {
        let default = DataSpec::default_for(Source::Blobs);
        let spec = DataSpec { n_samples: 1000, imbalance_ratio: ratio, distance: Some(delta), ..default };
        let density = made(&spec, 1).density.expect("blobs have a density");
        let prevalence = density.prevalence();
        for threshold in [0.1, 0.5, 0.9_f64] {
            let logit = (threshold / (1.0 - threshold)).ln();
            let x = delta / 2.0 + (logit + ((1.0 - prevalence) / prevalence).ln()) / delta;
            let p = density.posterior([x, random.uniform(-5.0, 5.0)]);
            assert!((p - threshold).abs() < 1e-12, "posterior {p} at the line of {threshold}");
        }
    }
}

#[test]
fn another_unit_stretches_rows_and_density_alike() {
    for source in Source::ALL.into_iter().filter(|&source| source.info().has_units()) {
        let plain = DataSpec { n_samples: 500, outliers: 0.1, label_noise: 0.1, ..DataSpec::default_for(source) };
        let edits = Edits { added: vec![([1.0, 2.0], 1)], erased: vec![] };
        let drawn = made(&DataSpec { units: 250.0, edits, ..plain.clone() }, 3);
        let stretched = made(&DataSpec { units: 250.0, ..plain.clone() }, 3);
        let plain = made(&plain, 3);
        assert_eq!(drawn.data.x.last(), Some(&[1.0, 2.0]), "{source:?}: drawn in the new units");
        assert_eq!(stretched.data.y, plain.data.y);
        let expected: Vec<_> = plain.data.x.iter().map(|[x, y]| [*x, 250.0 * y]).collect();
        assert_eq!(stretched.data.x, expected, "{source:?}");
        let (Some(before), Some(after)) = (plain.density, stretched.density) else { continue };
        assert!(!after.has_shape_of(&before));
        for (&point, &moved) in plain.data.x.iter().zip(&stretched.data.x) {
            let (p, q) = (before.posterior(point), after.posterior(moved));
            assert!((p - q).abs() < 1e-9, "{source:?}: {p} became {q}");
            for class in [0, 1] {
                let ratio = before.class_density(class, point) / after.class_density(class, moved);
                assert!((ratio / 250.0 - 1.0).abs() < 1e-9, "{source:?}: {ratio}");
            }
        }
        let (Bounds { low, high }, wide) = (before.bounds(5.0), after.bounds(5.0));
        let expected = Bounds { low: [low[0], 250.0 * low[1]], high: [high[0], 250.0 * high[1]] };
        assert_eq!(wide, expected, "{source:?}");
    }
    let table = Table { x: vec![[1.0, 2.0]], y: vec![1], ..Table::default() };
    let own = DataSpec { units: 9.0, table: Some(table.into()), ..DataSpec::default_for(Source::Table) };
    assert_eq!(made(&own, 1).data.x, [[1.0, 2.0]], "own rows stay as they are");
}
