//! Which run goes to the worker next: one under way, the newest waiting per lane. Plain logic without a browser.
//!
//! ```
//! use imbalance_lab::protocol::{Lane, Order, Part};
//! use imbalance_lab::worker::queue::Queue;
//! let order = |link: &str| Order { link: link.to_owned(), part: Part::ALL, cells: 64, report: true };
//! let mut queue = Queue::default();
//! queue.worker_ready();
//! let first = queue.submit(Lane::Present, order("a"));
//! assert_eq!(queue.next_to_send(0.0).map(|r| r.id), Some(first));
//! queue.submit(Lane::Present, order("b"));
//! let newest = queue.submit(Lane::Present, order("c"));
//! assert!(queue.next_to_send(1.0).is_none()); // one at a time
//! assert!(queue.answered(first));
//! assert_eq!(queue.next_to_send(2.0).map(|r| r.id), Some(newest)); // "b" is never run
//! ```

use crate::experiment::Extras;
use crate::protocol::{Lane, Order, Run};

/// A run is given up for a newer one after this long; before that, waiting is shorter than starting a new worker.
pub const IMPATIENCE_MILLIS: f64 = 1500.0;
/// A run that takes this long counts as hung.
pub const HUNG_MILLIS: f64 = 180_000.0;
/// A worker that has not reported by then counts as broken.
pub const START_MILLIS: f64 = 30_000.0;

/// What to do about time that has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Keep waiting.
    Wait,
    /// A newer run waits behind one that takes long: replace the worker, say nothing.
    Overtake,
    /// Replace the worker and report this run as failed (`None`: the worker never started).
    Hung(Option<u64>),
}

/// Runs waiting and under way.
#[derive(Debug, Default)]
pub struct Queue {
    last_id: u64,
    ready: bool,
    under_way: Option<(Run, f64)>,
    waiting: [Option<Run>; 2],
    extras: Extras,
}

impl Queue {
    /// The extras that runs of the present compute from now on.
    pub fn want(&mut self, extras: Extras) {
        self.extras = extras;
    }

    /// Queues a run in place of an older one that waits in the same lane; returns its id.
    pub fn submit(&mut self, lane: Lane, order: Order) -> u64 {
        self.last_id += 1;
        let id = self.last_id;
        let extras = if lane == Lane::Present { self.extras } else { Extras::default() };
        self.waiting[lane as usize] = Some(Run { id, lane, order, extras });
        id
    }

    /// The worker has reported and takes runs.
    pub fn worker_ready(&mut self) {
        self.ready = true;
    }

    /// Whether the worker takes messages.
    pub fn is_ready(&self) -> bool {
        self.ready
    }

    /// The run to send now, if any; the caller sends it. Of two that wait, the older goes first.
    pub fn next_to_send(&mut self, now_millis: f64) -> Option<Run> {
        if !self.ready || self.under_way.is_some() {
            return None;
        }
        let slot = self.waiting.iter_mut().filter(|s| s.is_some()).min_by_key(|s| s.as_ref().map(|r| r.id))?;
        let run = slot.take()?;
        self.under_way = Some((run.clone(), now_millis));
        Some(run)
    }

    /// An answer to `id` has come. Whether it is wanted: answers to cancelled or lost runs are not.
    pub fn answered(&mut self, id: u64) -> bool {
        self.under_way.take_if(|(run, _)| run.id == id).is_some()
    }

    /// Whether `id` is the run under way.
    pub fn is_under_way(&self, id: u64) -> bool {
        self.under_way.as_ref().is_some_and(|(run, _)| run.id == id)
    }

    /// The run under way.
    pub fn under_way(&self) -> Option<u64> {
        self.under_way.as_ref().map(|(run, _)| run.id)
    }

    /// Whether nothing is under way and nothing waits.
    pub fn is_idle(&self) -> bool {
        self.under_way.is_none() && self.waiting.iter().all(Option::is_none)
    }

    /// The worker is gone: what was under way is lost, what waits waits for the next worker. Returns the lost run.
    pub fn worker_lost(&mut self) -> Option<u64> {
        self.ready = false;
        self.under_way.take().map(|(run, _)| run.id)
    }

    /// Forgets all runs. Whether one was under way, so that its worker must be replaced to stop it.
    pub fn cancel(&mut self) -> bool {
        self.waiting = [None, None];
        self.under_way.is_some()
    }

    /// Looks at the clock; `started_millis` is when the worker was spawned.
    pub fn look(&self, now_millis: f64, started_millis: f64) -> Verdict {
        match &self.under_way {
            None if !self.ready && now_millis - started_millis >= START_MILLIS => Verdict::Hung(None),
            None => Verdict::Wait,
            Some((run, since)) if now_millis - since >= HUNG_MILLIS => Verdict::Hung(Some(run.id)),
            Some((run, since)) => {
                let overtaken = self.waiting[run.lane as usize].is_some();
                if overtaken && now_millis - since >= IMPATIENCE_MILLIS { Verdict::Overtake } else { Verdict::Wait }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Part;

    fn submit(queue: &mut Queue, lane: Lane) -> u64 {
        queue.submit(lane, Order { link: "data=moons".into(), part: Part::ALL, cells: 64, report: true })
    }

    #[test]
    fn nothing_is_sent_before_the_worker_is_ready() {
        let mut queue = Queue::default();
        let id = submit(&mut queue, Lane::Present);
        assert_eq!(queue.next_to_send(0.0), None);
        queue.worker_ready();
        assert_eq!(queue.next_to_send(0.0).map(|r| r.id), Some(id));
    }

    #[test]
    fn a_newer_run_of_the_lane_replaces_the_one_that_waits() {
        let mut queue = Queue::default();
        queue.worker_ready();
        let first = submit(&mut queue, Lane::Present);
        queue.next_to_send(0.0);
        for _ in 0..100 {
            submit(&mut queue, Lane::Present);
        }
        assert!(queue.answered(first));
        assert_eq!(queue.next_to_send(1.0).map(|r| r.id), Some(first + 100));
        assert!(queue.answered(first + 100));
        assert!(queue.is_idle());
    }

    #[test]
    fn extras_are_asked_for_from_when_they_are_wanted_and_never_for_the_baseline() {
        let mut queue = Queue::default();
        queue.worker_ready();
        let none = Extras::default();
        for (wanted, lane, extras) in
            [(none, Lane::Present, none), (Extras::ALL, Lane::Present, Extras::ALL), (Extras::ALL, Lane::Pinned, none)]
        {
            queue.want(wanted);
            let id = submit(&mut queue, lane);
            assert_eq!(queue.next_to_send(0.0).map(|run| run.extras), Some(extras));
            assert!(queue.answered(id));
        }
    }

    #[test]
    fn the_pinned_run_is_not_replaced_by_the_present_one() {
        let mut queue = Queue::default();
        let pinned = submit(&mut queue, Lane::Pinned);
        let present = submit(&mut queue, Lane::Present);
        queue.worker_ready();
        assert_eq!(queue.next_to_send(0.0).map(|r| r.id), Some(pinned));
        assert!(queue.answered(pinned));
        assert_eq!(queue.next_to_send(0.0).map(|r| r.id), Some(present));
    }

    #[test]
    fn answers_to_lost_and_cancelled_runs_are_dropped() {
        let mut queue = Queue::default();
        queue.worker_ready();
        let lost = submit(&mut queue, Lane::Present);
        queue.next_to_send(0.0);
        assert_eq!(queue.worker_lost(), Some(lost));
        assert!(!queue.answered(lost));

        queue.worker_ready();
        let cancelled = submit(&mut queue, Lane::Present);
        queue.next_to_send(0.0);
        assert!(queue.cancel());
        queue.worker_lost();
        assert!(!queue.answered(cancelled));
    }

    #[test]
    fn a_run_lost_with_its_worker_is_not_sent_again_but_the_waiting_one_is() {
        let mut queue = Queue::default();
        queue.worker_ready();
        submit(&mut queue, Lane::Present);
        queue.next_to_send(0.0);
        let waiting = submit(&mut queue, Lane::Present);
        queue.worker_lost();
        assert_eq!(queue.next_to_send(1.0), None);
        queue.worker_ready();
        assert_eq!(queue.next_to_send(2.0).map(|r| r.id), Some(waiting));
    }

    #[test]
    fn a_long_run_is_overtaken_only_by_a_newer_one_of_its_lane() {
        let mut queue = Queue::default();
        queue.worker_ready();
        let id = submit(&mut queue, Lane::Present);
        queue.next_to_send(0.0);
        assert_eq!(queue.look(IMPATIENCE_MILLIS, 0.0), Verdict::Wait);
        submit(&mut queue, Lane::Pinned);
        assert_eq!(queue.look(IMPATIENCE_MILLIS, 0.0), Verdict::Wait);
        submit(&mut queue, Lane::Present);
        assert_eq!(queue.look(IMPATIENCE_MILLIS - 1.0, 0.0), Verdict::Wait);
        assert_eq!(queue.look(IMPATIENCE_MILLIS, 0.0), Verdict::Overtake);
        assert_eq!(queue.look(HUNG_MILLIS, 0.0), Verdict::Hung(Some(id)));
    }

    #[test]
    fn a_worker_that_never_reports_counts_as_hung() {
        let queue = Queue::default();
        assert_eq!(queue.look(START_MILLIS - 1.0, 0.0), Verdict::Wait);
        assert_eq!(queue.look(START_MILLIS, 0.0), Verdict::Hung(None));
    }
}
