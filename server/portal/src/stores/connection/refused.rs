//! A store that cannot be used until somebody authorises it again.

use connectors::store::{ConnectionError, Secret};
use domain::StoreState;
use domain::id::{CustomerId, StoreId};

use super::stored::StoredConnection;
use crate::mail::{self, MailKind, account_admins};
use crate::storage::{Tx, sql};
use crate::stores::lock;
use crate::{Outcome, Portal, Refusal};

/// Notes that the shop refuses the credentials `used` for good; gives whether they are those the store has. Where
/// somebody has brought others meanwhile the refusal says nothing about them, and nothing is noted.
pub(crate) async fn refused(
    portal: &Portal,
    store: StoreId,
    used: &Secret,
    error: &ConnectionError,
) -> Outcome<bool> {
    let mut tx = portal.db.begin().await?;
    lock(&mut tx, store).await?;
    let there = StoredConnection::any_customer_find(&mut tx, store)
        .await?
        .ok_or(Refusal::NotFound)?;
    if there.credentials(portal)?.as_ref() != Some(used) {
        return Ok(false);
    }
    let customer = there.customer_id;
    needs_reauthorisation(portal, &mut tx, customer, store, error.code(), error.words()).await?;
    tx.commit().await?;
    Ok(true)
}

/// Notes that a store *needs reauthorisation*, and mails the customer's account admins once: nothing calls the store
/// any more until somebody authorises it again. A paused store could not go on without it either. Does nothing when it
/// is noted already, or when somebody has disconnected the store meanwhile.
pub(crate) async fn needs_reauthorisation(
    portal: &Portal,
    tx: &mut Tx,
    customer: CustomerId,
    store: StoreId,
    reason: &str,
    words: Option<&str>,
) -> Outcome<()> {
    let now = portal.now();
    let noted = sql("UPDATE stores SET state = $2, updated_at = $3 \
         WHERE id = $1 AND state IN ('connected', 'needs_attention', 'paused')")
    .bind(store)
    .bind(StoreState::NeedsReauthorisation.as_str())
    .bind(now)
    .execute(tx)
    .await?;
    if noted == 0 {
        return Ok(());
    }
    sql("UPDATE store_connections SET reason = $2, words = $3, updated_at = $4 WHERE store_id = $1")
        .bind(store)
        .bind(reason)
        .bind(words)
        .bind(now)
        .execute(tx)
        .await?;
    for admin in account_admins(tx, customer).await? {
        let mail = admin.mail(MailKind::StoreNeedsReauthorisation);
        mail::queue(tx, portal, mail.customer(customer).store(store)).await?;
    }
    Ok(())
}
