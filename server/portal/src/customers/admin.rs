//! The client admin: the account admin whom the customer's settings are about. Where there are several, it is one who
//! has accepted.

use domain::id::{CustomerId, MembershipId, UserId};
use domain::{AuditAction, AuditField, ClientRole, InvitationState, Language, Problem, Timestamp};

use super::row::{self, LockedCustomer};
use crate::access::Operator;
use crate::audit::{self, Entry};
use crate::invitations::{self, NewInvitation, NewPerson, find_or_create};
use crate::mail::MailKind;
use crate::storage::{AsConn, Tx, sql};
use crate::{Outcome, Portal, Refusal};

/// The client admin of a customer.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ClientAdmin {
    /// Their place at the customer.
    pub membership_id: MembershipId,
    /// The person.
    pub user_id: UserId,
    /// The log-in name.
    pub email: String,
    /// First name: as it was typed, until they accept.
    pub first_name: String,
    /// Last name, likewise.
    pub last_name: String,
    /// The language of the invitation, then of the interface.
    pub language: Language,
    /// When they accepted the invitation.
    pub accepted_at: Option<Timestamp>,
    /// When they last logged in.
    pub last_login_at: Option<Timestamp>,
}

impl ClientAdmin {
    /// First and last name.
    pub fn name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }

    /// What the audit log calls them: by their address, until they accept.
    pub(super) fn label(&self) -> String {
        if self.accepted_at.is_some() {
            self.name()
        } else {
            self.email.clone()
        }
    }
}

/// The client admin of a customer; nothing when none was invited, or when the invitation was taken back.
///
/// # Errors
/// Only unexpected ones.
pub(super) async fn find(conn: &mut impl AsConn, customer: CustomerId) -> Outcome<Option<ClientAdmin>> {
    Ok(sql("SELECT m.id AS membership_id, m.user_id, u.email, \
         COALESCE(m.invited_first_name, u.first_name) AS first_name, \
         COALESCE(m.invited_last_name, u.last_name) AS last_name, \
         COALESCE(m.invited_language, u.language) AS language, m.accepted_at, u.last_login_at \
         FROM memberships m JOIN users u ON u.id = m.user_id \
         WHERE m.customer_id = $1 AND m.role = 'account_admin' AND m.removed_at IS NULL \
         ORDER BY m.accepted_at IS NULL, m.blocked_at IS NOT NULL, m.id DESC LIMIT 1")
    .bind(customer)
    .fetch_optional(conn)
    .await?)
}

/// Makes a person the client admin of a customer that has none, and invites them. Somebody who works for the
/// customer already needs no invitation: gives false then.
///
/// # Errors
/// [`Refusal::Invalid`] for `email` with `email-of-operator`.
pub(super) async fn place(
    portal: &Portal,
    tx: &mut Tx,
    operator: &Operator,
    customer: &LockedCustomer,
    person: &NewPerson,
) -> Outcome<bool> {
    let known = find_or_create(portal, tx, person).await?;
    if known.operator_role.is_some() {
        return Err(Refusal::field("email", Problem::new("email-of-operator")));
    }
    let (accepted_at,): (Option<Timestamp>,) = sql(
        "INSERT INTO memberships (id, user_id, customer_id, role, created_at) \
         VALUES ($1, $2, $3, 'account_admin', $4) \
         ON CONFLICT (user_id, customer_id) DO UPDATE SET role = 'account_admin', all_stores = TRUE, \
         accepted_at = CASE WHEN memberships.removed_at IS NULL THEN memberships.accepted_at END, \
         blocked_at = NULL, removed_at = NULL RETURNING accepted_at",
    )
    .bind(MembershipId(portal.entropy.id()))
    .bind(known.id)
    .bind(customer.id)
    .bind(portal.now())
    .fetch_one(tx)
    .await?;
    invitations::name_invited(tx, customer.id, known.id, person).await?;
    row::refresh_search(tx, customer.id).await?;
    let action = if accepted_at.is_some() {
        AuditAction::UserRoleChanged
    } else {
        AuditAction::UserInvited
    };
    let entry = Entry::new(action)
        .of(customer.id)
        .about(known.id, person.email.as_str())
        .with(AuditField::Email, person.email.as_str())
        .with(AuditField::Role, ClientRole::AccountAdmin.as_str());
    audit::record(tx, portal, &operator.into(), entry).await?;
    if accepted_at.is_some() {
        customer.set_invitation(tx, InvitationState::Active, None).await?;
        return Ok(false);
    }
    invite(
        portal,
        tx,
        operator,
        customer,
        known.id,
        person.email.as_str(),
        person.language,
    )
    .await?;
    Ok(true)
}

/// Invites the client admin, again or for the first time; links of former invitations stop working.
pub(super) async fn invite(
    portal: &Portal,
    tx: &mut Tx,
    operator: &Operator,
    customer: &LockedCustomer,
    user: UserId,
    email: &str,
    language: Language,
) -> Outcome<()> {
    let kind = MailKind::InvitationClientAdmin;
    let invitation = NewInvitation {
        kind,
        user,
        email,
        language,
        customer: Some(customer.id),
        by: operator.into(),
    };
    let (_, expires_at) = invitations::issue(portal, tx, invitation).await?;
    customer
        .set_invitation(tx, InvitationState::Sending, Some(expires_at))
        .await
}

/// Takes a customer's client admin away, with the invitations that are still open.
pub(super) async fn remove(
    portal: &Portal,
    tx: &mut Tx,
    customer: &LockedCustomer,
    admin: &ClientAdmin,
) -> Outcome<()> {
    invitations::revoke_open(tx, admin.user_id, Some(customer.id), portal.now()).await?;
    sql("UPDATE memberships SET removed_at = $2 WHERE id = $1")
        .bind(admin.membership_id)
        .bind(portal.now())
        .execute(tx)
        .await?;
    customer
        .set_invitation(tx, InvitationState::Revoked, None)
        .await?;
    row::refresh_search(tx, customer.id).await
}
