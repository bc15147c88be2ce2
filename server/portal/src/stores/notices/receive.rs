//! A webhook arrives.

use connectors::store::{Arrived, Notice, NoticeRefused, Subject};
use domain::id::{CustomerId, MessageId, StoreId};
use domain::{MessageState, Platform, StoreState};

use super::intake::{self, Delivery};
use crate::Portal;
use crate::storage::{AsConn, StorageError, Value, sql};
use crate::stores::connection::StoredConnection;

/// Headers that carry signatures or let somebody in; they are not kept.
const SECRET_HEADERS: [&str; 6] = [
    "authorization",
    "cookie",
    "x-shopify-hmac-sha256",
    "x-wc-webhook-signature",
    "webhook-signature",
    "x-secret",
];

/// What became of a webhook that is genuine. All are answered with 2xx.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// Stored; a job works on it.
    Stored,
    /// Stored, to be worked on once its customer or store is back.
    Parked,
    /// It is here already.
    Duplicate,
    /// It wants nothing but an answer.
    Nothing,
}

/// Why a webhook was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum NotAccepted {
    /// No connected store has this address.
    #[error("no store has this webhook address")]
    UnknownStore,
    /// It is not genuine, or cannot be read.
    #[error(transparent)]
    Refused(#[from] NoticeRefused),
    /// A fault of ours: the platform delivers again, or the next poll finds what it was about.
    #[error(transparent)]
    Unexpected(#[from] anyhow::Error),
}

impl From<StorageError> for NotAccepted {
    fn from(error: StorageError) -> Self {
        Self::Unexpected(error.into())
    }
}

/// Whose webhook it is.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
struct Owner {
    store_id: StoreId,
    customer_id: CustomerId,
    state: StoreState,
    storefronts_access: bool,
}

/// Whether a connected store has the address that ends in `token`: asked before anything is read of what comes there.
///
/// # Errors
/// When the database fails.
pub async fn is_address(portal: &Portal, platform: Platform, token: &str) -> Result<bool, StorageError> {
    let mut conn = portal.db.read().await?;
    Ok(store_at(&mut conn, platform, token).await?.is_some())
}

async fn store_at(
    conn: &mut impl AsConn,
    platform: Platform,
    token: &str,
) -> Result<Option<StoreId>, StorageError> {
    let store: Option<(StoreId,)> = sql("SELECT store_id FROM store_connections \
         WHERE hook_token = $1 AND platform = $2 AND disconnected_at IS NULL")
    .bind(token)
    .bind(platform.as_str())
    .fetch_optional(conn)
    .await?;
    Ok(store.map(|(store,)| store))
}

/// Takes a webhook in that came to the address of a store (`token`), or to that of the whole application. When it
/// gives an [`Arrival`], everything is committed.
///
/// # Errors
/// [`NotAccepted`]; nothing is stored then.
pub async fn receive(
    portal: &Portal,
    platform: Platform,
    token: Option<&str>,
    arrived: &Arrived<'_>,
) -> Result<Arrival, NotAccepted> {
    let (notice, owner) = match token {
        Some(token) => of_store(portal, platform, token, arrived).await?,
        None => of_application(portal, platform, arrived).await?,
    };
    if matches!(notice.subject, Subject::Ping) {
        return Ok(Arrival::Nothing);
    }
    let Some(owner) = owner else {
        // The platform must not go on delivering what no store here is concerned by.
        tracing::info!(%platform, topic = notice.topic, "a webhook of a shop that is not connected");
        return Ok(Arrival::Nothing);
    };
    intake::store(portal, delivery(portal, platform, &owner, notice, arrived)).await
}

/// Routed by the address, verified with the store's own secret.
async fn of_store(
    portal: &Portal,
    platform: Platform,
    token: &str,
    arrived: &Arrived<'_>,
) -> Result<(Notice, Option<Owner>), NotAccepted> {
    let mut conn = portal.db.read().await?;
    let store = store_at(&mut conn, platform, token)
        .await?
        .ok_or(NotAccepted::UnknownStore)?;
    let stored = StoredConnection::any_customer_find(&mut conn, store)
        .await?
        .ok_or(NotAccepted::UnknownStore)?;
    let owner = owner(&mut conn, store).await?;
    drop(conn);
    let secret = stored.hook_secret(portal)?;
    let notice = portal.platforms.verify_notice(platform, Some(&secret), arrived)?;
    Ok((notice, owner))
}

/// Verified with the application's secret, routed by the shop that the webhook names.
async fn of_application(
    portal: &Portal,
    platform: Platform,
    arrived: &Arrived<'_>,
) -> Result<(Notice, Option<Owner>), NotAccepted> {
    let notice = portal.platforms.verify_notice(platform, None, arrived)?;
    let Some(shop) = &notice.shop else {
        return Ok((notice, None));
    };
    let mut conn = portal.db.read().await?;
    // A shop that was disconnected still has its privacy requests, 48 hours later.
    let store: Option<(StoreId,)> = sql("SELECT store_id FROM store_connections \
         WHERE platform = $1 AND shop = $2 ORDER BY disconnected_at IS NOT NULL, connected_at DESC LIMIT 1")
    .bind(platform.as_str())
    .bind(shop)
    .fetch_optional(&mut conn)
    .await?;
    let owner = match store {
        Some((store,)) => owner(&mut conn, store).await?,
        None => None,
    };
    Ok((notice, owner))
}

async fn owner(conn: &mut impl AsConn, store: StoreId) -> Result<Option<Owner>, StorageError> {
    sql(
        "SELECT stores.id AS store_id, stores.customer_id, stores.state, customers.storefronts_access \
         FROM stores JOIN customers ON customers.id = stores.customer_id WHERE stores.id = $1",
    )
    .bind(store)
    .fetch_optional(conn)
    .await
}

impl Owner {
    /// Whether what the notice is about must wait. Privacy requests and the end of a connection never do.
    fn parks(&self, subject: &Subject) -> bool {
        let about_business = matches!(
            subject,
            Subject::Order(_)
                | Subject::OrderGone(_)
                | Subject::Product(_)
                | Subject::ProductGone(_)
                | Subject::BulkFinished
        );
        let open = matches!(self.state, StoreState::Connected | StoreState::NeedsAttention);
        about_business && !(self.storefronts_access && open)
    }
}

fn delivery(
    portal: &Portal,
    platform: Platform,
    owner: &Owner,
    notice: Notice,
    arrived: &Arrived<'_>,
) -> Delivery {
    let state = if matches!(notice.subject, Subject::Nothing) {
        MessageState::Ignored
    } else if owner.parks(&notice.subject) {
        MessageState::Parked
    } else {
        MessageState::Received
    };
    let headers: Vec<_> = arrived
        .headers
        .iter()
        .filter(|(name, _)| !SECRET_HEADERS.contains(&name.as_str()))
        .collect();
    Delivery {
        id: MessageId(portal.entropy.id()),
        platform,
        store: owner.store_id,
        customer: owner.customer_id,
        topic: notice.topic,
        key: notice.key,
        state,
        headers: Value::json(&headers),
        body: arrived.body.to_vec(),
        subject: Value::json(&notice.subject),
        happened_at: notice.happened_at,
        arrived_at: portal.now(),
    }
}
