//! From credentials to a store.

use std::cmp::Reverse;
use std::sync::Arc;

use connectors::store::{StoreFacts, Surroundings};
use domain::id::{CustomerId, StoreId, UserId};
use domain::{AuditAction, AuditField, Platform, StoreName, StoreState, Timestamp};

use super::{ANSWERS_WITHIN, ConnectRefused, state, within};
use crate::audit::{self, Entry};
use crate::jobs;
use crate::orders::TellAgain;
use crate::storage::{AsConn, Engine, StorageError, Tx, Value, sql};
use crate::stores::connection::{Around, CREDENTIALS, HOOK_SECRET, NewConnection, insert, new_hook, place};
use crate::stores::notices::release_parked;
use crate::stores::{Granted, Shop, StoreSettings, WatchStore};
use crate::{Actor, Portal, Refusal, syncs};

/// A store that was connected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Connected {
    /// The store.
    pub store: StoreId,
    /// Whether it was there before: its products, mappings and orders are as they were.
    pub again: bool,
}

/// For whom a shop is connected.
#[derive(Clone, Copy, Debug)]
pub(super) struct For<'s> {
    pub(super) customer: CustomerId,
    pub(super) user: UserId,
    /// The store to connect again; none for whichever it turns out to be.
    pub(super) store: Option<StoreId>,
    /// The state of the authorisation that the store is to be noted at, for a person who comes back later.
    pub(super) authorisation: Option<&'s str>,
}

impl For<'_> {
    pub(super) fn surroundings(&self, portal: &Portal, platform: Platform) -> Arc<dyn Surroundings> {
        Arc::new(Around::new(portal, self.customer, self.store, platform))
    }
}

#[derive(sqlx::FromRow)]
struct Known {
    store_id: StoreId,
    customer_id: CustomerId,
    connected_at: Timestamp,
    disconnected: bool,
}

/// What the shop of a store is called by; none for a manual store.
pub(super) async fn address(portal: &Portal, store: StoreId) -> Result<Option<String>, StorageError> {
    let row: Option<(String,)> = sql("SELECT shop FROM store_connections WHERE store_id = $1")
        .bind(store)
        .fetch_optional(&mut portal.db.read().await?)
        .await?;
    Ok(row.map(|(shop,)| shop))
}

/// Tries the credentials at the shop and writes what came of it: a new store, or the one that the customer had for
/// this shop, connected again.
pub(super) async fn settle(
    portal: &Portal,
    whom: &For<'_>,
    shop: &Shop,
    granted: &Granted,
) -> Result<Connected, ConnectRefused> {
    let around = whom.surroundings(portal, shop.platform);
    let line = portal
        .platforms
        .open(shop, &granted.credentials, &StoreSettings::default(), around)?;
    let facts = within(ANSWERS_WITHIN, line.verify()).await?;
    let granted = &Granted {
        credentials: line.learned().unwrap_or_else(|| granted.credentials.clone()),
        ..granted.clone()
    };
    loop {
        let own = own(portal, whom.customer, shop.platform, &facts).await?;
        if let Some(connected) = write(portal, whom, shop, granted, &facts, own).await? {
            return Ok(connected);
        }
        // Somebody else of the customer has connected the shop between the two: it is there now.
    }
}

/// The store that the customer has for this shop, as it seems while nobody holds anything.
async fn own(
    portal: &Portal,
    customer: CustomerId,
    platform: Platform,
    facts: &StoreFacts,
) -> Result<Option<StoreId>, StorageError> {
    let known = known(&mut portal.db.read().await?, platform, facts, Locking::None).await?;
    Ok(own_of(&known, customer))
}

fn own_of(known: &[Known], customer: CustomerId) -> Option<StoreId> {
    let own = known.iter().find(|known| known.customer_id == customer);
    own.map(|own| own.store_id)
}

/// Writes the store that was connected. Nothing when the customer has another one for the shop than `expected` by now.
async fn write(
    portal: &Portal,
    whom: &For<'_>,
    shop: &Shop,
    granted: &Granted,
    facts: &StoreFacts,
    expected: Option<StoreId>,
) -> Result<Option<Connected>, ConnectRefused> {
    let mut tx = portal.db.begin().await?;
    let again = expected.filter(|own| whom.store.is_none_or(|store| store == *own));
    if let Some(own) = again {
        // Before any store is held: this may wait for a job that ends, which then wants the store.
        begin_work(portal, &mut tx, whom.customer, own).await?;
    }
    let known = known(&mut tx, shop.platform, facts, Locking::Hold).await?;
    if known
        .iter()
        .any(|known| known.customer_id != whom.customer && !known.disconnected)
    {
        return Err(ConnectRefused::code("store-already-connected"));
    }
    if own_of(&known, whom.customer) != expected {
        return Ok(None);
    }
    let store = match again {
        Some(own) => {
            reconnect(portal, &mut tx, whom, own, shop, granted, facts).await?;
            own
        }
        None if whom.store.is_some() => return Err(ConnectRefused::code("store-other-shop")),
        None => {
            let store = create(portal, &mut tx, whom, shop, granted, facts).await?;
            begin_work(portal, &mut tx, whom.customer, store).await?;
            store
        }
    };
    syncs::products_later(portal, &mut tx, store).await?;
    if let Some(state) = whom.authorisation {
        state::note_connected(&mut tx, state, store).await?;
    }
    let connected = Connected {
        store,
        again: again.is_some(),
    };
    record(portal, &mut tx, whom, shop, connected).await?;
    tx.commit().await?;
    Ok(Some(connected))
}

async fn record(
    portal: &Portal,
    tx: &mut Tx,
    whom: &For<'_>,
    shop: &Shop,
    connected: Connected,
) -> Result<(), StorageError> {
    let (name,): (String,) = sql("SELECT name FROM stores WHERE id = $1")
        .bind(connected.store)
        .fetch_one(tx)
        .await?;
    let action = if connected.again {
        AuditAction::StoreReconnected
    } else {
        AuditAction::StoreConnected
    };
    let entry = Entry::new(action)
        .of(whom.customer)
        .about(connected.store, name)
        .with(AuditField::Platform, shop.platform.as_str())
        .with(AuditField::Shop, shop.address.as_str());
    let actor = Actor::person(tx, whom.user).await?;
    audit::record(tx, portal, &actor, entry).await
}

/// Has the store's webhooks set up and its products read while the person waits; its orders are due by its row.
async fn begin_work(
    portal: &Portal,
    tx: &mut Tx,
    customer: CustomerId,
    store: StoreId,
) -> Result<(), StorageError> {
    jobs::enqueue(tx, portal, WatchStore { store }.new_job(customer)).await?;
    syncs::first(portal, tx, customer, store).await?;
    Ok(())
}

/// Whether the stores that are found are held.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Locking {
    None,
    Hold,
}

/// The stores that a shop is or was, those still connected first, then the newest. They are held in the order of
/// their ids, as everybody does.
async fn known(
    conn: &mut impl AsConn,
    platform: Platform,
    facts: &StoreFacts,
    locking: Locking,
) -> Result<Vec<Known>, StorageError> {
    let mut query = sql(
        "SELECT connections.store_id, stores.customer_id, connections.connected_at, \
         connections.disconnected_at IS NOT NULL AS disconnected FROM store_connections connections \
         JOIN stores ON stores.id = connections.store_id WHERE connections.platform = ",
    );
    query
        .push_bind(platform.as_str())
        .push(" AND connections.external_id = ")
        .push_bind(facts.external_id.as_str())
        .push(" ORDER BY stores.id");
    if locking == Locking::Hold && conn.engine() == Engine::Postgres {
        query.push(" FOR NO KEY UPDATE OF stores");
    }
    let mut known: Vec<Known> = query.fetch_all(conn).await?;
    known.sort_by_key(|known| (known.disconnected, Reverse(known.connected_at)));
    Ok(known)
}

async fn create(
    portal: &Portal,
    tx: &mut Tx,
    whom: &For<'_>,
    shop: &Shop,
    granted: &Granted,
    facts: &StoreFacts,
) -> Result<StoreId, ConnectRefused> {
    let store = StoreId(portal.entropy.id());
    let name = free_name(tx, whom.customer, &facts.name, &shop.address).await?;
    sql("INSERT INTO stores (id, customer_id, platform, name, name_key, state, created_at, created_by, updated_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $7)")
    .bind(store)
    .bind(whom.customer)
    .bind(shop.platform.as_str())
    .bind(name.as_str())
    .bind(name.key())
    .bind(StoreState::Connected.as_str())
    .bind(portal.now())
    .bind(whom.user)
    .execute(tx)
    .await?;
    let new = NewConnection {
        store,
        customer: whom.customer,
        shop,
        granted,
        facts,
    };
    insert(portal, tx, &new).await.map_err(taken)?;
    Ok(store)
}

/// Somebody else was a moment quicker.
fn taken(refusal: Refusal) -> ConnectRefused {
    let columns = match &refusal {
        Refusal::Unexpected(error) => error
            .downcast_ref::<StorageError>()
            .and_then(StorageError::unique_violation),
        _ => None,
    };
    match columns.as_deref() {
        Some("store_connections.platform,external_id") => ConnectRefused::code("store-already-connected"),
        _ => refusal.into(),
    }
}

/// The shop's own name, with a number when another store of the customer has it.
async fn free_name(
    tx: &mut Tx,
    customer: CustomerId,
    name: &str,
    address: &str,
) -> Result<StoreName, ConnectRefused> {
    let wanted = StoreName::parse(name)
        .or_else(|_| StoreName::parse(address))
        .map_err(|problem| Refusal::field("name", problem))?;
    let taken: Vec<(String,)> = sql("SELECT name_key FROM stores WHERE customer_id = $1")
        .bind(customer)
        .fetch_all(tx)
        .await?;
    let numbered = (2..).map(|number| format!("{} {number}", wanted.as_str()));
    let free = numbered
        .map(|name| StoreName::parse(&name).unwrap_or_else(|_| wanted.clone()))
        .take(taken.len() + 1)
        .find(|name| !taken.iter().any(|(key,)| *key == name.key()));
    let is_taken = taken.iter().any(|(key,)| *key == wanted.key());
    Ok(if is_taken { free.unwrap_or(wanted) } else { wanted })
}

async fn reconnect(
    portal: &Portal,
    tx: &mut Tx,
    whom: &For<'_>,
    store: StoreId,
    shop: &Shop,
    granted: &Granted,
    facts: &StoreFacts,
) -> Result<(), ConnectRefused> {
    let now = portal.now();
    let seal = |field, text: &str| {
        let place = place(whom.customer, store, field);
        portal
            .secrets
            .seal(portal.entropy.as_ref(), &place, text.as_bytes())
            .map_err(anyhow::Error::from)
    };
    let credentials = seal(CREDENTIALS, granted.credentials.reveal())?;
    let (token, secret) = new_hook(portal);
    let secret = seal(HOOK_SECRET, secret.reveal())?;
    // A disconnected store has lost its webhooks: they come to a new address.
    sql(
        "UPDATE store_connections SET shop = $2, credentials = $3, token_expires_at = $4, facts = $5, \
         refreshing_until = NULL, refresh_fence = refresh_fence + 1, \
         hook_token = CASE WHEN disconnected_at IS NULL THEN hook_token ELSE $6 END, \
         hook_secret = CASE WHEN disconnected_at IS NULL THEN hook_secret ELSE $7 END, \
         reason = NULL, words = NULL, failures = 0, failing_since = NULL, disconnected_at = NULL, \
         products_due_at = $8, orders_due_at = $8, webhooks_due_at = $8, authorised_at = $8, updated_at = $8 WHERE store_id = $1",
    )
    .bind(store)
    .bind(&shop.address)
    .bind(credentials.0)
    .bind(granted.expires_at)
    .bind(Value::json(facts))
    .bind(token)
    .bind(secret.0)
    .bind(now)
    .execute(tx)
    .await?;
    sql("UPDATE stores SET state = $2, updated_at = $3 WHERE id = $1")
        .bind(store)
        .bind(StoreState::Connected.as_str())
        .bind(now)
        .execute(tx)
        .await?;
    release_parked(portal, tx, whom.customer, store).await?;
    TellAgain::after_reconnection(portal, tx, store, whom.customer).await?;
    Ok(())
}
