//! The row of a customer: locking it, and keeping what the list reads in step.

use domain::id::CustomerId;
use domain::{InvitationState, Timestamp};

use super::admin;
use crate::accounts::sessions;
use crate::storage::search::searchable;
use crate::storage::{AsConn as _, Engine, StorageError, Tx, sql};
use crate::{Outcome, Portal, Refusal, invitations};

/// A customer whose row no other transaction changes until this one ends.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct LockedCustomer {
    pub(crate) id: CustomerId,
    pub(crate) name: String,
    pub(crate) storefronts_access: bool,
    archived_at: Option<Timestamp>,
}

/// Locks a customer: invitations and access are changed by one transaction at a time.
///
/// # Errors
/// [`Refusal::NotFound`].
pub(crate) async fn lock(portal: &Portal, tx: &mut Tx, id: CustomerId) -> Outcome<LockedCustomer> {
    sql("UPDATE customers SET updated_at = $2 WHERE id = $1 RETURNING id, name, storefronts_access, archived_at")
        .bind(id)
        .bind(portal.now())
        .fetch_optional(tx)
        .await?
        .ok_or(Refusal::NotFound)
}

/// Waits until nobody else holds the customer's row. Whoever changes an invitation of theirs holds it first: operators
/// do, who invite, and so must those who note what became of an invitation. On SQLite one transaction writes at a time.
pub(crate) async fn hold(tx: &mut Tx, id: CustomerId) -> Result<(), StorageError> {
    if tx.engine() == Engine::Postgres {
        sql("SELECT 1 FROM customers WHERE id = $1 FOR NO KEY UPDATE")
            .bind(id)
            .execute(tx)
            .await?;
    }
    Ok(())
}

impl LockedCustomer {
    /// Refuses what cannot be done with an archived customer.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] with `customer-archived`.
    pub(crate) fn require_not_archived(&self) -> Outcome<()> {
        if self.archived_at.is_some() {
            Err(Refusal::conflict("customer-archived"))
        } else {
            Ok(())
        }
    }

    /// Lets the customer's users log in.
    pub(super) async fn switch_on(&self, tx: &mut Tx) -> Outcome<()> {
        sql("UPDATE customers SET storefronts_access = TRUE WHERE id = $1")
            .bind(self.id)
            .execute(tx)
            .await?;
        Ok(())
    }

    /// Lets none of the customer's users log in, and logs out those who are.
    pub(super) async fn switch_off(&self, tx: &mut Tx) -> Outcome<()> {
        sql("UPDATE customers SET storefronts_access = FALSE WHERE id = $1")
            .bind(self.id)
            .execute(tx)
            .await?;
        sessions::end_all_of_customer(tx, self.id).await
    }

    /// Keeps the state of the client admin's invitation where the list reads it.
    pub(super) async fn set_invitation(
        &self,
        tx: &mut Tx,
        state: InvitationState,
        expires_at: Option<Timestamp>,
    ) -> Outcome<()> {
        sql("UPDATE customers SET invitation_state = $2, invitation_expires_at = $3 WHERE id = $1")
            .bind(self.id)
            .bind(state.as_str())
            .bind(expires_at)
            .execute(tx)
            .await?;
        Ok(())
    }
}

/// Writes anew what the list shows and searches of the client admin, after somebody became or ceased to be an account
/// admin.
pub(crate) async fn refresh_admin(portal: &Portal, tx: &mut Tx, customer: &LockedCustomer) -> Outcome<()> {
    let (state, expires_at) = match admin::find(tx, customer.id).await? {
        None => (InvitationState::Revoked, None),
        Some(admin) if admin.accepted_at.is_some() => (InvitationState::Active, None),
        Some(admin) => match invitations::latest(portal, tx, admin.user_id, Some(customer.id)).await? {
            // Expiry is told by the moment.
            Some(last) if last.state == InvitationState::Expired => {
                (InvitationState::InvitationSent, Some(last.expires_at))
            }
            Some(last) => (last.state, Some(last.expires_at)),
            None => (InvitationState::NotInvited, None),
        },
    };
    customer.set_invitation(tx, state, expires_at).await?;
    refresh_search(tx, customer.id).await
}

/// Writes anew what the list searches: name, reference, description and the client admin's address.
pub(super) async fn refresh_search(tx: &mut Tx, id: CustomerId) -> Outcome<()> {
    let (name, reference, description): (String, Option<String>, Option<String>) =
        sql("SELECT name, reference_id, description FROM customers WHERE id = $1")
            .bind(id)
            .fetch_one(tx)
            .await?;
    let email = admin::find(tx, id).await?.map(|admin| admin.email);
    let parts = [Some(name), reference, description, email];
    let words: Vec<String> = parts.into_iter().flatten().collect();
    sql("UPDATE customers SET search = $2 WHERE id = $1")
        .bind(id)
        .bind(searchable(&words.join(" ")))
        .execute(tx)
        .await?;
    Ok(())
}
