//! What a store answers.

use std::time::Duration;

use bytes::Bytes;
use reqwest::header::HeaderMap;
use serde::de::DeserializeOwned;

use super::{ConnectionError, Result};
use crate::outbound::{Response, retry_after};

/// Brackets tried as the beginning of JSON behind what a broken plug-in printed.
const NOISE_BRACKETS: usize = 200;

/// The answer of a store, whatever its status.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Bytes,
    /// Where it came from, after redirects of a request that reads.
    pub final_url: String,
}

impl From<Response> for Answer {
    fn from(response: Response) -> Self {
        Self {
            status: response.status,
            headers: response.headers,
            body: response.body,
            final_url: response.final_url.to_string(),
        }
    }
}

impl Answer {
    /// Whether the status is one of success.
    pub const fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }

    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// How long the server asks us to wait, an hour at most.
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(&self.headers)
    }

    /// Whether the body is a page for people: a firewall's, an error of the web server.
    pub fn is_html(&self) -> bool {
        let start = String::from_utf8_lossy(&self.body[..self.body.len().min(512)]).to_ascii_lowercase();
        let start = start.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
        start.starts_with("<!doctype html") || start.starts_with("<html")
    }

    /// The body read as JSON. What a broken plug-in printed before it is passed over.
    ///
    /// # Errors
    /// [`ConnectionError::Firewall`] for a page for people, [`ConnectionError::Unreadable`] for anything else.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T> {
        if self.is_html() {
            return Err(ConnectionError::Firewall { status: self.status });
        }
        serde_json::from_slice(&self.body).or_else(|error| {
            self.after_noise()
                .ok_or_else(|| ConnectionError::Unreadable(error.to_string()))
        })
    }

    /// JSON behind lines like `Warning: Undefined array key [id] in …`: it reaches to the end of the body, so a bracket
    /// of the warning is not taken for its beginning.
    fn after_noise<T: DeserializeOwned>(&self) -> Option<T> {
        self.body
            .iter()
            .enumerate()
            .skip(1)
            .filter(|(_, byte)| matches!(byte, b'{' | b'['))
            .take(NOISE_BRACKETS)
            .find_map(|(start, _)| serde_json::from_slice(&self.body[start..]).ok())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn answer(status: u16, body: &str) -> Answer {
        Answer {
            status,
            headers: HeaderMap::new(),
            body: Bytes::copy_from_slice(body.as_bytes()),
            final_url: String::new(),
        }
    }

    #[test]
    fn what_a_broken_plugin_prints_before_the_json_is_passed_over() {
        for noise in [
            "",
            "\u{feff}",
            "\n\nWarning: Undefined array key [id] in /srv/wp/plugin.php on line 3\n",
            "<br />\n<b>Deprecated</b>: x{3} is old in <b>/a.php</b> on line <b>7</b><br />\n",
        ] {
            let read: Value = answer(200, &format!("{noise}[{{\"id\":[1]}}]")).json().unwrap();
            assert_eq!(read, json!([{ "id": [1] }]), "{noise}");
        }
    }

    #[test]
    fn a_page_for_people_is_a_firewalls_and_nothing_else_is_guessed() {
        for page in [
            "<!DOCTYPE html><html>",
            "\n <html lang=en>[]",
            "\u{feff}<!doctype HTML>{}",
        ] {
            let error = answer(403, page).json::<Value>().unwrap_err();
            assert!(
                matches!(error, ConnectionError::Firewall { status: 403 }),
                "{page}: {error:?}"
            );
        }
        for body in ["", "Bad gateway", "{\"id\":1", "[1]garbage"] {
            let error = answer(200, body).json::<Value>().unwrap_err();
            assert!(
                matches!(error, ConnectionError::Unreadable(_)),
                "{body}: {error:?}"
            );
        }
    }
}
