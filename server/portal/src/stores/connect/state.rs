//! What makes a callback ours: a random state, kept hashed, bound to the person, good once and for ten minutes.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use connectors::store::{AuthorisationError, Secret};
use domain::id::{CustomerId, StoreId, UserId};
use domain::{Platform, Timestamp};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::ConnectRefused;
use crate::Portal;
use crate::access::Client;
use crate::secrets::{Place, Sealed};
use crate::storage::{AsConn, StorageError, Tx, sql};
use crate::stores::Shop;

/// How long a person may take on the platform's page.
const LIVES: Duration = Duration::from_mins(10);

/// The place of what proves that it was us who asked: the store does not exist yet.
const fn place(customer: CustomerId) -> Place {
    Place::Store {
        customer,
        store: StoreId(Uuid::nil()),
        field: "authorisation_verifier",
    }
}

pub(super) fn hash(state: &str) -> Vec<u8> {
    Sha256::digest(state.as_bytes()).to_vec()
}

/// An authorisation under way.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct Authorisation {
    pub(super) platform: Platform,
    pub(super) user_id: UserId,
    pub(super) customer_id: CustomerId,
    pub(super) shop: Option<String>,
    pub(super) store_id: Option<StoreId>,
    verifier: Option<Vec<u8>>,
    expires_at: Timestamp,
    used_at: Option<Timestamp>,
}

/// The secrets of an authorisation that begins.
#[derive(Clone, Debug)]
pub(super) struct Begun {
    /// Travels with the person.
    pub(super) state: String,
    /// Stays here until they are back.
    pub(super) verifier: Secret,
}

/// Notes that `client` is sent to `platform`.
pub(super) async fn begin(
    portal: &Portal,
    client: &Client,
    platform: Platform,
    shop: Option<&Shop>,
    store: Option<StoreId>,
) -> Result<Begun, ConnectRefused> {
    let state = URL_SAFE_NO_PAD.encode(portal.entropy.token());
    let verifier = Secret::new(URL_SAFE_NO_PAD.encode(portal.entropy.token()));
    let sealed = portal
        .secrets
        .seal(
            portal.entropy.as_ref(),
            &place(client.customer),
            verifier.reveal().as_bytes(),
        )
        .map_err(anyhow::Error::from)?;
    let now = portal.now();
    let mut tx = portal.db.begin().await?;
    sql("DELETE FROM store_authorisations WHERE expires_at < $1")
        .bind(now - Duration::from_hours(24))
        .execute(&mut tx)
        .await?;
    sql("INSERT INTO store_authorisations (state_hash, platform, user_id, customer_id, shop, store_id, verifier, \
         expires_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
    .bind(hash(&state))
    .bind(platform.as_str())
    .bind(client.user)
    .bind(client.customer)
    .bind(shop.map(|shop| shop.address.as_str()))
    .bind(store)
    .bind(sealed.0)
    .bind(now + LIVES)
    .bind(now)
    .execute(&mut tx)
    .await?;
    tx.commit().await?;
    Ok(Begun { state, verifier })
}

/// The authorisation that `state` belongs to, whatever became of it.
pub(super) async fn find(
    conn: &mut impl AsConn,
    platform: Platform,
    state: &str,
) -> Result<Authorisation, ConnectRefused> {
    sql(
        "SELECT platform, user_id, customer_id, shop, store_id, verifier, expires_at, used_at \
         FROM store_authorisations WHERE state_hash = $1 AND platform = $2",
    )
    .bind(hash(state))
    .bind(platform.as_str())
    .fetch_optional(conn)
    .await?
    .ok_or_else(|| AuthorisationError::Forged("state").into())
}

/// Uses the authorisation of `state` up.
///
/// # Errors
/// `authorisation-forged` for a state that was never given to `user`; `authorisation-expired` for one that was used or
/// is too old. Without a `user` nobody is logged in: the platform's server calls.
pub(super) async fn take(
    portal: &Portal,
    platform: Platform,
    state: &str,
    user: Option<(UserId, CustomerId)>,
) -> Result<Authorisation, ConnectRefused> {
    let mut tx = portal.db.begin().await?;
    let authorisation = find(&mut tx, platform, state).await?;
    let theirs = (authorisation.user_id, authorisation.customer_id);
    if user.is_some_and(|user| user != theirs) {
        return Err(AuthorisationError::Forged("state").into());
    }
    let now = portal.now();
    let taken = sql("UPDATE store_authorisations SET used_at = $2 WHERE state_hash = $1 AND used_at IS NULL")
        .bind(hash(state))
        .bind(now)
        .execute(&mut tx)
        .await?;
    tx.commit().await?;
    if taken == 0 || authorisation.used_at.is_some() || authorisation.expires_at <= now {
        return Err(AuthorisationError::Expired.into());
    }
    Ok(authorisation)
}

/// Notes what came of an authorisation: in the transaction that connects the store, so that nobody is told otherwise.
pub(super) async fn note_connected(tx: &mut Tx, state: &str, store: StoreId) -> Result<(), StorageError> {
    sql("UPDATE store_authorisations SET connected_store_id = $2 WHERE state_hash = $1")
        .bind(hash(state))
        .bind(store)
        .execute(tx)
        .await?;
    Ok(())
}

impl Authorisation {
    /// What was kept here while the person was away.
    pub(super) fn verifier(&self, portal: &Portal) -> anyhow::Result<Option<Secret>> {
        let Some(sealed) = &self.verifier else {
            return Ok(None);
        };
        let bytes = portal
            .secrets
            .open(&place(self.customer_id), &Sealed(sealed.clone()))?;
        Ok(Some(Secret::new(String::from_utf8(bytes)?)))
    }

    /// The shop the person named before.
    pub(super) fn shop(&self) -> Option<Shop> {
        self.shop.as_ref().map(|address| Shop {
            platform: self.platform,
            address: address.clone(),
            external_id: None,
        })
    }
}
