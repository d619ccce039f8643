//! The instance hardness threshold, restated by brute force.

use imbalance_lab::base::Rows;
use imbalance_lab::dataset::Dataset;
use imbalance_lab::model::GaussianNaiveBayes;
use imbalance_lab::model::tree::{DecisionTreeClassifier, RandomForestClassifier, TreeParameters};
use imbalance_lab::random::{RandomState, sub_estimator_seed};
use imbalance_lab::resample::SamplingStrategy::{All, Auto, Counts, Ratio};
use imbalance_lab::resample::play::{Timeline, code_line, provenance, sentence};
use imbalance_lab::resample::{Chain, Step, Value};
use imbalance_lab::split::stratified_test_folds;

use super::{clouds, named, run};

#[test]
fn the_hardness_threshold_removes_what_models_of_the_other_folds_find_less_probable() {
    for seed in 0..6 {
        let data = clouds(&[60, 22], seed);
        for (estimator, strategy) in [(0, Auto), (1, Auto), (2, Ratio(0.6)), (1, Counts(vec![(0, 41)])), (2, All)] {
            let mut sampler = named("InstanceHardnessThreshold").to(strategy.clone());
            sampler.set("estimator", Value::Choice(estimator));
            sampler.set("n_estimators", Value::Count(20));
            sampler.set("cv", Value::Count(4));
            let chain = run(&sampler, &data, seed).chain;
            let scores: Vec<(usize, f64)> = chain.stages[0]
                .steps
                .iter()
                .filter_map(|step| match *step {
                    Step::Score { row, score, .. } => Some((row as usize, score)),
                    _ => None,
                })
                .collect();
            let own = out_of_fold(&data, estimator, seed);
            assert_folds_are_told(&chain, &folds_of(&data, estimator, seed));
            let mut wanted: Vec<u32> = Vec::new();
            for class in 0..2 {
                let rows: Vec<usize> = (0..data.len()).filter(|&row| data.y[row] == class).collect();
                let n = match (class, &strategy) {
                    (1, All) | (0, Auto | All) => 22,
                    (0, Ratio(ratio)) => (22.0 / ratio) as usize,
                    (0, _) => 41,
                    (_, _) => rows.len(),
                };
                let is_targeted = class == 0 || strategy == All;
                assert_eq!(scores.iter().filter(|(row, _)| data.y[*row] == class).count() > 0, is_targeted);
                assert!(scores.iter().all(|&(row, score)| score == own[row]));
                // the percentile lies between the n-th largest and the next, unless they are equal
                let mut descending: Vec<f64> = rows.iter().map(|&row| own[row]).collect();
                descending.sort_by(|a, b| b.total_cmp(a));
                let position = (rows.len() - 1) as f64 * (1.0 - n as f64 / rows.len() as f64);
                let ascending = |at: usize| descending[rows.len() - 1 - at];
                let (below, above) = (ascending(position.floor() as usize), ascending(position.ceil() as usize));
                for row in rows {
                    let is_kept = chain.output.contains(&(row as u32));
                    if !is_targeted || own[row] >= above {
                        assert!(is_kept, "seed {seed} row {row}");
                    } else if own[row] < below || position.fract() > 0.0 {
                        assert!(!is_kept, "seed {seed} row {row}");
                    }
                    if is_kept {
                        wanted.push(row as u32);
                    }
                }
            }
            assert_eq!(chain.output, wanted, "grouped by class, in the order given");
        }
    }
}

/// In which fold every row is.
fn folds_of(data: &Dataset, estimator: u8, seed: u32) -> Vec<u32> {
    let mut random = RandomState::new(seed);
    if estimator < 2 {
        sub_estimator_seed(&mut random);
    }
    stratified_test_folds(&data.y, 4, Some(&mut random)).expect("four folds")
}

/// Every row that is judged or removed names the fold it was held out in; every fold says how many rows that are.
fn assert_folds_are_told(chain: &Chain, folds: &[u32]) {
    let timeline = Timeline::new(chain);
    let mut told = 0;
    for (position, step) in (1..).zip(&chain.stages[0].steps) {
        let said = sentence(chain, position, |p| p).to_string();
        let variable = code_line(chain, position, |p| p).expect("a stage").variables.swap_remove(0);
        let (Step::Fold { .. } | Step::Score { .. } | Step::Drop { .. }) = *step else { panic!("{step:?}") };
        let fold = match *step {
            Step::Score { row, .. } | Step::Drop { row } => {
                assert!(said.contains(&format!("held out in fold {}", folds[row as usize] + 1)), "{said}");
                folds[row as usize]
            }
            _ => {
                let rows = folds.iter().filter(|&&fold| fold == told).count();
                let wanted = format!("Fold {} of 4: {rows} rows are held out", told + 1);
                assert!(
                    said.starts_with(&wanted) && said.ends_with(&format!("other {}.", folds.len() - rows)),
                    "{said}"
                );
                told += 1;
                told - 1
            }
        };
        assert_eq!((variable.0, variable.1.to_string()), ("fold", (fold + 1).to_string()), "{said}");
        if let Step::Drop { row } = *step {
            let story = provenance(chain, &timeline, row).to_string();
            assert!(story.contains(&format!("held out in fold {}", fold + 1)), "{story}");
        }
    }
    assert_eq!(told, 4);
}

/// For every row the probability of its own class, fold by fold, by the models themselves.
fn out_of_fold(data: &Dataset, estimator: u8, seed: u32) -> Vec<f64> {
    let model_seed = if estimator < 2 { sub_estimator_seed(&mut RandomState::new(seed)) } else { 0 };
    let folds = folds_of(data, estimator, seed);
    let of_fold = |fold: u32| -> Vec<u32> { (0..data.len() as u32).filter(|&i| folds[i as usize] != fold).collect() };
    let own = |row: usize| {
        let others = data.take(&of_fold(folds[row]));
        let x = Rows::from_points(&others.x);
        let own = usize::from(data.y[row]);
        match estimator {
            0 => {
                let forest =
                    RandomForestClassifier { n_estimators: 20, random_state: model_seed, ..Default::default() };
                forest.fit(&x, &others.y, None).expect("a forest").predict_proba(&data.x[row])[own]
            }
            1 => {
                let parameters = TreeParameters { max_depth: Some(3), ..Default::default() };
                let tree = DecisionTreeClassifier { parameters, random_state: model_seed, ..Default::default() };
                tree.fit(&x, &others.y, None).expect("a tree").predict_proba(&data.x[row])[own]
            }
            _ => {
                let bayes = GaussianNaiveBayes::default().fit(&x, &others.y, None).expect("a model");
                bayes.predict_proba(&data.x[row])[own]
            }
        }
    };
    (0..data.len()).map(own).collect()
}
