//! What keeps the team from shutting itself out.

use domain::id::UserId;
use domain::{AuditAction, OperatorRole};

use crate::access::Operator;
use crate::audit::Entry;
use crate::storage::{AsConn as _, Engine, Tx, sql};
use crate::{Outcome, Refusal};

/// An operator whose row no other transaction changes until this one ends.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(super) struct LockedOperator {
    pub(super) id: UserId,
    pub(super) role: OperatorRole,
    pub(super) email: String,
    first_name: String,
    last_name: String,
    pub(super) language: domain::Language,
    pub(super) has_password: bool,
    pub(super) blocked: bool,
}

/// Locks the whole team, so that two administrators cannot demote each other at once, and finds one of it.
///
/// # Errors
/// [`Refusal::NotFound`].
pub(super) async fn lock(tx: &mut Tx, id: UserId) -> Outcome<LockedOperator> {
    // SQLite has one writer at a time anyway.
    if tx.engine() == Engine::Postgres {
        let _: Vec<(UserId,)> =
            sql("SELECT id FROM users WHERE operator_role IS NOT NULL ORDER BY id FOR UPDATE")
                .fetch_all(tx)
                .await?;
    }
    sql(
        "SELECT id, operator_role AS role, email, first_name, last_name, language, password_hash IS NOT NULL AS has_password, \
         blocked_at IS NOT NULL AS blocked FROM users WHERE id = $1 AND operator_role IS NOT NULL",
    )
    .bind(id)
    .fetch_optional(tx)
    .await?
    .ok_or(Refusal::NotFound)
}

impl LockedOperator {
    /// What the audit log tells of `action`, done to them.
    pub(super) fn entry(&self, action: AuditAction) -> Entry {
        Entry::new(action).about(self.id, format!("{} {}", self.first_name, self.last_name))
    }

    /// Refuses to take this operator's rights when it is the one who asks, or the last administrator who can
    /// log in.
    ///
    /// # Errors
    /// [`Refusal::Conflict`] with `team-yourself` or `team-last-administrator`.
    pub(super) async fn require_dispensable(&self, tx: &mut Tx, by: &Operator) -> Outcome<()> {
        if self.id == by.user {
            return Err(Refusal::conflict("team-yourself"));
        }
        let (others,): (bool,) = sql(
            "SELECT EXISTS (SELECT 1 FROM users WHERE operator_role = 'administrator' AND blocked_at IS NULL \
             AND password_hash IS NOT NULL AND id <> $1)",
        )
        .bind(self.id)
        .fetch_one(tx)
        .await?;
        let last = self.role == OperatorRole::Administrator && !self.blocked && !others;
        if last {
            Err(Refusal::conflict("team-last-administrator"))
        } else {
            Ok(())
        }
    }
}
