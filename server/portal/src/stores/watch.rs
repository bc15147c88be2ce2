//! Keeping the webhooks of stores alive: platforms switch them off after some failures, and delete them with an
//! application that was reinstalled.

use std::time::Duration;

use connectors::store::{StoreConnection as _, StoreFacts, WebhookHealth};
use domain::ReasonCode;
use domain::id::{CustomerId, StoreId};
use serde::{Deserialize, Serialize};

use super::{connection_job_error, open_in};
use crate::jobs::{self, Abandoned, Job, JobContext, JobDone, JobError, NewJob};
use crate::storage::{StorageError, Tx, Value, sql};

/// How often the webhooks of a store are looked at.
const EVERY: Duration = Duration::from_hours(1);
/// How many stores are looked at in one round; the others in the next.
const AT_ONCE: i64 = 500;

/// Has the webhooks of every store looked at whose turn it is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct WatchStores {}

impl Job for WatchStores {
    const KIND: &'static str = "watch-stores";

    async fn run(self, ctx: &JobContext) -> Result<JobDone, JobError> {
        let portal = &ctx.portal;
        let due: Vec<(StoreId, CustomerId)> = sql(
            "SELECT stores.id, stores.customer_id FROM store_connections connections \
             JOIN stores ON stores.id = connections.store_id \
             WHERE connections.webhooks_due_at <= $1 AND stores.state IN ('connected', 'needs_attention') \
             ORDER BY connections.webhooks_due_at LIMIT $2",
        )
        .bind(portal.now())
        .bind(AT_ONCE)
        .fetch_all(&mut portal.db.read().await?)
        .await?;
        for (store, customer) in due {
            let mut tx = portal.db.begin().await?;
            ctx.fence(&mut tx).await?;
            jobs::enqueue(&mut tx, portal, WatchStore { store }.new_job(customer)).await?;
            tx.commit().await?;
        }
        Ok(JobDone::succeeded())
    }
}

/// Sets up what is missing of a store's webhooks and revives what was switched off.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct WatchStore {
    /// The store.
    pub store: StoreId,
}

impl WatchStore {
    /// The job, at most one for a store.
    pub fn new_job(&self, customer: CustomerId) -> NewJob {
        NewJob::of(self)
            .lane(format!("store:{}:webhooks", self.store))
            .unique(self.store.to_string())
            .customer(customer)
            .store(self.store)
    }

    async fn note(self, ctx: &JobContext, health: Option<&WebhookHealth>) -> Result<(), JobError> {
        let portal = &ctx.portal;
        let mut tx = portal.db.begin().await?;
        ctx.fence(&mut tx).await?;
        sql(
            "UPDATE store_connections SET webhooks_checked_at = $2, webhooks_due_at = $3, \
             webhook_health = COALESCE($4, webhook_health) WHERE store_id = $1 AND disconnected_at IS NULL",
        )
        .bind(self.store)
        .bind(portal.now())
        .bind(portal.now() + EVERY.mul_f64(0.9 + portal.entropy.fraction() / 5.0))
        .bind(health.map_or(Value::Json(None), Value::json))
        .execute(&mut tx)
        .await?;
        Ok(tx.commit().await?)
    }
}

impl WatchStore {
    /// Notes where the store sends from now, for people to choose from.
    async fn note_locations(self, ctx: &JobContext, facts: StoreFacts) -> Result<(), JobError> {
        let mut tx = ctx.portal.db.begin().await?;
        ctx.fence(&mut tx).await?;
        sql("UPDATE store_connections SET facts = $2 WHERE store_id = $1 AND disconnected_at IS NULL")
            .bind(self.store)
            .bind(Value::json(&facts))
            .execute(&mut tx)
            .await?;
        Ok(tx.commit().await?)
    }
}

impl Job for WatchStore {
    const KIND: &'static str = "watch-store";

    async fn run(self, ctx: &JobContext) -> Result<JobDone, JobError> {
        let now = ctx.portal.now();
        let open = open_in(ctx, self.store)
            .await
            .map_err(|error| error.into_job_error(now))?;
        if !open.facts.capabilities.sets_up_webhooks {
            self.note(ctx, None).await?;
            return Ok(JobDone::succeeded());
        }
        let target = open.webhook_target().map_err(JobError::retry)?;
        let health = open
            .watch(&target)
            .await
            .map_err(|error| connection_job_error(error, now))?;
        open.keep_learned()
            .await
            .map_err(|error| error.into_job_error(now))?;
        self.note(ctx, Some(&health)).await?;
        if !open.facts.locations.is_empty() {
            let locations = open
                .locations()
                .await
                .map_err(|error| connection_job_error(error, now))?;
            self.note_locations(
                ctx,
                StoreFacts {
                    locations,
                    ..open.facts.clone()
                },
            )
            .await?;
        }
        let done = JobDone::with(&health);
        Ok(if health.failed.is_empty() {
            done
        } else {
            done.partly_failed(ReasonCode::StoreWebhooksMissing)
        })
    }

    /// Polling goes on without webhooks, and so does looking after them.
    async fn abandoned(self, tx: &mut Tx, abandoned: &Abandoned<'_>) -> Result<(), StorageError> {
        sql("UPDATE store_connections SET webhooks_due_at = $2 WHERE store_id = $1 AND disconnected_at IS NULL")
            .bind(self.store)
            .bind(abandoned.portal.now() + EVERY)
            .execute(tx)
            .await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use domain::Platform;

    use super::*;
    use crate::access::Scope;
    use crate::jobs::{Registry, Worker};
    use crate::orders::testing;
    use crate::stores::health::health;
    use crate::testing::{TestPortal, connect_store, on_both};

    async fn work(portal: &TestPortal) {
        let registry = Registry::new().register::<WatchStore>().register::<WatchStores>();
        let mut tx = portal.db.begin().await.unwrap();
        jobs::enqueue(&mut tx, portal, NewJob::of(&WatchStores {}))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        Worker::new(portal, registry).run_until_idle().await.unwrap();
    }

    #[tokio::test]
    async fn webhooks_are_set_up_and_looked_at_every_hour() {
        on_both(async |portal| {
            let customer = testing::client(&portal, "Estudio Garabato").await.customer;
            let (store, shop) =
                connect_store(&portal, customer, Platform::WooCommerce, "https://a.example").await;
            work(&portal).await;
            assert_eq!(shop.watched().len(), 1);
            let card = health(&portal, &Scope::AllCustomers, store)
                .await
                .unwrap()
                .unwrap();
            assert_eq!(card.webhook_health.unwrap().repaired.len(), 2);
            let calls = shop.calls().0;
            work(&portal).await;
            assert_eq!(shop.calls().0, calls);
            portal.clock.advance(Duration::from_mins(70));
            work(&portal).await;
            assert_eq!(shop.calls().0, calls + 1);
            let card = health(&portal, &Scope::AllCustomers, store)
                .await
                .unwrap()
                .unwrap();
            assert!(card.webhook_health.unwrap().repaired.is_empty());
        })
        .await;
    }
}
