//! Every contact undoes itself.

use std::cell::Cell;
use std::rc::Rc;

use imbalance_lab::browser::{
    canvas, clock, frame, hash, listener::Listener, resize, seed, storage, theme, timer::Timeout,
};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Event;

use super::support::{self, document, sleep, until, window};

fn counter() -> (Rc<Cell<u32>>, impl FnMut()) {
    let count = Rc::new(Cell::new(0));
    let inner = count.clone();
    (count, move || inner.set(inner.get() + 1))
}

#[wasm_bindgen_test]
fn a_listener_hears_until_it_is_dropped() {
    let (heard, mut hear) = counter();
    let listener = Listener::new(&window(), "ping", move |_| hear());
    let ping = || window().dispatch_event(&Event::new("ping").unwrap()).unwrap();
    ping();
    ping();
    drop(listener);
    ping();
    assert_eq!(heard.get(), 2);
}

#[wasm_bindgen_test]
async fn a_timeout_calls_once_unless_it_is_dropped() {
    let (called, call) = counter();
    let (cancelled, never) = counter();
    let kept = Timeout::new(10, call);
    drop(Timeout::new(10, never));
    sleep(60).await;
    assert_eq!((called.get(), cancelled.get()), (1, 0));
    drop(kept);
}

#[wasm_bindgen_test]
async fn work_that_is_asked_for_often_is_done_once_per_frame() {
    let (done, mut work) = counter();
    let once = frame::OncePerFrame::new(move |_| work());
    for _ in 0..100 {
        once.request();
    }
    assert_eq!(done.get(), 0, "not before the frame");
    until("the frame", || done.get() == 1).await;
    sleep(50).await;
    assert_eq!(done.get(), 1);
    once.request();
    until("the second frame", || done.get() == 2).await;
}

#[wasm_bindgen_test]
async fn work_that_asks_for_itself_runs_in_the_next_frame() {
    let (done, mut work) = counter();
    let own = Rc::new(std::cell::OnceCell::<frame::OncePerFrame>::new());
    let weak = Rc::downgrade(&own);
    let once = frame::OncePerFrame::new(move |_| {
        work();
        if let Some(own) = weak.upgrade() {
            own.get().unwrap().request();
        }
    });
    own.set(once.clone()).ok().unwrap();
    once.request();
    until("five frames", || done.get() >= 5).await;
    drop((own, once));
    let at_end = done.get();
    sleep(80).await;
    assert!(done.get() <= at_end + 1, "a dropped owner stops");
}

#[wasm_bindgen_test]
async fn a_dropped_frame_is_not_called() {
    let (called, mut call) = counter();
    drop(frame::on_next_frame(move |_| call()));
    sleep(60).await;
    assert_eq!(called.get(), 0);
}

#[wasm_bindgen_test]
async fn the_hash_is_pushed_at_once_and_replaced_soon() {
    let history = window().history().unwrap();
    let writer = hash::Writer::default();
    let entries = history.length().unwrap();
    writer.push("/lab?seed=1");
    assert_eq!(hash::read(), "/lab?seed=1");
    assert_eq!(history.length().unwrap(), entries + 1);
    for seed in 0..50 {
        writer.replace(&format!("/lab?seed={seed}"));
    }
    assert_eq!(hash::read(), "/lab?seed=1", "not at every call");
    until("the last replacement", || hash::read() == "/lab?seed=49").await;
    writer.replace("/lab?seed=50");
    writer.flush();
    assert_eq!(hash::read(), "/lab?seed=50");
    assert_eq!(history.length().unwrap(), entries + 1);

    let (changes, mut change) = counter();
    let listener = hash::on_change(move |_| change());
    writer.push("/lab?seed=51");
    sleep(30).await;
    assert_eq!(changes.get(), 0, "own changes are not reported");
    history.back().unwrap();
    until("Back to be reported", || changes.get() == 1).await;
    assert_eq!(hash::read(), "/lab?seed=50");
    drop(listener);
    window().location().set_hash("").unwrap();
    assert!(hash::href_with("/lab").ends_with("#/lab"));
}

#[wasm_bindgen_test]
fn a_canvas_has_the_pixels_of_the_device_and_draws_in_css_pixels() {
    let element = support::canvas();
    let surface = canvas::fit(&element, 120.0, 80.0).unwrap();
    let ratio = canvas::device_pixel_ratio();
    assert_eq!(f64::from(element.width()), (120.0 * ratio).round());
    surface.context.fill_rect(60.0, 40.0, 60.0, 40.0);
    let alpha = |x: f64, y: f64| surface.context.get_image_data(x * ratio, y * ratio, 1.0, 1.0).unwrap().data()[3];
    assert_eq!((alpha(30.0, 20.0), alpha(90.0, 60.0)), (0, 255));
    element.remove();
}

#[wasm_bindgen_test]
async fn a_resize_is_reported_until_the_guard_is_dropped() {
    let element = document().create_element("div").unwrap();
    let set_width = |css: &str| element.set_attribute("style", &format!("width:{css};height:10px")).unwrap();
    set_width("100px");
    document().body().unwrap().append_child(&element).unwrap();
    let width = Rc::new(Cell::new(0.0));
    let seen = width.clone();
    let guard = resize::on_resize(&element, move |w, _| seen.set(w)).unwrap();
    until("the first size", || width.get() == 100.0).await;
    set_width("150px");
    until("the second size", || width.get() == 150.0).await;
    drop(guard);
    set_width("200px");
    sleep(60).await;
    assert_eq!(width.get(), 150.0);
    element.remove();
}

#[wasm_bindgen_test]
fn a_theme_is_shown_and_remembered() {
    let shown = || document().document_element().unwrap().get_attribute("data-theme");
    theme::choose(true);
    assert_eq!((shown().as_deref(), theme::resolved_dark()), (Some("dark"), true));
    theme::choose(false);
    assert_eq!((shown().as_deref(), theme::resolved_dark()), (Some("light"), false));
    storage::remove(theme::STORAGE_KEY);
    assert_eq!(storage::get(theme::STORAGE_KEY), None);
}

#[wasm_bindgen_test]
fn seeds_are_rolled_and_the_clock_goes_on() {
    let seeds: Vec<u32> = (0..20).map(|_| seed::roll().unwrap()).collect();
    assert!(seeds.iter().all(|&s| s < 10_000));
    assert!(seeds.windows(2).any(|pair| pair[0] != pair[1]));
    let start = clock::now_millis();
    assert!(start > 0.0 && clock::now_millis() >= start);
}
