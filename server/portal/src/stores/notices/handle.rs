//! Working on what a store told.

use connectors::store::Subject;
use domain::id::{CustomerId, JobId, MessageId, StoreId};
use domain::{JobState, MessageState, ReasonCode};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::types::Json;

use super::{erase, uninstalled};
use crate::Portal;
use crate::jobs::{Abandoned, Job, JobContext, JobDone, JobError, NewJob};
use crate::storage::{StorageError, Tx, Value, sql};

/// Works on one webhook. What it says is never believed: it only tells where to look.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct HandleNotice {
    /// The webhook.
    pub message: MessageId,
}

#[derive(sqlx::FromRow)]
struct Row {
    store_id: StoreId,
    customer_id: CustomerId,
    state: MessageState,
    subject: Json<Subject>,
}

impl HandleNotice {
    /// The job, in a lane of its own beside the store's long ones: an order must not wait for a sync of products.
    pub fn new_job(&self, customer: CustomerId, store: StoreId) -> NewJob {
        NewJob::of(self)
            .lane(format!("notices:{store}"))
            .unique(self.message.to_string())
            .customer(customer)
            .store(store)
    }
}

impl Job for HandleNotice {
    const KIND: &'static str = "handle-notice";

    async fn run(self, ctx: &JobContext) -> Result<JobDone, JobError> {
        let mut tx = ctx.portal.db.begin().await?;
        ctx.fence(&mut tx).await?;
        sql("UPDATE messages SET attempt = attempt + 1, job_id = $2 WHERE id = $1")
            .bind(self.message)
            .bind(ctx.job_id)
            .execute(&mut tx)
            .await?;
        let row: Option<Row> =
            sql("SELECT store_id, customer_id, state, subject FROM messages WHERE id = $1 AND subject IS NOT NULL")
                .bind(self.message)
                .fetch_optional(&mut tx)
                .await?;
        let Some(row) = row else {
            return Err(JobError::fail(
                ReasonCode::JobSubjectGone,
                anyhow::anyhow!("the webhook is gone"),
            ));
        };
        if row.state != MessageState::Received {
            return Ok(JobDone::succeeded());
        }
        let result = work(&ctx.portal, &mut tx, &row).await?;
        sql("UPDATE messages SET state = 'done', reason = NULL, result = $2, finished_at = $3 WHERE id = $1")
            .bind(self.message)
            .bind(Value::json(&result))
            .bind(ctx.portal.now())
            .execute(&mut tx)
            .await?;
        tx.commit().await?;
        Ok(JobDone::succeeded())
    }

    async fn abandoned(self, tx: &mut Tx, abandoned: &Abandoned<'_>) -> Result<(), StorageError> {
        let state = match abandoned.state {
            JobState::Dead => MessageState::Dead,
            _ => MessageState::Failed,
        };
        sql("UPDATE messages SET state = $2, reason = $3, finished_at = $4 WHERE id = $1 AND state = 'received'")
            .bind(self.message)
            .bind(state.as_str())
            .bind(abandoned.reason.map(ReasonCode::as_str))
            .bind(abandoned.portal.now())
            .execute(tx)
            .await?;
        Ok(())
    }

    async fn revived(self, tx: &mut Tx, _: JobId) -> Result<(), StorageError> {
        sql(
            "UPDATE messages SET state = 'received', reason = NULL, finished_at = NULL \
             WHERE id = $1 AND state IN ('failed', 'dead')",
        )
        .bind(self.message)
        .execute(tx)
        .await?;
        Ok(())
    }
}

/// Does what the webhook calls for; gives what the event inspector shows of it.
async fn work(portal: &Portal, tx: &mut Tx, row: &Row) -> Result<serde_json::Value, JobError> {
    let (store, now) = (row.store_id, portal.now());
    Ok(match &row.subject.0 {
        Subject::Order(id) | Subject::OrderGone(id) => {
            sql("UPDATE store_connections SET orders_due_at = $2 WHERE store_id = $1 AND orders_due_at > $2")
                .bind(store)
                .bind(now)
                .execute(tx)
                .await?;
            json!({ "order": id })
        }
        Subject::Product(id) | Subject::ProductGone(id) => {
            sql("UPDATE store_connections SET products_due_at = $2 WHERE store_id = $1 AND products_due_at > $2")
                .bind(store)
                .bind(now)
                .execute(tx)
                .await?;
            json!({ "product": id })
        }
        Subject::Uninstalled => uninstalled::note(portal, tx, row.customer_id, store).await?,
        Subject::PermissionsChanged => {
            sql("UPDATE store_connections SET webhooks_due_at = $2 WHERE store_id = $1 AND disconnected_at IS NULL")
                .bind(store)
                .bind(now)
                .execute(tx)
                .await?;
            json!({ "permissions": "changed" })
        }
        Subject::DataRequest(buyer) => erase::named(tx, store, buyer).await?,
        Subject::EraseBuyer(buyer) => erase::buyer(tx, store, buyer).await?,
        Subject::EraseStore => erase::store(tx, store).await?,
        Subject::BulkFinished | Subject::Ping | Subject::Nothing => json!({}),
    })
}
