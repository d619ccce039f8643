//! The resamplings that were applied, with what they led to, and the way back to them: a view on the history.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Lab, Outcome};
use crate::experiment::Spec;
use crate::metrics::{ConfusionMatrix, Sweep};

/// Results are kept for the list, which is short, and a few that undo brings back.
const KEPT: usize = 16;

/// A specification with what its resampling led to.
#[derive(Clone, Debug, PartialEq)]
pub struct Applied {
    /// What was run.
    pub spec: Spec,
    /// Majority and minority rows that the model was fitted on.
    pub balance: [usize; 2],
    sweep: Sweep,
}

impl Applied {
    fn new(outcome: &Outcome) -> Applied {
        let chain = &outcome.report.chain;
        let minority = chain.output.iter().filter(|&&row| chain.pool_y[row as usize] == 1).count();
        Applied {
            spec: (*outcome.spec).clone(),
            balance: [chain.output.len() - minority, minority],
            sweep: outcome.report.sweep.clone(),
        }
    }

    /// The test rows at a threshold.
    pub fn confusion_at(&self, threshold: f64) -> ConfusionMatrix {
        self.sweep.confusion_at(threshold)
    }
}

impl Lab {
    /// Keeps what is on screen for the list, when it is what the controls say and nothing is being dragged. Tracked.
    pub fn keep_result(&self) {
        if !self.is_settled() || !self.is_fresh() {
            return;
        }
        let Some(outcome) = self.outcome.get() else { return };
        if self.results.read_untracked().last().is_some_and(|kept| kept.spec == *outcome.spec) {
            return;
        }
        self.results.update(|kept| {
            // The newest last.
            let known = kept.iter().position(|kept| kept.spec == *outcome.spec);
            let now = known.map(|at| kept.remove(at)).unwrap_or_else(|| Arc::new(Applied::new(&outcome)));
            kept.push(now);
            if kept.len() > KEPT {
                kept.remove(0);
            }
        });
    }

    /// The resamplings that led here, newest first, the present one at the head. Tracked.
    pub fn applied(&self) -> Vec<Spec> {
        self.history.read().applied().into_iter().cloned().collect()
    }

    /// Goes back to a resampling of the list, keeping the threshold. Undo returns from there.
    pub fn go_back(&self, spec: Spec) {
        self.commit();
        self.replace(spec);
        self.commit();
    }
}
