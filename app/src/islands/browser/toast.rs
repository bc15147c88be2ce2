//! Toasts go by themselves, but not while somebody reads them.

use leptos::task::spawn_local;
use web_sys::{Element, MouseEvent};

use super::dom;

/// How long a toast stays at least, and how often it looks whether it is being read, in milliseconds.
const STAYS: i32 = 6_000;
const LOOKS: i32 = 500;

pub(super) fn start() {
    for toast in dom::all::<Element>("[data-toast]") {
        spawn_local(leave(toast));
    }
    dom::listen("click", |event: MouseEvent| {
        if let Some(toast) = dom::closest(&event, "[data-toast-close]")
            .and_then(|button| button.closest("[data-toast]").ok().flatten())
        {
            toast.remove();
        }
    });
}

async fn leave(toast: Element) {
    let mut left = STAYS;
    while left > 0 {
        dom::sleep(LOOKS).await;
        if !toast.matches(":hover, :focus-within").unwrap_or(false) {
            left -= LOOKS;
        }
    }
    toast.remove();
}
