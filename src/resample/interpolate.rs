//! The draw that SMOTE and its relatives share: a cell of the neighbour table, then a place on the way.

use super::bench::Bench;
use crate::base::Class;
use crate::random::RandomState;

/// Adds `n` points from the rows at `bases` towards their `k` neighbours (`table`, `k` per base row).
///
/// All cells are drawn before all gaps. With `halved_towards_others` the way to a neighbour of another class than
/// `class` is first shortened by a draw from `[0, 0.5)`, from a stream of the same seed of its own.
pub(super) fn add_between(
    bench: &mut Bench,
    bases: &[u32],
    table: (&[u32], usize),
    n: usize,
    seed: u32,
    halved_towards_others: Option<Class>,
) {
    add_with_step(bench, bases, table, n, seed, 1.0, halved_towards_others);
}

/// The same with gaps of `step` times a draw from `[0, 1)`: below 0 it leads away from the neighbour.
pub(super) fn add_with_step(
    bench: &mut Bench,
    bases: &[u32],
    (table, k): (&[u32], usize),
    n: usize,
    seed: u32,
    step: f64,
    halved_towards_others: Option<Class>,
) {
    if table.is_empty() {
        return;
    }
    let mut random = RandomState::new(seed);
    let cells: Vec<usize> = (0..n).map(|_| random.interval(table.len() as u64 - 1) as usize).collect();
    let mut shortening = RandomState::new(seed);
    bench.reserve(n);
    let mut x = vec![0.0; bench.x.width()];
    for cell in cells {
        let gap = step * random.random_sample();
        let (base, neighbor) = (bases[cell / k], table[cell]);
        let halved = halved_towards_others.is_some_and(|class| bench.y[neighbor as usize] != class);
        let share = if halved { shortening.uniform(0.0, 0.5) } else { 1.0 };
        let (from, to) = (bench.x.row(base as usize), bench.x.row(neighbor as usize));
        for ((x, from), to) in x.iter_mut().zip(from).zip(to) {
            *x = from + gap * ((to - from) * share);
        }
        bench.add_between(base, neighbor, gap * share, &x);
    }
}
