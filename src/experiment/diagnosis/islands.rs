//! Bridges: points drawn between two islands of the minority.
//!
//! Two minority rows of the training set are joined when they lie closer than six times the median distance from a
//! minority row to the nearest other; what hangs together is an island if it has at least four rows and a tenth of
//! the class. Distances are those of the plane in the samplers' space: hidden columns make no islands. Six, because
//! evenly scattered rows fall apart by chance at three.

use super::{Diagnosis, DiagnosisKind, Patient, WORTH_SAYING, percent, share};
use crate::base::Point;
use crate::base::math::{hypot, percentile};
use crate::base::neighbors::NearestNeighbors;
use crate::resample::Origin;

/// Rows closer than this many median distances to the nearest are joined.
const JOINED: f64 = 6.0;
/// Fewest rows of an island.
const ROWS: usize = 4;
/// An island has at least one in this many of all rows.
const ONE_IN: usize = 10;

impl Patient<'_> {
    /// New points whose parents lie on different islands.
    pub(super) fn bridges(&self) -> Option<Diagnosis> {
        let new = self.new_points();
        if new.is_empty() {
            return None;
        }
        let points: Vec<Point> = self.real.iter().map(|&row| self.chain.pool_x[row as usize]).collect();
        let island_of = islands(&points)?;
        let n_islands = island_of.iter().flatten().max()? + 1;
        if n_islands < 2 {
            return None;
        }
        let island = |row| island_of[self.real.binary_search(&self.root(row)?).ok()?];
        let is_bridge = |&&row: &&u32| match self.chain.pool_origin[row as usize] {
            Origin::Between { base, neighbor, .. } => {
                matches!((island(base), island(neighbor)), (Some(a), Some(b)) if a != b)
            }
            _ => false,
        };
        let bridges = new.iter().filter(is_bridge).count();
        let part = share(bridges, new.len());
        (part > WORTH_SAYING).then(|| Diagnosis {
            kind: DiagnosisKind::Bridges,
            text: format!(
                "The minority lies on {n_islands} islands, and {bridges} of the {} new points ({}) were drawn from one \
                 to another: bridges over whatever lies between.",
                new.len(),
                percent(part)
            ),
        })
    }
}

/// The island of every point, numbered from 0; `None` for a point on none. Nothing for fewer than two points.
pub(super) fn islands(points: &[Point]) -> Option<Vec<Option<usize>>> {
    let nearest = NearestNeighbors::fit(points, 1).and_then(|fitted| fitted.kneighbors_of_fitted(points, 1)).ok()?;
    let reach = JOINED * percentile(&nearest.distances, 50.0);
    // From left to right, so that only points within reach across are compared.
    let mut order: Vec<usize> = (0..points.len()).collect();
    order.sort_by(|&a, &b| points[a][0].total_cmp(&points[b][0]));
    let mut leader: Vec<usize> = (0..points.len()).collect();
    for (at, &a) in order.iter().enumerate() {
        for &b in order[at + 1..].iter().take_while(|&&b| points[b][0] - points[a][0] <= reach) {
            if hypot(points[a][0] - points[b][0], points[a][1] - points[b][1]) <= reach {
                let (a, b) = (follow(&mut leader, a), follow(&mut leader, b));
                leader[a.max(b)] = a.min(b);
            }
        }
    }
    let of: Vec<usize> = (0..points.len()).map(|point| follow(&mut leader, point)).collect();
    let mut sizes = vec![0; points.len()];
    of.iter().for_each(|&leader| sizes[leader] += 1);
    let least = ROWS.max(points.len().div_ceil(ONE_IN));
    let large: Vec<usize> = (0..points.len()).filter(|&leader| sizes[leader] >= least).collect();
    Some(of.iter().map(|leader| large.binary_search(leader).ok()).collect())
}

/// Who leads `point`; the way there is halved for the next time.
fn follow(leader: &mut [usize], mut point: usize) -> usize {
    while leader[point] != point {
        leader[point] = leader[leader[point]];
        point = leader[point];
    }
    point
}
