//! Working on what a store told.

use connectors::store::Subject;
use domain::id::{CustomerId, JobId, MessageId, StoreId};
use domain::{MessageState, ReasonCode, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::types::Json;

use super::{EraseBuyer, EraseStore, data_request, outcome, uninstalled};
use crate::Portal;
use crate::jobs::{self, Abandoned, Job, JobContext, JobDone, JobError, NewJob, Revived};
use crate::storage::{StorageError, Tx, sql};
use crate::syncs::{BY_DATE, FetchOrder, FetchProduct};

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
    topic: String,
    subject: Json<Subject>,
    happened_at: Option<Timestamp>,
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
        let row: Option<Row> =
            sql("SELECT store_id, customer_id, state, topic, subject, happened_at FROM messages WHERE id = $1 AND subject IS NOT NULL")
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
        let work = work(&ctx.portal, &mut tx, self.message, &row).await?;
        // Behind the work, which may hold the store: what belongs to a store comes after it.
        sql("UPDATE messages SET attempt = attempt + 1, job_id = $2 WHERE id = $1")
            .bind(self.message)
            .bind(ctx.job_id)
            .execute(&mut tx)
            .await?;
        match work {
            Work::Done(result) => outcome::done(&ctx.portal, &mut tx, self.message, None, &result).await?,
            Work::HandedOn(job) => {
                sql("UPDATE messages SET job_id = $2 WHERE id = $1")
                    .bind(self.message)
                    .bind(job)
                    .execute(&mut tx)
                    .await?;
            }
        }
        tx.commit().await?;
        Ok(JobDone::succeeded())
    }

    async fn abandoned(self, tx: &mut Tx, abandoned: &Abandoned<'_>) -> Result<(), StorageError> {
        outcome::given_up(tx, Some(self.message), abandoned).await
    }

    async fn revived(self, tx: &mut Tx, _: &Revived<'_>) -> Result<(), StorageError> {
        outcome::revived(tx, Some(self.message)).await
    }
}

/// How far the work on a webhook is.
enum Work {
    /// Done; what the event inspector shows of it.
    Done(serde_json::Value),
    /// A job of its own does what takes longer, and notes what came of it.
    HandedOn(JobId),
}

/// Does what the webhook calls for.
async fn work(portal: &Portal, tx: &mut Tx, id: MessageId, row: &Row) -> Result<Work, JobError> {
    let (customer, store, message) = (row.customer_id, row.store_id, Some(id));
    let result = match &row.subject.0 {
        Subject::Order(order) | Subject::OrderGone(order) => {
            let order = order.clone();
            let job = FetchOrder {
                store,
                order,
                message,
                placed_before: row.topic == BY_DATE,
            }
            .new_job(customer);
            return Ok(Work::HandedOn(jobs::enqueue(tx, portal, job).await?));
        }
        Subject::Product(product) | Subject::ProductGone(product) => {
            let product = product.clone();
            let job = FetchProduct {
                store,
                product,
                message,
            }
            .new_job(customer);
            return Ok(Work::HandedOn(jobs::enqueue(tx, portal, job).await?));
        }
        Subject::EraseStore => {
            let job = EraseStore { store, message: id }.new_job(customer);
            return Ok(Work::HandedOn(jobs::enqueue(tx, portal, job).await?));
        }
        Subject::Uninstalled => uninstalled::note(portal, tx, customer, store, row.happened_at).await?,
        Subject::PermissionsChanged => {
            sql("UPDATE store_connections SET webhooks_due_at = $2 WHERE store_id = $1 AND disconnected_at IS NULL")
                .bind(store)
                .bind(portal.now())
                .execute(tx)
                .await?;
            json!({ "permissions": "changed" })
        }
        Subject::DataRequest(buyer) => data_request::pass_on(portal, tx, customer, store, buyer).await?,
        Subject::EraseBuyer(_) => {
            let job = EraseBuyer { store, message: id }.new_job(customer);
            return Ok(Work::HandedOn(jobs::enqueue(tx, portal, job).await?));
        }
        Subject::BulkFinished | Subject::Ping | Subject::Nothing => json!({}),
    };
    Ok(Work::Done(result))
}
