//! The first operator of a new portal comes in by a one-time link that the process prints.

use std::time::Duration;

use domain::id::UserId;
use domain::{AuditAction, AuditField, EmailAddress, FieldProblems, Language, OperatorRole, PersonName};

use super::link::{self, Purpose, Target};
use super::obvious::Obvious;
use super::{password, profile};
use crate::audit::{Entry, record_own};
use crate::storage::{AsConn, Tx, sql};
use crate::{Outcome, Portal, Refusal};

const LINK_LIVES: Duration = Duration::from_hours(24);

/// The form behind the link.
#[derive(Clone, Debug, Default)]
pub struct FirstOperatorForm {
    /// Log-in name.
    pub email: String,
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// The password they choose.
    pub password: String,
    /// Interface language: `en` or `es`.
    pub language: String,
}

/// Whether the portal has an operator who can log in.
///
/// # Errors
/// Only unexpected ones.
pub async fn exists(conn: &mut impl AsConn) -> Outcome<bool> {
    let (exists,): (bool,) = sql(
        "SELECT EXISTS (SELECT 1 FROM users WHERE operator_role IS NOT NULL AND password_hash IS NOT NULL)",
    )
    .fetch_one(conn)
    .await?;
    Ok(exists)
}

/// The path of a fresh one-time link, or nothing when there is an operator already. Former links stop
/// working.
///
/// # Errors
/// Only unexpected ones.
pub async fn issue(portal: &Portal) -> Outcome<Option<String>> {
    let mut tx = portal.db.begin().await?;
    if exists(&mut tx).await? {
        return Ok(None);
    }
    sql("DELETE FROM link_tokens WHERE purpose = 'first_operator'")
        .execute(&mut tx)
        .await?;
    let expires_at = portal.now() + LINK_LIVES;
    let token = link::issue(
        portal,
        &mut tx,
        Purpose::FirstOperator,
        Target::default(),
        expires_at,
    )
    .await?;
    tx.commit().await?;
    Ok(Some(format!("/setup/{token}")))
}

/// Whether a link still creates the first operator.
///
/// # Errors
/// [`Refusal::Conflict`] with `link-used`, `link-expired` or `link-unknown`.
pub async fn open(portal: &Portal, token: &str) -> Outcome<()> {
    usable(portal, &mut portal.db.read().await?, token)
        .await
        .map(|_| ())
}

async fn usable(portal: &Portal, conn: &mut impl AsConn, token: &str) -> Outcome<link::StoredLink> {
    let link = link::find(conn, Purpose::FirstOperator, token).await?;
    let link = link.ok_or(Refusal::conflict("link-unknown"))?;
    if link.used_at.is_some() || exists(conn).await? {
        return Err(Refusal::conflict("link-used"));
    }
    if link.expires_at <= portal.now() {
        return Err(Refusal::conflict("link-expired"));
    }
    Ok(link)
}

/// Creates the first operator, an administrator.
///
/// # Errors
/// [`Refusal::Invalid`] by field; [`Refusal::Conflict`] as for [`open`].
pub async fn accept(portal: &Portal, token: &str, form: FirstOperatorForm) -> Outcome<UserId> {
    open(portal, token).await?;
    let mut problems = FieldProblems::new();
    let email = problems.take("email", EmailAddress::parse(&form.email));
    let first_name = problems.take("first_name", PersonName::parse(&form.first_name));
    let last_name = problems.take("last_name", PersonName::parse(&form.last_name));
    let personal = [form.email.as_str(), &form.first_name, &form.last_name];
    let obvious = Obvious::new(&portal.settings.brand, &personal);
    problems.take("password", password::check_new(&form.password, &obvious));
    let (Some(email), Some(first_name), Some(last_name), true) =
        (email, first_name, last_name, problems.is_empty())
    else {
        return Err(problems.into());
    };
    let hash = password::hash(form.password, portal.entropy.salt()).await?;
    let mut tx = portal.db.begin().await?;
    let link = usable(portal, &mut tx, token).await?;
    if !link.use_up(&mut tx, portal.now()).await? {
        return Err(Refusal::conflict("link-used"));
    }
    let language = form
        .language
        .parse()
        .unwrap_or(portal.settings.brand.default_language);
    let user = insert_administrator(portal, &mut tx, &email, &first_name, &last_name, language).await?;
    profile::set_password_hash(portal, &mut tx, user, hash).await?;
    let entry = Entry::new(AuditAction::FirstOperatorCreated).with(AuditField::Email, email.as_str());
    record_own(&mut tx, portal, user, entry).await?;
    tx.commit().await?;
    Ok(user)
}

async fn insert_administrator(
    portal: &Portal,
    tx: &mut Tx,
    email: &EmailAddress,
    first_name: &PersonName,
    last_name: &PersonName,
    language: Language,
) -> Outcome<UserId> {
    let user = UserId(portal.entropy.id());
    sql(
        "INSERT INTO users (id, email, email_key, first_name, last_name, language, time_zone, operator_role, \
         created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)",
    )
    .bind(user)
    .bind(email.as_str())
    .bind(email.key())
    .bind(first_name.as_str())
    .bind(last_name.as_str())
    .bind(language.as_str())
    .bind(portal.settings.brand.default_time_zone.as_str())
    .bind(OperatorRole::Administrator.as_str())
    .bind(portal.now())
    .execute(tx)
    .await?;
    Ok(user)
}
