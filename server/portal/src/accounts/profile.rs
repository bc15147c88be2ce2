//! What a person sets about themselves: name, language, time zone, theme, password.

use std::net::IpAddr;

use domain::id::UserId;
use domain::{AuditAction, AuditField, FieldProblems, Language, PersonName, Problem, Theme};

use super::confirm::confirm_password;
use super::notice::tell;
use super::obvious::Obvious;
use super::{password, sessions};
use crate::audit::{Entry, record_own};
use crate::mail::MailKind;
use crate::storage::{Tx, sql};
use crate::{Outcome, Portal, Refusal, invitations};

/// The profile form.
#[derive(Clone, Debug, Default)]
pub struct ProfileForm {
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// `en` or `es`.
    pub language: String,
    /// An IANA name.
    pub time_zone: String,
    /// `system`, `light` or `dark`.
    pub theme: String,
}

/// What the profile says so far.
#[derive(sqlx::FromRow)]
struct Known {
    email: String,
    first_name: String,
    last_name: String,
    language: String,
    theme: String,
    time_zone: String,
}

/// Saves the profile.
///
/// # Errors
/// [`Refusal::Invalid`] by field.
pub async fn update(portal: &Portal, user: UserId, form: ProfileForm) -> Outcome<()> {
    let mut problems = FieldProblems::new();
    let first_name = problems.take("first_name", PersonName::parse(&form.first_name));
    let last_name = problems.take("last_name", PersonName::parse(&form.last_name));
    let language = problems.take("language", form.language.parse::<Language>());
    let theme = problems.take("theme", form.theme.parse::<Theme>());
    let time_zone = problems.take("time_zone", known_time_zone(&form.time_zone));
    let (Some(first_name), Some(last_name), Some(language), Some(theme), Some(time_zone)) =
        (first_name, last_name, language, theme, time_zone)
    else {
        return Err(problems.into());
    };
    let mut tx = portal.db.begin().await?;
    let was: Known =
        sql("SELECT email, first_name, last_name, language, theme, time_zone FROM users WHERE id = $1")
            .bind(user)
            .fetch_one(&mut tx)
            .await?;
    let search = invitations::search_words(&first_name, &last_name, &was.email);
    let entry = Entry::new(AuditAction::ProfileChanged)
        .changed(AuditField::FirstName, was.first_name, first_name.as_str())
        .changed(AuditField::LastName, was.last_name, last_name.as_str())
        .changed(AuditField::Language, was.language, language.as_str())
        .changed(AuditField::Theme, was.theme, theme.as_str())
        .changed(AuditField::TimeZone, was.time_zone, time_zone.as_str());
    if !entry.is_without_change() {
        record_own(&mut tx, portal, user, entry).await?;
    }
    sql(
        "UPDATE users SET first_name = $2, last_name = $3, language = $4, theme = $5, time_zone = $6, \
         updated_at = $7, search = $8 WHERE id = $1",
    )
    .bind(user)
    .bind(first_name.as_str())
    .bind(last_name.as_str())
    .bind(language.as_str())
    .bind(theme.as_str())
    .bind(time_zone)
    .bind(portal.now())
    .bind(search)
    .execute(&mut tx)
    .await?;
    tx.commit().await?;
    Ok(())
}

/// Saves the language, the theme, or both; what is not given stays.
///
/// # Errors
/// Only unexpected ones.
pub async fn prefer(
    portal: &Portal,
    user: UserId,
    language: Option<Language>,
    theme: Option<Theme>,
) -> Outcome<()> {
    let mut tx = portal.db.begin().await?;
    sql(
        "UPDATE users SET language = COALESCE($2, language), theme = COALESCE($3, theme), updated_at = $4 \
         WHERE id = $1",
    )
    .bind(user)
    .bind(language.map(|language| language.as_str().to_owned()))
    .bind(theme.map(|theme| theme.as_str().to_owned()))
    .bind(portal.now())
    .execute(&mut tx)
    .await?;
    tx.commit().await?;
    Ok(())
}

/// The time zones to choose from, by continent and city, without the aliases that the database keeps for old programs.
pub fn time_zones() -> impl Iterator<Item = &'static str> {
    include_str!("time_zones.txt")
        .lines()
        .filter(|name| !name.starts_with('#') && jiff::tz::db().get(name).is_ok())
}

fn known_time_zone(name: &str) -> Result<String, Problem> {
    jiff::tz::db()
        .get(name.trim())
        .ok()
        .and_then(|zone| zone.iana_name().map(str::to_owned))
        .ok_or(Problem::new("unknown-time-zone"))
}

/// Changes the password of a logged-in person; ends their other sessions and tells them by mail.
/// `session` is the id of the session that stays.
///
/// # Errors
/// [`Refusal::Invalid`] for either field, for `new_password` with `password-unchanged` where it is the old one;
/// [`Refusal::Conflict`] with `too-many-attempts` as at log-in, when the old
/// password was guessed at from `address` or anywhere.
pub async fn change_password(
    portal: &Portal,
    user: UserId,
    session: &[u8],
    old: String,
    new: String,
    address: IpAddr,
) -> Outcome<()> {
    let is_same = old == new;
    confirm_password(portal, user, "old_password", old, address).await?;
    if is_same {
        return Err(Refusal::field("new_password", Problem::new("password-unchanged")));
    }
    let mut conn = portal.db.read().await?;
    let obvious = Obvious::of(&mut conn, &portal.settings.brand, user).await?;
    drop(conn);
    password::check_new(&new, &obvious).map_err(|problem| Refusal::field("new_password", problem))?;
    let hash = password::hash(new, portal.entropy.salt()).await?;
    let mut tx = portal.db.begin().await?;
    set_password_hash(portal, &mut tx, user, hash).await?;
    sessions::end_all(&mut tx, user, Some(session)).await?;
    tell(portal, &mut tx, user, MailKind::PasswordChanged).await?;
    record_own(&mut tx, portal, user, Entry::new(AuditAction::PasswordChanged)).await?;
    tx.commit().await?;
    Ok(())
}

/// Keeps a new password hash; unused reset links die with the old password.
///
/// # Errors
/// Only unexpected ones.
pub(super) async fn set_password_hash(
    portal: &Portal,
    tx: &mut Tx,
    user: UserId,
    hash: String,
) -> Outcome<()> {
    let now = portal.now();
    sql("UPDATE users SET password_hash = $2, password_changed_at = $3, updated_at = $3 WHERE id = $1")
        .bind(user)
        .bind(hash)
        .bind(now)
        .execute(tx)
        .await?;
    sql("UPDATE link_tokens SET used_at = $2 \
         WHERE user_id = $1 AND purpose = 'password_reset' AND used_at IS NULL")
    .bind(user)
    .bind(now)
    .execute(tx)
    .await?;
    Ok(())
}
