//! One message with everything that was said.

use domain::OrderStatus;
use domain::id::{MessageId, OrderId};
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
    /// What a webhook is about.
    pub subject: Option<Json<serde_json::Value>>,
    /// What came of it.
    pub result: Option<Json<serde_json::Value>>,
}

/// The order a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct MessageOrder {
    /// The order.
    pub id: OrderId,
    /// The number people say, without its prefix.
    pub number: i64,
    /// Its status.
    pub status: OrderStatus,
}

impl Message {
    /// The body as text; what is no text shows as �.
    pub fn body_text(&self) -> Option<String> {
        self.body.as_ref().map(|bytes| text(bytes))
    }

    /// What the store calls the order that a webhook is about.
    fn order_at_store(&self) -> Option<&str> {
        let subject = &self.subject.as_ref()?.0;
        let id = subject.get("order").or_else(|| subject.get("order_gone"))?;
        id.as_str()
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
        ", messages.method, messages.url, messages.headers, messages.body, messages.answer, messages.subject, \
         messages.result",
    );
    query.push(FROM).push(" AND messages.id = ").push_bind(id);
    push_scope(&mut query, scope);
    query.fetch_optional(conn).await
}

/// The order a message is about: the one that was noted with it, else the one that its store knows by the id it names.
///
/// # Errors
/// When the database fails.
pub async fn order_of(
    conn: &mut impl AsConn,
    message: &Message,
) -> Result<Option<MessageOrder>, StorageError> {
    let mut query = sql("SELECT id, number, status FROM orders WHERE ");
    match (
        message.row.order_id,
        message.row.store_id,
        message.order_at_store(),
    ) {
        (Some(order), ..) => query.push("id = ").push_bind(order),
        (None, Some(store), Some(external)) => query
            .push("store_id = ")
            .push_bind(store)
            .push(" AND external_id = ")
            .push_bind(external),
        _ => return Ok(None),
    };
    query.fetch_optional(conn).await
}
