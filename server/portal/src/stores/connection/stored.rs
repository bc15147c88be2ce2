//! The row of a connection.

use std::sync::Arc;

use connectors::store::{Secret, StoreFacts, WebhookTarget};
use domain::id::{CustomerId, StoreId};
use domain::source::ExternalId;
use domain::{Platform, StoreState, Timestamp};
use sqlx::types::Json;

use super::StoreSettings;
use super::surroundings::{Around, Errand};
use crate::Portal;
use crate::secrets::{Place, Sealed};
use crate::storage::{AsConn, StorageError, sql};
use crate::stores::Shop;

/// The place of the platform's credentials.
pub(crate) const CREDENTIALS: &str = "credentials";
/// The place of what a store's webhooks are signed with.
pub(crate) const HOOK_SECRET: &str = "hook_secret";

/// Where a secret of a store belongs.
pub(crate) const fn place(customer: CustomerId, store: StoreId, field: &'static str) -> Place {
    Place::Store {
        customer,
        store,
        field,
    }
}

/// A connection as it is stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct StoredConnection {
    pub(crate) store_id: StoreId,
    pub(crate) customer_id: CustomerId,
    pub(crate) state: StoreState,
    pub(crate) platform: Platform,
    pub(crate) shop: String,
    pub(crate) external_id: String,
    pub(crate) credentials: Option<Vec<u8>>,
    pub(crate) token_expires_at: Option<Timestamp>,
    pub(crate) hook_token: String,
    pub(crate) hook_secret: Vec<u8>,
    pub(crate) facts: Json<StoreFacts>,
    pub(crate) settings: Json<StoreSettings>,
}

impl StoredConnection {
    /// The connection of any customer's store; none for a manual one.
    pub(crate) async fn any_customer_find(
        conn: &mut impl AsConn,
        store: StoreId,
    ) -> Result<Option<Self>, StorageError> {
        sql(
            "SELECT connections.store_id, stores.customer_id, stores.state, connections.platform, connections.shop, \
             connections.external_id, connections.credentials, connections.token_expires_at, \
             connections.hook_token, connections.hook_secret, connections.facts, connections.settings \
             FROM store_connections connections JOIN stores ON stores.id = connections.store_id \
             WHERE connections.store_id = $1",
        )
        .bind(store)
        .fetch_optional(conn)
        .await
    }

    /// The shop at the other end.
    pub(crate) fn shop(&self) -> Shop {
        Shop {
            platform: self.platform,
            address: self.shop.clone(),
            external_id: Some(ExternalId::new(self.external_id.as_str())),
        }
    }

    /// What a line to the shop works with.
    pub(crate) fn around(&self, portal: &Portal, errand: Errand) -> Arc<Around> {
        Arc::new(Around::new(portal, self.customer_id, Some(self.store_id), self.platform).on(errand))
    }

    /// What lets us in; none once disconnected.
    pub(crate) fn credentials(&self, portal: &Portal) -> anyhow::Result<Option<Secret>> {
        self.credentials
            .as_ref()
            .map(|sealed| self.unsealed(portal, sealed, CREDENTIALS))
            .transpose()
    }

    /// What the store's webhooks are signed with.
    pub(crate) fn hook_secret(&self, portal: &Portal) -> anyhow::Result<Secret> {
        self.unsealed(portal, &self.hook_secret, HOOK_SECRET)
    }

    /// Where the store's webhooks are to come.
    pub(crate) fn webhook_target(&self, portal: &Portal) -> anyhow::Result<WebhookTarget> {
        let path = format!("/hooks/{}/{}", self.platform.slug(), self.hook_token);
        Ok(WebhookTarget {
            url: portal.settings.link(&path),
            secret: self.hook_secret(portal)?,
        })
    }

    fn unsealed(&self, portal: &Portal, sealed: &[u8], field: &'static str) -> anyhow::Result<Secret> {
        let place = place(self.customer_id, self.store_id, field);
        let bytes = portal.secrets.open(&place, &Sealed(sealed.to_vec()))?;
        Ok(Secret::new(String::from_utf8(bytes)?))
    }

    /// Secrets of this store, sealed to be stored.
    pub(crate) fn seal(
        &self,
        portal: &Portal,
        field: &'static str,
        secret: &Secret,
    ) -> anyhow::Result<Vec<u8>> {
        let place = place(self.customer_id, self.store_id, field);
        let sealed = portal
            .secrets
            .seal(portal.entropy.as_ref(), &place, secret.reveal().as_bytes())?;
        Ok(sealed.0)
    }
}
