//! Issuing and taking back, inside the transaction of a use case.

use domain::id::{CustomerId, InvitationId, UserId};
use domain::{Language, Timestamp};

use super::{LINK_LIVES, limits};
use crate::mail::{self, MailKind, NewMail};
use crate::storage::{Tx, sql};
use crate::{Actor, Outcome, Portal};

/// An invitation about to be issued.
#[derive(Clone, Debug)]
pub(crate) struct NewInvitation<'a> {
    /// Which mail carries it.
    pub(crate) kind: MailKind,
    /// Whom it invites.
    pub(crate) user: UserId,
    /// Where it is sent, as typed.
    pub(crate) email: &'a str,
    /// The language of the mail.
    pub(crate) language: Language,
    /// Whose Storefronts it lets in; nothing for the operator console.
    pub(crate) customer: Option<CustomerId>,
    /// Who invites.
    pub(crate) by: Actor,
}

/// Takes back what is open of this person's invitations to this place, issues a new one and queues its mail.
/// Gives its id and when its link stops working.
///
/// # Errors
/// [`Refusal::Conflict`](crate::Refusal::Conflict) with `invitations-to-person` or `invitations-to-customer`.
pub(crate) async fn issue(
    portal: &Portal,
    tx: &mut Tx,
    invitation: NewInvitation<'_>,
) -> Outcome<(InvitationId, Timestamp)> {
    limits::require_few(portal, tx, &invitation).await?;
    // In the same moment, by which the history knows that one replaces the other.
    let now = portal.now();
    revoke_open(tx, invitation.user, invitation.customer, now).await?;
    let id = InvitationId(portal.entropy.id());
    let expires_at = now + LINK_LIVES;
    sql(
        "INSERT INTO invitations (id, user_id, customer_id, email, language, state, expires_at, created_at, \
         created_by) VALUES ($1, $2, $3, $4, $5, 'sending', $6, $7, $8)",
    )
    .bind(id)
    .bind(invitation.user)
    .bind(invitation.customer)
    .bind(invitation.email)
    .bind(invitation.language.as_str())
    .bind(expires_at)
    .bind(now)
    .bind(invitation.by.user)
    .execute(tx)
    .await?;
    let mut mail = NewMail::new(invitation.kind, invitation.email, invitation.language)
        .user(invitation.user)
        .invitation(id);
    if let Some(customer) = invitation.customer {
        mail = mail.customer(customer);
    }
    mail::queue(tx, portal, mail).await?;
    Ok((id, expires_at))
}

const REVOKE_OPEN: &str = "UPDATE invitations SET state = 'revoked', revoked_at = $1 \
     WHERE state NOT IN ('active', 'revoked')";

/// Takes back the invitations of a person to a customer, or to the operator console, that are not accepted:
/// their links stop working, and a mail that is not sent yet is not sent any more.
pub(crate) async fn revoke_open(
    tx: &mut Tx,
    user: UserId,
    customer: Option<CustomerId>,
    now: Timestamp,
) -> Outcome<()> {
    let mut revoke = sql(REVOKE_OPEN).bind(now);
    revoke.push(" AND user_id = ").push_bind(user);
    match customer {
        Some(customer) => revoke.push(" AND customer_id = ").push_bind(customer),
        None => revoke.push(" AND customer_id IS NULL"),
    };
    revoke.execute(tx).await?;
    Ok(())
}

/// Takes back the invitations of everybody to a customer that are not accepted, as [`revoke_open`] does.
pub(crate) async fn revoke_all_open(tx: &mut Tx, customer: CustomerId, now: Timestamp) -> Outcome<()> {
    let mut revoke = sql(REVOKE_OPEN).bind(now);
    revoke.push(" AND customer_id = ").push_bind(customer);
    revoke.execute(tx).await?;
    Ok(())
}
