//! The page put together.

use leptos::prelude::*;

use super::dialogs::{Open, OwnData, Share, Shortcuts, Sources};
use super::header::Header;
use super::invitation::Invitation;
use super::panels::Panel;
use super::plane::Plane;
use super::progress::Progress;
use super::rail::Rail;
use super::results::Results;
use super::sheet::Sheet;
use super::stepper::Stepper;
use super::toasts::Toasts;
use super::wiring;
use crate::browser::hold;
use crate::state::Lab;

/// Puts the page into the document's body, in place of what was there while it loaded.
pub fn mount() {
    if let Some(waiting) = document().get_element_by_id("loading") {
        waiting.remove();
    }
    hold::install();
    leptos::mount::mount_to_body(App);
}

/// The page.
#[component]
pub fn App() -> impl IntoView {
    let lab = Lab::new();
    let open = Open::new();
    provide_context(lab);
    provide_context(open);
    wiring::start(lab, open.help);
    view! {
        <Header/>
        <Rail/>
        <main>
            <Sheet><Panel/></Sheet>
            <div class="center">
                <Invitation/>
                <Progress/>
                <div class="card stage-of-plane">

                    <Plane/>
                    <Stepper/>
                </div>
            </div>
            <div class="side"><Results/></div>
        </main>
        <Toasts/>
        <Sources/>

        <OwnData/>
        <Share/>
        <Shortcuts/>
    }
    .into_any()
}
