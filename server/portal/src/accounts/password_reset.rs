//! A forgotten password: asking for a link, and setting a new password behind it.

use std::net::IpAddr;
use std::time::Duration;

use domain::id::UserId;
use domain::{AuditAction, EmailAddress, Language};

use super::link::{self, Purpose, StoredLink};
use super::obvious::Obvious;
use super::reset_mail::SendResetLink;
use super::{limits, password, profile, sessions};
use crate::audit::{Entry, record_own};
use crate::jobs::{self, NewJob};
use crate::mail::{self, MailKind, NewMail};
use crate::storage::{AsConn, sql};
use crate::{Outcome, Portal, Refusal};

/// How long a reset link works.
pub const LINK_LIVES: Duration = Duration::from_mins(30);
/// Sends a reset link when the address belongs to somebody with a password. The answer and the work behind it are the
/// same for everybody, so that nobody can find out who is a user. `address` is the caller's.
///
/// # Errors
/// [`Refusal::Invalid`] when `email` is no address; [`Refusal::Conflict`] with `too-many-attempts` (argument `minutes`)
/// when too many requests came from `address`, whoever they were for.
pub async fn request(portal: &Portal, email: &str, address: IpAddr) -> Outcome<()> {
    let email = EmailAddress::parse(email).map_err(|problem| Refusal::field("email", problem))?;
    limits::count_reset(portal, address).await?;
    let mut tx = portal.db.begin().await?;
    // Only whose it is goes on: what strangers type is kept nowhere.
    let user: Option<(UserId,)> = sql("SELECT id FROM users WHERE email_key = $1")
        .bind(email.key())
        .fetch_optional(&mut tx)
        .await?;
    let job = SendResetLink {
        user: user.map(|(user,)| user),
        asked_at: portal.now(),
    };
    jobs::enqueue(&mut tx, portal, NewJob::of(&job)).await?;
    Ok(tx.commit().await?)
}

#[derive(sqlx::FromRow)]
struct Resetting {
    email: String,
    language: Language,
}

/// Whether a link still sets a password, and for which log-in name.
///
/// # Errors
/// [`Refusal::Conflict`] with `link-unknown`, `link-used` or `link-expired`.
pub async fn open(portal: &Portal, token: &str) -> Outcome<String> {
    let mut conn = portal.db.read().await?;
    let (_, user) = usable(portal, &mut conn, token).await?;
    Ok(person(&mut conn, user).await?.email)
}

async fn usable(portal: &Portal, conn: &mut impl AsConn, token: &str) -> Outcome<(StoredLink, UserId)> {
    let link = link::find(conn, Purpose::PasswordReset, token)
        .await?
        .ok_or(Refusal::conflict("link-unknown"))?;
    let user = link.user_id.ok_or(Refusal::conflict("link-unknown"))?;
    if link.used_at.is_some() {
        return Err(Refusal::conflict("link-used"));
    }
    if link.expires_at <= portal.now() {
        return Err(Refusal::conflict("link-expired"));
    }
    Ok((link, user))
}

async fn person(conn: &mut impl AsConn, user: UserId) -> Outcome<Resetting> {
    Ok(sql("SELECT email, language FROM users WHERE id = $1")
        .bind(user)
        .fetch_one(conn)
        .await?)
}

/// Sets the new password, ends all sessions of the person and tells them by mail.
///
/// # Errors
/// [`Refusal::Invalid`] for the password; [`Refusal::Conflict`] as for [`open`].
pub async fn complete(portal: &Portal, token: &str, new_password: String) -> Outcome<UserId> {
    let mut conn = portal.db.read().await?;
    let (_, user) = usable(portal, &mut conn, token).await?;
    let person = person(&mut conn, user).await?;
    let obvious = Obvious::of(&mut conn, &portal.settings.brand, user).await?;
    drop(conn);
    password::check_new(&new_password, &obvious).map_err(|problem| Refusal::field("password", problem))?;
    let hash = password::hash(new_password, portal.entropy.salt()).await?;

    let mut tx = portal.db.begin().await?;
    let (link, user) = usable(portal, &mut tx, token).await?;
    if !link.use_up(&mut tx, portal.now()).await? {
        return Err(Refusal::conflict("link-used"));
    }
    profile::set_password_hash(portal, &mut tx, user, hash).await?;
    sessions::end_all(&mut tx, user, None).await?;
    let notice = NewMail::new(MailKind::PasswordChanged, person.email, person.language).user(user);
    mail::queue(&mut tx, portal, notice).await?;
    record_own(&mut tx, portal, user, Entry::new(AuditAction::PasswordReset)).await?;
    tx.commit().await?;
    Ok(user)
}
