//! The last words to the shop of a store that is disconnected.

use connectors::store::{ConnectionError, Secret, WebhookTarget};

use super::stored::StoredConnection;
use super::surroundings::Errand;
use crate::Portal;

/// What is needed to tell a shop that it need not send webhooks any more. Kept while the store is disconnected, which
/// erases it: that the shop may refuse it is nothing to be noted or mailed.
pub(crate) struct Farewell {
    stored: StoredConnection,
    credentials: Secret,
    target: WebhookTarget,
}

impl Farewell {
    /// Of a store as it is now; none for one that we are not let into.
    ///
    /// # Errors
    /// When its secrets cannot be opened.
    pub(crate) fn of(portal: &Portal, stored: StoredConnection) -> anyhow::Result<Option<Self>> {
        let Some(credentials) = stored.credentials(portal)? else {
            return Ok(None);
        };
        Ok(Some(Self {
            target: stored.webhook_target(portal)?,
            credentials,
            stored,
        }))
    }

    /// Removes the store's webhooks.
    ///
    /// # Errors
    /// As any call to the shop.
    pub(crate) async fn say(self, portal: &Portal) -> Result<(), ConnectionError> {
        let shop = self.stored.shop();
        let mut credentials = self.credentials;
        if self
            .stored
            .token_expires_at
            .is_some_and(|end| end <= portal.now())
        {
            let around = self.stored.around(portal, Errand::default());
            credentials = portal
                .platforms
                .renew(&shop, &credentials, around)
                .await?
                .credentials;
        }
        let around = self.stored.around(portal, Errand::default());
        let line = portal
            .platforms
            .open(&shop, &credentials, &self.stored.settings, around)?;
        line.unwatch(&self.target).await
    }
}
