//! One sentence for the step played last, with its real indices and numbers.

use super::moment::told;
use super::words::Sentence;
use crate::base::Point;
use crate::resample::Chain;

/// What happened with the last of the `position` steps played.
///
/// Rows are called by their number in the training set, generated rows `s0`, `s1`, ... in the order they were made.
/// `in_data` takes a point from the sampler's space to the axes of the plane (the scaler's inverse, when there is one).
pub fn sentence(chain: &Chain, position: u32, in_data: impl Fn(Point) -> Point) -> Sentence {
    let text = told(chain, position, &in_data).map_or_else(|| beginning(chain), |told| told.sentence);
    Sentence::marked(&text)
}

fn beginning(chain: &Chain) -> String {
    let (n_train, total) = (chain.n_train(), chain.total_steps());
    match (chain.stages.len(), total) {
        (0, _) => format!("No sampler is at work: the model is fitted on the *{n_train}* training rows as they are."),
        (_, 0) => format!("Nothing has to be done: the *{n_train}* training rows stay as they are."),
        _ => format!("The *{n_train}* training rows, before the first of *{total}* steps."),
    }
}
