//! In a real browser: the contacts with it, the worker's client, and the page's components.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::wasm_bindgen_test_configure;

#[path = "web/components.rs"]
mod components;
#[path = "web/contacts.rs"]
mod contacts;
#[path = "web/hold.rs"]
mod hold;
#[path = "web/picker.rs"]
mod picker;
#[path = "web/results.rs"]
mod results;
#[path = "web/support.rs"]
mod support;
#[path = "web/worker.rs"]
mod worker;

wasm_bindgen_test_configure!(run_in_browser);
