//! The document in a few words.

use leptos::prelude::{document as leptos_document, window as leptos_window};
use wasm_bindgen::prelude::*;
use wasm_bindgen::{JsCast, convert::FromWasmAbi};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Document, Element, Event, EventTarget, HtmlElement, Window};

pub(super) fn document() -> Document {
    leptos_document()
}

pub(super) fn window() -> Window {
    leptos_window()
}

/// Listens to an event of the whole document, for as long as the page lives.
pub(super) fn listen<E: JsCast + FromWasmAbi + 'static>(event: &str, handler: impl FnMut(E) + 'static) {
    listen_on(&document(), event, false, handler);
}

/// Like [`listen`], for events that do not bubble.
pub(super) fn listen_capturing<E: JsCast + FromWasmAbi + 'static>(
    event: &str,
    handler: impl FnMut(E) + 'static,
) {
    listen_on(&document(), event, true, handler);
}

/// Listens to an event of the window.
pub(super) fn listen_on_window<E: JsCast + FromWasmAbi + 'static>(
    event: &str,
    handler: impl FnMut(E) + 'static,
) {
    listen_on(&window(), event, false, handler);
}

fn listen_on<E: JsCast + FromWasmAbi + 'static>(
    target: &EventTarget,
    event: &str,
    capture: bool,
    handler: impl FnMut(E) + 'static,
) {
    let handler = Closure::<dyn FnMut(E)>::new(handler).into_js_value();
    // The only failure is a target that takes no listeners; documents do.
    let _ = target.add_event_listener_with_callback_and_bool(event, handler.unchecked_ref(), capture);
}

/// The element an event comes from.
pub(super) fn target(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

/// The element an event comes from or the nearest one around it that matches.
pub(super) fn closest(event: &Event, selector: &str) -> Option<Element> {
    target(event)?.closest(selector).ok().flatten()
}

/// The first element of the document that matches.
pub(super) fn find(selector: &str) -> Option<Element> {
    document().query_selector(selector).ok().flatten()
}

/// The first element inside another one that matches.
pub(super) fn find_in(inside: &Element, selector: &str) -> Option<Element> {
    inside.query_selector(selector).ok().flatten()
}

/// All elements of the document that match.
pub(super) fn all<T: JsCast>(selector: &str) -> Vec<T> {
    document()
        .query_selector_all(selector)
        .map(|list| collect(&list))
        .unwrap_or_default()
}

/// All elements inside another one that match.
pub(super) fn all_in<T: JsCast>(inside: &Element, selector: &str) -> Vec<T> {
    inside
        .query_selector_all(selector)
        .map(|list| collect(&list))
        .unwrap_or_default()
}

fn collect<T: JsCast>(list: &web_sys::NodeList) -> Vec<T> {
    (0..list.length())
        .filter_map(|index| list.get(index)?.dyn_into().ok())
        .collect()
}

/// Writes an attribute.
pub(super) fn set(element: &Element, name: &str, value: &str) {
    // The only failure is a malformed name; ours are constants.
    let _ = element.set_attribute(name, value);
}

/// Takes an attribute away.
pub(super) fn unset(element: &Element, name: &str) {
    let _ = element.remove_attribute(name);
}

/// The value of an attribute, or nothing at all.
pub(super) fn attribute(element: &Element, name: &str) -> String {
    element.get_attribute(name).unwrap_or_default()
}

/// Moves the focus to an element.
pub(super) fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// A property of a value that came out of JSON.
pub(super) fn property(value: &JsValue, name: &str) -> JsValue {
    js_sys::Reflect::get(value, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// Whether the browser knows a property of an element's class.
pub(super) fn knows(class: &str, name: &str) -> bool {
    let prototype = property(&property(&window(), class), "prototype");
    js_sys::Reflect::has(&prototype, &JsValue::from_str(name)).unwrap_or(false)
}

/// Waits.
pub(super) async fn sleep(milliseconds: i32) {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds);
    });
    let _ = JsFuture::from(promise).await;
}

/// Loads a page in place of this one.
pub(super) fn go(address: &str) {
    let _ = window().location().assign(address);
}

/// Posts to a server function, which answers in JSON.
pub(super) async fn post(action: &str, body: &JsValue) -> Result<web_sys::Response, JsValue> {
    let headers = web_sys::Headers::new()?;
    headers.set("accept", "application/json")?;
    headers.set("x-enhanced", "1")?;
    let options = web_sys::RequestInit::new();
    options.set_method("POST");
    options.set_headers(&headers);
    options.set_body(body);
    JsFuture::from(window().fetch_with_str_and_init(action, &options))
        .await?
        .dyn_into()
}

/// The JSON of an answer, if it is one.
pub(super) async fn json(response: &web_sys::Response) -> Option<JsValue> {
    JsFuture::from(response.json().ok()?).await.ok()
}
