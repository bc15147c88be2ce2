//! Starting an import whose preview was seen.

use domain::id::ImportId;
use domain::{AuditAction, AuditField, ImportState, Permission};

use super::ImportCatalogue;
use super::find::any_find;
use crate::access::Operator;
use crate::audit::{self, Entry};
use crate::jobs::{NewJob, enqueue};
use crate::storage::sql;
use crate::{Outcome, Portal, Refusal};

/// Has the rows of an import that are right written into the catalogue. The wrong ones stay out.
///
/// # Errors
/// [`Refusal::Conflict`] `import-not-ready` when it is not waiting to be started, so that two clicks start it once;
/// [`Refusal::NotFound`]; [`Refusal::Forbidden`] without [`Permission::ManageCatalogue`].
pub async fn start(portal: &Portal, operator: &Operator, id: ImportId) -> Outcome<()> {
    operator.require(Permission::ManageCatalogue)?;
    let mut tx = portal.db.begin().await?;
    let import = any_find(&mut tx, id).await?;
    let job = NewJob::of(&ImportCatalogue { import: id })
        // Two files at once would compare themselves with a catalogue that the other one changes.
        .lane(ImportCatalogue::LANE)
        .unique(id.to_string());
    let job = enqueue(&mut tx, portal, job).await?;
    let moved = sql("UPDATE imports SET state = $2, job_id = $3 WHERE id = $1 AND state = $4")
        .bind(id)
        .bind(ImportState::Queued.as_str())
        .bind(job)
        .bind(ImportState::Ready.as_str())
        .execute(&mut tx)
        .await?;
    if moved == 0 {
        return Err(Refusal::conflict("import-not-ready"));
    }
    let entry = Entry::new(AuditAction::CatalogueImportStarted).with(AuditField::File, import.file_name);
    audit::record(&mut tx, portal, &operator.into(), entry).await?;
    Ok(tx.commit().await?)
}
