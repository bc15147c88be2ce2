//! Sending an operation and understanding every way it can fail.

use std::time::Duration;

use reqwest::Method;
use reqwest::header::{HeaderName, HeaderValue};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::API_VERSION;
use super::limits::Cost;
use super::operations::Operation;
use crate::lenient;
use crate::store::{Answer, Call, ConnectionError, LONGEST_WAIT, Result, Secret, Wire};

/// Times a throttled operation is sent. Throttled is never done, so even what writes may be sent again.
const THROTTLED_ATTEMPTS: u32 = 5;

/// The Admin API of one shop.
pub(super) struct Api {
    wire: Wire,
    endpoint: String,
    token: HeaderValue,
}

/// The answer to an operation.
#[derive(Debug, Deserialize)]
struct Reply {
    data: Option<Value>,
    /// A list of objects; for a bad token just a sentence.
    #[serde(default)]
    errors: Value,
    extensions: Option<Extensions>,
}

#[derive(Debug, Deserialize)]
struct Extensions {
    cost: Option<Cost>,
}

/// An entry of `userErrors`: what a mutation says inside a 200.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct UserError {
    #[serde(deserialize_with = "lenient::or_default")]
    field: Vec<String>,
    #[serde(deserialize_with = "lenient::or_default")]
    message: String,
    pub(super) code: Option<String>,
}

/// A list with where it goes on.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", bound = "T: DeserializeOwned")]
pub(super) struct List<T> {
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub(super) nodes: Vec<T>,
    #[serde(default, deserialize_with = "lenient::or_default")]
    page_info: PageInfo,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

impl<T> Default for List<T> {
    fn default() -> Self {
        Self {
            nodes: Vec::new(),
            page_info: PageInfo::default(),
        }
    }
}

impl<T> List<T> {
    /// Where the list goes on; `None` at its end.
    pub(super) fn next(&self) -> Option<String> {
        self.page_info
            .end_cursor
            .clone()
            .filter(|_| self.page_info.has_next_page)
    }
}

impl Api {
    pub(super) fn new(wire: Wire, base: &str, token: &Secret) -> Result<Self> {
        let mut token = HeaderValue::from_str(token.reveal()).map_err(|_| ConnectionError::Unauthorized {
            message: String::new(),
        })?;
        token.set_sensitive(true);
        Ok(Self {
            wire,
            endpoint: format!("{base}/admin/api/{API_VERSION}/graphql.json"),
            token,
        })
    }

    pub(super) fn wire(&self) -> &Wire {
        &self.wire
    }

    /// Sends an operation; any error in the answer is an error.
    pub(super) async fn ask<T: DeserializeOwned>(
        &self,
        operation: &Operation,
        variables: Value,
    ) -> Result<T> {
        match self.ask_partly(operation, variables).await? {
            (data, None) => Ok(data),
            (_, Some(denied)) => Err(ConnectionError::PermissionMissing { message: denied }),
        }
    }

    /// Sends an operation that is worth something even if some of its fields are denied: gives the data, and why
    /// fields are missing. Shopify denies buyers' names and addresses to applications it has not approved for them.
    pub(super) async fn ask_partly<T: DeserializeOwned>(
        &self,
        operation: &Operation,
        variables: Value,
    ) -> Result<(T, Option<String>)> {
        let reply = self.send(operation, variables).await?;
        let failure = reply.failure();
        let denied = match (failure, &reply.data) {
            (None, _) => None,
            (Some(ConnectionError::PermissionMissing { message }), Some(data)) if has_something(data) => {
                Some(message)
            }
            (Some(failure), _) => return Err(failure),
        };
        let data = reply.data.unwrap_or_default();
        let data =
            serde_json::from_value(data).map_err(|error| ConnectionError::Unreadable(error.to_string()))?;
        Ok((data, denied))
    }

    async fn send(&self, operation: &Operation, variables: Value) -> Result<Reply> {
        let body = serde_json::json!({ "query": operation.text, "variables": variables });
        let mut call = Call::json(operation.name, Method::POST, self.endpoint.as_str(), &body).header(
            HeaderName::from_static("x-shopify-access-token"),
            self.token.clone(),
        );
        call.repeatable = operation.repeatable;
        call.cost = operation.cost;
        call.confidential = operation.is_confidential();
        let mut asked = None;
        for _ in 0..THROTTLED_ATTEMPTS {
            let answer = self.wire.send(&call).await?;
            check_version(&answer);
            if let Some(refusal) = refusal(&answer) {
                return Err(refusal);
            }
            let reply: Reply = answer.json()?;
            let Some(wait) = reply.throttled() else {
                return Ok(reply);
            };
            asked = Some(wait);
            if wait > LONGEST_WAIT {
                break;
            }
            self.wire.surroundings().wait(wait).await;
        }
        Err(ConnectionError::Throttled { retry_after: asked })
    }
}

impl Reply {
    fn codes(&self) -> impl Iterator<Item = &str> {
        let errors = self.errors.as_array().map(Vec::as_slice).unwrap_or_default();
        errors
            .iter()
            .filter_map(|error| error["extensions"]["code"].as_str())
    }

    /// How long to wait, when the bucket did not hold what the operation needs.
    fn throttled(&self) -> Option<Duration> {
        self.codes().find(|code| *code == "THROTTLED")?;
        let cost = self.extensions.as_ref().and_then(|extensions| extensions.cost);
        Some(
            cost.and_then(|cost| cost.wait())
                .unwrap_or(Duration::from_secs(1)),
        )
    }

    fn failure(&self) -> Option<ConnectionError> {
        let message = match &self.errors {
            Value::Null => return None,
            Value::Array(errors) if errors.is_empty() => return None,
            Value::String(message) => message.clone(),
            Value::Array(errors) => {
                let messages: Vec<&str> = errors
                    .iter()
                    .filter_map(|error| error["message"].as_str())
                    .collect();
                messages.join("; ")
            }
            other => other.to_string(),
        };
        Some(match self.codes().next() {
            Some("ACCESS_DENIED") => ConnectionError::PermissionMissing { message },
            Some("SHOP_INACTIVE") => ConnectionError::PlanWithoutApi { message },
            Some("INTERNAL_SERVER_ERROR") => ConnectionError::Failing {
                status: 200,
                retry_after: None,
            },
            _ => ConnectionError::Refused { status: 200, message },
        })
    }
}

/// Whether any field of the data holds something.
fn has_something(data: &Value) -> bool {
    data.as_object()
        .is_some_and(|fields| fields.values().any(|value| !value.is_null()))
}

/// What a status other than success means at Shopify.
pub(super) fn refusal(answer: &Answer) -> Option<ConnectionError> {
    let status = answer.status;
    if answer.is_success() {
        return None;
    }
    let message = message(answer);
    Some(match status {
        401 => ConnectionError::Unauthorized { message },
        // Frozen for not being paid, and locked.
        402 | 423 => ConnectionError::PlanWithoutApi { message },
        403 if !answer.is_html() => ConnectionError::PermissionMissing { message },
        404 => ConnectionError::NotThisPlatform,
        430 => ConnectionError::Firewall { status },
        _ if answer.is_html() => ConnectionError::Firewall { status },
        _ => ConnectionError::Refused { status, message },
    })
}

/// What a refusal says, in any of the forms it comes in.
fn message(answer: &Answer) -> String {
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    match &body["errors"] {
        Value::Null => String::new(),
        Value::String(message) => message.clone(),
        other => other[0]["message"]
            .as_str()
            .map_or_else(|| other.to_string(), str::to_owned),
    }
}

fn check_version(answer: &Answer) {
    if let Some(version) = answer
        .header("x-shopify-api-version")
        .filter(|version| *version != API_VERSION)
    {
        tracing::warn!(
            version,
            expected = API_VERSION,
            "Shopify answered with another API version"
        );
    }
}

/// An error unless a mutation had nothing to object to. The shop's words are kept as they are.
pub(super) fn accept(errors: &[UserError]) -> Result<()> {
    if errors.is_empty() {
        return Ok(());
    }
    let sentences: Vec<String> = errors
        .iter()
        .map(|error| match error.field.as_slice() {
            [] => error.message.clone(),
            field => format!("{} ({})", error.message, field.join(".")),
        })
        .collect();
    Err(ConnectionError::Refused {
        status: 200,
        message: sentences.join("; "),
    })
}
