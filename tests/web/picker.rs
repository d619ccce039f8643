//! The picker by keyboard, without a worker: searching, walking, applying, closing.

use std::cell::Cell;
use std::rc::Rc;

use imbalance_lab::resample::METHODS;
use imbalance_lab::state::Lab;
use imbalance_lab::ui::picker::Picker;
use js_sys::Function;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use super::support::{document, mount, until};

struct Page {
    lab: Lab,
    host: HtmlElement,
    _mounted: Box<dyn std::any::Any>,
}

impl Page {
    /// A button for the step at `at`, and the picker.
    fn new(link: &str, at: usize) -> Page {
        let host: HtmlElement = document().create_element("div").unwrap().dyn_into().unwrap();
        document().body().unwrap().append_child(&host).unwrap();
        let slot = Rc::new(Cell::new(None));
        let (filled, link) = (slot.clone(), imbalance_lab::permalink::parse(link).link);
        let handle = mount(&host, move || {
            let lab = Lab::new();
            lab.begin(link, Vec::new());
            filled.set(Some(lab));
            let picker = Picker::new(lab);
            view! {
                {picker.button(at, "opener".to_owned(), "", "Choose")}
                {picker.view()}
            }
        });
        Page { lab: slot.get().unwrap(), host, _mounted: Box::new(handle) }
    }

    fn find(&self, testid: &str) -> Option<Element> {
        self.host.query_selector(&format!("[data-testid={testid}]")).unwrap()
    }

    fn click(&self, testid: &str) {
        self.find(testid).unwrap().dyn_into::<HtmlElement>().unwrap().click();
    }

    fn search(&self) -> HtmlInputElement {
        self.find("picker-search").unwrap().dyn_into().unwrap()
    }

    async fn open(&self) {
        self.click("opener");
        until("the search", || self.find("picker-search").is_some()).await;
        let search = self.search();
        until("the focus", || document().active_element().as_ref() == Some(search.as_ref())).await;
        until("the rows", || !self.shown().is_empty()).await;
    }

    /// Calls a script with an element and a word.
    fn script(&self, code: &str, element: &Element, word: &str) -> JsValue {
        let function = Function::new_with_args("element, word", code);
        function.call2(&JsValue::NULL, element, &JsValue::from_str(word)).unwrap()
    }

    fn type_in(&self, text: &str) {
        let code = "element.value = word; element.dispatchEvent(new Event('input', { bubbles: true }))";
        self.script(code, &self.search(), text);
    }

    fn press(&self, key: &str) {
        let code =
            "element.dispatchEvent(new KeyboardEvent('keydown', { key: word, bubbles: true, cancelable: true }))";
        self.script(code, &self.search(), key);
    }

    /// Test ids of the rows that are not filtered out.
    fn shown(&self) -> Vec<String> {
        let code = "return [...element.querySelectorAll(word)].map((row) => row.dataset.testid).join(' ')";
        let ids = self.script(code, &self.host, "[role=option]:not([hidden])").as_string().unwrap();
        ids.split_whitespace().map(str::to_owned).collect()
    }

    /// Test id of the row pointed at.
    fn active(&self) -> String {
        let id = self.search().get_attribute("aria-activedescendant").unwrap();
        document().get_element_by_id(&id).unwrap().get_attribute("data-testid").unwrap()
    }

    fn samplers(&self) -> Vec<&'static str> {
        self.lab.spec.get_untracked().samplers.iter().map(|stage| stage.sampler.name()).collect()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.host.remove();
    }
}

#[wasm_bindgen_test]
async fn the_picker_lists_every_method_and_typing_filters_it() {
    let page = Page::new("#/lab?sampler=smote", 0);
    assert!(page.find("pick-SMOTE").is_none(), "nothing is built before it opens");
    page.open().await;
    let all = page.shown();
    assert!(METHODS.iter().all(|method| all.contains(&format!("pick-{}", method.name))), "{all:?}");
    assert_eq!(all[0], "pick-none");
    assert_eq!(page.active(), "pick-SMOTE", "it opens at what is applied");
    page.type_in("tomek links");
    until("the search to filter", || page.shown().len() < all.len()).await;
    assert!(page.shown().contains(&"pick-TomekLinks".to_owned()));
    assert_eq!(page.active(), "pick-TomekLinks");
    page.type_in("no such words");
    until("nothing to be left", || page.shown().is_empty()).await;
    page.press("Enter");
    assert_eq!(page.samplers(), ["SMOTE"], "what is not shown cannot be applied");
    page.type_in("");
    until("all to be back", || page.shown() == all).await;
}

#[wasm_bindgen_test]
async fn arrows_walk_the_rows_and_enter_applies() {
    let page = Page::new("#/lab", 0);
    page.open().await;
    let all = page.shown();
    assert_eq!(page.active(), "pick-none");
    page.press("ArrowUp");
    assert_eq!(page.active(), all[0], "there is nothing above the first");
    page.press("ArrowDown");
    page.press("ArrowDown");
    until("the second row", || page.active() == all[2]).await;
    page.press("ArrowUp");
    until("the first row", || page.active() == all[1]).await;
    page.press("Enter");
    assert_eq!(page.samplers(), [all[1].trim_start_matches("pick-")]);
    until("the picker to close", || page.shown().is_empty()).await;
    page.lab.undo();
    assert!(page.samplers().is_empty());
}

#[wasm_bindgen_test]
async fn a_method_takes_the_place_of_its_step_or_is_added_after_it() {
    for (at, wanted) in [(0, vec!["TomekLinks"]), (1, vec!["SMOTE", "TomekLinks"])] {
        let page = Page::new("#/lab?sampler=smote", at);
        page.open().await;
        assert_eq!(page.shown().contains(&"pick-none".to_owned()), at == 0);
        page.click("pick-TomekLinks");
        assert_eq!(page.samplers(), wanted);
    }
}

#[wasm_bindgen_test]
async fn closing_changes_nothing() {
    let page = Page::new("#/lab?sampler=smote", 0);
    page.open().await;
    page.press("ArrowDown");
    let popover: HtmlElement = page.find("picker").unwrap().dyn_into().unwrap();
    popover.hide_popover().unwrap();
    until("the picker to close", || page.shown().is_empty()).await;
    assert_eq!(page.samplers(), ["SMOTE"]);
    assert!(page.lab.preview.with_untracked(Option::is_none));
}
