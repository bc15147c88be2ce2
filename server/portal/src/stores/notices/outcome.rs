//! What came of a webhook, noted by the job that works on it.

use domain::id::{MessageId, OrderId};
use domain::{JobState, MessageState, ReasonCode};

use crate::Portal;
use crate::jobs::Abandoned;
use crate::storage::{StorageError, Tx, Value, sql};

/// Notes that all a webhook called for is done, what came of it, and the order it was about.
pub(crate) async fn done(
    portal: &Portal,
    tx: &mut Tx,
    message: MessageId,
    order: Option<OrderId>,
    result: &serde_json::Value,
) -> Result<(), StorageError> {
    sql(
        "UPDATE messages SET state = 'done', reason = NULL, order_id = COALESCE($2, order_id), result = $3, \
         finished_at = $4 WHERE id = $1",
    )
    .bind(message)
    .bind(order)
    .bind(Value::json(result))
    .bind(portal.now())
    .execute(tx)
    .await?;
    Ok(())
}

/// Notes that a job gave up on the webhook it worked on, if on any. One that was set aside because the store was paused
/// is kept back until the store goes on.
pub(crate) async fn given_up(
    tx: &mut Tx,
    message: Option<MessageId>,
    abandoned: &Abandoned<'_>,
) -> Result<(), StorageError> {
    let Some(message) = message else { return Ok(()) };
    if abandoned.reason == Some(ReasonCode::StorePaused) {
        return keep_back(tx, message).await;
    }
    let state = match abandoned.state {
        JobState::Dead => MessageState::Dead,
        _ => MessageState::Failed,
    };
    sql("UPDATE messages SET state = $2, reason = $3, finished_at = $4 WHERE id = $1 AND state = 'received'")
        .bind(message)
        .bind(state.as_str())
        .bind(abandoned.reason.map(ReasonCode::as_str))
        .bind(abandoned.portal.now())
        .execute(tx)
        .await?;
    Ok(())
}

async fn keep_back(tx: &mut Tx, message: MessageId) -> Result<(), StorageError> {
    sql("UPDATE messages SET state = $2, job_id = NULL WHERE id = $1 AND state = 'received'")
        .bind(message)
        .bind(MessageState::Parked.as_str())
        .execute(tx)
        .await?;
    Ok(())
}

/// Notes that a job works once more on its webhook, if on any.
pub(crate) async fn revived(tx: &mut Tx, message: Option<MessageId>) -> Result<(), StorageError> {
    let Some(message) = message else { return Ok(()) };
    sql(
        "UPDATE messages SET state = 'received', reason = NULL, finished_at = NULL \
         WHERE id = $1 AND state IN ('failed', 'dead')",
    )
    .bind(message)
    .execute(tx)
    .await?;
    Ok(())
}
