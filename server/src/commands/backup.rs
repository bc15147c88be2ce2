//! `server backup`.

use std::path::Path;

use portal::backup;
use portal::settings::Settings;

use super::surroundings;

/// Copies the database and every file it names into a directory, while the portal may be at work.
///
/// # Errors
/// When the database cannot be used, the directory cannot be written, or a program of the database is missing.
pub async fn backup(settings: Settings, directory: &Path) -> anyhow::Result<()> {
    let url = settings.database_url().parse()?;
    let portal = surroundings::open(settings).await?.portal;
    let files = backup::take(&portal, &url, directory).await?;
    portal.db.close().await;
    println!(
        "The database and {} files were copied to {}; {} files were there already.",
        files.copied,
        directory.display(),
        files.there
    );
    println!("Keep the encryption keys elsewhere: the copy does not hold them, and cannot be used without.");
    warn_of_missing(files);
    Ok(())
}

/// Says how many files are nowhere.
pub(super) fn warn_of_missing(files: backup::Files) {
    if files.missing > 0 {
        eprintln!(
            "warning: {} files that the database names are missing",
            files.missing
        );
    }
}
