//! `server restore`.

use std::path::Path;

use portal::backup;
use portal::settings::Settings;

use super::backup::warn_of_missing;
use super::surroundings;

/// Puts a copy back where nothing is, and brings it to this version.
///
/// # Errors
/// When there is a database already, the copy cannot be read, or the configured keys are not those it was sealed with.
pub async fn restore(settings: Settings, directory: &Path) -> anyhow::Result<()> {
    let url = settings.database_url().parse()?;
    backup::restore_database(&url, directory).await?;
    let portal = surroundings::open(settings).await?.portal;
    let files = backup::restore_files(&portal, directory).await?;
    portal.db.close().await;
    println!(
        "{url} and {} files were restored from {}.",
        files.copied,
        directory.display()
    );
    warn_of_missing(files);
    Ok(())
}
