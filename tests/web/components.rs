//! The page's components with a real outcome, computed here.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use imbalance_lab::dataset::breast_cancer;
use imbalance_lab::experiment::Runner;
use imbalance_lab::figure::Curve;
use imbalance_lab::permalink;
use imbalance_lab::state::{Lab, Outcome, Status};
use imbalance_lab::ui::charts::{CurveChart, ScoreHistogram};
use imbalance_lab::ui::plane::Plane;
use imbalance_lab::ui::stepper::Stepper;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{CanvasRenderingContext2d, Element, HtmlCanvasElement, HtmlElement};

use super::support::{document, mount, sleep, until};

// Real data: where no density is known no population is integrated, which is slow without optimisation.
const FIRST: &str = "#/lab?data=breast-cancer&ratio=9&sampler=smote&seed=1";
const SECOND: &str = "#/lab?data=breast-cancer&ratio=4&sampler=tomek&seed=2";

pub fn outcome(link: &str) -> Arc<Outcome> {
    // In the page the worker fetches it.
    assert!(breast_cancer::give(include_str!("../../assets/breast_cancer.txt").to_owned()));
    let spec = permalink::parse(link).link.spec;
    let ran = Runner::default().run(&spec).unwrap();
    let surface = Arc::new(ran.surface(None, 48));
    Arc::new(Outcome {
        spec: Arc::new(spec),
        report: Arc::new(ran.report),
        surface,
        follows: true,
        timings: Vec::new(),
    })
}

/// Shows `link` with its outcome, as if the worker had answered.
pub fn show(lab: Lab, link: &str) {
    let outcome = outcome(link);
    lab.spec.set((*outcome.spec).clone());
    lab.outcome.set(Some(outcome));
    lab.status.set(Status::Fresh);
}

/// The page's own style sheets: without them a figure has no height of its own, and grows with its canvas for ever.
const STYLE: &str = concat!(
    include_str!("../../style/base.css"),
    include_str!("../../style/layout.css"),
    include_str!("../../style/controls.css"),
    include_str!("../../style/figures.css"),
    include_str!("../../style/stepper.css"),
    include_str!("../../style/results.css"),
);

/// Dresses the test page, once.
fn dress() {
    if document().get_element_by_id("style").is_none() {
        let style = document().create_element("style").unwrap();
        style.set_id("style");
        style.set_text_content(Some(STYLE));
        document().body().unwrap().append_child(&style).unwrap();
    }
}

/// A component in a box of its own, with a lab around it.
pub struct Mounted {
    pub lab: Lab,
    pub host: HtmlElement,
    unmount: Option<Box<dyn FnOnce()>>,
}

impl Mounted {
    pub fn new<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Mounted {
        dress();
        let host: HtmlElement = document().create_element("div").unwrap().dyn_into().unwrap();
        host.set_attribute("style", "width:400px;height:300px").unwrap();
        document().body().unwrap().append_child(&host).unwrap();
        let slot = Rc::new(Cell::new(None));
        let filled = slot.clone();
        let handle = mount(&host, move || {
            let lab = Lab::new();
            provide_context(lab);
            filled.set(Some(lab));
            show(lab, FIRST);
            view()
        });
        let unmount: Option<Box<dyn FnOnce()>> = Some(Box::new(move || drop(handle)));
        Mounted { lab: slot.get().unwrap(), host, unmount }
    }

    /// The text of the element with this test id; empty when there is none.
    pub fn text(&self, testid: &str) -> String {
        let element = self.host.query_selector(&format!("[data-testid={testid}]")).unwrap();
        element.and_then(|element| element.text_content()).unwrap_or_default()
    }

    fn click(&self, testid: &str) {
        let button = self.host.query_selector(&format!("[data-testid={testid}]")).unwrap();
        button.unwrap().dyn_into::<HtmlElement>().unwrap().click();
    }

    /// Every pixel of every canvas, folded, and how many colours there are (counted up to 20).
    fn picture(&self) -> (u64, usize) {
        let mut canvases = Vec::new();
        find_canvases(&self.host, &mut canvases);
        let (mut hash, mut colours) = (0u64, Vec::<[u8; 4]>::new());
        for canvas in canvases {
            let context: CanvasRenderingContext2d = canvas.get_context("2d").unwrap().unwrap().dyn_into().unwrap();
            let (width, height) = (f64::from(canvas.width()), f64::from(canvas.height()));
            let pixels = context.get_image_data(0.0, 0.0, width, height).unwrap().data();
            for pixel in pixels.as_chunks::<4>().0 {
                hash = (hash ^ u64::from(u32::from_le_bytes(*pixel))).wrapping_mul(0x0100_0000_01b3);
                if colours.len() < 20 && !colours.contains(pixel) {
                    colours.push(*pixel);
                }
            }
        }
        (hash, colours.len())
    }

    /// The picture once it has stopped changing.
    async fn settled(&self) -> (u64, usize) {
        let mut before = self.picture();
        for _ in 0..50 {
            sleep(60).await;
            let now = self.picture();
            if now == before && now.1 > 1 {
                return now;
            }
            before = now;
        }
        before
    }
}

fn find_canvases(element: &Element, found: &mut Vec<HtmlCanvasElement>) {
    let mut child = element.first_element_child();
    while let Some(element) = child {
        match element.dyn_ref::<HtmlCanvasElement>() {
            Some(canvas) => found.push(canvas.clone()),
            None => find_canvases(&element, found),
        }
        child = element.next_element_sibling();
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        if let Some(unmount) = self.unmount.take() {
            unmount();
        }
        self.host.remove();
    }
}

/// The plane takes the room it is given: here that of a card.
fn plane() -> impl IntoView {
    view! { <div class="card stage-of-plane" style="height:500px"><Plane/></div> }
}

/// Draws, draws anew for other data and for the other theme, and draws the same for the same.
async fn follows_the_data(figure: Mounted) {
    let first = changes_with_the_data(&figure).await;
    show(figure.lab, FIRST);
    until("the first data to be drawn again", || figure.picture().0 == first).await;
}

/// Draws, and draws anew for other data and for the other theme; the light theme's second picture comes back.
async fn changes_with_the_data(figure: &Mounted) -> u64 {
    figure.lab.dark.set(false);
    let first = figure.settled().await;
    assert!(first.1 > 3, "a blank figure: {} colours", first.1);
    show(figure.lab, SECOND);
    until("other data to be drawn", || figure.picture().0 != first.0).await;
    let second = figure.settled().await;
    assert_ne!(first.0, second.0);
    figure.lab.dark.set(true);
    until("the dark theme to be drawn", || figure.picture().0 != second.0).await;
    figure.settled().await;
    figure.lab.dark.set(false);
    until("the light theme to be drawn again", || figure.picture().0 == second.0).await;
    first.0
}

#[wasm_bindgen_test]
async fn the_precision_recall_curve_follows_the_data() {
    follows_the_data(Mounted::new(|| view! { <CurveChart curve=Curve::PrecisionRecall/> })).await;
}

#[wasm_bindgen_test]
async fn the_roc_curve_follows_the_data() {
    follows_the_data(Mounted::new(|| view! { <CurveChart curve=Curve::Roc/> })).await;
}

#[wasm_bindgen_test]
async fn the_scores_follow_the_data() {
    follows_the_data(Mounted::new(|| view! { <ScoreHistogram/> })).await;
}

#[wasm_bindgen_test]
async fn the_plane_follows_the_data() {
    // Not the same picture for the same data: the plane keeps its window while the new data fit in it.
    changes_with_the_data(&Mounted::new(plane)).await;
}

#[wasm_bindgen_test]
async fn points_that_nothing_can_be_computed_of_take_the_place_of_the_old_result() {
    let mounted = Mounted::new(plane);
    let (lab, text) = (mounted.lab, |testid: &str| mounted.text(testid));
    let old = mounted.settled().await;
    let fail = |link: &str| {
        lab.spec.set(permalink::parse(link).link.spec);
        let message = "two of each are missing".to_owned();
        lab.status.set(Status::Failed { stage: "data".to_owned(), message });
    };
    fail("#/lab?data=table&points=0:1,2;3,4;2,3");
    until("the drawn points to be counted", || text("count-majority") == "3" && text("count-minority") == "0").await;
    assert_eq!(text("plane-missing"), "two of each are missing");
    assert!(mounted.host.query_selector(".plane-stale").unwrap().is_none(), "they are not pale");
    let drawn = mounted.settled().await;
    assert_ne!(drawn.0, old.0);
    // The run after the next point is on its way: nothing blinks.
    lab.status.set(Status::Working);
    sleep(50).await;
    assert_eq!((text("count-majority"), mounted.picture().0), ("3".to_owned(), drawn.0));
    // On generated data the old result stays, pale, under what was drawn.
    fail("#/lab?data=blobs&n=50&points=1:0.5,0.5");
    until("the old result to be pale", || mounted.host.query_selector(".plane-stale").unwrap().is_some()).await;
    assert_ne!(text("count-majority"), "3");
    show(lab, FIRST);
    until("the sentence to go", || text("plane-missing").is_empty()).await;
}

#[wasm_bindgen_test]
async fn the_threshold_moves_in_the_scores_and_on_the_plane() {
    for figure in [Mounted::new(|| view! { <ScoreHistogram/> }), Mounted::new(plane)] {
        let before = figure.settled().await;
        figure.lab.set_threshold(0.9);
        until("the threshold to be drawn", || figure.picture().0 != before.0).await;
    }
}

#[wasm_bindgen_test]
async fn the_algorithm_follows_the_stepper_forwards_and_backwards() {
    let mounted = Mounted::new(|| view! { <Stepper/> });
    let (lab, text) = (mounted.lab, |testid: &str| mounted.text(testid));
    if text("step-code").is_empty() {
        mounted.click("step-fold");
        until("the algorithm to be shown", || !text("step-code").is_empty()).await;
    }
    let present = || {
        let line = mounted.host.query_selector("[data-testid=step-code] [aria-current=step]").unwrap();
        line.and_then(|line| line.text_content())
    };
    lab.set_step(Some(0));
    until("the beginning", || present().is_none() && text("step-variables").is_empty()).await;
    lab.set_step(Some(1));
    until("the first step", || present().is_some()).await;
    let first = (present(), text("step-variables"), text("step-sentence"));
    assert!(first.0.as_ref().unwrap().starts_with("add new = x[i]") && first.1.contains("gap"), "{first:?}");
    lab.set_step(Some(2));
    until("the second step", || text("step-variables") != first.1).await;
    lab.set_step(Some(1));
    until("the first step again", || (present(), text("step-variables"), text("step-sentence")) == first).await;
    mounted.click("step-fold");
    until("the algorithm to be folded", || text("step-code").is_empty()).await;
    mounted.click("step-fold");
    until("the algorithm to be shown again", || present() == first.0).await;
}

#[wasm_bindgen_test]
async fn by_phase_the_buttons_stop_where_phases_end() {
    let mounted = Mounted::new(|| view! { <Stepper/> });
    let (lab, text) = (mounted.lab, |testid: &str| mounted.text(testid));
    show(lab, "#/lab?data=breast-cancer&ratio=9&sampler=borderline&seed=1");
    lab.set_step(Some(0));
    until("the name of the first phase", || text("step-phase") == "Find who is in danger, 1 of 2").await;
    mounted.click("stride-phase");
    mounted.click("step-forward");
    let judged = lab.step.get_untracked().unwrap();
    let of_stage = |outcome: &Option<Arc<Outcome>>| outcome.as_ref().unwrap().report.chain.stages[0].phases[1].at;
    assert_eq!(judged, lab.outcome.with_untracked(of_stage), "all are judged");
    until("what was found", || text("step-found").contains("in danger")).await;
    mounted.click("step-forward");
    assert_eq!(lab.step.get_untracked(), None, "the end");
    until("the name of the second phase", || text("step-phase") == "Generate, 2 of 2").await;
    mounted.click("step-back");
    assert_eq!(lab.step.get_untracked(), Some(judged));
    mounted.click("step-back");
    assert_eq!(lab.step.get_untracked(), Some(0));
}

#[wasm_bindgen_test]
async fn undo_and_redo_go_through_every_decision() {
    let mounted = Mounted::new(|| ());
    let lab = mounted.lab;
    lab.commit();
    let start = lab.link();
    lab.decide(|spec| spec.scale = !spec.scale);
    lab.set_threshold(0.25);
    lab.commit();
    let end = lab.link();
    assert_ne!(start, end);
    lab.undo();
    assert_eq!(lab.link().view.threshold, start.view.threshold);
    lab.undo();
    assert_eq!(lab.link(), start);
    lab.redo();
    lab.redo();
    assert_eq!(lab.link(), end);
    assert!(!lab.can_redo());
}

#[wasm_bindgen_test]
fn a_link_says_the_same_here_as_where_it_was_written() {
    for text in [FIRST, SECOND, "#/lab?data=spirals&C=0.3&class_weight=7.5&threshold=0.123"] {
        let parsed = permalink::parse(text);
        assert!(parsed.notes.is_empty(), "{:?}", parsed.notes);
        let again = permalink::parse(&permalink::write(&parsed.link));
        assert_eq!(again.link, parsed.link);
        assert_eq!(permalink::write(&again.link), permalink::write(&parsed.link));
    }
}

#[wasm_bindgen_test]
async fn a_page_without_its_worker_says_so() {
    let host: HtmlElement = document().create_element("div").unwrap().dyn_into().unwrap();
    document().body().unwrap().append_child(&host).unwrap();
    let handle = mount(&host, imbalance_lab::ui::App);
    let message = || {
        let element = host.query_selector("[data-testid=error]").unwrap();
        element.and_then(|e| e.text_content()).unwrap_or_default()
    };
    until("the message", || message().contains("Reload")).await;
    drop(handle);
    host.remove();
}
