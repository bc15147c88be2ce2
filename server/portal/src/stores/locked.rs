//! Holding a store, and who waits for whom.
//!
//! PostgreSQL lets transactions write at the same time. Two that each hold a row the other one wants never end: the
//! server breaks one of them off, and its work is lost. So all of them take rows in one order:
//!
//! 1. the row of the job they work for ([`crate::jobs::JobContext::fence`]);
//! 2. the store's row: by [`LockedStore`], [`lock`], `LockedOrder`, `LockedVariant`, or by changing it;
//! 3. what belongs to that store, in any order, because whoever holds the store has all of it to himself: its
//!    connection, its webhooks, its orders with lines, designs and what is to be told about them, the counters of its
//!    orders, its products and variants;
//! 4. the customer's row.
//!
//! A transaction holds one store, or several in the order of their ids. Whoever holds a customer asks for nothing of
//! 2 and 3 any more. To enqueue a unique job that is running already is to wait for its row: whoever holds a store
//! enqueues none that holds stores itself, and nobody does so who has changed what that job changes.
//!
//! Orders of one store are thus written one transaction after the other, as on SQLite all are; those of different stores
//! do not wait, but for the customer's row at the end.

use std::ops::Deref;

use domain::id::StoreId;

use super::{Store, find_in};
use crate::Outcome;
use crate::access::Scope;
use crate::storage::{AsConn as _, Engine, StorageError, Tx, sql};

/// A store of which nobody else changes anything until the transaction ends. Its customer's name is the one that
/// orders have to be found by.
#[derive(Clone, Debug)]
pub struct LockedStore(Store);

impl LockedStore {
    /// Waits until nobody else holds the store `id`, and reads it.
    ///
    /// # Errors
    /// [`crate::Refusal::NotFound`] when there is none in `scope`.
    pub(crate) async fn load(tx: &mut Tx, scope: &Scope, id: StoreId) -> Outcome<Self> {
        // In two statements: what one reads that had to wait is older than what it waited for.
        lock(tx, id).await?;
        find_in(tx, scope, id).await.map(Self)
    }
}

impl Deref for LockedStore {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.0
    }
}

/// Waits until nobody else holds the store. On SQLite nobody does: one transaction writes at a time.
pub(crate) async fn lock(tx: &mut Tx, id: StoreId) -> Result<(), StorageError> {
    if tx.engine() == Engine::Postgres {
        sql("SELECT 1 FROM stores WHERE id = $1 FOR NO KEY UPDATE")
            .bind(id)
            .execute(tx)
            .await?;
    }
    Ok(())
}
