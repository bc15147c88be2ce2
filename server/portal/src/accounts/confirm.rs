//! Asking somebody for the password they have.

use std::net::IpAddr;

use domain::Problem;
use domain::id::UserId;

use super::limits::{self, LimitKeys};
use super::password;
use crate::storage::sql;
use crate::{Outcome, Portal, Refusal};

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
