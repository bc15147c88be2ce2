//! Setting the second step up: a new key, which counts once a code made with it was typed.

use std::time::Duration;

use data_encoding::BASE32_NOPAD;
use domain::id::UserId;
use domain::{AuditAction, Problem};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::check::{parse, take};
use super::recovery::{self, RecoveryCodes, grouped};
use super::totp::{DIGITS, KEY_BYTES, STEP_SECONDS};
use super::{FIELD, hold, look, place};
use crate::accounts::confirm::Proof;
use crate::accounts::notice::tell;
use crate::audit::{Entry, record_own};
use crate::mail::MailKind;
use crate::storage::sql;
use crate::{Outcome, Portal, Refusal};

/// How long somebody may take to put the key into their app.
const LIVES: Duration = Duration::from_hours(1);

/// A key that waits to be put into an app.
#[derive(Clone, PartialEq, Eq)]
pub struct SetUp {
    /// The key to be typed: base 32 in groups.
    pub key: String,
    /// What the picture says to the app's camera: `otpauth://totp/…`.
    pub address: String,
}

#[cfg(any(test, feature = "testing"))]
impl SetUp {
    /// The code that the app shows at `now`.
    pub fn code_at(&self, now: domain::Timestamp) -> String {
        let key = BASE32_NOPAD.decode(self.key.replace(' ', "").as_bytes());
        super::totp::code_at(&key.unwrap_or_default(), now)
    }
}

/// Makes a new key for somebody who has no second step. One that was made before and not confirmed stops working.
///
/// # Errors
/// [`Refusal::Unproved`]; [`Refusal::Conflict`] with `two-factor-is-on`.
pub async fn start(portal: &Portal, user: UserId, proof: Proof) -> Outcome<()> {
    proof.require(portal.now())?;
    let mut key = [0; KEY_BYTES];
    portal.entropy.fill(&mut key);
    let sealed = portal
        .secrets
        .seal(portal.entropy.as_ref(), &place(user), &key)
        .map_err(anyhow::Error::from)?;
    let mut tx = portal.db.begin().await?;
    let begun = sql(
        "INSERT INTO two_factors (user_id, secret, created_at) VALUES ($1, $2, $3) \
         ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, last_step = 0, \
         created_at = excluded.created_at WHERE two_factors.confirmed_at IS NULL",
    )
    .bind(user)
    .bind(sealed.0)
    .bind(portal.now())
    .execute(&mut tx)
    .await?;
    if begun == 0 {
        return Err(Refusal::conflict("two-factor-is-on"));
    }
    Ok(tx.commit().await?)
}

/// The key that somebody is putting into their app, if they are.
///
/// # Errors
/// Only unexpected ones.
pub async fn pending(portal: &Portal, user: UserId) -> Outcome<Option<SetUp>> {
    let mut conn = portal.db.read().await?;
    let held = look(&mut conn, user).await?;
    let Some(held) =
        held.filter(|held| held.confirmed_at.is_none() && portal.now().since(held.created_at) < LIVES)
    else {
        return Ok(None);
    };
    let (email,): (String,) = sql("SELECT email FROM users WHERE id = $1")
        .bind(user)
        .fetch_one(&mut conn)
        .await?;
    let key = BASE32_NOPAD.encode(&held.key(portal, user)?);
    let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let (issuer, account) = (encode(&portal.settings.brand.company), encode(&email));
    let address = format!(
        "otpauth://totp/{issuer}:{account}?secret={key}&issuer={issuer}&algorithm=SHA1&digits={DIGITS}&period={STEP_SECONDS}"
    );
    Ok(Some(SetUp {
        key: grouped(&key).replace('-', " "),
        address,
    }))
}

/// Switches the second step on with a first code of the app, and gives the recovery codes. The person is told by mail.
///
/// # Errors
/// [`Refusal::Invalid`] in [`FIELD`] with `required` or `wrong-code`; [`Refusal::Conflict`] with `two-factor-is-on` or
/// `two-factor-not-begun`.
pub async fn switch_on(portal: &Portal, user: UserId, typed: &str) -> Outcome<RecoveryCodes> {
    let wrong = |code| Refusal::field(FIELD, Problem::new(code));
    if typed.trim().is_empty() {
        return Err(wrong("required"));
    }
    let now = portal.now();
    let mut tx = portal.db.begin().await?;
    let held = hold(&mut tx, user)
        .await?
        .ok_or(Refusal::conflict("two-factor-not-begun"))?;
    if held.confirmed_at.is_some() {
        return Err(Refusal::conflict("two-factor-is-on"));
    }
    if now.since(held.created_at) >= LIVES {
        return Err(Refusal::conflict("two-factor-not-begun"));
    }
    // No limit: whoever may try sees the key beside the field.
    let code = parse(typed).ok_or_else(|| wrong("wrong-code"))?;
    if let Some(problem) = take(portal, &mut tx, user, &held, code).await? {
        return Err(wrong(problem));
    }
    sql("UPDATE two_factors SET confirmed_at = $2 WHERE user_id = $1")
        .bind(user)
        .bind(now)
        .execute(&mut tx)
        .await?;
    let codes = recovery::replace(portal, &mut tx, user).await?;
    tell(portal, &mut tx, user, MailKind::TwoFactorOn).await?;
    record_own(&mut tx, portal, user, Entry::new(AuditAction::TwoFactorOn)).await?;
    tx.commit().await?;
    Ok(codes)
}
