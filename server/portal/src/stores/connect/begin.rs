//! Sending a person to the platform's own page.

use domain::id::StoreId;
use domain::{Permission, Platform};

use super::elsewhere::refuse_elsewhere;
use super::settle::For;
use super::{ANSWERS_WITHIN, ConnectRefused, callback, state, within};
use crate::access::Client;
use crate::stores::{AuthorisationRequest, Shop, find};
use crate::{Portal, Refusal};

/// What a person wants to connect.
#[derive(Clone, Debug)]
pub struct NewAuthorisation<'a> {
    /// Where.
    pub platform: Platform,
    /// What they typed as the shop's name or address. Not asked for on Etsy: whoever agrees there has one shop.
    pub shop: &'a str,
    /// The owner accepts that the shop is spoken to without encryption. Only WooCommerce has such.
    pub plain_http: bool,
}

/// Begins to connect a shop; gives the address of the platform's page to send the browser to. The person is back
/// within ten minutes, or begins anew.
///
/// # Errors
/// [`Refusal::Invalid`] in `shop`; [`ConnectRefused::Shop`] when no shop is found there, or with
/// `platform-not-set-up` or `store-already-connected`; [`Refusal::Forbidden`] without [`Permission::ConnectStores`].
pub async fn begin(
    portal: &Portal,
    client: &Client,
    new: &NewAuthorisation<'_>,
) -> Result<String, ConnectRefused> {
    client.require(Permission::ConnectStores)?;
    let shop = match new.platform {
        Platform::Etsy => None,
        platform => Some(
            portal
                .platforms
                .shop(platform, new.shop)
                .map_err(|problem| Refusal::field("shop", problem))?,
        ),
    };
    if !portal.platforms.offers(new.platform) {
        return Err(ConnectRefused::code("platform-not-set-up"));
    }
    let shop = match shop {
        Some(shop) => {
            let whom = For {
                customer: client.customer,
                user: client.user,
                store: None,
                authorisation: None,
            };
            let around = whom.surroundings(portal, new.platform);
            Some(
                within(
                    ANSWERS_WITHIN,
                    portal.platforms.find(&shop, new.plain_http, around),
                )
                .await?,
            )
        }
        None => None,
    };
    send(portal, client, new.platform, shop.as_ref(), None).await
}

/// Begins to connect a store of the client's again, at the same shop.
///
/// # Errors
/// [`Refusal::NotFound`] for a store out of scope; [`Refusal::Conflict`] with `store-not-online` for a manual one;
/// otherwise as [`begin`].
pub async fn again(portal: &Portal, client: &Client, store: StoreId) -> Result<String, ConnectRefused> {
    client.require(Permission::ConnectStores)?;
    let store = find(portal, &client.scope(), store).await?;
    let address = super::settle::address(portal, store.id).await?;
    let shop = Shop {
        platform: store.platform,
        address: address.ok_or_else(|| Refusal::conflict("store-not-online"))?,
        external_id: None,
    };
    send(portal, client, store.platform, Some(&shop), Some(store.id)).await
}

async fn send(
    portal: &Portal,
    client: &Client,
    platform: Platform,
    shop: Option<&Shop>,
    store: Option<StoreId>,
) -> Result<String, ConnectRefused> {
    if !portal.platforms.offers(platform) {
        return Err(ConnectRefused::code("platform-not-set-up"));
    }
    if let Some(shop) = shop {
        refuse_elsewhere(portal, client.customer, shop).await?;
    }
    let begun = state::begin(portal, client, platform, shop, store).await?;
    let request = AuthorisationRequest {
        platform,
        shop,
        state: &begun.state,
        verifier: &begun.verifier,
        callback: &callback(portal, platform),
        return_to: &portal.settings.link("/connect/woocommerce/return"),
        application: &portal.settings.brand.storefronts_name,
    };
    let page = portal
        .platforms
        .authorisation_page(&request)
        .map_err(|problem| Refusal::field("shop", problem))?;
    Ok(page)
}
