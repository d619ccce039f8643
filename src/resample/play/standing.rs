//! What has been found so far: the verdicts, shares and centres that stand while a stage goes on.
//!
//! A stage that first judges and then acts keeps showing whom it found in danger while it acts. When a pass begins
//! again, what it found the time before is forgotten.

use crate::base::Point;
use crate::resample::{Chain, RowId, StageTrace, Step, Verdict};

/// What was found about a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Finding {
    /// What it was judged to be.
    Verdict(Verdict),
    /// Its share of what is to be made: 1 for the largest share of the stage.
    Share(f64),
}

/// The centres of clusters at a position.
#[derive(Clone, Debug, PartialEq)]
pub struct CentersNow<'a> {
    /// Where they were, oldest first, the present place last; in the sampler's space. Never empty.
    pub path: Vec<&'a [Point]>,
    /// The one the present step is about.
    pub chosen: Option<u32>,
}

/// What the stage of the step played last has found about its rows so far, in the order of the pool.
pub fn findings(chain: &Chain, position: u32) -> Vec<(RowId, Finding)> {
    let Some(place) = chain.locate(position) else { return Vec::new() };
    let stage = &chain.stages[place.stage];
    let largest = stage.steps.iter().map(|step| if let Step::Weigh { share, .. } = *step { share } else { 0 }).max();
    let largest = f64::from(largest.unwrap_or(0).max(1));
    let mut found = vec![None; chain.pool_y.len()];
    for (start, end) in latest(stage, place.index) {
        for step in &stage.steps[start..end] {
            match *step {
                Step::Judge { row, verdict, .. } | Step::Score { row, verdict, .. } => {
                    found[row as usize] = Some(Finding::Verdict(verdict));
                }
                Step::Weigh { row, share, .. } => {
                    found[row as usize] = Some(Finding::Share(f64::from(share) / largest));
                }
                _ => {}
            }
        }
    }
    (0..).zip(found).filter_map(|(row, finding)| Some((row, finding?))).collect()
}

/// The stretches of steps up to `index` that the last pass of each phase was.
fn latest(stage: &StageTrace, index: usize) -> Vec<(usize, usize)> {
    let begun: Vec<_> = stage.phases.iter().filter(|start| start.at as usize <= index).collect();
    let Some(first) = begun.first() else { return vec![(0, index + 1)] };
    let mut last = vec![0; 1 + begun.iter().map(|start| start.phase as usize).max().unwrap_or(0)];
    begun.iter().for_each(|start| last[start.phase as usize] = start.round);
    let mut stretches = vec![(0, first.at as usize)];
    for (at, start) in begun.iter().enumerate() {
        if start.round == last[start.phase as usize] {
            let end = begun.get(at + 1).map_or(index + 1, |next| next.at as usize);
            stretches.push((start.at as usize, end));
        }
    }
    stretches
}

/// The centres of clusters as they stand at `position`, in the stage of the step played last; `None` without any.
pub fn centers(chain: &Chain, position: u32) -> Option<CentersNow<'_>> {
    let place = chain.locate(position)?;
    let stage = &chain.stages[place.stage];
    let path: Vec<&[Point]> =
        stage.centers.iter().filter(|c| c.since as usize <= place.index + 1).map(|c| c.at.as_slice()).collect();
    let chosen = match chain.step(place) {
        Step::Cluster { cluster, .. } | Step::Measure { cluster, .. } => Some(cluster),
        _ => None,
    };
    (!path.is_empty()).then_some(CentersNow { path, chosen })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resample::{Centers, OutputOrder, PhaseStart, Sampler};

    fn chain(steps: Vec<Step>, phases: &[(u32, u32, u32)], centers: Vec<Centers>) -> Chain {
        let stage = StageTrace {
            sampler: Sampler::named("SMOTE").unwrap(),
            seed: 0,
            only: None,
            input: Vec::new(),
            steps,
            order: OutputOrder::AsGiven,
            output: Vec::new(),
            tables: Vec::new(),
            phases: phases.iter().map(|&(at, phase, round)| PhaseStart { at, phase, round }).collect(),
            centers,
            thresholds: Vec::new(),
        };
        Chain { pool_y: vec![0; 6], stages: vec![stage], ..Chain::default() }
    }

    fn judge(row: RowId, verdict: Verdict) -> Step {
        Step::Judge { row, others: 0, verdict }
    }

    #[test]
    fn verdicts_stay_while_the_stage_goes_on_and_go_with_the_steps_that_found_them() {
        let steps = vec![judge(4, Verdict::Danger), judge(1, Verdict::Safe), Step::Keep { row: 4 }];
        let chain = chain(steps, &[(0, 0, 0), (2, 1, 0)], Vec::new());
        let safe = (1, Finding::Verdict(Verdict::Safe));
        let danger = (4, Finding::Verdict(Verdict::Danger));
        assert_eq!(findings(&chain, 0), []);
        assert_eq!(findings(&chain, 1), [danger]);
        assert_eq!(findings(&chain, 2), [safe, danger]);
        assert_eq!(findings(&chain, 3), [safe, danger], "while the next phase plays");
    }

    #[test]
    fn another_pass_forgets_what_the_one_before_it_found() {
        let steps = vec![judge(1, Verdict::Agrees), judge(2, Verdict::Disagrees), judge(2, Verdict::Agrees)];
        let passes = chain(steps, &[(0, 0, 0), (2, 0, 1)], Vec::new());
        assert_eq!(findings(&passes, 2).len(), 2);
        assert_eq!(findings(&passes, 3), [(2, Finding::Verdict(Verdict::Agrees))]);
    }

    #[test]
    fn shares_are_measured_by_the_largest() {
        let weigh = |row, share| Step::Weigh { row, others: 3, weight: 0.5, share };
        let chain = chain(vec![weigh(0, 2), weigh(3, 8)], &[], Vec::new());
        assert_eq!(findings(&chain, 1), [(0, Finding::Share(0.25))], "also while the largest is to come");
        assert_eq!(findings(&chain, 2)[1], (3, Finding::Share(1.0)));
    }

    #[test]
    fn centres_stand_where_they_came_last_and_remember_their_way() {
        let moved = |iteration| Step::Iterate { iteration, moved: 1.0 };
        let cluster = Step::Cluster { cluster: 1, size: 3, weight: 0.5, share: 2 };
        let at = |since, x: f64| Centers { since, at: vec![[x, 0.0], [x, 1.0]], batch: None };
        let chain = chain(vec![moved(0), moved(1), cluster], &[], vec![at(1, 5.0), at(2, 6.0)]);
        assert_eq!(centers(&chain, 0), None);
        assert_eq!(centers(&chain, 1).unwrap().path, [&[[5.0, 0.0], [5.0, 1.0]]]);
        let now = centers(&chain, 3).unwrap();
        assert_eq!((now.path.len(), now.path[1][0], now.chosen), (2, [6.0, 0.0], Some(1)));
        assert_eq!(centers(&self::chain(vec![moved(0)], &[], Vec::new()), 1), None);
    }
}
