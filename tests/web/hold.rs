//! What is held waits, and not for ever.

use std::cell::Cell;
use std::rc::Rc;

use imbalance_lab::browser::hold;
use js_sys::Promise;
use leptos::mount::UnmountHandle;
use leptos::prelude::*;
use leptos::tachys::view::any_view::AnyViewState;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use super::support::{document, mount, sleep, until};

/// A signal, and effects of it: one that waits, one that never does, one that waits until a drag rests.
struct Watched {
    signal: RwSignal<u32>,
    held: Rc<Cell<u32>>,
    exempt: Rc<Cell<u32>>,
    calm: Rc<Cell<u32>>,
    host: HtmlElement,
    _mounted: UnmountHandle<AnyViewState>,
}

impl Watched {
    async fn new() -> Watched {
        let host: HtmlElement = document().create_element("div").unwrap().dyn_into().unwrap();
        document().body().unwrap().append_child(&host).unwrap();
        let [held, exempt, calm] = [(); 3].map(|()| Rc::new(Cell::new(0)));
        let (seen_held, seen_exempt, seen_calm) = (held.clone(), exempt.clone(), calm.clone());
        let signal = RwSignal::new(1);
        let mounted = mount(&host, move || {
            Effect::new(move |_| seen_held.set(signal.get()));
            hold::exempt(|| Effect::new(move |_| seen_exempt.set(signal.get())));
            hold::calm(|| Effect::new(move |_| seen_calm.set(signal.get())));
            view! { <b>{move || signal.get()}</b> }.into_any()
        });
        let watched = Watched { signal, held, exempt, calm, host, _mounted: mounted };
        // One of a test before may not have come to rest.
        until("the first run of all", || watched.seen() == (1, 1, 1) && watched.calm.get() == 1).await;
        watched
    }

    /// What the waiting effect saw, what the view shows, what the exempt effect saw.
    fn seen(&self) -> (u32, u32, u32) {
        let shown = self.host.text_content().unwrap_or_default();
        (self.held.get(), shown.parse().unwrap_or(0), self.exempt.get())
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        hold::end();
        self.host.remove();
    }
}

/// Lets run what was woken, and what that woke.
async fn microtasks() {
    for _ in 0..3 {
        JsFuture::from(Promise::<JsValue>::resolve(&JsValue::NULL)).await.unwrap();
    }
}

#[wasm_bindgen_test]
async fn what_is_held_waits_for_the_end_and_what_is_exempt_does_not() {
    let watched = Watched::new().await;
    hold::begin();
    watched.signal.set(2);
    // No longer: that would end the hold.
    microtasks().await;
    assert_eq!(watched.seen(), (1, 1, 2));
    watched.signal.set(3);
    hold::end();
    microtasks().await;
    assert_eq!(watched.seen(), (3, 3, 3));
    // And afterwards nothing waits.
    watched.signal.set(4);
    microtasks().await;
    assert_eq!(watched.seen(), (4, 4, 4));
    // Only what waits for the rest still does.
    assert_eq!(watched.calm.get(), 1);
}

#[wasm_bindgen_test]
async fn a_hold_that_nobody_ends_ends_by_itself() {
    let watched = Watched::new().await;
    for value in 2..5 {
        hold::begin();
        watched.signal.set(value);
        until("the end", || watched.seen() == (value, value, value)).await;
    }
}

#[wasm_bindgen_test]
async fn moves_without_end_hold_nothing_longer_than_one() {
    let watched = Watched::new().await;
    // Each begins again before the one before has ended.
    until("a frame between the moves", || {
        hold::begin();
        watched.signal.update(|value| *value += 1);
        watched.held.get() > 1
    })
    .await;
}

#[wasm_bindgen_test]
async fn what_is_calm_follows_when_the_moves_have_ended() {
    let watched = Watched::new().await;
    for value in 2..12 {
        hold::begin();
        watched.signal.set(value);
        hold::end();
        sleep(30).await;
        assert_eq!(watched.seen(), (value, value, value));
        // Moves come faster than a drag comes to rest.
        assert_eq!(watched.calm.get(), 1);
    }
    until("the rest", || watched.calm.get() == 11).await;
    // And without a drag it is like any other.
    watched.signal.set(20);
    microtasks().await;
    assert_eq!((watched.seen(), watched.calm.get()), ((20, 20, 20), 20));
}
