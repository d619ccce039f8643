//! Questions that the worker has not answered yet, in the order in which they were asked.
//!
//! ```
//! use imbalance_lab::protocol::{Answer, Question};
//! use imbalance_lab::worker::questions::Questions;
//! let mut open = Questions::default();
//! let id = open.ask(Question::Thumbnails(Vec::new()), Box::new(|_| ()));
//! assert_eq!(open.all().collect::<Vec<_>>(), [(id, &Question::Thumbnails(Vec::new()))]);
//! assert!(open.answered(id).is_some());
//! assert!(open.answered(id).is_none());
//! ```

use crate::protocol::{Answer, Question};

/// What is done with an answer.
pub type Then = Box<dyn FnOnce(Answer)>;

/// Open questions.
#[derive(Default)]
pub struct Questions {
    last_id: u64,
    open: Vec<(u64, Question, Then)>,
}

impl Questions {
    /// Notes a question; returns the id that its answer will carry.
    pub fn ask(&mut self, question: Question, then: Then) -> u64 {
        self.last_id += 1;
        self.open.push((self.last_id, question, then));
        self.last_id
    }

    /// All that are open: another worker is asked them again.
    pub fn all(&self) -> impl Iterator<Item = (u64, &Question)> {
        self.open.iter().map(|(id, question, _)| (*id, question))
    }

    /// What to do with the answer to `id`; `None` when nobody waits for it.
    pub fn answered(&mut self, id: u64) -> Option<Then> {
        let at = self.open.iter().position(|(open, ..)| *open == id)?;
        Some(self.open.remove(at).2)
    }

    /// Gives all up; returns what is to be done with the refusal.
    pub fn give_up(&mut self) -> Vec<Then> {
        self.open.drain(..).map(|(.., then)| then).collect()
    }
}
