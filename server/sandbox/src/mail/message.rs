//! A message as a person would read it.

use mail_parser::{Address, DateTime, MessageParser, MimeHeaders, PartType};
use serde::Serialize;

/// A message that was accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    /// Counts up from 1 in the order of arrival.
    pub id: u64,
    /// When it arrived, RFC 3339 in UTC.
    pub received_at: String,
    /// The address given with `MAIL FROM`.
    pub envelope_from: String,
    /// The addresses given with `RCPT TO`: who really gets it.
    pub envelope_to: Vec<String>,
    /// The `From` header.
    pub from: Vec<Person>,
    /// The `To` header.
    pub to: Vec<Person>,
    /// The `Subject` header, decoded.
    pub subject: String,
    /// The `Date` header, RFC 3339; `None` when it is missing or no date.
    pub date: Option<String>,
    /// The first `text/plain` part, decoded.
    pub text: Option<String>,
    /// The first `text/html` part, decoded.
    pub html: Option<String>,
    /// Names of attached files.
    pub attachments: Vec<String>,
    /// Every header as it was sent, decoded by nobody, in order.
    pub headers: Vec<(String, String)>,
    /// The message as it arrived, dots unstuffed.
    pub source: String,
}

/// A name and an address of a header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The name, decoded.
    pub name: Option<String>,
    /// The address.
    pub address: String,
}

/// Who sent it, to whom, and when it arrived: what SMTP says about a message.
#[derive(Clone, Debug)]
pub(super) struct Envelope {
    pub(super) from: String,
    pub(super) to: Vec<String>,
    /// Seconds since 1970.
    pub(super) received_at: i64,
}

impl Message {
    /// Reads a message. Content that is no MIME message at all still gives one, with only its source.
    pub(super) fn read(id: u64, envelope: Envelope, source: &[u8]) -> Self {
        let parsed = MessageParser::default().parse(source).unwrap_or_default();
        let part = |wanted: fn(&PartType<'_>) -> Option<String>| {
            parsed
                .parts
                .iter()
                .filter(|part| part.attachment_name().is_none())
                .find_map(|part| wanted(&part.body))
        };
        let headers = parsed
            .headers_raw()
            .map(|(name, value)| (name.to_owned(), value.trim().to_owned()));
        Self {
            id,
            received_at: DateTime::from_timestamp(envelope.received_at).to_rfc3339(),
            envelope_from: envelope.from,
            envelope_to: envelope.to,
            from: people(parsed.from()),
            to: people(parsed.to()),
            subject: parsed.subject().unwrap_or_default().to_owned(),
            date: parsed
                .date()
                .filter(|date| date.is_valid())
                .map(DateTime::to_rfc3339),
            text: part(|body| match body {
                PartType::Text(text) => Some(text.to_string()),
                _ => None,
            }),
            html: part(|body| match body {
                PartType::Html(html) => Some(html.to_string()),
                _ => None,
            }),
            attachments: parsed
                .attachments()
                .filter_map(|part| part.attachment_name())
                .map(str::to_owned)
                .collect(),
            headers: headers.collect(),
            source: String::from_utf8_lossy(source).into_owned(),
        }
    }

    /// The value of the first header of this name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Whether `address` is among those who get it, whatever its capitals.
    pub fn is_to(&self, address: &str) -> bool {
        self.envelope_to
            .iter()
            .any(|recipient| recipient.eq_ignore_ascii_case(address))
    }
}

fn people(addresses: Option<&Address<'_>>) -> Vec<Person> {
    addresses
        .into_iter()
        .flat_map(Address::iter)
        .map(|person| Person {
            name: person.name().map(str::to_owned),
            address: person.address().unwrap_or_default().to_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn envelope() -> Envelope {
        Envelope {
            from: "a@x.example".to_owned(),
            to: vec!["b@x.example".to_owned()],
            received_at: 0,
        }
    }

    #[test]
    fn encoded_words_and_parts_are_decoded() {
        let source = "From: =?utf-8?q?Imprenta_=C3=91?= <a@x.example>\r\nTo: b@x.example\r\n\
            Subject: =?utf-8?b?SG9sYSDwn5GL?=\r\nMIME-Version: 1.0\r\n\
            Content-Type: multipart/alternative; boundary=q\r\n\r\n\
            --q\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
            A=C3=B1o\r\n--q\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>Hi</p>\r\n--q--\r\n";
        let message = Message::read(1, envelope(), source.as_bytes());
        assert_eq!(message.from[0].name.as_deref(), Some("Imprenta Ñ"));
        assert_eq!(message.subject, "Hola 👋");
        assert_eq!(message.text.as_deref().map(str::trim), Some("Año"));
        assert_eq!(message.html.as_deref().map(str::trim), Some("<p>Hi</p>"));
        assert_eq!(message.received_at, "1970-01-01T00:00:00Z");
        assert_eq!(
            message.header("content-type"),
            Some("multipart/alternative; boundary=q")
        );
    }

    #[test]
    fn what_is_no_message_is_kept_as_it_came() {
        let message = Message::read(1, envelope(), b"\xff\x00 no header here");
        assert_eq!(message.subject, "");
        assert!(message.source.ends_with("no header here"));
    }
}
