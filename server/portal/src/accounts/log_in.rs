//! Logging in with name and password.

use std::net::IpAddr;

use domain::id::UserId;
use domain::{EmailAddress, FieldProblems, Problem};

use super::limits::{self, LimitKeys};
use super::{current, password};
use crate::storage::sql;
use crate::{Outcome, Portal, Refusal};

#[derive(sqlx::FromRow)]
struct Credentials {
    id: UserId,
    password_hash: Option<String>,
}

/// Checks name and password: the first step of a log-in, and the only one for who has no second. The answer and the time it takes are the same for unknown names and wrong passwords.
/// Whoever knows the password and may not come in all the same is told why.
///
/// # Errors
/// [`Refusal::Invalid`] with `required` for an empty field; [`Refusal::Conflict`] with `wrong-name-or-password` or
/// `too-many-attempts` (argument `minutes`) and, after the right password, with `account-blocked`,
/// `account-access-off` (arguments `customer`, `company`) or `account-without-customer`.
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
    let outdated = stored.clone().filter(|stored| password::is_outdated(stored));
    let verified = password::verify(password.to_owned(), stored).await?;
    let Some(user) = user.filter(|_| verified) else {
        limits::failed(portal, &keys).await?;
        return Err(Refusal::conflict("wrong-name-or-password"));
    };
    let admitted = current::current(portal, user, None).await?.is_some();
    remember(portal, &keys, user, outdated.map(|stored| (password, stored))).await?;
    if admitted {
        Ok(user)
    } else {
        Err(Refusal::Conflict(why_not(portal, user).await?))
    }
}

/// Ends an attempt whose password was right. `rehash` is the password with its outdated hash, which is replaced unless
/// somebody has set another password meanwhile.
pub(super) async fn remember(
    portal: &Portal,
    keys: &LimitKeys,
    user: UserId,
    rehash: Option<(&str, String)>,
) -> Outcome<()> {
    let fresh = match rehash {
        Some((password, outdated)) => {
            let fresh = password::hash(password.to_owned(), portal.entropy.salt()).await?;
            Some((fresh, outdated))
        }
        None => None,
    };
    let mut tx = portal.db.begin().await?;
    limits::succeeded(&mut tx, keys).await?;
    if let Some((fresh, outdated)) = fresh {
        sql("UPDATE users SET password_hash = $2 WHERE id = $1 AND password_hash = $3")
            .bind(user)
            .bind(fresh)
            .bind(outdated)
            .execute(&mut tx)
            .await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Why somebody with the right password may not come in.
async fn why_not(portal: &Portal, user: UserId) -> Outcome<Problem> {
    let mut conn = portal.db.read().await?;
    let blocked: Option<(bool,)> = sql("SELECT blocked_at IS NOT NULL FROM users WHERE id = $1")
        .bind(user)
        .fetch_optional(&mut conn)
        .await?;
    if blocked == Some((true,)) {
        return Ok(Problem::new("account-blocked"));
    }
    // Not blocked by this customer, they are kept out by the customer's own state.
    let membership: Option<(String, bool)> = sql("SELECT c.name, m.blocked_at IS NOT NULL \
         FROM memberships m JOIN customers c ON c.id = m.customer_id \
         WHERE m.user_id = $1 AND m.accepted_at IS NOT NULL AND m.removed_at IS NULL \
         ORDER BY m.blocked_at IS NOT NULL, c.sort_name LIMIT 1")
    .bind(user)
    .fetch_optional(&mut conn)
    .await?;
    Ok(match membership {
        Some((customer, false)) => Problem::new("account-access-off")
            .with("customer", customer)
            .with("company", portal.settings.brand.company.as_str()),
        Some((_, true)) => Problem::new("account-blocked"),
        None => Problem::new("account-without-customer"),
    })
}
