//! The link: copied when the dialog opens, shown in full, with its length and with what it cannot carry.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Dialog, Open};
use crate::browser::{clipboard, hash};
use crate::permalink;
use crate::state::Lab;
use crate::ui::wiring::text_of;

/// Beyond this, chat programs and mail begin to cut links.
const LONG: usize = 2000;

/// The link.
#[component]
pub fn Share() -> impl IntoView {
    let open = expect_context::<Open>();
    view! { <Dialog id="share" title="Share this lab" open=open.share content=content/> }
}

fn content() -> AnyView {
    let lab = expect_context::<Lab>();
    let link = untrack(|| lab.link());
    let href = hash::href_with(&text_of(&link));
    let (length, copied) = (href.chars().count(), RwSignal::new(None::<Result<(), String>>));
    let missing = link.spec.data.table.as_ref().and_then(|table| {
        let digest = permalink::digest(table);
        href.contains(&digest).then(|| {
            format!(
                "The table ({} rows) is too large to be in the link. Whoever opens it elsewhere has to load the CSV file \
                 as well.",
                table.y.len()
            )
        })
    });
    let copy = {
        let href = href.clone();
        move || {
            let href = href.clone();
            spawn_local(async move { copied.set(Some(clipboard::write_text(&href).await)) });
        }
    };
    copy();
    let said = move || match copied.get() {
        None => String::new(),
        Some(Ok(())) => "Copied to the clipboard.".to_owned(),
        Some(Err(why)) => why,
    };
    view! {
        <p>"It says everything: data, drawing, settings, threshold, step, layers and baseline. Nothing is stored on any server."</p>
        <textarea readonly rows="4" aria-label="Link" data-testid="share-link" on:focus=|event| {
            event_target::<web_sys::HtmlTextAreaElement>(&event).select();
        }>{href}</textarea>
        {missing.map(|sentence| view! { <p class="warn">{sentence}</p> })}
        <div class="buttons">
            <button type="button" class="primary" data-testid="copy-link" on:click=move |_| copy()>"Copy link"</button>
            <span role="status" data-testid="share-status">{said}</span>
            <span class="quiet num end">
                {format!("{length} characters")}
                {(length > LONG).then_some(", too long for some chat programs")}
            </span>
        </div>
    }
    .into_any()
}
