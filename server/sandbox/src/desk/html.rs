//! The few pieces of HTML the desk is made of.

use std::fmt::Write as _;

use axum::http::StatusCode;
use axum::response::{Html, IntoResponse as _, Response};

const STYLE: &str = include_str!("desk.css");

/// Text as it may stand in HTML, also within attributes.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

/// A whole page.
pub(super) fn page(title: &str, body: &str) -> Response {
    document(StatusCode::OK, title, body)
}

/// A page that says what is wrong.
pub(super) fn problem(status: StatusCode, message: &str) -> Response {
    let body = format!(
        "<p role=\"alert\">{}</p><p><a href=\"/desk\">Back to the desk</a></p>",
        escaped(message)
    );
    document(status, "That does not work", &body)
}

fn document(status: StatusCode, title: &str, body: &str) -> Response {
    let title = escaped(title);
    let html = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{title} – sandbox</title>\
         <style>{STYLE}</style></head><body><header><a href=\"/desk\">Shops</a><a href=\"/desk/ledger\">Ledger</a>\
         <a href=\"/desk/faults\">Faults</a></header><main><h1>{title}</h1>{body}</main></body></html>"
    );
    (status, Html(html)).into_response()
}

/// A table; its cells are HTML.
pub(super) fn table(head: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut html = String::from("<table><thead><tr>");
    for title in head {
        // Writing to a string cannot fail.
        let _ = write!(html, "<th scope=\"col\">{title}</th>");
    }
    html.push_str("</tr></thead><tbody>");
    for row in rows {
        html.push_str("<tr>");
        for cell in row {
            let _ = write!(html, "<td>{cell}</td>");
        }
        html.push_str("</tr>");
    }
    html.push_str("</tbody></table>");
    html
}

/// A form that posts `action=verb` and these fields, which are HTML.
pub(super) fn form(target: &str, verb: &str, label: &str, fields: &str) -> String {
    format!(
        "<form method=\"post\" action=\"{target}\"><input type=\"hidden\" name=\"action\" value=\"{verb}\">\
         {fields}<button>{label}</button></form>"
    )
}

/// A field of a form; `attributes` is HTML, such as `type="number" required`.
pub(super) fn field(label: &str, name: &str, value: &str, attributes: &str) -> String {
    let value = escaped(value);
    format!("<label>{label} <input name=\"{name}\" value=\"{value}\" {attributes}></label>")
}

/// A choice in a form, by value and label.
pub(super) fn choice(label: &str, name: &str, choices: &[(&str, &str)]) -> String {
    let option = |(value, label): &(&str, &str)| {
        format!("<option value=\"{}\">{}</option>", escaped(value), escaped(label))
    };
    let options: Vec<String> = choices.iter().map(option).collect();
    format!(
        "<label>{label} <select name=\"{name}\">{}</select></label>",
        options.concat()
    )
}
