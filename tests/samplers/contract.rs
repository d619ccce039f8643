//! The contract: counts, order, degenerate data, refusals.

use imbalance_lab::dataset::Dataset;
use imbalance_lab::resample::SamplingStrategy::{All, Auto, Counts, Ratio};
use imbalance_lab::resample::{
    Family, Fault, OutputOrder, ResampleError, Resampled, Sampler, SamplerStage, SamplingKind, fit_resample, run_chain,
};

use super::{clouds, is_exact, named, run, samplers, snapped, stages, with_neighbors};

fn fault(sampler: &Sampler, data: &Dataset) -> Fault {
    match fit_resample(sampler, &data.x, &data.y, 0) {
        Ok(_) => panic!("{} should have refused", sampler.name()),
        Err(error) => error.fault,
    }
}

fn counts(data: &Dataset) -> Vec<usize> {
    (0..3).map(|class| data.count(class)).collect()
}

#[test]
fn the_same_seed_gives_the_same_rows() {
    let data = clouds(&[80, 20], 1);
    for sampler in samplers() {
        assert_eq!(run(&sampler, &data, 3), run(&sampler, &data, 3), "{}", sampler.name());
    }
}

#[test]
fn another_seed_gives_other_rows_unless_nothing_is_drawn() {
    let data = clouds(&[80, 20], 1);
    for sampler in samplers() {
        let same = run(&sampler, &data, 3).data == run(&sampler, &data, 4).data;
        assert_eq!(same, !sampler.method().random, "{}", sampler.name());
    }
}

#[test]
fn counts_are_as_asked() {
    let data = clouds(&[80, 20], 2);
    for sampler in samplers().filter(is_exact) {
        let after = |strategy| counts(&run(&sampler.clone().to(strategy), &data, 3).data)[..2].to_vec();
        let wanted = match sampler.kind() {
            SamplingKind::Over => [[80, 80], [80, 40], [80, 33]],
            _ => [[20, 20], [40, 20], [33, 20]],
        };
        let count = if sampler.kind() == SamplingKind::Over { (1, 33) } else { (0, 33) };
        assert_eq!([after(Auto), after(Ratio(0.5)), after(Counts(vec![count]))], wanted, "{}", sampler.name());
    }
}

#[test]
fn cleaning_takes_rows_only_of_the_classes_it_is_told() {
    let data = clouds(&[80, 20], 2);
    for sampler in samplers().filter(|sampler| sampler.kind() == SamplingKind::Clean) {
        let after = |strategy| counts(&run(&sampler.clone().to(strategy), &data, 3).data)[..2].to_vec();
        assert!(after(Auto)[0] < 80 && after(Auto)[1] == 20, "{}", sampler.name());
        assert!(after(All)[0] < 80, "{}", sampler.name());
    }
}

#[test]
fn three_classes_are_brought_to_their_counts() {
    let data = clouds(&[60, 25, 14], 3);
    for sampler in samplers().map(|sampler| with_neighbors(sampler, 3)) {
        let after = counts(&run(&sampler, &data, 3).data);
        match sampler.kind() {
            SamplingKind::Over if is_exact(&sampler) => assert_eq!(after, [60, 60, 60], "{}", sampler.name()),
            SamplingKind::Under if is_exact(&sampler) => assert_eq!(after, [14, 14, 14], "{}", sampler.name()),
            SamplingKind::Over => assert!(after[0] <= 60 && after[1] > 25 && after[2] > 14, "{}", sampler.name()),
            // Every pass asks anew which class is the minority.
            _ if ["AllKNN", "RepeatedEditedNearestNeighbours"].contains(&sampler.name()) => assert!(after[0] < 60),
            _ => assert!(after[0] < 60 && after[1] <= 25 && after[2] == 14, "{}", sampler.name()),
        }
    }
}

#[test]
fn the_rows_that_came_in_keep_place_and_order() {
    let data = clouds(&[80, 20], 4);
    for sampler in samplers() {
        let Resampled { data: after, chain } = run(&sampler, &data, 3);
        assert_eq!((&chain.pool_x[..100], &chain.pool_y[..100]), (&data.x[..], &data.y[..]), "{}", sampler.name());
        match sampler.kind() {
            SamplingKind::Over if sampler.method().family != Family::Combined => {
                assert_eq!((&after.x[..100], &after.y[..100]), (&data.x[..], &data.y[..]))
            }
            _ if chain.stages[0].order == OutputOrder::GroupedByClass => assert!(after.y.is_sorted()),
            _ => assert!(chain.output.is_sorted(), "in the order given"),
        }
    }
}

#[test]
fn rows_at_the_same_place_are_no_trouble() {
    let twice = clouds(&[40, 12], 7);
    let twice = twice.take(&(0..52).flat_map(|i| [i, i]).collect::<Vec<_>>());
    let one_place = Dataset { x: vec![[0.5, -1.0]; 60], y: (0..60).map(|i| u8::from(i % 4 == 0)).collect() };
    for data in [twice, one_place, snapped(&[70, 20], 7)] {
        for sampler in samplers() {
            // Clusters whose rows all lie at one place have no density to be weighed by.
            if sampler.name() == "KMeansSMOTE" && data.x.iter().all(|point| *point == data.x[0]) {
                assert!(matches!(fault(&sampler, &data), Fault::Algorithm { .. }));
                continue;
            }
            let after = run(&sampler, &data, 3).data;
            match sampler.kind() {
                // No row in danger, nothing to start from: Borderline-SMOTE leaves such a class alone.
                SamplingKind::Over if after.count(1) == data.count(1) => assert_eq!(sampler.name(), "BorderlineSMOTE"),
                SamplingKind::Clean => assert_eq!(after.count(1), data.count(1), "{}", sampler.name()),
                _ if is_exact(&sampler) => assert_eq!(after.count(0), after.count(1), "{}", sampler.name()),
                _ => {}
            }
            assert!(after.x.iter().flatten().all(|value| value.is_finite()));
        }
    }
}

#[test]
fn a_constant_feature_stays_constant() {
    let mut data = clouds(&[80, 20], 8);
    data.x.iter_mut().for_each(|point| point[1] = 2.5);
    for sampler in samplers() {
        assert!(run(&sampler, &data, 3).data.x.iter().all(|point| point[1] == 2.5), "{}", sampler.name());
    }
}

#[test]
fn balanced_classes_need_no_new_row() {
    let data = clouds(&[30, 30], 9);
    let only_adds =
        |sampler: &Sampler| sampler.kind() == SamplingKind::Over && sampler.method().family != Family::Combined;
    for sampler in samplers().filter(only_adds) {
        assert_eq!(run(&sampler, &data, 3).data, data, "{}", sampler.name());
    }
}

#[test]
fn one_class_alone_is_refused() {
    let data = Dataset { x: clouds(&[30], 10).x, y: vec![1; 30] };
    for sampler in samplers() {
        assert_eq!(fault(&sampler, &data), Fault::OneClass { n_classes: 1 });
    }
}

#[test]
fn no_rows_are_refused() {
    for sampler in samplers() {
        assert_eq!(fault(&sampler, &Dataset::default()), Fault::Empty);
    }
}

#[test]
fn coordinates_that_are_not_finite_are_refused() {
    for (value, is_nan) in [(f64::NAN, true), (f64::INFINITY, false), (f64::NEG_INFINITY, false)] {
        let mut data = clouds(&[40, 15], 11);
        data.x[17][1] = value;
        for sampler in samplers() {
            assert_eq!(fault(&sampler, &data), Fault::NotFinite { row: 17, is_nan });
        }
    }
}

#[test]
fn too_few_rows_for_the_neighbours_are_refused_with_what_to_change() {
    let data = clouds(&[40, 4], 12);
    let error = fit_resample(&named("SMOTE"), &data.x, &data.y, 0).expect_err("4 rows have no 5 neighbours");
    assert_eq!(
        error.to_string(),
        "SMOTE: 5 neighbours (k_neighbors) need at least 6 minority rows, there are 4; lower k_neighbors to 3 or add \
         minority rows"
    );
    for sampler in samplers() {
        for k in [44, 1000, u32::MAX / 2, u32::MAX] {
            let sampler = with_neighbors(sampler.clone(), k as usize);
            let refused = fit_resample(&sampler, &data.x, &data.y, 0);
            let too_few = matches!(refused, Err(ResampleError { fault: Fault::TooFewRows { .. }, .. }));
            // All k-NN may be done before it comes to so many neighbours; NearMiss-2 takes as many as there are.
            if refused.is_err() || !["AllKNN", "NearMiss"].contains(&sampler.name()) {
                assert_eq!(too_few, !sampler.neighbor_parameters().is_empty(), "{} k = {k}", sampler.name());
            }
        }
    }
}

#[test]
fn no_neighbours_are_refused_before_the_data_are_looked_at() {
    let single = Dataset { x: clouds(&[30], 10).x, y: vec![0; 30] };
    for sampler in samplers().map(|sampler| with_neighbors(sampler, 0)) {
        if let Some(&(parameter, _)) = sampler.neighbor_parameters().first() {
            assert_eq!(fault(&sampler, &single), Fault::NoNeighbors { parameter });
        }
    }
}

#[test]
fn an_error_in_a_chain_names_the_stage() {
    let chain = stages([named("RandomUnderSampler").to(Ratio(0.5)), with_neighbors(named("SMOTE"), 50)]);
    let error = run_chain(&chain, &clouds(&[80, 20], 1), 0).expect_err("20 rows have no 50 neighbours");
    assert_eq!((error.stage, error.sampler), (1, "SMOTE"));
    assert!(error.to_string().starts_with("SMOTE (sampler 2 of 2): "), "{error}");
}

#[test]
fn a_stage_takes_the_lab_seed_unless_it_has_its_own() {
    let data = clouds(&[80, 20], 13);
    let smote = named("SMOTE");
    let by = |seed, lab_seed| run_chain(&[SamplerStage { seed, ..SamplerStage::new(smote.clone()) }], &data, lab_seed);
    assert_eq!(by(None, 9), by(Some(9), 1));
    assert_ne!(by(None, 9), by(None, 1));
}
