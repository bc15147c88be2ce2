//! From settings to what use cases work with.

use std::sync::Arc;

use anyhow::Context as _;
use connectors::outbound::{Outbound, OutboundSettings, Targets};
use portal::Portal;
use portal::clock::{Clock, SystemClock};
use portal::entropy::OsEntropy;
use portal::files::DirectoryStore;
use portal::mail::{MailTransport, Route, SmtpSettings, SmtpTransport};
use portal::secrets::{self, development_ring};
use portal::settings::Settings;
use portal::storage::{DatabaseSettings, Db};
use portal::stores::Connectors;
use sandbox::mail::{MailCatcher, Options};

/// What use cases work with, and what stands in for what nobody has set up.
pub(super) struct Surroundings {
    /// What use cases work with.
    pub(super) portal: Portal,
    /// Takes the mails of a development portal without a mail server, as long as it is kept.
    pub(super) mail_catcher: Option<MailCatcher>,
}

/// Opens the database, brings it to this version and gathers the rest.
///
/// # Errors
/// When the data directory cannot be written or the database cannot be opened or migrated.
pub(super) async fn open(settings: Settings) -> anyhow::Result<Surroundings> {
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
    let (mail, mail_catcher) = mail(&settings).await?;
    let entropy = OsEntropy::new(Arc::clone(&clock));
    let secrets = match settings.encryption.ring()? {
        Some(ring) => ring,
        None => development_ring(&settings.data_dir, &entropy)
            .context("the key in the data directory cannot be used")?,
    };
    let outbound = outbound(&settings)?;
    let portal = Portal {
        db,
        entropy: Arc::new(entropy),
        secrets: Arc::new(secrets),
        platforms: Arc::new(Connectors::new(&outbound, &settings)?),
        recorder: Arc::default(),
        intake: Arc::default(),
        clock,
        files: Arc::new(files),
        mail,
        outbound,
        settings: Arc::new(settings),
    };
    secrets::check(&portal).await?;
    Ok(Surroundings { portal, mail_catcher })
}

/// The way to the mail server, or to a catcher of our own. Both are spoken to alike.
async fn mail(settings: &Settings) -> anyhow::Result<(Arc<dyn MailTransport>, Option<MailCatcher>)> {
    let (smtp, catcher) = match settings.mail.route(settings.environment)? {
        Route::Server(smtp) => (smtp, None),
        Route::BuiltInCatcher => {
            let options = Options {
                directory: Some(settings.data_dir.join("mail")),
                ..Options::default()
            };
            let catcher = MailCatcher::start(([127, 0, 0, 1], 0).into(), options)
                .await
                .context("the built-in mail catcher cannot start")?;
            let address = catcher.address();
            (
                SmtpSettings::plain(address.ip().to_string(), address.port()),
                Some(catcher),
            )
        }
    };
    let transport = SmtpTransport::new(&smtp, &settings.mail, &settings.brand)
        .context("the settings under mail cannot be used")?;
    Ok((Arc::new(transport), catcher))
}

fn outbound(settings: &Settings) -> anyhow::Result<Outbound> {
    let targets = if settings.outbound.allow_loopback {
        Targets::PublicAndLoopback
    } else {
        Targets::PublicOnly
    };
    Ok(Outbound::new(OutboundSettings {
        targets,
        ..OutboundSettings::default()
    })?)
}
