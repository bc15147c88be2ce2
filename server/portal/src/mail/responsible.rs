//! Who is told what concerns all of a customer.

use domain::id::{CustomerId, UserId};
use domain::{ClientRole, Language, OperatorRole};

use super::{MailKind, NewMail};
use crate::storage::{StorageError, Tx, sql};

/// Somebody who is told.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(crate) struct Responsible {
    id: UserId,
    email: String,
    language: Language,
}

impl Responsible {
    /// A mail to them.
    pub(crate) fn mail(self, kind: MailKind) -> NewMail {
        NewMail::new(kind, self.email, self.language).user(self.id)
    }
}

/// The account admins of a customer who can log in.
pub(crate) async fn account_admins(
    tx: &mut Tx,
    customer: CustomerId,
) -> Result<Vec<Responsible>, StorageError> {
    sql("SELECT users.id, users.email, users.language FROM memberships \
         JOIN users ON users.id = memberships.user_id \
         WHERE memberships.customer_id = $1 AND memberships.role = $2 AND memberships.accepted_at IS NOT NULL \
         AND memberships.removed_at IS NULL AND memberships.blocked_at IS NULL AND users.blocked_at IS NULL")
    .bind(customer)
    .bind(ClientRole::AccountAdmin.as_str())
    .fetch_all(tx)
    .await
}

/// The account admins of a customer; where there are none, the administrators of the print company.
pub(crate) async fn responsible(tx: &mut Tx, customer: CustomerId) -> Result<Vec<Responsible>, StorageError> {
    let admins = account_admins(tx, customer).await?;
    if !admins.is_empty() {
        return Ok(admins);
    }
    sql(
        "SELECT id, email, language FROM users WHERE operator_role = $1 AND blocked_at IS NULL \
         AND password_hash IS NOT NULL",
    )
    .bind(OperatorRole::Administrator.as_str())
    .fetch_all(tx)
    .await
}
