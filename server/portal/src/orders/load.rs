//! An order on its way to be changed.

use std::time::Duration;

use domain::id::{CustomerId, LineId, OrderId, StoreId};
use domain::{OrderStatus, ReasonCode, Timestamp};

use super::counts::Counted;
use super::push_scope;
use crate::access::Scope;
use crate::storage::{AsConn as _, Engine, Tx, sql};
use crate::{Outcome, Portal, Refusal, stores};

/// An order that nobody else changes until the transaction ends: its store is [held](crate::stores::LockedStore).
#[derive(Clone, Debug)]
pub(super) struct LockedOrder {
    pub(super) id: OrderId,
    pub(super) customer: CustomerId,
    pub(super) store: StoreId,
    pub(super) status: OrderStatus,
    pub(super) updated_at: Timestamp,
    pub(super) lines: Vec<LockedLine>,
}

/// A line of such an order.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct LockedLine {
    pub(super) id: LineId,
    pub(super) quantity: i64,
    pub(super) shipped_quantity: i64,
    pub(super) status: OrderStatus,
    pub(super) reason: Option<ReasonCode>,
    pub(super) held_from: Option<OrderStatus>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: OrderId,
    customer_id: CustomerId,
    store_id: StoreId,
    status: OrderStatus,
    updated_at: Timestamp,
}

impl LockedOrder {
    /// Waits until nobody else holds the store of the order `id`, and loads it.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] when there is none in `scope`.
    pub(super) async fn load(tx: &mut Tx, scope: &Scope, id: OrderId) -> Outcome<Self> {
        if tx.engine() == Engine::Postgres {
            // An order never goes to another store.
            let store: Option<(StoreId,)> = sql("SELECT store_id FROM orders WHERE id = $1")
                .bind(id)
                .fetch_optional(tx)
                .await?;
            let (store,) = store.ok_or(Refusal::NotFound)?;
            stores::lock(tx, store).await?;
        }
        let mut query = sql("SELECT id, customer_id, store_id, status, updated_at FROM orders WHERE id = ");
        query.push_bind(id);
        push_scope(&mut query, scope);
        let row: Row = query.fetch_optional(tx).await?.ok_or(Refusal::NotFound)?;
        let lines = sql("SELECT id, quantity, shipped_quantity, status, reason, held_from
             FROM order_lines WHERE order_id = $1 ORDER BY position")
        .bind(id)
        .fetch_all(tx)
        .await?;
        Ok(Self {
            id: row.id,
            customer: row.customer_id,
            store: row.store_id,
            status: row.status,
            updated_at: row.updated_at,
            lines,
        })
    }

    /// The line with this id.
    pub(super) fn line(&self, id: LineId) -> Option<&LockedLine> {
        self.lines.iter().find(|line| line.id == id)
    }

    /// The version that the order has after a change: its `updated_at`, always later than before.
    pub(super) fn next_version(&self, portal: &Portal) -> Timestamp {
        portal.now().max(self.updated_at + Duration::from_micros(1))
    }

    /// Where the order is counted.
    pub(super) const fn counted(&self) -> Counted {
        Counted {
            customer: self.customer,
            store: self.store,
        }
    }
}

impl LockedLine {
    /// Pieces that have not been shipped.
    pub(super) const fn remaining(&self) -> i64 {
        self.quantity - self.shipped_quantity
    }

    /// Whether only a person lets it go on: they have held it, or are to look at what its store changed, cancelled or
    /// sent too late, or at an address that was erased while it was made.
    pub(super) fn waits_for_a_person(&self) -> bool {
        let reasons = [
            ReasonCode::HeldByPerson,
            ReasonCode::ChangedAfterProduction,
            ReasonCode::CancelledAfterProduction,
            ReasonCode::FulfilledAfterProduction,
            ReasonCode::AddressErased,
        ];
        self.status == OrderStatus::OnHold && self.reason.is_some_and(|reason| reasons.contains(&reason))
    }
}
