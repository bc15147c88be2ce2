//! Doing without the second step again.

use std::net::IpAddr;

use domain::id::{CustomerId, UserId};
use domain::{AuditAction, EmailAddress, FieldProblems, Permission, Problem};

use super::{FIELD, check, recovery};
use crate::access::Operator;
use crate::accounts::confirm::{Proof, confirm_password};
use crate::accounts::notice::tell;
use crate::accounts::sessions;
use crate::audit::{self, Entry, record_own};
use crate::mail::MailKind;
use crate::storage::{AsConn, Tx, sql};
use crate::{Actor, Outcome, Portal, Refusal};

/// Switches the second step off for whoever gives password and code. The person is told by mail.
///
/// # Errors
/// [`Refusal::Invalid`] for `password` and [`FIELD`]; [`Refusal::Conflict`] with `two-factor-needed` for operators of a
/// portal that wants it, `two-factor-is-off`, and `too-many-attempts` (argument `minutes`).
pub async fn switch_off(
    portal: &Portal,
    user: UserId,
    password: String,
    code: &str,
    address: IpAddr,
) -> Outcome<()> {
    let mut problems = FieldProblems::new();
    for (field, empty) in [("password", password.is_empty()), (FIELD, code.trim().is_empty())] {
        if empty {
            problems.add(field, Problem::new("required"));
        }
    }
    if !problems.is_empty() {
        return Err(problems.into());
    }
    if super::find(portal, user).await?.is_none() {
        return Err(Refusal::conflict("two-factor-is-off"));
    }
    if is_needed(portal, user).await? {
        return Err(Refusal::conflict("two-factor-needed"));
    }
    confirm_password(portal, user, "password", password, address).await?;
    check(portal, user, code, address).await?;
    let mut tx = portal.db.begin().await?;
    remove(portal, &mut tx, user).await?;
    record_own(&mut tx, portal, user, Entry::new(AuditAction::TwoFactorOff)).await?;
    Ok(tx.commit().await?)
}

/// Whether the deployment wants the person to have a second step.
async fn is_needed(portal: &Portal, user: UserId) -> Outcome<bool> {
    let (operator,): (bool,) = sql("SELECT operator_role IS NOT NULL FROM users WHERE id = $1")
        .bind(user)
        .fetch_one(&mut portal.db.read().await?)
        .await?;
    Ok(operator && portal.settings.security.operators_need_two_factor)
}

/// Takes the second step from somebody who has lost phone and recovery codes; all their sessions end, and they are told
/// by mail. Who may do that is decided by the caller, who also says for which customer they are asked: none for operators.
///
/// # Errors
/// [`Refusal::Conflict`] with `two-factor-is-off`.
pub async fn reset(
    portal: &Portal,
    tx: &mut Tx,
    by: &Actor,
    customer: Option<CustomerId>,
    user: UserId,
) -> Outcome<()> {
    remove(portal, tx, user).await?;
    let name = Actor::person(tx, user).await?.name.unwrap_or_default();
    let entry = Entry::new(AuditAction::TwoFactorReset)
        .of(customer)
        .about(user, name);
    audit::record(tx, portal, by, entry).await?;
    sessions::end_all(tx, user, None).await
}

/// Takes the second step from somebody of a customer, at their word.
///
/// # Errors
/// [`Refusal::Forbidden`]; [`Refusal::Unproved`]; [`Refusal::NotFound`] when they are nobody of `customer`;
/// [`Refusal::Conflict`] with `two-factor-is-off`.
pub async fn reset_of_client(
    portal: &Portal,
    operator: &Operator,
    proof: Proof,
    customer: CustomerId,
    user: UserId,
) -> Outcome<()> {
    operator.require(Permission::ManageCustomers)?;
    proof.require(portal.now())?;
    let mut tx = portal.db.begin().await?;
    if !is_client(&mut tx, customer, user).await? {
        return Err(Refusal::NotFound);
    }
    reset(portal, &mut tx, &operator.into(), Some(customer), user).await?;
    Ok(tx.commit().await?)
}

/// Takes the second step from the person with this log-in name: for whoever runs the process, when no administrator is
/// left who could.
///
/// # Errors
/// [`Refusal::NotFound`] for a name that nobody has; [`Refusal::Conflict`] with `two-factor-is-off`.
pub async fn reset_by_name(portal: &Portal, email: &str) -> Outcome<()> {
    let email = EmailAddress::parse(email).map_err(|_| Refusal::NotFound)?;
    let mut tx = portal.db.begin().await?;
    let found: Option<(UserId,)> = sql("SELECT id FROM users WHERE email_key = $1")
        .bind(email.key())
        .fetch_optional(&mut tx)
        .await?;
    let (user,) = found.ok_or(Refusal::NotFound)?;
    reset(portal, &mut tx, &Actor::SYSTEM, None, user).await?;
    Ok(tx.commit().await?)
}

async fn is_client(conn: &mut impl AsConn, customer: CustomerId, user: UserId) -> Outcome<bool> {
    let (is_client,): (bool,) = sql(
        "SELECT EXISTS (SELECT 1 FROM memberships m JOIN users u ON u.id = m.user_id \
         WHERE m.customer_id = $1 AND m.user_id = $2 AND m.removed_at IS NULL AND u.operator_role IS NULL)",
    )
    .bind(customer)
    .bind(user)
    .fetch_one(conn)
    .await?;
    Ok(is_client)
}

async fn remove(portal: &Portal, tx: &mut Tx, user: UserId) -> Outcome<()> {
    let removed = sql("DELETE FROM two_factors WHERE user_id = $1 AND confirmed_at IS NOT NULL")
        .bind(user)
        .execute(tx)
        .await?;
    if removed == 0 {
        return Err(Refusal::conflict("two-factor-is-off"));
    }
    recovery::remove(tx, user).await?;
    tell(portal, tx, user, MailKind::TwoFactorOff).await
}
