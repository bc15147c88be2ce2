//! The page on which a merchant or seller lets an app in.

use std::fmt::Write as _;

/// A page with a list of wishes and a form of hidden fields and buttons (name, value, label), sent with `GET`.
pub(crate) fn page(
    title: &str,
    wishes: &[&str],
    action: &str,
    hidden: &[(&str, &str)],
    buttons: &[(&str, String, String)],
) -> String {
    let mut html = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title></head><body><main>\
         <h1>{title}</h1><p>The app wants to:</p><ul>",
        title = escape(title)
    );
    // Writing to a string cannot fail.
    for wish in wishes {
        let _ = write!(html, "<li><code>{}</code></li>", escape(wish));
    }
    let _ = write!(html, "</ul><form method=\"get\" action=\"{}\">", escape(action));
    for (name, value) in hidden {
        let _ = write!(
            html,
            "<input type=\"hidden\" name=\"{name}\" value=\"{}\">",
            escape(value)
        );
    }
    for (name, value, label) in buttons {
        let (value, label) = (escape(value), escape(label));
        let _ = write!(
            html,
            "<button name=\"{name}\" value=\"{value}\">{label}</button> "
        );
    }
    html.push_str("</form></main></body></html>");
    html
}

/// Text for HTML.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
