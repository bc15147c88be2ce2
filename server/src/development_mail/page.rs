//! The pages that show caught mails. They stand alone: neither the portal's scripts nor its style sheet is
//! needed to read a mail.

use std::sync::Arc;

use app::text::Text;
use domain::Timestamp;
use leptos::prelude::*;
use sandbox::mail::Message;

use super::PATH;

/// Every caught mail, the newest first.
pub(super) fn list(t: Text, mut messages: Vec<Arc<Message>>) -> String {
    messages.reverse();
    let title = t.get("development-mail-title");
    let rows = messages.iter().map(|message| {
        view! {
            <tr>
                <td>{message.id}</td>
                <td>{message.envelope_to.join(", ")}</td>
                <td>
                    <a href=format!("{PATH}/{}", message.id) dir="auto">{message.subject.clone()}</a>
                </td>
                <td>
                    {time(t, &message.received_at)}
                </td>
            </tr>
        }
    });
    let content = if messages.is_empty() {
        view! { <p>{t.get("development-mail-none")}</p> }.into_any()
    } else {
        view! {
            <table>
                <caption>{t.get("development-mail-newest-first")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t.get("development-mail-number")}</th>
                        <th scope="col">{t.get("development-mail-to")}</th>
                        <th scope="col">{t.get("development-mail-subject")}</th>
                        <th scope="col">{t.get("development-mail-received")}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        }
        .into_any()
    };
    document(t, title, content)
}

/// One mail: who gets it, as HTML, as text, and its headers.
pub(super) fn message(t: Text, message: &Message) -> String {
    let here = format!("{PATH}/{}", message.id);
    let senders: Vec<&str> = message
        .from
        .iter()
        .map(|person| person.address.as_str())
        .collect();
    let as_html = message.html.is_some().then(|| {
        view! {
            <h2>{t.get("development-mail-html")}</h2>
            <iframe
                src=format!("{here}/html")
                title=t.get("development-mail-html")
                sandbox="allow-popups allow-popups-to-escape-sandbox"
            ></iframe>
        }
    });
    let content = view! {
        <p>
            <a href=PATH>{t.get("development-mail-back")}</a>
        </p>
        <dl>
            <dt>{t.get("development-mail-from")}</dt>
            <dd>{senders.join(", ")}</dd>
            <dt>{t.get("development-mail-to")}</dt>
            <dd>{message.envelope_to.join(", ")}</dd>
            <dt>{t.get("development-mail-received")}</dt>
            <dd>
                {time(t, &message.received_at)}
            </dd>
        </dl>
        {as_html}
        <h2>{t.get("development-mail-text")}</h2>
        <pre tabindex="0" dir="auto">{with_links(message.text.as_deref().unwrap_or_default())}</pre>
        <p>
            <a href=format!("{here}/source")>{t.get("development-mail-source")}</a>
        </p>
    };
    document(t, message.subject.clone(), content.into_any())
}

fn document(t: Text, title: String, content: AnyView) -> String {
    let page = view! {
        <html lang=t.language.as_str()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title>{title.clone()}</title>
                <link rel="stylesheet" href="/dev/mail/style.css" />
            </head>
            <body>
                <p class="notice" role="note">{t.get("development-mail-notice")}</p>
                <main>
                    <h1 dir="auto">{title}</h1>
                    {content}
                </main>
            </body>
        </html>
    };
    // Marks between texts are for hydration, which this page has none of; in a title they would be read.
    format!("<!DOCTYPE html>{}", page.to_html().replace("<!>", ""))
}

/// When a mail was caught, as the mailbox says it in RFC 3339.
fn time(t: Text, received_at: &str) -> AnyView {
    let words = match received_at.parse::<jiff::Timestamp>() {
        Ok(at) => t.date_time(Timestamp::from_micros(at.as_microsecond())),
        Err(_) => received_at.to_owned(),
    };
    view! { <time datetime=received_at.to_owned()>{words}</time> }.into_any()
}

/// The text with its addresses as links: a mail without HTML has its link only here.
fn with_links(text: &str) -> AnyView {
    text.split_inclusive(char::is_whitespace)
        .map(|word| {
            if word.starts_with("https://") || word.starts_with("http://") {
                let (address, rest) = word.split_at(word.trim_end().len());
                view! { <a href=address.to_owned()>{address.to_owned()}</a> {rest.to_owned()} }.into_any()
            } else {
                word.to_owned().into_any()
            }
        })
        .collect_view()
        .into_any()
}
