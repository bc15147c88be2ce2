//! Taking a file of products.

use domain::id::{FileId, ImportId};
use domain::{ImportKind, ImportState, Permission, Problem};

use super::file::{path_of, reading, rows};
use crate::access::{Operator, Scope};
use crate::storage::sql;
use crate::{Outcome, Portal, Refusal, files};

/// Makes an import of a file that was sent, to be looked at before it is started. Changes no product.
///
/// # Errors
/// [`Refusal::Invalid`] in `csv` when the file is no file of products; [`Refusal::Forbidden`] without
/// [`Permission::ManageCatalogue`].
pub async fn check(portal: &Portal, operator: &Operator, file: Option<FileId>) -> Outcome<ImportId> {
    operator.require(Permission::ManageCatalogue)?;
    let missing = || Refusal::field("csv", Problem::new("required"));
    let id = file.ok_or_else(missing)?;
    let found = files::find(&mut portal.db.read().await?, &Scope::AllCustomers, id).await?;
    let file = found.ok_or_else(missing)?;
    let path = path_of(portal, file.content.hash).await?;
    // Reads to the end: what is wrong with the file as a whole shows while the form is still open.
    let rows_total =
        reading(move || rows(&path)?.try_fold(0_i64, |count, row| row.map(|_| count + 1))).await?;
    let import = ImportId(portal.entropy.id());
    let mut tx = portal.db.begin().await?;
    sql(
        "INSERT INTO imports (id, kind, file_id, file_name, state, rows_total, created_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(import)
    .bind(ImportKind::Catalogue.as_str())
    .bind(id)
    .bind(file.name)
    .bind(ImportState::Ready.as_str())
    .bind(rows_total)
    .bind(operator.user)
    .bind(portal.now())
    .execute(&mut tx)
    .await?;
    tx.commit().await?;
    Ok(import)
}
