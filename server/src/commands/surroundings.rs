//! From settings to what use cases work with.

use std::sync::Arc;

use anyhow::Context as _;
use connectors::outbound::{Outbound, OutboundSettings, Targets};
use portal::Portal;
use portal::clock::{Clock, SystemClock};
use portal::entropy::OsEntropy;
use portal::files::DirectoryStore;
use portal::settings::Settings;
use portal::storage::{DatabaseSettings, Db};

/// Opens the database, brings it to this version and gathers the rest.
///
/// # Errors
/// When the data directory cannot be written or the database cannot be opened or migrated.
pub(super) async fn open(settings: Settings) -> anyhow::Result<Portal> {
    std::fs::create_dir_all(&settings.data_dir).with_context(|| {
        format!(
            "the data directory {} cannot be made",
            settings.data_dir.display()
        )
    })?;
    let database = DatabaseSettings {
        url: settings.database_url().parse()?,
        connections: settings.database.connections,
    };
    let db = Db::connect(&database)
        .await
        .with_context(|| format!("{} cannot be opened", database.url))?;
    db.migrate()
        .await
        .with_context(|| format!("{} cannot be brought to this version", database.url))?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    let files = DirectoryStore::open(settings.data_dir.join("files"), clock.now())
        .await
        .context("the files in the data directory cannot be opened")?;
    let targets = if settings.outbound.allow_loopback {
        Targets::PublicAndLoopback
    } else {
        Targets::PublicOnly
    };
    let outbound = Outbound::new(OutboundSettings {
        targets,
        ..OutboundSettings::default()
    })?;
    Ok(Portal {
        db,
        entropy: Arc::new(OsEntropy::new(Arc::clone(&clock))),
        clock,
        files: Arc::new(files),
        outbound,
        settings: Arc::new(settings),
    })
}
