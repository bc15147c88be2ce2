//! Making a person somebody of a customer, and inviting them.

use domain::id::{MembershipId, UserId};
use domain::{AuditAction, AuditField, ClientRole, InvitationState, Language, Problem, StoreScope};

use super::form::RoleAt;
use super::guard::LockedUser;
use super::stores;
use crate::access::Viewer;
use crate::audit::{self, Entry};
use crate::customers::{self, LockedCustomer};
use crate::invitations::{self, NewInvitation, NewPerson, find_or_create};
use crate::mail::MailKind;
use crate::storage::{Tx, sql};
use crate::{Outcome, Portal, Refusal};

/// What became of a person who was to be placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placed {
    /// They are invited.
    Invited(UserId),
    /// They had just been invited to the same role: the form was sent twice.
    Already(UserId),
}

/// Makes a person somebody of a customer, and invites them.
///
/// # Errors
/// [`Refusal::Invalid`] for `email` with `email-of-operator` (`email-not-for-users` for a
/// client) or `email-of-user`, for `stores` with `unknown-choice`.
pub(super) async fn place(
    portal: &Portal,
    tx: &mut Tx,
    by: &Viewer,
    customer: &LockedCustomer,
    person: &NewPerson,
    at: &RoleAt,
) -> Outcome<Placed> {
    let known = find_or_create(portal, tx, person).await?;
    if known.operator_role.is_some() {
        // Who works for the print company is nothing to its customers.
        let code = match by {
            Viewer::Operator(_) => "email-of-operator",
            Viewer::Client(_) => "email-not-for-users",
        };
        return Err(Refusal::field("email", Problem::new(code)));
    }
    let present: Option<(ClientRole,)> =
        sql("SELECT role FROM memberships WHERE user_id = $1 AND customer_id = $2 AND removed_at IS NULL")
            .bind(known.id)
            .bind(customer.id)
            .fetch_optional(tx)
            .await?;
    if let Some((role,)) = present {
        let last = invitations::latest(portal, tx, known.id, Some(customer.id)).await?;
        let sent_just_now = last.is_some_and(|last| last.state == InvitationState::Sending);
        return if sent_just_now && role == at.role {
            Ok(Placed::Already(known.id))
        } else {
            Err(Refusal::field("email", Problem::new("email-of-user")))
        };
    }
    let (membership,): (MembershipId,) = sql(
        "INSERT INTO memberships (id, user_id, customer_id, role, all_stores, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (user_id, customer_id) DO UPDATE SET role = excluded.role, all_stores = excluded.all_stores, \
         accepted_at = NULL, blocked_at = NULL, removed_at = NULL RETURNING id",
    )
    .bind(MembershipId(portal.entropy.id()))
    .bind(known.id)
    .bind(customer.id)
    .bind(at.role.as_str())
    .bind(at.stores == StoreScope::All)
    .bind(portal.now())
    .fetch_one(tx)
    .await?;
    stores::give(tx, customer.id, membership, &at.stores).await?;
    invitations::name_invited(tx, customer.id, known.id, person).await?;
    let entry = Entry::new(AuditAction::UserInvited)
        .of(customer.id)
        .about(known.id, person.email.as_str())
        .with(AuditField::Email, person.email.as_str())
        .with(AuditField::Role, at.role.as_str())
        .with(AuditField::Stores, stores::named(tx, &at.stores).await?);
    audit::record(tx, portal, &by.into(), entry).await?;
    let email = person.email.as_str();
    invite(
        portal,
        tx,
        by,
        customer,
        known.id,
        email,
        person.language,
        at.role,
    )
    .await?;
    Ok(Placed::Invited(known.id))
}

/// Invites somebody of a customer, again or for the first time; links of former invitations stop working.
#[expect(
    clippy::too_many_arguments,
    reason = "whom, by whom, where to and what for are told apart by their types"
)]
async fn invite(
    portal: &Portal,
    tx: &mut Tx,
    by: &Viewer,
    customer: &LockedCustomer,
    user: UserId,
    email: &str,
    language: Language,
    role: ClientRole,
) -> Outcome<()> {
    let is_admin = role == ClientRole::AccountAdmin;
    let kind = if is_admin {
        MailKind::InvitationClientAdmin
    } else {
        MailKind::InvitationClientUser
    };
    let invitation = NewInvitation {
        kind,
        user,
        email,
        language,
        customer: Some(customer.id),
        by: by.into(),
    };
    invitations::issue(portal, tx, invitation).await?;
    if is_admin {
        customers::refresh_admin(portal, tx, customer).await?;
    }
    Ok(())
}

/// Invites somebody who is of the customer already once more, as `role`.
pub(super) async fn invite_again(
    portal: &Portal,
    tx: &mut Tx,
    by: &Viewer,
    customer: &LockedCustomer,
    user: &LockedUser,
    role: ClientRole,
) -> Outcome<()> {
    let (email, language) = (user.email.as_str(), user.language);
    invite(portal, tx, by, customer, user.id, email, language, role).await
}
