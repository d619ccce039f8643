//! Inside the worker: decodes requests, runs them, transfers the replies.

use std::cell::RefCell;

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use super::answer::Desk;
use super::clerk::Clerk;
use crate::browser::clock::now_millis;
use crate::browser::fetch::read_text;
use crate::protocol::{self, PROTOCOL_VERSION, Reply, Request};

/// Runs links for as long as the worker lives; does nothing outside a worker.
pub fn serve_runs() {
    let mut desk = Desk::new(now_millis, read_text);
    serve(move |request, reply| desk.answer(request, reply));
}

/// Writes files for as long as the worker lives; does nothing outside a worker.
pub fn serve_files() {
    let mut clerk = Clerk::new(read_text);
    serve(move |request, reply| clerk.answer(request, reply));
}

fn serve(answer: impl FnMut(Request, &mut dyn FnMut(Reply)) + 'static) {
    let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() else { return };
    report_panics();
    let answer = RefCell::new(answer);
    let answering = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let Ok(buffer) = event.data().dyn_into::<ArrayBuffer>() else { return };
        let request = protocol::decode::<Request>(&Uint8Array::new(&buffer).to_vec());
        // Events come one at a time, so nobody else is being answered; bytes that are no request come from another
        // version, which the page has noticed by the handshake.
        if let (Some(request), Ok(mut answer)) = (request, answer.try_borrow_mut()) {
            answer(request, &mut |reply| post(&answering, &reply));
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    post(&scope, &Reply::Ready { version: PROTOCOL_VERSION });
}

/// A panic ends the worker; the page hears the reason first and starts another.
fn report_panics() {
    // A panic hook must be `Send`, which a handle on the scope is not: find the scope again when it happens.
    std::panic::set_hook(Box::new(|info| {
        if let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() {
            post(&scope, &Reply::Died { message: info.to_string() });
        }
    }));
}

fn post(scope: &DedicatedWorkerGlobalScope, reply: &Reply) {
    let buffer = Uint8Array::from(protocol::encode(reply).as_slice()).buffer();
    // Refused only for a buffer that was transferred already.
    let _ = scope.post_message_with_transfer(&buffer, &Array::of1(&buffer));
}
