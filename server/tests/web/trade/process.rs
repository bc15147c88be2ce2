//! The real program, to be killed.

use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use portal::storage::DatabaseUrl;
use sandbox::{etsy, shopify};
use tempfile::TempDir;
use tokio::time::Instant;

/// How long the program may take to be ready, and to finish its work: generous, for machines that are busy.
pub(super) const PATIENCE: Duration = Duration::from_mins(2);

/// What the program is started with.
pub(super) struct Program {
    directory: TempDir,
    environment: Vec<(&'static str, String)>,
    ready: String,
}

impl Program {
    /// The portal of a database, listening at `address`, with the stand-ins at `origin` as its platforms.
    pub(super) fn new(database: &DatabaseUrl, address: SocketAddr, origin: &str) -> Self {
        let directory = TempDir::new().unwrap();
        let database = match database {
            DatabaseUrl::Sqlite(path) => format!("sqlite:{}", path.display()),
            DatabaseUrl::Postgres(url) => url.clone(),
        };
        let environment = vec![
            ("PORTAL_BASE_URL", format!("http://{address}")),
            ("PORTAL_LISTEN", address.to_string()),
            ("PORTAL_DATA_DIR", directory.path().display().to_string()),
            ("PORTAL_DATABASE__URL", database),
            // What the test's own portal seals with.
            (
                "PORTAL_ENCRYPTION__KEYS__TEST",
                "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=".to_owned(),
            ),
            ("PORTAL_ROLES__WORKER_LEASE_SECONDS", "5".to_owned()),
            ("PORTAL_OUTBOUND__ALLOW_LOOPBACK", "true".to_owned()),
            ("PORTAL_LOG__FILTER", "warn".to_owned()),
            ("PORTAL_SHOPIFY__CLIENT_ID", shopify::CLIENT_ID.to_owned()),
            ("PORTAL_SHOPIFY__CLIENT_SECRET", shopify::CLIENT_SECRET.to_owned()),
            ("PORTAL_SHOPIFY__HOSTS", format!("{origin}/shopify/{{name}}")),
            ("PORTAL_ETSY__KEYSTRING", etsy::KEYSTRING.to_owned()),
            ("PORTAL_ETSY__SHARED_SECRET", etsy::SHARED_SECRET.to_owned()),
            ("PORTAL_ETSY__WEBHOOK_SECRET", etsy::WEBHOOK_SECRET.to_owned()),
            ("PORTAL_ETSY__BASE_URL", format!("{origin}/etsy")),
        ];
        Self {
            directory,
            environment,
            ready: format!("http://{address}/health/ready"),
        }
    }

    /// Starts it and waits until it is ready.
    pub(super) async fn start(&self) -> Process {
        let child = Command::new(env!("CARGO_BIN_EXE_server"))
            .arg("run")
            .env_clear()
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .current_dir(self.directory.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut process = Process(child);
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let began = Instant::now();
        loop {
            let answer = client.get(&self.ready).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return process;
            }
            let ended = process.0.try_wait().unwrap();
            assert!(ended.is_none(), "the server ended by itself: {ended:?}");
            assert!(began.elapsed() < PATIENCE, "the server does not become ready");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }
}

/// The program at work. It ends as in a power failure.
pub(super) struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}
