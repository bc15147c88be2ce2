//! What orders are found by: number, references, recipient, e-mail, and their customer's name.

use domain::id::{CustomerId, OrderId, StoreId};
use serde::{Deserialize, Serialize};

use crate::Portal;
use crate::access::Scope;
use crate::jobs::{Job, JobContext, JobDone, JobError, NewJob, enqueue};
use crate::storage::search::searchable;
use crate::storage::{StorageError, Tx, sql};
use crate::stores::LockedStore;

/// Orders written in one transaction: few enough that others can write in between.
const AT_ONCE: usize = 200;

/// An order's own words.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct Words {
    pub(super) number: i64,
    pub(super) external_id: String,
    pub(super) source_number: Option<String>,
    pub(super) recipient: String,
    pub(super) email: Option<String>,
}

impl Words {
    /// Everything an order of this customer is found by.
    pub(super) fn with_customer(&self, portal: &Portal, customer: &str) -> String {
        let Self {
            number,
            external_id,
            source_number,
            recipient,
            email,
        } = self;
        let prefix = &portal.settings.brand.order_prefix;
        let source_number = source_number.as_deref().unwrap_or_default();
        let email = email.as_deref().unwrap_or_default();
        // Also by the bare number, however short.
        searchable(&format!(
            "{prefix}{number} {number} {source_number} {external_id} {customer} {recipient} {email}"
        ))
    }
}

/// Writes anew what an order of this customer is found by.
pub(super) async fn refresh(
    portal: &Portal,
    tx: &mut Tx,
    customer: &str,
    id: OrderId,
) -> Result<(), StorageError> {
    let words: Words =
        sql("SELECT number, external_id, source_number, recipient, email FROM orders WHERE id = $1")
            .bind(id)
            .fetch_one(tx)
            .await?;
    sql("UPDATE orders SET search = $2 WHERE id = $1 AND search <> $2")
        .bind(id)
        .bind(words.with_customer(portal, customer))
        .execute(tx)
        .await?;
    Ok(())
}

/// Lets the orders of a customer who has another name be found by it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct RenameInOrders {
    /// The customer.
    pub customer: CustomerId,
}

impl RenameInOrders {
    /// Enqueues the job, in the transaction that renames the customer. Never unique: one under way may have written the
    /// former name already.
    pub(crate) async fn enqueue(self, portal: &Portal, tx: &mut Tx) -> Result<(), StorageError> {
        let job = NewJob::of(&self)
            .lane(format!("rename:{}", self.customer))
            .customer(self.customer);
        enqueue(tx, portal, job).await?;
        Ok(())
    }
}

impl Job for RenameInOrders {
    const KIND: &'static str = "rename-in-orders";

    async fn run(self, ctx: &JobContext) -> Result<JobDone, JobError> {
        let stores: Vec<(StoreId,)> = sql("SELECT id FROM stores WHERE customer_id = $1 ORDER BY id")
            .bind(self.customer)
            .fetch_all(&mut ctx.portal.db.read().await?)
            .await?;
        for (store,) in stores {
            let mut after = Some(0);
            while let Some(number) = after {
                after = write_some(ctx, store, number).await?;
            }
        }
        Ok(JobDone::succeeded())
    }
}

/// Writes the orders of a store behind the one with this number; gives the last one's number, unless it is the store's
/// last. An order that comes in meanwhile has the new name: whoever brings it in holds the store and reads the name then.
async fn write_some(ctx: &JobContext, store: StoreId, after: i64) -> Result<Option<i64>, JobError> {
    let portal = &ctx.portal;
    let mut tx = portal.db.begin().await?;
    ctx.fence(&mut tx).await?;
    let store = LockedStore::load(&mut tx, &Scope::AllCustomers, store).await?;
    let some: Vec<Words> = sql(
        "SELECT number, external_id, source_number, recipient, email FROM orders
         WHERE store_id = $1 AND number > $2 ORDER BY number LIMIT $3",
    )
    .bind(store.id)
    .bind(after)
    .bind(i64::try_from(AT_ONCE).unwrap_or(i64::MAX))
    .fetch_all(&mut tx)
    .await?;
    for words in &some {
        sql("UPDATE orders SET search = $2 WHERE number = $1 AND search <> $2")
            .bind(words.number)
            .bind(words.with_customer(portal, &store.customer_name))
            .execute(&mut tx)
            .await?;
    }
    tx.commit().await?;
    let last = some.last().map(|words| words.number);
    Ok(last.filter(|_| some.len() == AT_ONCE))
}
