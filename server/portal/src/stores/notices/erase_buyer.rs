//! Erasing one buyer of a store: what the platform asks for when somebody wants to be forgotten.

use std::collections::BTreeSet;

use connectors::store::{Buyer, Subject};
use domain::id::{CustomerId, MessageId, OrderId, StoreId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sqlx::types::Json;

use super::erase::{AT_ONCE, ATTEMPTS, erase_orders, forget_some, is_due, orders_of, put_off, request};
use super::outcome;
use crate::jobs::{Abandoned, Job, JobContext, JobDone, JobError, NewJob, Revived};
use crate::storage::{StorageError, Tx, Value, sql};
use crate::stores::lock;

/// Erases a buyer of a store: from their orders, and from all that was said about orders without saying which. What is
/// still to be sent comes last.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct EraseBuyer {
    /// The store.
    pub store: StoreId,
    /// The webhook that asks for it, and says who.
    pub message: MessageId,
}

/// The result of a request.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct SoFar {
    /// The numbers of the orders that were erased.
    erased: BTreeSet<i64>,
}

impl EraseBuyer {
    /// The job, to be enqueued with what calls for it.
    pub(super) fn new_job(self, customer: CustomerId) -> NewJob {
        NewJob::of(&self)
            .lane(format!("notices:{}", self.store))
            .max_attempts(ATTEMPTS)
            .customer(customer)
            .store(self.store)
    }

    /// Who is to be erased; nobody when it is done.
    async fn buyer(self, ctx: &JobContext) -> Result<Option<Buyer>, StorageError> {
        let subject: Option<(Json<Subject>,)> =
            sql("SELECT subject FROM messages WHERE id = $1 AND subject IS NOT NULL")
                .bind(self.message)
                .fetch_optional(&mut ctx.portal.db.read().await?)
                .await?;
        Ok(match subject {
            Some((Json(Subject::EraseBuyer(buyer)),)) => Some(buyer),
            _ => None,
        })
    }

    /// Erases them from some orders, and notes which; gives how many of these were put off.
    async fn orders(self, ctx: &JobContext, some: &[(i64, OrderId)], due: bool) -> Result<usize, JobError> {
        let mut tx = self.begin(ctx).await?;
        let erased = erase_orders(&ctx.portal, &mut tx, some, due).await?;
        let left = some.len() - erased.len();
        let mut so_far = self.so_far(&mut tx).await?;
        so_far.erased.extend(erased);
        sql("UPDATE messages SET result = $2 WHERE id = $1")
            .bind(self.message)
            .bind(Value::json(&so_far))
            .execute(&mut tx)
            .await?;
        tx.commit().await?;
        Ok(left)
    }

    /// What came of the request so far: an order that was erased is not found by its buyer the day after.
    async fn so_far(self, tx: &mut Tx) -> Result<SoFar, StorageError> {
        let (result,): (Option<Json<SoFar>>,) = sql("SELECT result FROM messages WHERE id = $1")
            .bind(self.message)
            .fetch_one(tx)
            .await?;
        Ok(result.map(|Json(so_far)| so_far).unwrap_or_default())
    }

    async fn messages(
        self,
        ctx: &JobContext,
        after: Option<MessageId>,
    ) -> Result<Option<MessageId>, JobError> {
        let mut tx = self.begin(ctx).await?;
        let last = forget_some(&mut tx, self.store, after).await?;
        tx.commit().await?;
        Ok(last)
    }

    async fn begin(self, ctx: &JobContext) -> Result<Tx, JobError> {
        let mut tx = ctx.portal.db.begin().await?;
        ctx.fence(&mut tx).await?;
        lock(&mut tx, self.store).await?;
        Ok(tx)
    }
}

impl Job for EraseBuyer {
    const KIND: &'static str = "erase-buyer";

    async fn run(self, ctx: &JobContext) -> Result<JobDone, JobError> {
        let Some(buyer) = self.buyer(ctx).await? else {
            return Ok(JobDone::succeeded());
        };
        let orders = orders_of(&mut ctx.portal.db.read().await?, self.store, &buyer).await?;
        let due = is_due(ctx, self.message).await?;
        let mut left = 0;
        for some in orders.chunks(AT_ONCE) {
            left += self.orders(ctx, some, due).await?;
        }
        let mut last = self.messages(ctx, None).await?;
        while last.is_some() {
            last = self.messages(ctx, last).await?;
        }
        if left > 0 {
            return Err(put_off(&ctx.portal, left));
        }
        let mut tx = self.begin(ctx).await?;
        request(&mut tx, self.message).await?;
        let so_far = self.so_far(&mut tx).await?;
        let result = json!({ "erased": so_far.erased });
        outcome::done(&ctx.portal, &mut tx, self.message, None, &result).await?;
        tx.commit().await?;
        Ok(JobDone::with(&result))
    }

    async fn abandoned(self, tx: &mut Tx, abandoned: &Abandoned<'_>) -> Result<(), StorageError> {
        outcome::given_up(tx, Some(self.message), abandoned).await
    }

    async fn revived(self, tx: &mut Tx, _: &Revived<'_>) -> Result<(), StorageError> {
        outcome::revived(tx, Some(self.message)).await
    }
}
