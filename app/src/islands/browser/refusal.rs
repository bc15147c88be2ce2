//! Writes what was refused into the form, the way the server does when it renders the form anew
//! (`ui::form` and `ui::field`).

use wasm_bindgen::{JsCast, JsValue};
use web_sys::Element;

use super::dom::{self, attribute, set, unset};

const ICON: &str =
    r#"<svg class="icon" aria-hidden="true"><use href="/icons/sprite.svg#i-alert"></use></svg>"#;

/// What was refused, in the reader's language.
pub(super) struct Refusal {
    fields: Vec<(String, String)>,
    message: Option<String>,
}

impl Refusal {
    /// `{"fields": [["name", "Sentence"], …], "message": "Sentence" or null}`
    pub(super) fn read(json: &JsValue) -> Self {
        let pair = |pair: JsValue| {
            let pair: js_sys::Array = pair.dyn_into().ok()?;
            Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
        };
        let fields = dom::property(json, "fields").dyn_into::<js_sys::Array>();
        Self {
            fields: fields
                .map(|list| list.iter().filter_map(pair).collect())
                .unwrap_or_default(),
            message: dom::property(json, "message").as_string(),
        }
    }
}

/// The summary of a form that the server has rendered with what was wrong.
const RENDERED: &str = "[data-form-summary] > .alert[autofocus]";

/// Moves the focus from a summary that came with the page to the first field it names.
pub(super) fn start() {
    for summary in dom::all::<Element>(RENDERED) {
        if let Some(control) = summary
            .closest("form")
            .ok()
            .flatten()
            .and_then(|form| dom::find_in(&form, "[aria-invalid=true]"))
        {
            dom::focus(&control);
        }
    }
}

/// Writes each sentence under its field and sums them up on top, with what concerns the whole form. The first wrong
/// field gets the focus; without one the summary does.
pub(super) fn show(form: &Element, refusal: &Refusal) {
    let mut lines = Vec::new();
    let mut first: Option<Element> = None;
    for (name, sentence) in as_in_the_form(form, &refusal.fields) {
        let marked = mark(form, name, sentence);
        let (control, label) = marked.unzip();
        let line = label
            .filter(|label| !label.is_empty())
            .map_or_else(|| sentence.clone(), |label| format!("{label}: {sentence}"));
        lines.push((control.as_ref().map(Element::id), line));
        first = first.or(control);
    }
    let title = refusal
        .message
        .clone()
        .unwrap_or_else(|| count(form, lines.len()));
    let summary = summarise(form, &title, None, &lines);
    if let (None, Some(summary)) = (&refusal.message, &summary) {
        dom::find_in(summary, "b").inspect(|title| set(title, "data-counts", ""));
    }
    if let Some(place) = first.or(summary) {
        dom::focus(&place);
    }
}

/// What is wrong with fields, in the order in which the form has them.
fn as_in_the_form<'r>(form: &Element, fields: &'r [(String, String)]) -> Vec<&'r (String, String)> {
    let names: Vec<String> = dom::all_in::<Element>(form, "[data-field]")
        .iter()
        .map(|field| attribute(field, "data-field"))
        .collect();
    let place = |name: &String| names.iter().position(|known| known == name);
    let mut fields: Vec<_> = fields.iter().collect();
    fields.sort_by_key(|(name, _)| place(name).unwrap_or(names.len()));
    fields
}

/// How many fields of a form are wrong, in words.
fn count(form: &Element, fields: usize) -> String {
    match fields {
        1 => attribute(form, "data-problem"),
        _ => attribute(form, "data-problems").replace('%', &fields.to_string()),
    }
}

/// Says that the form did not get through and offers to send it again, as `pressed` did.
pub(super) fn offer_retry(form: &Element, pressed: Option<&Element>, title: &str, text: &str) {
    let text = attribute(form, text);
    let Some(alert) = summarise(form, &attribute(form, title), Some(&text), &[]) else {
        return;
    };
    dom::focus(&alert);
    if let Some(button) = append(&alert, "button", "button") {
        set(&button, "data-size", "sm");
        button.set_text_content(Some(&attribute(form, "data-retry")));
        for name in ["name", "value", "formaction"] {
            if let Some(value) = pressed.and_then(|pressed| pressed.get_attribute(name)) {
                set(&button, name, &value);
            }
        }
    }
}

/// Takes away what was wrong with a field, now that it says something else.
pub(super) fn forget(field: &Element) {
    let controls = dom::all_in::<Element>(field, "[aria-invalid]");
    let Some(control) = controls.first() else {
        return;
    };
    if let Some(line) = dom::find_in(field, ":scope > .error") {
        line.remove();
    }
    controls.iter().for_each(unmark);
    let Some(form) = field.closest("form").ok().flatten() else {
        return;
    };
    let Some(summary) = dom::find_in(&form, "[data-form-summary]") else {
        return;
    };
    for link in dom::all_in::<Element>(&summary, "li > a") {
        if attribute(&link, "href") == format!("#{}", control.id()) {
            link.closest("li").ok().flatten().inspect(Element::remove);
        }
    }
    let Some(list) = dom::find_in(&summary, "ul") else {
        return;
    };
    let left = usize::try_from(list.child_element_count()).unwrap_or_default();
    let title = dom::find_in(&summary, "b[data-counts]");
    match (title, left) {
        (_, 0) => summary.set_inner_html(""),
        (Some(title), left) => title.set_text_content(Some(&count(&form, left))),
        (None, _) => {}
    }
}

/// Takes away what the last answer wrote.
pub(super) fn clear(form: &Element) {
    for line in dom::all_in::<Element>(form, ".field > .error, [data-form-summary] > *") {
        line.remove();
    }
    for control in dom::all_in::<Element>(form, "[aria-invalid]") {
        unmark(&control);
    }
}

fn unmark(control: &Element) {
    unset(control, "aria-invalid");
    let described = attribute(control, "aria-describedby");
    let kept: Vec<_> = described
        .split(' ')
        .filter(|id| !id.ends_with("-error"))
        .collect();
    set(control, "aria-describedby", &kept.join(" "));
}

/// Writes a sentence under the field `name`; gives its control and what it is called.
fn mark(form: &Element, name: &str, sentence: &str) -> Option<(Element, String)> {
    let field = dom::all_in::<Element>(form, "[data-field]")
        .into_iter()
        .find(|field| attribute(field, "data-field") == name)?;
    mark_field(&field, sentence)
}

/// Writes a sentence under a field.
pub(super) fn mark_field(field: &Element, sentence: &str) -> Option<(Element, String)> {
    let control = dom::find_in(field, "input:not([type=hidden]), select, textarea")?;
    let id = format!("{}-error", control.id());
    let line = append(field, "p", "error")?;
    line.set_id(&id);
    line.set_inner_html(ICON);
    append(&line, "span", "")?.set_text_content(Some(sentence));
    set(&control, "aria-invalid", "true");
    let described = attribute(&control, "aria-describedby");
    set(&control, "aria-describedby", format!("{described} {id}").trim());
    let label = attribute(field, "data-label");
    let whose = field.closest("[data-whose]").ok().flatten();
    let label = match whose {
        Some(whose) => format!("{}, {label}", attribute(&whose, "data-whose")),
        None => label,
    };
    Some((control, label))
}

/// Fills the place on top of the form; gives what stands there now.
fn summarise(
    form: &Element,
    title: &str,
    text: Option<&str>,
    lines: &[(Option<String>, String)],
) -> Option<Element> {
    let place = dom::find_in(form, "[data-form-summary]")?;
    place.set_inner_html("");
    let alert = append(&place, "div", "alert")?;
    set(&alert, "data-tone", "danger");
    set(&alert, "role", "alert");
    set(&alert, "tabindex", "-1");
    alert.set_inner_html(ICON);
    let words = append(&alert, "div", "")?;
    append(&words, "b", "")?.set_text_content(Some(title));
    if let Some(text) = text {
        append(&words, "span", "")?.set_text_content(Some(text));
    }
    if !lines.is_empty() {
        let list = append(&words, "ul", "")?;
        for (id, sentence) in lines {
            let line = append(&list, "li", "")?;
            match id {
                Some(id) => {
                    let link = append(&line, "a", "")?;
                    set(&link, "href", &format!("#{id}"));
                    link.set_text_content(Some(sentence));
                }
                None => line.set_text_content(Some(sentence)),
            }
        }
    }
    Some(alert)
}

fn append(parent: &Element, tag: &str, class: &str) -> Option<Element> {
    let element = dom::document().create_element(tag).ok()?;
    if !class.is_empty() {
        element.set_class_name(class);
    }
    parent.append_child(&element).ok()?;
    Some(element)
}
