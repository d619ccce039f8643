//! Which of many centres may matter to a box: a second tree, over the centres.
//!
//! For a box that holds a few of thousands of centres, going down from all of them costs more than all the boxes below
//! it together; from a tree they are looked up.

use super::box_tree::{BoxTree, ROOT, between};
use super::squared_distance;
use crate::base::Rows;
use crate::base::math::higher;

/// Centres under a leaf.
const LEAF: usize = 8;

/// Centres that can be looked up by where they are.
#[derive(Clone, Debug)]
pub(super) struct Around {
    centers: Rows,
    tree: BoxTree,
}

impl Around {
    pub(super) fn new(centers: Rows) -> Self {
        Self { tree: BoxTree::new(&centers, LEAF), centers }
    }

    /// The same centres, in their order, after they have moved.
    pub(super) fn moved_to(&self, centers: Rows) -> Self {
        let mut tree = self.tree.clone();
        tree.follow(&centers);
        Self { centers, tree }
    }

    /// The centres.
    #[inline]
    pub(super) fn centers(&self) -> &Rows {
        &self.centers
    }

    /// The centre nearest to `place`; of equally near ones the first.
    pub(super) fn nearest(&self, place: &[f64]) -> u32 {
        let mut best = (f64::INFINITY, u32::MAX);
        self.nearest_under(ROOT, place, &mut best);
        best.1
    }

    fn nearest_under(&self, node: usize, place: &[f64], best: &mut (f64, u32)) {
        match self.tree.children(node) {
            Some(children) => {
                let [left, right] = children.map(|child| (self.tree.squared_distance(child, place), child));
                let in_order = if right.0 < left.0 { [right, left] } else { [left, right] };
                for (squared, child) in in_order {
                    if squared <= best.0 {
                        self.nearest_under(child, place, best);
                    }
                }
            }
            None => {
                for at in self.tree.range(node) {
                    let found = (squared_distance(self.tree.rows().row(at), place), self.tree.order()[at]);
                    if found < *best {
                        *best = found;
                    }
                }
            }
        }
    }

    /// Appends the centres from which some place of the box is within the squared distance `reach`, in no order.
    pub(super) fn within(&self, (low, high): (&[f64], &[f64]), reach: f64, found: &mut Vec<u32>) {
        self.within_under(ROOT, (low, high), reach, found);
    }

    fn within_under(&self, node: usize, (low, high): (&[f64], &[f64]), reach: f64, found: &mut Vec<u32>) {
        if between(self.tree.corners(node), (low, high)) > reach {
            return;
        }
        match self.tree.children(node) {
            Some(children) => {
                children.into_iter().for_each(|child| self.within_under(child, (low, high), reach, found));
            }
            None => {
                for at in self.tree.range(node) {
                    let center = self.tree.rows().row(at);
                    if between((center, center), (low, high)) <= reach {
                        found.push(self.tree.order()[at]);
                    }
                }
            }
        }
    }
}

/// From `place` to the farthest corner of the box, squared.
pub(super) fn farthest(place: &[f64], (low, high): (&[f64], &[f64])) -> f64 {
    place.iter().zip(low.iter().zip(high)).fold(0.0, |sum, (&place, (&low, &high))| {
        let side = higher((place - low).abs(), (high - place).abs());
        sum + side * side
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::RandomState;

    /// As many rows elsewhere.
    fn rows_like(rows: &Rows) -> Rows {
        Rows::from_values(rows.width(), rows.values().iter().map(|v| 1.0 / (1.0 + v * v)).collect())
    }

    #[test]
    fn what_is_looked_up_is_what_looking_at_all_finds() {
        let mut random = RandomState::new(3);
        for (width, n, snap) in [(1, 40, 0.5), (2, 300, 0.0), (2, 300, 1.0), (4, 100, 0.0), (3, 1, 0.0)] {
            let mut rows = |n: usize| {
                let values = (0..n * width).map(|_| random.normal(0.0, 2.0));
                let snapped = values.map(|x| if snap > 0.0 { (x / snap).round() * snap } else { x });
                Rows::from_values(width, snapped.collect())
            };
            let (centers, places) = (rows(n), rows(50));
            let around = Around::new(rows_like(&centers)).moved_to(centers.clone());
            for (place, other) in places.iter().zip(places.iter().skip(1)) {
                let all = || centers.iter().map(|center| squared_distance(center, place)).zip(0..);
                let first = all().fold((f64::INFINITY, 0), |best, next| if next.0 < best.0 { next } else { best });
                assert_eq!(around.nearest(place), first.1);
                let low: Vec<f64> = place.iter().zip(other).map(|(a, b)| a.min(*b)).collect();
                let high: Vec<f64> = place.iter().zip(other).map(|(a, b)| a.max(*b)).collect();
                let mut found = Vec::new();
                around.within((&low, &high), 2.0, &mut found);
                found.sort_unstable();
                let clamped = |center: &[f64]| -> f64 {
                    let inside = center.iter().zip(low.iter().zip(&high)).map(|(v, (low, high))| v.clamp(*low, *high));
                    inside.zip(center).map(|(inside, v)| (inside - v) * (inside - v)).sum()
                };
                let expected = centers.iter().zip(0..).filter(|(center, _)| clamped(center) <= 2.0).map(|(_, i)| i);
                assert_eq!(found, expected.collect::<Vec<u32>>(), "{width} columns, {n} centres");
                assert!(farthest(place, (&low, &high)) >= squared_distance(place, other));
            }
        }
    }
}
