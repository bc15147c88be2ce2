//! How far the last invitation of a person to a place has come.

use domain::id::{CustomerId, InvitationId, UserId};
use domain::{InvitationState, Language, Timestamp};

use crate::mail::{self, SentMail};
use crate::storage::{AsConn, sql};
use crate::{Outcome, Portal};

/// An invitation as those see it who invited.
#[derive(Clone, Debug)]
pub struct InvitationStatus {
    /// The invitation.
    pub id: InvitationId,
    /// How far it has come by now.
    pub state: InvitationState,
    /// Where it was sent.
    pub email: String,
    /// The language of the mail.
    pub language: Language,
    /// What the mail server said when it refused.
    pub failure: Option<String>,
    /// When it was issued.
    pub created_at: Timestamp,
    /// When the mail server took the mail.
    pub sent_at: Option<Timestamp>,
    /// When the link stops working.
    pub expires_at: Timestamp,
    /// When the person accepted it.
    pub accepted_at: Option<Timestamp>,
    /// When it was taken back.
    pub revoked_at: Option<Timestamp>,
    /// Its mail while it is being sent: what the server said so far and when it is tried again.
    pub mail: Option<SentMail>,
}

#[derive(sqlx::FromRow)]
struct Stored {
    id: InvitationId,
    state: InvitationState,
    email: String,
    language: Language,
    failure: Option<String>,
    created_at: Timestamp,
    sent_at: Option<Timestamp>,
    expires_at: Timestamp,
    accepted_at: Option<Timestamp>,
    revoked_at: Option<Timestamp>,
}

/// The state as of `now`: what was sent and not accepted in time has expired, though nobody wrote that down.
pub(crate) fn state_at(
    stored: InvitationState,
    expires_at: Option<Timestamp>,
    now: Timestamp,
) -> InvitationState {
    let lapsed = expires_at.is_some_and(|expires_at| expires_at <= now);
    if stored == InvitationState::InvitationSent && lapsed {
        InvitationState::Expired
    } else {
        stored
    }
}

/// The last invitation of a person to a customer, or to the operator console.
///
/// # Errors
/// Only unexpected ones.
pub async fn latest(
    portal: &Portal,
    conn: &mut impl AsConn,
    user: UserId,
    customer: Option<CustomerId>,
) -> Outcome<Option<InvitationStatus>> {
    let mut query = sql(
        "SELECT id, state, email, language, failure, created_at, sent_at, expires_at, accepted_at, \
                         revoked_at FROM invitations WHERE user_id = $1",
    )
    .bind(user);
    match customer {
        Some(customer) => query.push(" AND customer_id = ").push_bind(customer),
        None => query.push(" AND customer_id IS NULL"),
    };
    query.push(" ORDER BY id DESC LIMIT 1");
    let Some(stored) = query.fetch_optional::<Stored>(conn).await? else {
        return Ok(None);
    };
    let mail = match stored.state {
        InvitationState::Sending => mail::list(conn, stored.id).await?.into_iter().next(),
        _ => None,
    };
    Ok(Some(InvitationStatus {
        id: stored.id,
        state: state_at(stored.state, Some(stored.expires_at), portal.now()),
        email: stored.email,
        language: stored.language,
        failure: stored.failure,
        created_at: stored.created_at,
        sent_at: stored.sent_at,
        expires_at: stored.expires_at,
        accepted_at: stored.accepted_at,
        revoked_at: stored.revoked_at,
        mail,
    }))
}
