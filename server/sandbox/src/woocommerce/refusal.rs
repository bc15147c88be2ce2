//! Errors as `WordPress` and WooCommerce answer them.

use axum::http::StatusCode;
use serde_json::{Value, json};

/// An error of the REST API.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Refusal {
    /// The status.
    pub(super) status: u16,
    /// The code programs read.
    pub(super) code: &'static str,
    /// The sentence people read.
    pub(super) message: String,
    /// What stands in `data`; mostly the status once more.
    pub(super) data: Value,
}

impl Refusal {
    /// An error whose `data` is the status.
    pub(super) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        let status = status.as_u16();
        Self {
            status,
            code,
            message: message.into(),
            data: json!({ "status": status }),
        }
    }

    /// Wrong credentials.
    pub(super) fn authentication(message: &str) -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "woocommerce_rest_authentication_error",
            message,
        )
    }

    /// As a shop in Spanish words it. Its translation knows the sentences about keys; those about signatures are not
    /// made for translation.
    pub(super) fn in_spanish(mut self) -> Self {
        let spanish = match self.message.as_str() {
            "Consumer key is invalid." => "La clave del consumidor no es válida.",
            "Consumer secret is invalid." => "El secreto del consumidor no es válido.",
            "The API key provided does not have read permissions." => {
                "La clave de la API proporcionada no tiene permisos de lectura."
            }
            "The API key provided does not have write permissions." => {
                "La clave de la API proporcionada no tiene permisos de escritura."
            }
            "Sorry, you cannot list resources." => "Lo siento, no puedes listar los recursos.",
            "Sorry, you cannot view this resource." => "Lo siento, no puedes ver este recurso.",
            _ => return self,
        };
        spanish.clone_into(&mut self.message);
        self
    }

    /// A parameter that is not taken: `code` and `why` stand in the details.
    pub(super) fn parameter(name: &str, code: &str, why: &str) -> Self {
        Self {
            data: json!({
                "status": 400,
                "params": { name: why },
                "details": { name: { "code": code, "message": why, "data": null } },
            }),
            ..Self::new(
                StatusCode::BAD_REQUEST,
                "rest_invalid_param",
                format!("Invalid parameter(s): {name}"),
            )
        }
    }

    /// A parameter that is missing.
    pub(super) fn missing(name: &str) -> Self {
        Self {
            data: json!({ "status": 400, "params": [name] }),
            ..Self::new(
                StatusCode::BAD_REQUEST,
                "rest_missing_callback_param",
                format!("Missing parameter(s): {name}"),
            )
        }
    }

    /// No such route, or not with this method.
    pub(super) fn no_route() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "rest_no_route",
            "No route was found matching the URL and request method.",
        )
    }

    /// There is nothing of this id; `code` tells of which kind.
    pub(super) fn invalid_id(code: &'static str) -> Self {
        Self::new(StatusCode::NOT_FOUND, code, "Invalid ID.")
    }

    /// The body it is answered with.
    pub(super) fn body(&self) -> Value {
        json!({ "code": self.code, "message": self.message, "data": self.data })
    }
}

/// The result of a route.
pub(super) type Outcome<T> = Result<T, Refusal>;
