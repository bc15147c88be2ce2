//! A store that is being talked to.

use std::fmt;
use std::sync::{Arc, PoisonError, RwLock};

use async_trait::async_trait;
use connectors::store::{
    Capabilities, ConnectionError, Cursor, NewStoreProduct, OutgoingShipment, Page, ProgressUpdate, Result,
    Secret, StoreConnection, StoreFacts, StoreLocation, WebhookHealth, WebhookTarget, Written,
};
use domain::id::{CustomerId, StoreId};
use domain::source::{ExternalId, SourceOrder, StoreProduct};
use domain::{Platform, Timestamp};

use super::open::OpenError;
use super::renew::{reload, renewed_after, replace};
use super::stored::StoredConnection;
use super::surroundings::Errand;
use super::{StoreSettings, refused};
use crate::Portal;
use crate::stores::Granted;

/// A store that is being talked to. Credentials that turn out to be refused are renewed once and the call repeated, as
/// it is when somebody has connected the store again meanwhile; when that does not help, the store
/// *needs reauthorisation* and the call fails.
pub struct OpenStore {
    /// The store.
    pub store: StoreId,
    /// Whose it is.
    pub customer: CustomerId,
    /// Where it lives.
    pub platform: Platform,
    /// What the shop said about itself when it was connected.
    pub facts: StoreFacts,
    /// What people chose for it.
    pub settings: StoreSettings,
    portal: Portal,
    stored: StoredConnection,
    errand: Errand,
    line: RwLock<Line>,
}

/// A connection with the credentials it was made with.
#[derive(Clone)]
struct Line {
    connection: Arc<dyn StoreConnection>,
    credentials: Secret,
}

impl fmt::Debug for OpenStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenStore")
            .field("store", &self.store)
            .field("platform", &self.platform)
            .finish_non_exhaustive()
    }
}

/// Asks the shop; once more with new credentials when it refuses those it was asked with.
macro_rules! ask {
    ($self:ident, $shop:ident => $call:expr) => {{
        let line = $self.line();
        let $shop = &line.connection;
        match $call.await {
            Err(error) if error.needs_reauthorisation() => {
                let line = $self.renewed_line(&line, error).await?;
                let $shop = &line.connection;
                let answer = $call.await;
                if let Err(error) = &answer
                    && error.needs_reauthorisation()
                {
                    $self.give_up(&line, error).await;
                }
                answer
            }
            answer => answer,
        }
    }};
}

impl OpenStore {
    pub(super) fn new(
        portal: &Portal,
        stored: StoredConnection,
        errand: Errand,
    ) -> std::result::Result<Self, OpenError> {
        Ok(Self {
            store: stored.store_id,
            customer: stored.customer_id,
            platform: stored.platform,
            facts: stored.facts.0.clone(),
            settings: stored.settings.0.clone(),
            line: RwLock::new(line(portal, &stored, errand)?),
            portal: portal.clone(),
            stored,
            errand,
        })
    }

    /// Where this store's webhooks are to come.
    ///
    /// # Errors
    /// When the secret they are signed with cannot be opened.
    pub fn webhook_target(&self) -> anyhow::Result<WebhookTarget> {
        self.stored.webhook_target(&self.portal)
    }

    /// Stores what was found out about how the shop takes the credentials, so that the next line need not search.
    ///
    /// # Errors
    /// Faults of ours only.
    pub async fn keep_learned(&self) -> std::result::Result<(), OpenError> {
        let line = self.line();
        let learned = line.connection.learned();
        let Some(credentials) = learned.filter(|learned| *learned != line.credentials) else {
            return Ok(());
        };
        let expires_at = self.stored.token_expires_at;
        let granted = Granted {
            credentials,
            expires_at,
        };
        replace(&self.portal, &self.stored, &line.credentials, &granted).await
    }

    fn line(&self) -> Line {
        self.line.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A line with other credentials than `refused`, which the shop answered with `error`.
    async fn renewed_line(&self, refused: &Line, error: ConnectionError) -> Result<Line> {
        let renewable =
            self.stored.token_expires_at.is_some() && matches!(error, ConnectionError::Unauthorized { .. });
        let stored = if renewable {
            renewed_after(&self.portal, self.stored.clone(), &refused.credentials).await
        } else if self.give_up(refused, &error).await {
            return Err(error);
        } else {
            reload(&self.portal, &self.stored).await
        };
        let renewed = match stored.and_then(|stored| line(&self.portal, &stored, self.errand)) {
            Ok(line) => line,
            Err(OpenError::Connection(error)) => return Err(error),
            Err(OpenError::NotFound | OpenError::NotConnected(_)) => return Err(error),
            Err(OpenError::Unexpected(error)) => return Err(interrupted(&error)),
        };
        *self.line.write().unwrap_or_else(PoisonError::into_inner) = renewed.clone();
        Ok(renewed)
    }

    /// Notes that the shop refuses the credentials of `line`; gives whether the store has no others.
    async fn give_up(&self, line: &Line, error: &ConnectionError) -> bool {
        match refused(&self.portal, self.store, &line.credentials, error).await {
            Ok(noted) => noted,
            Err(failure) => {
                // The next call will be refused as well and note it.
                tracing::error!(store = %self.store, error = %failure, "a refused store could not be noted");
                true
            }
        }
    }
}

fn line(portal: &Portal, stored: &StoredConnection, errand: Errand) -> std::result::Result<Line, OpenError> {
    let credentials = stored
        .credentials(portal)?
        .ok_or(OpenError::NotConnected(domain::StoreState::Disconnected))?;
    let around = stored.around(portal, errand);
    let connection = portal
        .platforms
        .open(&stored.shop(), &credentials, &stored.settings, around)?;
    Ok(Line {
        connection,
        credentials,
    })
}

fn interrupted(error: &anyhow::Error) -> ConnectionError {
    ConnectionError::Interrupted(format!("{error:#}"))
}

#[async_trait]
impl StoreConnection for OpenStore {
    fn capabilities(&self) -> Capabilities {
        self.line().connection.capabilities()
    }

    async fn verify(&self) -> Result<StoreFacts> {
        ask!(self, shop => shop.verify())
    }

    async fn locations(&self) -> Result<Vec<StoreLocation>> {
        ask!(self, shop => shop.locations())
    }

    async fn products(
        &self,
        since: Option<Timestamp>,
        cursor: Option<&Cursor>,
    ) -> Result<Page<StoreProduct>> {
        ask!(self, shop => shop.products(since, cursor))
    }

    async fn product(&self, id: &ExternalId) -> Result<Option<StoreProduct>> {
        ask!(self, shop => shop.product(id))
    }

    async fn orders(&self, since: Timestamp, cursor: Option<&Cursor>) -> Result<Page<SourceOrder>> {
        ask!(self, shop => shop.orders(since, cursor))
    }

    async fn orders_placed(&self, since: Timestamp, cursor: Option<&Cursor>) -> Result<Page<SourceOrder>> {
        ask!(self, shop => shop.orders_placed(since, cursor))
    }

    async fn order(&self, id: &ExternalId) -> Result<Option<SourceOrder>> {
        ask!(self, shop => shop.order(id))
    }

    async fn write_progress(&self, update: &ProgressUpdate) -> Result<Written> {
        ask!(self, shop => shop.write_progress(update))
    }

    async fn sent(&self, order: &ExternalId) -> Result<Vec<ExternalId>> {
        ask!(self, shop => shop.sent(order))
    }

    async fn write_shipment(&self, shipment: &OutgoingShipment) -> Result<Written> {
        ask!(self, shop => shop.write_shipment(shipment))
    }

    async fn create_product(&self, product: &NewStoreProduct) -> Result<ExternalId> {
        ask!(self, shop => shop.create_product(product))
    }

    async fn watch(&self, target: &WebhookTarget) -> Result<WebhookHealth> {
        ask!(self, shop => shop.watch(target))
    }

    async fn unwatch(&self, target: &WebhookTarget) -> Result<()> {
        ask!(self, shop => shop.unwatch(target))
    }
}
