//! The search palette: finds places on the page itself, everything else by asking the server.

use std::cell::Cell;
use std::rc::Rc;

use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, FormData, HtmlFormElement, InputEvent, KeyboardEvent, SubmitEvent, UrlSearchParams};

use super::dom::{self, attribute, set, unset};
use super::words::Words;

/// How long typing must pause before the server is asked, in milliseconds.
const PAUSE: i32 = 180;

const FORM: &str = "#palette form";

/// How often something was typed, and which of these times the lines shown answer.
#[derive(Default)]
struct Turns {
    typed: Cell<u32>,
    shown: Cell<u32>,
}

pub(super) fn start() {
    let turns = Rc::new(Turns::default());
    let typing = Rc::clone(&turns);
    dom::listen("input", move |event: InputEvent| {
        let form = dom::closest(&event, FORM).and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        if let Some(form) = form {
            show_places(&form);
            let turn = typing.typed.get().wrapping_add(1);
            typing.typed.set(turn);
            spawn_local(ask_later(form, Rc::clone(&typing), turn));
        }
    });
    dom::listen("submit", move |event: SubmitEvent| {
        let form = dom::closest(&event, FORM).and_then(|form| form.dyn_into::<HtmlFormElement>().ok());
        if let Some(form) = form {
            event.prevent_default();
            spawn_local(go_to_first(form, Rc::clone(&turns)));
        }
    });
    dom::listen("keydown", |event: KeyboardEvent| {
        let by = match event.key().as_str() {
            "ArrowDown" => 1,
            "ArrowUp" => -1,
            _ => return,
        };
        if dom::closest(&event, "#palette").is_some() && !event.is_composing() {
            event.prevent_default();
            step(by);
        }
    });
}

fn typed(form: &HtmlFormElement) -> String {
    FormData::new_with_form(form)
        .ok()
        .and_then(|data| data.get("q").as_string())
        .unwrap_or_default()
}

/// Leaves the places that fit the words.
fn show_places(form: &HtmlFormElement) {
    let words = Words::of(&typed(form));
    for place in dom::all::<Element>("[data-palette-places] > li") {
        if words.are_in(&attribute(&place, "data-name")) {
            unset(&place, "hidden");
        } else {
            set(&place, "hidden", "");
        }
    }
    settle();
}

async fn ask_later(form: HtmlFormElement, turns: Rc<Turns>, turn: u32) {
    dom::sleep(PAUSE).await;
    if turns.typed.get() == turn {
        ask(&form, &turns).await;
    }
}

/// Asks the server and shows its lines, unless something else was typed meanwhile.
async fn ask(form: &HtmlFormElement, turns: &Turns) {
    let turn = turns.typed.get();
    let words = typed(form);
    let lines = if words.trim().is_empty() {
        js_sys::Array::new()
    } else {
        let Ok(body) = UrlSearchParams::new() else { return };
        body.append("q", &words);
        let Ok(response) = dom::post(&attribute(form, "data-find"), &body).await else {
            return;
        };
        let Some(answer) = dom::json(&response).await else {
            return;
        };
        if let Some(elsewhere) = dom::property(&answer, "location").as_string() {
            // Nobody is logged in any more.
            return dom::go(&elsewhere);
        }
        dom::property(&answer, "lines").dyn_into().unwrap_or_default()
    };
    if turns.typed.get() == turn {
        turns.shown.set(turn);
        show_lines(&lines);
        settle();
        say(dom::all::<Element>("#palette li:not([hidden])").len(), &words);
    }
}

fn show_lines(lines: &js_sys::Array) {
    let Some(list) = dom::find("[data-palette-found]") else {
        return;
    };
    list.set_inner_html("");
    for line in lines.iter() {
        let _ = add_line(&list, &line);
    }
}

fn add_line(list: &Element, line: &JsValue) -> Result<(), JsValue> {
    let text = |name: &str| dom::property(line, name).as_string().unwrap_or_default();
    let document = dom::document();
    let (row, link) = (document.create_element("li")?, document.create_element("a")?);
    set(&link, "href", &text("href"));
    link.set_inner_html(r#"<svg class="icon" aria-hidden="true"><use></use></svg><span dir="auto"></span><span class="push" dir="auto"></span>"#);
    if let Some(icon) = dom::find_in(&link, "use") {
        set(&icon, "href", &format!("/icons/sprite.svg#i-{}", text("icon")));
    }
    for (part, name) in [("span", "title"), (".push", "note")] {
        if let Some(part) = dom::find_in(&link, part) {
            part.set_text_content(Some(&text(name)));
        }
    }
    row.append_child(&link)?;
    list.append_child(&row)?;
    Ok(())
}

/// Shows the headings of lists that have lines, and marks the line that Enter opens.
fn settle() {
    for heading in dom::all::<Element>("#palette [data-heads]") {
        let lines = format!("[{}] > li:not([hidden])", attribute(&heading, "data-heads"));
        if dom::find(&lines).is_some() {
            unset(&heading, "hidden");
        } else {
            set(&heading, "hidden", "");
        }
    }
    for (number, link) in links().iter().enumerate() {
        if number == 0 {
            set(link, "data-first", "");
        } else {
            unset(link, "data-first");
        }
    }
}

fn links() -> Vec<Element> {
    dom::all("#palette li:not([hidden]) > a")
}

/// Tells those who do not see the list how long it is.
fn say(lines: usize, words: &str) {
    let Some(place) = dom::find("[data-palette-status]") else {
        return;
    };
    let sentence = match lines {
        _ if words.trim().is_empty() => String::new(),
        0 => attribute(&place, "data-none"),
        1 => attribute(&place, "data-one"),
        _ => attribute(&place, "data-many").replace('%', &lines.to_string()),
    };
    place.set_text_content(Some(&sentence));
}

/// Enter: the first line, once it answers what was typed; the list of orders when there is none.
async fn go_to_first(form: HtmlFormElement, turns: Rc<Turns>) {
    if turns.shown.get() != turns.typed.get() {
        turns.typed.set(turns.typed.get().wrapping_add(1));
        ask(&form, &turns).await;
    }
    match links().first() {
        Some(link) => dom::go(&attribute(link, "href")),
        None => {
            let _ = form.submit();
        }
    }
}

/// Moves the focus along the lines; before the first is the field.
fn step(by: isize) {
    let links = links();
    let focused = dom::document().active_element();
    let at = focused.and_then(|focused| links.iter().position(|link| *link == focused));
    let to = match at {
        Some(at) => at.checked_add_signed(by),
        None if by > 0 => Some(0),
        None => return,
    };
    match to.map(|to| links.get(to)) {
        Some(Some(link)) => dom::focus(link),
        Some(None) => {}
        None => {
            dom::find("#palette input").inspect(dom::focus);
        }
    }
}
