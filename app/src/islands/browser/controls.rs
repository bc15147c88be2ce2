//! Small conveniences of controls: a password shown, a string copied, the name of a picked file.

use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Event, HtmlInputElement, MouseEvent};

use super::dom::{self, attribute, set};
use super::refusal;

pub(super) fn start() {
    dom::listen("click", |event: MouseEvent| {
        if let Some(button) = dom::closest(&event, "button[data-reveal]") {
            reveal(&button);
        } else if let Some(button) = dom::closest(&event, "button[data-copy]") {
            spawn_local(copy(button));
        }
    });
    dom::listen("change", |event: Event| {
        name_files(&event);
        edited_by(&event);
    });
    dom::listen("input", |event: Event| edited_by(&event));
}

fn edited_by(event: &Event) {
    if let Some(control) = dom::target(event) {
        edited(&control);
    }
}

/// A control says something else now: what was wrong with it need not be any more. A text that is too long is kept
/// whole and said to be.
pub(super) fn edited(control: &Element) {
    let Some(field) = control.closest("[data-field]").ok().flatten() else {
        return;
    };
    refusal::forget(&field);
    let text = match control.dyn_ref::<HtmlInputElement>() {
        Some(input) => input.value(),
        None => dom::property(control, "value").as_string().unwrap_or_default(),
    };
    let most: Option<usize> = attribute(control, "data-most").parse().ok();
    if most.is_some_and(|most| text.trim().chars().count() > most) {
        let _ = refusal::mark_field(&field, &attribute(control, "data-too-long"));
    }
}

/// Shows or hides a password.
fn reveal(button: &Element) {
    let input = dom::document().get_element_by_id(&attribute(button, "data-reveal"));
    let Some(input) = input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()) else {
        return;
    };
    let shown = input.type_() == "text";
    input.set_type(if shown { "password" } else { "text" });
    set(button, "aria-pressed", if shown { "false" } else { "true" });
    if let Some(words) = dom::find_in(button, "span") {
        words.set_text_content(Some(&attribute(
            button,
            if shown { "data-show" } else { "data-hide" },
        )));
    }
}

/// Copies a string, says so, and is ready again after a moment.
async fn copy(button: Element) {
    let clipboard = dom::window().navigator().clipboard();
    if JsFuture::from(clipboard.write_text(&attribute(&button, "data-copy")))
        .await
        .is_err()
    {
        return;
    }
    let label = attribute(&button, "aria-label");
    set(&button, "aria-label", &attribute(&button, "data-copied"));
    show_icon(&button, "check");
    dom::sleep(2_000).await;
    set(&button, "aria-label", &label);
    show_icon(&button, "copy");
}

fn show_icon(button: &Element, name: &str) {
    if let Some(icon) = dom::find_in(button, "use") {
        set(&icon, "href", &format!("/icons/sprite.svg#i-{name}"));
    }
}

/// Writes the names of picked files where the words that ask for them were.
fn name_files(event: &Event) {
    let place = dom::closest(event, ".dropzone").and_then(|zone| dom::find_in(&zone, "[data-file-name]"));
    let input = dom::target(event).and_then(|input| input.dyn_into::<HtmlInputElement>().ok());
    let (Some(place), Some(files)) = (place, input.and_then(|input| input.files())) else {
        return;
    };
    let names: Vec<_> = (0..files.length())
        .filter_map(|index| files.get(index))
        .map(|file| file.name())
        .collect();
    if !names.is_empty() {
        place.set_text_content(Some(&names.join(", ")));
    }
}
