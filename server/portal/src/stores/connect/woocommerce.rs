//! WooCommerce's own authorisation: the shop's server posts the keys, and its page sends the person back.

use connectors::store::AuthorisationError;
use domain::id::StoreId;
use domain::{Permission, Platform};
use sqlx::types::Json;

use super::settle::{For, settle};
use super::state::Authorisation;
use super::{ConnectRefused, Connected, WhyNot, state};
use crate::access::{Client, Viewer};
use crate::accounts::current::current;
use crate::storage::{Value, sql};
use crate::{Outcome, Portal};

/// What the shop's server is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeysAnswer {
    /// The keys work and are stored: exactly 200, or the shop deletes them.
    Taken,
    /// The keys are not for any authorisation under way, do not work, or are for somebody who may not connect stores any
    /// more: the shop deletes them.
    NotTaken,
}

/// Takes in the keys that a shop's server posts. Nothing about them is signed: they count only together with a state
/// that we gave out within ten minutes, to somebody who may connect stores still, and only once the shop answers to them.
///
/// # Errors
/// Faults of ours only; what is wrong with the keys is kept for the person who comes back.
pub async fn keys_arrived(portal: &Portal, body: &[u8]) -> Result<KeysAnswer, crate::Refusal> {
    let Ok((state, granted)) = portal.platforms.posted_keys(body) else {
        return Ok(KeysAnswer::NotTaken);
    };
    let authorisation = match state::take(portal, Platform::WooCommerce, &state, None).await {
        Ok(authorisation) => authorisation,
        Err(ConnectRefused::Shop(_)) => return Ok(KeysAnswer::NotTaken),
        Err(ConnectRefused::Refused(refusal)) => return Err(refusal),
    };
    if !may_connect_still(portal, &authorisation).await? {
        return Ok(KeysAnswer::NotTaken);
    }
    let whom = For {
        customer: authorisation.customer_id,
        user: authorisation.user_id,
        store: authorisation.store_id,
        authorisation: Some(&state),
    };
    let settled = match authorisation.shop() {
        Some(shop) => settle(portal, &whom, &shop, &granted).await,
        None => Err(AuthorisationError::Forged("shop").into()),
    };
    let why = match settled {
        Ok(_) => return Ok(KeysAnswer::Taken),
        Err(ConnectRefused::Shop(why)) => why,
        Err(ConnectRefused::Refused(refusal)) => return Err(refusal),
    };
    let mut tx = portal.db.begin().await?;
    sql("UPDATE store_authorisations SET problem = $2 WHERE state_hash = $1")
        .bind(state::hash(&state))
        .bind(Value::json(&(why.code, why.words.as_deref())))
        .execute(&mut tx)
        .await?;
    tx.commit().await?;
    Ok(KeysAnswer::NotTaken)
}

/// Whether whoever began the authorisation is still there and may connect stores. No session asks here.
async fn may_connect_still(portal: &Portal, begun: &Authorisation) -> Outcome<bool> {
    let now = current(portal, begun.user_id, Some(begun.customer_id)).await?;
    Ok(now.is_some_and(|now| {
        matches!(now.viewer, Viewer::Client(_)) && now.viewer.may(Permission::ConnectStores)
    }))
}

/// What came of the authorisation that the person comes back from. `state` and `success` are the shop's.
///
/// # Errors
/// [`ConnectRefused::Shop`]: denied, forged, or why the shop could not be used; `authorisation-keys-missing` when the
/// shop never posted its keys.
pub async fn returned(
    portal: &Portal,
    client: &Client,
    state: &str,
    success: bool,
) -> Result<Connected, ConnectRefused> {
    client.require(Permission::ConnectStores)?;
    let mut conn = portal.db.read().await?;
    let authorisation = state::find(&mut conn, Platform::WooCommerce, state).await?;
    if (authorisation.user_id, authorisation.customer_id) != (client.user, client.customer) {
        return Err(AuthorisationError::Forged("state").into());
    }
    let (store, problem): Ended =
        sql("SELECT connected_store_id, problem FROM store_authorisations WHERE state_hash = $1")
            .bind(state::hash(state))
            .fetch_one(&mut conn)
            .await?;
    match (store, problem) {
        (Some(store), _) => Ok(Connected {
            store,
            again: authorisation.store_id.is_some(),
        }),
        (None, Some(Json((code, words)))) => Err(ConnectRefused::Shop(WhyNot {
            code: known(&code),
            words,
        })),
        (None, None) if success => Err(ConnectRefused::code("authorisation-keys-missing")),
        (None, None) => Err(AuthorisationError::Denied.into()),
    }
}

/// Why the keys were refused that a shop posted for whatever this person began to connect last. The shop shows an error
/// of its own then and does not send them back. Forgotten once they begin anew, and after the ten minutes that an
/// authorisation lasts.
///
/// # Errors
/// Only unexpected ones.
pub async fn refused_keys(portal: &Portal, client: &Client) -> Outcome<Option<WhyNot>> {
    let newest: Option<(Option<Problem>,)> = sql("SELECT problem FROM store_authorisations \
         WHERE user_id = $1 AND customer_id = $2 AND platform = $3 AND expires_at > $4 \
         ORDER BY created_at DESC LIMIT 1")
    .bind(client.user)
    .bind(client.customer)
    .bind(Platform::WooCommerce.as_str())
    .bind(portal.now())
    .fetch_optional(&mut portal.db.read().await?)
    .await?;
    let problem = newest.and_then(|(problem,)| problem);
    Ok(problem.map(|Json((code, words))| WhyNot {
        code: known(&code),
        words,
    }))
}

/// Why no store came of an authorisation: code and the shop's words.
type Problem = Json<(String, Option<String>)>;
/// The store that came of an authorisation, and why none did.
type Ended = (Option<StoreId>, Option<Problem>);

/// The stored code among those there are.
fn known(code: &str) -> &'static str {
    super::CODES
        .iter()
        .find(|known| **known == code)
        .copied()
        .unwrap_or("store-refused")
}
