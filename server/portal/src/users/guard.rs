//! Who may manage whom, and what keeps a customer from shutting itself out.

use domain::id::{CustomerId, MembershipId, UserId};
use domain::{AuditAction, ClientRole, Language, Permission};

use crate::access::Viewer;
use crate::audit::Entry;
use crate::customers::{self, LockedCustomer};
use crate::storage::{AsConn, Tx, sql};
use crate::{Outcome, Portal, Refusal};

/// Refuses whoever does not manage the users of this customer.
///
/// # Errors
/// [`Refusal::Forbidden`]; [`Refusal::NotFound`] for another customer's account admin.
pub(super) fn require(viewer: &Viewer, customer: CustomerId) -> Outcome<()> {
    viewer.require(Permission::ManageUsers)?;
    match viewer {
        Viewer::Client(client) if client.customer != customer => Err(Refusal::NotFound),
        _ => Ok(()),
    }
}

/// Refuses to invite anybody whom Storefronts would not let in.
///
/// # Errors
/// [`Refusal::Conflict`] with `customer-archived` or `users-access-off`.
pub(super) fn require_open(customer: &LockedCustomer) -> Outcome<()> {
    customer.require_not_archived()?;
    if customer.storefronts_access {
        Ok(())
    } else {
        Err(Refusal::conflict("users-access-off"))
    }
}

/// Somebody of a customer whose row no other transaction changes until this one ends.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct LockedUser {
    pub(super) membership: MembershipId,
    pub(super) id: UserId,
    pub(super) role: ClientRole,
    pub(super) email: String,
    pub(super) first_name: String,
    pub(super) last_name: String,
    pub(super) language: Language,
    pub(super) accepted: bool,
    pub(super) blocked: bool,
}

/// Locks the customer, so that two account admins cannot demote each other at once, and finds one of its users.
///
/// # Errors
/// [`Refusal::NotFound`].
pub(super) async fn lock(
    portal: &Portal,
    tx: &mut Tx,
    customer: CustomerId,
    user: UserId,
) -> Outcome<(LockedCustomer, LockedUser)> {
    let customer = customers::lock(portal, tx, customer).await?;
    let user = sql(
        "SELECT m.id AS membership, u.id, m.role, u.email, \
         COALESCE(m.invited_first_name, u.first_name) AS first_name, \
         COALESCE(m.invited_last_name, u.last_name) AS last_name, \
         COALESCE(m.invited_language, u.language) AS language, \
         m.accepted_at IS NOT NULL AS accepted, m.blocked_at IS NOT NULL OR u.blocked_at IS NOT NULL AS blocked \
         FROM memberships m JOIN users u ON u.id = m.user_id \
         WHERE m.customer_id = $1 AND m.user_id = $2 AND m.removed_at IS NULL",
    )
    .bind(customer.id)
    .bind(user)
    .fetch_optional(tx)
    .await?
    .ok_or(Refusal::NotFound)?;
    Ok((customer, user))
}

impl LockedUser {
    /// What the audit log tells of `action`, done to them. Until they accept, they go by their address: what they are
    /// called is only what somebody typed.
    pub(super) fn entry(&self, action: AuditAction, customer: &LockedCustomer) -> Entry {
        let label = if self.accepted {
            format!("{} {}", self.first_name, self.last_name)
        } else {
            self.email.clone()
        };
        Entry::new(action).of(customer.id).about(self.id, label)
    }

    /// Whether they have accepted and are not kept out.
    pub(super) const fn is_active(&self) -> bool {
        self.accepted && !self.blocked
    }

    /// Refuses to keep out the one who asks.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] with `users-yourself`.
    pub(super) fn require_another(&self, by: &Viewer) -> Outcome<()> {
        if self.id == by.user() {
            Err(Refusal::conflict("users-yourself"))
        } else {
            Ok(())
        }
    }

    /// Refuses to take the rights of the last account admin who can log in.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] with `users-last-account-admin`.
    pub(super) async fn require_dispensable(
        &self,
        conn: &mut impl AsConn,
        customer: &LockedCustomer,
    ) -> Outcome<()> {
        if self.role != ClientRole::AccountAdmin || !self.is_active() {
            return Ok(());
        }
        if has_another_admin(conn, customer.id, self.membership).await? {
            Ok(())
        } else {
            Err(Refusal::conflict("users-last-account-admin"))
        }
    }
}

/// Whether a customer has an account admin who can log in, besides this membership.
pub(super) async fn has_another_admin(
    conn: &mut impl AsConn,
    customer: CustomerId,
    besides: MembershipId,
) -> Outcome<bool> {
    let (others,) = sql(
        "SELECT EXISTS (SELECT 1 FROM memberships m JOIN users u ON u.id = m.user_id \
         WHERE m.customer_id = $1 AND m.role = 'account_admin' AND m.id <> $2 AND m.accepted_at IS NOT NULL \
         AND m.blocked_at IS NULL AND m.removed_at IS NULL AND u.blocked_at IS NULL)",
    )
    .bind(customer)
    .bind(besides)
    .fetch_one(conn)
    .await?;
    Ok(others)
}
