//! Mixup: the rule of its paper, its labels, and what the model makes of them.

use imbalance_lab::model::{Classifier, Model};
use imbalance_lab::random::RandomState;
use imbalance_lab::resample::play::{Timeline, provenance, sentence, summary};
use imbalance_lab::resample::{Chain, Fault, Origin, Sampler, Value, run_chain};

use super::{clouds, named, run, stages};

fn mixup(alpha: f64, remix: bool) -> Sampler {
    let mut sampler = named("Mixup");
    assert!(sampler.set("alpha", Value::Real(alpha)) && sampler.set("remix", Value::Flag(remix)));
    sampler
}

/// P(minority) in the label of every row that leaves.
fn labels(chain: &Chain) -> Vec<f64> {
    let label = |&row: &u32| match chain.pool_origin[row as usize] {
        Origin::Mixed { a, label, .. } if chain.pool_y[a as usize] == 1 => label,
        Origin::Mixed { label, .. } => 1.0 - label,
        _ => f64::from(chain.pool_y[row as usize]),
    };
    chain.output.iter().map(label).collect()
}

#[test]
fn a_mixed_row_lies_between_the_classes_as_far_as_its_label_says() {
    for (seed, alpha) in [(0, 0.2), (1, 1.0), (2, 1.0), (3, 4.0), (4, 0.05)] {
        let data = clouds(&[60, 22], seed);
        let chain = run(&mixup(alpha, false), &data, seed).chain;
        let class = |class: u8| (0..82).filter(|&i| data.y[i] == class).collect::<Vec<usize>>();
        let (minority, majority) = (class(1), class(0));
        // the stream as NumPy's calls take it: all first rows, all second rows, all shares
        let mut random = RandomState::new(seed);
        let first: Vec<usize> = (0..38).map(|_| minority[random.randint(0, 22) as usize]).collect();
        let second: Vec<usize> = (0..38).map(|_| majority[random.randint(0, 60) as usize]).collect();
        for n in 0..38 {
            let lambda = random.beta(alpha, alpha);
            let wanted = if lambda < 0.5 { 1.0 - lambda } else { lambda };
            let Origin::Mixed { a, b, share, label } = chain.pool_origin[82 + n] else { panic!("not mixed") };
            assert_eq!((a as usize, b as usize, share, label), (first[n], second[n], wanted, wanted));
            assert!((0.5..=1.0).contains(&share), "the larger part is the minority's");
            for axis in 0..2 {
                let mixed = share * data.x[first[n]][axis] + (1.0 - share) * data.x[second[n]][axis];
                assert!((chain.pool_x[82 + n][axis] - mixed).abs() <= 1e-14 * (1.0 + mixed.abs()));
            }
        }
    }
}

#[test]
fn a_small_alpha_stays_near_the_minority_and_a_large_one_makes_halves() {
    let data = clouds(&[500, 100], 1);
    let mean = |alpha| labels(&run(&mixup(alpha, false), &data, 3).chain)[600..].iter().sum::<f64>() / 400.0;
    let [small, one, large] = [0.1, 1.0, 10.0].map(mean);
    // of Beta(1, 1) the larger part is three quarters on average, with a standard error of 0.007
    assert!(small > 0.9 && (one - 0.75).abs() < 0.03 && large < 0.62, "{small} {one} {large}");
}

#[test]
fn the_rows_to_fit_on_weigh_as_much_as_there_are_rows_and_split_by_their_labels() {
    for remix in [false, true] {
        let data = clouds(&[70, 20], 5);
        let chain = run(&mixup(0.7, remix), &data, 5).chain;
        let (rows, weights) = chain.fit_rows();
        let [majority, minority] = chain.class_weights();
        let wanted: f64 = labels(&chain).iter().sum();
        assert!((minority - wanted).abs() < 1e-9 && (majority + minority - 140.0).abs() < 1e-9);
        if remix {
            assert_eq!((rows.len(), weights, minority), (140, None, 70.0), "70 rows to 20: labels are whole");
        } else {
            let weights = weights.expect("soft labels");
            assert_eq!((rows.len(), weights.len()), (190, 190));
            assert!(rows.x[140..] == chain.points(&chain.output)[90..] && rows.y[140..].iter().all(|&y| y == 0));
            assert!((90..140).all(|i| (weights[i] + weights[i + 50] - 1.0).abs() < 1e-15));
        }
    }
    let near = clouds(&[50, 20], 5);
    assert!(run(&mixup(0.7, true), &near, 5).chain.fit_rows().1.is_some(), "50 rows to 20 are too few for remix");
}

#[test]
fn the_model_is_at_the_optimum_of_the_loss_of_the_soft_labels() {
    let chain = run(&mixup(1.0, false), &clouds(&[150, 40], 7), 7).chain;
    let (rows, weights) = chain.fit_rows();
    let model = Classifier::default().fit_weighted(&rows.x, &rows.y, weights.as_deref()).unwrap();
    let Model::LogisticRegression { coef, .. } = &model else { panic!("another model") };
    // the gradient of sum(-s ln p - (1 - s) ln(1 - p)) + |w|^2 / 2, row by row with its soft label s
    let mut gradient = [coef[0], coef[1], 0.0];
    for (&point, label) in chain.points(&chain.output).iter().zip(labels(&chain)) {
        let residual = model.predict_proba(&point) - label;
        gradient[0] += residual * point[0];
        gradient[1] += residual * point[1];
        gradient[2] += residual;
    }
    assert!(gradient.iter().all(|g| g.abs() < 1e-8), "{gradient:?}");
    let hard = Classifier::default().fit(&chain.points(&chain.output), &chain.output_dataset().y).unwrap();
    assert_ne!(hard, model);
}

#[test]
fn the_dummy_goes_by_weight() {
    let chain = run(&mixup(1.0, false), &clouds(&[40, 30], 2), 0).chain;
    let (rows, weights) = chain.fit_rows();
    assert_eq!(chain.output_dataset().count(1), 40, "as many as the majority by rows");
    let twice = vec![2.0; rows.len()];
    let minority: Vec<f64> = rows.y.iter().map(|&y| f64::from(y) + 0.1).collect();
    let of = |weights| Classifier::MajorityDummy.fit_weighted(&rows.x, &rows.y, weights);
    assert_eq!(of(weights.as_deref()), Ok(Model::MajorityDummy { probability: 0.0 }));
    assert_eq!(of(Some(&twice)), of(None));
    assert_eq!(of(Some(&minority)), Ok(Model::MajorityDummy { probability: 1.0 }));
    assert!(of(Some(&[1.0])).is_err());
}

#[test]
fn no_sampler_follows_soft_labels_and_every_one_follows_whole_ones() {
    let data = clouds(&[80, 20], 3);
    let after = |mixed: Sampler| run_chain(&stages([mixed, named("TomekLinks")]), &data, 1);
    let error = after(mixup(1.0, false)).expect_err("rows of two classes");
    assert_eq!((error.stage, &error.fault), (1, &Fault::SoftLabels));
    let advice =
        "put it before Mixup (after it only where remix is on and the other class had 3 times the rows or more)";
    assert!(error.to_string().ends_with(advice), "{error}");
    assert!(after(mixup(1.0, true)).is_ok());
    // what the advice says of remix is so: at a ratio of 3 it hardens every label, below it none
    for (majority, is_hardened) in [(40, false), (59, false), (60, true)] {
        let chain = stages([mixup(1.0, true), named("TomekLinks")]);
        assert_eq!(run_chain(&chain, &clouds(&[majority, 20], 3), 1).is_ok(), is_hardened, "{majority} : 20");
    }
    assert!(run_chain(&stages([named("TomekLinks"), mixup(1.0, false)]), &data, 1).is_ok(), "before it all may stand");
}

#[test]
fn a_step_tells_both_parents_the_share_the_place_and_the_label() {
    let chain = run(&mixup(1.0, false), &clouds(&[12, 4], 0), 0).chain;
    let Origin::Mixed { a, b, share, .. } = chain.pool_origin[16] else { panic!("not mixed") };
    let text = sentence(&chain, 1, |p| p).to_string();
    let beginning = format!("Minority point #{a} is mixed with majority point #{b}. lambda = {share:.2} puts");
    assert!(text.starts_with(&beginning), "{text}");
    let label = format!("its label is {share:.2} minority and {:.2} majority.", 1.0 - share);
    assert!(text.ends_with(&label), "{text}");
    let story = provenance(&chain, &Timeline::new(&chain), 16).to_string();
    assert!(story.starts_with("Mixed minority point s0: ") && story.contains("Its label is 0."), "{story}");
    assert!(summary(&chain, 0).to_string().starts_with("Mixup mixed minority points with the other class, 8 times: 4"));
    let whole = run(&mixup(1.0, true), &clouds(&[12, 4], 0), 0).chain;
    assert!(sentence(&whole, 1, |p| p).to_string().ends_with("its label is wholly minority."));
}
