//! Light or dark, and how much motion: what the system prefers and what the reader chose.
//!
//! The resolved theme stands on the root element as `data-theme="light"` or `"dark"`; a script in `index.html` sets it
//! before the first paint, from the same [`STORAGE_KEY`].

use web_sys::MediaQueryList;

use super::listener::Listener;
use super::storage;

/// Where the reader's choice is kept: "light" or "dark"; absent while the system decides.
pub const STORAGE_KEY: &str = "imbalance-lab.theme";

/// The theme to show: the reader's choice, else the system's.
pub fn resolved_dark() -> bool {
    match storage::get(STORAGE_KEY).as_deref() {
        Some("dark") => true,
        Some("light") => false,
        _ => query("(prefers-color-scheme: dark)").is_some_and(|q| q.matches()),
    }
}

/// Keeps the reader's choice and shows it.
pub fn choose(dark: bool) {
    storage::set(STORAGE_KEY, name(dark));
    apply(dark);
}

/// Shows a theme without keeping it as the reader's choice.
pub fn apply(dark: bool) {
    if let Some(root) = super::window().and_then(|w| w.document()).and_then(|d| d.document_element()) {
        let _ = root.set_attribute("data-theme", name(dark));
    }
}

/// Calls `f` with the theme to show whenever the system's preference changes.
pub fn on_system_change(mut f: impl FnMut(bool) + 'static) -> Option<Listener> {
    let query = query("(prefers-color-scheme: dark)")?;
    Some(Listener::new(&query, "change", move |_| f(resolved_dark())))
}

/// Whether the system asks for less motion.
pub fn prefers_reduced_motion() -> bool {
    query("(prefers-reduced-motion: reduce)").is_some_and(|q| q.matches())
}

/// Whether the controls lie over the page, as they do on small screens (style/layout.css).
pub fn controls_cover_the_page() -> bool {
    query("(max-width: 899px)").is_some_and(|q| q.matches())
}

fn name(dark: bool) -> &'static str {
    if dark { "dark" } else { "light" }
}

fn query(media: &str) -> Option<MediaQueryList> {
    super::window()?.match_media(media).ok()?
}
