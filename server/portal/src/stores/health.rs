//! How a store is doing: its health card.

use connectors::store::{StoreFacts, WebhookHealth};
use domain::id::StoreId;
use domain::{StoreState, Timestamp};
use sqlx::types::Json;

use super::failing::{Failing, NEXT_TRY};
use super::{StoreSettings, push_scope};
use crate::access::Scope;
use crate::storage::sql;
use crate::{Outcome, Portal};

/// What the health card of an online store shows.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct StoreHealth {
    /// How the connection is.
    pub state: StoreState,
    /// What the shop is called by at its platform.
    pub shop: String,
    /// What it said about itself.
    pub facts: Json<StoreFacts>,
    /// What people chose for it.
    pub settings: Json<StoreSettings>,
    /// Why it is not fine: translated as `connection-<reason>`, the remedy as `connection-<reason>-fix`.
    pub reason: Option<String>,
    /// The platform's own words.
    pub words: Option<String>,
    /// Failures in a row.
    pub failures: i64,
    /// Since when.
    pub failing_since: Option<Timestamp>,
    /// When it is read next: by the sync that waits for its next attempt, or else by the schedule.
    pub next_try_at: Option<Timestamp>,
    /// When the token ends and is renewed; `None` when it does not.
    pub token_expires_at: Option<Timestamp>,
    /// When products were read last.
    pub products_synced_at: Option<Timestamp>,
    /// When they are read next.
    pub products_due_at: Option<Timestamp>,
    /// When orders were read last.
    pub orders_synced_at: Option<Timestamp>,
    /// When they are read next.
    pub orders_due_at: Option<Timestamp>,
    /// When the store told something by itself last.
    pub last_webhook_at: Option<Timestamp>,
    /// Which webhooks are set up.
    pub webhook_health: Option<Json<WebhookHealth>>,
    /// When that was looked at.
    pub webhooks_checked_at: Option<Timestamp>,
    /// When the store was connected.
    pub connected_at: Timestamp,
}

impl StoreHealth {
    /// What keeps the store from being read while nobody has stopped it; `None` while all is well.
    pub fn failing(&self) -> Option<Failing> {
        Failing::of(
            self.state,
            self.reason.clone()?,
            self.words.clone(),
            self.failures,
            self.failing_since,
            self.next_try_at,
        )
    }
}

/// How a store is doing; `None` for a manual store, and for one out of `scope`.
///
/// # Errors
/// Only unexpected ones.
pub async fn health(portal: &Portal, scope: &Scope, store: StoreId) -> Outcome<Option<StoreHealth>> {
    let mut query = sql(
        "SELECT stores.state, shop, facts, settings, connections.reason, words, failures, failing_since, \
         token_expires_at, products_synced_at, products_due_at, orders_synced_at, orders_due_at, last_webhook_at, \
         webhook_health, webhooks_checked_at, connected_at, ",
    );
    query.push(NEXT_TRY).push(
        " AS next_try_at FROM store_connections connections JOIN stores ON stores.id = connections.store_id \
         WHERE stores.id = ",
    );
    query.push_bind(store);
    push_scope(&mut query, scope);
    Ok(query.fetch_optional(&mut portal.db.read().await?).await?)
}
