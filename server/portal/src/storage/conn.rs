//! Connections and transactions.

use std::sync::Arc;

use sqlx::pool::PoolConnection;
use sqlx::{PgConnection, Postgres, Sqlite, SqliteConnection, Transaction};

use super::StorageError;
use super::shared::Shared;

/// Which database answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// The embedded one.
    Sqlite,
    /// The one that several processes share.
    Postgres,
}

/// What statements run on: a [`Conn`] or a [`Tx`].
pub trait AsConn: Send {
    /// The connection of the engine in use.
    fn as_conn(&mut self) -> ConnRef<'_>;

    /// The engine in use.
    fn engine(&self) -> Engine;
}

/// A connection of either engine.
#[derive(Debug)]
pub enum ConnRef<'c> {
    /// To the embedded database.
    Sqlite(&'c mut SqliteConnection),
    /// To a server.
    Postgres(&'c mut PgConnection),
}

/// A connection for reading, on loan from a pool.
#[derive(Debug)]
pub enum Conn {
    /// One of the readers; it refuses to write.
    Sqlite(PoolConnection<Sqlite>),
    /// Every statement is its own transaction.
    Postgres(PoolConnection<Postgres>),
}

impl AsConn for Conn {
    fn as_conn(&mut self) -> ConnRef<'_> {
        match self {
            Self::Sqlite(conn) => ConnRef::Sqlite(conn),
            Self::Postgres(conn) => ConnRef::Postgres(conn),
        }
    }

    fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }
}

/// A transaction: everything in it happens at [`Tx::commit`], or nothing does.
#[derive(Debug)]
#[must_use = "a transaction that is dropped is rolled back"]
pub struct Tx {
    inner: Inner,
    shared: Arc<Shared>,
    wakes_workers: bool,
}

#[derive(Debug)]
enum Inner {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    pub(super) fn sqlite(tx: Transaction<'static, Sqlite>, shared: Arc<Shared>) -> Self {
        Self {
            inner: Inner::Sqlite(tx),
            shared,
            wakes_workers: false,
        }
    }

    pub(super) fn postgres(tx: Transaction<'static, Postgres>, shared: Arc<Shared>) -> Self {
        Self {
            inner: Inner::Postgres(tx),
            shared,
            wakes_workers: false,
        }
    }

    /// Makes everything done through this transaction durable and visible.
    ///
    /// # Errors
    /// When the database cannot; nothing has happened then.
    pub async fn commit(self) -> Result<(), StorageError> {
        #[cfg(any(test, feature = "testing"))]
        let dies = self.shared.failpoint.is_last_commit()?;
        match self.inner {
            Inner::Sqlite(tx) => tx.commit().await?,
            Inner::Postgres(tx) => tx.commit().await?,
        }
        #[cfg(any(test, feature = "testing"))]
        if dies {
            return Err(super::failpoint::died());
        }
        if self.wakes_workers {
            self.shared.jobs_added.notify_one();
        }
        Ok(())
    }

    /// Has the workers of this process look for jobs as soon as this transaction is committed.
    pub(crate) fn wake_workers_on_commit(&mut self) {
        self.wakes_workers = true;
    }
}

impl AsConn for Tx {
    fn as_conn(&mut self) -> ConnRef<'_> {
        match &mut self.inner {
            Inner::Sqlite(tx) => ConnRef::Sqlite(tx),
            Inner::Postgres(tx) => ConnRef::Postgres(tx),
        }
    }

    fn engine(&self) -> Engine {
        match self.inner {
            Inner::Sqlite(_) => Engine::Sqlite,
            Inner::Postgres(_) => Engine::Postgres,
        }
    }
}
