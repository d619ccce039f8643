//! The only places that touch the browser, one contact per file. Whatever registers something hands back a guard
//! that undoes it on `Drop`, so a component that goes away leaves nothing behind.
//!
//! Nothing here panics: outside a window (or where the browser refuses) a reader gets `None` or a sensible default,
//! a writer does nothing.

pub mod clock;
pub mod fetch;
pub mod listener;
pub mod timer;

#[cfg(feature = "app")]
pub mod canvas;
#[cfg(feature = "app")]
pub mod clipboard;
#[cfg(feature = "app")]
pub mod download;
#[cfg(feature = "app")]
pub mod file;
#[cfg(feature = "app")]
pub mod frame;
#[cfg(feature = "app")]
pub mod hash;
#[cfg(feature = "app")]
pub mod hold;
#[cfg(feature = "app")]
pub mod picture;
#[cfg(feature = "app")]
pub mod rasterize;
#[cfg(feature = "app")]
pub mod resize;
#[cfg(feature = "app")]
pub mod seed;
#[cfg(feature = "app")]
pub mod storage;
#[cfg(feature = "app")]
pub mod theme;

#[cfg(feature = "app")]
pub(crate) fn window() -> Option<web_sys::Window> {
    web_sys::window()
}
