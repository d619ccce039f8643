//! The rules of the samplers that classify the majority by a store of rows, restated by brute force.

use imbalance_lab::dataset::Dataset;
use imbalance_lab::random::RandomState;
use imbalance_lab::resample::{Sampler, Step, Value};

use super::neighbor_rules::{all_rows, kept, original};
use super::rules::{nearest, squared_distance};
use super::{clouds, named, run, with_neighbors};

/// Whether the `k` rows of `store` nearest to `row` are mostly of the minority. The majority wins a tie; a row that
/// stands in the store twice votes twice, and one that stands there votes for itself.
fn is_outvoted(data: &Dataset, store: &[usize], row: usize, k: usize) -> bool {
    let mut near = store.to_vec();
    let to = |i: usize| squared_distance(data.x[row], data.x[i]);
    near.sort_by(|&i, &j| to(i).total_cmp(&to(j)));
    2 * near[..k].iter().filter(|&&i| data.y[i] == 1).count() > k
}

/// Neighbours and seeds of the methods that begin with a store.
const STORES: [(usize, usize); 6] = [(1, 1), (1, 4), (2, 4), (3, 1), (3, 6), (4, 12)];

fn with_store(name: &str, (k, n_seeds): (usize, usize)) -> Sampler {
    let mut sampler = with_neighbors(named(name), k);
    assert!(sampler.set("n_seeds_S", Value::Count(n_seeds as u32)));
    sampler
}

#[test]
fn a_condensed_row_is_one_that_the_store_before_it_misclassified() {
    let (mut condensed, mut again, mut quirks) = ([0; STORES.len()], 0, 0);
    for seed in 0..30 {
        let data = clouds(&[60, 20], seed);
        let (majority, minority): (Vec<usize>, Vec<usize>) = (0..80).partition(|&row| data.y[row] == 0);
        for (case, (k, n_seeds)) in STORES.into_iter().enumerate() {
            let mut random = RandomState::new(seed);
            let mut wanted: Vec<usize> = (0..n_seeds).map(|_| majority[random.randint(0, 60) as usize]).collect();
            for (position, &row) in majority.iter().enumerate() {
                // imbalanced-learn compares the position in the class with the numbers of the rows kept before.
                let passed_over = wanted.contains(&position);
                if !is_outvoted(&data, &[&minority[..], &wanted].concat(), row, k) {
                    condensed[case] += usize::from(!wanted.contains(&row));
                } else if passed_over {
                    quirks += 1;
                } else {
                    again += usize::from(wanted.contains(&row));
                    wanted.push(row);
                }
            }
            let chain = run(&with_store("CondensedNearestNeighbour", (k, n_seeds)), &data, seed).chain;
            let (mut found, mut dropped) = (Vec::new(), Vec::new());
            for step in &chain.stages[0].steps {
                match *step {
                    Step::Keep { row } => found.push(row as usize),
                    Step::Add { row } => found.push(original(&chain, row)),
                    Step::Drop { row } => dropped.push(row as usize),
                    _ => panic!("nothing else happens"),
                }
            }
            assert_eq!(found, wanted, "seed {seed}, k {k}, {n_seeds} seeds");
            let others: Vec<usize> = majority.iter().copied().filter(|row| !wanted.contains(row)).collect();
            assert_eq!(dropped, others, "seed {seed}, k {k}, {n_seeds} seeds");
            let mut all = [&minority[..], &wanted].concat();
            all.sort_unstable();
            assert_eq!(all_rows(&chain), all, "seed {seed}, k {k}, {n_seeds} seeds");
        }
    }
    assert!(condensed.iter().all(|&rows| rows > 100) && again > 10 && quirks > 10, "{condensed:?} {again} {quirks}");
}

#[test]
fn one_sided_selection_drops_what_the_seeds_classify_and_then_the_links() {
    let (mut dropped, mut cleaned, mut twice) = ([0; STORES.len()], [0; STORES.len()], 0);
    for seed in 0..30 {
        let data = clouds(&[60, 20], seed);
        let (majority, minority): (Vec<usize>, Vec<usize>) = (0..80).partition(|&row| data.y[row] == 0);
        for (case, (k, n_seeds)) in STORES.into_iter().enumerate() {
            let mut random = RandomState::new(seed);
            let seeds: Vec<usize> = (0..n_seeds).map(|_| majority[random.randint(0, 60) as usize]).collect();
            let store = [&minority[..], &seeds].concat();
            let stays = |row: &usize| !seeds.contains(row) && is_outvoted(&data, &store, *row, k);
            let mut left: Vec<usize> = majority.iter().copied().filter(stays).chain(store.iter().copied()).collect();
            left.sort_unstable();
            // A seed drawn twice is there twice; then the other of the two is its nearest, and there is no link.
            let times = |row: usize| left.iter().filter(|&&other| other == row).count();
            let first = |row: usize| if times(row) > 1 { row } else { nearest(&data, row, |i| left.contains(&i))[0] };
            let in_link = |row: usize| data.y[first(row)] != data.y[row] && first(first(row)) == row;
            let wanted: Vec<usize> = left.iter().copied().filter(|&row| data.y[row] == 1 || !in_link(row)).collect();
            dropped[case] += majority.iter().filter(|row| !left.contains(row)).count();
            cleaned[case] += left.len() - wanted.len();
            twice += wanted.windows(2).filter(|pair| pair[0] == pair[1]).count();
            let found = kept(&with_store("OneSidedSelection", (k, n_seeds)), &data, seed);
            assert_eq!(found, wanted, "seed {seed}, k {k}, {n_seeds} seeds");
        }
    }
    assert!(cleaned.iter().all(|&rows| rows > 50) && twice > 10, "{cleaned:?} {twice}");
    // A single seed is never most of three.
    let wanted = STORES.map(|(k, n_seeds)| 2 * n_seeds >= k);
    assert_eq!(dropped.map(|rows| rows > 100), wanted, "{dropped:?}");
}
