//! Logging in with name and password.

use std::net::IpAddr;

use domain::id::UserId;
use domain::{EmailAddress, FieldProblems, Problem};

use super::limits::{self, LimitKeys};
use super::{current, password};
use crate::storage::{Tx, sql};
use crate::{Outcome, Portal, Refusal};

#[derive(sqlx::FromRow)]
struct Credentials {
    id: UserId,
    password_hash: Option<String>,
}

/// Checks name and password. The answer and the time it takes are the same for unknown names, wrong
/// passwords, and people who may not log in (blocked, or their customer has no Storefronts access).
///
/// # Errors
/// [`Refusal::Invalid`] with `required` for an empty field; [`Refusal::Conflict`] with
/// `wrong-name-or-password` or `too-many-attempts` (argument `minutes`).
pub async fn log_in(portal: &Portal, email: &str, password: &str, address: IpAddr) -> Outcome<UserId> {
    let mut problems = FieldProblems::new();
    if email.trim().is_empty() {
        problems.add("email", Problem::new("required"));
    }
    if password.is_empty() {
        problems.add("password", Problem::new("required"));
    }
    if !problems.is_empty() {
        return Err(problems.into());
    }
    // A name that is no address is counted and answered like an unknown one.
    let key = EmailAddress::parse(email).map_or_else(|_| email.trim().to_lowercase(), |email| email.key());
    let keys = LimitKeys::new(&key, address);
    limits::begin_attempt(portal, &keys).await?;

    let credentials: Option<Credentials> = sql("SELECT id, password_hash FROM users WHERE email_key = $1")
        .bind(key)
        .fetch_optional(&mut portal.db.read().await?)
        .await?;
    let (user, stored) = credentials.map_or((None, None), |known| (Some(known.id), known.password_hash));
    let outdated = stored.as_deref().is_some_and(password::is_outdated);
    let verified = password::verify(password.to_owned(), stored).await?;
    let admitted = match user {
        Some(user) if verified => current::current(portal, user, None).await?.map(|_| user),
        _ => None,
    };
    if let Some(user) = admitted {
        remember_log_in(portal, &keys, user, outdated.then_some(password)).await?;
        Ok(user)
    } else {
        Err(Refusal::conflict("wrong-name-or-password"))
    }
}

async fn remember_log_in(
    portal: &Portal,
    keys: &LimitKeys,
    user: UserId,
    rehash: Option<&str>,
) -> Outcome<()> {
    let fresh = match rehash {
        Some(password) => Some(password::hash(password.to_owned(), portal.entropy.salt()).await?),
        None => None,
    };
    let mut tx = portal.db.begin().await?;
    limits::succeeded(&mut tx, keys).await?;
    if let Some(fresh) = fresh {
        sql("UPDATE users SET password_hash = $2 WHERE id = $1")
            .bind(user)
            .bind(fresh)
            .execute(&mut tx)
            .await?;
    }
    note(portal, &mut tx, user).await?;
    tx.commit().await?;
    Ok(())
}

/// Notes that somebody has just logged in: by their password, or by a link with which they chose one.
pub(super) async fn note(portal: &Portal, tx: &mut Tx, user: UserId) -> Outcome<()> {
    sql("UPDATE users SET last_login_at = $2 WHERE id = $1")
        .bind(user)
        .bind(portal.now())
        .execute(tx)
        .await?;
    Ok(())
}
