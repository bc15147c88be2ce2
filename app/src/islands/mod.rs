//! The few parts that run in the browser. Pages work without them; they save a page load and the typed text.
use leptos::prelude::*;
/// x
#[island]
pub fn FormEnhancer() -> impl IntoView {}
/// x
#[island]
pub fn LiveProgress() -> impl IntoView {}
/// x
#[island]
pub fn PageTools() -> impl IntoView {}
