//! The relatives of a row: from whom it comes, what came of it, who condemned it.

use super::{Timeline, centers, focus};
use crate::base::Point;
use crate::resample::{Chain, Origin, RowId, Step};

/// The relatives of a row of the pool.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kin {
    /// The rows it was made from.
    pub parents: Vec<RowId>,
    /// The centre or component it was made from, in the sampler's space.
    pub center: Option<Point>,
    /// The rows made from it, repetitions left out.
    pub children: Vec<RowId>,
    /// The row because of which it went: itself when its own neighbours condemned it, the other end of a link, what
    /// stands for its cluster, or another one.
    pub because: Option<RowId>,
    /// The neighbours that decided, where they were looked up: those of `because`, of a row dropped its own.
    pub condemned_by: Vec<RowId>,
    /// The position at which it has just been made.
    pub made_at: Option<u32>,
    /// The position at which it has just gone.
    pub gone_at: Option<u32>,
}

/// The rows that a row was made from.
fn parents(origin: Origin) -> impl Iterator<Item = RowId> {
    let (one, other) = match origin {
        Origin::Between { base, neighbor, .. } => (Some(base), Some(neighbor)),
        Origin::Mixed { a, b, .. } => (Some(a), Some(b)),
        Origin::Copy { of } | Origin::Jittered { of } => (Some(of), None),
        Origin::Original | Origin::Center { .. } | Origin::Component { .. } => (None, None),
    };
    one.into_iter().chain(other)
}

/// Finds the relatives of `row`; none for a row that is not in the pool.
pub fn kin(chain: &Chain, timeline: &Timeline, row: RowId) -> Kin {
    let Some(&origin) = chain.pool_origin.get(row as usize) else { return Kin::default() };
    let made_at = timeline.made(row);
    let center = match origin {
        Origin::Center { cluster: at } | Origin::Component { component: at } => made_at
            .and_then(|position| centers(chain, position))
            .and_then(|now| now.path.last()?.get(at as usize).copied()),
        _ => None,
    };
    let is_child = |origin: Origin| !matches!(origin, Origin::Copy { .. }) && parents(origin).any(|id| id == row);
    let children = (0..).zip(&chain.pool_origin).filter(|&(_, &origin)| is_child(origin)).map(|(id, _)| id).collect();
    let gone_at = timeline.gone(row);
    let (mut because, mut condemned_by) = (None, Vec::new());
    if let Some(last) = gone_at.and_then(|position| focus(chain, position)) {
        because = match last.step {
            Step::Link { a, b, .. } => Some(if a == row { b } else { a }),
            Step::Remove { because, .. } => Some(because),
            _ => last.chosen,
        };
        if let Step::Remove { .. } | Step::Drop { .. } = last.step {
            condemned_by = last.neighbors;
        }
    }
    Kin { parents: parents(origin).collect(), center, children, because, condemned_by, made_at, gone_at }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dataset::Dataset;
    use crate::resample::{K_NEIGHBORS, Sampler, SamplerStage, SamplingStrategy, Value, run_chain};

    /// SMOTE on three minority rows, one of which has a majority row close by; then Tomek links.
    fn chain() -> Chain {
        let x = vec![[0.0, 0.0], [1.0, 0.0], [0.0, 4.0], [0.0, 4.1], [9.0, 9.0], [9.0, 8.0], [8.0, 9.0]];
        let train = Dataset { x, y: vec![1, 1, 1, 0, 0, 0, 0] };
        let smote = Sampler::named("SMOTE").unwrap().with(&K_NEIGHBORS, Value::Count(2));
        let stages = [smote, Sampler::named("TomekLinks").unwrap().to(SamplingStrategy::All)];
        let stages = stages.map(|sampler| SamplerStage { sampler, seed: Some(3), only: None });
        run_chain(&stages, &train, 0).unwrap()
    }

    #[test]
    fn a_child_knows_its_parents_and_they_know_it() {
        let chain = chain();
        let timeline = Timeline::new(&chain);
        let child = kin(&chain, &timeline, 7);
        assert_eq!((child.parents.len(), child.made_at, child.gone_at), (2, Some(1), None));
        for &parent in &child.parents {
            let parent = kin(&chain, &timeline, parent);
            assert!(parent.children.contains(&7) && parent.parents.is_empty() && parent.made_at.is_none());
        }
        let stranger = (0..3).find(|row| !child.parents.contains(row)).unwrap();
        assert!(!kin(&chain, &timeline, stranger).children.contains(&7));
        assert_eq!(kin(&chain, &timeline, 99), Kin::default());
    }

    #[test]
    fn a_removed_row_knows_because_of_whom() {
        let chain = chain();
        let of = |row| kin(&chain, &Timeline::new(&chain), row);
        assert_eq!((of(3).because, of(3).gone_at), (Some(2), Some(2)), "one row is added, then both ends go");
        assert_eq!(of(2).because, Some(3));
        assert_eq!((of(4).because, of(4).gone_at), (None, None));
    }
}
