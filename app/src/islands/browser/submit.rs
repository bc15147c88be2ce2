//! Sends forms without leaving the page.

use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use web_sys::{
    Element, FormData, HtmlFormElement, PageTransitionEvent, Response, SubmitEvent, UrlSearchParams,
};

use super::dom::{self, attribute, set, unset};
use super::leaving;
use super::refusal::{self, Refusal};

/// Marks a form that is on its way.
const BUSY: &str = "data-busy";

pub(crate) fn start() {
    dom::listen("submit", |event: SubmitEvent| {
        let form = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        let Some(form) = form.filter(|form| form.has_attribute("data-enhance") && !event.default_prevented())
        else {
            return;
        };
        event.prevent_default();
        if !form.has_attribute(BUSY) {
            let button = event.submitter().map(Element::from);
            spawn_local(send(form, button));
        }
    });
    // A page that comes back by the Back button comes back as it was left: with its button still turning.
    dom::listen_on_window("pageshow", |event: PageTransitionEvent| {
        if event.persisted() {
            for form in dom::all::<Element>("form[data-busy]") {
                settle(&form);
            }
        }
    });
}

/// How the server answered.
enum Answer {
    Done {
        location: String,
    },
    Refused(Refusal),
    /// A page instead of an answer: the browser should ask for it itself.
    Page,
    /// The server could not be reached.
    Unreachable,
    /// The server broke.
    Failed,
}

async fn send(form: HtmlFormElement, button: Option<Element>) {
    begin(&form, button.as_ref());
    let answer = match fetch(&form, button.as_ref()).await {
        Ok(response) => read(&response).await,
        Err(_) => Answer::Unreachable,
    };
    match answer {
        // The button goes on turning until the next page is there.
        Answer::Done { location } => dom::go(&location),
        Answer::Refused(refusal) => {
            settle(&form);
            refusal::show(&form, &refusal);
        }
        Answer::Page => {
            settle(&form);
            leaving::allow(&form);
            let _ = form.submit();
        }
        Answer::Unreachable => {
            settle(&form);
            refusal::offer_retry(&form, button.as_ref(), "data-offline-title", "data-offline-text");
        }
        Answer::Failed => {
            settle(&form);
            refusal::offer_retry(&form, button.as_ref(), "data-failed-title", "data-failed-text");
        }
    }
}

async fn fetch(form: &HtmlFormElement, button: Option<&Element>) -> Result<Response, JsValue> {
    let data = FormData::new_with_form(form)?;
    let mut action = attribute(form, "action");
    if let Some(button) = button {
        let name = attribute(button, "name");
        if !name.is_empty() {
            data.append_with_str(&name, &attribute(button, "value"))?;
        }
        if let Some(own) = button.get_attribute("formaction") {
            action = own;
        }
    }
    let body = if form.enctype() == "multipart/form-data" {
        JsValue::from(data)
    } else {
        UrlSearchParams::new_with_str_sequence_sequence(&data)?.into()
    };
    dom::post(&action, &body).await
}

async fn read(response: &Response) -> Answer {
    if response.redirected() {
        return Answer::Done {
            location: response.url(),
        };
    }
    let kind = response
        .headers()
        .get("content-type")
        .ok()
        .flatten()
        .unwrap_or_default();
    if !kind.contains("json") {
        return if response.status() >= 500 {
            Answer::Failed
        } else {
            Answer::Page
        };
    }
    let Some(json) = dom::json(response).await else {
        return Answer::Failed;
    };
    match dom::property(&json, "outcome").as_string().as_deref() {
        Some("done") => dom::property(&json, "location")
            .as_string()
            .map_or(Answer::Failed, |location| Answer::Done { location }),
        Some("refused") => Answer::Refused(Refusal::read(&json)),
        _ => Answer::Failed,
    }
}

/// Shows that the form is on its way; it cannot be sent again until it is back.
fn begin(form: &HtmlFormElement, button: Option<&Element>) {
    set(form, BUSY, "");
    refusal::clear(form);
    if let Some(button) = button {
        set(button, "aria-busy", "true");
        let _ = button.insert_adjacent_html(
            "afterbegin",
            r#"<span class="spinner" aria-hidden="true"></span>"#,
        );
    }
}

/// The form is back.
fn settle(form: &Element) {
    unset(form, BUSY);
    for button in dom::all::<Element>("button[aria-busy]") {
        unset(&button, "aria-busy");
        if let Some(spinner) = dom::find_in(&button, ".spinner") {
            spinner.remove();
        }
    }
}
