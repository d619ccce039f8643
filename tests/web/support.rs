//! What several tests need.

use imbalance_lab::browser::hold;
use js_sys::{Array, Promise};
use leptos::IntoView;
use leptos::mount::{UnmountHandle, mount_to};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, Document, HtmlCanvasElement, HtmlElement, Url, Window};

pub fn window() -> Window {
    web_sys::window().unwrap()
}

pub fn document() -> Document {
    window().document().unwrap()
}

/// Puts a view into `host`, and makes its effects such that can be held, as the page does.
pub fn mount<V: IntoView>(host: &HtmlElement, view: impl FnOnce() -> V + 'static) -> UnmountHandle<V::State> {
    hold::install();
    mount_to(host.clone(), view)
}

/// Lets the browser work for a while.
pub async fn sleep(millis: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis).unwrap();
    });
    JsFuture::from(promise).await.unwrap();
}

/// Waits until `done` holds.
pub async fn until(what: &str, done: impl Fn() -> bool) {
    for _ in 0..500 {
        if done() {
            return;
        }
        sleep(20).await;
    }
    panic!("waited ten seconds for: {what}");
}

/// A canvas in the page.
pub fn canvas() -> HtmlCanvasElement {
    let canvas: HtmlCanvasElement = document().create_element("canvas").unwrap().dyn_into().unwrap();
    document().body().unwrap().append_child(&canvas).unwrap();
    canvas
}

/// The address of a script made of `text`.
pub fn script_url(text: &str) -> String {
    let options = BlobPropertyBag::new();
    options.set_type("text/javascript");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&text.into()), &options).unwrap();
    Url::create_object_url_with_blob(&blob).unwrap()
}
