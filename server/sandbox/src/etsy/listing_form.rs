//! The forms that listings are written with.

use axum::body::Bytes;
use axum::http::StatusCode;

use super::error::Refusal;

/// A form with fields as often as they come: arrays are `tags=a,b`, `tags[]=a` or `tags` repeated.
pub(super) struct Form(Vec<(String, String)>);

impl Form {
    /// Reads a form; anything else is refused.
    ///
    /// # Errors
    /// 415 for another type of content, 400 when it cannot be read.
    pub(super) fn read(content_type: Option<&str>, body: &Bytes) -> Result<Self, Refusal> {
        if !content_type
            .is_some_and(|content_type| content_type.starts_with("application/x-www-form-urlencoded"))
        {
            let error = "Content-Type must be application/x-www-form-urlencoded";
            return Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, error));
        }
        serde_urlencoded::from_bytes(body)
            .map(Self)
            .map_err(|error| Refusal::invalid(error.to_string()))
    }

    /// A field, if it is there.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// A field that must not be empty.
    pub(super) fn required(&self, name: &str) -> Result<&str, Refusal> {
        let missing = || Refusal::invalid(format!("Missing required parameter: {name}"));
        self.text(name)
            .filter(|text| !text.is_empty())
            .ok_or_else(missing)
    }

    /// A field that is a whole number.
    pub(super) fn number(&self, name: &str) -> Result<Option<u64>, Refusal> {
        let invalid = |_| Refusal::invalid(format!("{name} must be a whole number"));
        self.text(name).map(str::parse).transpose().map_err(invalid)
    }

    /// A field that is an array.
    pub(super) fn list(&self, name: &str) -> Vec<&str> {
        let named = self
            .0
            .iter()
            .filter(|(known, _)| known.split('[').next() == Some(name));
        named
            .flat_map(|(_, value)| value.split(','))
            .filter(|item| !item.is_empty())
            .collect()
    }
}
