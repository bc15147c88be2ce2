//! What answers without success mean.

use serde::Deserialize;
use serde_json::Value;

use super::credentials::Way;
use crate::lenient;
use crate::store::{Answer, ConnectionError};

/// An error as the API words it.
#[derive(Deserialize)]
struct ErrorBody {
    code: String,
    #[serde(default, deserialize_with = "lenient::text")]
    message: Option<String>,
    #[serde(default)]
    data: Value,
}

/// What an answer without success means.
pub(super) struct Refusal {
    code: String,
    pub(super) meaning: ConnectionError,
}

impl Refusal {
    pub(super) fn of(answer: &Answer) -> Self {
        let status = answer.status;
        let Ok(ErrorBody { code, message, data }) = answer.json::<ErrorBody>() else {
            let meaning = match status {
                404 => ConnectionError::NotThisPlatform,
                401 | 403 | 405..=451 => ConnectionError::Firewall { status },
                _ => ConnectionError::Refused {
                    status,
                    message: String::new(),
                },
            };
            return Self {
                code: String::new(),
                meaning,
            };
        };
        let message = message.unwrap_or_default();
        let of_woocommerce = code.starts_with("woocommerce_");
        let meaning = match (status, code.as_str()) {
            (401, "woocommerce_rest_authentication_error") => wrong_keys(message),
            // Nobody was recognised by the keys.
            (401, _) if code.starts_with("woocommerce_rest_cannot_") => {
                ConnectionError::UnknownKey { message }
            }
            (401, _) if of_woocommerce => ConnectionError::Unauthorized { message },
            (403, _) if of_woocommerce => ConnectionError::PermissionMissing { message },
            (401 | 403, _) => ConnectionError::ApiClosed { message },
            _ => ConnectionError::Refused {
                status,
                message: with_details(message, &data),
            },
        };
        Self { code, meaning }
    }

    /// Whether the shop says that it has nothing with the id it was asked for.
    pub(super) fn denies_id(&self) -> bool {
        matches!(
            self.meaning,
            ConnectionError::Refused {
                status: 404 | 410,
                ..
            }
        ) && self.code.ends_with("_invalid_id")
    }

    /// Whether the shop does not know the address: nobody serves it, such as while `WooCommerce` is switched off.
    pub(super) fn denies_route(&self) -> bool {
        self.code == "rest_no_route"
    }

    /// Whether the shop answers as if no keys had been shown, so that another way may help.
    pub(super) fn keys_unseen(&self, way: Way) -> bool {
        match &self.meaning {
            ConnectionError::UnknownKey { .. } => self.code.starts_with("woocommerce_rest_cannot_"),
            ConnectionError::Unauthorized { message } => message.contains("key is missing"),
            // A plug-in that sees nobody logged in.
            ConnectionError::ApiClosed { .. } => true,
            // It signs another address than we do.
            ConnectionError::WrongSecret => way == Way::Signed,
            _ => false,
        }
    }
}

impl From<ConnectionError> for Refusal {
    fn from(meaning: ConnectionError) -> Self {
        Self {
            code: String::new(),
            meaning,
        }
    }
}

/// `WooCommerce` has one code for all of these and translates the sentences, but for those of the signature: they only
/// tell more where the shop speaks English. Whether a key may write is found out without them.
fn wrong_keys(message: String) -> ConnectionError {
    if message.contains("write permissions") {
        ConnectionError::ReadOnly
    } else if message.contains("read permissions") {
        ConnectionError::WriteOnly
    } else if message.contains("key is invalid") {
        ConnectionError::UnknownKey { message }
    } else if message.contains("secret is invalid") || message.contains("signature does not match") {
        ConnectionError::WrongSecret
    } else {
        ConnectionError::Unauthorized { message }
    }
}

/// `Invalid parameter(s): status` says too little; the details say why.
fn with_details(message: String, data: &Value) -> String {
    match data["params"].as_object() {
        Some(details) => details
            .values()
            .filter_map(Value::as_str)
            .fold(message, |text, detail| format!("{text} {detail}")),
        None => message,
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use reqwest::header::HeaderMap;

    use super::super::tests::error;
    use super::*;

    fn refusal(status: u16, body: &str) -> Refusal {
        Refusal::of(&Answer {
            status,
            headers: HeaderMap::new(),
            body: Bytes::copy_from_slice(body.as_bytes()),
            final_url: String::new(),
        })
    }

    #[test]
    fn other_ways_are_tried_when_the_keys_were_not_seen_and_only_then() {
        let tries = |way, status, code, message| refusal(status, error(code, message)).keys_unseen(way);
        let (failed, view) = (
            "woocommerce_rest_authentication_error",
            "woocommerce_rest_cannot_view",
        );
        let mismatch = "Invalid signature - provided signature does not match.";
        assert!(tries(Way::Basic, 401, view, "Sorry, you cannot list resources."));
        assert!(tries(Way::Basic, 401, "woocommerce_rest_cannot_create", "Sorry."));
        assert!(tries(Way::Basic, 401, failed, "Consumer key is missing."));
        assert!(tries(Way::Basic, 401, "rest_login_required", "Log in."));
        assert!(tries(Way::Signed, 401, failed, mismatch));
        assert!(!tries(Way::SignedBehindProxy, 401, failed, mismatch));
        assert!(!tries(Way::Basic, 401, failed, "Consumer secret is invalid."));
        assert!(!tries(Way::Signed, 401, failed, "Consumer key is invalid."));
        assert!(!tries(Way::Basic, 403, view, "Sorry, you cannot list resources."));
        assert!(!tries(Way::Basic, 404, "rest_no_route", "No route."));
    }

    #[test]
    fn the_details_of_a_refusal_are_kept_and_odd_ones_read() {
        let body = r#"{"code":"rest_invalid_param","message":"Invalid parameter(s): orderby",
            "data":{"status":400,"params":{"orderby":"orderby is not one of date, id."}}}"#;
        let words = refusal(400, body).meaning.words().map(str::to_owned);
        assert_eq!(
            words.unwrap(),
            "Invalid parameter(s): orderby orderby is not one of date, id."
        );
        let odd = r#"{"code":"woocommerce_rest_cannot_create_order_refund","message":"Invalid amount.","data":500}"#;
        assert_eq!(refusal(400, odd).meaning.words(), Some("Invalid amount."));
        assert_eq!(
            refusal(404, "<!doctype html>").meaning.code(),
            "store-not-this-platform"
        );
        assert_eq!(refusal(406, "<!doctype html>").meaning.code(), "store-firewall");
        assert_eq!(refusal(400, "").meaning.code(), "store-refused");
    }
}
