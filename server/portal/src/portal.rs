//! What every use case works with.

use std::sync::Arc;

use connectors::Outbound;
use domain::Timestamp;

use crate::clock::Clock;
use crate::entropy::Entropy;
use crate::files::FileStore;
use crate::mail::MailTransport;
use crate::messages::Recorder;
use crate::secrets::KeyRing;
use crate::settings::Settings;
use crate::storage::Db;
use crate::stores::Platforms;
use crate::stores::notices::Intake;

/// What every use case works with: storage, time, randomness, settings. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Portal {
    /// The database.
    pub db: Db,
    /// What time it is.
    pub clock: Arc<dyn Clock>,
    /// Ids, tokens and salts.
    pub entropy: Arc<dyn Entropy>,
    /// Where the content of files is kept.
    pub files: Arc<dyn FileStore>,
    /// The client for every request to another system.
    pub outbound: Outbound,
    /// What secrets are sealed with.
    pub secrets: Arc<KeyRing>,
    /// The shops of all platforms.
    pub platforms: Arc<dyn Platforms>,
    /// Keeps what is said to shops, for the event inspector.
    pub recorder: Arc<Recorder>,
    /// Webhooks on their way into the database.
    pub intake: Arc<Intake>,
    /// How mails leave the house.
    pub mail: Arc<dyn MailTransport>,
    /// What the deployment has set.
    pub settings: Arc<Settings>,
}

impl Portal {
    /// What time it is.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }
}
