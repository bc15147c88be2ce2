//! The pools.

use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, SqlitePool};
use tokio::sync::Notify;

use super::shared::Shared;
use super::{Conn, DatabaseSettings, DatabaseUrl, Engine, StorageError, Tx, migrations, sql};

/// How long a request waits for a connection or a lock before it fails.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long it waits for its turn to write on SQLite, where one writes at a time. Whoever comes first is first, and
/// transactions are short: this is only for a disk that is slow, and better than an error.
const PATIENCE_TO_WRITE: Duration = Duration::from_secs(30);

/// The database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Db {
    pools: Pools,
    shared: Arc<Shared>,
}

#[derive(Clone, Debug)]
enum Pools {
    /// SQLite lets one connection write at a time. Having only one that writes, with transactions that take
    /// the lock when they begin, turns "database is locked" into waiting in a fair queue.
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
    },
    Postgres(PgPool),
}

impl Db {
    /// Opens the database; on SQLite also makes the file and its directory when they are missing.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn connect(settings: &DatabaseSettings) -> Result<Self, StorageError> {
        let pools = match &settings.url {
            DatabaseUrl::Sqlite(path) => sqlite(path, settings.connections).await?,
            DatabaseUrl::Postgres(url) => postgres(url, settings.connections).await?,
        };
        Ok(Self {
            pools,
            shared: Arc::default(),
        })
    }

    /// Brings the schema up to date. Several processes may do so at once.
    ///
    /// # Errors
    /// When a migration fails, or when the database was migrated by a newer version of this program.
    pub async fn migrate(&self) -> Result<(), StorageError> {
        match &self.pools {
            Pools::Sqlite { writer, .. } => migrations::sqlite(writer).await,
            Pools::Postgres(pool) => migrations::postgres(pool).await,
        }
    }

    /// A connection for reading. Give it back (drop it) before anything slow.
    ///
    /// # Errors
    /// When none becomes free within ten seconds, or the server cannot be reached.
    pub async fn read(&self) -> Result<Conn, StorageError> {
        #[cfg(any(test, feature = "testing"))]
        self.shared.failpoint.may_read()?;
        Ok(match &self.pools {
            Pools::Sqlite { readers, .. } => Conn::Sqlite(readers.acquire().await?),
            Pools::Postgres(pool) => Conn::Postgres(pool.acquire().await?),
        })
    }

    /// Begins a transaction that may write. On SQLite nobody else writes until it ends: keep it short, and
    /// do nothing but database work inside it.
    ///
    /// # Errors
    /// When no connection becomes free within ten seconds, or thirty on SQLite, or the database cannot be reached.
    pub async fn begin(&self) -> Result<Tx, StorageError> {
        #[cfg(any(test, feature = "testing"))]
        self.shared.failpoint.may_write()?;
        let shared = Arc::clone(&self.shared);
        Ok(match &self.pools {
            Pools::Sqlite { writer, .. } => Tx::sqlite(writer.begin_with("BEGIN IMMEDIATE").await?, shared),
            Pools::Postgres(pool) => Tx::postgres(pool.begin().await?, shared),
        })
    }

    /// The engine in use.
    pub fn engine(&self) -> Engine {
        match self.pools {
            Pools::Sqlite { .. } => Engine::Sqlite,
            Pools::Postgres(_) => Engine::Postgres,
        }
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ping(&self) -> Result<(), StorageError> {
        let (_one,): (i64,) = sql("SELECT CAST(1 AS BIGINT)")
            .fetch_one(&mut self.read().await?)
            .await?;
        Ok(())
    }

    /// Waits for connections on loan and closes all.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }

    /// Rung when a transaction of this process that enqueued jobs was committed.
    pub(crate) fn jobs_added(&self) -> &Notify {
        &self.shared.jobs_added
    }

    /// Where a test has this process die.
    #[cfg(any(test, feature = "testing"))]
    pub fn failpoint(&self) -> &super::Failpoint {
        &self.shared.failpoint
    }

    /// The server's pool; none on SQLite.
    pub(crate) fn postgres_pool(&self) -> Option<&PgPool> {
        match &self.pools {
            Pools::Sqlite { .. } => None,
            Pools::Postgres(pool) => Some(pool),
        }
    }
}

async fn sqlite(path: &Path, readers: u32) -> Result<Pools, StorageError> {
    if let Some(directory) = path.parent() {
        tokio::fs::create_dir_all(directory)
            .await
            .map_err(sqlx::Error::Io)?;
    }
    let options = SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .synchronous(SqliteSynchronous::Full)
        .pragma("temp_store", "MEMORY");
    let writer = SqlitePoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(PATIENCE_TO_WRITE)
        .connect_with(
            options
                .clone()
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal),
        )
        .await?;
    let readers = SqlitePoolOptions::new()
        .max_connections(readers)
        .idle_timeout(None)
        .max_lifetime(None)
        .acquire_timeout(PATIENCE)
        .connect_with(options.read_only(true))
        .await?;
    Ok(Pools::Sqlite { writer, readers })
}

async fn postgres(url: &str, connections: u32) -> Result<Pools, StorageError> {
    let options = PgConnectOptions::from_str(url)?.application_name("portal");
    let pool = PgPoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(PATIENCE)
        .connect_with(options)
        .await?;
    Ok(Pools::Postgres(pool))
}
