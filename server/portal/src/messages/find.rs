//! One message with everything that was said.

use domain::id::MessageId;
use sqlx::types::Json;

use super::MessageRow;
use super::list::{COLUMNS, FROM, push_scope};
use crate::access::Scope;
use crate::storage::{AsConn, StorageError, sql};

/// A message with everything that was said.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Message {
    /// What the list shows of it.
    #[sqlx(flatten)]
    pub row: MessageRow,
    /// The HTTP method.
    pub method: Option<String>,
    /// The address, without secrets.
    pub url: Option<String>,
    /// Headers of a webhook, without signatures.
    pub headers: Option<Json<Vec<(String, String)>>>,
    /// The body, byte for byte for a webhook.
    pub body: Option<Vec<u8>>,
    /// The answer, cut.
    pub answer: Option<Vec<u8>>,
    /// What came of it.
    pub result: Option<Json<serde_json::Value>>,
}

impl Message {
    /// The body as text; what is no text shows as �.
    pub fn body_text(&self) -> Option<String> {
        self.body.as_ref().map(|bytes| text(bytes))
    }

    /// The answer as text.
    pub fn answer_text(&self) -> Option<String> {
        self.answer.as_ref().map(|bytes| text(bytes))
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The message, if `scope` may see it.
///
/// # Errors
/// When the database fails.
pub async fn find(
    conn: &mut impl AsConn,
    scope: &Scope,
    id: MessageId,
) -> Result<Option<Message>, StorageError> {
    let mut query = sql("SELECT ");
    query.push(COLUMNS).push(
        ", messages.method, messages.url, messages.headers, messages.body, messages.answer, messages.result",
    );
    query.push(FROM).push(" AND messages.id = ").push_bind(id);
    push_scope(&mut query, scope);
    query.fetch_optional(conn).await
}
