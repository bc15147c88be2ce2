//! Asking for a code.

use std::net::IpAddr;

use domain::Problem;
use domain::id::UserId;

use super::totp::{DIGITS, Verdict, judge};
use super::{FIELD, Held, hold, recovery};
use crate::accounts::limits::{self, LimitKeys};
use crate::accounts::notice::tell;
use crate::mail::MailKind;
use crate::storage::{Tx, sql};
use crate::{Outcome, Portal, Refusal};

/// Checks a code of the app, or a recovery code, and uses it up. The person is told by mail when it was a recovery code.
///
/// # Errors
/// [`Refusal::Invalid`] in [`FIELD`] with `required`, `wrong-code`, `code-used` or `wrong-recovery-code`;
/// [`Refusal::Conflict`] with `too-many-attempts` (argument `minutes`); [`Refusal::NotFound`] when the person has no
/// second step.
pub async fn check(portal: &Portal, user: UserId, typed: &str, address: IpAddr) -> Outcome<()> {
    let wrong = |code| Refusal::field(FIELD, Problem::new(code));
    if typed.trim().is_empty() {
        return Err(wrong("required"));
    }
    let keys = LimitKeys::of_codes(user, address);
    limits::begin_attempt(portal, &keys).await?;
    let mut tx = portal.db.begin().await?;
    let held = hold(&mut tx, user)
        .await?
        .filter(|held| held.confirmed_at.is_some())
        .ok_or(Refusal::NotFound)?;
    let refused = match parse(typed) {
        Some(code) => take(portal, &mut tx, user, &held, code).await?,
        None if recovery::use_up(portal, &mut tx, user, typed).await? => {
            tell(portal, &mut tx, user, MailKind::RecoveryCodeUsed).await?;
            None
        }
        None => Some("wrong-recovery-code"),
    };
    if let Some(code) = refused {
        drop(tx);
        limits::failed(portal, &keys).await?;
        return Err(wrong(code));
    }
    limits::succeeded(&mut tx, &keys).await?;
    Ok(tx.commit().await?)
}

/// A code of the app, which people type with a space in the middle; nothing when it can only be a recovery code.
pub(super) fn parse(typed: &str) -> Option<u32> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let whole = digits.len() == DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
    whole.then(|| digits.parse().ok()).flatten()
}

/// Takes a code of the app, and no code of its time again. Gives what is wrong with it.
pub(super) async fn take(
    portal: &Portal,
    tx: &mut Tx,
    user: UserId,
    held: &Held,
    typed: u32,
) -> Outcome<Option<&'static str>> {
    let step = match judge(&held.key(portal, user)?, typed, portal.now(), held.last_step) {
        Verdict::Right(step) => step,
        Verdict::Used => return Ok(Some("code-used")),
        Verdict::Wrong => return Ok(Some("wrong-code")),
    };
    sql("UPDATE two_factors SET last_step = $2 WHERE user_id = $1")
        .bind(user)
        .bind(step)
        .execute(tx)
        .await?;
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn codes_of_the_app_are_told_from_recovery_codes() {
        assert_eq!(parse(" 123 456 "), Some(123_456));
        assert_eq!(parse("000001"), Some(1));
        for other in ["", "12345", "1234567", "-12345", "ABCD-EFGH-IJKL-MNOP", "١٢٣٤٥٦"] {
            assert_eq!(parse(other), None, "{other}");
        }
    }
}
