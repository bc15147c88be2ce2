//! The few parts that run in the browser. Pages work without them: they save a page load and the typed text.
//!
//! The shell mounts each island once, at the end of the document. An island renders nothing; it listens to the
//! whole document and finds what it enhances by `data-` attributes that the [component kit](crate::ui) writes, so
//! that parts that stream in later or are written by scripts are covered too. All words come from the server.
//! Islands speak to the document through `web-sys` alone: whatever else they used, every visitor would download.

#[cfg(feature = "hydrate")]
mod browser;

use leptos::prelude::*;

/// Sends forms marked `data-enhance` without leaving the page: shows that they are on their way, writes what was
/// refused next to the fields, and keeps what was typed when the server cannot be reached.
#[island]
pub fn FormEnhancer() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::submit::start();
}

/// Keeps running jobs marked `data-progress` current and shows the page anew once they are finished.
#[island]
pub fn LiveProgress() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::progress::start();
}

/// Keys, dialogs, selections, and the small conveniences of controls.
#[island]
pub fn PageTools() -> impl IntoView {
    #[cfg(feature = "hydrate")]
    browser::start_tools();
}
