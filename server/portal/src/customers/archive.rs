//! Archiving a customer, and taking it back.

use domain::id::CustomerId;
use domain::{AuditAction, Permission};

use super::{admin, row};
use crate::access::Operator;
use crate::audit::{self, Entry};
use crate::storage::sql;
use crate::{Outcome, Portal, invitations};

/// Archives a customer: it leaves the list, its Storefronts access ends with all sessions, and the invitations that are
/// still open are taken back. Orders and stores stay.
///
/// # Errors
/// [`crate::Refusal::NotFound`]; [`crate::Refusal::Forbidden`].
pub async fn archive(portal: &Portal, operator: &Operator, id: CustomerId) -> Outcome<()> {
    operator.require(Permission::ManageCustomers)?;
    let mut tx = portal.db.begin().await?;
    let customer = row::lock(portal, &mut tx, id).await?;
    customer.switch_off(&mut tx).await?;
    if let Some(admin) = admin::find(&mut tx, id)
        .await?
        .filter(|admin| admin.accepted_at.is_none())
    {
        admin::remove(portal, &mut tx, &customer, &admin).await?;
    }
    invitations::revoke_all_open(&mut tx, id, portal.now()).await?;
    sql("UPDATE customers SET archived_at = $2 WHERE id = $1 AND archived_at IS NULL")
        .bind(id)
        .bind(portal.now())
        .execute(&mut tx)
        .await?;
    let entry = Entry::new(AuditAction::CustomerArchived)
        .of(id)
        .about(id, customer.name);
    audit::record(&mut tx, portal, &operator.into(), entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a customer back into the list. Its Storefronts access stays off until somebody switches it on.
///
/// # Errors
/// [`crate::Refusal::NotFound`]; [`crate::Refusal::Forbidden`].
pub async fn restore(portal: &Portal, operator: &Operator, id: CustomerId) -> Outcome<()> {
    operator.require(Permission::ManageCustomers)?;
    let mut tx = portal.db.begin().await?;
    let customer = row::lock(portal, &mut tx, id).await?;
    sql("UPDATE customers SET archived_at = NULL WHERE id = $1")
        .bind(id)
        .execute(&mut tx)
        .await?;
    let entry = Entry::new(AuditAction::CustomerRestored)
        .of(id)
        .about(id, customer.name);
    audit::record(&mut tx, portal, &operator.into(), entry).await?;
    tx.commit().await?;
    Ok(())
}
