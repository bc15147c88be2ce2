//! Lists: search while typing, filters that act at once, rows selected for a bulk action.

use std::cell::Cell;
use std::rc::Rc;

use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{
    Element, Event, FormData, HtmlFormElement, HtmlInputElement, InputEvent, Storage, UrlSearchParams,
};

use super::dom::{self, attribute};

/// How long typing must pause before it is searched for, in milliseconds.
const PAUSE: i32 = 350;

/// Where the browser keeps, from one page to the next, which list is being searched.
const SEARCHING: &str = "searching";

pub(super) fn start() {
    resume_search();
    search_while_typing();
    dom::listen("change", |event: Event| {
        filter(&event);
        select(&event);
    });
    dom::listen("click", |event: web_sys::MouseEvent| {
        if dom::closest(&event, "[data-bulk-clear]").is_some() {
            for row in rows() {
                row.set_checked(false);
            }
            count();
        }
    });
    // The browser may bring ticked boxes back with the page.
    count();
}

/// Marks or unmarks the row that has the focus.
pub(super) fn toggle_focused_row() -> bool {
    let row = dom::document()
        .active_element()
        .and_then(|element| element.closest("tr").ok().flatten());
    let tick = row.and_then(|row| dom::find_in(&row, "[data-select-row]"));
    let Some(tick) = tick.and_then(|tick| tick.dyn_into::<HtmlInputElement>().ok()) else {
        return false;
    };
    tick.set_checked(!tick.checked());
    count();
    true
}

fn search_while_typing() {
    let typed = Rc::new(Cell::new(0_u32));
    dom::listen("input", move |event: InputEvent| {
        let form = dom::closest(&event, "form[data-live-search]");
        let Some(form) = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) else {
            return;
        };
        if event.is_composing() {
            return;
        }
        let turn = typed.get().wrapping_add(1);
        typed.set(turn);
        let typed = Rc::clone(&typed);
        spawn_local(async move {
            dom::sleep(PAUSE).await;
            if typed.get() == turn {
                search(&form);
            }
        });
    });
}

fn search(form: &HtmlFormElement) {
    let Some(address) = address(form) else { return };
    if let Some(storage) = storage() {
        let _ = storage.set_item(
            SEARCHING,
            &dom::window().location().pathname().unwrap_or_default(),
        );
    }
    // Replaced, so that Back leads out of the list instead of through every letter.
    let _ = dom::window().location().replace(&address);
}

/// The page was loaded by typing: typing goes on where it was.
fn resume_search() {
    let Some(storage) = storage() else { return };
    let searching = storage.get_item(SEARCHING).ok().flatten();
    let _ = storage.remove_item(SEARCHING);
    if searching.is_none() || searching != dom::window().location().pathname().ok() {
        return;
    }
    let input = dom::find("form[data-live-search] input[type=search]");
    if let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) {
        let _ = input.focus();
        let end = u32::try_from(input.value().encode_utf16().count()).unwrap_or(u32::MAX);
        let _ = input.set_selection_range(end, end);
    }
}

/// A select of filters was changed: the list is shown with it.
fn filter(event: &Event) {
    let form = dom::closest(event, "form[data-auto-submit]");
    let form = form.and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
    if let Some(address) = form.as_ref().and_then(address) {
        dom::go(&address);
    }
}

/// The address a form of method GET leads to, without the parameters that are empty.
fn address(form: &HtmlFormElement) -> Option<String> {
    let data = FormData::new_with_form(form).ok()?;
    let parameters = UrlSearchParams::new_with_str_sequence_sequence(&data).ok()?;
    let filled = UrlSearchParams::new().ok()?;
    for entry in js_sys::try_iter(&parameters).ok()??.flatten() {
        let entry: js_sys::Array = entry.dyn_into().ok()?;
        let (name, value) = (entry.get(0).as_string()?, entry.get(1).as_string()?);
        if !value.is_empty() {
            filled.append(&name, &value);
        }
    }
    let path = form
        .get_attribute("action")
        .or_else(|| dom::window().location().pathname().ok())?;
    Some(format!("{path}?{}", String::from(filled.to_string())))
}

/// A row, or all rows of the page, was ticked.
fn select(event: &Event) {
    let Some(tick) = dom::target(event).and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
        return;
    };
    if tick.has_attribute("data-select-all") {
        for row in rows() {
            row.set_checked(tick.checked());
        }
    }
    if tick.has_attribute("data-select-all") || tick.has_attribute("data-select-row") {
        count();
    }
}

fn rows() -> Vec<HtmlInputElement> {
    dom::all("[data-select-row]")
}

/// Writes how many rows are selected, and ticks the box for all of them when they are.
fn count() {
    let rows = rows();
    let selected = rows.iter().filter(|row| row.checked()).count();
    for all in dom::all::<HtmlInputElement>("[data-select-all]") {
        all.set_checked(selected > 0 && selected == rows.len());
        all.set_indeterminate(selected > 0 && selected < rows.len());
    }
    for words in dom::all::<Element>("[data-bulk-count]") {
        let sentence = attribute(&words, if selected == 1 { "data-one" } else { "data-many" });
        words.set_text_content(Some(&sentence.replace('%', &selected.to_string())));
    }
}

fn storage() -> Option<Storage> {
    dom::window().session_storage().ok().flatten()
}
