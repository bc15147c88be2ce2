//! Taking a file of orders.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use anyhow::Context as _;
use domain::csv_file::{CsvError, glance_at_rows};
use domain::id::{FileId, ImportId, JobId, StoreId};
use domain::{ImportKind, ImportState, Permission, Platform, Problem};

use super::CheckImport;
use crate::access::Client;
use crate::files::{self, MediaType, StoredFile};
use crate::jobs::{NewJob, enqueue};
use crate::storage::{Tx, sql};
use crate::stores::{self, Store};
use crate::{Outcome, Portal, Refusal};

/// The form that brings orders. Controls have the names of the fields.
#[derive(Clone, Debug, Default)]
pub struct UploadForm {
    /// The id of a manual store.
    pub store: String,
    /// The id of the file, once it has arrived.
    pub csv: String,
}

/// Takes a file of orders for one of the client's manual stores and has it checked. Nothing is created before
/// somebody starts the import.
///
/// # Errors
/// [`Refusal::Invalid`] in `store`, or in `csv` when its beginning shows that it is no file of orders;
/// [`Refusal::Forbidden`] without [`Permission::ImportOrders`].
pub async fn upload(portal: &Portal, client: &Client, form: &UploadForm) -> Outcome<ImportId> {
    client.require(Permission::ImportOrders)?;
    let store = manual_store(portal, client, &form.store).await?;
    let file = own_file(portal, client, &form.csv).await?;
    look_at(portal, &file).await?;
    let mut tx = portal.db.begin().await?;
    let id = ImportId(portal.entropy.id());
    let job = enqueue_check(&mut tx, portal, id, &store).await?;
    sql("INSERT INTO imports (id, kind, customer_id, store_id, file_id, file_name, state, job_id, created_by, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)")
    .bind(id)
    .bind(ImportKind::Orders.as_str())
    .bind(client.customer)
    .bind(store.id)
    .bind(file.id)
    .bind(&file.name)
    .bind(ImportState::Checking.as_str())
    .bind(job)
    .bind(client.user)
    .bind(portal.now())
    .execute(&mut tx)
    .await?;
    tx.commit().await?;
    Ok(id)
}

pub(super) async fn enqueue_check(
    tx: &mut Tx,
    portal: &Portal,
    import: ImportId,
    store: &Store,
) -> Outcome<JobId> {
    let job = NewJob::of(&CheckImport { import })
        .unique(import.to_string())
        .customer(store.customer_id)
        .store(store.id);
    Ok(enqueue(tx, portal, job).await?)
}

async fn manual_store(portal: &Portal, client: &Client, typed: &str) -> Outcome<Store> {
    let refused = |code| Refusal::field("store", Problem::new(code));
    if typed.trim().is_empty() {
        return Err(refused("required"));
    }
    let id: StoreId = typed.parse().map_err(|_| refused("unknown-choice"))?;
    match stores::find(portal, &client.scope(), id).await {
        Ok(store) if store.platform == Platform::Manual => Ok(store),
        Ok(_) | Err(Refusal::NotFound) => Err(refused("unknown-choice")),
        Err(other) => Err(other),
    }
}

/// The file that arrived with the form.
async fn own_file(portal: &Portal, client: &Client, sent: &str) -> Outcome<StoredFile> {
    let refused = |code| Refusal::field("csv", Problem::new(code));
    let id: FileId = sent.parse().map_err(|_| refused("required"))?;
    let file = files::find(&mut portal.db.read().await?, &client.scope(), id).await?;
    match file.ok_or_else(|| refused("required"))? {
        file if file.media_type == MediaType::Text => Ok(file),
        _ => Err(refused("file-not-text")),
    }
}

/// Reads the header and the first row: most wrong files show there what they are, while the form is still open.
async fn look_at(portal: &Portal, file: &StoredFile) -> Outcome<()> {
    let path = portal
        .files
        .local(file.content.hash)
        .await
        .map_err(anyhow::Error::from)?;
    let path = path.context("The file that just came is gone")?;
    let looked = tokio::task::spawn_blocking(move || first_row(&path))
        .await
        .map_err(anyhow::Error::from)?;
    looked.map_err(|error| match error {
        CsvError::Refused(problem) => Refusal::field("csv", problem),
        CsvError::Io(error) => Refusal::Unexpected(error.into()),
    })
}

fn first_row(path: &Path) -> Result<(), CsvError> {
    let mut rows = glance_at_rows(BufReader::new(File::open(path)?))?;
    rows.next().transpose().map(|_| ())
}
