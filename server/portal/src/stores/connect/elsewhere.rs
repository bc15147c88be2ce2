//! Shops that are another customer's store.

use domain::id::CustomerId;

use super::ConnectRefused;
use crate::Portal;
use crate::storage::sql;
use crate::stores::Shop;

/// Refuses a shop that another customer has connected. Asked before anybody agrees to anything there: a new
/// authorisation can end the one before it, and the other customer's store would stop working.
pub(super) async fn refuse_elsewhere(
    portal: &Portal,
    customer: CustomerId,
    shop: &Shop,
) -> Result<(), ConnectRefused> {
    let elsewhere: Option<(CustomerId,)> =
        sql("SELECT stores.customer_id FROM store_connections connections \
         JOIN stores ON stores.id = connections.store_id \
         WHERE connections.platform = $1 AND connections.shop = $2 AND connections.disconnected_at IS NULL \
         AND stores.customer_id <> $3 LIMIT 1")
        .bind(shop.platform.as_str())
        .bind(shop.address.as_str())
        .bind(customer)
        .fetch_optional(&mut portal.db.read().await?)
        .await?;
    if elsewhere.is_some() {
        return Err(ConnectRefused::code("store-already-connected"));
    }
    Ok(())
}
