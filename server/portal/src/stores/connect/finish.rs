//! A person comes back from the platform's page.

use connectors::store::AuthorisationError;
use domain::{Permission, Platform};

use super::elsewhere::refuse_elsewhere;
use super::settle::{For, settle};
use super::{ANSWERS_WITHIN, ConnectRefused, Connected, callback, state, within};
use crate::Portal;
use crate::access::Client;
use crate::stores::AuthorisationAnswer;

/// Connects the shop that the person came back from. `query` is the callback's, decoded, in its order.
///
/// # Errors
/// [`ConnectRefused::Shop`] with the code of what is wrong: denied, forged, expired, too few permissions, or why the
/// shop cannot be used. The authorisation is used up in any case.
pub async fn finish(
    portal: &Portal,
    client: &Client,
    platform: Platform,
    query: &[(String, String)],
) -> Result<Connected, ConnectRefused> {
    client.require(Permission::ConnectStores)?;
    let state = query
        .iter()
        .find(|(name, _)| name == "state")
        .map(|(_, value)| value.as_str())
        .filter(|state| !state.is_empty())
        .ok_or(AuthorisationError::Forged("state"))?;
    let authorisation = state::take(portal, platform, state, Some((client.user, client.customer))).await?;
    let shop = authorisation.shop();
    if let Some(shop) = &shop {
        refuse_elsewhere(portal, client.customer, shop).await?;
    }
    let verifier = authorisation.verifier(portal)?;
    let answer = AuthorisationAnswer {
        platform,
        shop: shop.as_ref(),
        state,
        verifier: verifier.as_ref(),
        callback: &callback(portal, platform),
        query,
    };
    let whom = For {
        customer: client.customer,
        user: client.user,
        store: authorisation.store_id,
        authorisation: None,
    };
    let authorised = portal
        .platforms
        .authorise(&answer, whom.surroundings(portal, platform));
    let (shop, granted) = within(ANSWERS_WITHIN, authorised).await?;
    settle(portal, &whom, &shop, &granted).await
}
