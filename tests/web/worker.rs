//! The client against workers that behave, lie, and die.

use std::cell::RefCell;
use std::rc::Rc;

use imbalance_lab::protocol::{Lane, Order, PROTOCOL_VERSION, Part, Reply, encode};
use imbalance_lab::worker::client::{Activity, Client};
use wasm_bindgen_test::wasm_bindgen_test;

use super::support::{script_url, sleep, until};

/// What a client heard.
#[derive(Clone, Default)]
struct Heard {
    replies: Rc<RefCell<Vec<Reply>>>,
    activities: Rc<RefCell<Vec<Activity>>>,
}

impl Heard {
    fn client(&self, script: &str) -> Client {
        let (replies, activities) = (self.replies.clone(), self.activities.clone());
        Client::with_script(
            &script_url(script),
            move |reply| replies.borrow_mut().push(reply),
            move |activity| activities.borrow_mut().push(activity),
        )
    }

    fn ids(&self) -> Vec<u64> {
        self.replies.borrow().iter().filter_map(Reply::id).collect()
    }

    fn is_broken(&self) -> bool {
        self.activities.borrow().iter().any(|a| matches!(a, Activity::Broken { .. }))
    }
}

/// JavaScript that posts a reply.
fn post(reply: &Reply) -> String {
    format!("self.postMessage(new Uint8Array({:?}).buffer);", encode(reply))
}

fn ready() -> String {
    post(&Reply::Ready { version: PROTOCOL_VERSION })
}

fn answer(id: u64) -> Reply {
    Reply::Failed { id, stage: "data".to_owned(), message: format!("answer {id}"), rows: None }
}

fn order() -> Order {
    Order { link: "/lab".to_owned(), part: Part::ALL, cells: 16, report: true }
}

/// A worker that answers its n-th message with the n-th reply, after `millis`.
fn answering(replies: &[Reply], millis: u32) -> String {
    let cases: String = replies.iter().enumerate().map(|(n, r)| format!("case {n}: {} break;", post(r))).collect();
    format!(
        "let n = 0; onmessage = () => {{ const i = n++; setTimeout(() => {{ switch (i) {{ {cases} }} }}, {millis}) }}; {}",
        ready()
    )
}

#[wasm_bindgen_test]
async fn a_run_before_the_handshake_is_answered_after_it() {
    let heard = Heard::default();
    let client = heard.client(&answering(&[answer(1)], 0));
    assert_eq!(client.run(Lane::Present, order()), 1);
    until("the answer", || heard.ids() == [1]).await;
    until("rest", || heard.activities.borrow().last() == Some(&Activity::Idle)).await;
}

#[wasm_bindgen_test]
async fn of_many_runs_in_a_row_the_first_and_the_newest_are_run() {
    let heard = Heard::default();
    let client = heard.client(&answering(&[answer(1), answer(9)], 100));
    until("the handshake", || !heard.activities.borrow().is_empty()).await;
    for _ in 0..9 {
        client.run(Lane::Present, order());
    }
    until("both answers", || heard.ids() == [1, 9]).await;
}

#[wasm_bindgen_test]
async fn an_answer_that_nobody_asked_for_is_dropped() {
    let heard = Heard::default();
    let client = heard.client(&answering(&[answer(77), answer(1)], 0));
    client.run(Lane::Present, order());
    sleep(150).await;
    assert!(heard.ids().is_empty());
}

#[wasm_bindgen_test]
async fn a_worker_of_another_version_is_refused() {
    let heard = Heard::default();
    let client = heard.client(&post(&Reply::Ready { version: PROTOCOL_VERSION + 1 }));
    until("the refusal", || heard.is_broken()).await;
    drop(client);
}

#[wasm_bindgen_test]
async fn a_worker_that_dies_is_replaced_and_its_run_reported() {
    let heard = Heard::default();
    // Dies at the first message of its life; the next worker does the same, so every run is reported once.
    let dying = format!(
        "onmessage = () => {{ {} throw new Error('unreachable') }}; {}",
        post(&Reply::Died { message: "index out of bounds".to_owned() }),
        ready()
    );
    let client = heard.client(&dying);
    client.run(Lane::Present, order());
    until("the report", || heard.ids() == [1]).await;
    let Some(Reply::Failed { stage, message, .. }) = heard.replies.borrow().first().cloned() else { panic!() };
    assert_eq!(stage, "worker");
    assert!(message.contains("index out of bounds"), "{message}");
    assert!(heard.activities.borrow().iter().any(|a| matches!(a, Activity::Restarting { .. })));
    client.run(Lane::Present, order());
    until("the second report", || heard.ids() == [1, 2]).await;
    assert!(!heard.is_broken());
}

#[wasm_bindgen_test]
async fn a_worker_that_never_starts_is_given_up_after_three_times() {
    let heard = Heard::default();
    let client = heard.client("throw new Error('no')");
    until("giving up", || heard.is_broken()).await;
    let restarts = heard.activities.borrow().iter().filter(|a| matches!(a, Activity::Restarting { .. })).count();
    assert_eq!(restarts, 2);
    drop(client);
}

#[wasm_bindgen_test]
async fn a_cancelled_run_is_not_answered_and_the_next_one_is() {
    let heard = Heard::default();
    // Every worker answers its first message as run 2: run 1 must be gone with its worker.
    let client = heard.client(&answering(&[answer(2)], 200));
    until("the handshake", || !heard.activities.borrow().is_empty()).await;
    client.run(Lane::Present, order());
    sleep(50).await;
    client.cancel();
    assert_eq!(heard.activities.borrow().last(), Some(&Activity::Idle));
    client.run(Lane::Present, order());
    until("the second answer", || heard.ids() == [2]).await;
}
