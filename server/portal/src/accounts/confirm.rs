//! Asking somebody for the password they have, before what must not be done from a computer left open.

use std::net::IpAddr;
use std::time::Duration;

use domain::id::UserId;
use domain::{Problem, Timestamp};

use super::limits::{self, LimitKeys};
use super::password;
use crate::storage::sql;
use crate::{Outcome, Portal, Refusal};

/// How long the password need not be given again.
const FRESH: Duration = Duration::from_mins(10);

/// When somebody last proved in their session who they are. Use cases that are sensitive take one, and ask for a fresh
/// one after they have asked for the permission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof(Option<Timestamp>);

impl Proof {
    /// Given at that moment; never, as far as the session knows.
    pub const fn given(at: Option<Timestamp>) -> Self {
        Self(at)
    }

    /// Refuses a proof that is too old.
    ///
    /// # Errors
    /// [`Refusal::Unproved`]: the person is asked for their password, and finds their form as it was.
    pub fn require(self, now: Timestamp) -> Outcome<()> {
        match self.0 {
            Some(at) if now.since(at) < FRESH => Ok(()),
            _ => Err(Refusal::Unproved),
        }
    }
}

/// Checks that `typed` is the password of somebody who is logged in.
///
/// # Errors
/// [`Refusal::Invalid`] in `password` with `required` or `wrong-password`; [`Refusal::Conflict`] with `too-many-attempts`
/// (argument `minutes`).
pub async fn confirm(portal: &Portal, user: UserId, typed: String, address: IpAddr) -> Outcome<()> {
    confirm_password(portal, user, "password", typed, address).await
}

/// Checks that `typed`, the control `field` of a form, is the password of `user`. Tries count together with those at
/// log-in: a form behind it must not be the way around its limits.
///
/// # Errors
/// [`Refusal::Invalid`] in `field` with `required` or `wrong-password`; [`Refusal::Conflict`] with `too-many-attempts`
/// (argument `minutes`).
pub(super) async fn confirm_password(
    portal: &Portal,
    user: UserId,
    field: &'static str,
    typed: String,
    address: IpAddr,
) -> Outcome<()> {
    if typed.is_empty() {
        return Err(Refusal::field(field, Problem::new("required")));
    }
    let (email_key, stored): (String, Option<String>) =
        sql("SELECT email_key, password_hash FROM users WHERE id = $1")
            .bind(user)
            .fetch_one(&mut portal.db.read().await?)
            .await?;
    let keys = LimitKeys::new(&email_key, address);
    limits::begin_attempt(portal, &keys).await?;
    if !password::verify(typed, stored).await? {
        limits::failed(portal, &keys).await?;
        return Err(Refusal::field(field, Problem::new("wrong-password")));
    }
    let mut tx = portal.db.begin().await?;
    limits::succeeded(&mut tx, &keys).await?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_is_fresh_for_ten_minutes() {
        let now = Timestamp::from_seconds(1_000_000);
        let age = |seconds| Proof::given(Some(now - Duration::from_secs(seconds))).require(now);
        assert!(age(0).is_ok());
        assert!(age(599).is_ok());
        assert!(matches!(age(600), Err(Refusal::Unproved)));
        assert!(matches!(Proof::given(None).require(now), Err(Refusal::Unproved)));
    }
}
