//! `server migrate`.

use portal::settings::Settings;

use super::surroundings;

/// Brings the database to this version.
///
/// # Errors
/// When it cannot be opened or migrated.
pub async fn migrate(settings: Settings) -> anyhow::Result<()> {
    let portal = surroundings::open(settings).await?.portal;
    portal.db.close().await;
    println!("The database is up to date.");
    Ok(())
}
