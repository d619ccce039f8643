//! Over-samplers that see only some types of rows: what they see, what they make of it, and what they say.

use std::collections::BTreeSet;

use imbalance_lab::dataset::Dataset;
use imbalance_lab::resample::SamplingStrategy::Counts;
use imbalance_lab::resample::play::{RowState, Timeline, code_line, findings, focus, sentence};
use imbalance_lab::resample::{
    Chain, Fault, Hardness, OnlyTypes, Origin, ResampleError, Sampler, SamplerStage, Step, hardness, run_chain,
};

use imbalance_lab::{export::python, permalink};

use super::rules::nearest;
use super::{clouds, is_exact, named, samplers, snapped, with_neighbors};

fn only(sampler: Sampler, types: &[Hardness], k: u8) -> SamplerStage {
    SamplerStage { only: Some(OnlyTypes { types: types.to_vec(), k }), ..SamplerStage::new(sampler) }
}

#[test]
fn a_restricted_stage_says_of_how_many_rows_it_saw_how_many() {
    let data = clouds(&[200, 70], 3);
    let types = [Hardness::Borderline, Hardness::Rare];
    let chain = run_chain(&[only(named("SMOTE"), &types, 7)], &data, 1).expect("enough rows");
    let of = hardness(&imbalance_lab::base::Rows::from_points(&data.x), &data.y, 7).expect("types");
    let seen = (0..270).filter(|&row| data.y[row] == 1 && types.contains(&of[row])).count();
    let restriction = chain.stages[0].only.as_ref().expect("restricted");
    assert_eq!((restriction.seen, restriction.of, restriction.only.k), (seen, 70, 7));
    assert_eq!(
        restriction.told(&chain).to_string(),
        format!(
            "Only the borderline and rare minority points ({seen} of 70) take part, by their 7 nearest neighbours."
        )
    );
    let free = run_chain(&[SamplerStage::new(named("SMOTE"))], &data, 1).expect("enough rows");
    assert_eq!(free.stages[0].only, None);
}

/// Forty majority rows in a square, three minority rows far from each other among them, the others far away.
fn three_outliers() -> Dataset {
    let grid = (0..100).map(|i| [f64::from(i % 10), f64::from(i / 10) * 1.01]);
    let lone = [[1.5, 1.5], [4.5, 7.5], [8.5, 3.5]];
    let far = (0..67).map(|i| [50.0 + f64::from(i % 9), 50.0 + f64::from(i / 9) * 1.01]);
    let x: Vec<[f64; 2]> = grid.chain(lone).chain(far).collect();
    let y = (0..170).map(|i| u8::from(i >= 100)).collect();
    Dataset { x, y }
}

#[test]
fn an_error_says_how_many_rows_the_restriction_leaves() {
    let data = three_outliers();
    let refused = |name: &str| -> ResampleError {
        run_chain(&[only(named(name), &[Hardness::Outlier], 5)], &data, 0).expect_err("three rows are too few")
    };
    let error = refused("SMOTE");
    assert_eq!(
        error.to_string(),
        "SMOTE: 5 neighbours (k_neighbors) need at least 6 minority rows, there are 3: the restriction to outlier \
         leaves 3 of 70 minority rows; allow more types or lower k_neighbors to 2"
    );
    assert!(matches!(error.fault, Fault::Restricted { .. }));
    assert_eq!(error.library_type(), "ValueError");
    assert_eq!(
        error.library_message(),
        "Expected n_neighbors <= n_samples_fit, but n_neighbors = 6, n_samples_fit = 3, n_samples = 3"
    );
    let error = refused("KMeansSMOTE").to_string();
    assert!(error.ends_with("allow more types)") || error.contains("; allow more types"), "{error}");
    let none = run_chain(&[only(named("SMOTE"), &[Hardness::Rare], 5)], &data, 0).expect_err("no row is rare");
    assert!(none.to_string().contains("no row to start from is rare: there are 67 safe"), "{none}");
    let many = run_chain(&[only(named("SMOTE"), &[Hardness::Rare], 250)], &data, 0).expect_err("170 rows");
    assert!(many.to_string().contains("(k of the types) need at least 251 rows, there are 170"), "{many}");
}

#[test]
fn a_script_carries_every_class_once() {
    let link = permalink::parse("sampler=island.borderline+mixture.rare.t7+island+smote.safe").link;
    let script = python::script(&link).expect("a script");
    for class in ["class OnlyTypes(", "class IslandSMOTE(", "class GaussianMixtureSampler("] {
        assert_eq!(script.matches(class).count(), 1, "{class}");
    }
    assert!(script.contains("OnlyTypes(GaussianMixtureSampler(random_state=SEED), [\"rare\"], k=7)"), "{script}");
}

/// The types by counting: of the `k` nearest other rows (of equally near ones the first) those of the same class.
fn counted(data: &Dataset, k: u8) -> Vec<Hardness> {
    let apart = |i: usize, j: usize| -> f64 { (0..2).map(|axis| (data.x[i][axis] - data.x[j][axis]).powi(2)).sum() };
    let of = |row: usize| {
        let mut others: Vec<usize> = (0..data.len()).filter(|&other| other != row).collect();
        others.sort_by(|&i, &j| apart(row, i).total_cmp(&apart(row, j)));
        let own = others[..usize::from(k)].iter().filter(|&&other| data.y[other] == data.y[row]).count();
        match 10 * own {
            0 => Hardness::Outlier,
            tenths if tenths > 7 * usize::from(k) => Hardness::Safe,
            tenths if tenths >= 3 * usize::from(k) => Hardness::Borderline,
            _ => Hardness::Rare,
        }
    };
    (0..data.len()).map(of).collect()
}

const MAJORITY: usize = 90;
const MINORITY: usize = 40;
/// What each case asks for: enough that the smallest one draws from every row.
const WANTED: usize = 85;

struct Case {
    sampler: Sampler,
    data: Dataset,
    types: Vec<Hardness>,
    k: u8,
    chain: Chain,
    /// Rows that the sampler may see, ascending.
    seen: Vec<u32>,
}

/// Every method that takes a restriction, with every choice of its parameters, on small random data.
fn cases() -> Vec<Case> {
    use Hardness::{Borderline, Outlier, Rare, Safe};
    let mut cases = Vec::new();
    for plain in samplers().filter(|sampler| sampler.method().takes_types()) {
        for (seed, types, k) in [
            (0, vec![Safe], 5),
            (1, vec![Borderline], 5),
            (2, vec![Borderline, Rare], 9),
            (3, vec![Rare, Outlier], 3),
            (4, vec![Safe, Borderline, Rare], 1),
        ] {
            let data = clouds(&[MAJORITY, MINORITY], seed);
            let sampler = with_neighbors(plain.clone(), 2).to(Counts(vec![(1, WANTED)]));
            let of = counted(&data, k);
            let sees = |row: &u32| data.y[*row as usize] == 0 || types.contains(&of[*row as usize]);
            let seen: Vec<u32> = (0..data.len() as u32).filter(sees).collect();
            // What a method refuses of the rows it sees is a case of another test.
            if let Ok(chain) = run_chain(&[only(sampler.clone(), &types, k)], &data, seed) {
                cases.push(Case { sampler, data, types: types.clone(), k, chain, seen });
            }
        }
    }
    let names: BTreeSet<&str> = cases.iter().map(|case| case.sampler.name()).collect();
    let all: BTreeSet<&str> =
        samplers().filter(|sampler| sampler.method().takes_types()).map(|sampler| sampler.name()).collect();
    assert_eq!(names, all, "each has some case that it does not refuse");
    assert!(all.len() == 9 && cases.len() >= 3 * all.len(), "{}", cases.len());
    cases
}

fn parents(origin: Origin) -> Vec<u32> {
    match origin {
        Origin::Between { base, neighbor, .. } => vec![base, neighbor],
        Origin::Mixed { a, .. } => vec![a],
        Origin::Copy { of } | Origin::Jittered { of } => vec![of],
        _ => Vec::new(),
    }
}

#[test]
fn every_minority_parent_of_a_new_row_is_of_a_chosen_type() {
    let mut told = 0;
    for Case { sampler, data, types, k, chain, .. } in cases() {
        let of = counted(&data, k);
        for &origin in &chain.pool_origin[data.len()..] {
            for parent in parents(origin).into_iter().filter(|&parent| data.y[parent as usize] == 1) {
                let found = of[parent as usize];
                assert!(types.contains(&found), "{} begins from {found:?}, not {types:?}", sampler.name());
                told += 1;
            }
        }
        let restriction = chain.stages[0].only.as_ref().expect("restricted");
        let seen = (0..data.len()).filter(|&row| data.y[row] == 1 && types.contains(&of[row])).count();
        assert_eq!((restriction.seen, restriction.of), (seen, MINORITY));
    }
    assert!(told > 1000, "{told}");
}

#[test]
fn what_is_made_is_what_the_sampler_makes_of_the_data_without_the_hidden_rows() {
    for Case { sampler, data, chain, seen, .. } in cases() {
        let made = WANTED - MINORITY;
        let left = data.take(&seen);
        let alone = sampler.clone().to(Counts(vec![(1, left.count(1) + made)]));
        let seed = chain.stages[0].seed;
        let other = run_chain(&[SamplerStage::new(alone)], &left, seed).expect("it did not refuse them before");
        let (new, new_alone) = (&chain.pool_x[data.len()..], &other.pool_x[left.len()..]);
        assert_eq!(new, new_alone, "{}", sampler.name());
        assert_eq!(chain.pool_y[data.len()..], other.pool_y[left.len()..]);
        let steps = chain.stages[0].steps.len();
        assert_eq!(steps, other.stages[0].steps.len(), "{}: step by step", sampler.name());
    }
}

#[test]
fn no_row_that_came_in_is_touched_and_the_same_seed_gives_the_same_again() {
    for Case { sampler, data, types, k, chain, .. } in cases() {
        let name = sampler.name();
        let after = chain.output_dataset();
        assert_eq!((&after.x[..data.len()], &after.y[..data.len()]), (&data.x[..], &data.y[..]), "{name}");
        assert_eq!(chain.output, (0..chain.pool_x.len() as u32).collect::<Vec<_>>(), "{name}");
        if is_exact(&sampler) && name != "BorderlineSMOTE" {
            assert_eq!((after.count(0), after.count(1)), (MAJORITY, WANTED), "{name}");
        }
        let again = run_chain(&[only(sampler.clone(), &types, k)], &data, chain.stages[0].seed);
        assert_eq!(again.as_ref(), Ok(&chain), "{name}");
        let all =
            run_chain(&[only(sampler.clone(), &Hardness::ALL, k)], &data, chain.stages[0].seed).expect("all rows");
        let free = run_chain(&[SamplerStage::new(sampler)], &data, chain.stages[0].seed).expect("all rows");
        assert_eq!((all.pool_x, all.output), (free.pool_x, free.output), "{name}: all types are all rows");
    }
}

#[test]
fn ties_fall_as_in_the_types_themselves() {
    let data = snapped(&[MAJORITY, MINORITY], 5);
    let of = hardness(&imbalance_lab::base::Rows::from_points(&data.x), &data.y, 5).expect("types");
    for types in [[Hardness::Safe, Hardness::Borderline], [Hardness::Borderline, Hardness::Rare]] {
        let sampler = named("RandomOverSampler");
        let chain = run_chain(&[only(sampler, &types, 5)], &data, 2).expect("such rows");
        for &origin in &chain.pool_origin[data.len()..] {
            assert!(parents(origin).iter().all(|&parent| types.contains(&of[parent as usize])));
        }
    }
}

#[test]
fn stepping_through_a_restricted_stage_and_back_shows_the_same() {
    for Case { sampler, data, chain, .. } in cases() {
        let timeline = Timeline::new(&chain);
        let total = chain.total_steps();
        let shown = |position: u32| {
            let rows: Vec<u32> = timeline.rows(RowState::Present, position).collect();
            (rows, findings(&chain, position), focus(&chain, position), sentence(&chain, position, |p| p).to_string())
        };
        let forwards: Vec<_> = (0..=total).map(shown).collect();
        let mut backwards: Vec<_> = (0..=total).rev().map(shown).collect();
        backwards.reverse();
        assert!(forwards == backwards, "{}", sampler.name());
        let mut present: BTreeSet<u32> = (0..data.len() as u32).collect();
        for (step, (rows, ..)) in chain.stages[0].steps.iter().zip(&forwards[1..]) {
            if let Step::Add { row } = *step {
                assert!(present.insert(row), "made twice");
            }
            assert_eq!(step.removed(), [None, None], "{} only adds", sampler.name());
            assert!(rows.iter().copied().eq(present.iter().copied()), "{}", sampler.name());
        }
        assert_eq!(present, chain.output.iter().copied().collect());
    }
}

#[test]
fn sentences_and_lines_speak_of_the_rows_that_take_part() {
    for Case { sampler, data, chain, .. } in cases() {
        let free = run_chain(&[SamplerStage::new(sampler.clone())], &data, 0).expect("all rows");
        let all = code_line(&free, free.total_steps(), |p| p).expect("a stage").lines;
        for position in 1..=chain.total_steps() {
            let said = sentence(&chain, position, |p| p).to_string();
            let code = code_line(&chain, position, |p| p).expect("a stage");
            let (first, rest) = code.lines.split_first().expect("lines");
            assert!(first.contains("minority rows of the chosen types"), "{first}");
            assert_eq!(rest, all, "{}", sampler.name());
            assert!((5..=12).contains(&code.lines.len()), "{}: {} lines", sampler.name(), code.lines.len());
            assert!(code.line.is_some_and(|line| (1..code.lines.len()).contains(&line)), "{}", sampler.name());
            let counts =
                ["of its two", "nearest points", "every point", "batch of points", " holds ", "Island ", "Cluster "];
            if counts.iter().any(|words| said.contains(words)) {
                assert!(
                    said.contains("that take part") || said.contains("that takes part"),
                    "{}: {said}",
                    sampler.name()
                );
            }
        }
        let unrestricted = (1..=free.total_steps()).map(|at| sentence(&free, at, |p| p).to_string());
        assert!(unrestricted.into_iter().all(|said| !said.contains("take part")));
    }
}

#[test]
fn the_rank_of_a_neighbour_is_that_among_the_rows_that_take_part() {
    let mut hidden_before = 0;
    for Case { sampler, data, chain, seen, .. } in cases().into_iter().filter(|case| case.sampler.name() == "SMOTE") {
        for position in 1..=chain.total_steps() {
            let now = focus(&chain, position).expect("a step");
            let (base, neighbor) = (now.center.expect("a base"), now.chosen.expect("a neighbour"));
            let near = nearest(&data, base as usize, |row| data.y[row] == 1 && seen.contains(&(row as u32)));
            let at = near.iter().position(|&row| row == neighbor as usize).expect("one that takes part");
            let rank = ["first", "second"][at];
            let said = sentence(&chain, position, |p| p).to_string();
            assert!(
                said.contains(&format!(", {rank} of its two nearest that take part.")),
                "{}: {said}",
                sampler.name()
            );
            let of_all = nearest(&data, base as usize, |row| data.y[row] == 1);
            hidden_before += usize::from(of_all[at] != neighbor as usize);
        }
    }
    assert!(hidden_before > 20, "the rank among all would be another: {hidden_before}");
}
