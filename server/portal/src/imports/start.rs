//! Starting an import whose preview was seen.

use domain::id::{ImportId, JobId};
use domain::{AuditAction, AuditField, ImportState, Permission};

use super::ImportOrders;
use super::find::{Import, find_in};
use crate::access::Client;
use crate::audit::{self, Entry};
use crate::jobs::{NewJob, enqueue};
use crate::storage::{Tx, sql};
use crate::{Outcome, Portal, Refusal};

/// Has the right orders of an import created. The wrong rows stay out.
///
/// # Errors
/// [`Refusal::Conflict`]: `import-not-ready` when it is not waiting to be started, so that two clicks start it once;
/// `import-nothing-ready` when none of its orders is both right and new. [`Refusal::NotFound`] outside of the
/// client's scope; [`Refusal::Forbidden`] without [`Permission::ImportOrders`].
pub async fn start(portal: &Portal, client: &Client, id: ImportId) -> Outcome<()> {
    client.require(Permission::ImportOrders)?;
    let mut tx = portal.db.begin().await?;
    let import = find_in(&mut tx, &client.scope(), id).await?;
    if import.state != ImportState::Ready {
        return Err(Refusal::conflict("import-not-ready"));
    }
    if import.ready == 0 {
        return Err(Refusal::conflict("import-nothing-ready"));
    }
    queue(&mut tx, portal, client, &import).await?;
    let entry = Entry::new(AuditAction::OrderImportStarted)
        .of(import.customer_id)
        .about(import.store_id, import.store_name)
        .with(AuditField::File, import.file_name)
        .with(AuditField::Orders, import.ready);
    audit::record(&mut tx, portal, &client.into(), entry).await?;
    Ok(tx.commit().await?)
}

/// Enqueues the job and notes that the import waits for it.
pub(super) async fn queue(tx: &mut Tx, portal: &Portal, client: &Client, import: &Import) -> Outcome<()> {
    let job = NewJob::of(&ImportOrders {
        import: import.id,
        user: client.user,
        user_name: client.name.clone(),
    })
    .lane(format!("import:{}", import.store_id))
    .unique(import.id.to_string())
    .customer(import.customer_id)
    .store(import.store_id);
    let job = enqueue(tx, portal, job).await?;
    set_state(tx, import, ImportState::Queued, job).await
}

/// Moves the import from the state it was seen in.
pub(super) async fn set_state(tx: &mut Tx, import: &Import, state: ImportState, job: JobId) -> Outcome<()> {
    let moved = sql(
        "UPDATE imports SET state = $3, job_id = $4, reason = NULL, problem = NULL, finished_at = NULL
         WHERE id = $1 AND state = $2",
    )
    .bind(import.id)
    .bind(import.state.as_str())
    .bind(state.as_str())
    .bind(job)
    .execute(tx)
    .await?;
    if moved == 1 {
        Ok(())
    } else {
        Err(Refusal::conflict("import-not-ready"))
    }
}
