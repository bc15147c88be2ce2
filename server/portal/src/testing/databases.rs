//! Fresh databases on both engines.
#![expect(
    clippy::expect_used,
    reason = "a test whose surroundings are missing has failed"
)]

use std::ops::Deref;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::sync::Arc;

use connectors::outbound::{Outbound, OutboundSettings, Targets};
use futures::FutureExt as _;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tempfile::TempDir;
use tokio::sync::Mutex;

use super::{FakePlatforms, SeededEntropy, TestClock};
use crate::Portal;
use crate::clock::SystemClock;
use crate::entropy::{Entropy, OsEntropy};
use crate::files::{FileStore, TemporaryStore};
use crate::mail::MemoryTransport;
use crate::secrets::KeyRing;
use crate::storage::{DatabaseSettings, DatabaseUrl, Db, Engine, sql};

/// A [`Portal`] on a migrated database of its own, with a clock and randomness that the test decides. Cheap to
/// clone.
#[derive(Clone, Debug)]
pub struct TestPortal {
    portal: Portal,
    /// Stands still until it is told to move.
    pub clock: Arc<TestClock>,
    /// The mails that were sent; it refuses some when told so.
    pub mailbox: Arc<MemoryTransport>,
    /// The shops there are to connect.
    pub shops: Arc<FakePlatforms>,
    database: DatabaseSettings,
    server: Arc<Server>,
}

impl Deref for TestPortal {
    type Target = Portal;

    fn deref(&self) -> &Portal {
        &self.portal
    }
}

/// Where a test's databases live, and which they are.
#[derive(Debug)]
enum Server {
    Sqlite(TempDir),
    Postgres {
        url: url::Url,
        databases: Mutex<Vec<String>>,
    },
}

impl TestPortal {
    async fn new(server: Arc<Server>) -> Self {
        let database = server.create().await;
        let clock = Arc::new(TestClock::default());
        let files = TemporaryStore::new().await.expect("a directory for files");
        let mailbox = Arc::new(MemoryTransport::default());
        let shops = Arc::new(FakePlatforms::new(clock.clone()));
        let outside = Outside {
            mail: mailbox.clone(),
            shops: shops.clone(),
        };
        let portal = open(&database, clock.clone(), Arc::new(files), outside, 1).await;
        portal.db.migrate().await.expect("the migrations apply");
        Self {
            portal,
            clock,
            mailbox,
            shops,
            database,
            server,
        }
    }

    /// The same portal in another process: with connections and randomness of its own, on the same files.
    pub async fn other_process(&self) -> Portal {
        let files = Arc::clone(&self.portal.files);
        let outside = Outside {
            mail: self.mailbox.clone(),
            shops: self.shops.clone(),
        };
        open(&self.database, self.clock.clone(), files, outside, 2).await
    }

    /// The same portal with other encryption keys, each 32 times its byte, as after a change of the configuration.
    pub fn with_keys(&self, current: &str, keys: &[(&str, u8)]) -> Portal {
        let keys: Vec<_> = keys
            .iter()
            .map(|(name, byte)| ((*name).to_owned(), [*byte; 32]))
            .collect();
        Portal {
            secrets: Arc::new(KeyRing::new(current, &keys)),
            ..self.portal.clone()
        }
    }

    /// Where its database is, for a program that shares it.
    pub fn database_url(&self) -> &DatabaseUrl {
        &self.database.url
    }

    /// Waits until one transaction waits for another. Not on SQLite, where they all do, in a queue.
    ///
    /// # Panics
    /// When the database fails.
    pub async fn somebody_waits(&self) {
        if self.portal.db.engine() == Engine::Sqlite {
            return;
        }
        let mut conn = self.portal.db.read().await.expect("a connection");
        loop {
            let waiting = sql(
                "SELECT EXISTS (SELECT 1 FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
                 WHERE NOT l.granted AND a.datname = current_database())",
            );
            if waiting
                .fetch_one::<(bool,)>(&mut conn)
                .await
                .expect("an answer")
                .0
            {
                return;
            }
        }
    }

    /// Where its database is.
    pub const fn database(&self) -> &DatabaseSettings {
        &self.database
    }

    /// A further, empty database of the same engine. It goes when the test ends.
    pub async fn new_database(&self) -> DatabaseSettings {
        self.server.create().await
    }
}

/// The stand-ins of other systems.
struct Outside {
    mail: Arc<MemoryTransport>,
    shops: Arc<FakePlatforms>,
}

async fn open(
    database: &DatabaseSettings,
    clock: Arc<TestClock>,
    files: Arc<dyn FileStore>,
    outside: Outside,
    seed: u64,
) -> Portal {
    let db = Db::connect(database).await.expect("the test database opens");
    let entropy = Arc::new(SeededEntropy::new(seed, clock.clone()));
    // Stand-ins of other systems listen on loopback.
    let outbound = OutboundSettings {
        targets: Targets::PublicAndLoopback,
        ..OutboundSettings::default()
    };
    Portal {
        db,
        clock,
        entropy,
        files,
        secrets: Arc::new(KeyRing::new("test", &[("test".to_owned(), [7; 32])])),
        platforms: outside.shops,
        recorder: Arc::default(),
        intake: Arc::default(),
        mail: outside.mail,
        outbound: Outbound::new(outbound).expect("an HTTP client"),
        settings: Arc::default(),
    }
}

/// Runs `test` on SQLite and on PostgreSQL, each time with a database of its own.
///
/// # Panics
/// When the test does, when a database cannot be made, and when `TEST_POSTGRES_URL` names no server.
pub async fn on_both(test: impl AsyncFn(TestPortal)) {
    on(Engine::Sqlite, &test).await;
    on(Engine::Postgres, &test).await;
}

async fn on(engine: Engine, test: &impl AsyncFn(TestPortal)) {
    let server = Arc::new(Server::start(engine));
    let portal = TestPortal::new(Arc::clone(&server)).await;
    let outcome = AssertUnwindSafe(test(portal)).catch_unwind().await;
    server.stop().await;
    if let Err(panic) = outcome {
        eprintln!("This was on {engine:?}.");
        resume_unwind(panic);
    }
}

impl Server {
    fn start(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => Self::Sqlite(TempDir::new().expect("a temporary directory")),
            Engine::Postgres => {
                let url = std::env::var("TEST_POSTGRES_URL").expect(
                    "TEST_POSTGRES_URL names no PostgreSQL server to test on: run `make test`, which starts one",
                );
                let url = url::Url::parse(&url).expect("TEST_POSTGRES_URL is a URL");
                Self::Postgres {
                    url,
                    databases: Mutex::default(),
                }
            }
        }
    }

    async fn create(&self) -> DatabaseSettings {
        // Tests run at the same time in many processes: the names must really be random.
        let name = format!("test_{}", OsEntropy::new(Arc::new(SystemClock)).id().simple());
        let url = match self {
            Self::Sqlite(directory) => DatabaseUrl::Sqlite(directory.path().join(name)),
            Self::Postgres { url, databases } => {
                run(url, format!("CREATE DATABASE {name}")).await;
                let mut new = url.clone();
                new.set_path(&name);
                databases.lock().await.push(name);
                DatabaseUrl::Postgres(new.into())
            }
        };
        DatabaseSettings {
            connections: 4,
            ..DatabaseSettings::new(url)
        }
    }

    async fn stop(&self) {
        if let Self::Postgres { url, databases } = self {
            for name in databases.lock().await.drain(..) {
                run(url, format!("DROP DATABASE {name} WITH (FORCE)")).await;
            }
        }
    }
}

async fn run(url: &url::Url, statement: String) {
    let mut conn = PgConnection::connect(url.as_str())
        .await
        .expect("TEST_POSTGRES_URL answers");
    sqlx::raw_sql(AssertSqlSafe(statement))
        .execute(&mut conn)
        .await
        .expect("the server obeys");
}
