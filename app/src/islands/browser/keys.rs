//! Keyboard shortcuts. Single keys are off inside fields, while a dialog is open, and by choice.

use std::cell::Cell;

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, KeyboardEvent, Storage};

use super::dom::{self, attribute};
use super::{dialogs, lists};

/// Where the browser keeps that single keys are off.
const STORED: &str = "single-keys";

/// How long `g` waits for the second key, in milliseconds of the event's clock.
const CHORD: f64 = 1_500.0;

pub(super) fn start() {
    let leader = Cell::new(f64::NEG_INFINITY);
    dom::listen("keydown", move |event: KeyboardEvent| {
        if (event.ctrl_key() || event.meta_key()) && event.key() == "k" {
            if dialogs::open("palette") {
                event.prevent_default();
            }
            return;
        }
        if event.ctrl_key() || event.meta_key() || event.alt_key() || event.is_composing() || !allowed(&event)
        {
            return;
        }
        let key = event.key();
        let after_leader = event.time_stamp() - leader.get() < CHORD;
        leader.set(if key == "g" {
            event.time_stamp()
        } else {
            f64::NEG_INFINITY
        });
        let done = if after_leader { go(&key) } else { single(&key) };
        if done {
            event.prevent_default();
        }
    });
    let choice =
        dom::find("[data-shortcuts] input").and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
    if let Some(choice) = choice {
        choice.set_checked(enabled());
    }
    dom::listen("change", |event: Event| {
        let input = dom::closest(&event, "[data-shortcuts] input");
        let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) else {
            return;
        };
        if let Some(storage) = storage() {
            let _ = storage.set_item(STORED, if input.checked() { "on" } else { "off" });
        }
    });
}

fn storage() -> Option<Storage> {
    dom::window().local_storage().ok().flatten()
}

fn enabled() -> bool {
    storage()
        .and_then(|storage| storage.get_item(STORED).ok().flatten())
        .as_deref()
        != Some("off")
}

fn allowed(event: &KeyboardEvent) -> bool {
    let typing = dom::closest(
        event,
        "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]",
    );
    typing.is_none() && !dialogs::any_open() && enabled()
}

/// `g` and a letter go to a place of the navigation.
fn go(key: &str) -> bool {
    let place = dom::all::<Element>("a[data-go]")
        .into_iter()
        .find(|place| attribute(place, "data-go") == key);
    place
        .inspect(|place| dom::go(&attribute(place, "href")))
        .is_some()
}

fn single(key: &str) -> bool {
    match key {
        "/" => dom::find("[data-slash]").inspect(dom::focus).is_some(),
        "?" => dialogs::open("shortcuts"),
        "j" => step(1),
        "k" => step(-1),
        "x" => lists::toggle_focused_row(),
        _ => false,
    }
}

/// Moves the focus to the link of the next or the previous row; `Enter` then opens it.
fn step(by: isize) -> bool {
    let links = dom::all::<Element>(".data .row-link");
    let focused = dom::document().active_element();
    let row = focused.and_then(|element| element.closest("tr").ok().flatten());
    let at = row.and_then(|row| links.iter().position(|link| row.contains(Some(link))));
    let next = match at {
        Some(at) => at.checked_add_signed(by),
        None => Some(0),
    };
    next.and_then(|next| links.get(next))
        .inspect(|link| dom::focus(link))
        .is_some()
}
