//! Taking a copy of everything the portal keeps, and putting one back.
//!
//! A copy is a directory: the database as its engine writes it out, and under `files/` every file it names, by content.
//! Neither holds the keys that seal secrets: whoever finds a copy cannot use the stores in it.

mod database;
mod files;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use anyhow::Context as _;

pub use database::NotEmpty;
pub use files::Files;

use domain::AuditAction;

use crate::audit::{self, Entry};
use crate::files::DirectoryStore;
use crate::storage::DatabaseUrl;
use crate::{Actor, Portal};

/// Where the files of a copy are.
fn files_in(copy: &Path) -> PathBuf {
    copy.join("files")
}

/// Copies the database at `url`, which `portal` has open, and the files it names into the directory `copy`. The portal
/// may be at work meanwhile: the copy is as it was at one moment.
///
/// A directory that has an older copy takes the new one; files that are there already are not copied again.
///
/// # Errors
/// When the directory cannot be written, or the engine's own program is missing or fails.
pub async fn take(portal: &Portal, url: &DatabaseUrl, copy: &Path) -> anyhow::Result<Files> {
    tokio::fs::create_dir_all(copy)
        .await
        .with_context(|| format!("the directory {} cannot be made", copy.display()))?;
    // Before the files: whatever the copied rows name is in the store by then.
    database::dump(&portal.db, url, copy).await?;
    let target = DirectoryStore::open(files_in(copy), portal.now()).await?;
    let files = files::copy(&portal.db, portal.files.as_ref(), &target).await?;
    note(portal, AuditAction::BackupTaken).await?;
    Ok(files)
}

/// Puts the database of a copy where `url` says, which must be empty.
///
/// # Errors
/// [`NotEmpty`]; when there is no copy of this engine, or the engine's own program is missing or fails.
pub async fn restore_database(url: &DatabaseUrl, copy: &Path) -> anyhow::Result<()> {
    database::restore(url, copy).await
}

/// Puts the files that the restored database names back into the portal's store.
///
/// # Errors
/// When they cannot be read or written.
pub async fn restore_files(portal: &Portal, copy: &Path) -> anyhow::Result<Files> {
    let source = DirectoryStore::open(files_in(copy), portal.now()).await?;
    let files = files::copy(&portal.db, &source, portal.files.as_ref()).await?;
    note(portal, AuditAction::BackupRestored).await?;
    Ok(files)
}

/// Records what was done from the command line.
async fn note(portal: &Portal, action: AuditAction) -> anyhow::Result<()> {
    let mut tx = portal.db.begin().await?;
    audit::record(&mut tx, portal, &Actor::SYSTEM, Entry::new(action)).await?;
    Ok(tx.commit().await?)
}
