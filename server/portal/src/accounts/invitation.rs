//! Accepting an invitation: the link opens a form as often as one likes, posting the form uses it up.

use std::net::IpAddr;

use domain::id::{CustomerId, InvitationId, UserId};
use domain::{AuditAction, InvitationState, Language, Timestamp};

use super::confirm::confirm_password;
use super::link::{self, Purpose, StoredLink};
use super::obvious::Obvious;
use super::{password, profile};
use crate::audit::{Entry, record_own};
use crate::storage::{AsConn, Tx, sql};
use crate::{Outcome, Portal, Refusal, customers};

/// An invitation as its recipient sees it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OpenInvitation {
    /// The invitation.
    pub id: InvitationId,
    /// The person invited.
    pub user_id: UserId,
    /// The log-in name.
    pub email: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// The language of the mail.
    pub language: Language,
    /// The customer they will work for; nothing for operators.
    pub customer_id: Option<CustomerId>,
    /// The customer's name.
    pub customer_name: Option<String>,
    /// When the link stops working.
    pub expires_at: Timestamp,
    /// Somebody who is a user already (of another customer) only confirms; they keep their password.
    pub has_password: bool,
    state: InvitationState,
}

/// The form behind the link.
#[derive(Clone, Debug, Default)]
pub struct AcceptForm {
    /// The password they choose; the one they have, when they have one.
    pub password: String,
    /// Interface language: `en` or `es`.
    pub language: String,
}

/// What a link invites to. Does not use it up.
///
/// # Errors
/// [`Refusal::Conflict`] with `link-unknown`, `link-used`, `link-expired` or `link-revoked`.
pub async fn open(portal: &Portal, token: &str) -> Outcome<OpenInvitation> {
    usable(portal, &mut portal.db.read().await?, token)
        .await
        .map(|(_, invitation)| invitation)
}

async fn usable(
    portal: &Portal,
    conn: &mut impl AsConn,
    token: &str,
) -> Outcome<(StoredLink, OpenInvitation)> {
    let link = link::find(conn, Purpose::Invitation, token)
        .await?
        .ok_or(Refusal::conflict("link-unknown"))?;
    let invitation: Option<OpenInvitation> = sql(
        "SELECT i.id, i.user_id, u.email, u.first_name, u.last_name, i.language, i.customer_id, \
         c.name AS customer_name, i.expires_at, u.password_hash IS NOT NULL AS has_password, i.state \
         FROM invitations i JOIN users u ON u.id = i.user_id LEFT JOIN customers c ON c.id = i.customer_id \
         WHERE i.id = $1",
    )
    .bind(link.invitation_id)
    .fetch_optional(conn)
    .await?;
    let invitation = invitation.ok_or(Refusal::conflict("link-unknown"))?;
    match invitation.state {
        InvitationState::Active => Err(Refusal::conflict("link-used")),
        InvitationState::Revoked => Err(Refusal::conflict("link-revoked")),
        _ if link.used_at.is_some() => Err(Refusal::conflict("link-used")),
        _ if invitation.expires_at.min(link.expires_at) <= portal.now() => {
            Err(Refusal::conflict("link-expired"))
        }
        _ => Ok((link, invitation)),
    }
}

/// Accepts the invitation: sets the password and language, makes the invitation active. `address` is the caller's.
///
/// # Errors
/// [`Refusal::Invalid`] for the password; [`Refusal::Conflict`] as for [`open`], and with `too-many-attempts` as at
/// log-in for somebody who has a password already.
pub async fn accept(portal: &Portal, token: &str, form: AcceptForm, address: IpAddr) -> Outcome<UserId> {
    loop {
        if let Some(user) = try_accept(portal, token, &form, address).await? {
            return Ok(user);
        }
        // They accepted another invitation meanwhile: now they have a password, which is asked for.
    }
}

/// Gives nothing for somebody who was to choose a password and has one by now: one link never replaces the password
/// that was chosen behind another.
async fn try_accept(
    portal: &Portal,
    token: &str,
    form: &AcceptForm,
    address: IpAddr,
) -> Outcome<Option<UserId>> {
    let invitation = open(portal, token).await?;
    let password = form.password.clone();
    let new_hash = if invitation.has_password {
        confirm_password(portal, invitation.user_id, "password", password, address).await?;
        None
    } else {
        let mut conn = portal.db.read().await?;
        let obvious = Obvious::of(&mut conn, &portal.settings.brand, invitation.user_id).await?;
        drop(conn);
        password::check_new(&password, &obvious).map_err(|problem| Refusal::field("password", problem))?;
        Some(password::hash(password, portal.entropy.salt()).await?)
    };
    let mut tx = portal.db.begin().await?;
    if let Some(customer) = invitation.customer_id {
        customers::hold(&mut tx, customer).await?;
    }
    // Asked again inside the transaction: a revocation or a second click may have been faster.
    let (link, invitation) = usable(portal, &mut tx, token).await?;
    let now = portal.now();
    if !link.use_up(&mut tx, now).await? {
        return Err(Refusal::conflict("link-used"));
    }
    if let Some(hash) = new_hash {
        if !is_first_password(&mut tx, invitation.user_id, &hash).await? {
            return Ok(None);
        }
        profile::set_password_hash(portal, &mut tx, invitation.user_id, hash).await?;
    }
    let language = form.language.parse().unwrap_or(invitation.language);
    mark_active(&mut tx, &invitation, language, now).await?;
    let accepted = Entry::new(AuditAction::InvitationAccepted).of(invitation.customer_id);
    record_own(&mut tx, portal, invitation.user_id, accepted).await?;
    tx.commit().await?;
    Ok(Some(invitation.user_id))
}

/// Writes the hash of somebody who has no password; whether that was so. Two links of one person at once: the second
/// waits here for the first.
async fn is_first_password(tx: &mut Tx, user: UserId, hash: &str) -> Outcome<bool> {
    let first = sql("UPDATE users SET password_hash = $2 WHERE id = $1 AND password_hash IS NULL")
        .bind(user)
        .bind(hash)
        .execute(tx)
        .await?;
    Ok(first == 1)
}

async fn mark_active(
    tx: &mut Tx,
    invitation: &OpenInvitation,
    language: Language,
    now: Timestamp,
) -> Outcome<()> {
    sql("UPDATE users SET language = $2, updated_at = $3 WHERE id = $1")
        .bind(invitation.user_id)
        .bind(language.as_str())
        .bind(now)
        .execute(tx)
        .await?;
    sql("UPDATE invitations SET state = 'active', accepted_at = $2 WHERE id = $1")
        .bind(invitation.id)
        .bind(now)
        .execute(tx)
        .await?;
    // From now on the customer knows them by the name that is their own.
    sql(
        "UPDATE memberships SET accepted_at = $3, invited_first_name = NULL, invited_last_name = NULL, \
         invited_language = NULL, invited_search = NULL WHERE user_id = $1 AND customer_id = $2",
    )
    .bind(invitation.user_id)
    .bind(invitation.customer_id)
    .bind(now)
    .execute(tx)
    .await?;
    // The customer's list shows the client admin's state: it is active once any account admin is.
    if let Some(customer) = invitation.customer_id {
        sql(
            "UPDATE customers SET invitation_state = 'active', updated_at = $3 WHERE id = $1 AND EXISTS \
             (SELECT 1 FROM memberships m WHERE m.customer_id = $1 AND m.user_id = $2 \
              AND m.role = 'account_admin' AND m.removed_at IS NULL)",
        )
        .bind(customer)
        .bind(invitation.user_id)
        .bind(now)
        .execute(tx)
        .await?;
    }
    Ok(())
}
