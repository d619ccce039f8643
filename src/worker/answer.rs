//! From a request to its replies: the worker's work without the browser around it.

use crate::protocol::{Reply, Request, Run};

/// Keeps what outlives a request: tables and the stage caches.
pub(super) struct Desk {
    now_millis: fn() -> f64,
}

impl Desk {
    pub(super) fn new(now_millis: fn() -> f64) -> Self {
        Desk { now_millis }
    }

    /// Answers one request; `reply` is called once or more.
    pub(super) fn answer(&mut self, request: Request, reply: &mut dyn FnMut(Reply)) {
        match request {
            Request::Table { .. } => {}
            Request::Run(Run { id, .. }) => {
                let _ = (self.now_millis)();
                let message = "The computing half is not joined to the worker yet.".to_owned();
                reply(Reply::Failed { id, stage: "worker".to_owned(), message });
            }
        }
    }
}
