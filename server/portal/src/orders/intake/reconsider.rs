//! Letting waiting orders go on by themselves.

use domain::id::{CustomerId, OrderId, StoreId, StoreVariantId};
use domain::{OrderStatus, ReasonCode};
use serde::{Deserialize, Serialize};

use super::settle;
use super::snapshot::Known;
use crate::access::Scope;
use crate::jobs::{Job, JobContext, JobDone, JobError, NewJob, enqueue};
use crate::orders::load::LockedOrder;
use crate::storage::{Sql, StorageError, Tx, sql};
use crate::stores::{self, Store};
use crate::{Outcome, Portal};

/// Orders looked at in one transaction: few enough that others can write in between.
const AT_ONCE: usize = 25;

/// Looks again at orders of a store that wait, because what they wait for has changed here.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReconsiderOrders {
    store: StoreId,
    wait_for: WaitFor,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WaitFor {
    /// Lines of these variants that were not connected.
    Variants(Vec<StoreVariantId>),
    /// The customer's access to Storefronts.
    Access,
    /// Somebody to look at what their buyers added.
    Look,
}

impl ReconsiderOrders {
    /// Enqueues the job for orders with lines of `variants`, in the transaction that connects or ignores them.
    pub(crate) async fn of_variants(
        portal: &Portal,
        tx: &mut Tx,
        store: StoreId,
        customer: CustomerId,
        variants: Vec<StoreVariantId>,
    ) -> Result<(), StorageError> {
        let wait_for = WaitFor::Variants(variants);
        Self { store, wait_for }.enqueue(portal, tx, customer).await
    }

    /// Enqueues the job for orders with something of the buyer's own, in the transaction by which nobody has to look at
    /// it any more.
    pub(crate) async fn of_personalised(
        portal: &Portal,
        tx: &mut Tx,
        store: StoreId,
        customer: CustomerId,
    ) -> Result<(), StorageError> {
        let wait_for = WaitFor::Look;
        Self { store, wait_for }.enqueue(portal, tx, customer).await
    }

    /// Enqueues the job for every store of a customer, in the transaction that gives them access to Storefronts.
    pub(crate) async fn of_customer(
        portal: &Portal,
        tx: &mut Tx,
        customer: CustomerId,
    ) -> Result<(), StorageError> {
        let stores: Vec<(StoreId,)> =
            sql("SELECT id FROM stores WHERE customer_id = $1 AND platform <> 'manual' ORDER BY id")
                .bind(customer)
                .fetch_all(tx)
                .await?;
        for (store,) in stores {
            let wait_for = WaitFor::Access;
            Self { store, wait_for }.enqueue(portal, tx, customer).await?;
        }
        Ok(())
    }

    async fn enqueue(&self, portal: &Portal, tx: &mut Tx, customer: CustomerId) -> Result<(), StorageError> {
        let job = NewJob::of(self)
            .lane(format!("store:{}:orders", self.store))
            .customer(customer)
            .store(self.store);
        enqueue(tx, portal, job).await?;
        Ok(())
    }

    async fn waiting(&self, portal: &Portal) -> Result<Vec<OrderId>, StorageError> {
        let mut conn = portal.db.read().await?;
        let rows: Vec<(OrderId,)> = match &self.wait_for {
            WaitFor::Variants(variants) => {
                let mut query = sql("SELECT DISTINCT order_id FROM order_lines
                     WHERE status = 'not_connected' AND store_variant_id IN ");
                query
                    .push_list(variants.iter().copied())
                    .push(" ORDER BY order_id");
                query.fetch_all(&mut conn).await?
            }
            WaitFor::Access => sql(
                "SELECT id FROM orders WHERE store_id = $1 AND status = $2 AND reason = $3 ORDER BY number",
            )
            .bind(self.store)
            .bind(OrderStatus::OnHold.as_str())
            .bind(ReasonCode::StorefrontsAccessOff.as_str())
            .fetch_all(&mut conn)
            .await?,
            WaitFor::Look => waiting_for_a_look(self.store).fetch_all(&mut conn).await?,
        };
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }
}

/// The orders of a store with a line whose buyer added something at which somebody is to look. An order is where its
/// slowest line is: none of them is further than that line.
fn waiting_for_a_look(store: StoreId) -> Sql {
    let no_further = |status: &&OrderStatus| {
        let at = status.progress();
        at.is_some() && at <= OrderStatus::OnHold.progress()
    };
    let mut query = sql("SELECT id FROM orders WHERE store_id = ");
    query.push_bind(store).push(" AND status IN ").push_list(
        OrderStatus::ALL
            .iter()
            .filter(no_further)
            .map(|status| status.as_str()),
    );
    query
        .push(" AND EXISTS (SELECT 1 FROM order_lines WHERE order_id = orders.id AND order_lines.status = ")
        .push_bind(OrderStatus::OnHold.as_str())
        .push(" AND order_lines.reason = ")
        .push_bind(ReasonCode::DesignPersonalised.as_str())
        .push(") ORDER BY number");
    query
}

impl Job for ReconsiderOrders {
    const KIND: &'static str = "reconsider-orders";

    async fn run(self, ctx: &JobContext) -> Result<JobDone, JobError> {
        let portal = &ctx.portal;
        let store = stores::find(portal, &Scope::AllCustomers, self.store).await?;
        let waiting = self.waiting(portal).await?;
        let mut done = 0;
        for some in waiting.chunks(AT_ONCE) {
            let mut tx = portal.db.begin().await?;
            done += some.len() as u64;
            ctx.progress_in(&mut tx, done, waiting.len() as u64).await?;
            for order in some {
                reconsider(portal, &mut tx, &store, *order).await?;
            }
            tx.commit().await?;
        }
        Ok(JobDone::with(&serde_json::json!({ "orders": done })))
    }
}

/// Puts the lines of a store's order where they belong now. Nothing for an order that no store gave.
pub(in crate::orders) async fn reconsider(
    portal: &Portal,
    tx: &mut Tx,
    store: &Store,
    id: OrderId,
) -> Outcome<()> {
    let mut locked = LockedOrder::load(tx, &Scope::AllCustomers, id).await?;
    let Some(snapshot) = Known::of_order(tx, id).await? else {
        return Ok(());
    };
    settle(portal, tx, store, &mut locked, &snapshot).await
}
