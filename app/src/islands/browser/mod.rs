//! What the islands do in the browser.

mod combobox;
mod controls;
mod dialogs;
mod dom;
mod keys;
mod leaving;
mod lists;
mod palette;
pub(super) mod progress;
mod refusal;
pub(super) mod submit;
mod toast;
mod words;

/// Starts everything that [`PageTools`](super::PageTools) stands for.
pub(super) fn start_tools() {
    // Style sheets show and hide by this attribute what works only with, or only stands in for, scripts.
    if let Some(root) = dom::document().document_element() {
        dom::set(&root, "data-scripts", "");
    }
    combobox::start();
    controls::start();
    dialogs::start();
    keys::start();
    leaving::start();
    lists::start();
    palette::start();
    refusal::start();
    toast::start();
}
