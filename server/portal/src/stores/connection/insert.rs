//! Writing a new connection down.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use connectors::store::{Secret, StoreFacts};
use domain::id::{CustomerId, StoreId};

use super::StoreSettings;
use super::stored::{CREDENTIALS, HOOK_SECRET, place};
use crate::storage::{Tx, Value, sql};
use crate::stores::{Granted, Shop};
use crate::{Outcome, Portal};

/// A connection about to be written.
#[derive(Clone, Debug)]
pub struct NewConnection<'a> {
    /// The store, whose row is there already.
    pub store: StoreId,
    /// Whose store it is.
    pub customer: CustomerId,
    /// The shop.
    pub shop: &'a Shop,
    /// What lets us in.
    pub granted: &'a Granted,
    /// What the shop says about itself.
    pub facts: &'a StoreFacts,
}

/// Writes the connection of a new store, with a webhook address and secret of its own. Everything is due at once.
///
/// # Errors
/// A violation of the unique columns `store_connections.platform,external_id` when the shop is connected already.
pub async fn insert(portal: &Portal, tx: &mut Tx, new: &NewConnection<'_>) -> Outcome<()> {
    let now = portal.now();
    let seal = |field: &'static str, secret: &Secret| {
        let place = place(new.customer, new.store, field);
        portal
            .secrets
            .seal(portal.entropy.as_ref(), &place, secret.reveal().as_bytes())
            .map_err(anyhow::Error::from)
    };
    let (hook_token, hook_secret) = new_hook(portal);
    let mut query = sql(
        "INSERT INTO store_connections (store_id, platform, shop, external_id, credentials, \
         token_expires_at, hook_token, hook_secret, facts, settings, products_due_at, orders_due_at, \
         webhooks_due_at, connected_at, authorised_at, updated_at) VALUES ",
    );
    query.push_list([
        Value::Uuid(Some(new.store.0)),
        Value::Text(Some(new.shop.platform.as_str().to_owned())),
        Value::Text(Some(new.shop.address.clone())),
        Value::Text(Some(new.facts.external_id.as_str().to_owned())),
        Value::Bytes(Some(seal(CREDENTIALS, &new.granted.credentials)?.0)),
        Value::Timestamp(new.granted.expires_at),
        Value::Text(Some(hook_token)),
        Value::Bytes(Some(seal(HOOK_SECRET, &hook_secret)?.0)),
        Value::json(new.facts),
        Value::json(&StoreSettings::default()),
        Value::Timestamp(Some(now)),
        Value::Timestamp(Some(now)),
        Value::Timestamp(Some(now)),
        Value::Timestamp(Some(now)),
        Value::Timestamp(Some(now)),
        Value::Timestamp(Some(now)),
    ]);
    query.execute(tx).await?;
    Ok(())
}

/// The path and secret of a store's webhooks. Letters and digits only in the secret: WooCommerce decodes entities in
/// it before it signs with it.
pub(crate) fn new_hook(portal: &Portal) -> (String, Secret) {
    let path = URL_SAFE_NO_PAD.encode(portal.entropy.token());
    let salt = || u128::from_be_bytes(portal.entropy.salt());
    (path, Secret::new(format!("{:032x}{:032x}", salt(), salt())))
}
