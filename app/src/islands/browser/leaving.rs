//! Remembers into which forms somebody typed, and has the browser ask before a long one (`ui::form`) is left.

use web_sys::Event;

use super::dom;

/// Marks a form into which something was typed that was not sent.
const TYPED: &str = "data-typed";

pub(super) fn start() {
    for event in ["input", "change"] {
        dom::listen(event, |event: Event| {
            if let Some(form) = dom::closest(&event, "form[data-enhance]") {
                dom::set(&form, TYPED, "");
            }
        });
    }
    // What is on its way is not lost.
    dom::listen_on_window("beforeunload", |event: Event| {
        if dom::find("form[data-long][data-typed]:not([data-busy])").is_some() {
            event.prevent_default();
        }
    });
}

/// The browser sends the form itself.
pub(super) fn allow(form: &web_sys::Element) {
    dom::unset(form, TYPED);
}
