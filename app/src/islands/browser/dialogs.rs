//! Dialogs: opened by buttons and links, and those the server rendered open.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, HtmlDialogElement, MouseEvent};

use super::dom::{self, attribute};

pub(super) fn start() {
    for dialog in dom::all::<HtmlDialogElement>("dialog[open]") {
        // Rendered open it only looks modal; shown by script it also keeps the focus.
        dialog.set_open(false);
        let _ = dialog.show_modal();
    }
    dom::listen("click", |event: MouseEvent| {
        open_by_link(&event);
        close_by_link(&event);
    });
    dom::listen_capturing("close", |event: Event| {
        if let Some(dialog) = dom::target(&event) {
            forget_address(&dialog);
        }
    });
    if !dom::knows("HTMLButtonElement", "command") {
        dom::listen("click", |event: MouseEvent| run_command(&event));
    }
    if !dom::knows("HTMLDialogElement", "closedBy") {
        dom::listen("click", |event: MouseEvent| close_from_outside(&event));
    }
}

/// Shows the dialog `id`, unless another one is in the way.
pub(super) fn open(id: &str) -> bool {
    let dialog = dom::document().get_element_by_id(id);
    let dialog = dialog.and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok());
    dialog.is_some_and(|dialog| dialog.open() || dialog.show_modal().is_ok())
}

/// Whether a dialog is in front of the page.
pub(super) fn any_open() -> bool {
    dom::find("dialog[open]").is_some()
}

/// A link with `data-opens` leads to the page with its dialog open; the dialog is here already.
fn open_by_link(event: &MouseEvent) {
    if event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0 {
        return;
    }
    let Some(link) = dom::closest(event, "[data-opens]") else {
        return;
    };
    if open(&attribute(&link, "data-opens")) {
        event.prevent_default();
    }
}

/// A link with `data-closes` leads to the page without its dialog, which need not be loaded again.
fn close_by_link(event: &MouseEvent) {
    let link = dom::closest(event, "[data-closes]");
    let Some(dialog) = link.and_then(|link| link.closest("dialog").ok().flatten()) else {
        return;
    };
    event.prevent_default();
    dialog.unchecked_into::<HtmlDialogElement>().close();
}

/// Takes the dialog out of the address, so that loading the page again does not bring it back.
fn forget_address(dialog: &Element) {
    let Some(link) = dom::find_in(dialog, "[data-closes]") else {
        return;
    };
    if let Ok(history) = dom::window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&attribute(&link, "href")));
    }
}

/// `command` and `commandfor` where the browser lacks them.
fn run_command(event: &MouseEvent) {
    let Some(button) = dom::closest(event, "button[commandfor]") else {
        return;
    };
    let id = attribute(&button, "commandfor");
    match attribute(&button, "command").as_str() {
        "show-modal" => {
            open(&id);
        }
        "close" => {
            if let Some(dialog) = dom::document().get_element_by_id(&id) {
                dialog.unchecked_into::<HtmlDialogElement>().close();
            }
        }
        _ => {}
    }
}

/// `closedby="any"` where the browser lacks it: the backdrop belongs to the dialog, its content does not.
fn close_from_outside(event: &MouseEvent) {
    let Some(dialog) = dom::target(event).and_then(|target| target.dyn_into::<HtmlDialogElement>().ok())
    else {
        return;
    };
    let edges = dialog.get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    let inside = (edges.left()..=edges.right()).contains(&x) && (edges.top()..=edges.bottom()).contains(&y);
    if !inside && attribute(&dialog, "closedby") == "any" {
        dialog.close();
    }
}
