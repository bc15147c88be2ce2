//! Connecting WooCommerce with keys that the owner made.

use domain::id::StoreId;
use domain::{Permission, Platform};

use super::settle::{For, address, settle};
use super::{ANSWERS_WITHIN, ConnectRefused, Connected, within};
use crate::access::Client;
use crate::stores::{TypedKeys, find};
use crate::{Portal, Refusal};

/// What the form asks for, as typed.
#[derive(Clone, Debug, Default)]
pub struct KeysForm {
    /// The shop's address; blank for the one that `store` has.
    pub shop: String,
    /// `ck_…`
    pub consumer_key: String,
    /// `cs_…`
    pub consumer_secret: String,
    /// The owner accepts that the shop is spoken to without encryption.
    pub plain_http: bool,
    /// The store to connect again; none for a new one.
    pub store: Option<StoreId>,
}

/// Tries the keys and connects the shop: *Verify connection* and *Connect* are one.
///
/// # Errors
/// [`Refusal::Invalid`] in `shop`, `consumer_key`, `consumer_secret`; [`ConnectRefused::Shop`] with what exactly is
/// wrong; [`Refusal::Conflict`] with `store-not-online` for a manual store; [`Refusal::Forbidden`] without
/// [`Permission::ConnectStores`].
pub async fn woocommerce_keys(
    portal: &Portal,
    client: &Client,
    form: &KeysForm,
) -> Result<Connected, ConnectRefused> {
    client.require(Permission::ConnectStores)?;
    let known = match form.store {
        Some(store) => {
            let store = find(portal, &client.scope(), store).await?;
            let known = address(portal, store.id).await?;
            Some(known.ok_or_else(|| Refusal::conflict("store-not-online"))?)
        }
        None => None,
    };
    let shop = known.filter(|_| form.shop.trim().is_empty());
    // A store has an address without encryption because its owner accepted that.
    let plain_http = form.plain_http || shop.as_deref().is_some_and(|shop| shop.starts_with("http://"));
    let keys = TypedKeys {
        shop: shop.as_deref().unwrap_or(&form.shop),
        consumer_key: &form.consumer_key,
        consumer_secret: &form.consumer_secret,
        plain_http,
    };
    let (shop, granted) = portal.platforms.keys(&keys).map_err(Refusal::Invalid)?;
    let whom = For {
        customer: client.customer,
        user: client.user,
        store: form.store,
        authorisation: None,
    };
    let around = whom.surroundings(portal, Platform::WooCommerce);
    let shop = within(ANSWERS_WITHIN, portal.platforms.find(&shop, plain_http, around)).await?;
    settle(portal, &whom, &shop, &granted).await
}
