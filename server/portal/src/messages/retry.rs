//! Another chance for webhooks that were not done.

use domain::id::{CustomerId, MessageId, StoreId};
use domain::{Direction, MessageState, Permission};

use super::list::push_scope;
use crate::access::{Operator, Scope};
use crate::jobs;
use crate::storage::{AsConn as _, Engine, sql};
use crate::stores::notices::HandleNotice;
use crate::{Outcome, Portal, Refusal};

/// What became of one of several messages that were retried together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetriedMessage {
    /// A job works on it again.
    Queued,
    /// There is no such webhook.
    NotFound,
    /// It is done, being worked on, or was sent by us: what the portal says is repeated by its job.
    NotStopped,
}

#[derive(sqlx::FromRow)]
struct Row {
    store_id: StoreId,
    customer_id: CustomerId,
    direction: Direction,
    state: MessageState,
}

/// Has jobs work once more on webhooks that failed, are dead or are kept back; gives what became of each, in order.
///
/// # Errors
/// [`Refusal::Forbidden`] without [`Permission::ControlActivity`].
pub async fn retry(
    portal: &Portal,
    operator: &Operator,
    ids: &[MessageId],
) -> Outcome<Vec<(MessageId, RetriedMessage)>> {
    operator.require(Permission::ControlActivity)?;
    let mut results = Vec::with_capacity(ids.len());
    for id in ids {
        results.push((*id, retry_one(portal, *id).await?));
    }
    Ok(results)
}

async fn retry_one(portal: &Portal, id: MessageId) -> Result<RetriedMessage, Refusal> {
    let mut tx = portal.db.begin().await?;
    let mut query = sql("SELECT store_id, customer_id, direction, state FROM messages \
         WHERE store_id IS NOT NULL AND customer_id IS NOT NULL AND id = ");
    query.push_bind(id);
    push_scope(&mut query, &Scope::AllCustomers);
    if tx.engine() == Engine::Postgres {
        query.push(" FOR UPDATE");
    }
    let Some(row) = query.fetch_optional::<Row>(&mut tx).await? else {
        return Ok(RetriedMessage::NotFound);
    };
    let stopped = matches!(
        row.state,
        MessageState::Failed | MessageState::Dead | MessageState::Parked
    );
    if row.direction == Direction::Out || !stopped {
        return Ok(RetriedMessage::NotStopped);
    }
    sql("UPDATE messages SET state = 'received', reason = NULL, finished_at = NULL WHERE id = $1")
        .bind(id)
        .execute(&mut tx)
        .await?;
    let job = HandleNotice { message: id }.new_job(row.customer_id, row.store_id);
    jobs::enqueue(&mut tx, portal, job).await?;
    tx.commit().await?;
    Ok(RetriedMessage::Queued)
}
