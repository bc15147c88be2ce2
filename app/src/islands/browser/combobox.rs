//! Fields that are completed from a list. What browsers make of a `<datalist>` differs, and some find only
//! beginnings: here every typed word may stand anywhere, and accents and capitals do not matter.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, InputEvent, KeyboardEvent, MouseEvent};

use super::dom::{self, attribute, set, unset};
use super::words::Words;

/// The most options shown: who does not see theirs types on.
const MOST: usize = 50;

const FIELD: &str = "input[data-combobox]";

pub(super) fn start() {
    dom::all::<Element>(FIELD).iter().for_each(adopt);
    dom::listen("focusin", |event: Event| {
        if let Some(field) = dom::closest(&event, FIELD) {
            adopt(&field);
        }
    });
    dom::listen("focusout", |event: Event| {
        if let Some(field) = field_of(&event) {
            close(&field);
        }
    });
    dom::listen("input", |event: InputEvent| {
        if let Some(field) = field_of(&event) {
            open(&field);
        }
    });
    // A press on an option must not take the focus away: the list would be gone before the click.
    dom::listen("mousedown", |event: MouseEvent| {
        if dom::closest(&event, "[data-options]").is_some() {
            event.prevent_default();
        }
    });
    dom::listen("click", |event: MouseEvent| {
        if let Some(field) = field_of(&event) {
            open(&field);
        } else if let Some(option) = dom::closest(&event, "[data-options] > [role=option]") {
            choose(&option);
        }
    });
    dom::listen("keydown", |event: KeyboardEvent| {
        if let Some(field) = field_of(&event).filter(|_| !event.is_composing()) {
            press(&event, &field);
        }
    });
}

fn field_of(event: &Event) -> Option<HtmlInputElement> {
    dom::closest(event, FIELD)?.dyn_into().ok()
}

/// Takes the completion over from the browser.
fn adopt(field: &Element) {
    let Some(source) = field.get_attribute("list") else {
        return;
    };
    unset(field, "list");
    set(field, "data-combobox", &source);
    set(field, "role", "combobox");
    set(field, "aria-autocomplete", "list");
    set(field, "aria-expanded", "false");
}

/// The list of a field, made when it is first needed.
fn options_of(field: &Element) -> Option<Element> {
    let id = format!("{}-options", field.id());
    if let Some(list) = dom::document().get_element_by_id(&id) {
        return Some(list);
    }
    let list = dom::document().create_element("ul").ok()?;
    list.set_id(&id);
    list.set_class_name("options");
    set(&list, "role", "listbox");
    set(&list, "data-options", &field.id());
    set(&list, "hidden", "");
    let label = field.closest("[data-field]").ok().flatten();
    set(&list, "aria-label", &attribute(&label?, "data-label"));
    field.insert_adjacent_element("afterend", &list).ok()?;
    set(field, "aria-controls", &id);
    Some(list)
}

/// Shows what fits the words typed so far; everything when they are an option already.
fn open(field: &HtmlInputElement) {
    let Some(list) = options_of(field) else { return };
    let source = format!("#{} > option", attribute(field, "data-combobox"));
    let known: Vec<String> = dom::all::<Element>(&source)
        .iter()
        .map(|option| attribute(option, "value"))
        .collect();
    let typed = field.value();
    let words = Words::of(if known.contains(&typed) { "" } else { &typed });
    list.set_inner_html("");
    for (number, text) in known
        .iter()
        .filter(|text| words.are_in(text))
        .take(MOST)
        .enumerate()
    {
        let Ok(option) = dom::document().create_element("li") else {
            continue;
        };
        option.set_id(&format!("{}-{number}", list.id()));
        set(&option, "role", "option");
        set(&option, "dir", "auto");
        option.set_text_content(Some(text));
        let _ = list.append_child(&option);
    }
    unset(field, "aria-activedescendant");
    if list.child_element_count() == 0 {
        close(field);
    } else {
        unset(&list, "hidden");
        set(field, "aria-expanded", "true");
    }
}

fn close(field: &Element) {
    if let Some(list) = dom::document().get_element_by_id(&attribute(field, "aria-controls")) {
        set(&list, "hidden", "");
    }
    unset(field, "aria-activedescendant");
    set(field, "aria-expanded", "false");
}

fn press(event: &KeyboardEvent, field: &HtmlInputElement) {
    let is_open = attribute(field, "aria-expanded") == "true";
    let active = dom::document().get_element_by_id(&attribute(field, "aria-activedescendant"));
    match event.key().as_str() {
        "ArrowDown" | "ArrowUp" if !is_open => open(field),
        "ArrowDown" => step(field, active.as_ref(), 1),
        "ArrowUp" => step(field, active.as_ref(), -1),
        "Escape" if is_open => close(field),
        "Enter" if is_open => match active {
            Some(option) => choose(&option),
            None => return,
        },
        _ => return,
    }
    event.prevent_default();
}

/// Moves to the next or the previous option, and from one end to the other.
fn step(field: &Element, active: Option<&Element>, by: isize) {
    let Some(list) = options_of(field) else { return };
    let options = dom::all_in::<Element>(&list, "[role=option]");
    let at = active.and_then(|active| options.iter().position(|option| option == active));
    let to = match (at, by) {
        (Some(at), _) => at.checked_add_signed(by).filter(|to| *to < options.len()),
        (None, 1) => Some(0),
        (None, _) => options.len().checked_sub(1),
    };
    if let Some(active) = active {
        unset(active, "aria-selected");
    }
    match to.and_then(|to| options.get(to)) {
        Some(option) => {
            set(option, "aria-selected", "true");
            set(field, "aria-activedescendant", &option.id());
            option
                .unchecked_ref::<HtmlElement>()
                .scroll_into_view_with_bool(false);
        }
        None => unset(field, "aria-activedescendant"),
    }
}

/// Writes an option into its field.
fn choose(option: &Element) {
    let field = option
        .parent_element()
        .and_then(|list| dom::document().get_element_by_id(&attribute(&list, "data-options")));
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
        field.set_value(&option.text_content().unwrap_or_default());
        close(&field);
        super::controls::edited(&field);
    }
}
