//! Links that let a person in: invitation, password reset, first operator.
//!
//! A link holds a 256-bit token; only its SHA-256 is kept. Opening a link never uses it up, because mail
//! scanners open links: posting the form behind it does.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::Timestamp;
use domain::id::{InvitationId, UserId};
use sha2::{Digest, Sha256};

use crate::storage::{AsConn, Tx, sql};
use crate::{Outcome, Portal};

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Accepting an invitation.
    Invitation,
    /// Setting a new password.
    PasswordReset,
    /// Creating the first operator of a new portal.
    FirstOperator,
}

impl Purpose {
    /// The name it is stored under.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::PasswordReset => "password_reset",
            Self::FirstOperator => "first_operator",
        }
    }
}

/// Whom a link lets in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Target {
    /// The invitation it accepts.
    pub invitation: Option<InvitationId>,
    /// The person whose password it sets.
    pub user: Option<UserId>,
}

/// A link as it is kept.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct StoredLink {
    token_hash: Vec<u8>,
    /// The invitation it accepts.
    pub invitation_id: Option<InvitationId>,
    /// The person whose password it sets.
    pub user_id: Option<UserId>,
    /// When it stops working.
    pub expires_at: Timestamp,
    /// When it was used up.
    pub used_at: Option<Timestamp>,
}

fn hash(token: &[u8]) -> Vec<u8> {
    Sha256::digest(token).to_vec()
}

/// Makes a token, keeps its hash and gives the text that goes into the link.
///
/// # Errors
/// Only unexpected ones.
pub async fn issue(
    portal: &Portal,
    tx: &mut Tx,
    purpose: Purpose,
    target: Target,
    expires_at: Timestamp,
) -> Outcome<String> {
    let token = portal.entropy.token();
    sql(
        "INSERT INTO link_tokens (token_hash, purpose, invitation_id, user_id, expires_at, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(hash(&token))
    .bind(purpose.as_str())
    .bind(target.invitation)
    .bind(target.user)
    .bind(expires_at)
    .bind(portal.now())
    .execute(tx)
    .await?;
    Ok(URL_SAFE_NO_PAD.encode(token))
}

/// The link a token belongs to, used up and expired ones included; nothing for a token nobody made.
///
/// # Errors
/// Only unexpected ones.
pub async fn find(conn: &mut impl AsConn, purpose: Purpose, token: &str) -> Outcome<Option<StoredLink>> {
    let Ok(token) = URL_SAFE_NO_PAD.decode(token) else {
        return Ok(None);
    };
    Ok(sql(
        "SELECT token_hash, invitation_id, user_id, expires_at, used_at FROM link_tokens \
            WHERE token_hash = $1 AND purpose = $2",
    )
    .bind(hash(&token))
    .bind(purpose.as_str())
    .fetch_optional(conn)
    .await?)
}

impl StoredLink {
    /// Uses the link up. False when somebody was faster.
    ///
    /// # Errors
    /// Only unexpected ones.
    pub async fn use_up(&self, tx: &mut Tx, now: Timestamp) -> Outcome<bool> {
        let used = sql("UPDATE link_tokens SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL")
            .bind(self.token_hash.clone())
            .bind(now)
            .execute(tx)
            .await?;
        Ok(used == 1)
    }
}
